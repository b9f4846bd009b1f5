from odoo import api, fields, models


class PerformanceHrReason(models.Model):
    """Why HR is wanted in the talk of a review (R2): one row for each rule that holds.

    Reviewer and HR read it; the employee is told who takes part and not why. A reason that would
    tell of a flag is HR's alone. The rules stand in ``performance_review_by_rule.py``.
    """

    _name = "performance.hr.reason"
    _description = "Why HR takes part"
    _inherit = ["performance.line.mixin", "performance.server.mixin"]
    _order = "review_id, id"
    # A row has no name of its own, and nobody links to it.
    _rec_name = "code"

    review_id = fields.Many2one(
        "performance.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    code = fields.Selection(
        [
            ("lowest_rating", "The result has the lowest rating"),
            ("dispute", "The agreement was disputed"),
            ("dispute_before", "The last agreement was disputed"),
            ("flag", "A flag of HR"),
            ("repeat", "The same gap for the third time"),
            ("reviewer", "Another reviewer than last time"),
        ],
        string="Why",
        required=True,
        readonly=True,
    )
    is_waived = fields.Boolean(
        string="HR stays away", readonly=True, help="HR has read it and does not take part."
    )

    _once = models.UniqueIndex("(review_id, code)", "This reason is known already.")

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})
