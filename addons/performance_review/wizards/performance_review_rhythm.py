from odoo import fields, models


class PerformanceReviewRhythm(models.TransientModel):
    """Ask after how many days both look at the plan again."""

    _name = "performance.review.rhythm"
    _description = "Another rhythm of checkpoints"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    review_id = fields.Many2one("performance.review", required=True, ondelete="cascade")
    days = fields.Integer(string="Days from one checkpoint to the next", default=14)

    def action_confirm(self):
        """Plan what is still ahead anew, as ``action_change_rhythm`` of the review does.

        :return: action that closes the dialog
        """
        self.ensure_one()
        self.review_id.action_change_rhythm("custom", self.days)
        return {"type": "ir.actions.act_window_close"}
