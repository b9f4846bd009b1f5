from odoo import fields, models


class MailMail(models.Model):
    """Tells the lists of HR whether a mail of reminders, or of minutes, went out."""

    _inherit = "mail.mail"

    performance_reminder_id = fields.Many2one(
        "performance.reminder",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        # Nobody's to read: the server asks for it.
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    performance_minutes_id = fields.Many2one(
        "performance.minutes",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # Mails that went out may be gone afterwards.
        for mail in self:
            told = mail.sudo()
            for sending in (told.performance_reminder_id, told.performance_minutes_id):
                if not sending:
                    continue
                if mail.state == "sent" and not failure_type:
                    sending._mark_sent()
                else:
                    sending._mark_failed(failure_reason or mail.failure_reason)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )
