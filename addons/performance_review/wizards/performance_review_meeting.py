from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.performance_review_booking import LONGEST_MEETING

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
    video = fields.Boolean(string="Video call", help="Odoo makes an address for it.")
    day = fields.Date(string="Look at this day", help="Its free times instead of the next ones.")
    is_move = fields.Boolean(export_string_translation=False)
    clash_text = fields.Text(compute="_compute_clash_text")

    @api.model
    def _get_number_limits(self):
        return {**super()._get_number_limits(), "duration": LONGEST_MEETING}

    @api.model
    def _get_default_start(self):
        """Return the next time that is free for both, without one the next working morning.

        :return: naive UTC; the morning is that of the user's time zone
        :rtype: datetime.datetime
        """
        if start := self._find_first_free_start():
            return start
        zone = pytz.timezone(self.env.user.tz or "UTC")
        day = fields.Date.context_today(self) + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        local = zone.localize(datetime.combine(day, time(PROPOSED_HOUR)))
        return local.astimezone(pytz.utc).replace(tzinfo=None)

    @api.model
    def _find_first_free_start(self):
        """Return when both of the review that asks are free (``datetime``), ``None`` without."""
        review_id = self.env.context.get("default_review_id")
        if type(review_id) is not int:
            return None
        try:
            slots = self.env["performance.review"].browse(review_id).get_free_slots()["slots"]
        except (AccessError, UserError):  # whoever may not plan is told when confirming
            return None
        return fields.Datetime.to_datetime(slots[0]["start"]) if slots else None

    @api.depends("review_id")
    def _compute_duration(self):
        for wizard in self:
            wizard.duration = max(wizard.review_id.sudo().cycle_id.min_duration, 60)

    @api.depends("review_id", "date_start", "duration")
    def _compute_clash_text(self):
        for wizard in self:
            sentences = []
            if wizard.review_id.is_reviewer and wizard.date_start:
                try:
                    sentences = wizard.review_id._origin.get_meeting_clashes(
                        wizard.date_start, wizard.duration
                    )
                except UserError as error:
                    sentences = [str(error)]
            wizard.clash_text = "\n".join(sentences)

    def action_confirm(self):
        """Plan the appointment, or move it, as the review's verbs do.

        :raise UserError: as ``performance.review.action_plan_meeting``
        :return: action that closes the dialog
        """
        self.ensure_one()
        if self.is_move:
            # An empty place leaves the one there is.
            self.review_id.action_move_meeting(
                self.date_start, self.duration, self.location or None
            )
        else:
            self.review_id.action_plan_meeting(
                self.date_start, self.duration, self.location, self.video
            )
        return {"type": "ir.actions.act_window_close"}
