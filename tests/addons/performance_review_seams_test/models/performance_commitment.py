from odoo import fields, models


class PerformanceCommitment(models.Model):
    _inherit = "performance.commitment"

    kind = fields.Selection(
        selection_add=[("mentoring", "Mentoring")], ondelete={"mentoring": "cascade"}
    )
    owner = fields.Selection(
        selection_add=[("mentor", "Mentor")], ondelete={"mentor": "set reviewer"}
    )
