from odoo import api, fields, models

from ..tools import rhythm


class PerformanceReview(models.Model):
    """Follow-up (跟踪): checkpoints, and what must be settled before a review is done."""

    _inherit = "performance.review"

    checkpoint_ids = fields.One2many("performance.checkpoint", "review_id")
    next_checkpoint_date = fields.Date(
        string="Next checkpoint", compute="_compute_next_checkpoint_date"
    )
    plan_commitment_ids = fields.Many2many(
        "performance.commitment", compute="_compute_plan", string="Commitments in force"
    )
    plan_goal_ids = fields.Many2many(
        "performance.goal", compute="_compute_plan", string="Goals in force"
    )

    @api.depends("checkpoint_ids.state", "checkpoint_ids.date")
    def _compute_next_checkpoint_date(self):
        dates = dict(
            self.env["performance.checkpoint"]._read_group(
                [("review_id", "in", self.ids), ("state", "=", "planned")],
                ["review_id"],
                ["date:min"],
            )
        )
        for review in self:
            review.next_checkpoint_date = dates.get(review._origin, False)

    @api.depends("agreement_ids.state")
    def _compute_plan(self):
        # Through the reader's own rights: search and not the relation of the sudo record.
        domain = [("agreement_id.review_id", "in", self.ids)]
        in_force = [("agreement_id.state", "in", ["signed", "closed_by_hr"])]
        commitments = self.env["performance.commitment"].search(domain + in_force)
        goals = self.env["performance.goal"].search(domain + in_force)
        for review in self:
            review.plan_commitment_ids = commitments.filtered(
                lambda line, review=review: line.agreement_id.review_id == review._origin
            )
            review.plan_goal_ids = goals.filtered(
                lambda goal, review=review: goal.agreement_id.review_id == review._origin
            )

    def _get_follow_up_blockers(self):
        blockers = super()._get_follow_up_blockers()
        open_commitments = dict(
            self.env["performance.commitment"]
            .sudo()
            ._read_group(
                [
                    ("agreement_id.review_id", "in", self.ids),
                    ("agreement_id.state", "in", ["signed", "closed_by_hr"]),
                    ("outcome", "=", "open"),
                ],
                ["agreement_id"],
                ["__count"],
            )
        )
        open_by_review = {
            agreement.review_id.id: count for agreement, count in open_commitments.items()
        }
        planned = dict(
            self.env["performance.checkpoint"]
            .sudo()
            ._read_group(
                [("review_id", "in", self.ids), ("state", "=", "planned")],
                ["review_id"],
                ["__count"],
            )
        )
        for review in self:
            if count := open_by_review.get(review.id):
                blockers[review].append(
                    {
                        "code": "outcome_missing",
                        "message": self.env._(
                            "%(count)s commitments have no outcome yet (step Follow-up).",
                            count=count,
                        ),
                    }
                )
            if count := planned.get(review):
                blockers[review].append(
                    {
                        "code": "checkpoint_planned",
                        "message": self.env._(
                            "%(count)s checkpoints are neither done nor cancelled "
                            "(step Follow-up).",
                            count=count,
                        ),
                    }
                )
        return blockers

    def _enter_follow_up(self):
        super()._enter_follow_up()
        self._generate_checkpoints()

    def _generate_checkpoints(self):
        """Plan checkpoints from today to the end of the agreement in force (F1).

        Dates that already have a checkpoint stay as they are, so running twice or after an
        amendment adds only what is missing.

        :return: the created ``performance.checkpoint`` records
        """
        today = fields.Date.today()
        vals_list = []
        for review in self:
            cycle = review.cycle_id
            agreement = review._get_agreement_in_force()
            end = agreement.date_end
            if not end:
                continue
            taken = set(review.checkpoint_ids.mapped("date"))
            vals_list += [
                {"review_id": review.id, "date": date}
                for date in rhythm.checkpoint_dates(
                    today, end, cycle.checkpoint_rhythm, cycle.checkpoint_days
                )
                if date not in taken
            ]
        return self.env["performance.checkpoint"].sudo().create(vals_list)
