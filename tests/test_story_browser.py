"""The whole story in a real browser: HR, manager and portal employee, each in a session."""

from datetime import date

from odoo.tests import tagged

from odoo.addons.performance_review.tests.browser_common import BrowserCase
from odoo.addons.performance_review.tests.common import PerformanceCommon
from odoo.addons.performance_review.tests.ring_common import RingCommon


@tagged("post_install", "-at_install")
class TestStoryBrowser(PerformanceCommon, BrowserCase):
    def tour(self, name, user):
        self.warm_up("/odoo", user)
        self.start_tour("/odoo", name, login=user.login, timeout=180)
        self.env.invalidate_all()

    def test_story_from_spreadsheet_to_checkpoints(self):
        self.tour("performance_story_hr", self.officer_user)
        cycle = self.env["performance.cycle"].search([("name", "=", "Story cycle")])
        review = self.review_of(cycle, self.porter)
        self.assertEqual(len(review.appraisal_id.goal_ids), 2)

        self.tour("performance_story_employee_prepares", self.porter_user)
        self.assertEqual(review.self_assessment_ids.state, "submitted")

        self.tour("performance_story_manager", self.manager_user)
        agreement = review.agreement_id
        self.assertEqual(agreement.state, "proposed")
        self.assertEqual(agreement.reviewer_signed_name, self.manager_user.name)

        self.tour("performance_story_employee_signs", self.porter_user)
        self.assertEqual(agreement.state, "signed")
        self.assertEqual(agreement.employee_stance, "agree")
        self.assertEqual(review.state, "follow_up")
        checkpoints = review.checkpoint_ids
        # On the last day, or the last one before it on which both work.
        last = max(checkpoints.mapped("date"))
        self.assertTrue(0 <= (agreement.date_end - last).days <= 14)
        self.assertEqual(checkpoints.activity_ids.user_id, self.manager_user)
        self.assertEqual(
            sorted(checkpoints.activity_ids.mapped("date_deadline")),
            sorted(checkpoints.mapped("date")),
        )


@tagged("post_install", "-at_install")
class TestTwoCyclesBrowser(RingCommon, BrowserCase):
    """Two cycles of a portal employee: the second opens with what the first has left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.review_of(cls.first_cycle, cls.porter)
        cls.sign_first()
        cls.first.dialogue_id.with_user(cls.porter_user).action_confirm()

    def play(self, name, user, review):
        """Play a tour: the employee's on a phone, the others on a desk."""
        is_portal = user == self.porter_user
        self.browser_size = "375x812" if is_portal else "1366x768"
        path = f"/my/reviews/{review.id}" if is_portal else f"/odoo/performance.review/{review.id}"
        self.warm_up(path, user)
        self.start_tour(path, f"performance_two_cycles_{name}", login=user.login, timeout=120)
        self.env.flush_all()
        self.env.invalidate_all()

    def assert_closure(self, review, kept, due):
        """Compare everything that says the rate with what was counted by hand."""
        Report = self.env["performance.review.report"].with_user(self.administrator_user)
        self.env.flush_all()
        self.assertAlmostEqual(Report.browse(review.id).closure_rate, 100 * kept / due)
        said = review.with_user(self.manager_user).closure_text
        self.assertEqual(said, f"{round(100 * kept / due)}% ({kept} of {due} kept)")

    def test_two_cycles(self):
        manager, porter = self.manager_user, self.porter_user
        goal = self.first.agreement_id.goal_ids
        seal = self.first.agreement_id.sha256
        self.travel_to(self.first.checkpoint_ids[0].date)
        self.play("checkpoint", manager, self.first)
        self.assertEqual((goal.actual, goal.current_target), (7.0, 4.0))
        self.assertEqual(self.first.checkpoint_ids[0].state, "done")
        self.play("answer", porter, self.first)
        # From 8 to 6 instead of to 4: one of two.
        self.assertEqual((goal.target, goal.current_target, goal.achievement), (4.0, 6.0, 50.0))
        self.assertEqual(self.first.agreement_id.sha256, seal)
        self.assertFalse(self.first.agreement_id.verify())

        self.travel_to(date(2026, 10, 1))
        self.play("first_end", manager, self.first)
        self.assertEqual(self.first.state, "done")
        self.assert_closure(self.first, 1, 3)

        self.next_year()
        second = self.env["performance.review"].search([("previous_review_id", "=", self.first.id)])
        self.assertEqual(second.employee_id, self.porter)
        self.play("second", manager, second)
        [change] = second.point_ids
        self.assertEqual(change.commitment_id.outcome, "recurred")
        self.play("last_time", porter, second)

        # On through the talk: what was taken along is suggested, what was dropped is not.
        draft = self.to_agreement(second).with_user(manager)
        names = draft.suggestion_ids.mapped("name")
        self.assertIn("Confirms every handover in writing", names)
        self.assertNotIn("Reads the new drawings", names)
        self.fill_next(draft)
        draft.action_propose()
        self.sign_as(draft)
        self.sign_as(draft, porter)
        second.dialogue_id.with_user(porter).action_confirm()
        self.travel_to(date(2027, 10, 1))
        self.play("second_end", manager, second)
        self.assertEqual(second.state, "done")
        self.assert_closure(second, 2, 2)
        # Of the person, over both: three of five.
        reviews = self.env["performance.review"].with_user(porter)
        self.assertEqual(reviews._get_own_closure(), "60% (3 of 5 kept)")
