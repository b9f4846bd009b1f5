from odoo import api, fields, models
from odoo.exceptions import AccessError


class PerformanceReview(models.Model):
    """Whose answer to a proposed target a review waits for."""

    _inherit = "performance.review"

    target_proposal_ids = fields.One2many(
        "performance.target.proposal", "review_id", string="Proposals of another target"
    )
    target_waits_for = fields.Selection(
        [("employee", "Employee"), ("reviewer", "Reviewer"), ("both", "Both")],
        string="Target to be answered by",
        compute="_compute_target_waits_for",
        store=True,
        copy=False,
    )

    @api.depends("target_proposal_ids.state")
    def _compute_target_waits_for(self):
        asked = {}
        for review, side in self.env["performance.target.proposal"]._read_group(
            [("review_id", "in", self.ids), ("state", "=", "open")], ["review_id", "side"]
        ):
            asked.setdefault(review, []).append("reviewer" if side == "employee" else "employee")
        for review in self:
            sides = asked.get(review._origin, [])
            review.target_waits_for = "both" if len(sides) > 1 else next(iter(sides), False)

    def _get_target_action(self, role):
        """Return the next action of a side that has a proposed target to answer, or nothing.

        :param str role: ``"employee"`` or ``"reviewer"``
        :rtype: dict | None
        """
        if self.state != "follow_up" or self.target_waits_for not in (role, "both"):
            return None
        return self._act(
            "target",
            self._say_target_proposal(role),
            self.env._("Answer"),
            "action_open_targets",
            "fa-bullseye",
            anchor="plan",
        )

    def _say_target_proposal(self, role):
        """Return that a proposal waits for its answer, without a word of what it says."""
        if role == "reviewer":
            return self.env._(
                "%(employee)s proposes another target: accept or decline it", employee=self.name
            )
        return self.env._("Another target of yours is proposed: accept or decline it")

    def _enter_done(self):
        self.target_proposal_ids._mark_lapsed()
        return super()._enter_done()

    def action_open_targets(self):
        """Open the screen with the targets and what is proposed (an ``ir.actions.client`` dict).

        :raise AccessError: for anybody but employee and reviewer
        """
        self.ensure_one()
        self._check_is_party()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "performance_review.performance_review_action_targets"
        )
        return {**action, "params": {"review_id": self.id}}

    def _check_is_party(self):
        self.check_access("read")
        review = self.sudo()
        if self.env.user not in review.employee_user_id | review.reviewer_user_id:
            raise AccessError(self.env._("Only the two people of a review agree on its targets."))

    @api.readonly
    def get_targets(self):
        """Return the goals in force with what is proposed, for the screen.

        :return: of each goal ``key``, ``name``, ``unit``, ``hint`` (from where to where) and
            ``talk``, see ``_prepare_target_talk`` of the goal
        :raise AccessError: for anybody but employee and reviewer
        :rtype: list[dict]
        """
        self.ensure_one()
        self._check_is_party()
        goals = self.plan_goal_ids
        talks = goals._prepare_target_talk()
        return [
            {
                "key": f"goal-{goal.id}",
                "name": goal.name,
                "unit": goal.unit or "",
                "hint": goal._say_way(),
                "talk": talks[goal],
            }
            for goal in goals
        ]
