from odoo import fields, models

from .performance_agreement import UNSIGNED


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
        Review = self.env["performance.review"]
        path = "agreement_id.review_id.cycle_id"
        rates = Review._group_closure(path, [(path, "in", self.ids)])
        counts = {}
        if any(found.unsigned for found in rates.values()):
            counts = dict(
                self.env["performance.agreement"]._read_group(
                    [("review_id.cycle_id", "in", self.ids), ("state", "in", UNSIGNED)],
                    ["review_id.cycle_id"],
                    ["__count"],
                )
            )
        for cycle in self:
            signed, unsigned = rates.get(cycle, (None, None))
            cycle.closure_text = signed and Review._say_rate(signed)
            cycle.unsigned_closure_text = unsigned and Review._say_rate(unsigned)
            cycle.unsigned_count = counts.get(cycle, 0)
