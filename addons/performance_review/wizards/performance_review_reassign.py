from odoo import fields, models


class PerformanceReviewReassign(models.TransientModel):
    """Ask for the new reviewer and the reason (C3)."""

    _name = "performance.review.reassign"
    _description = "Change the reviewer"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    review_ids = fields.Many2many("performance.review", required=True)
    reviewer_id = fields.Many2one(
        "hr.employee",
        string="New reviewer",
        required=True,
        ondelete="cascade",
        domain="[('user_id', '!=', False)]",
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Reassign the reviews.

        :raise UserError: as ``performance.review.action_reassign``
        :return: action that closes the dialog
        """
        self.ensure_one()
        self.review_ids.action_reassign(self.reviewer_id.id, self.reason)
        return {"type": "ir.actions.act_window_close"}
