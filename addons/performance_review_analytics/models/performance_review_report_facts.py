from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.performance_review.models.performance_agreement import IN_FORCE

# What the analysis knows of a review; part and whole of each, and when a review came to have it.
# ``held_on`` is when its agreement first held: from then on there is no way back, so what is
# counted of a talk, a dispute or a refusal stays as it is, and its reader sees nobody's change.
# What goes on changing, outcomes and stances, is counted where its reader reads it one by one.
OF_REPORT = {
    "closure": (
        "CASE WHEN card.sees_all OR report.signed_on IS NOT NULL"
        " THEN COALESCE(report.first_due, report.signed_on, card.held_on) END",
        "report.settled_count", "report.due_count",
    ),
    "length": ("card.held_on", "report.duration", "1"),
    "share": ("card.held_on", "report.employee_share", "1"),
}  # fmt: skip
OF_AGREEMENT = {
    "lead": ("deal.signed_on", "EXTRACT(EPOCH FROM deal.signed_on - card.create_date)/86400", "1"),
    "stance": ("deal.accepted_on", "deal.is_acknowledged::int", "1"),
    "dispute": ("card.held_on", "deal.is_disputed::int", "1"),
    "refusal": ("card.held_on", "deal.is_refused::int", "1"),
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
    def _get_readable(self):
        """Return the condition for the ``version`` in force that the reader of a card may read.

        As the record rules have it: above a reviewer one reads what both have signed.
        """
        return SQL("(version.state = 'signed' OR card.sees_all AND version.state IN %s)", IN_FORCE)

    @api.model
    def _get_report_facts(self, names):
        # The analysis is asked about these reviews alone, and says what all sittings and the
        # agreement in force are.
        return SQL(
            """
            SELECT card.id, card.cycle_id, card.code, card.minimum, figure.*
              FROM card
              JOIN (%(analysis)s) AS report ON report.id = card.id
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
                   SELECT MIN(GREATEST(version.employee_signed_on, version.reviewer_signed_on))
                              FILTER (WHERE version.employee_signed_on IS NOT NULL
                                        AND version.reviewer_signed_on IS NOT NULL
                                        AND card.held_on IS NOT NULL) AS signed_on,
                          COALESCE(bool_or(version.disputed_on <= card.held_on), FALSE)
                              AS is_disputed,
                          COALESCE(bool_or(version.refusal_on <= card.held_on), FALSE)
                              AS is_refused,
                          MAX(version.employee_signed_on) FILTER (WHERE %(readable)s)
                              AS accepted_on,
                          bool_or(version.employee_stance = 'acknowledge')
                              FILTER (WHERE %(readable)s) AS is_acknowledged
                     FROM performance_agreement version
                    WHERE version.review_id = card.id) deal
        CROSS JOIN LATERAL (VALUES %(lines)s) AS figure(name, arrived, part, whole)
             WHERE figure.arrived IS NOT NULL AND figure.part IS NOT NULL
            """,
            readable=self._get_readable(),
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
                      AND %(readable)s
                      AND line.owner IN %(side)s
                      AND line.date_deadline < %(today)s) debt
             WHERE debt.due > 0
            """,
            readable=self._get_readable(),
            side=tuple(self.env["performance.agreement"]._get_manager_side()),
            today=fields.Date.context_today(self),
        )
