from odoo import fields, models
from odoo.exceptions import UserError

from ..tools import arguments

END_KINDS = [
    ("left", "Left the company"),
    ("absence", "Long absence"),
    ("mistake", "Made by mistake"),
]


class PerformanceReview(models.Model):
    """An end before the end: HR ends a review that cannot be finished."""

    _inherit = "performance.review"

    is_ended = fields.Boolean(
        string="Ended by HR",
        readonly=True,
        copy=False,
        help="Done without all steps: it counts apart in every figure.",
    )
    ended_reason = fields.Selection(
        END_KINDS,
        string="Ended because",
        readonly=True,
        copy=False,
        # Above the reviewer nobody needs to know of an absence.
        groups="performance_review.group_performance_review_officer",
    )

    def action_end(self, reason, kind=None):
        """End reviews in any step; HR only, and never one's own.

        Tasks and planned checkpoints go, what was written stays, and nothing of it keeps the
        cycle from being closed.

        :param str reason: why, in words; a kind alone will do
        :param str kind: ``left``, ``absence`` or ``mistake``; by default the reason if it is one
            of these, else ``left``
        :raise UserError: without a reason, for another kind, or when a review is done
        :raise AccessError: for others than HR, and about reviews of one's own
        :return: ``True``
        """
        reason = self._check_hr_acts(reason)
        kinds = dict(END_KINDS)
        if kind is None:
            kind = reason if reason in kinds else "left"
        kind = arguments.read_choice(self.env, kind, self.env._("Ended because"), END_KINDS)
        for review in self.sudo():
            if review.state == "done":
                raise UserError(
                    self.env._("%(employee)s: the review is done.", employee=review.name)
                )
        self.sudo()._mark_ended(kind, reason)
        return True

    def _mark_ended(self, kind, reason):
        # Nobody mediates any more either; its task goes with it.
        self.env["performance.mediation"]._find_open(self)._mark_over("closed")
        self._write_step({"state": "done", "is_ended": True, "ended_reason": kind}, "end", reason)
        for model, records in self._get_task_records().items():
            self.env["mail.activity"].sudo().search(
                [("res_model", "=", model), ("res_id", "in", records.ids)]
            ).unlink()
