from odoo import api, fields, models


class PerformancePraise(models.Model):
    """What a customer said in somebody's favour; noted by HR, read by the manager."""

    _name = "performance.praise"
    _description = "Praise"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")
    employee_user_id = fields.Many2one(related="employee_id.user_id", store=True, index=True)
    manager_user_id = fields.Many2one(
        related="employee_id.parent_id.user_id", store=True, index=True
    )

    @api.model
    def _get_parent_fields(self):
        return frozenset({"employee_id"})
