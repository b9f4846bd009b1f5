from odoo import api, models
from odoo.fields import Domain

from odoo.addons.performance_review.models.performance_review_reminders import Reminder

PLACE = "/odoo/action-performance_review_analytics.performance_signal_action_mine"


class PerformanceReview(models.Model):
    """Owners of signals are reminded to decide, with the mail of the day (F3).

    The mail says how many, of which cycle and until when; what they are about stands behind the
    login.
    """

    _inherit = "performance.review"

    @api.model
    def _get_reminders(self, date):
        signals = self.env["performance.signal"].sudo()
        is_open = Domain("state", "=", "open") & Domain("date_deadline", "!=", False)
        # On most days none is, and then nothing more is asked.
        if signals.search_count(is_open, limit=1):
            signals = signals.search_fetch(
                self._get_reminder_domain(date, "date_deadline", "cycle_id") & is_open,
                ["owner_id", "cycle_id", "date_deadline", "create_date"],
            )
        return [
            *super()._get_reminders(date),
            *(
                Reminder(
                    code="signal",
                    model=signal._name,
                    res_id=signal.id,
                    review_id=False,
                    cycle_id=signal.cycle_id.id,
                    date=signal.date_deadline,
                    since=signal.create_date.date(),
                    people=(("owner", signal.owner_id.id),),
                    escalates=False,
                    say="_say_signal_reminders",
                )
                for signal in signals
            ),
        ]

    @api.model
    def _say_signal_reminders(self, _role, dues):
        return [
            {
                "text": self.env._("A signal waits for your decision")
                if due.count == 1
                else self.env._("%(count)s signals wait for your decision", count=due.count),
                "url": PLACE,
            }
            for due in dues
        ]
