from odoo import api, fields, models

from ..tools import rhythm

HALF_RHYTHM_DAYS = {"monthly": 14, "quarterly": 45}


class PerformanceReview(models.Model):
    """Follow-up (跟踪): checkpoints, and what must be settled before a review is done."""

    _inherit = "performance.review"

    checkpoint_ids = fields.One2many("performance.checkpoint", "review_id")
    next_checkpoint_date = fields.Date(
        string="Next checkpoint", compute="_compute_next_checkpoint_date", store=True, copy=False
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

    @api.depends_context("uid")
    @api.depends("agreement_ids.state")
    def _compute_plan(self):
        # Through the reader's own rights: search and not the relation of the sudo record.
        commitments = self.env["performance.commitment"]
        goals = self.env["performance.goal"]
        versions = self.readable_agreement_ids
        if held := versions.filtered("is_in_force"):
            # Fetched at once: whoever asks for the plan shows it, and with the commitments what
            # was recorded on them under earlier versions.
            commitments = commitments.search_fetch(
                [("agreement_id.review_id", "in", held.review_id.ids)]
            )
            goals = goals.search_fetch([("agreement_id", "in", held.ids)])
        for review in self:
            in_force = review.readable_agreement_ids.filtered("is_in_force")
            review.plan_commitment_ids = commitments.filtered(
                lambda line, in_force=in_force: line.agreement_id in in_force
            )
            review.plan_goal_ids = goals.filtered(
                lambda goal, in_force=in_force: goal.agreement_id in in_force
            )

    def _get_follow_up_blockers(self):
        blockers = super()._get_follow_up_blockers()
        open_commitments = dict(
            self.env["performance.commitment"]
            .sudo()
            ._read_group(
                [
                    ("agreement_id.review_id", "in", self.ids),
                    ("agreement_id.is_in_force", "=", True),
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
            if review.agreement_id.state in ("proposed", "disputed"):
                blockers[review].append(
                    {
                        "code": "amendment_pending",
                        "message": self.env._(
                            "Version %(version)s of the agreement is neither signed nor "
                            "withdrawn (step Agreement).",
                            version=review.agreement_id.version,
                        ),
                    }
                )
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
        self._generate_checkpoints()
        return super()._enter_follow_up()

    def _enter_done(self):
        # Taken in spite of the warning: nobody is reminded of a review that is over.
        self.checkpoint_ids.filtered(
            lambda checkpoint: checkpoint.state == "planned"
        )._mark_settled("cancelled")
        self.env["performance.mediation"]._find_open(self)._mark_over("settled")
        return super()._enter_done()

    def _generate_checkpoints(self):
        """Plan checkpoints up to the end of the agreement in force (F1).

        They are counted from the day the first version came into force. Checkpoints that are
        there already stay as they are, moved ones too, so running twice or after an amendment
        adds only what is missing.

        :return: the created ``performance.checkpoint`` records
        """
        missing = {review: review._get_missing_checkpoint_dates() for review in self}
        days = [day for found in missing.values() for day in found]
        workdays = self._get_common_workdays(min(days), max(days)) if days else {}
        vals_list = []
        for review, found in missing.items():
            end = review._get_agreement_in_force().date_end
            taken = set(review.checkpoint_ids.mapped("date"))
            for wanted in found:
                # The last one is before the end rather than after it.
                day = rhythm.find_workday(wanted, workdays[review], latest=end)
                if day not in taken:
                    taken.add(day)
                    vals_list.append({"review_id": review.id, "date": day})
        return self.env["performance.checkpoint"].sudo().create(vals_list)

    def _get_missing_checkpoint_dates(self):
        """Return the dates after today that the rhythm asks for and no checkpoint serves.

        :rtype: list[date]
        """
        self.ensure_one()
        today = fields.Date.today()
        end = self._get_agreement_in_force().date_end
        if not end:
            return []
        starts = self.agreement_ids.mapped("date_start")
        start = min(filter(None, starts), default=today)
        # A checkpoint moved by less than half a rhythm still serves its date.
        code, days = self._get_rhythm()
        near = HALF_RHYTHM_DAYS.get(code, days / 2)
        scheduled = self.checkpoint_ids.filtered(lambda line: line.kind == "scheduled")
        taken = set(self.checkpoint_ids.mapped("date"))

        def is_served(date):
            reach = min(near, rhythm.MIN_DAYS_BEFORE_END) if date == end else near
            return date in taken or any(
                abs((date - other).days) < reach for other in scheduled.mapped("date")
            )

        return [
            date
            for date in rhythm.checkpoint_dates(start, end, code, days)
            if date > today and not is_served(date)
        ]
