from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import arguments

# What one may say to an invitation → how the attendee of Odoo's calendar says it.
ANSWERS = {"accepted": "do_accept", "declined": "do_decline"}


class PerformanceReview(models.Model):
    """The appointment as the two who meet see and answer it (P6).

    The event is private, and whoever has no back office has no calendar either: what the two
    may know and say about it goes through here, and is the same as in Odoo's invitation.
    """

    _inherit = "performance.review"

    def _check_is_party(self):
        """Refuse whoever is not one of the two who meet.

        :raise AccessError: for anybody but employee and reviewer
        """
        self.check_access("read")
        for review in self.sudo():
            if self.env.user not in (review.employee_user_id | review.reviewer_user_id):
                raise AccessError(self.env._("Only the two who meet answer an invitation."))

    def _get_own_attendee(self):
        """Return the place of the user in the appointment that stands.

        :return: ``calendar.attendee``, with ``sudo()``, empty where there is none
        """
        self.ensure_one()
        attendees = self.sudo().meeting_id.filtered("active").attendee_ids
        return attendees.filtered(lambda each: each.partner_id == self.env.user.partner_id)[:1]

    def _can_answer_meeting(self, event):
        self.ensure_one()
        return self.sudo().state in ("preparation", "dialogue") and (
            event.stop >= fields.Datetime.now()
        )

    @api.readonly
    def get_meeting(self):
        """Return the appointment as one of the two reads it.

        :return: ``when``, in the zone of the reader; ``minutes``; ``place``; ``link`` of the
            video call; ``answer`` of the reader (``"needsAction"``, ``"accepted"``, …);
            ``is_declined`` by one of the two; ``can_answer``. Empty where none is planned.
        :raise AccessError: for anybody but employee and reviewer
        :rtype: dict
        """
        self.ensure_one()
        self._check_is_party()
        event = self.sudo().meeting_id.filtered("active")
        if not event:
            return {}
        attendee = self._get_own_attendee()
        link = event.videocall_location or ""
        return {
            "when": self.env.user._say_moment(event.start),
            "minutes": round((event.stop - event.start).total_seconds() / 60),
            "place": event.location or "",
            # Whoever edits the event may have written anything.
            "link": link if link.startswith(("https://", "http://")) else "",
            "answer": attendee.state or False,
            "is_declined": self.sudo()._is_meeting_declined(),
            "can_answer": bool(attendee) and self._can_answer_meeting(event),
        }

    def action_answer_meeting(self, answer):
        """Accept or decline the invitation, as in the calendar; the other side is told there.

        :param str answer: ``"accepted"`` or ``"declined"``
        :raise AccessError: for anybody but employee and reviewer
        :raise UserError: for another answer, without an invitation, and once it is over
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_party()
        choices = [("accepted", self.env._("Accept")), ("declined", self.env._("Decline"))]
        answer = arguments.read_choice(self.env, answer, self.env._("Answer"), choices)
        attendee = self._get_own_attendee()
        if not attendee:
            raise UserError(
                self.env._("There is no invitation to answer: the appointment was cancelled.")
            )
        if not self._can_answer_meeting(attendee.event_id):
            raise UserError(self.env._("This appointment is over."))
        if attendee.state != answer:
            getattr(attendee, ANSWERS[answer])()
        return True

    def _get_meeting_file(self):
        """Return the appointment as a file for any calendar.

        :return: iCalendar, or ``None`` where none is planned or Odoo cannot make one
        :rtype: bytes | None
        """
        self.ensure_one()
        self._check_is_party()
        event = self.sudo().meeting_id.filtered("active")
        return event._get_ics_file().get(event.id)
