from .cycles import DONE_MARK
from .teller import MODULE, Teller


class Reminders(Teller):
    """Who was reminded yesterday, by HR and by the mail of the day; one found no mailbox."""

    def _tell_reminders(self):
        Reminder = self.env["performance.reminder"]
        current = self.env.ref(f"{MODULE}.{DONE_MARK}")
        # What HR did last, so that the cockpit opens with this cycle.
        self._act_as(current, "lin").action_remind_waited_for("reviewer")
        self._backdate(current.event_ids[:1], date=self._moment(-1))
        # Launched weeks ago: everybody has been told.
        self.env["performance.reminder.line"].search([("reminder_id", "=", False)]).unlink()
        reviews = current.review_ids
        users = (reviews.reviewer_user_id | reviews.employee_user_id)[:5]
        Reminder.create(
            [
                {
                    "user_id": user.id,
                    "company_id": user.company_id.id,
                    "date": self._day(-1),
                    "thing_total": 1 + number % 3,
                    "state": "failed" if user == users[-1] else "sent",
                    "failure": "550 5.1.1 Mailbox unavailable" if user == users[-1] else False,
                }
                for number, user in enumerate(users)
            ]
        )
