from odoo import fields, models


class PerformanceHandover(models.Model):
    """Why a review got another reviewer.

    A model of its own: the review's history is read by the employee, the reason is not.
    """

    _name = "performance.handover"
    _description = "Change of reviewer"
    _order = "create_date desc, id desc"

    review_id = fields.Many2one(
        "performance.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    old_reviewer_id = fields.Many2one("hr.employee", readonly=True, ondelete="restrict")
    new_reviewer_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, ondelete="restrict"
    )
    reason = fields.Text(required=True, readonly=True)
    author_id = fields.Many2one("res.users", string="Changed by", required=True, readonly=True)
