from odoo import fields, models


class PerformanceCycleClose(models.TransientModel):
    """Ask why a cycle is closed or reopened (C5)."""

    _name = "performance.cycle.close"
    _description = "Close or reopen a cycle"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    cycle_id = fields.Many2one("performance.cycle", required=True, ondelete="cascade")
    cycle_state = fields.Selection(related="cycle_id.state")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Close an open cycle, reopen a closed one.

        :raise UserError: as the cycle's own verbs
        :return: action that closes the dialog
        """
        self.ensure_one()
        if self.cycle_id.state == "closed":
            self.cycle_id.action_reopen(self.reason)
        else:
            self.cycle_id.action_close(self.reason)
        return {"type": "ir.actions.act_window_close"}
