from odoo import models

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
            return super().action_confirm()
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
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "%(count)s reviews are changed in the background; the cockpit shows how far "
                    "it is. You can leave this page.",
                    count=len(reviews),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
