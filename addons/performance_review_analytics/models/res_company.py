from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # House rule: five, as with the pulse, and of two teams, since one manager's team is known.
    performance_signal_people = fields.Integer(string="People for a signal", default=5)
    performance_signal_teams = fields.Integer(string="Teams for a signal", default=2)

    _performance_signal_people_three = models.Constraint(
        "CHECK (performance_signal_people >= 3)",
        "Fewer than three people would give themselves away: choose three or more.",
    )
    _performance_signal_teams_two = models.Constraint(
        "CHECK (performance_signal_teams >= 2)", "One team would be known: choose two or more."
    )
