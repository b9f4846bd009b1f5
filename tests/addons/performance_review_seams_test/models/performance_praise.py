from odoo import api, fields, models


class PerformancePraise(models.Model):
    """What a customer said in somebody's favour; noted by HR, read by employee and manager."""

    _name = "performance.praise"
    _description = "Praise"
    _inherit = [
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.audience.mixin",
    ]
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")

    @api.model
    def _get_parent_fields(self):
        return frozenset({"employee_id"})
