from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import ladder


class ResCompany(models.Model):
    _inherit = "res.company"

    # Three strengths, three gaps, three supports; thirty minutes planned, never under ten;
    # the employee speaks at least half of the time, best near 60 %: see SPEC, "The method".
    performance_min_points = fields.Integer(string="Points of each kind", default=3)
    performance_min_duration = fields.Integer(string="Minimum length of a dialogue", default=30)
    performance_share_floor = fields.Float(string="Employee's talk share, floor", default=50.0)
    performance_share_aim = fields.Float(string="Employee's talk share, aim", default=60.0)
    performance_pulse_minimum = fields.Integer(string="Pulse answers to show an average", default=5)
    # The ladder of F3 and whom overdue things are told to, see docs/METHOD.md.
    performance_reminders = fields.Boolean(string="Remind people by mail", default=True)
    performance_reminder_days = fields.Char(
        string="Days before a date", default="30, 10, 3, 1", size=ladder.MOST * 5
    )
    performance_overdue_days = fields.Integer(string="Both sides, days overdue", default=1)
    performance_upper_days = fields.Integer(string="Upper manager, days overdue", default=7)
    performance_officer_days = fields.Integer(string="HR, days overdue", default=14)

    # What HR answers to a dispute or an objection, and how long one may object to an agreement that
    # holds without the own signature (A5b, A6).
    performance_mediation_days = fields.Integer(string="Days to answer a dispute", default=7)
    performance_objection_days = fields.Integer(string="Days to object", default=14)

    # HR takes part by rule (R2): asked at the launch and whenever something happens, not frozen. A
    # rule that is switched off says nothing any more; what it has said before stays.
    performance_hr_user_id = fields.Many2one(
        "res.users",
        string="Takes part for HR",
        domain="[('share', '=', False)]",
        help="By default whoever is responsible for the cycle.",
    )
    performance_hr_lowest_rating = fields.Boolean(string="Lowest rating", default=True)
    performance_hr_dispute = fields.Boolean(string="Dispute, now or last time", default=True)
    performance_hr_flag = fields.Boolean(string="Flag of HR", default=True)
    performance_hr_repeat = fields.Boolean(string="Same gap for the third time", default=True)
    performance_hr_reviewer = fields.Boolean(string="Another reviewer", default=True)

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
    _performance_dispute_days = models.Constraint(
        "CHECK (performance_mediation_days BETWEEN 1 AND 90 "
        "AND performance_objection_days BETWEEN 3 AND 365)",
        "Give HR 1 to 90 days to answer a dispute, and an employee 3 to 365 days to object.",
    )
    _performance_overdue_order = models.Constraint(
        "CHECK (performance_overdue_days BETWEEN 0 AND 365 "
        "AND performance_upper_days BETWEEN 0 AND 365 "
        "AND performance_officer_days BETWEEN 0 AND 365 "
        "AND (performance_upper_days = 0 OR performance_upper_days >= performance_overdue_days) "
        "AND (performance_officer_days = 0 OR performance_officer_days >= "
        "GREATEST(performance_overdue_days, performance_upper_days)))",
        "What is overdue is told first to both sides, then to the upper manager, then to HR: give "
        "days from 0 (never) to 365 in this order.",
    )

    @api.constrains("performance_reminder_days")
    def _check_performance_reminder_days(self):
        for company in self:
            try:
                ladder.read_days(company.performance_reminder_days or "")
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Days before a date: give up to %(most)s whole numbers from 0 to "
                        "%(longest)s with commas between them, such as 30, 10, 3, 1.",
                        most=ladder.MOST,
                        longest=ladder.LONGEST,
                    )
                ) from error

    def _get_performance_ladder(self):
        """Return when people of this company are told about a date.

        :return: days before it; days after it for both sides, for the upper manager, for HR
        :rtype: tuple[tuple[int, ...], tuple[int, int, int]]
        """
        self.ensure_one()
        after = (
            self.performance_overdue_days,
            self.performance_upper_days,
            self.performance_officer_days,
        )
        return ladder.read_days(self.performance_reminder_days), after
