from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import Form, tagged

from .axe import LAPTOP, PHONE, TABLET, AxeCase
from .common import TODAY, PerformanceCommon
from .ring_common import NEXT_YEAR, RingCommon

ACTION = "/odoo/action-performance_review."
PREPARATION = ("click", ".o_notebook .nav-link[name=preparation]")


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
        path = f"/my/reviews/{self.review.id}"
        for modal in ("#o_pr_sign_acknowledge", "#o_pr_dispute"):
            self.assert_accessible(
                path,
                self.porter_user,
                within=f"{modal}.show",
                act=[("click", f"[data-bs-target='{modal}']")],
                size=PHONE,
            )

    def test_disputed_amendment(self):
        def amend(review):
            self.to_follow_up(review).with_user(self.manager_user).action_amend()
            amendment = review.agreement_id.with_user(self.manager_user)
            amendment.summary = "We look at handovers every week."
            amendment.action_propose()
            self.dispute_as(amendment, self.porter_user, "Every week is too often.")

        self.tell(amend)
        self.look_at_review()

    def test_unsigned(self):
        agreement = self.tell(self.to_proposed)
        with freeze_time(TODAY):
            self.sign_as(agreement)
        with freeze_time(date(2026, 5, 1)):
            agreement.action_record_refusal("Too high", "Director", "By hand", date(2030, 1, 1))
        self.look_at_review()
        with freeze_time(date(2026, 5, 2)):
            agreement.with_user(self.porter_user).action_object("I was ill in April.")
            agreement.with_user(self.officer_user).action_answer_objection("We look at it.")
            # The answer is the next step once nothing else is.
            self.review.dialogue_ids.with_user(self.porter_user).action_confirm()
        self.look_at_review()

    def test_follow_up(self):
        def propose(review):
            goal = self.to_follow_up(review).goal_ids[0].with_user(self.manager_user)
            goal.action_propose_target(6, date(2026, 9, 30), "One bench less")

        self.tell(propose)
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

    def test_signing_and_refusal(self):
        agreement = self.tell(lambda review: self.fill_agreement(self.to_agreement(review)))
        path = f"{ACTION}performance_agreement_action/{agreement.id}"
        goals = [("fits", ".o_field_widget[name=goal_ids] .o_list_renderer")]
        self.env.flush_all()
        self.look(path, self.manager_user, act=goals, size=LAPTOP)
        self.tell(lambda _review: agreement.action_propose())
        self.env.flush_all()
        self.look(path, self.manager_user, act=goals, size=LAPTOP)
        self.look(
            path,
            self.manager_user,
            ".modal .o_form_view",
            act=[("click", ".o_form_view button[name=action_open_sign]")],
        )
        with freeze_time(TODAY):
            self.sign_as(agreement)
        self.env.flush_all()
        self.look(path, self.manager_user)
        self.look(
            path,
            self.manager_user,
            ".modal .o_form_view",
            act=[("click", ".o_form_view button[name=action_open_refusal]")],
        )

    def test_dispute(self):
        def dispute(review):
            self.dispute_as(self.to_proposed(review), self.porter_user, "Too high.")

        self.tell(dispute)
        self.env.flush_all()
        self.look(f"{ACTION}performance_review_action/{self.review.id}", self.manager_user)
        mediation = self.env["performance.mediation"].search([])
        self.look(f"{ACTION}performance_mediation_action/{mediation.id}", self.officer_user)

    def test_targets_and_minutes(self):
        self.tell(self.to_follow_up)
        self.env.flush_all()
        self.look(
            f"{ACTION}performance_review_action/{self.review.id}",
            self.manager_user,
            ".modal .modal-body",
            act=[
                ("click", ".o_form_view button[name=action_open_targets]"),
                ("click", ".modal .modal-body button"),
            ],
        )
        self.look(f"{ACTION}performance_minutes_action", self.officer_user, ".o_list_renderer")

    def test_settings(self):
        # Odoo lets nobody else into its settings.
        self.administrator_user.group_ids |= self.env.ref("base.group_system")
        # Built once before: the browser's requests wait for the one cursor at most twenty seconds.
        Form(self.env["res.config.settings"].with_user(self.administrator_user))
        self.env.flush_all()
        self.look(
            f"{ACTION}res_config_settings_action",
            self.administrator_user,
            ".o_form_view .settings",
        )

    def test_booking(self):
        self.look(
            f"{ACTION}performance_review_action/{self.review.id}",
            self.manager_user,
            ".modal .o_form_view",
            act=[("click", ".o_form_view button[name=action_open_meeting]")],
        )


