from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .axe import AxeCase
from .common import TODAY, PerformanceCommon


@tagged("post_install", "-at_install")
class TestClosingBrowser(PerformanceCommon, AxeCase):
    """The end of a review in a real browser."""

    frozen_time = False

    def test_five_outcomes_in_eight_clicks(self):
        """The tour counts clicks and fails above eight."""
        review = self.review_of(self.launch(), self.worker)
        with freeze_time(TODAY):
            agreement = self.fill_agreement(self.to_agreement(review))
            agreement.commitment_ids = [
                Command.create(
                    {
                        "kind": "development",
                        "name": f"Course {number}",
                        "date_deadline": date(2026, 9, 1),
                    }
                )
                for number in range(3)
            ]
            agreement.action_propose()
            self.sign_as(agreement)
            self.sign_as(agreement, self.worker_user)
        lines = review.with_user(self.manager_user).plan_commitment_ids
        form = f"/odoo/performance.review/{review.id}"
        self.warm_up(form, self.manager_user)
        self.assert_accessible(
            form,
            self.manager_user,
            within=".o_pr_closing",
            act=[("click", "button[name=action_open_closing]")],
        )
        self.start_tour(form, "performance_closing", login=self.manager_user.login, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(
            lines.mapped("outcome"), ["closed", "improved", "untouched", "recurred", "closed"]
        )
        self.assertEqual(lines.mapped("outcome_note"), [f"Word {n}" for n in range(1, 6)])
        self.assertEqual(review.state, "done")
        self.assertNotIn("planned", review.checkpoint_ids.mapped("state"))
