from odoo import api, fields, models
from odoo.tools import format_date

from odoo.addons.performance_review.models.performance_review_reminders import Reminder


class PerformanceReview(models.Model):
    _inherit = "performance.review"

    thanks_until = fields.Date(readonly=True, help="By then somebody has said thank you.")

    @api.model
    def _get_reminders(self, date):
        reviews = self.sudo().search(self._get_reminder_domain(date, "thanks_until", "cycle_id"))
        return [
            *super()._get_reminders(date),
            *(
                Reminder(
                    code="thanks",
                    model=review._name,
                    res_id=review.id,
                    review_id=review.id,
                    date=review.thanks_until,
                    since=review.create_date.date(),
                    people=(("reviewer", review.reviewer_user_id.id),),
                    say="_say_thanks_reminders",
                )
                for review in reviews
            ),
        ]

    @api.model
    def _say_thanks_reminders(self, _role, dues):
        return [{"text": self.env._("Say thank you")} for _due in dues]

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
