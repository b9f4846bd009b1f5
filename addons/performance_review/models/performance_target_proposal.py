from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tools.misc import format_date

from ..tools import arguments

ANSWER_DAYS = 7  # house rule: so long the other side has before the mails call it overdue


class PerformanceTargetProposal(models.Model):
    """One side proposes another target of a signed goal; it holds once the other side accepts (F2).

    Written by the verbs of ``performance.goal`` and by those below, and never removed: it is the
    log of what was proposed, why, and what came of it.
    """

    _name = "performance.target.proposal"
    _description = "Proposal of another target"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "id desc"
    _rec_name = "reason"

    goal_id = fields.Many2one(
        "performance.goal", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # Stamped: rules look at it.
    review_id = fields.Many2one(
        related="goal_id.agreement_id.review_id", store=True, precompute=True, index=True
    )
    side = fields.Selection(
        [("employee", "Employee"), ("reviewer", "Reviewer")],
        string="Proposed by",
        required=True,
        readonly=True,
    )
    author_id = fields.Many2one("res.users", required=True, readonly=True)
    proposed_on = fields.Date(string="Day of the proposal", required=True, readonly=True)
    answer_until = fields.Date(string="Answer until", required=True, readonly=True)
    target_before = fields.Float(string="Target before", readonly=True)
    deadline_before = fields.Date(string="Deadline before", readonly=True)
    target = fields.Float(readonly=True)
    date_deadline = fields.Date(string="Deadline", readonly=True)
    reason = fields.Char(required=True, readonly=True, size=arguments.POINT_LIMIT)
    state = fields.Selection(
        [
            ("open", "Waits for an answer"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("withdrawn", "Withdrawn"),
            ("lapsed", "Lapsed"),
        ],
        default="open",
        required=True,
        readonly=True,
    )
    answered_by_id = fields.Many2one("res.users", string="Answered by", readonly=True)
    answered_on = fields.Date(string="Answered on", readonly=True)
    answer = fields.Char(string="A word on it", readonly=True, size=arguments.POINT_LIMIT)

    _one_open = models.UniqueIndex(
        "(goal_id) WHERE state = 'open'",
        "Another target of this goal has been proposed already: answer that proposal first.",
    )
    # What the mails look for.
    _unanswered = models.Index("(answer_until) WHERE state = 'open'")

    @api.model
    def _get_server_fields(self):
        return frozenset(self._fields)

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    def _check_open(self, is_author):
        """Refuse an act on what is not open any more, or by the wrong one of the two sides.

        Of two windows that answer at once the database lets one go first; the other one then
        begins anew and finds the answer there.

        :param bool is_author: whether the side that proposed it acts, or the other one
        :raise AccessError: for anybody but that side
        :raise UserError: when it has been answered, or the goal changes no more
        """
        self.check_access("read")
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is answering this proposal at this moment: reload the page "
                    "and look again."
                )
            ) from error
        for proposal in self.sudo():
            goal = proposal.goal_id.sudo(self.env.su)
            if not self.env.su and (goal._get_target_side() == proposal.side) != is_author:
                raise AccessError(
                    self.env._("Whoever proposed a target withdraws it, the other side answers.")
                )
            if proposal.state != "open":
                raise UserError(
                    self.env._(
                        "This proposal is answered already: %(state)s.",
                        state=dict(self._fields["state"]._description_selection(self.env))[
                            proposal.state
                        ],
                    )
                )
            goal._check_target_open()

    def _read_answer(self, word, required=False):
        label = self._get_field_label("answer")
        text = arguments.read_text(self.env, word, label, arguments.POINT_LIMIT, required)
        return text.strip() or False

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_accept(self, word=None):
        """Accept what the other side proposed: from now on it is the target.

        :param str word: what there is to say to it
        :raise AccessError: for anybody but the other side
        :raise UserError: when it has been answered, or the goal changes no more
        :return: ``True``
        """
        self._check_open(is_author=False)
        self._mark_answered("accepted", self._read_answer(word))
        return True

    def action_decline(self, word):
        """Decline what the other side proposed: the target stays what it is.

        :param str word: why
        :raise AccessError: for anybody but the other side
        :raise UserError: without a word, when it has been answered, or the goal changes no more
        :return: ``True``
        """
        self._check_open(is_author=False)
        self._mark_answered("declined", self._read_answer(word, required=True))
        return True

    def action_withdraw(self):
        """Take the proposal of the own side back.

        :raise AccessError: for anybody but the side that proposed it
        :raise UserError: when it has been answered, or the goal changes no more
        :return: ``True``
        """
        self._check_open(is_author=True)
        self._mark_answered("withdrawn")
        return True

    def _mark_answered(self, state, word=False):
        proposals = self.sudo()
        proposals.write(
            {
                "state": state,
                "answer": word,
                "answered_by_id": self.env.uid,
                "answered_on": fields.Date.context_today(self),
            }
        )
        if state == "accepted":
            for proposal in proposals:
                proposal.goal_id._mark_target_changed(proposal)

    def _mark_lapsed(self):
        """Close what nobody has answered, because its goal is followed no more."""
        waiting = self.sudo().filtered(lambda proposal: proposal.state == "open")
        waiting.write({"state": "lapsed", "answered_on": fields.Date.context_today(self)})

    # ------------------------------------------------------------------
    # What is told
    # ------------------------------------------------------------------

    @api.model
    def _propose(self, goal, vals):
        """Keep a proposal that a goal has allowed, and have the other side told of it.

        :param goal: one ``performance.goal``
        :param dict vals: ``side``, ``target``, ``date_deadline`` and ``reason``
        :return: the proposal, with ``sudo()``
        """
        today = fields.Date.context_today(self)
        goal = goal.sudo()
        proposal = self.sudo().create(
            {
                **vals,
                "goal_id": goal.id,
                "author_id": self.env.uid,
                "proposed_on": today,
                "answer_until": today + timedelta(days=ANSWER_DAYS),
                "target_before": goal.current_target,
                "deadline_before": goal.current_deadline,
            }
        )
        review = proposal.review_id
        review.invalidate_recordset(["target_proposal_ids"])
        user = review.reviewer_user_id if vals["side"] == "employee" else review.employee_user_id
        # The mail says what comes next, which is to answer, and nothing of what was proposed.
        self.env["performance.reminder.line"].sudo()._wait_for_mail("asked", [(review, user)])
        return proposal

    def _say_settled(self):
        """Return what came of a proposal, in one sentence.

        :rtype: str
        """
        self.ensure_one()
        labels = dict(self._fields["state"]._description_selection(self.env))
        said = self.env._(
            "%(figure)s, proposed on %(proposed)s: %(state)s on %(answered)s",
            figure=self.goal_id._say_target(self.target, self.date_deadline),
            proposed=format_date(self.env, self.proposed_on),
            state=labels[self.state],
            answered=format_date(self.env, self.answered_on),
        )
        return " · ".join(filter(None, (said, self.answer)))
