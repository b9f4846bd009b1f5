from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PerformanceAppraisal(models.Model):
    """An appraisal result: what was measured before anybody talked about it."""

    _name = "performance.appraisal"
    _description = "Appraisal result"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "date_end desc, id desc"

    name = fields.Char(related="employee_id.name", string="Employee name", store=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    employee_user_id = fields.Many2one(
        related="employee_id.user_id", string="Employee's user", store=True, index=True
    )
    manager_user_id = fields.Many2one(
        related="employee_id.parent_id.user_id", string="Manager's user", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    cycle_id = fields.Many2one("performance.cycle", index="btree_not_null", ondelete="set null")
    date_start = fields.Date(required=True, default=lambda self: fields.Date.today())
    date_end = fields.Date(required=True, default=lambda self: fields.Date.today())
    state = fields.Selection(
        [("draft", "To confirm"), ("confirmed", "Confirmed")], default="draft", required=True
    )
    score = fields.Float(
        compute="_compute_score",
        store=True,
        readonly=False,
        help="Weighted achievement of the KPIs in percent, unless typed in.",
    )
    rating_id = fields.Many2one("performance.rating", ondelete="restrict")
    goal_ids = fields.One2many("performance.goal", "appraisal_id", string="KPIs")
    review_ids = fields.One2many("performance.review", "appraisal_id")

    _dates_ordered = models.Constraint(
        "CHECK (date_end >= date_start)", "The period ends before it starts: check both dates."
    )

    @api.model
    def _get_parent_fields(self):
        # HR writes nothing about itself: a result must not be turned into one's own.
        return frozenset({"employee_id"})

    @api.depends("employee_id")
    def _compute_company_id(self):
        for appraisal in self:
            appraisal.company_id = appraisal.employee_id.company_id or self.env.company

    @api.depends("goal_ids.achievement", "goal_ids.weight")
    def _compute_score(self):
        for appraisal in self:
            total = sum(appraisal.goal_ids.mapped("weight"))
            if total:
                weighted = sum(goal.weight * goal.achievement for goal in appraisal.goal_ids)
                appraisal.score = weighted / total

    @api.constrains("goal_ids")
    def _check_total_weight(self):
        for appraisal in self:
            if appraisal.goal_ids and not sum(appraisal.goal_ids.mapped("weight")):
                raise ValidationError(
                    self.env._(
                        "The weights of %(employee)s's KPIs add up to 0: give at least one KPI "
                        "a weight.",
                        employee=appraisal.name,
                    )
                )

    @api.depends_context("uid")
    @api.depends("name", "date_start", "date_end")
    def _compute_display_name(self):
        for appraisal in self._get_nameable():
            appraisal.display_name = (
                f"{appraisal.name or ''} · {appraisal.date_start} – {appraisal.date_end}"
            )

    def action_confirm(self):
        """Publish drafts to the employees; HR officers only by access rights."""
        self.filtered(lambda appraisal: appraisal.state == "draft").write({"state": "confirmed"})
        return True

    def action_reset(self):
        """Take confirmed results back to draft; HR officers only by access rights."""
        self.filtered(lambda appraisal: appraisal.state == "confirmed").write({"state": "draft"})
        return True
