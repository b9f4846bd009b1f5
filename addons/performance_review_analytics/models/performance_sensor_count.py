from odoo import fields, models

from odoo.addons.performance_review.models.performance_concern import KINDS as CONCERN_KINDS


class PerformanceSensorCount(models.Model):
    """How many people report something, in a whole cycle or in one of its departments (O1).

    Written once a week by the job of the signals, in steps, never downwards, and only from as many
    people of as many teams on as the cycle was launched with. There is no row below that, and no
    text and no name in any row.
    """

    _name = "performance.sensor.count"
    _description = "What many people report"
    _inherit = ["performance.server.mixin"]
    _order = "cycle_id desc, people_count desc, id"
    _rec_name = "kind"

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("obstacle", "Obstacle"),
            ("goal", "Concern about a goal"),
            ("sustainable", "It cannot go on like this"),
            ("support", "Support"),
        ],
        string="About",
        required=True,
        readonly=True,
    )
    theme_id = fields.Many2one(
        "performance.theme", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    goal_id = fields.Many2one(
        "performance.goal",
        string="Goal of department or company",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    owner_user_id = fields.Many2one(
        "res.users", related="goal_id.owner_user_id", store=True, index="btree_not_null"
    )
    concern_kind = fields.Selection(CONCERN_KINDS, string="Concern", readonly=True)
    is_total = fields.Boolean(
        string="All departments", readonly=True, help="Otherwise of one department."
    )
    department_id = fields.Many2one(
        "hr.department", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    people_count = fields.Integer(
        string="People at least",
        required=True,
        readonly=True,
        help="Counted once a week, in steps of five, so that no single talk is seen in it.",
    )
    # Of the total, see ``tools/bounds.py``.
    heard = fields.Json(readonly=True, groups=fields.NO_ACCESS, export_string_translation=False)

    _one_per_subject = models.UniqueIndex(
        "(cycle_id, kind, COALESCE(theme_id, 0), COALESCE(goal_id, 0), COALESCE(concern_kind, ''), "
        "is_total, COALESCE(department_id, 0))"
    )

    def _get_subject(self):
        """Return what tells this row from others of the same cycle and department."""
        self.ensure_one()
        return (
            self.kind,
            self.theme_id.id or None,
            self.goal_id.id or None,
            self.concern_kind or None,
        )

    def _say_subject(self):
        """Return in words what the people of this row report."""
        self.ensure_one()
        # Names of themes and of goals of company and departments are no secret inside.
        row = self.sudo()
        if row.kind == "goal":
            words = dict(self._fields["concern_kind"]._description_selection(self.env))
            return self.env._(
                "%(goal)s: %(concern)s", goal=row.goal_id.name, concern=words[row.concern_kind]
            )
        if row.theme_id:
            return row.theme_id.name
        return dict(self._fields["kind"]._description_selection(self.env))[row.kind]
