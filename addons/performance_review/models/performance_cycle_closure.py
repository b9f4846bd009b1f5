from odoo import fields, models


class PerformanceCycle(models.Model):
    """How many of the promises of a cycle were kept: the number the product is there for."""

    _inherit = "performance.cycle"

    closure_text = fields.Char(
        string="Loop closure",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="Of what both sides promised and is due, how much was closed or improved.",
    )

    def _compute_closure_text(self):
        path = "agreement_id.review_id.cycle_id"
        Review = self.env["performance.review"]
        counted = Review._group_closure(path, [(path, "in", self.ids)])
        for cycle in self:
            found = counted.get(cycle)
            cycle.closure_text = found and Review._say_rate(found)
