"""The whole story in a real browser: HR, manager and portal employee, each in a session."""

from odoo.tests import tagged

from odoo.addons.performance_review.tests.browser_common import BrowserCase
from odoo.addons.performance_review.tests.common import PerformanceCommon


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
