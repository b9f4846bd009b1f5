from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.performance_review.models.performance_agreement import IN_FORCE

# What the analysis knows of a review; part and whole of each, and when a review came to have it.
OF_REPORT = {
    "lead": ("report.signed_on", "report.days_to_sign", "1"),
    "closure": (
        "COALESCE(report.first_due, report.signed_on)", "report.settled_count", "report.due_count",
    ),
    "length": ("over.left_on", "report.duration", "1"),
    "share": ("over.left_on", "report.employee_share", "1"),
}  # fmt: skip
OF_AGREEMENT = {
    "stance": ("deal.accepted_on", "deal.is_acknowledged::int", "1"),
    "dispute": ("deal.proposed_on", "deal.is_disputed::int", "1"),
    "refusal": ("deal.proposed_on", "deal.is_refused::int", "1"),
}


class PerformanceReviewReport(models.Model):
    """Where the figures of the dashboard come from, said for the database."""

    _inherit = "performance.review.report"

    @api.model
    def _get_facts(self, codes):
        """Return the queries of what reviews say about figures; ``card`` are the reviews.

        :return: queries of lines ``id, cycle_id, code, minimum, name, arrived, part, whole``
        :rtype: list[SQL]
        """
        facts = []
        if names := [code for code in codes if code in OF_REPORT]:
            facts.append(self._get_report_facts(names))
        if names := [code for code in codes if code in OF_AGREEMENT]:
            facts.append(self._get_agreement_facts(names))
        if "debt" in codes:
            facts.append(self._get_debt_facts())
        return facts

    @api.model
    def _get_lines(self, columns):
        """Return the lines of several figures of one review, for a lateral join."""
        return SQL(", ").join(
            # The columns stand in this file; none comes from outside.
            SQL("(%s, (" + arrived + ")::timestamp, (" + part + ")::float8, " + whole + ")", name)
            for name, (arrived, part, whole) in columns.items()
        )

    @api.model
    def _get_report_facts(self, names):
        # A talk counts once its step is left: nobody changes it any more. The analysis is asked
        # about these reviews alone, and says what all sittings and the agreement in force are.
        return SQL(
            """
            SELECT card.id, card.cycle_id, card.code, card.minimum, figure.*
              FROM card
              JOIN (%(analysis)s) AS report ON report.id = card.id
         LEFT JOIN LATERAL (
                   SELECT MIN(line.date) AS left_on
                     FROM performance_review_log line
                    WHERE line.review_id = card.id
                      AND line.kind = 'step'
                      AND line.old_value = 'dialogue'
                      AND card.state NOT IN ('preparation', 'dialogue')
                      AND report.duration IS NOT NULL) over ON TRUE
        CROSS JOIN LATERAL (VALUES %(lines)s) AS figure(name, arrived, part, whole)
             WHERE figure.arrived IS NOT NULL AND figure.part IS NOT NULL AND figure.whole > 0
            """,
            analysis=self._table_query,
            lines=self._get_lines({name: OF_REPORT[name] for name in names}),
        )

    @api.model
    def _get_agreement_facts(self, names):
        return SQL(
            """
            SELECT card.id, card.cycle_id, card.code, card.minimum, figure.*
              FROM card
        CROSS JOIN LATERAL (
                   SELECT MIN(version.proposed_on) AS proposed_on,
                          bool_or(version.dispute_reason IS NOT NULL
                                  OR version.state IN ('disputed', 'closed_by_hr')) AS is_disputed,
                          bool_or(version.state = 'refused') AS is_refused,
                          MAX(version.employee_signed_on)
                              FILTER (WHERE version.state IN %(in_force)s) AS accepted_on,
                          bool_or(version.employee_stance = 'acknowledge')
                              FILTER (WHERE version.state IN %(in_force)s) AS is_acknowledged
                     FROM performance_agreement version
                    WHERE version.review_id = card.id) deal
        CROSS JOIN LATERAL (VALUES %(lines)s) AS figure(name, arrived, part, whole)
             WHERE figure.arrived IS NOT NULL AND figure.part IS NOT NULL
            """,
            in_force=IN_FORCE,
            lines=self._get_lines({name: OF_AGREEMENT[name] for name in names}),
        )

    @api.model
    def _get_debt_facts(self):
        return SQL(
            """
            SELECT card.id, card.cycle_id, card.code, card.minimum, 'debt' AS name,
                   debt.arrived::timestamp AS arrived, debt.late::float8 AS part, debt.due AS whole
              FROM card
        CROSS JOIN LATERAL (
                   SELECT MIN(line.date_deadline) AS arrived,
                          COUNT(*) FILTER (WHERE line.outcome = 'open') AS late,
                          COUNT(*) AS due
                     FROM performance_agreement version
                     JOIN performance_commitment line ON line.agreement_id = version.id
                    WHERE version.review_id = card.id
                      AND version.state IN %(in_force)s
                      AND line.owner IN %(side)s
                      AND line.date_deadline < %(today)s) debt
             WHERE debt.due > 0
            """,
            in_force=IN_FORCE,
            side=tuple(self.env["performance.agreement"]._get_manager_side()),
            today=fields.Date.context_today(self),
        )
