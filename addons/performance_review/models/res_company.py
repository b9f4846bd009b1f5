from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # Three strengths, three gaps, three supports; thirty minutes planned, never under ten;
    # the employee speaks at least half of the time, best near 60 %: see SPEC, "The method".
    performance_min_points = fields.Integer(string="Points of each kind", default=3)
    performance_min_duration = fields.Integer(string="Minimum length of a dialogue", default=30)
    performance_share_floor = fields.Float(string="Employee's talk share, floor", default=50.0)
    performance_share_aim = fields.Float(string="Employee's talk share, aim", default=60.0)
    performance_pulse_minimum = fields.Integer(string="Pulse answers to show an average", default=5)

    _performance_min_points_positive = models.Constraint(
        "CHECK (performance_min_points >= 1)", "Ask for at least one point of each kind."
    )
    _performance_min_duration_ten = models.Constraint(
        "CHECK (performance_min_duration >= 10)",
        "Less than ten minutes is no review: choose ten or more.",
    )
    _performance_pulse_minimum_three = models.Constraint(
        "CHECK (performance_pulse_minimum >= 3)",
        "Fewer than three answers would give people away: choose three or more.",
    )
    _performance_share_range = models.Constraint(
        "CHECK (performance_share_floor > 0 AND performance_share_floor <= performance_share_aim "
        "AND performance_share_aim <= 100)",
        "The floor of the talk share lies above 0 and not above the aim, the aim not above 100.",
    )
