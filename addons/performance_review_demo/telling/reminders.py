from .teller import MODULE, Teller


class Reminders(Teller):
    """Who was reminded yesterday; one mail found no mailbox."""

    def _tell_reminders(self):
        Reminder = self.env["performance.reminder"]
        # Launched weeks ago: everybody has been told.
        self.env["performance.reminder.line"].search([("reminder_id", "=", False)]).unlink()
        reviews = self.env.ref(f"{MODULE}.demo_cycle_current").review_ids
        users = (reviews.reviewer_user_id | reviews.employee_user_id)[:5]
        Reminder.create(
            [
                {
                    "user_id": user.id,
                    "company_id": user.company_id.id,
                    "date": self._day(-1),
                    "thing_count": 1 + number % 3,
                    "state": "failed" if user == users[-1] else "sent",
                    "failure": "550 5.1.1 Mailbox unavailable" if user == users[-1] else False,
                }
                for number, user in enumerate(users)
            ]
        )
