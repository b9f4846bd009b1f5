from datetime import timedelta

from odoo.fields import Command, Date, Datetime
from odoo.tests import tagged

from .axe import AxeCase
from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestAgreementBrowser(PerformanceCommon, AxeCase):
    """The agreement in a real browser, from the draft that the dialogue leaves."""

    frozen_time = False

    def test_proposed_in_twelve_clicks(self):
        """The tour counts clicks and fails above twelve."""
        today = Date.today()
        cycle = self.launch(
            date_start=today - timedelta(days=300),
            date_end=today + timedelta(days=200),
            preparation_deadline=today + timedelta(days=20),
            dialogue_deadline=today + timedelta(days=40),
            agreement_deadline=today + timedelta(days=60),
        )
        review = self.review_of(cycle, self.worker)
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "cycle_id": cycle.id,
                "date_start": cycle.date_start,
                "date_end": cycle.date_end,
                "goal_ids": [
                    Command.create(
                        {
                            "name": "Complaints",
                            "employee_id": self.worker.id,
                            "metric": "Complaints",
                            "unit": "per month",
                            "baseline": 8.0,
                            "target": 4.0,
                            "actual": 7.0,
                            "direction": "down",
                        }
                    )
                ],
            }
        )
        appraisal.action_confirm()
        review.appraisal_id = appraisal
        dialogue = self.to_dialogue(review).with_user(self.manager_user)
        dialogue.write(
            {
                "date_start": Datetime.now() - timedelta(hours=2),
                "date_end": Datetime.now() - timedelta(hours=1),
                "expectations": "Shared",
                "sustainable": "yes",
                "support_needed": "A second bench",
                "feedback_ids": [Command.create({"behaviour": "Asked before ordering"})],
            }
        )
        form = f"/odoo/performance.dialogue/{dialogue.id}"
        self.warm_up(form, self.manager_user)
        self.start_tour(
            form, "performance_agreement_draft", login=self.manager_user.login, timeout=120
        )
        self.env.invalidate_all()
        agreement = review.agreement_id
        self.assertEqual(agreement.state, "proposed")
        self.assertEqual(agreement.goal_ids.means, "A checklist")
        self.assertEqual(agreement.goal_ids.parent_id, self.company_goal)
        ends = set(agreement.goal_ids.mapped("date_deadline"))
        self.assertEqual(
            ends | set(agreement.commitment_ids.mapped("date_deadline")), {cycle.date_end}
        )
