from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestReadiness(PerformanceCommon):
    """What reviews wait for: found for HR, never about HR's own review, and by nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.own = cls.review_of(cls.cycle, cls.officer_employee)

    def waiting(self, code, user=None):
        Review = self.env["performance.review"].with_user(user or self.officer_user)
        return Review.search([("readiness", "in", [code]), ("cycle_id", "=", self.cycle.id)])

    def assertWaits(self, review, *codes):
        """Fail unless ``review`` waits for these things and for nothing else."""
        rows = self.env["performance.review"]._get_readiness()
        found = {row.code for row in rows if review.sudo(False) in self.waiting(row.code)}
        self.assertEqual(found, set(codes))

    def test_in_preparation(self):
        self.assertWaits(self.review, "self_assessment", "sheet", "appointment")
        self.submit_self_assessment(self.review)
        self.assertWaits(self.review, "sheet", "appointment")
        self.fill_sheet(self.review)
        self.review.with_user(self.manager_user).action_submit_sheet()
        self.assertWaits(self.review, "appointment")
        self.review.with_user(self.manager_user).action_plan_meeting("2026-03-10 09:00:00", 60)
        self.assertWaits(self.review)

    def test_a_dialogue_is_overdue_after_its_deadline(self):
        self.to_dialogue(self.review)
        self.assertWaits(self.review, "appointment")
        with freeze_time("2026-04-11"):
            self.assertWaits(self.review, "appointment", "dialogue")
            self.review.sudo().late_deadline = "2026-04-20"
            self.assertWaits(self.review, "appointment")

    def test_the_next_sitting_needs_an_appointment_until_it_begins(self):
        self.to_dialogue(self.review)
        with freeze_time("2026-03-12 09:00:00"):
            dialogue = self.review.dialogue_id.with_user(self.manager_user)
            dialogue.action_start()
            self.assertWaits(self.review)
            dialogue.action_end()
        self.assertWaits(self.review)
        dialogue.action_continue()
        self.assertWaits(self.review, "appointment")

    def test_in_agreement(self):
        agreement = self.to_agreement(self.review)
        self.assertWaits(self.review, "proposal")
        self.fill_agreement(agreement).action_propose()
        self.assertWaits(self.review, "signature_employee", "signature_reviewer")
        self.sign_as(agreement, self.manager_user)
        self.assertWaits(self.review, "signature_employee")

    def test_a_dispute_waits_for_hr(self):
        agreement = self.to_proposed(self.review)
        self.dispute_as(agreement, self.worker_user)
        self.assertWaits(self.review, "dispute")

    def test_a_checkpoint_is_overdue(self):
        self.to_follow_up(self.review)
        self.assertWaits(self.review)
        with freeze_time("2026-12-01"):
            self.assertWaits(self.review, "checkpoint")

    def test_hr_wanted_by_rule(self):
        self.submit_self_assessment(self.review)
        reason = self.env["performance.hr.reason"].sudo()
        reason = reason.create({"review_id": self.review.id, "code": "reviewer"})
        self.assertWaits(self.review, "sheet", "appointment", "hr_by_rule")
        reason.is_waived = True
        self.assertWaits(self.review, "sheet", "appointment")

    def test_people_to_replace(self):
        self.to_follow_up(self.review)
        self.manager_user.active = False
        self.assertWaits(self.review, "people")
        self.manager_user.active = True
        self.assertWaits(self.review)
        self.worker.active = False
        self.assertWaits(self.review, "people")

    def test_what_is_over_waits_for_nothing(self):
        self.review.with_user(self.officer_user).action_end("Left", "left")
        self.assertWaits(self.review)

    def test_the_list_says_it_in_words(self):
        review = self.review.with_user(self.officer_user)
        self.assertEqual(review.readiness, "Self-assessment, Sheet of the manager, Appointment")

    def test_hr_learns_nothing_about_her_own_review(self):
        for row in self.env["performance.review"]._get_readiness():
            self.assertNotIn(self.own, self.waiting(row.code), row.code)
        self.assertFalse(self.own.with_user(self.officer_user).readiness)
        # Somebody else in HR does.
        self.assertIn(self.own, self.waiting("sheet", self.administrator_user))

    def test_nobody_else_asks(self):
        for user in (self.worker_user, self.manager_user, self.director_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.waiting("sheet", user)
            with self.assertRaises(AccessError):
                self.review.with_user(user).read(["readiness"])

    def test_another_company_is_another_company(self):
        Review = self.env["performance.review"].with_user(self.foreign_officer_user)
        Review = Review.with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(Review.search([("readiness", "in", ["sheet"])]))
