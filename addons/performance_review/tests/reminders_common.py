import re
from contextlib import contextmanager
from datetime import datetime, time
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.sql_db import BaseCursor

from .common import TODAY

LINK = re.compile(r'href="([^"]*)"')


class RemindersMixin:
    """Days that pass, and the mails they bring; for test cases with the usual personas."""

    @classmethod
    def _create_users(cls):
        # When something was made is asked of the database, whose clock goes on.
        cls.classPatch(BaseCursor, "now", lambda _cursor: fields.Datetime.now())
        return super()._create_users()

    def remind(self, day=TODAY, hour=9, time_left=float("inf")):
        """Run the job as on ``day``, without its commits.

        :return: the commits it asked for: pairs of processed and remaining
        """
        commits = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            commits.append((processed, remaining))
            return time_left

        Cron = type(self.env["ir.cron"])
        self.env.flush_all()
        self.env.invalidate_all()
        with (
            freeze_time(datetime.combine(day, time(hour))),
            patch.object(Cron, "_commit_progress", commit),
        ):
            self.env["performance.reminder"]._cron_remind()
            self.env.flush_all()
        self.env.invalidate_all()
        return commits

    def mails(self, user=None, link=""):
        """Return the mails of reminders to a user, or to all, the oldest first."""
        mails = self.env["mail.mail"].search(
            [("performance_reminder_id", "!=", False), ("body_html", "like", link)], order="id"
        )
        return mails.filtered(lambda mail: not user or mail.recipient_ids == user.partner_id)

    def forget_mails(self):
        """Take away the mails there are; what was said stays remembered."""
        self.env["mail.mail"].search([("performance_reminder_id", "!=", False)]).unlink()

    def say(self, mails):
        """Return what stands in mails, in one line."""
        text = " ".join(mail.body_html for mail in mails)
        return " ".join(re.sub(r"<[^>]*>", " ", text).split())

    def links(self, mails):
        return [link for mail in mails for link in LINK.findall(mail.body_html)]

    @contextmanager
    def at(self, day, hour=9):
        with freeze_time(datetime.combine(day, time(hour))):
            yield
            self.env.flush_all()
