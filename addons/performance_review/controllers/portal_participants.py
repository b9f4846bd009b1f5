"""Who takes part besides the two, and the companion whom the employee brings along."""

from odoo import http
from odoo.http import request

from .portal import PerformancePortal


class PortalParticipants(PerformancePortal):
    """What the employee reads of those who take part, and who comes along."""

    def _get_message(self, code):
        if code == "companion":
            return request.env._("Your reviewer and HR read who comes along.")
        if code == "no_companion":
            return request.env._("You come without a companion.")
        return super()._get_message(code)

    def _review_get_page_view_values(self, review, **kwargs):
        values = super()._review_get_page_view_values(review, **kwargs)
        failed = values["failed_form"] == "companion"
        values["companion_typed"] = values["typed"] if failed else {}
        return values

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code == "participants":
            # With the rights of the employee, like everything on the page.
            people = request.env["performance.participant"].search_fetch(
                [("review_id", "=", page.review.id)], ["name", "kind", "email"]
            )
            values["participants"] = people
            values["has_companion"] = "companion" in people.mapped("kind")
            values["can_name_companion"] = page.review._is_talk_ahead()
        return values

    @http.route(
        "/my/reviews/<int:review_id>/companion",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_name_companion(self, review_id, **post):
        """Name who comes along."""
        typed = {name: self._get_text(post, name) for name in ("name", "email")}
        return self._handle(
            review_id,
            "companion",
            "companion",
            typed,
            lambda review: review.action_name_companion(typed["name"], typed["email"]),
        )

    @http.route(
        "/my/reviews/<int:review_id>/companion/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_remove_companion(self, review_id, **post):
        """Come without a companion after all."""
        return self._handle(
            review_id,
            "companion",
            "no_companion",
            {},
            lambda review: review.action_remove_companion(),
        )
