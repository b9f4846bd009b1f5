from odoo import api, fields, models

from odoo.addons.performance_review.tools import arguments


class PerformanceCycleEvent(models.Model):
    """What HR changed on a cycle under way, and why: its history, which only the server writes."""

    _name = "performance.cycle.event"
    _description = "History of a cycle"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "date desc, id desc"
    _rec_name = "kind"

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    date = fields.Datetime(string="When", required=True, readonly=True, default=fields.Datetime.now)
    author_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
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
    reason = fields.Text(readonly=True)

    @api.model
    def _get_server_fields(self):
        return frozenset(name for name, field in self._fields.items() if field.store)

    @api.model
    def _get_size_limits(self):
        return {**super()._get_size_limits(), "reason": arguments.REASON_LIMIT}
