from odoo import fields, models


class PerformanceCycleEvent(models.Model):
    """What HR changed on a cycle under way, and why: its history, which only the server writes."""

    _name = "performance.cycle.event"
    _description = "History of a cycle"
    _inherit = ["performance.history.mixin"]
    # A line has no name of its own, and nobody links to it.
    _rec_name = "kind"

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("preparation_deadline", "Preparation deadline"),
            ("dialogue_deadline", "Dialogue deadline"),
            ("agreement_deadline", "Agreement deadline"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    old_date = fields.Date(string="Before", readonly=True)
    new_date = fields.Date(string="After", readonly=True)
