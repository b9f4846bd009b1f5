from odoo import models
from odoo.tools import format_date


class PerformanceReview(models.Model):
    _inherit = "performance.review"

    def _get_evidence(self):
        praise = self.env["performance.praise"].search_fetch(
            [("employee_id", "=", self.sudo().employee_id.id)], ["name", "date"]
        )
        return [
            *super()._get_evidence(),
            {
                "code": "praise",
                "label": self.env._("Praise of customers"),
                "sequence": 35,
                "items": [
                    self._prepare_evidence_item(
                        record, record.name, note=format_date(self.env, record.date)
                    )
                    for record in praise
                ],
            },
        ]

    def _get_dialogue_blockers(self):
        blockers = super()._get_dialogue_blockers()
        for review in self.filtered("cycle_id.require_thanks"):
            if not any(review.dialogue_ids.feedback_ids.mapped("thanks")):
                blockers[review].append(
                    {
                        "code": "thanks_missing",
                        "message": self.env._("Nobody has said thank you yet (Interview room)."),
                    }
                )
        return blockers

    def _get_portal_sections(self):
        sections = super()._get_portal_sections()
        if self.sudo().cycle_id.require_thanks:
            sections.append(
                {
                    "code": "praise",
                    "label": self.env._("Praise of customers"),
                    "template": "performance_review_seams_test.portal_praise",
                    "folded": True,
                    "sequence": 65,
                }
            )
        return sections
