from odoo import fields, models


class PerformanceRating(models.Model):
    """One step of the rating scale, e.g. A to D; the value orders them."""

    _name = "performance.rating"
    _description = "Performance rating"
    _inherit = ["performance.field.guard"]
    _order = "value desc, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name that spreadsheets may use instead of the full one.")
    value = fields.Float(help="Higher is better.")
    active = fields.Boolean(default=True)
