from freezegun import freeze_time

from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .axe import AxeCase
from .common import TODAY
from .test_mirror import MirrorCommon
from .test_room import WINDOW

TABLET = "1024x768"


@tagged("post_install", "-at_install")
class TestRoomAccessibility(MirrorCommon, AxeCase):
    """The room, section by section, on the tablet between two people; and the mirror after it."""

    frozen_time = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            last = cls.review_of(cls.cycle, cls.porter)
            cls.to_follow_up(last)
        # With a band of last time, a topic that was talked about, feedback, something noted.
        cls.review.sudo().previous_review_id = last
        cls.dialogue.write(
            {
                "date_start": Datetime.now(),
                "sustainable": "partly",
                "feedback_ids": [Command.create({"behaviour": "Asked first"})],
                "draft_ids": [Command.create({"kind": "change", "name": "Asks first"})],
            }
        )
        cls.dialogue.topic_ids[0].write({"is_discussed": True, "answer": "It went well"})
        counted = {"spent_seconds": 600, "employee_seconds": 200, "reviewer_seconds": 300}
        cls.dialogue.action_count_time(WINDOW, {"past": counted})
        cls.room = f"/odoo/{cls.dialogue.id}/interview-room"

    def look(self, *steps, path=None, within=".o_pr_room", size=TABLET):
        act = [("click", step) for step in steps]
        self.assert_accessible(
            path or self.room, self.manager_user, within=within, act=act, size=size
        )

    def test_opening(self):
        self.look()

    def test_past_with_what_was_promised(self):
        self.look("[data-step=past]", ".o_performance_last_time [data-id]")

    def test_present_with_the_four_questions(self):
        self.look("[data-step=present]", "[data-tab=evidence]")

    def test_future_with_what_is_noted(self):
        self.look("[data-step=future]", "[data-tab=drafts]")

    def test_feedback_with_an_empty_card(self):
        self.look("[data-step=feedback]", ".o_pr_room_page > .btn-secondary")

    def test_closing_with_hints(self):
        self.look("[data-step=closing]", ".o_pr_room_hints")

    def test_mirror(self):
        with freeze_time(TODAY):
            self.talk()
        mirror = self.mirror_of(self.review)
        path = f"/odoo/action-performance_review.performance_mirror_action/{mirror.id}"
        self.look(path=path, within=".o_performance_mirror", size="1280x800")
