"""An outline as those see it who are asked: for HR, before anybody is."""

from odoo import http
from odoo.http import request


class OutlinePreview(http.Controller):
    """Shows the employee's form and the reviewer's topics, filled in by nobody."""

    @http.route(
        "/performance/outline/<int:outline_id>/preview",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def preview(self, outline_id, **kwargs):
        """Show one outline to whoever may read it; others are told that there is nothing."""
        # Opened from the back office, and so in its language, whatever the portal was read in.
        request.update_context(lang=request.env.user.lang)
        outlines = request.env["performance.outline"].with_context(active_test=False)
        if not outlines.has_access("read"):
            raise request.not_found()
        outline = outlines.search([("id", "=", outline_id)])
        if not outline:
            raise request.not_found()
        questions = outline.with_context(active_test=True).question_ids
        return request.render(
            "performance_review.outline_preview",
            {
                "outline": outline,
                "question_sections": self._lay_out(questions.filtered("for_self_assessment")),
                "topic_sections": self._lay_out(questions.filtered("for_dialogue")),
            },
        )

    def _lay_out(self, questions):
        return questions._group_by_section([(question, "") for question in questions])
