from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class Step(NamedTuple):
    """One step of a review: all there is to say about it, in one row."""

    code: str
    label: str
    # Field of the review with the date until which something is due in it.
    deadline: str | None = None
    # External id of the activity type of whoever acts in it.
    activity_type: str | None = None
    # Method of the review saying what keeps it here: recordset → {review: [blocker, …]}.
    blockers: str | None = None
    # Method of the review called, with sudo(), once the step has been entered.
    on_enter: str | None = None
    # Whether there is a way back into the step before.
    has_way_back: bool = False


STEPS = (
    Step(
        "preparation",
        "Preparation",
        deadline="preparation_deadline",
        activity_type="performance_review.mail_activity_type_preparation",
        blockers="_get_preparation_blockers",
    ),
    Step(
        "dialogue",
        "Dialogue",
        deadline="dialogue_deadline",
        activity_type="performance_review.mail_activity_type_dialogue",
        blockers="_get_dialogue_blockers",
        on_enter="_enter_dialogue",
        has_way_back=True,
    ),
    Step(
        "agreement",
        "Agreement",
        deadline="agreement_deadline",
        activity_type="performance_review.mail_activity_type_agreement",
        blockers="_get_agreement_blockers",
        on_enter="_enter_agreement",
        has_way_back=True,
    ),
    Step(
        "follow_up",
        "Follow-up",
        deadline="next_checkpoint_date",
        blockers="_get_follow_up_blockers",
        on_enter="_enter_follow_up",
    ),
    Step("done", "Done", on_enter="_enter_done"),
)
STEP_BY_CODE = {step.code: step for step in STEPS}
STEP_SELECTION = [(step.code, step.label) for step in STEPS]


