from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..tools import arguments
from ..tools.achievement import same_number
from ..tools.figures import say_figure
from .performance_agreement import FAR_YEARS

SETTLED_LIMIT = 3  # of the answered proposals of a goal, how many are shown


class PerformanceGoal(models.Model):
    """The target as both sides have changed it since they signed; what was signed stays (F2)."""

    _inherit = "performance.goal"

    changed_target = fields.Float(string="Changed target", readonly=True, copy=False)
    changed_deadline = fields.Date(string="Changed deadline", readonly=True, copy=False)
    target_changed_on = fields.Date(
        string="Target changed on",
        readonly=True,
        copy=False,
        help="The day on which both sides agreed on another target or deadline.",
    )
    current_target = fields.Float(
        string="Target now",
        compute="_compute_current_target",
        store=True,
        precompute=True,
        help="The signed target, or the one both sides have agreed on since.",
    )
    current_deadline = fields.Date(
        string="Deadline now", compute="_compute_current_target", store=True, precompute=True
    )
    target_proposal_ids = fields.One2many(
        "performance.target.proposal", "goal_id", string="Proposals of another target"
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {
            "changed_target",
            "changed_deadline",
            "target_changed_on",
        }

    @api.depends(
        "target", "date_deadline", "target_changed_on", "changed_target", "changed_deadline"
    )
    def _compute_current_target(self):
        for goal in self:
            changed = bool(goal.target_changed_on)
            goal.current_target = goal.changed_target if changed else goal.target
            goal.current_deadline = goal.changed_deadline if changed else goal.date_deadline

    def _get_deadline_in_force(self):
        return self.current_deadline

    def _prepare_carry_vals(self):
        # An amendment begins with what holds.
        return {
            **super()._prepare_carry_vals(),
            "target": self.current_target,
            "date_deadline": self.current_deadline,
        }

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    def _get_target_side(self):
        """Return on which of the two sides of the agreement the user stands.

        :raise AccessError: for anybody else
        :return: ``"employee"`` or ``"reviewer"``
        :rtype: str
        """
        self.ensure_one()
        self.check_access("read")
        review = self.sudo().agreement_id.review_id
        if review.employee_user_id == self.env.user:
            return "employee"
        if review.reviewer_user_id == self.env.user:
            return "reviewer"
        raise AccessError(self.env._("Only the two people of a review agree on its targets."))

    def _check_target_open(self):
        """Refuse another target where none can be agreed on.

        :raise UserError: outside the step Follow-up, for a goal that is not in force, and while
            a new version of the agreement waits for its signatures
        """
        agreements = self.sudo().agreement_id
        agreements._share_row()
        for agreement in agreements:
            review = agreement.review_id
            if not agreement.is_in_force or review.state != "follow_up":
                raise UserError(
                    self.env._(
                        "Targets are changed while an agreement is followed up: this one is not."
                    )
                )
            if pending := agreement._get_other_versions(("proposed", "disputed")):
                raise UserError(
                    self.env._(
                        "Version %(version)s of the agreement is neither signed nor withdrawn: "
                        "settle that one first.",
                        version=pending[0].version,
                    )
                )

    def _read_target(self, target, date_deadline):
        """Return the proposed target and deadline; what is left out stays.

        :raise UserError: for what cannot be a target of this goal, and when nothing changes
        :rtype: tuple[float, datetime.date]
        """
        goal = self.sudo()
        if target is None or target is False or target == "":
            target = goal.current_target
        target = float(arguments.read_number(self.env, target, self._get_field_label("target")))
        label = self._get_field_label("date_deadline")
        day = arguments.read_date(self.env, date_deadline, label) or goal.current_deadline
        if same_number(target, goal.current_target) and day == goal.current_deadline:
            raise UserError(
                self.env._(
                    "This is the target already: type another figure, another deadline or both."
                )
            )
        if same_number(target, goal.baseline):
            raise UserError(
                self.env._(
                    "“%(goal)s” starts where it should end: choose a target that differs "
                    "from the baseline.",
                    goal=goal.name,
                )
            )
        if not same_number(target, goal.current_target) and (target > goal.baseline) != (
            goal.current_target > goal.baseline
        ):
            raise UserError(
                self.env._(
                    "“%(goal)s” would go the other way: amend the agreement for another goal.",
                    goal=goal.name,
                )
            )
        today = fields.Date.context_today(self)
        if day != goal.current_deadline and not (
            today <= day <= today + relativedelta(years=FAR_YEARS)
        ):
            raise UserError(
                self.env._(
                    "Choose a deadline from today on, within the next %(years)s years.",
                    years=FAR_YEARS,
                )
            )
        return target, day

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_propose_target(self, target, date_deadline, reason):
        """Propose another target, another deadline or both to the other side.

        It holds once the other side accepts (``performance.target.proposal``); until then, and
        if it is declined, what was signed does.

        :param target: the new target, in the unit of the goal; left out it stays
        :param date_deadline: the new deadline; left out it stays
        :param str reason: why, in a word; both sides read it
        :raise AccessError: for anybody but the two people of the review
        :raise UserError: without a reason or a change, for an impossible target or day, while
            another proposal waits for its answer, and where the goal is not followed up
        :return: ``True``
        """
        side = self._get_target_side()
        self._check_target_open()
        Proposal = self.env["performance.target.proposal"]
        label = Proposal._get_field_label("reason")
        reason = arguments.read_text(self.env, reason, label, arguments.POINT_LIMIT, required=True)
        target, day = self._read_target(target, date_deadline)
        if Proposal.sudo().search_count([("goal_id", "=", self.id), ("state", "=", "open")]):
            raise UserError(
                self.env._(
                    "Another target of this goal has been proposed already: answer that proposal "
                    "first."
                )
            )
        Proposal._propose(
            self, {"side": side, "target": target, "date_deadline": day, "reason": reason.strip()}
        )
        return True

    def _mark_target_changed(self, proposal):
        """Let an accepted proposal be the target from now on.

        :param proposal: one ``performance.target.proposal``
        """
        self.ensure_one()
        goal = self.sudo()
        # Whoever is writing an amendment goes on from what holds, unless it says otherwise.
        drafted = goal.search([("origin_id", "=", goal.id), ("agreement_id.state", "=", "draft")])
        for line in drafted:
            if (line.target, line.date_deadline) == (goal.current_target, goal.current_deadline):
                line.write({"target": proposal.target, "date_deadline": proposal.date_deadline})
        goal.write(
            {
                "changed_target": proposal.target,
                "changed_deadline": proposal.date_deadline,
                "target_changed_on": proposal.answered_on,
            }
        )
        # A later end wants its checkpoints.
        goal.agreement_id.review_id._generate_checkpoints()

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def _say_target(self, target, day):
        """Return a target and its deadline in words."""
        figure = say_figure(self.env, target, self.unit)
        if not day:
            return figure
        return self.env._(
            "%(target)s until %(date)s", target=figure, date=format_date(self.env, day)
        )

    def _say_target_change(self):
        """Return what both sides have changed since they signed, ``""`` for nothing."""
        self.ensure_one()
        if not self.target_changed_on:
            return ""
        return self.env._(
            "Target changed on %(date)s by agreement of both: %(target)s",
            date=format_date(self.env, self.target_changed_on),
            target=self._say_target(self.current_target, self.current_deadline),
        )

    def _prepare_target_talk(self):
        """Return what there is to say about the targets of these goals, for screen and page.

        :return: goal → ``goal_id``, ``change`` (what holds instead of what was signed, in words),
            ``open``, the proposal that waits (``id``, ``text``, ``reason``, ``can_answer``) or
            ``False``, ``settled`` (sentences about the latest answers) and ``can_propose``
        :rtype: dict
        """
        found = self.env["performance.target.proposal"].search([("goal_id", "in", self.ids)])
        by_goal = found.grouped("goal_id")
        return {goal: goal._draw_target_talk(by_goal.get(goal, found.browse())) for goal in self}

    def _draw_target_talk(self, proposals):
        self.ensure_one()
        agreement = self.sudo().agreement_id
        review = agreement.review_id
        acts = (
            agreement.is_in_force
            and review.state == "follow_up"
            and self.env.user in review.employee_user_id | review.reviewer_user_id
        )
        waiting = proposals.filtered(lambda proposal: proposal.state == "open")
        settled = (proposals - waiting).filtered(lambda each: each.state != "lapsed")
        is_own = waiting.side == (
            "employee" if review.employee_user_id == self.env.user else "reviewer"
        )
        return {
            "goal_id": self.id,
            "change": self._say_target_change(),
            "open": bool(waiting)
            and {
                "id": waiting.id,
                "text": self.env._(
                    "%(person)s proposes %(target)s",
                    # The names of both sides belong to the agreement.
                    person=waiting.sudo().author_id.name,
                    target=self._say_target(waiting.target, waiting.date_deadline),
                ),
                "reason": waiting.reason,
                "can_answer": acts and not is_own,
                "can_withdraw": acts and is_own,
            },
            "settled": [each._say_settled() for each in settled[:SETTLED_LIMIT]],
            "can_propose": acts and not waiting,
        }


class PerformanceAgreement(models.Model):
    """A version that takes over is signed as a whole: what was proposed for the old one is over."""

    _inherit = "performance.agreement"

    target_change_text = fields.Text(
        string="Targets changed since",
        compute="_compute_target_change_text",
        help="Which of the signed targets both sides have changed since.",
    )

    @api.depends_context("uid", "lang")
    @api.depends("goal_ids.target_changed_on", "goal_ids.current_target")
    def _compute_target_change_text(self):
        for agreement in self:
            agreement.target_change_text = "\n".join(
                f"{goal.name}: {goal._say_target_change()}"
                for goal in agreement.goal_ids
                if goal.target_changed_on
            )

    def _carry_over(self):
        self.review_id.target_proposal_ids._mark_lapsed()
        return super()._carry_over()
