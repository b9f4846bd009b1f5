from odoo import api, fields, models
from odoo.tools.misc import format_date


class PerformanceReview(models.Model):
    """What became of what an employee raised: the answer of a signal, for those who raised it."""

    _inherit = "performance.review"

    signal_answers = fields.Text(
        string="What became of what you raised", compute="_compute_signal_answers"
    )

    def _get_signal_answers(self):
        """Return the answers to signals that the employee of this review helped to raise.

        Only for the employee: that somebody gets an answer says what he or she has raised.

        :return: ``question``, ``answer`` and ``date`` in words, the newest first
        :rtype: list[dict]
        """
        self.ensure_one()
        card = self.sudo()
        if (
            not card.cycle_id.has_signal_answers
            or card.employee_user_id != self.env.user
            or card.state in ("preparation", "dialogue")
        ):
            return []
        signals = self.env["performance.signal"].sudo()
        answered = signals.search(
            [("cycle_id", "=", card.cycle_id.id), ("state", "=", "answered")],
            order="answered_on desc",
        )
        return [
            {
                "question": signal.name,
                "answer": signal.answer,
                "date": format_date(self.env, signal.answered_on),
            }
            for signal in answered
            if card.filtered_domain(signal._get_raised_domain())
        ]

    @api.depends_context("uid", "lang")
    def _compute_signal_answers(self):
        for review in self:
            review.signal_answers = "\n\n".join(
                f"{row['question']}\n{row['answer']}" for row in review._get_signal_answers()
            )

    def _get_portal_sections(self):
        sections = super()._get_portal_sections()
        if self._get_signal_answers():
            sections.append(
                {
                    "code": "signals",
                    "label": self.env._("What became of what you raised"),
                    "template": "performance_review_analytics.portal_signals",
                    "icon": "fa-bullhorn",
                    "badge": "",
                    "folded": False,
                    "is_lazy": False,
                    "sequence": 25,
                }
            )
        return sections
