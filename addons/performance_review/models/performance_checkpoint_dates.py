from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.misc import format_date

from ..tools import arguments, rhythm

SHIFT_LIMIT = 366  # days
RHYTHM_LIMIT = 366  # days


class PerformanceCheckpoint(models.Model):
    """On which days people meet: on a working day of both, and all that remain moved at once."""

    _inherit = "performance.checkpoint"

    @api.constrains("date", "state")
    def _check_working_day(self):
        """Refuse a day to come on which one of the two does not work.

        What is over is what it was.
        """
        today = fields.Date.context_today(self)
        ahead = self.sudo().filtered(
            lambda checkpoint: checkpoint.state == "planned" and checkpoint.date > today
        )
        if not ahead:
            return
        dates = ahead.mapped("date")
        workdays = ahead.review_id._get_common_workdays(min(dates), max(dates))
        for checkpoint in ahead:
            found = workdays[checkpoint.review_id]
            if found and checkpoint.date not in found:
                better = rhythm.find_workday(checkpoint.date, found)
                raise ValidationError(
                    self.env._(
                        "%(date)s is not a working day of both sides; %(better)s is.",
                        date=format_date(self.env, checkpoint.date),
                        better=format_date(self.env, better),
                    )
                )

    def action_shift(self, days):
        """Move what is still planned by some days, each to a working day of both.

        :param int days: how many, also backwards
        :raise UserError: when one of them is over, for a number that is none, or when one would
            come before today
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self._check_reviewer()
        days = arguments.read_integer(self.env, days, self.env._("Days"), -SHIFT_LIMIT, SHIFT_LIMIT)
        if any(checkpoint.state != "planned" for checkpoint in self):
            raise UserError(self.env._("A checkpoint that is done or cancelled stays as it is."))
        today = fields.Date.context_today(self)
        wanted = {each: max(each.date, today) + timedelta(days=days) for each in self}
        if any(day < today for day in wanted.values()):
            raise UserError(self.env._("A checkpoint is not moved into the past."))
        if wanted:
            self._mark_moved(wanted)
        return True

    def action_shift_week(self):
        """Move what is still planned by a week."""
        return self.action_shift(7)

    def _mark_moved(self, wanted):
        """Write the day of each, the nearest working day of both.

        :param dict wanted: checkpoint → day
        """
        reviews = self.sudo().review_id
        workdays = reviews._get_common_workdays(min(wanted.values()), max(wanted.values()))
        for checkpoint, day in wanted.items():
            own = checkpoint.sudo()
            own.date = rhythm.find_workday(day, workdays[own.review_id])


class PerformanceReview(models.Model):
    """The rhythm of one review's checkpoints, and all that remain changed in one act."""

    _inherit = "performance.review"

    checkpoint_rhythm = fields.Selection(
        [("monthly", "Monthly"), ("quarterly", "Quarterly"), ("custom", "Every so many days")],
        string="Rhythm of its own",
        readonly=True,
        copy=False,
        help="Of the checkpoints of this review, where it is not that of the cycle.",
    )

    checkpoint_days = fields.Integer(
        string="Days from one checkpoint to the next", readonly=True, copy=False
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"checkpoint_rhythm", "checkpoint_days"}

    def _get_rhythm(self):
        """Return the rhythm of this review and, for one of its own days, how many.

        :rtype: tuple[str, int]
        """
        self.ensure_one()
        if self.checkpoint_rhythm:
            return self.checkpoint_rhythm, self.checkpoint_days
        cycle = self.sudo().cycle_id
        return cycle.checkpoint_rhythm, cycle.checkpoint_days

    def action_open_rhythm(self):
        """Ask after how many days both look again (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self._check_can_finish()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Another rhythm"),
            "res_model": "performance.review.rhythm",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def _get_common_workdays(self, first, last):
        """Return the days on which both sides of each review work.

        Two weeks more on either side, to look for a better day. Whoever has no hours at all in
        this time has the usual ones.

        :param date first: of the days that are asked for
        :param date last: of them
        :return: review → set of ``date``
        :rtype: dict
        """
        margin = timedelta(days=rhythm.SEARCH_DAYS)
        start = datetime.combine(first - margin, time.min, tzinfo=UTC)
        stop = datetime.combine(last + margin, time.max, tzinfo=UTC)
        usual = {
            start.date() + timedelta(days=index)
            for index in range((stop - start).days + 1)
            if (start.date() + timedelta(days=index)).weekday() < 5
        }
        cards = self.sudo()
        resources = (cards.reviewer_id | cards.employee_id).resource_id
        hours = resources._get_valid_work_intervals(start, stop)[0] if resources else {}
        days = {}
        for resource in resources:
            zone = ZoneInfo(resource.tz or "UTC")
            found = {begin.astimezone(zone).date() for begin, _end, _what in hours[resource.id]}
            days[resource] = usual if resource._is_flexible() or not found else found
        return {
            review: days.get(review.sudo().reviewer_id.resource_id, usual)
            & days.get(review.sudo().employee_id.resource_id, usual)
            for review in self
        }

    def _get_remaining_checkpoints(self):
        """Return what is still planned, with the rights of the caller."""
        self._check_can_finish()
        return self.checkpoint_ids.filtered(lambda checkpoint: checkpoint.state == "planned")

    def action_cancel_remaining(self):
        """Cancel all checkpoints that are still planned; reviewer only.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up
        :return: ``True``
        """
        self.ensure_one()
        return self._get_remaining_checkpoints().action_cancel()

    def action_shift_remaining(self, days=7):
        """Move all checkpoints that are still planned; reviewer only.

        :param int days: by how many days, a week by default
        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up, and as ``action_shift`` of a checkpoint
        :return: ``True``
        """
        self.ensure_one()
        return self._get_remaining_checkpoints().action_shift(days)

    def action_rhythm_monthly(self):
        """Plan what remains month by month."""
        return self.action_change_rhythm("monthly")

    def action_rhythm_quarterly(self):
        """Plan what remains quarter by quarter."""
        return self.action_change_rhythm("quarterly")

    def action_change_rhythm(self, rhythm_code, days=None):
        """Plan the checkpoints that are still ahead anew, in another rhythm; reviewer only.

        What something was recorded on, or noted, stays.

        :param str rhythm_code: ``"monthly"``, ``"quarterly"`` or ``"custom"``
        :param int days: for ``"custom"``, from one checkpoint to the next
        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up, for another word, and for a custom rhythm
            without days
        :return: ``True``
        """
        self.ensure_one()
        planned = self._get_remaining_checkpoints()
        code = arguments.read_choice(
            self.env,
            rhythm_code,
            self._get_field_label("checkpoint_rhythm"),
            self._fields["checkpoint_rhythm"]._description_selection(self.env),
        )
        every = 0
        if code == rhythm.CUSTOM:
            label = self._get_field_label("checkpoint_days")
            every = arguments.read_integer(self.env, days, label, 1, RHYTHM_LIMIT)
            if not every:
                raise UserError(self.env._("%(field)s is missing.", field=label))
        today = fields.Date.context_today(self)
        (
            planned.sudo()
            .filtered(
                lambda each: (
                    each.kind == "scheduled"
                    and each.date > today
                    and not each.progress_ids
                    and not each.note
                )
            )
            .unlink()
        )
        review = self.sudo()
        review.write({"checkpoint_rhythm": code, "checkpoint_days": every})
        review._generate_checkpoints()
        return True
