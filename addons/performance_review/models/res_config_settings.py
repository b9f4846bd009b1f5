from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    performance_min_points = fields.Integer(
        related="company_id.performance_min_points", readonly=False
    )
    performance_min_duration = fields.Integer(
        related="company_id.performance_min_duration", readonly=False
    )
    performance_share_floor = fields.Float(
        related="company_id.performance_share_floor", readonly=False
    )
    performance_share_aim = fields.Float(related="company_id.performance_share_aim", readonly=False)
    performance_pulse_minimum = fields.Integer(
        related="company_id.performance_pulse_minimum", readonly=False
    )
