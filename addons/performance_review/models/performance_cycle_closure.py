from odoo import fields, models
from odoo.tools import SQL

from ..tools import closure
from .performance_agreement import IN_FORCE, UNSIGNED


class PerformanceCycle(models.Model):
    """How many of the promises of a cycle were kept: the number the product is there for."""

    _inherit = "performance.cycle"

    closure_text = fields.Char(
        string="Loop closure",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="Of what both sides promised and is due, how much was closed or improved.",
    )

    unsigned_count = fields.Integer(
        string="Agreements without signature",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="Agreements that hold though the employee has not signed them.",
    )
    unsigned_closure_text = fields.Char(
        string="Loop closure without signature",
        compute="_compute_closure_text",
        groups="performance_review.group_performance_review_officer",
        help="The same of agreements that hold without the employee's signature; they count apart.",
    )

    def _count_promises(self):
        """Count what the agreements in force of these cycles promise, in one statement; for HR.

        Reviews with the rights of the user; HR reads every agreement in force of a review it reads.

        :return: (cycle id, state of the agreement, owner, outcome, deadline, number)
        :rtype: list[tuple]
        """
        self.env["performance.agreement"].flush_model(["review_id", "state"])
        self.env["performance.commitment"].flush_model(
            ["agreement_id", "owner", "outcome", "date_deadline"]
        )
        cards = self.env["performance.review"]._search(
            [("cycle_id", "in", self.ids), ("agreement_id", "!=", False)]
        )
        return self.env.execute_query(
            SQL(
                """
                SELECT card.cycle_id, line.state, line.owner, line.outcome, line.date_deadline,
                       COUNT(*)
                  FROM (%(cards)s) AS card
            -- OFFSET: found review by review, or all years would be read to find one of them.
            CROSS JOIN LATERAL (
                       SELECT deal.state, line.owner, line.outcome, line.date_deadline
                         FROM performance_agreement deal
                         JOIN performance_commitment line ON line.agreement_id = deal.id
                        WHERE deal.review_id = card.id
                          AND deal.state IN %(in_force)s
                       OFFSET 0) line
              GROUP BY card.cycle_id, line.state, line.owner, line.outcome, line.date_deadline
              ORDER BY line.owner
                """,
                cards=cards.select(
                    SQL.identifier(cards.table, "id"), SQL.identifier(cards.table, "cycle_id")
                ),
                in_force=IN_FORCE,
            )
        )

    def _get_closure(self, promises):
        """Return what came of the promises of this cycle.

        :param list promises: what :meth:`_count_promises` returns
        :rtype: odoo.addons.performance_review.tools.closure.Rates
        """
        found = [
            (outcome, day, state in UNSIGNED, count)
            for cycle_id, state, _owner, outcome, day, count in promises
            if cycle_id == self._origin.id
        ]
        return closure.split(found, fields.Date.context_today(self))

    def _compute_closure_text(self):
        Review = self.env["performance.review"]
        promises = self._count_promises()
        counts = {}
        if any(state in UNSIGNED for _cycle_id, state, *_rest in promises):
            counts = dict(
                self.env["performance.agreement"]._read_group(
                    [("review_id.cycle_id", "in", self.ids), ("state", "in", UNSIGNED)],
                    ["review_id.cycle_id"],
                    ["__count"],
                )
            )
        for cycle in self:
            signed, unsigned = cycle._get_closure(promises)
            cycle.closure_text = signed and Review._say_rate(signed)
            cycle.unsigned_closure_text = unsigned and Review._say_rate(unsigned)
            cycle.unsigned_count = counts.get(cycle, 0)
