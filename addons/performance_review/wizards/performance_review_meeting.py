from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

PROPOSED_HOUR = 10


class PerformanceReviewMeeting(models.TransientModel):
    """Plan the appointment: private, with a neutral title and a general agenda."""

    _name = "performance.review.meeting"
    _description = "Plan the appointment"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    review_id = fields.Many2one("performance.review", required=True, ondelete="cascade")
    date_start = fields.Datetime(
        string="Start", required=True, default=lambda self: self._get_default_start()
    )
    duration = fields.Integer(
        string="Length (minutes)",
        required=True,
        compute="_compute_duration",
        store=True,
        readonly=False,
        precompute=True,
    )
    location = fields.Char()

    @api.model
    def _get_default_start(self):
        """Return the next working morning of the user's time zone, as naive UTC."""
        zone = pytz.timezone(self.env.user.tz or "UTC")
        day = fields.Date.context_today(self) + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        local = zone.localize(datetime.combine(day, time(PROPOSED_HOUR)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.depends("review_id")
    def _compute_duration(self):
        for wizard in self:
            wizard.duration = max(wizard.review_id.sudo().cycle_id.min_duration, 60)

    def action_confirm(self):
        """Create the calendar event for both sides and note it on the review.

        :raise UserError: when the time planned is below the minimum of the cycle
        :return: action that closes the dialog
        """
        self.ensure_one()
        review = self.review_id
        review._check_is_reviewer()
        minimum = review.sudo().cycle_id.min_duration
        if self.duration < minimum:
            raise UserError(
                self.env._("Plan at least %(minimum)s minutes for the dialogue.", minimum=minimum)
            )
        review._mark_meeting_planned(
            self.env["calendar.event"].create(self._prepare_event_vals())
        )
        return {"type": "ir.actions.act_window_close"}

    def _prepare_event_vals(self):
        """Return the values of the event; nothing in them tells about the review."""
        review = self.review_id.sudo()
        partners = (review.employee_user_id | review.reviewer_user_id).partner_id
        sections = self.env["performance.outline.question"]._fields["section"]
        return {
            "name": self.env._("Conversation"),
            "start": self.date_start,
            "stop": self.date_start + timedelta(minutes=self.duration),
            "location": self.location,
            "privacy": "private",
            "user_id": self.env.uid,
            "partner_ids": [fields.Command.set(partners.ids)],
            "description": " · ".join(
                label for _code, label in sections._description_selection(self.env)
            ),
        }
