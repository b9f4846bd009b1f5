from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..tools import closure
from ..tools.figures import say_figure
from .performance_agreement import UNSIGNED

# Of the entries on one promise, how many the screen shows.
ENTRY_LIMIT = 12


class PerformanceReview(models.Model):
    """The end of a review: every promise gets its outcome, one at a time, and the loop is closed.

    The loop-closure rate is counted by ``tools.closure``, here for one review, one person, the
    people of a reviewer or a cycle; what the employee has not signed always apart.
    """

    _inherit = "performance.review"

    closure_text = fields.Char(
        string="Loop closure",
        compute="_compute_closure_text",
        help="Of what both sides promised and is due, how much was closed or improved.",
    )

    @api.depends_context("uid", "lang")
    @api.depends("agreement_ids.commitment_ids.outcome", "agreement_ids.state")
    def _compute_closure_text(self):
        for review in self:
            review.closure_text = self._say_rate_of(review.plan_commitment_ids)

    @api.model
    def _say_rate_of(self, lines):
        """Return how many of these promises were kept, in words, or ``False`` without any.

        :param lines: ``performance.commitment``
        """
        promises = (
            (line.outcome, line.date_deadline or None, line.agreement_state in UNSIGNED, 1)
            for line in lines
        )
        counted = closure.split(promises, fields.Date.context_today(self))
        return bool(lines) and self._say_rates(counted)

    # ------------------------------------------------------------------
    # The rate
    # ------------------------------------------------------------------

    @api.model
    def _group_closure(self, path, domain):
        """Count the promises in force that the user may read, by something of their review.

        :param str path: from a ``performance.commitment`` to a record, as ``_read_group`` has it
        :param domain: which promises
        :return: record → ``tools.closure.Rates``, without records that promised nothing
        :rtype: dict
        """
        groups = {}
        for record, state, outcome, day, count in self.env["performance.commitment"]._read_group(
            Domain("agreement_id.is_in_force", "=", True) & Domain(domain),
            [path, "agreement_id.state", "outcome", "date_deadline:day"],
            ["__count"],
        ):
            found = groups.setdefault(record, [])
            found.append((outcome, day or None, state in UNSIGNED, count))
        today = fields.Date.context_today(self)
        return {record: closure.split(found, today) for record, found in groups.items()}

    @api.model
    def _count_closure(self, domain):
        """Count the promises in force that the user may read, see :meth:`_group_closure`.

        :rtype: odoo.addons.performance_review.tools.closure.Rates
        """
        counted = self._group_closure("agreement_id.review_id.company_id", domain)
        return closure.add_up(counted.values())

    @api.model
    def _say_rate(self, counted):
        """Return a closure rate as figure and words, the words alone where nothing is due.

        :param counted: a ``tools.closure.Closure``
        :rtype: str
        """
        if counted.rate is None:
            return self._say_closure(counted)
        return self.env._(
            "%(rate)s (%(words)s)",
            rate=say_figure(self.env, round(counted.rate), "%"),
            words=self._say_closure(counted),
        )

    @api.model
    def _say_rates(self, rates):
        """Return both rates as figure and words, each where there are such promises; of nothing
        that is due one sentence is enough.

        :param rates: a ``tools.closure.Rates``
        :rtype: str
        """
        if not rates.total:
            return self._say_closure(closure.Closure(0, 0))
        signed = "" if rates.signed is None else self._say_rate(rates.signed)
        if rates.unsigned is None:
            return signed
        unsigned = self.env._("Without signature: %(rate)s", rate=self._say_rate(rates.unsigned))
        return f"{signed} · {unsigned}" if signed else unsigned

    # ------------------------------------------------------------------
    # The screen
    # ------------------------------------------------------------------

    def action_open_closing(self):
        """Open the screen that goes through every promise (an ``ir.actions.client`` dict).

        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up
        """
        self.ensure_one()
        self._check_can_finish()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "performance_review.performance_review_action_closing"
        )
        return {
            **action,
            "name": self.env._("Finish the review of %(employee)s", employee=self.sudo().name),
            "params": {"review_id": self.id},
        }

    def _check_can_finish(self):
        self._check_is_reviewer()
        if self.sudo().state != "follow_up":
            raise UserError(self.env._("A review is finished from its step Follow-up."))

    @api.readonly
    def get_closing(self):
        """Return what the screen shows that finishes a review.

        :return: ``closure`` and ``lines`` as in :meth:`get_last_time`, each line with its
            ``entries`` (newest first: ``date``, ``figure``, ``note``, ``author``), ``earlier``
            (what came of it in reviews before, in words), ``outcome_note`` and ``drop_reason``;
            ``outcomes`` (code and label of each choice), ``person``, the rate of the employee
            over all reviews the user reads, in words, and ``missing``, sentences about what else
            keeps the review from its end; ``cancelled``, one about what finishing cancels
        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up
        :rtype: dict
        """
        self.ensure_one()
        self._check_can_finish()
        lines = self.plan_commitment_ids
        found = self._prepare_promises(
            self.sudo(), lines, self.env._("There is no promise to look back on.")
        )
        history = self._collect_entries(lines)
        for line, shown in zip(lines, found["lines"], strict=True):
            shown["entries"] = history[line]
            shown["earlier"] = line._get_earlier_outcomes()
            shown["outcome_note"] = line.outcome_note or ""
            shown["drop_reason"] = line.drop_reason or ""
        outcomes = lines._fields["outcome"]._description_selection(self.env)
        blockers = self.sudo()._collect_blockers()[self.sudo()]
        employee = self.sudo().employee_id
        return {
            **found,
            "outcomes": [pair for pair in outcomes if pair[0] != closure.OPEN],
            "person": self._say_rates(
                self._count_closure([("agreement_id.review_id.employee_id", "=", employee.id)])
            ),
            "missing": [
                blocker["message"]
                for blocker in blockers
                if blocker["code"] not in ("outcome_missing", "checkpoint_planned")
            ],
            "cancelled": self._say_cancelled(),
        }

    def _say_cancelled(self):
        planned = self.env["performance.checkpoint"].search_count(
            [("review_id", "=", self.id), ("state", "=", "planned")]
        )
        if not planned:
            return ""
        if planned == 1:
            return self.env._("The checkpoint that is still planned will be cancelled.")
        return self.env._(
            "%(count)s checkpoints that are still planned will be cancelled.", count=planned
        )

    def _collect_entries(self, lines):
        """Return what was recorded on each promise, as the screen shows it, newest first.

        :param lines: ``performance.commitment``
        :return: line → list of dicts
        :rtype: dict
        """
        Progress = self.env["performance.progress"]
        entries = Progress.search_fetch(
            [("commitment_id", "in", list(lines._get_versions()))],
            ["commitment_id", "date", "percent", "note", "author_id"],
            order="date, id",
        )
        history = Progress._get_history("commitment_id", lines, entries)
        # The names of both sides belong to the review.
        names = {author.id: author.name for author in entries.sudo().author_id}
        return {
            line: [
                {
                    "id": entry.id,
                    "date": format_date(self.env, entry.date),
                    "figure": say_figure(self.env, round(entry.percent), "%"),
                    "note": entry.note or "",
                    "author": names[entry.author_id.id],
                }
                for entry in reversed(found[-ENTRY_LIMIT:])
            ]
            for line, found in history.items()
        }

    def action_finish(self):
        """Finish the review: what is still planned is cancelled, and the last step taken.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up, and naming what is missing
        :return: ``True``
        """
        self.ensure_one()
        self._check_can_finish()
        self._get_remaining_checkpoints()._mark_settled("cancelled")
        return self.action_next()

    @api.model
    def _get_own_closure(self):
        """Return the user's own rate over all reviews, in words, or ``""`` before anything is due.

        Of the user's own reviews as an employee, whoever else's the user may read.

        :rtype: str
        """
        counted = self._count_closure(
            [("agreement_id.review_id.employee_user_id", "=", self.env.uid)]
        )
        return self._say_rates(counted) if counted.total else ""

    @api.model
    def _get_closure_summary(self):
        """Say how many of the promises to and of the user's people were kept.

        :return: ``count`` of the promises that are due, and in words ``rate`` and ``text`` of
            those that both have signed, ``unsigned`` of those that count apart
        :rtype: dict
        """
        counted = self._count_closure(
            [("agreement_id.review_id.reviewer_user_id", "=", self.env.uid)]
        )
        signed, unsigned = counted
        has_signed = bool(signed and signed.total)
        return {
            "count": counted.total,
            "rate": say_figure(self.env, round(signed.rate), "%") if has_signed else "",
            "text": self._say_closure(signed) if has_signed else "",
            "unsigned": self._say_rates(closure.Rates(None, unsigned))
            if unsigned and unsigned.total
            else "",
        }
