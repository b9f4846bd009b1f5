from odoo import api, fields, models

DEADLINES = ("preparation_deadline", "dialogue_deadline", "agreement_deadline")


class PerformanceReview(models.Model):
    """Until when something is due: the deadlines of the cycle, unless somebody joined too late.

    Nobody begins with a task that is overdue already, and nobody's self-assessment is opened
    before there was time to write it.
    """

    _inherit = "performance.review"

    late_deadline = fields.Date(
        string="Own preparation deadline",
        readonly=True,
        copy=False,
        help="Of somebody who joined when the cycle was under way: no deadline of this review is "
        "earlier.",
    )
    # Of the cycle, for people who need not read the cycle itself.
    preparation_deadline = fields.Date(
        string="Preparation deadline", compute="_compute_deadlines", compute_sudo=True
    )
    dialogue_deadline = fields.Date(
        string="Dialogue deadline", compute="_compute_deadlines", compute_sudo=True
    )
    agreement_deadline = fields.Date(
        string="Agreement deadline", compute="_compute_deadlines", compute_sudo=True
    )

    @api.depends("late_deadline", *(f"cycle_id.{name}" for name in DEADLINES))
    def _compute_deadlines(self):
        for review in self:
            for name in DEADLINES:
                review[name] = review._put_off(review.cycle_id[name])
            # Where there is no day for all, as in a cycle that people join by themselves.
            review.preparation_deadline = review.preparation_deadline or review.late_deadline

    def _put_off(self, deadline):
        """Return a deadline of the cycle as it holds for this review.

        :param deadline: ``datetime.date``, or nothing
        :rtype: datetime.date | bool
        """
        self.ensure_one()
        if deadline and self.late_deadline:
            return max(deadline, self.late_deadline)
        return deadline
