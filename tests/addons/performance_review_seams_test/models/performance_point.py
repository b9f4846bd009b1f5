from odoo import api, fields, models


class PerformancePoint(models.Model):
    _inherit = "performance.point"

    praise_id = fields.Many2one(
        "performance.praise",
        index="btree_not_null",
        ondelete="set null",
        domain="[('employee_id', '=', employee_id)]",
    )

    @api.model
    def _get_evidence_fields(self):
        return super()._get_evidence_fields() | {"praise_id"}
