from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.slots import find_slots
from .performance_review_slots import SEARCHED_DAYS

TALK_MINUTES = 60


class PerformanceMediation(models.Model):
    """The talk of three (三方会谈): both sides and whoever mediates, with one click (A6).

    An event of Odoo's calendar like the appointment of a review, private and with the same
    neutral title: moved or cancelled there, it is so here.
    """

    _inherit = "performance.mediation"

    meeting_id = fields.Many2one(
        "calendar.event",
        string="Talk of three",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    meeting_text = fields.Char(string="Talk of three on", compute="_compute_meeting_text")

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset({"meeting_id"})

    @api.depends_context("uid", "lang")
    @api.depends("meeting_id.active", "meeting_id.start")
    def _compute_meeting_text(self):
        for mediation in self:
            event = mediation.sudo().meeting_id.filtered("active")
            mediation.meeting_text = self.env.user._say_moment(event.start)

    def action_plan_talk(self):
        """Invite both sides and the mediator to the next hour that is free for all three.

        Where nobody mediates yet, it is whoever plans it. A second click plans no second talk.

        :raise AccessError: for anybody but HR and the mediator
        :raise UserError: once the mediation is over, and where no time is free
        :return: the event's form, where it is moved or cancelled (an ``ir.actions.act_window``
            dict)
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "open":
            raise UserError(self.env._("This mediation is over and stays as it is."))
        if not self.sudo().try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._("The appointment is being planned at this moment: reload the page.")
            )
        self.invalidate_recordset(["meeting_id"])
        if not self.sudo().meeting_id.active:
            if not self.user_id:
                self.user_id = self.env.user
            event = self.env["calendar.event"].create(self._prepare_talk_vals())
            self.sudo().agreement_id.review_id.with_env(self.env)._invite_organiser(event)
            self.sudo().meeting_id = event
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appointment"),
            "res_model": "calendar.event",
            "res_id": self.sudo().meeting_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _prepare_talk_vals(self):
        """Return the values of the event; nothing in them tells of a dispute.

        :raise UserError: where no time is free
        """
        review = self.sudo().agreement_id.review_id
        start = self._find_talk_start()
        users = review.employee_user_id | review.reviewer_user_id | self.sudo().user_id
        partners = users.partner_id
        if not review.employee_user_id:
            partners |= review.employee_id.work_contact_id
        env = self.with_context(lang=review.employee_user_id.lang or self.env.lang).env
        return {
            "name": env._("Conversation"),
            "start": start,
            "stop": start + timedelta(minutes=TALK_MINUTES),
            "privacy": "private",
            "user_id": self.env.uid,
            "partner_ids": [fields.Command.set((partners | self.env.user.partner_id).ids)],
        }

    def _find_talk_start(self):
        """Return when all are free next (naive UTC).

        :raise UserError: where there is no such time
        :rtype: datetime.datetime
        """
        review = self.sudo().agreement_id.review_id
        mediator = self.sudo().user_id
        users = {
            review.reviewer_id: review.reviewer_user_id,
            review.employee_id: review.employee_user_id,
        }
        if employee := mediator.with_company(review.company_id).employee_id:
            users[employee] = mediator
        start = fields.Datetime.now().replace(tzinfo=UTC)
        stop = start + timedelta(days=SEARCHED_DAYS)
        people = review._collect_people(users, start, stop, review.meeting_id)
        zone = ZoneInfo(self.env.user._get_reader_timezone())
        slots = find_slots(people.values(), TALK_MINUTES, start, stop, zone, limit=1, per_day=1)
        if not slots:
            raise UserError(
                self.env._(
                    "No hour of the next %(days)s days is free for all three: make one in your "
                    "calendar.",
                    days=SEARCHED_DAYS,
                )
            )
        return slots[0].start.replace(tzinfo=None)
