from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    performance_signal_people = fields.Integer(
        related="company_id.performance_signal_people", readonly=False
    )
    performance_signal_teams = fields.Integer(
        related="company_id.performance_signal_teams", readonly=False
    )
