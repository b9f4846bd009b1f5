from odoo import api, fields, models

from ..tools.closure import closure
from ..tools.figures import say_figure
from ..tools.sparkline import sparkline
from .performance_agreement import UNSIGNED


class PerformanceReview(models.Model):
    """Last time: what both sides promised in the review before this one, and what came of it."""

    _inherit = "performance.review"

    @api.readonly
    def get_last_time(self):
        """Return what was agreed last time, as far as the reader may read it.

        :return: ``cycle`` (its name, ``""`` without an earlier review), ``closure``
            (``rate`` in percent or ``None``, ``closed``, ``total``: see ``tools.closure``, and
            as people say it ``rate_text`` and ``text``), ``lines``
            (:meth:`_prepare_last_time_lines`, and ``is_taken``, ``can_take_along``,
            ``can_settle``, ``can_leave``; what the manager's side owes and is overdue comes
            first) and ``message``, a sentence to show instead when there are no lines
        :raise AccessError: for whoever may not read this review
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        lines, history = self._find_last_promises()
        found = self._prepare_promises(
            self.sudo().previous_review_id, lines, self._get_last_time_message(lines), history
        )
        review = self.sudo()
        acts = review.reviewer_user_id == self.env.user and review.state != "done"
        # Before the dialogue is over an employee reads neither the sheet nor a draft.
        reads = self.sees_preparation or review.state not in ("preparation", "dialogue")
        taken = lines._filter_taken_along(self) if reads else lines.browse()
        for line, shown in zip(lines, found["lines"], strict=True):
            shown["is_taken"] = line in taken
            shown["can_take_along"] = acts and line not in taken and self._takes_along()
            shown["can_leave"] = acts and line not in taken and line._can_leave()
            shown["can_settle"] = acts and not line._is_outcome_fixed(self)
        return found

    def _takes_along(self):
        """Say whether promises of the last review may still be carried on into this one."""
        self.ensure_one()
        review = self.sudo()
        return (
            review.state in self.env["performance.point"]._get_open_states()
            or review.agreement_id.state == "draft"
        )

    @api.model
    def _prepare_promises(self, review, lines, message, history=None):
        """Return promises and their closure rate as screens draw them.

        :param review: the review in which they were agreed on, with ``sudo()``
        :param lines: ``performance.commitment``, with the reader's rights
        :param str message: what to say when there are none
        :param dict history: what was recorded on them, see :meth:`_prepare_last_time_lines`
        :rtype: dict
        """
        today = fields.Date.context_today(self)
        counted = closure(((line.outcome, line.date_deadline or None) for line in lines), today)
        # One version holds: all of it is signed, or nothing.
        is_unsigned = any(line.agreement_state in UNSIGNED for line in lines)
        text = self._say_closure(counted)
        return {
            "cycle": review.cycle_id.name or "",
            "closure": {
                "rate": counted.rate,
                "closed": counted.closed,
                "total": counted.total,
                "text": self.env._("Without signature: %(rate)s", rate=text)
                if is_unsigned
                else text,
                "rate_text": "–"
                if counted.rate is None
                else say_figure(self.env, round(counted.rate), "%"),
            },
            "lines": self._prepare_last_time_lines(lines, history),
            "message": "" if lines else message,
        }

    def _get_last_commitments(self):
        """Return the commitments of the agreement in force of the review before.

        With the rights of the reader: whoever may not read a version does not learn of its
        lines.

        :return: ``performance.commitment``, what the manager's side owes first, and of
            that what is overdue: it is the reviewer's own debt
        """
        return self._sort_promises(self._fetch_last_commitments(), lambda line: line.is_overdue)

    def _find_last_promises(self):
        """Return :meth:`_get_last_commitments`, and what was recorded on them, read once for all.

        :return: commitments, and commitment → its ``performance.progress``, the oldest first
        :rtype: tuple
        """
        lines = self._fetch_last_commitments()
        history = self.env["performance.progress"]._get_history("commitment_id", lines)
        today = fields.Date.context_today(self)
        lines = self._sort_promises(
            lines, lambda line: line._is_overdue_with(history[line][-1:].percent, today)
        )
        return lines, history

    def _fetch_last_commitments(self):
        return self.env["performance.commitment"].search_fetch(
            [
                ("agreement_id.review_id", "in", self.sudo().previous_review_id.ids),
                ("agreement_id.is_in_force", "=", True),
            ]
        )

    @api.model
    def _sort_promises(self, lines, is_overdue):
        return lines.sorted(
            lambda line: (
                not (line._is_manager_side() and is_overdue(line)),
                not line._is_manager_side(),
            )
        )

    @api.model
    def _say_closure(self, counted):
        """Return a closure rate in words.

        :param counted: a ``tools.closure.Closure``
        :rtype: str
        """
        if not counted.total:
            return self.env._("Nothing was due yet")
        return self.env._(
            "%(closed)s of %(total)s kept", closed=counted.closed, total=counted.total
        )

    def _get_last_time_message(self, lines):
        """Return the sentence that stands where there are no promises to show."""
        self.ensure_one()
        review = self.sudo()
        if lines:
            return ""
        if not review.previous_review_id:
            return self.env._(
                "This is the first review of %(employee)s: what you agree on stands here next "
                "time.",
                employee=review.name,
            )
        return self.env._("There is no agreement of the last review for you to read.")

    def _prepare_last_time_lines(self, lines, history=None):
        """Return commitments as dicts: ids, words and figures, in a constant number of queries.

        :param lines: ``performance.commitment``, with the reader's rights
        :param dict history: what was recorded on each, the oldest first, where it has been read
        :rtype: list[dict]
        """
        if history is None:
            history = self.env["performance.progress"]._get_history("commitment_id", lines)
        percents = {line: history[line][-1:].percent for line in lines}
        today = fields.Date.context_today(self)
        labels = {
            name: dict(lines._fields[name]._description_selection(self.env))
            for name in ("kind", "owner", "outcome")
        }
        series = {line: [entry.percent for entry in history[line]] for line in lines}
        return [
            {
                "id": line.id,
                "name": line.name,
                "kind": line.kind,
                "kind_label": labels["kind"][line.kind],
                "owner": line.owner,
                # The names of both sides belong to the agreement.
                "owner_label": line.sudo().owner_user_id.name or labels["owner"][line.owner],
                "outcome": line.outcome,
                "outcome_label": labels["outcome"][line.outcome],
                "percent": percents[line],
                "percent_text": say_figure(self.env, round(percents[line]), "%"),
                "series": series[line],
                "line": sparkline(series[line]),
                "is_overdue": line._is_overdue_with(percents[line], today),
                "times": line.times,
                "note": " · ".join(
                    filter(
                        None,
                        [
                            line._get_due_text(),
                            line._get_times_text(),
                            line.outcome_note,
                            line._get_drop_text(),
                        ],
                    )
                ),
            }
            for line in lines
        ]
