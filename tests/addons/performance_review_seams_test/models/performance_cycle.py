from odoo import fields, models


class PerformanceCycle(models.Model):
    _inherit = "performance.cycle"

    require_thanks = fields.Boolean(help="No dialogue ends without a word of thanks.")
