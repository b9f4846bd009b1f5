from odoo import api, fields, models


class PerformanceAgreement(models.Model):
    _inherit = "performance.agreement"

    mentoring_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "mentoring")]
    )

    @api.model
    def _get_manager_side(self):
        return super()._get_manager_side() | {"mentor"}

    def _get_change_limit(self):
        # Who has a mentor can take on more at a time.
        mentored = any(line.kind == "mentoring" for line in self.commitment_ids)
        return super()._get_change_limit() + (1 if mentored else 0)
