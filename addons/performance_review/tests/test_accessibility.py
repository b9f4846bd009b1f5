from freezegun import freeze_time

from odoo.tests import tagged

from .axe import PHONE, AxeCase
from .common import TODAY, PerformanceCommon

ACTION = "/odoo/action-performance_review."


class ScreensCase(PerformanceCommon, AxeCase):
    frozen_time = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch(name="Spring cycle")
        cls.review = cls.review_of(cls.cycle, cls.porter)

    def tell(self, step):
        """Take the review where a screen is looked at, on the day of the story."""
        with freeze_time(TODAY):
            return step(self.review)


@tagged("post_install", "-at_install")
class TestPortalAccessibility(ScreensCase):
    """The employee's pages on a phone."""

    def look(self, path, **options):
        self.assert_accessible(path, self.porter_user, within=".o_pr_portal", size=PHONE, **options)

    def look_at_review(self):
        self.env.flush_all()
        self.look(f"/my/reviews/{self.review.id}", act=[("open", "details")])

    def test_list(self):
        self.look("/my/reviews")

    def test_incidents(self):
        self.env["performance.incident"].with_user(self.porter_user).create(
            {"employee_id": self.porter.id, "name": "Found the leak", "polarity": "positive"}
        )
        self.look("/my/incidents", act=[("open", "details")])

    def test_preparation(self):
        self.look_at_review()

    def test_preparation_handed_in(self):
        self.tell(self.submit_self_assessment)
        self.look_at_review()

    def test_dialogue(self):
        self.tell(self.to_dialogue)
        self.look_at_review()

    def test_agreement(self):
        self.tell(self.to_proposed)
        self.look_at_review()

    def test_follow_up(self):
        self.tell(self.to_follow_up)
        self.look_at_review()

    def test_done(self):
        def finish(review):
            agreement = self.to_follow_up(review)
            as_reviewer = review.with_user(self.manager_user)
            agreement.commitment_ids.with_user(self.manager_user).action_set_outcome("closed")
            as_reviewer.checkpoint_ids.action_done()
            as_reviewer.action_next()

        self.tell(finish)
        self.look_at_review()


@tagged("post_install", "-at_install")
class TestBackOfficeAccessibility(ScreensCase):
    """The screens of manager and HR."""

    def look(self, path, user, within=".o_form_view", **options):
        self.assert_accessible(path, user, within=within, **options)

    def test_systray_and_note(self):
        button = ".o_performance_incident_menu button[data-polarity=positive]"
        path = f"{ACTION}performance_review_action"
        self.look(path, self.manager_user, ".o_performance_incident_menu")
        self.look(path, self.manager_user, ".modal .o_form_view", act=[("click", button)])

    def test_incident(self):
        incident = (
            self.env["performance.incident"]
            .with_user(self.manager_user)
            .create(
                {"employee_id": self.worker.id, "name": "Found the leak", "polarity": "positive"}
            )
        )
        self.look(f"{ACTION}performance_incident_action/{incident.id}", self.manager_user)

    def test_outline(self):
        self.look(f"{ACTION}performance_outline_action/{self.outline.id}", self.administrator_user)

    def test_outline_preview(self):
        self.look(
            f"/performance/outline/{self.outline.id}/preview",
            self.administrator_user,
            ".o_pr_portal",
        )
        self.look(
            f"/performance/outline/{self.outline.id}/preview",
            self.administrator_user,
            ".o_pr_portal",
            act=[("click", "#o_pr_tab_reviewer"), ("wait", "#o_pr_pane_reviewer.active")],
        )

    def test_board(self):
        self.look(f"{ACTION}performance_review_action", self.manager_user, ".o_kanban_record")

    def test_review_in_preparation(self):
        self.tell(self.fill_sheet)
        self.look(
            f"{ACTION}performance_review_action/{self.review.id}",
            self.manager_user,
            act=[("click", ".o_notebook .nav-link[name=preparation]")],
        )

    def test_review_in_follow_up(self):
        self.tell(self.to_follow_up)
        self.look(f"{ACTION}performance_review_action/{self.review.id}", self.manager_user)

    def test_booking(self):
        self.look(
            f"{ACTION}performance_review_action/{self.review.id}",
            self.manager_user,
            ".modal .o_form_view",
            act=[("click", ".o_form_view button[name=action_open_meeting]")],
        )
