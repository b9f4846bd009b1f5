from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import arguments


class PerformanceIncident(models.Model):
    """Critical incident (关键事件): what happened and what it led to, noted at once."""

    _name = "performance.incident"
    _description = "Critical incident"
    _inherit = [
        "performance.version.guard",
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.audience.mixin",
    ]
    _order = "date desc, id desc"

    employee_id = fields.Many2one(
        "hr.employee",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._get_default_employee(),
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    polarity = fields.Selection(
        [("positive", "Went well"), ("negative", "Went wrong")], required=True
    )
    name = fields.Char(string="What happened", required=True, size=arguments.CHAR_LIMIT)
    effect = fields.Text(help="What it led to, for whom.")
    theme_id = fields.Many2one("performance.theme", ondelete="restrict")
    goal_id = fields.Many2one(
        "performance.goal",
        index="btree_not_null",
        ondelete="set null",
        domain="[('employee_id', '=', employee_id)]",
    )
    shared = fields.Boolean(
        readonly=True, help="Until shared, only its author can read an incident."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"author_id", "shared"})

    @api.depends("employee_id")
    def _compute_company_id(self):
        # Of the day it was noted: whoever moves the employee moves no old texts.
        for incident in self:
            incident.company_id = incident.sudo().employee_id.company_id

    @api.model
    def _get_parent_fields(self):
        return frozenset({"employee_id"})

    @api.model
    def _get_content_fields(self):
        """Names of the fields that others rely on once an incident is shared."""
        return frozenset({"date", "polarity", "name", "effect"})

    @api.model_create_multi
    def create(self, vals_list):
        default = self.default_get(["polarity"]).get("polarity")
        for vals in vals_list:
            if not vals.get("polarity", default):
                raise UserError(self.env._("Say whether it went well or wrong."))
        return super().create(vals_list)

    @api.constrains("name")
    def _check_name(self):
        if any(not (incident.name or "").strip() for incident in self):
            raise UserError(self.env._("Say in one sentence what happened."))

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        if any(incident.date > today for incident in self):
            raise UserError(self.env._("An incident has happened: choose today or earlier."))

    def write(self, vals):
        if self._get_content_fields() & vals.keys():
            self.check_access("write")
            self._check_not_shared()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shared(self):
        self._check_not_shared()

    def _check_not_shared(self):
        """Refuse a change of what others have read, perhaps used as evidence.

        :raise UserError: for a shared incident
        """
        if not self.env.su and any(incident.shared for incident in self):
            raise UserError(
                self.env._(
                    "A shared incident stays as it is, since others have read it: note a new one."
                )
            )

    @api.constrains("employee_id", "author_id")
    def _check_author(self):
        for incident in self.sudo():
            if incident.author_id not in (
                incident.employee_user_id | incident.manager_user_id
            ) and not incident._is_reviewed_by(incident.author_id):
                # Without the name: whoever fails here may not even know the employee.
                raise AccessError(
                    self.env._(
                        "Incidents are noted by the employee or the manager: you are neither of "
                        "the two."
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
                    ("state", "!=", "done"),
                ],
                limit=1,
            )
        )

    def action_share(self):
        """Show the incident to the other side and to HR; author only, by record rule.

        There is no way back: who has read it has read it, and points may rest on it.

        :raise AccessError: for anybody but the author
        :return: ``True``
        """
        self.check_access("write")
        self.sudo().write({"shared": True})
        return True
