from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceCycle(models.Model):
    """How far a cycle is from today's organisation, and how HR catches up."""

    _inherit = "performance.cycle"

    moved_count = fields.Integer(
        string="Moved since the launch",
        compute="_compute_moved_count",
        groups="performance_review.group_performance_review_officer",
        help="Reviews under way whose employee, manager or managers above are others today.",
    )

    @api.depends_context("uid")
    @api.depends("review_ids")
    def _compute_moved_count(self):
        counts = dict(
            self.env["performance.review"]._read_group(
                [("cycle_id", "in", self.ids), ("has_moved", "=", True)],
                ["cycle_id"],
                ["__count"],
            )
        )
        for cycle in self:
            cycle.moved_count = counts.get(cycle._origin, 0)

    def action_open_moved(self):
        """Open the reviews that differ from today's organisation (an action dict)."""
        action = self.action_open_reviews()
        action["domain"] = [*action["domain"], ("has_moved", "=", True)]
        action["views"] = [(False, "list"), (False, "form")]
        return action

    def action_open_follow(self):
        """Ask HR to follow today's organisation, but for reviews of one's own.

        :raise UserError: when nothing differs, or only what concerns oneself
        :return: an ``ir.actions.act_window`` dict
        """
        self._check_officer()
        moved = self.env["performance.review"].search(
            [("cycle_id", "in", self.ids), ("has_moved", "=", True)]
        )
        others = moved - moved._get_own_parts()
        if not others:
            raise UserError(self.env._("No review but your own differs from today's organisation."))
        return others.action_open_follow()
