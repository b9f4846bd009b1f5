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
    performance_mediation_days = fields.Integer(
        related="company_id.performance_mediation_days", readonly=False
    )
    performance_objection_days = fields.Integer(
        related="company_id.performance_objection_days", readonly=False
    )
    performance_hr_user_id = fields.Many2one(
        related="company_id.performance_hr_user_id", readonly=False
    )
    performance_hr_lowest_rating = fields.Boolean(
        related="company_id.performance_hr_lowest_rating", readonly=False
    )
    performance_hr_dispute = fields.Boolean(
        related="company_id.performance_hr_dispute", readonly=False
    )
    performance_hr_flag = fields.Boolean(related="company_id.performance_hr_flag", readonly=False)
    performance_hr_repeat = fields.Boolean(
        related="company_id.performance_hr_repeat", readonly=False
    )
    performance_hr_reviewer = fields.Boolean(
        related="company_id.performance_hr_reviewer", readonly=False
    )
    performance_reminders = fields.Boolean(
        related="company_id.performance_reminders", readonly=False
    )
    performance_reminder_days = fields.Char(
        related="company_id.performance_reminder_days", readonly=False
    )
    performance_overdue_days = fields.Integer(
        related="company_id.performance_overdue_days", readonly=False
    )
    performance_upper_days = fields.Integer(
        related="company_id.performance_upper_days", readonly=False
    )
    performance_officer_days = fields.Integer(
        related="company_id.performance_officer_days", readonly=False
    )
