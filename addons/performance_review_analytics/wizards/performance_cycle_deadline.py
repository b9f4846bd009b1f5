from odoo import api, fields, models


class PerformanceCycleDeadline(models.TransientModel):
    """Ask for another deadline of a cycle under way, and why."""

    _name = "performance.cycle.deadline"
    _description = "Move a deadline"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    cycle_id = fields.Many2one("performance.cycle", required=True, ondelete="cascade")
    kind = fields.Selection(
        selection="_get_kinds", string="Deadline", required=True, default="preparation_deadline"
    )
    old_date = fields.Date(string="So far", compute="_compute_old_date")
    new_date = fields.Date(string="New deadline", required=True)
    reason = fields.Text(required=True)

    @api.model
    def _get_kinds(self):
        return self.env["performance.cycle.event"]._get_deadline_kinds()

    @api.depends("cycle_id", "kind")
    def _compute_old_date(self):
        for wizard in self:
            wizard.old_date = wizard.kind and wizard.cycle_id[wizard.kind]

    def action_confirm(self):
        """Move the deadline.

        :raise UserError: as ``action_move_deadline`` of the cycle
        :return: action that closes the dialog
        """
        self.ensure_one()
        self.cycle_id.action_move_deadline(self.kind, self.new_date, self.reason)
        return {"type": "ir.actions.act_window_close"}
