from odoo import fields, models


class PerformanceTheme(models.Model):
    """Subject by which points, obstacles and signals are compared over time."""

    _name = "performance.theme"
    _description = "Performance theme"
    _inherit = ["performance.field.guard"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
