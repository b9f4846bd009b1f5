from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import arguments
from .performance_review_landing import OFFICER

# Their mail is not made from dates, so nothing makes it again.
WAITING_CODES = ("launch", "asked", "answered")


class PerformanceReminder(models.Model):
    """The one mail of reminders that somebody got on a day (F3).

    HR reads who was reminded, when and of how many things, and whether the mail went out; what
    it says stands in the mail alone. Nothing of that about the own review: else one would read
    off it how far one's manager is. Who gets a mail and when is ``performance_reminder_run.py``,
    what stands in it ``performance_reminder_mail.py``.
    """

    _name = "performance.reminder"
    _description = "Reminder mail"
    _inherit = ["performance.server.mixin"]
    _order = "date desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users", string="To whom", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Date(
        string="Day", required=True, readonly=True, help="In the time zone of whoever got it."
    )
    thing_total = fields.Integer(
        readonly=True, groups=fields.NO_ACCESS, export_string_translation=False
    )
    thing_count = fields.Integer(string="Things", compute="_compute_thing_count")
    # Whom a mail to somebody else is about, where it is about one person alone.
    about_user_id = fields.Many2one(
        "res.users",
        readonly=True,
        index="btree_not_null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    state = fields.Selection(
        [("outgoing", "Waiting to be sent"), ("sent", "Sent"), ("failed", "Not sent")],
        default="outgoing",
        required=True,
        readonly=True,
        index=True,
    )
    failure = fields.Text(string="Why not", readonly=True)
    # Neither the mail nor what it was about is anybody's to read here.
    mail_ids = fields.One2many(
        "mail.mail", "performance_reminder_id", readonly=True, groups=fields.NO_ACCESS
    )
    line_ids = fields.One2many(
        "performance.reminder.line", "reminder_id", readonly=True, groups=fields.NO_ACCESS
    )

    _one_a_day = models.UniqueIndex("(user_id, date)", "One mail of reminders a day is enough.")

    @api.depends_context("uid")
    @api.depends("thing_total", "line_ids")
    def _compute_thing_count(self):
        """Count the things of a mail, in one to somebody else without those of the own review."""
        Line = self.env["performance.reminder.line"].sudo()
        about_me = Domain("review_id.employee_user_id", "=", self.env.uid)
        to_others = Domain("reminder_id", "in", self.ids) & Domain("user_id", "!=", self.env.uid)
        own = dict(Line._read_group(about_me & to_others, ["reminder_id"], ["__count"]))
        for reminder in self:
            reminder.thing_count = reminder.sudo().thing_total - own.get(reminder.sudo(), 0)

    def _mark_sent(self):
        self.sudo().write({"state": "sent", "failure": False})

    def _mark_failed(self, failure):
        """Note that a mail did not go out.

        :param str failure: why, in the words of the mail server
        """
        # Whatever a mail server says: it must not be the reason why the next mail is not sent.
        words = arguments.UNSTORABLE.sub("", str(failure or ""))[: arguments.REASON_LIMIT]
        self.sudo().write({"state": "failed", "failure": words or False})

    def action_send_again(self):
        """Send once more what has not gone out; HR only.

        Where there is no mail, for lack of an address, it is forgotten that these things were
        reminded of: those that are still due come with the next mail.

        :raise AccessError: for anybody but HR
        :return: ``True``
        """
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(self.env._("Only HR sends reminders again."))
        pending = self.sudo().filtered(lambda reminder: reminder.state != "sent")
        lost = pending.filtered(lambda reminder: not reminder.mail_ids)
        lost.line_ids.filtered(lambda line: line.code in WAITING_CODES).reminder_id = False
        self.env.flush_all()
        lost.unlink()
        queued = pending - lost
        queued.mail_ids.mark_outgoing()
        queued.write({"state": "outgoing", "failure": False})
        if lost:
            self._trigger_run()
        if queued:
            self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
        return True

    @api.model
    def _trigger_run(self):
        """Let the job look for something to send, now and not in an hour."""
        self.env.ref("performance_review.ir_cron_remind").sudo()._trigger()
