from freezegun import freeze_time

from odoo.tests import tagged

from .axe import AxeCase
from .common import TODAY, PerformanceCommon


@tagged("post_install", "-at_install")
class TestNotingBrowser(PerformanceCommon, AxeCase):
    """A checkpoint in a real browser."""

    frozen_time = False

    def test_two_lines_in_five_clicks(self):
        """The tour counts clicks and fails above five."""
        review = self.review_of(self.launch(), self.worker)
        with freeze_time(TODAY):
            agreement = self.to_follow_up(review)
        form = f"/odoo/performance.review/{review.id}"
        self.warm_up(form, self.manager_user)
        self.assert_accessible(
            form,
            self.manager_user,
            within=".o_pr_noting",
            act=[("click", "div[name=next_action] button")],
        )
        self.start_tour(form, "performance_noting", login=self.manager_user.login, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(agreement.goal_ids.actual, 6.5)
        change = agreement.commitment_ids.filtered(lambda line: line.kind == "change")
        self.assertEqual(change.sudo().observation_ids.result, "seen")
        [done] = review.checkpoint_ids.filtered(lambda each: each.state == "done")
        self.assertEqual(done.progress_ids.goal_id, agreement.goal_ids)
