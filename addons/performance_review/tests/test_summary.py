from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PerformanceCommon
from .test_queries import QueryCase

MINUTES = 10  # a person


@tagged("post_install", "-at_install")
class TestSummary(PerformanceCommon):
    """The board's top line: how far all preparations are, and who is next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.other = cls.review_of(cls.cycle, cls.porter)
        cls.as_manager = cls.review.with_user(cls.manager_user)

    def summary(self, user=None):
        self.env.invalidate_all()
        Review = self.env["performance.review"].with_user(user or self.manager_user)
        return Review.get_preparation_summary()

    def make_due(self, review, day):
        """Move the deadline of one review, as a late joiner has one."""
        review.sudo().late_deadline = day

    def prepare(self, review):
        """Do all a reviewer does in the preparation of one person."""
        self.fill_sheet(review)
        own = review.with_user(self.manager_user)
        own.action_submit_sheet()
        own.action_plan_meeting("2026-03-10 09:00:00", 60)

    def test_nothing_done_yet(self):
        found = self.summary()
        self.assertEqual(
            (found["count"], found["minutes_done"], found["minutes_left"]), (2, 0, 2 * MINUTES)
        )
        self.assertEqual(found["text"], "2 people to prepare: 0 minutes done, 20 left")
        # The same deadline: by name.
        self.assertEqual(found["next"]["id"], self.other.id)
        self.assertEqual(found["next"]["text"], "Next: Pr Porter, until 03/20/2026")

    def test_what_is_ticked_counts_by_its_minutes(self):
        self.fill_sheet(self.review)
        # Six points 4 minutes, three supports 1; a point about a result stands for the figures, 2.
        self.assertEqual(self.summary()["minutes_done"], 7)
        self.as_manager.action_plan_meeting("2026-03-10 09:00:00", 60)
        self.assertEqual(self.summary()["minutes_done"], 8)
        self.submit_self_assessment(self.review)
        found = self.summary()
        self.assertEqual((found["minutes_done"], found["minutes_left"]), (9, 11))

    def test_the_nearest_deadline_is_next(self):
        self.make_due(self.other, date(2026, 3, 25))
        self.assertEqual(self.summary()["next"]["id"], self.review.id)
        self.make_due(self.review, date(2026, 3, 28))
        self.assertEqual(self.summary()["next"]["id"], self.other.id)

    def test_who_is_prepared_is_not_next(self):
        self.prepare(self.other)
        self.assertEqual(self.summary()["next"]["id"], self.review.id)
        self.prepare(self.review)
        found = self.summary()
        self.assertFalse(found["next"])
        self.assertEqual(found["count"], 2)
        # A refused appointment has to be seen to.
        self.other.meeting_id.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.porter_user.partner_id
        ).do_decline()
        self.assertEqual(self.summary()["next"]["id"], self.other.id)

    def test_who_has_moved_on_is_gone(self):
        self.to_dialogue(self.review)
        found = self.summary()
        self.assertEqual((found["count"], found["minutes_left"]), (1, MINUTES))
        self.assertEqual(found["text"], "One person to prepare: 0 minutes done, 10 left")
        self.other.with_user(self.officer_user).action_end("Left", "left")
        self.assertEqual(self.summary()["count"], 0)

    def test_only_ones_own_people(self):
        # Reads all of the company, reviews nobody.
        for user in (self.officer_user, self.worker_user, self.outsider_user):
            with self.subTest(user.login):
                found = self.summary(user)
                self.assertEqual(found["count"], 0)
                self.assertEqual(found["text"], "")
                self.assertFalse(found["next"])
        self.fill_sheet(self.review)
        # The director leads the manager and HR, and sees the manager's people on a board, too.
        found = self.summary(self.director_user)
        own = self.cycle.review_ids.filtered(
            lambda review: review.reviewer_user_id == self.director_user
        )
        self.assertEqual((found["count"], found["minutes_done"]), (len(own), 0))
        self.assertIn(found["next"]["id"], own.ids)

    def test_a_closed_cycle_asks_for_nothing(self):
        self.cycle.sudo().state = "closed"
        self.assertEqual(self.summary()["count"], 0)

    def test_from_person_to_person(self):
        self.prepare(self.review)
        action = self.as_manager.action_next_person()
        self.assertEqual(action["tag"], "performance_review_replace")
        self.assertEqual(action["params"]["next"]["res_id"], self.other.id)
        # From the last one back to the one left out, and never to oneself.
        other = self.other.with_user(self.manager_user)
        self.assertEqual(other.action_next_person()["tag"], "display_notification")
        self.prepare(self.other)
        action = self.as_manager.action_next_person()
        self.assertEqual(action["params"]["message"], "Nobody else waits for your preparation.")

    def test_the_way_to_the_next_person_is_the_reviewers(self):
        for user in (self.worker_user, self.officer_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).action_next_person()

    def test_the_late_are_first(self):
        self.make_due(self.other, date(2026, 3, 24))
        with freeze_time("2026-03-22"):
            self.assertEqual(
                self.summary()["next"],
                {
                    "id": self.review.id,
                    "name": "Pr Worker",
                    "text": "Next: Pr Worker, until 03/20/2026",
                },
            )

    def test_the_line_stands_on_the_team_board_alone(self):
        team = self.env.ref("performance_review.performance_review_view_kanban_team")

        def board(name):
            action = self.env["ir.actions.act_window"]._for_xml_id(f"performance_review.{name}")
            return {kind: view for view, kind in action["views"]}["kanban"]

        self.assertEqual(board("performance_review_action"), team.id)
        for name in ("performance_review_action_line", "performance_review_action_all"):
            self.assertNotEqual(board(name), team.id)
        arch = self.env["performance.review"].get_view(team.id, "kanban")["arch"]
        self.assertIn('js_class="performance_pipeline"', arch)
        self.assertIn('default_order="step_deadline, name"', arch)


@tagged("post_install", "-at_install")
class TestSummaryQueries(QueryCase):
    def test_the_top_line_costs_the_same_for_many(self):
        Review = self.env["performance.review"].with_user(self.manager_user)
        self.assertSameQueries({"summary": Review.get_preparation_summary}, {"summary": 30})
