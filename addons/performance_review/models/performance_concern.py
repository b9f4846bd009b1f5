from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("unclear", "Unclear"),
    ("conflicting", "In conflict with another one"),
    ("outside", "Outside my control"),
    ("change", "Needs to change"),
]


class PerformanceConcern(models.Model):
    """What an employee finds wrong with a goal, not with its result (P7)."""

    _name = "performance.concern"
    _description = "Concern about a goal"
    _inherit = ["performance.assessment.part"]
    _order = "assessment_id, goal_id, kind, id"

    employee_id = fields.Many2one(related="review_id.employee_id")
    goal_id = fields.Many2one(
        "performance.goal",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('employee_id', '=', employee_id)]",
    )
    kind = fields.Selection(KINDS, required=True)
    note = fields.Text(string="What is wrong with it", required=True)
    theme_id = fields.Many2one(
        "performance.theme",
        string="Obstacle",
        index="btree_not_null",
        ondelete="restrict",
        help="What stands in the way, as far as it has a name.",
    )

    _one_per_goal_and_kind = models.UniqueIndex(
        "(assessment_id, goal_id, kind)",
        "This goal already has a concern of this kind: add to its text.",
    )

    @api.model
    def _get_parent_fields(self):
        return super()._get_parent_fields() | {"goal_id"}

    @api.constrains("goal_id", "assessment_id")
    def _check_goal(self):
        for concern in self:
            concern._check_links(["goal_id"], concern.sudo().review_id.employee_id)

    @api.constrains("note")
    def _check_note(self):
        if any(not (concern.note or "").strip() for concern in self):
            raise UserError(self.env._("Say in one sentence what is wrong with the goal."))

    @api.depends("kind", "goal_id")
    def _compute_display_name(self):
        named = self._get_nameable()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for concern in named:
            concern.display_name = f"{concern._say_goal()}: {kinds.get(concern.kind, '')}"
        return super(PerformanceConcern, self - named)._compute_display_name()

    def _say_goal(self):
        """Return the name of the goal; who cannot read the goal is told that it is one.

        A goal of the last agreement may be out of reach of a new reviewer.
        """
        # The guard of names looks at who asks, also behind sudo().
        return self.goal_id.sudo().display_name
