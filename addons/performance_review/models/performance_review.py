from odoo import api, fields, models
from odoo.exceptions import AccessError


class PerformanceReview(models.Model):
    """A review (绩效面谈) of one employee in one cycle: who, when and which step.

    Nothing confidential stands on it. The way through its steps is
    ``performance_review_steps.py``, each step a room, ``performance_review_<step>.py``.
    """

    _name = "performance.review"
    _description = "Performance review"
    _inherit = [
        "performance.confidential.mixin",
        "performance.incident.screen",
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
    ]
    # The cycle brings its own order, the newest first.
    _order = "cycle_id, name, id"

    name = fields.Char(related="employee_id.name", string="Employee name", store=True)
    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    outline_id = fields.Many2one(
        "performance.outline",
        readonly=True,
        ondelete="restrict",
    )
    appraisal_id = fields.Many2one(
        "performance.appraisal", readonly=True, index="btree_not_null", ondelete="set null"
    )
    previous_review_id = fields.Many2one(
        "performance.review",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        string="Previous review",
    )
    is_reviewer = fields.Boolean(compute="_compute_roles", export_string_translation=False)
    is_employee = fields.Boolean(compute="_compute_roles", export_string_translation=False)

    _one_per_employee = models.UniqueIndex(
        "(cycle_id, employee_id)", "This employee already has a review in this cycle."
    )
    _board = models.Index("(reviewer_user_id, state)")

    @api.depends_context("uid")
    @api.depends("reviewer_user_id", "employee_user_id")
    def _compute_roles(self):
        for review in self:
            review.is_reviewer = review.reviewer_user_id == self.env.user
            review.is_employee = review.employee_user_id == self.env.user

    @api.depends_context("uid")
    @api.depends("name", "cycle_id")
    def _compute_display_name(self):
        for review in self._get_nameable():
            # The cycle's name belongs to the card, also for people without a right to the cycle.
            card = review.sudo()
            review.display_name = f"{card.name or ''} · {card.cycle_id.name or ''}"

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    @api.model
    def _get_server_fields(self):
        # Deny by default: of the card itself people change the step and nothing else.
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type != "one2many" and name != "state"
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Reviews are created by launching a cycle, not one by one.")
            )
        return super().create(vals_list)

    def _get_noted_employee(self):
        return self.employee_id
