from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import arguments

LONGEST_MEETING = 24 * 60


class PerformanceReview(models.Model):
    """Booking (P6): the appointment of a review, in both calendars and on the card.

    The appointment is an event of Odoo's calendar and nothing else: moved, cancelled or declined
    there, the review follows, because it reads the event and stores no date of its own. Moved or
    cancelled here, the event follows. Of whoever is busy only the time is read, never with what.
    """

    _inherit = "performance.review"

    meeting_id = fields.Many2one(
        "calendar.event", readonly=True, index="btree_not_null", ondelete="set null"
    )
    # Whoever reads the card knows when people meet; the event itself is private.
    meeting_start = fields.Datetime(
        string="Appointment on", compute="_compute_meeting_start", compute_sudo=True
    )
    meeting_text = fields.Char(string="Appointment", compute="_compute_meeting_text")
    meeting_declined = fields.Boolean(
        string="Appointment declined",
        compute="_compute_meeting_declined",
        help="One of the two has declined the invitation.",
    )

    @api.depends("meeting_id.start", "meeting_id.active")
    def _compute_meeting_start(self):
        for review in self:
            event = review.meeting_id
            # A cancelled event may stay in the archive.
            review.meeting_start = event.active and event.start

    @api.depends_context("uid", "lang")
    @api.depends("meeting_start", "state")
    def _compute_meeting_text(self):
        for review in self:
            # Afterwards the dialogue says when it was.
            ahead = review.state in ("preparation", "dialogue")
            review.meeting_text = ahead and self.env.user._say_moment(review.meeting_start)

    @api.depends_context("uid")
    @api.depends(
        "meeting_id.active", "meeting_id.attendee_ids.state", "reviewer_user_id",
        "employee_user_id", "state",
    )  # fmt: skip
    def _compute_meeting_declined(self):
        for review in self:
            # Between the two and HR; the managers above read the date and no more.
            concerned = review.is_employee or review.sees_preparation
            # Afterwards nobody asks any more.
            concerned = concerned and review.state in ("preparation", "dialogue")
            review.meeting_declined = concerned and review.sudo()._is_meeting_declined()

    def _is_meeting_declined(self):
        self.ensure_one()
        declined = self.meeting_id.active and self.meeting_id.attendee_ids.filtered(
            lambda attendee: attendee.state == "declined"
        )
        # Without a companion or HR the two meet all the same.
        return bool(declined and declined.partner_id - self._get_meeting_guests())

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_open_meeting(self):
        """Plan the appointment, or open it once planned (an action dict)."""
        self.ensure_one()
        self._check_is_reviewer()
        if self.sudo().meeting_id.active:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Appointment"),
                "res_model": "calendar.event",
                "res_id": self.meeting_id.id,
                "view_mode": "form",
                "views": [(False, "form")],
            }
        return self.action_open_booking()

    def action_open_booking(self):
        """Choose another time, length or place for the appointment (an action dict)."""
        self.ensure_one()
        self._check_is_reviewer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan the appointment"),
            "res_model": "performance.review.meeting",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_review_id": self.id,
                "default_is_move": bool(self.sudo().meeting_id.active),
            },
        }

    def action_plan_meeting(self, date_start, duration, location=None, video=False):
        """Invite both sides to their appointment, once however often it is confirmed.

        :param date_start: start in UTC (``datetime`` or ``YYYY-MM-DD HH:MM:SS``)
        :param int duration: minutes
        :param str location: room, or the address of a video call
        :param bool video: whether Odoo makes the address of a video call
        :raise AccessError: for anybody but the reviewer
        :raise UserError: when it is too short, or planned for another time already
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_reviewer()
        start, duration, location = self._read_meeting(date_start, duration, location)
        planned = self._lock_meeting()
        if planned and planned.start != start:
            raise UserError(
                self.env._("The appointment is planned already: open it to move or cancel it.")
            )
        if not planned:
            vals = self._prepare_meeting_vals(start, duration, location, video)
            event = self.env["calendar.event"].create(vals)
            self._invite_organiser(event)
            self._mark_meeting_planned(event)
        return True

    def action_move_meeting(self, date_start, duration, location=None):
        """Move the appointment; both are told by Odoo's calendar, and a refusal is asked again.

        :param date_start: new start in UTC (``datetime`` or ``YYYY-MM-DD HH:MM:SS``)
        :param int duration: minutes
        :param str location: room or link; ``None`` leaves it as it is
        :raise AccessError: for anybody but the reviewer
        :raise UserError: when none is planned, and as :meth:`action_plan_meeting`
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_reviewer()
        start, duration, place = self._read_meeting(date_start, duration, location)
        # The guard was asked; the reviewer of today may not be who made the event.
        event = self._lock_meeting()
        if not event:
            raise UserError(self.env._("There is no appointment to move: plan one."))
        vals = {"start": start, "stop": start + timedelta(minutes=duration)}
        if location is not None:
            vals.update(self._prepare_place_vals(place))
        event.write(vals)
        event.attendee_ids.filtered(lambda attendee: attendee.state == "declined").write(
            {"state": "needsAction"}
        )
        return True

    def action_cancel_meeting(self):
        """Cancel the appointment and tell the employee, with Odoo's own mail.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: when none is planned
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_reviewer()
        event = self._lock_meeting()
        if not event:
            raise UserError(self.env._("There is no appointment to cancel."))
        template = self.env.ref("calendar.calendar_template_delete_event", False)
        if template and event.start > fields.Datetime.now():
            for partner in event.partner_ids - self.env.user.partner_id:
                template.sudo().send_mail(
                    event.id,
                    email_layout_xmlid="mail.mail_notification_light",
                    email_values={"recipient_ids": [fields.Command.set(partner.ids)]},
                )
        # Kept in the archive: whoever looks finds that there was one.
        event.active = False
        return True

    def _lock_meeting(self):
        """Return the appointment that stands, with ``sudo()``, and let nobody else change it."""
        # Two windows or two clicks: the second waits for nobody and finds what the first made.
        if not self.sudo().try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._("The appointment is being planned at this moment: reload the page.")
            )
        self.invalidate_recordset(["meeting_id"])
        return self.sudo().meeting_id.filtered("active")

    def _check_meeting_length(self, duration):
        """Raise a ``UserError`` unless it is a number of minutes the cycle allows."""
        if type(duration) is not int:
            raise UserError(self.env._("Say when the appointment starts and how long it takes."))
        minimum = self.sudo().cycle_id.min_duration
        if duration < max(minimum, 1):
            raise UserError(
                self.env._("Plan at least %(minimum)s minutes for the dialogue.", minimum=minimum)
            )
        if duration > LONGEST_MEETING:
            raise UserError(self.env._("An appointment takes a day at most."))

    def _read_meeting(self, date_start, duration, location):
        """Return start, minutes and location of an appointment, checked.

        :raise UserError: when one of them cannot be read, for a day that is over, and below the
            cycle's minimum
        """
        try:
            start = fields.Datetime.to_datetime(date_start)
        except (TypeError, ValueError):
            start = None
        if not start:
            raise UserError(self.env._("Say when the appointment starts and how long it takes."))
        arguments.read_date(self.env, start, self.env._("Appointment"))
        self._check_meeting_length(duration)
        place = arguments.read_text(
            self.env, location, self.env._("Room or link"), arguments.CHAR_LIMIT
        ).strip()
        day = fields.Datetime.context_timestamp(self, start).date()
        if day < fields.Date.context_today(self):
            raise UserError(self.env._("This day is over: choose a time from today on."))
        return start, duration, place or False

    @api.model
    def _prepare_place_vals(self, location, video=False):
        """Return room and video link of an event; the address of a call is no room."""
        is_link = bool(location) and location.lower().startswith(("http://", "https://"))
        vals = {"location": False if is_link else location}
        if is_link:
            vals["videocall_location"] = location
        elif video:
            link = self.env["calendar.event"].get_discuss_videocall_location()
            vals.update({"videocall_location": link, "access_token": link.rpartition("/")[2]})
        return vals

    def _prepare_meeting_vals(self, start, duration, location, video=False):
        """Return the values of the event; nothing in them tells about the review.

        It is written for the employee, who is invited, in his or her language.
        """
        review = self.sudo()
        partners = (review.employee_user_id | review.reviewer_user_id).partner_id
        if not review.employee_user_id:
            partners |= review.employee_id.work_contact_id
        partners |= review._get_meeting_guests()
        env = self.with_context(lang=review.employee_user_id.lang or self.env.lang).env
        sections = env["performance.outline.question"]._fields["section"]
        return {
            "name": env._("Conversation"),
            "start": start,
            "stop": start + timedelta(minutes=duration),
            **self._prepare_place_vals(location, video),
            "privacy": "private",
            "user_id": self.env.uid,
            "partner_ids": [fields.Command.set(partners.ids)],
            "description": " · ".join(
                label for _code, label in sections._description_selection(env)
            ),
        }

    def _invite_organiser(self, event):
        """Send the invitation to whoever planned it as well.

        Odoo sends it to the others alone, and not everybody keeps his calendar in Odoo.

        :param event: ``calendar.event`` just made
        """
        template = self.env.ref("calendar.calendar_template_meeting_invitation", False)
        if template and event.start > fields.Datetime.now():
            own = event.attendee_ids.filtered(
                lambda attendee: attendee.partner_id == self.env.user.partner_id
            )
            own._notify_attendees(template, notify_author=True)

    def _mark_meeting_planned(self, event):
        """Remember the ``calendar.event`` of the appointment."""
        self.sudo().write({"meeting_id": event.id})
