from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceIncident(models.Model):
    """Critical incident (关键事件): what happened and what it led to, noted at once."""

    _name = "performance.incident"
    _description = "Critical incident"
    _inherit = ["performance.review.part.mixin"]
    _order = "date desc, id desc"

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.user.employee_id,
    )
    employee_user_id = fields.Many2one(
        related="employee_id.user_id", string="Employee's user", store=True, index=True
    )
    manager_user_id = fields.Many2one(
        related="employee_id.parent_id.user_id", string="Manager's user", store=True, index=True
    )
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True)
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    polarity = fields.Selection(
        [("positive", "Went well"), ("negative", "Went wrong")], required=True, default="positive"
    )
    name = fields.Char(string="What happened", required=True, size=500)
    effect = fields.Text(help="What it led to, for whom.")
    theme_id = fields.Many2one("performance.theme", ondelete="restrict")
    goal_id = fields.Many2one(
        "performance.goal", ondelete="set null", domain="[('employee_id', '=', employee_id)]"
    )
    shared = fields.Boolean(
        readonly=True, help="Until shared, only its author can read an incident."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"author_id"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"employee_id"})

    @api.constrains("employee_id", "author_id")
    def _check_author(self):
        for incident in self.sudo():
            if incident.author_id not in (
                incident.employee_id.user_id | incident.manager_user_id
            ) and not incident._is_reviewed_by(incident.author_id):
                raise UserError(
                    self.env._(
                        "Incidents are noted by the employee or the manager: you are neither of "
                        "%(employee)s.",
                        employee=incident.employee_id.name,
                    )
                )

    @api.constrains("goal_id", "employee_id")
    def _check_goal(self):
        for incident in self:
            incident._check_links(["goal_id"], incident.employee_id)

    def _is_reviewed_by(self, user):
        return bool(
            self.env["performance.review"].search_count(
                [
                    ("employee_id", "=", self.employee_id.id),
                    ("reviewer_user_id", "=", user.id),
                ],
                limit=1,
            )
        )

    def action_share(self):
        """Show the incident to the other side and to HR; author only, by record rule."""
        self.write({"shared": True})
        return True
