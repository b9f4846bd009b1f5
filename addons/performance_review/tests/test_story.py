from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestStory(PerformanceCommon):
    """The main job from launch to done, each step by the person whose step it is."""

    def test_one_review_from_launch_to_done(self):
        others = self.env["hr.employee"].search([("company_id", "=", self.company.id)])
        cycle = self.create_cycle(
            excluded_employee_ids=[Command.set((others - self.porter).ids)]
        ).with_user(self.officer_user)
        cycle.action_launch()
        self.assertEqual(cycle.state, "open")
        review = self.review_of(cycle.sudo(), self.porter)
        self.assertEqual(review.reviewer_user_id, self.manager_user)
        with self.assertRaises(UserError) as refused:
            review.with_user(self.manager_user).action_next()
        self.assertIn("Gaps", str(refused.exception))
        self.submit_self_assessment(review)
        agreement = self.to_follow_up(review)
        self.assertEqual(agreement.state, "signed")
        self.assertEqual(review.state, "follow_up")
        checkpoints = review.checkpoint_ids
        self.assertTrue(checkpoints)
        self.assertEqual(checkpoints.activity_ids.user_id, self.manager_user)
        self.assertEqual(len(checkpoints.activity_ids), len(checkpoints))
        manager_review = review.with_user(self.manager_user)
        with self.assertRaises(UserError):
            manager_review.action_next()
        agreement.commitment_ids.with_user(self.manager_user).action_set_outcome("closed")
        checkpoints.with_user(self.manager_user).action_done()
        self.assertFalse(checkpoints.activity_ids)
        manager_review.action_next()
        self.assertEqual(review.state, "done")
        cycle.action_close("Finished")
        self.assertEqual(cycle.state, "closed")
