from typing import NamedTuple

from odoo import api, fields, models

from ..tools.figures import say_figure

LEDGER_LIMIT = 300  # lines of each column


class Ledger(NamedTuple):
    """What one person owes, and what others owe that person or the person's people."""

    mine: list
    theirs: list


class PerformanceReview(models.Model):
    """The two-sided ledger (F4): what I owe and what I am owed, what is overdue first."""

    _inherit = "performance.review"

    @api.readonly
    def get_ledger(self):
        """Return the open promises of these reviews, those of the user apart.

        Without a review, of all reviews under way in which the user is one of the two.

        :return: ``mine`` and ``theirs``, lists of ``id``, ``review_id``, ``name``, ``employee``,
            ``owner``, ``due``, ``kind``, ``percent_text`` and ``is_overdue``, what is overdue
            first and then by the day; ``overdue``, how many of each are, and ``is_team``,
            whether there are several people
        :raise AccessError: for reviews the user may not read
        :rtype: dict
        """
        self.check_access("read")
        lines = self._get_ledger_lines()
        shown = {line: self._prepare_ledger_line(line) for line in lines}
        mine = lines.filtered(self._owes)
        ledger = Ledger([shown[line] for line in mine], [shown[line] for line in lines - mine])
        return {
            **ledger._asdict(),
            "overdue": {
                side: sum(line["is_overdue"] for line in found)
                for side, found in ledger._asdict().items()
            },
            "is_team": len({line["review_id"] for line in shown.values()}) > 1,
        }

    def _get_ledger_lines(self):
        reviews = self or self.search(
            [
                ("state", "=", "follow_up"),
                "|",
                ("reviewer_user_id", "=", self.env.uid),
                ("employee_user_id", "=", self.env.uid),
            ]
        )
        lines = self.env["performance.commitment"].search_fetch(
            [
                ("agreement_id.review_id", "in", reviews.ids),
                ("agreement_id.is_in_force", "=", True),
                ("outcome", "=", "open"),
            ],
            order="date_deadline, id",
            limit=2 * LEDGER_LIMIT,
        )
        # What is done waits for its outcome and is owed no more.
        lines = lines.filtered(lambda line: line.percent < 100)
        return lines.sorted(lambda line: (not line.is_overdue, not line.date_deadline))

    def _owes(self, line):
        """Say whether the user owes this, or the user's own side does."""
        if line.owner_user_id == self.env.user:
            return True
        # Nobody by name: the reviewer answers for the side of the company.
        review = line.sudo().agreement_id.review_id
        return not line.owner_user_id and (
            line._is_manager_side() and review.reviewer_user_id == self.env.user
        )

    def _prepare_ledger_line(self, line):
        review = line.sudo().agreement_id.review_id
        labels = {
            name: dict(line._fields[name]._description_selection(self.env))
            for name in ("kind", "owner")
        }
        return {
            "id": line.id,
            "review_id": review.id,
            "name": line.name,
            # Names of both sides belong to the agreement.
            "employee": review.name,
            "owner": line.sudo().owner_user_id.name or labels["owner"][line.owner],
            "kind": labels["kind"][line.kind],
            "due": line._get_due_text(),
            "percent_text": say_figure(self.env, round(line.percent), "%"),
            "is_overdue": line.is_overdue,
            "date": fields.Date.to_string(line.date_deadline) or "",
        }
