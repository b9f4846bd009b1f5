from odoo import api, models


class PerformanceReview(models.Model):
    """HR without reviews of its own lands on the cockpit of a cycle under way."""

    _inherit = "performance.review"

    @api.model
    @api.readonly
    def action_land(self):
        action = super().action_land()
        if self._get_landing() != "cycles":
            return action
        under_way = self.env["performance.cycle"].search_count([("state", "=", "open")], limit=1)
        return self.env["performance.cycle"].action_open_cockpit() if under_way else action
