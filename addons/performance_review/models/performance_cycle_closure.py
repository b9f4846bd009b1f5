from odoo import fields, models

from ..tools import closure


class PerformanceCycle(models.Model):
    """How many of the promises of a cycle were kept: the number the product is there for."""

    _inherit = "performance.cycle"

    closure_text = fields.Char(
        string="Loop closure",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="Of what both sides promised and is due, how much was closed or improved.",
    )

    unsigned_count = fields.Integer(
        string="Agreements without signature",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="Agreements that hold though the employee has not signed them.",
    )
    unsigned_closure_text = fields.Char(
        string="Loop closure without signature",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="The same of agreements that hold without the employee's signature; they count apart.",
    )

    def _compute_closure_text(self):
        path = "agreement_id.review_id.cycle_id"
        groups = {}
        for cycle, state, outcome, day, count in self.env["performance.commitment"]._read_group(
            [("agreement_id.is_in_force", "=", True), (path, "in", self.ids)],
            [path, "agreement_id.state", "outcome", "date_deadline:day"],
            ["__count"],
        ):
            # What the employee has not signed counts apart.
            found = groups.setdefault((cycle, state == "refused"), [])
            found.append((outcome, day or None, count))
        counts = {}
        if any(is_unsigned for _cycle, is_unsigned in groups):
            counts = dict(
                self.env["performance.agreement"]._read_group(
                    [("review_id.cycle_id", "in", self.ids), ("state", "=", "refused")],
                    ["review_id.cycle_id"],
                    ["__count"],
                )
            )
        today = fields.Date.context_today(self)
        Review = self.env["performance.review"]

        def say(found):
            return found and Review._say_rate(closure.tally(found, today))

        for cycle in self:
            cycle.closure_text = say(groups.get((cycle, False)))
            cycle.unsigned_closure_text = say(groups.get((cycle, True)))
            cycle.unsigned_count = counts.get(cycle, 0)
