from odoo import api, models

from ..models.performance_bulk_act import INLINE_LIMIT

IN_BACKGROUND = ("reviewer", "organisation", "line", "end")


class PerformanceReviewMove(models.TransientModel):
    """Many reviews are changed in the background, and HR need not wait for it."""

    _inherit = "performance.review.move"

    def action_confirm(self):
        self.ensure_one()
        reviews = self._get_moved()
        ready = self.kind != "reviewer" or self.reviewer_id
        if len(reviews) <= INLINE_LIMIT or self.kind not in IN_BACKGROUND or not ready:
            result = super().action_confirm()
            if len(reviews) < 2 or self.kind not in IN_BACKGROUND:
                return result
            self.env["performance.cycle.event"]._record_act(self.kind, reviews, self.reason)
            # Of many the screen behind does not show what has become of each.
            message = self.env._("Done for %(count)s reviews.", count=len(reviews))
            return self._prepare_told("success", message)
        # Here, so that HR hears of it now; the job asks again with the same rights.
        reason = reviews._check_hr_acts(self.reason)
        if self.kind == "reviewer":
            reviews._check_reviewer_for_all(self.reviewer_id.sudo())
        self.env["performance.bulk.act"]._begin(
            reviews,
            self.kind,
            reason,
            reviewer_id=self.kind == "reviewer" and self.reviewer_id.id,
            end_kind=self.kind == "end" and self.end_kind,
        )
        self.env["performance.cycle.event"]._record_act(self.kind, reviews, reason)
        message = self.env._(
            "%(count)s reviews are changed in the background; the cockpit shows how far it is. "
            "You can leave this page.",
            count=len(reviews),
        )
        return self._prepare_told("info", message)

    @api.model
    def _prepare_told(self, kind, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
