from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from .performance_agreement import IN_FORCE

OFFICER = "performance_review.group_performance_review_officer"


class Facts(NamedTuple):
    """What the next action on one review depends on, as far as its reader may read it."""

    # The reader's own, as long as it matters.
    assessment: models.Model
    agreements: models.Model
    # What HR does about a dispute; for HR alone.
    mediation: models.Model
    dialogues: models.Model
    points_found: int
    # The planned ones at least.
    checkpoints: models.Model
    open_commitments: int
    meeting_start: object
    # One of the two has declined it.
    meeting_declined: bool
    today: object
    # HR is wanted by a rule; for HR alone.
    hr_wanted: bool = False

    @property
    def agreement(self):
        """The newest version; a slice alone would read line by line."""
        return self.agreements[:1].with_prefetch(self.agreements._prefetch_ids)

    @property
    def checkpoint(self):
        """The nearest one that is planned."""
        planned = self.checkpoints.filtered(lambda checkpoint: checkpoint.state == "planned")
        return planned[:1].with_prefetch(self.checkpoints._prefetch_ids)

    @property
    def in_force(self):
        holding = self.agreements.filtered(lambda agreement: agreement.state in IN_FORCE)
        return holding[:1].with_prefetch(self.agreements._prefetch_ids)


class PerformanceReview(models.Model):
    """The one thing its reader does next: one sentence, one verb, one deadline (X6).

    Board, list, form, portal and reminders show what :meth:`_get_next_actions` says. Facts are
    collected with the reader's own rights, so that no sentence tells more than its reader may
    read. A glue addon overrides the method of a role, ``_get_<role>_action``.
    """

    _inherit = "performance.review"

    next_action_text = fields.Char(string="Next step", compute="_compute_next_action")
    next_action_label = fields.Char(string="Do it", compute="_compute_next_action")
    next_action_method = fields.Char(
        compute="_compute_next_action", export_string_translation=False
    )
    next_action_date = fields.Date(string="Next step until", compute="_compute_next_action")
    next_action_overdue = fields.Boolean(
        string="Next step is overdue", compute="_compute_next_action"
    )

    @api.depends_context("uid", "lang")
    @api.depends(
        "state", "reviewer_user_id", "employee_user_id", "meeting_start",
        "meeting_id.attendee_ids.state", "step_deadline",
        "point_ids.is_complete", "self_assessment_ids.state", "dialogue_ids.date_start",
        "dialogue_ids.date_end", "dialogue_ids.employee_confirmed_on", "agreement_ids.state",
        "agreement_ids.employee_signed_on", "agreement_ids.reviewer_signed_on",
        "agreement_ids.missing_text", "checkpoint_ids.state", "checkpoint_ids.date",
        "target_waits_for", "agreement_ids.objection_answered_on",
        "agreement_ids.employee_read_answer_on", "agreement_ids.reviewer_read_answer_on",
    )  # fmt: skip
    def _compute_next_action(self):
        actions = self._origin._get_next_actions()
        nothing = self._wait("nothing", "")
        for review in self:
            action = actions.get(review._origin, nothing)
            review.next_action_text = action["text"]
            review.next_action_label = action["label"]
            review.next_action_method = action["method"]
            review.next_action_date = action["date"]
            review.next_action_overdue = action["is_overdue"]

    def _get_next_action(self, user=None):
        """Return what ``user`` does next on this review; see :meth:`_get_next_actions`.

        :rtype: dict
        """
        self.ensure_one()
        return self._get_next_actions(user)[self]

    def _get_next_actions(self, user=None):
        """Return the one thing to do next, or to wait for, on each of these reviews.

        The number of queries does not depend on the number of reviews.

        :param user: ``res.users`` who reads; by default the one of the environment. Reviews
            this user cannot read get an empty sentence.
        :return: review → ``code``; ``text``, the sentence; ``label`` of the button and
            ``method`` of this model it calls, false when there is nothing to do; ``anchor``, the
            section of the portal page; ``date``, the deadline; ``is_overdue``; ``icon``;
            ``is_waiting``, when it is somebody else's turn
        :rtype: dict
        """
        user = user or self.env.user
        reviews = self
        if user != self.env.user or self.env.su:
            # The companies somebody else has chosen say nothing about this reader's.
            reviews = self.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        readable = reviews._filtered_access("read")
        nothing = dict.fromkeys(reviews, reviews._wait("nothing", ""))
        return nothing | readable._find_next_actions(readable._group_by_role())

    def _find_next_actions(self, by_role):
        """Return the one thing whoever has a role does next on each of these reviews.

        :param by_role: role → the reviews it is asked for, each of them once
        :return: review → an answer, see :meth:`_get_next_actions`
        :rtype: dict
        """
        facts = self._collect_next_facts(by_role)
        return {
            review: getattr(review, f"_get_{role}_action")(facts[review])
            for role, reviews in by_role.items()
            for review in reviews
        }

    def _get_reader_role(self):
        """Return as what the user reads this review; a party of it is nothing else.

        :return: ``"employee"``, ``"reviewer"``, ``"officer"`` or ``"upper"``
        :rtype: str
        """
        self.ensure_one()
        card = self.sudo()
        if card.employee_user_id == self.env.user:
            return "employee"
        if card.reviewer_user_id == self.env.user:
            return "reviewer"
        return "officer" if self.env.user.has_group(OFFICER) else "upper"

    def _group_by_role(self):
        """Return these reviews by the role in which the user reads them (``dict``)."""
        by_role = defaultdict(self.browse)
        for review in self:
            by_role[review._get_reader_role()] |= review
        return by_role

    def _collect_next_facts(self, by_role=None):
        """Read what the sentences need, only where a reader's sentence needs it.

        :param by_role: role → the reviews read in it, by default as the user reads them
        :return: review → :class:`Facts`
        :rtype: dict
        """
        by_role = by_role or self._group_by_role()
        own, led, overseen = (
            by_role.get(role, self.browse()) for role in ("employee", "reviewer", "officer")
        )
        involved = own | led | overseen
        following = self.filtered(lambda review: review.state == "follow_up")
        agreed = (led | overseen).filtered(
            lambda review: review.state in ("agreement", "follow_up")
        )

        def search(model, reviews, names, domain=Domain.TRUE, order=None):
            records = self.env[model]
            if reviews:
                domain = Domain("review_id", "in", reviews.ids) & domain
                names = names and ["review_id", *names]
                records = records.search_fetch(domain, names, order=order)
            # Each group reads ahead for all of them.
            return {
                review: group.with_prefetch(records.ids)
                for review, group in records.grouped("review_id").items()
            }

        none = {name: self.env[f"performance.{name}"] for name in (
            "self.assessment", "agreement", "mediation", "dialogue", "checkpoint",
        )}  # fmt: skip
        # The employee's page shows whole records: of one's own, all is read.
        early = own.filtered(lambda review: review.state in ("preparation", "dialogue"))
        assessments = search("performance.self.assessment", early, None)
        agreements = {review: review.readable_agreement_ids for review in own | agreed}
        if self.env.su:
            # A reminder is written for others: to the employee as if drafts were not there.
            for review in own:
                agreements[review] = agreements[review].filtered("proposed_on")
        disputed = {review: group for review, group in agreements.items() if review in overseen}
        mediations = self._find_open_mediations(disputed)
        dialogues = search(
            "performance.dialogue",
            own | led.filtered(lambda review: review.state == "dialogue"),
            None if own else ["date_start", "date_end", "duration", "employee_confirmed_on"],
            order="id desc",
        )
        if len(following) == 1:
            # A form or a page shows all of them, which are then read once.
            checkpoints = {following: following.checkpoint_ids._filtered_access("read")}
        else:
            checkpoints = search(
                "performance.checkpoint", following, ["date", "state"],
                Domain("state", "=", "planned"), order="date, id",
            )  # fmt: skip
        # Until the dialogue is over; afterwards its record says when it was.
        ahead = involved.filtered(lambda review: review.state in ("preparation", "dialogue"))
        meeting = (own | led) & ahead
        prepared = led.filtered(lambda review: review.state == "preparation")
        # Outcomes are asked for once no checkpoint is ahead.
        over = (led & following).filtered(
            lambda review: (
                "planned" not in checkpoints.get(review, none["checkpoint"]).mapped("state")
            )
        )
        open_commitments = over._count_open_commitments()
        hr_wanted = overseen._find_hr_wanted()
        today = fields.Date.context_today(self)
        result = {}
        for review in self:
            result[review] = Facts(
                assessment=assessments.get(review, none["self.assessment"]),
                agreements=agreements.get(review, none["agreement"]),
                mediation=mediations.get(review, none["mediation"]),
                dialogues=dialogues.get(review, none["dialogue"]),
                points_found=review.points_found if review in prepared else 0,
                checkpoints=checkpoints.get(review, none["checkpoint"]),
                open_commitments=open_commitments.get(review.id, 0),
                # Read with sudo: the appointment is private, its time belongs to both.
                meeting_start=review in ahead and review.sudo().meeting_start,
                meeting_declined=review in meeting and review.sudo()._is_meeting_declined(),
                today=today,
                hr_wanted=review in hr_wanted,
            )
        return result

    def _count_open_commitments(self):
        """Count commitments in force without an outcome, with the reader's own rights.

        :return: review id → number
        :rtype: dict[int, int]
        """
        if not self:
            return {}
        groups = self.env["performance.commitment"]._read_group(
            [
                ("agreement_id.review_id", "in", self.ids),
                ("agreement_id.state", "in", IN_FORCE),
                ("outcome", "=", "open"),
            ],
            ["agreement_id"],
            ["__count"],
        )
        return {agreement.review_id.id: count for agreement, count in groups}

    # ------------------------------------------------------------------
    # Building an answer
    # ------------------------------------------------------------------

    def _act(self, code, text, label, method, icon, date=False, anchor=False, is_waiting=False):
        """Return an answer of :meth:`_get_next_actions`."""
        today = fields.Date.context_today(self)
        return {
            "code": code,
            "text": text,
            "label": label,
            "method": method,
            "anchor": anchor,
            "date": date,
            "is_overdue": bool(date and date < today),
            "icon": icon,
            "is_waiting": is_waiting,
        }

    def _wait(self, code, text, icon="fa-clock-o", date=False):
        """Return the answer that there is nothing to do, for lack of one's turn."""
        return self._act(code, text, False, False, icon, date, is_waiting=True)

    def _get_signing_date(self, agreement):
        """Return until when a version is settled: in its step, or some days after its proposal."""
        if self.state == "agreement":
            return self.agreement_deadline
        return agreement.state == "proposed" and agreement._get_signing_deadline()

    def _get_reviewer_name(self):
        """Return the reviewer's name for a sentence to the employee."""
        self.ensure_one()
        return self.sudo().reviewer_id.name or self.env._("your manager")

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_do_next(self):
        """Do, or open, what the user does next on this review.

        The verb behind it has its own guard. Where there is nothing to do the review opens.

        :raise AccessError: for somebody who cannot read the review
        :return: an action dict for the web client; after a verb that opens nothing, the one
            that reads the screen anew
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        method = self._get_next_action()["method"] or "action_open_review"
        result = getattr(self, method)()
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_open_review(self):
        """Open the review's form (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        return self._open_form()

    def _open_form(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review"),
            "res_model": "performance.review",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_checkpoint(self):
        """Open the nearest planned checkpoint, without one the review (an action dict)."""
        self.ensure_one()
        self.check_access("read")
        checkpoint = self.env["performance.checkpoint"].search(
            [("review_id", "=", self.id), ("state", "=", "planned")], order="date, id", limit=1
        )
        if not checkpoint:
            return self.action_open_review()
        if self.state == "follow_up" and (checkpoint.is_reviewer or checkpoint.is_employee):
            return checkpoint.action_open_noting()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Checkpoint"),
            "res_model": "performance.checkpoint",
            "res_id": checkpoint.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