@tagged("post_install", "-at_install")
class TestPreparationAccessibility(RingCommon, AxeCase):
    """The preparation of a second year, empty and full, on a desktop and on a tablet."""

    frozen_time = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(TODAY):
            cls.sign_first()
            cls.env.flush_all()
        with freeze_time(NEXT_YEAR):
            cycle = cls.launch(
                name="Year 2027",
                date_start=date(2027, 1, 1),
                date_end=date(2027, 12, 31),
                preparation_deadline=date(2027, 3, 20),
                dialogue_deadline=date(2027, 4, 10),
                agreement_deadline=date(2027, 4, 30),
            )
            cls.review = cls.review_of(cycle, cls.worker)
            cls.env.flush_all()

    def fill(self):
        """Everything a sheet can show: figures, incidents, points on them, a theme come back."""
        employee = {"employee_id": self.worker.id}
        appraisal = self.env["performance.appraisal"].create(
            {
                **employee,
                "date_start": date(2027, 1, 1),
                "date_end": date(2027, 2, 28),
                "state": "confirmed",
                "goal_ids": [
                    Command.create({**employee, "name": name, "target": 10.0, "actual": actual})
                    for name, actual in (("Benches built", 12.0), ("Days of delay", 4.0))
                ],
            }
        )
        incidents = self.env["performance.incident"].with_user(self.manager_user)
        incidents.create(
            [
                {**employee, "name": "Asked first", "polarity": "positive", "date": "2027-01-20"},
                {**employee, "name": "Left early", "polarity": "negative", "date": "2027-02-10"},
            ]
        ).action_share()
        self.review.appraisal_id = appraisal
        self.fill_sheet(self.review)
        gap = self.review.point_ids.filtered(lambda point: point.kind == "gap")[0]
        gap.sudo().write({"theme_id": self.theme.id, "goal_id": appraisal.goal_ids[1].id})
        self.submit_self_assessment(self.review)

    def look(self, act=(), **options):
        self.env.flush_all()
        self.assert_accessible(
            f"{ACTION}performance_review_action/{self.review.id}",
            self.manager_user,
            within=".o_form_view",
            act=[PREPARATION, ("wait", ".o_pr_point, .o_pr_add"), *act],
            **options,
        )

    def test_empty(self):
        self.look()

    def test_full(self):
        with freeze_time(NEXT_YEAR):
            self.fill()
            self.env.flush_all()
        # Also what unfolds above the sheet.
        folds = [
            ("click", f".o_performance_{each} .o_pr_fold") for each in ("last_time", "checklist")
        ]
        self.look([*folds, ("wait", "li[data-code=meeting]")])
        self.look([("click", ".o_pr_tabs button")], size=TABLET)
        self.look([("click", ".o_pr_support header button"), ("wait", ".o_pr_library")])

    def test_self_assessment_of_an_internal_employee(self):
        """Written on the page everybody writes on, read by the manager in the back office."""
        path = f"/my/reviews/{self.review.id}?open=self_assessment"
        self.assert_accessible(
            path, self.worker_user, ".o_pr_portal", act=[("open", "details")], lang="en_US"
        )
        with freeze_time(NEXT_YEAR):
            self.fill()
            self.review.with_user(self.manager_user).action_submit_sheet()
        self.look(
            [
                ("click", ".o_form_view button[name=action_read_self_assessment]"),
                ("wait", ".o_form_view [name=answer_ids]"),
            ]
        )
