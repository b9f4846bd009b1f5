from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestGoal(PerformanceCommon):
    """Goals as they are agreed and measured; imported KPIs have tests of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.agreement = cls.to_agreement(cls.review).with_user(cls.manager_user)

    def add(self, **vals):
        before = self.agreement.goal_ids
        self.agreement.goal_ids = [Command.create(self.goal_vals(**vals))]
        return self.agreement.goal_ids - before

    def test_an_agreed_goal_is_the_goal_of_the_person(self):
        self.assertEqual(self.add().employee_id.sudo(), self.worker)
        self.assertEqual(self.add(employee_id=self.porter.id).employee_id.sudo(), self.worker)
        goal = (
            self.env["performance.goal"]
            .with_user(self.manager_user)
            .create(self.goal_vals(agreement_id=self.agreement.id))
        )
        self.assertEqual(goal.employee_id.sudo(), self.worker)
        self.assertEqual(goal.company_id.sudo(), self.company)
        with self.assertRaises(AccessError):
            goal.employee_id = self.porter

    def test_a_goal_typed_into_the_agreements_form(self):
        with Form(self.agreement) as form:
            with form.goal_ids.new() as goal:
                goal.name = "Halve the complaints"
                goal.metric = "Complaints"
                goal.unit = "per month"
                goal.direction = "down"
                goal.baseline = 8.0
                goal.target = 4.0
                self.assertIn("the means", goal.missing_text)
                goal.means = "A checklist"
                goal.parent_id = self.company_goal.with_user(self.manager_user)
                goal.date_deadline = date(2026, 9, 30)
                self.assertFalse(goal.missing_text)
            with form.change_ids.new() as line:
                line.name = "Confirms in writing"
            with form.support_ids.new() as line:
                line.name = "A second bench"
                line.date_deadline = date(2026, 5, 15)
            form.summary = "Handovers."
        self.assertFalse(self.agreement.missing_text)
        self.agreement.action_propose()

    def test_nobody_but_the_reviewer_adds_one(self):
        for user in (
            self.worker_user | self.officer_user | self.director_user | self.outsider_user
            | self.porter_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["performance.goal"].with_user(user).create(
                    self.goal_vals(agreement_id=self.agreement.id)
                )

    def test_a_target_differs_from_the_baseline(self):
        with self.assertRaises(ValidationError) as refused:
            self.add(baseline=5.0, target=5.0)
        self.assertIn("starts where it should end", str(refused.exception))
        self.assertTrue(self.add(baseline=0.0, target=0.0).missing_text, "not filled in yet")

    def test_a_long_text_is_refused_not_cut(self):
        with self.assertRaises(UserError) as refused:
            self.add(name="x" * 501)
        self.assertIn("500", str(refused.exception))

    def test_a_new_goal_starts_at_its_baseline(self):
        for vals, achieved in (
            ({"baseline": 8.0, "target": 4.0, "direction": "down"}, 0.0),
            ({"baseline": 10.0, "target": 20.0, "direction": "up"}, 0.0),
        ):
            goal = self.add(**vals)
            with self.subTest(vals):
                self.assertEqual(goal.actual, vals["baseline"])
                self.assertEqual(goal.achievement, achieved)
        goal.baseline = 12.0
        self.assertEqual((goal.actual, goal.achievement), (12.0, 0.0))

    def test_an_empty_goal_has_no_achievement(self):
        for direction in ("up", "down"):
            goal = self.add(baseline=0.0, target=0.0, direction=direction)
            with self.subTest(direction):
                self.assertEqual(goal.achievement, 0.0)
        goal.target = 5.0
        self.assertEqual(goal.achievement, 200.0, "none at all where five are allowed")

    def test_missing_elements_are_told_in_order_and_updated(self):
        goal = self.add(metric=False, means=False, parent_id=False)
        self.assertEqual(
            goal.missing_text,
            "a metric, the means, the goal of department or company it contributes to",
        )
        goal.write({"metric": "Complaints", "means": "x", "parent_id": self.company_goal.id})
        self.assertFalse(goal.missing_text)

    def test_measured_only_in_an_agreement_in_force(self):
        goal = self.add()
        with self.assertRaises(UserError):
            goal.sudo()._mark_measured(5.0)
        self.agreement.goal_ids = [Command.delete(goal.id)]
        self.fill_agreement(self.agreement).action_propose()
        with self.assertRaises(UserError):
            self.agreement.goal_ids.sudo()._mark_measured(5.0)
        self.sign_as(self.agreement)
        self.sign_as(self.agreement, self.worker_user)
        self.agreement.goal_ids.sudo()._mark_measured(5.0)
        self.assertEqual(self.agreement.goal_ids.achievement, 75.0)

    def test_the_signed_goal_is_measured_and_not_typed(self):
        self.fill_agreement(self.agreement).action_propose()
        goal = self.agreement.goal_ids
        self.sign_as(self.agreement)
        self.sign_as(self.agreement, self.worker_user)
        for user in (self.manager_user, self.worker_user, self.officer_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                goal.with_user(user).write({"actual": 4.0})
        self.assertEqual(goal.actual, 8.0)

    def test_deleting_a_draft_takes_its_goals_along(self):
        goal = self.add()
        self.agreement.sudo().unlink()
        self.assertFalse(goal.exists())