class PerformanceReview(models.Model):
    """The way of a review through its steps: one table, one guard.

    The steps are rooms of their own, ``performance_review_<step>.py``; they extend the methods
    the table names. Whatever moves a review (button, dragged card, portal, RPC) writes
    ``state`` and so passes :meth:`_check_transition`.
    """

    _inherit = "performance.review"

    state = fields.Selection(
        STEP_SELECTION,
        string="Step",
        default="preparation",
        required=True,
        index=True,
        group_expand=True,
        copy=False,
    )
    date_done = fields.Date(string="Done on", readonly=True, copy=False)
    # Of the cycle, for people who need not read the cycle itself.
    gate_mode = fields.Selection(related="cycle_id.gate_mode")
    # Stored, or a board could not put what is due first on top.
    step_deadline = fields.Date(
        string="Deadline", compute="_compute_step_deadline", store=True, copy=False
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    @api.depends("state", *(step.deadline for step in STEPS if step.deadline))
    def _compute_step_deadline(self):
        for review in self:
            deadline = STEP_BY_CODE[review.state].deadline if review.state else None
            review.step_deadline = review[deadline] if deadline else False

    @api.depends("step_deadline")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for review in self:
            review.is_overdue = bool(review.step_deadline and review.step_deadline < today)

    def _search_is_overdue(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("step_deadline", "<", fields.Date.context_today(self))

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        moving = self.filtered(lambda review: review.state != vals["state"])
        moving._check_transition(vals["state"])
        return self._write_step(vals)

    def _write_step(self, vals, kind="step", reason=False):
        """Write values with a step that has been allowed, and all that comes with it.

        :param dict vals: values with ``state``
        :param str kind: kind of the line in the history
        :param reason: why, when somebody decided it
        :return: ``True``
        """
        moving = self.filtered(lambda review: review.state != vals["state"])
        steps = {review: (review.state, vals["state"]) for review in moving.sudo()}
        # The tail of write(), for verbs that have asked a guard of their own.
        result = super().write(vals)  # pylint: disable=super-method-mismatch
        self.env["performance.review.log"]._record(kind, steps, reason)
        moving._after_transition()
        return result

    def _check_is_reviewer(self):
        """Refuse whoever does not review all of these: the one place that says so.

        Verbs that work with ``sudo()`` bring the rights of their caller along.

        :raise AccessError: for somebody who may not read them, or is not the reviewer
        """
        self.check_access("read")
        if not self.env.su and any(
            review.reviewer_user_id != self.env.user for review in self.sudo()
        ):
            raise AccessError(self.env._("Only the reviewer does this."))

    def _check_transition(self, target):
        """The one guard of all steps, called from ``write``.

        :param str target: the step these reviews are about to enter
        :raise UserError: naming what is missing, or that the step is not the next one
        :raise AccessError: when somebody else than the reviewer moves a review
        """
        if not self:
            return
        self._check_is_reviewer()
        reviews = self.sudo()
        for cycle in reviews.cycle_id:
            if cycle.state in ("draft", "closed"):
                raise UserError(
                    self.env._(
                        "The cycle “%(cycle)s” is not open: its reviews stay where they are.",
                        cycle=cycle.name,
                    )
                )
        forward = reviews.filtered(lambda review: review._get_next_state() == target)
        for review in reviews - forward:
            review._check_step_back(target)
        forward._check_blockers()

    def _check_blockers(self):
        """Raise or warn, by the gate mode of the cycle, when something is missing."""
        blockers = self._collect_blockers()
        hard_codes = self._get_hard_blockers()
        refused, warned = [], []
        for review in self:
            found = blockers[review]
            if not found:
                continue
            hard = [blocker for blocker in found if blocker["code"] in hard_codes]
            if review.gate_mode == "strict":
                refused.append((review, found))
            elif hard:
                refused.append((review, hard))
            else:
                warned.append((review, found))
        if refused:
            raise UserError("\n".join(self._format_blockers(*each) for each in refused))
        if warned:
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "title": self.env._("Taken anyway, still missing"),
                    "message": "\n".join(self._format_blockers(*each) for each in warned),
                },
            )

    def _format_blockers(self, review, blockers):
        return self.env._(
            "%(employee)s: %(missing)s",
            employee=review.name,
            missing=" ".join(blocker["message"] for blocker in blockers),
        )

    def _check_step_back(self, target):
        self.ensure_one()
        if target == self._get_previous_state():
            if self.state != "agreement" or all(
                agreement.state == "draft" for agreement in self.agreement_ids
            ):
                return
            raise UserError(
                self.env._(
                    "%(employee)s: the agreement has been proposed, so the review cannot go back. "
                    "Withdraw or amend the agreement instead.",
                    employee=self.name,
                )
            )
        following = self._get_next_state()
        order = [step.code for step in STEPS]
        if not following or order.index(target) < order.index(self.state):
            raise UserError(
                self.env._(
                    "%(employee)s: from “%(step)s” there is no way back to “%(target)s”.",
                    employee=self.name,
                    step=self._get_state_label(),
                    target=self._get_state_label(target),
                )
            )
        raise UserError(
            self.env._(
                "%(employee)s: from “%(step)s” a review goes to “%(next)s”, one step at a time.",
                employee=self.name,
                step=self._get_state_label(),
                next=self._get_state_label(following),
            )
        )

    def _get_next_state(self):
        """Return the code of the step after this one, or ``None`` at the end."""
        self.ensure_one()
        following = STEPS.index(STEP_BY_CODE[self.state]) + 1
        return STEPS[following].code if following < len(STEPS) else None

    def _get_previous_state(self):
        """Return the code of the step this one may be taken back to, or ``None``."""
        self.ensure_one()
        step = STEP_BY_CODE[self.state]
        return STEPS[STEPS.index(step) - 1].code if step.has_way_back else None

    def _get_state_label(self, state=None):
        """Return the translated name of a step, by default the current one."""
        self.ensure_one()
        selection = self._fields["state"]._description_selection(self.env)
        return dict(selection)[state or self.state]

    # ------------------------------------------------------------------
    # Blockers
    # ------------------------------------------------------------------

    @api.model
    def _get_hard_blockers(self):
        """Return the codes of blockers that stop a review in every gate mode; a hook.

        Missing signatures do: there is nothing to follow up before both sides have put their
        names to it.

        :rtype: frozenset[str]
        """
        return frozenset({"agreement_missing", "agreement_not_proposed", "agreement_unsigned"})

    def _collect_blockers(self):
        """Return what keeps each review from its next step.

        :return: review → list of ``{"code": str, "message": str}``
        :rtype: dict
        """
        result = {review: [] for review in self}
        for state, reviews in self.grouped("state").items():
            if finder := STEP_BY_CODE[state].blockers:
                result.update(getattr(reviews, finder)())
        return result

    def _get_preparation_blockers(self):
        return {review: [] for review in self}

    def _get_dialogue_blockers(self):
        return {review: [] for review in self}

    def _get_agreement_blockers(self):
        return {review: [] for review in self}

    def _get_follow_up_blockers(self):
        return {review: [] for review in self}

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    @api.readonly
    def get_blockers(self):
        """Say what keeps this review from its next step.

        :return: ``[{"code": str, "message": str}, …]``, empty when the way is free
        :raise AccessError: for anybody who neither reviews nor works in HR; what is missing
            tells about a preparation they must not see
        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        self._check_sees_preparation()
        return self.sudo()._collect_blockers()[self.sudo()]

    def action_next(self):
        """Take the review one step on.

        :return: ``True``
        :raise UserError: one, naming all that is missing
        """
        self.ensure_one()
        self.check_access("read")
        target = self.sudo()._get_next_state()
        if not target:
            raise UserError(
                self.env._("%(employee)s: the review is done.", employee=self.sudo().name)
            )
        self.write({"state": target})
        return True

    def action_previous(self):
        """Take the review one step back, where nothing has been proposed yet.

        :return: ``True``
        :raise UserError: when this step has no way back
        """
        self.ensure_one()
        self.check_access("read")
        rank = STEPS.index(STEP_BY_CODE[self.sudo().state])
        if not rank:
            raise UserError(self.env._("Preparation is the first step."))
        self.write({"state": STEPS[rank - 1].code})
        return True

    def action_open_history(self):
        """Open what happened to these reviews, as far as the user may read it.

        :return: an ``ir.actions.act_window`` dict
        """
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_review_log_action"
        )
        action["domain"] = [("review_id", "in", self.ids)]
        return action

    # ------------------------------------------------------------------
    # What a step brings with it
    # ------------------------------------------------------------------

    def _after_transition(self):
        """Prepare the step just entered and move the activities along."""
        entered = self.sudo()
        for state, reviews in entered.grouped("state").items():
            if on_enter := STEP_BY_CODE[state].on_enter:
                getattr(reviews, on_enter)()
        entered._activity_update()

    def _enter_dialogue(self):
        """Hook of the dialogue's room."""

    def _enter_agreement(self):
        """Hook of the agreement's room."""

    def _enter_follow_up(self):
        """Hook of the follow-up's room."""

    def _enter_done(self):
        self.write({"date_done": fields.Date.today()})
