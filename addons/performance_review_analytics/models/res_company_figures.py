from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # House rule: five, as with the pulse.
    performance_manager_minimum = fields.Integer(
        string="People to show managers a figure", default=5
    )

    _performance_manager_minimum_three = models.Constraint(
        "CHECK (performance_manager_minimum >= 3)",
        "Fewer than three people would give themselves away: choose three or more.",
    )


class ResConfigSettings(models.TransientModel):
    """The same in the settings."""

    _inherit = "res.config.settings"

    performance_manager_minimum = fields.Integer(
        related="company_id.performance_manager_minimum", readonly=False
    )
