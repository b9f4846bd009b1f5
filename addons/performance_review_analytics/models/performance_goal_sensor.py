from odoo import api, fields, models


class PerformanceGoal(models.Model):
    """A goal of company or department has an owner, who learns what many people say about it."""

    _inherit = "performance.goal"

    owner_user_id = fields.Many2one(
        "res.users",
        string="Owner",
        compute="_compute_owner_user_id",
        store=True,
        precompute=True,
        readonly=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False)]",
        help="Reads how many say that the goal is unclear, in conflict, out of their control or "
        "has to change. At first the manager of the department; a later one is chosen here.",
    )
    sensor_ids = fields.One2many(
        "performance.sensor.count",
        "goal_id",
        string="What many people say about it",
        domain=[("is_total", "=", True)],
        groups="base.group_user",
    )

    # What one person is measured by has no other reader.
    _owner_of_shared_goals = models.Constraint(
        "CHECK (scope <> 'employee' OR owner_user_id IS NULL)",
        "A personal goal has no owner besides its employee.",
    )

    # Not on the manager of the department: whoever edits that moves no reader.
    @api.depends("scope", "department_id")
    def _compute_owner_user_id(self):
        for goal in self:
            manager = goal.sudo().department_id.manager_id.user_id
            if goal.scope == "employee":
                goal.owner_user_id = False
            elif goal.scope == "department" and not goal.owner_user_id and not manager.share:
                goal.owner_user_id = manager
            else:
                goal.owner_user_id = goal.owner_user_id
