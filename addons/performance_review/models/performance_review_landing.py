from odoo import api, models

OFFICER = "performance_review.group_performance_review_officer"
# Screens people land on, by why.
LANDINGS = {
    "team": "performance_review.performance_review_action",
    "own": "performance_review.performance_review_action_mine",
    "cycles": "performance_review.performance_cycle_action",
    "line": "performance_review.performance_review_action_line",
}


class PerformanceReview(models.Model):
    """Landing: the screen that opens with the app is the one where the user's work is."""

    _inherit = "performance.review"

    @api.model
    @api.readonly
    def action_land(self):
        """Open the screen on which the user has something to do.

        :return: an ``ir.actions.act_window`` dict
        :rtype: dict
        """
        xmlid = LANDINGS[self._get_landing()]
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)

    @api.model
    def _get_landing(self):
        """Say where the user's work is; who leads reviews sees them first.

        :return: a key of :data:`LANDINGS`
        :rtype: str
        """
        under_way = [("state", "!=", "done")]
        if self.search_count([*under_way, ("reviewer_user_id", "=", self.env.uid)], limit=1):
            return "team"
        if self.search_count([*under_way, ("employee_user_id", "=", self.env.uid)], limit=1):
            return "own"
        if self.env.user.has_group(OFFICER):
            return "cycles"
        if self.search_count([("upper_user_ids", "in", self.env.uid)], limit=1):
            return "line"
        return "own"
