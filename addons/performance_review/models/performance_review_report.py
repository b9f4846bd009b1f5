from odoo import fields, models
from odoo.tools import SQL

from ..tools import closure
from .performance_agreement import IN_FORCE, UNSIGNED
from .performance_review_steps import STEP_SELECTION


class PerformanceReviewReport(models.Model):
    """One row per review, for pivot and graph (O3)."""

    _name = "performance.review.report"
    _description = "Review analysis"
    _inherit = ["performance.export.guard"]
    _auto = False
    _order = "cycle_id desc, id"
    _rec_name = "cycle_id"

    cycle_id = fields.Many2one("performance.cycle", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    job_id = fields.Many2one("hr.job", readonly=True)
    reviewer_id = fields.Many2one("hr.employee", readonly=True)
    employee_user_id = fields.Many2one("res.users", string="Employee's user", readonly=True)
    state = fields.Selection(STEP_SELECTION, string="Step", readonly=True)
    is_ended = fields.Boolean(string="Ended by HR", readonly=True)
    duration = fields.Float(string="Length (minutes)", readonly=True, aggregator="avg")
    employee_share = fields.Float(
        string="Employee's talk share (%)", readonly=True, aggregator="avg"
    )
    commitment_count = fields.Integer(string="Commitments", readonly=True)
    due_count = fields.Integer(
        string="Due or ended",
        readonly=True,
        help="Without plans that the employee has not signed: they count apart.",
    )
    settled_count = fields.Integer(
        string="Closed or improved",
        readonly=True,
        help="Without plans that the employee has not signed: they count apart.",
    )
    closure_rate = fields.Float(
        string="Loop closure (%)",
        readonly=True,
        aggregator="avg",
        help="Of what was agreed and is due or has ended, how much was closed or improved. Plans "
        "that hold without the employee's signature count apart.",
    )
    unsigned_due_count = fields.Integer(string="Due or ended, without signature", readonly=True)
    unsigned_settled_count = fields.Integer(
        string="Closed or improved, without signature", readonly=True
    )
    unsigned_closure_rate = fields.Float(
        string="Loop closure without signature (%)",
        readonly=True,
        aggregator="avg",
        help="The same of plans that hold without the employee's signature.",
    )
    days_to_sign = fields.Float(
        string="Days from launch to signature", readonly=True, aggregator="avg"
    )
    signed_on = fields.Datetime(string="Signed by both", readonly=True)
    first_due = fields.Date(string="First commitment due", readonly=True)
    holds_by = fields.Selection(
        [
            ("agree", "Signed: agrees"),
            ("acknowledge", "Signed: acknowledges"),
            ("closed_by_hr", "Closed by HR"),
            ("refused", "Does not sign"),
            ("left", "Left the company"),
        ],
        string="How the agreement holds",
        readonly=True,
    )

    _depends = {
        "performance.review": [
            "cycle_id", "company_id", "department_id", "job_id", "reviewer_id",
            "employee_user_id", "state", "is_ended",
        ],
        "performance.dialogue": [
            "review_id", "duration", "employee_share", "employee_seconds", "reviewer_seconds",
            "date_end",
        ],
        "performance.agreement": [
            "review_id", "state", "employee_signed_on", "reviewer_signed_on", "employee_stance",
            "refusal_kind",
        ],
        "performance.commitment": ["agreement_id", "outcome", "date_deadline"],
    }  # fmt: skip

    @property
    def _table_query(self):
        # All sittings that were held count as one dialogue; one agreement is in force. Which
        # promises count is tools.closure's rule, said once more for the database.
        return SQL(
            """
            SELECT review.id,
                   review.cycle_id,
                   review.company_id,
                   review.department_id,
                   review.job_id,
                   review.reviewer_id,
                   review.employee_user_id,
                   review.state,
                   COALESCE(review.is_ended, FALSE) AS is_ended,
                   dialogue.duration,
                   dialogue.employee_share,
                   agreed.holds_by,
                   COALESCE(agreed.total, 0) AS commitment_count,
                   COALESCE(agreed.due, 0) AS due_count,
                   COALESCE(agreed.settled, 0) AS settled_count,
                   100.0 * agreed.settled / NULLIF(agreed.due, 0) AS closure_rate,
                   COALESCE(agreed.unsigned_due, 0) AS unsigned_due_count,
                   COALESCE(agreed.unsigned_settled, 0) AS unsigned_settled_count,
                   100.0 * agreed.unsigned_settled / NULLIF(agreed.unsigned_due, 0)
                       AS unsigned_closure_rate,
                   EXTRACT(EPOCH FROM agreed.signed_on - review.create_date) / 86400.0
                       AS days_to_sign,
                   agreed.signed_on,
                   agreed.first_due
              FROM performance_review review
         LEFT JOIN LATERAL (
                   SELECT SUM(talk.duration) AS duration,
                          100.0 * SUM(talk.employee_seconds)
                              / NULLIF(SUM(talk.employee_seconds + talk.reviewer_seconds), 0)
                              AS employee_share
                     FROM performance_dialogue talk
                    WHERE talk.review_id = review.id AND talk.date_end IS NOT NULL
                   ) dialogue ON TRUE
         LEFT JOIN LATERAL (
                   SELECT COUNT(line.id) AS total,
                          COUNT(line.id) FILTER (
                              WHERE line.outcome IN %(kept)s
                                AND agreement.state NOT IN %(unsigned)s) AS settled,
                          COUNT(line.id) FILTER (
                              WHERE (line.outcome <> %(open)s OR line.date_deadline < %(today)s)
                                AND agreement.state NOT IN %(unsigned)s) AS due,
                          COUNT(line.id) FILTER (
                              WHERE line.outcome IN %(kept)s
                                AND agreement.state IN %(unsigned)s) AS unsigned_settled,
                          COUNT(line.id) FILTER (
                              WHERE (line.outcome <> %(open)s OR line.date_deadline < %(today)s)
                                AND agreement.state IN %(unsigned)s) AS unsigned_due,
                          MIN(line.date_deadline) FILTER (
                              WHERE line.outcome <> %(open)s OR line.date_deadline < %(today)s)
                              AS first_due,
                          MAX(GREATEST(agreement.employee_signed_on,
                                       agreement.reviewer_signed_on))
                              FILTER (WHERE agreement.state = 'signed') AS signed_on,
                          MAX(CASE agreement.state
                              WHEN 'signed' THEN agreement.employee_stance
                              WHEN 'refused' THEN agreement.refusal_kind
                              ELSE agreement.state END) AS holds_by
                     FROM performance_agreement agreement
                LEFT JOIN performance_commitment line ON line.agreement_id = agreement.id
                    WHERE agreement.review_id = review.id
                      AND agreement.state IN %(in_force)s) agreed ON TRUE
            """,
            in_force=IN_FORCE,
            unsigned=UNSIGNED,
            kept=closure.KEPT,
            open=closure.OPEN,
            today=fields.Date.context_today(self),
        )
