"""The appointment: when and where, the employee's answer, and a file for the own calendar."""

from odoo import http
from odoo.fields import Domain
from odoo.http import content_disposition, request

from .portal import PerformancePortal


class PortalAppointment(PerformancePortal):
    """What the employee reads of the appointment, and says to it."""

    def _get_message(self, code):
        if code == "accepted":
            return request.env._("You have accepted the appointment.")
        if code == "declined":
            return request.env._(
                "You have declined the appointment: your reviewer looks for another time."
            )
        return super()._get_message(code)

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code == "appointment":
            values["meeting"] = page.review.get_meeting()
        return values

    @http.route(
        "/my/reviews/<int:review_id>/appointment",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_answer_appointment(self, review_id, answer=None, **post):
        """Accept or decline the invitation."""
        done = answer if answer in ("accepted", "declined") else ""
        return self._handle(
            review_id,
            "appointment",
            done,
            {},
            lambda review: review.action_answer_meeting(answer),
        )

    @http.route(
        "/my/reviews/<int:review_id>/appointment.ics",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_appointment_file(self, review_id, **kwargs):
        """Download the appointment, as one of the two who meet."""
        own = self._get_own_reviews_domain() | Domain("reviewer_user_id", "=", request.env.uid)
        review = request.env["performance.review"].search(
            own & Domain("id", "=", self._read_id(review_id))
        )
        content = review and review._get_meeting_file()
        if not content:
            return request.redirect(f"/my/reviews/{review.id}" if review else "/my")
        return request.make_response(
            content,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition("appointment.ics")),
                ("Cache-Control", "no-store"),
            ],
        )
