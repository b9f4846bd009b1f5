from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import html2plaintext

from ..tools import arguments

OFFICER = "performance_review.group_performance_review_officer"
REPORT = "performance_review.action_report_agreement"


class PerformanceMinutes(models.Model):
    """The minutes of an agreement, on their way to one of the two sides (A5, A7).

    They are printed and sent by a job and not by whoever signs last: printing takes seconds and
    may fail. HR reads to whom they went and what did not go out; the print itself hangs on the
    mail, which only its reader gets, and is gone with it.
    """

    _name = "performance.minutes"
    _description = "Minutes sent by mail"
    _inherit = ["performance.server.mixin"]
    _order = "id desc"
    _rec_name = "user_id"

    agreement_id = fields.Many2one(
        "performance.agreement", required=True, readonly=True, index=True, ondelete="cascade"
    )
    review_id = fields.Many2one(related="agreement_id.review_id")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="To whom", required=True, readonly=True, ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting to be printed"),
            ("outgoing", "Waiting to be sent"),
            ("sent", "Sent"),
            ("failed", "Not sent"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    failure = fields.Text(string="Why not", readonly=True)
    # The mail with the print is nobody's to read here.
    mail_ids = fields.One2many(
        "mail.mail", "performance_minutes_id", readonly=True, groups=fields.NO_ACCESS
    )

    _once = models.UniqueIndex("(agreement_id, user_id)", "These minutes are sent once.")

    @api.model
    def _get_parent_fields(self):
        return frozenset({"agreement_id"})

    # ------------------------------------------------------------------
    # Queue
    # ------------------------------------------------------------------

    @api.model
    def _queue(self, agreements):
        """Have both sides of these agreements, which have just come into force, get the minutes.

        :param agreements: ``performance.agreement``, with ``sudo()``
        :return: the minutes, with ``sudo()``
        """
        minutes = self.sudo().create(
            [
                {
                    "agreement_id": agreement.id,
                    "company_id": agreement.review_id.company_id.id,
                    "user_id": user.id,
                }
                for agreement in agreements
                for user in agreement.review_id.employee_user_id
                | agreement.review_id.reviewer_user_id
                if user.active
            ]
        )
        self._trigger_send()
        return minutes

    @api.model
    def _trigger_send(self):
        self.env.ref("performance_review.ir_cron_minutes").sudo()._trigger()

    @api.model
    def _cron_send(self):
        """Print and queue what waits, each on its own: what fails keeps nobody else waiting."""
        cron = self.env["ir.cron"]
        waiting = self.sudo().search([("state", "=", "waiting")], order="id")
        for left, minutes in zip(range(len(waiting), 0, -1), waiting, strict=True):
            minutes._send()
            if not cron._commit_progress(1, remaining=left - 1):
                break
        if waiting:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _send(self):
        """Print one and queue its mail; what goes wrong is noted for HR."""
        self.ensure_one()
        if not self.user_id.email:
            in_lang = self.with_context(lang=self.company_id.partner_id.lang)
            self._mark_failed(in_lang.env._("There is no e-mail address."))
            return
        try:
            with self.env.cr.savepoint():
                self._queue_mail()
        except Exception as error:  # whatever goes wrong with the printing
            self._mark_failed(error)

    def _queue_mail(self):
        """Queue the mail with the print, both in the language of the reader."""
        user = self.user_id
        env = self.env(user=user, su=True, context={"lang": user.lang, "tz": user.tz})
        agreement = env["performance.agreement"].browse(self.agreement_id.id)
        content, _kind = env["ir.actions.report"]._render_qweb_pdf(REPORT, agreement.ids)
        review = agreement.review_id
        is_own = user == review.employee_user_id
        # Whoever leads many reviews gets many of these: each says whose it is.
        title = review.cycle_id.name if is_own else f"{review.name} · {review.cycle_id.name}"
        role = "employee" if is_own else "reviewer"
        url = self.env["performance.reminder"]._get_part_url(role, review.id, "agreement")
        mail = self.env["mail.mail"].create(
            {
                "subject": env._("Minutes of the agreement: %(title)s", title=title),
                "body_html": env["ir.qweb"]._render(
                    "performance_review.mail_minutes",
                    {"user": user, "title": title, "url": url},
                    minimal_qcontext=True,
                ),
                "email_from": review.cycle_id.user_id.email_formatted
                or self.company_id.email_formatted,
                "recipient_ids": [Command.link(user.partner_id.id)],
                "auto_delete": True,
                "performance_minutes_id": self.id,
            }
        )
        # Of the message and nobody's: those who read the agreement, or all mails, do not read it
        # here, and it goes when the mail goes.
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{agreement._get_print_name()}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": "mail.message",
                "res_id": mail.mail_message_id.id,
            }
        )
        mail.attachment_ids = [Command.link(attachment.id)]
        self.write({"state": "outgoing", "failure": False})

    # ------------------------------------------------------------------
    # What became of it
    # ------------------------------------------------------------------

    def _mark_sent(self):
        self.sudo().write({"state": "sent", "failure": False})

    def _mark_failed(self, failure):
        """Note that a mail did not go out.

        :param failure: why, in the words of a mail server or of an exception
        """
        words = arguments.UNSTORABLE.sub("", html2plaintext(str(failure or "")))
        self.sudo().write({"state": "failed", "failure": words[: arguments.REASON_LIMIT] or False})

    def action_send_again(self):
        """Send once more what has not gone out; HR only.

        :raise AccessError: for anybody but HR
        :return: ``True``
        """
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR sends minutes again."))
        pending = self.sudo().filtered(lambda minutes: minutes.state in ("outgoing", "failed"))
        pending.mail_ids.unlink()
        pending.write({"state": "waiting", "failure": False})
        if pending:
            self._trigger_send()
        return True


class PerformanceAgreement(models.Model):
    """Whoever comes into force is on its way to both."""

    _inherit = "performance.agreement"

    def _put_into_force(self, state):
        result = super()._put_into_force(state)
        self.env["performance.minutes"]._queue(self)
        return result
