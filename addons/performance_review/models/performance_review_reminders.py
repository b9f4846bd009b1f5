from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import arguments
from .performance_review_landing import OFFICER

DATED_STEPS = ("preparation", "dialogue", "agreement")
# Who comes back from leave, and a server from its downtime, is told what happened meanwhile; what
# is overdue for longer than that has been told to everybody.
GRACE_DAYS = 60


class Reminder(NamedTuple):
    """Something with a date, and who has to do with it: what :meth:`_get_reminders` returns."""

    # Kind of the thing; those of one kind, review and date share a sentence.
    code: str
    # The thing itself, of which each rung of the ladder is remembered.
    model: str
    res_id: int
    review_id: int
    # Until when, and since when somebody could know of it.
    date: object
    since: object
    # Pairs of role and user's id; roles are those of the next action.
    people: tuple
    # Likewise, who is told besides once it is overdue.
    late_people: tuple = ()
    # Whether the upper manager and HR are told when it stays undone.
    escalates: bool = True
    # Method of the review that says it, see _say_step_reminders().
    say: str = "_say_step_reminders"
    # Of what belongs to no review (``review_id`` is ``False``, nothing escalates): its cycle,
    # whose company says when. The sentence then brings its own ``url``.
    cycle_id: int | bool = False


class Due(NamedTuple):
    """What one sentence is about: things of one kind, review and date."""

    code: str
    review_id: int
    date: object
    count: int
    # The day of the reader.
    today: object
    # Of what belongs to no review.
    cycle_id: int | bool = False

    @property
    def is_overdue(self):
        """Whether its date has passed; what somebody asked for may have none."""
        return bool(self.date and self.date < self.today)


class PerformanceReview(models.Model):
    """What people are reminded of (F3): steps and disputes here, the plan in a file of its own.

    Everything is read for others, with ``sudo()``, so each sentence holds only what its role may
    read: the step, dates and names, never a word that somebody wrote.
    """

    _inherit = "performance.review"

    _dated_steps = models.Index(
        "(step_deadline) WHERE state IN ('preparation', 'dialogue', 'agreement')"
    )

    @api.model
    def _get_reminders(self, date):
        """Return everything undone with a date that a ladder reaches on ``date``; a seam.

        Rungs, escalation, quiet days and the memory of what has been said are not its question.

        :param datetime.date date: the latest day it is anywhere; elsewhere it is the day before
        :rtype: list[Reminder]
        """
        return [*self._get_step_reminders(date), *self._get_mediation_reminders(date)]

    @api.model
    def _get_reminder_domain(self, date, name, cycle):
        """Return where reminders look for what has a date, whatever it is.

        :param datetime.date date: as for :meth:`_get_reminders`
        :param str name: of the field with the date
        :param str cycle: of the field that leads to the cycle
        :return: of dates within the longest ladder, of open cycles, of companies that remind
        :rtype: Domain
        """
        companies = self.env["res.company"].sudo().search([("performance_reminders", "=", True)])
        ladders = [company._get_performance_ladder() for company in companies]
        if not ladders:
            return Domain.FALSE
        first = date - timedelta(days=max(max(after) for _before, after in ladders) + GRACE_DAYS)
        last = date + timedelta(days=max(max(before) for before, _after in ladders))
        cycles = (
            self.env["performance.cycle"]
            .sudo()
            .search([("state", "=", "open"), ("company_id", "in", companies.ids)])
        )
        return (
            Domain(name, ">=", first) & Domain(name, "<=", last) & Domain(cycle, "in", cycles.ids)
        )

    @api.model
    def _get_step_reminders(self, date):
        reviews = self.sudo().search_fetch(
            self._get_reminder_domain(date, "step_deadline", "cycle_id")
            & Domain("state", "in", DATED_STEPS),
            [
                "state", "step_deadline", "create_date", "employee_user_id", "reviewer_user_id",
                "employee_ready", "agreement_id",
            ],
        )  # fmt: skip
        if not reviews:
            return []
        entered = dict(
            self.env["performance.review.log"]
            .sudo()
            ._read_group(
                [("review_id", "in", reviews.ids), ("kind", "=", "step")],
                ["review_id"],
                ["date:max"],
            )
        )
        return [
            Reminder(
                code=review.state,
                model=self._name,
                res_id=review.id,
                review_id=review.id,
                date=review.step_deadline,
                since=(entered.get(review) or review.create_date).date(),
                people=sides if review._waits_for_employee() else sides[1:],
            )
            for review in reviews
            for sides in (review._get_reminded_sides(),)
        ]

    def _waits_for_employee(self):
        """Say whether the employee may have something to do in this step; most have not."""
        self.ensure_one()
        if self.state == "agreement":
            return self.agreement_id.state == "proposed"
        return not self.employee_ready

    def _get_reminded_sides(self):
        """Return employee and reviewer as :class:`Reminder` names people."""
        self.ensure_one()
        return (
            ("employee", self.employee_user_id.id),
            ("reviewer", self.reviewer_user_id.id),
        )

    @api.model
    def _get_mediation_reminders(self, date):
        mediations = (
            self.env["performance.mediation"]
            .sudo()
            .search_fetch(
                self._get_reminder_domain(date, "date_deadline", "agreement_id.review_id.cycle_id")
                & Domain("state", "=", "open"),
                ["agreement_id", "user_id", "date_deadline", "create_date"],
            )
        )
        return [
            Reminder(
                code="mediation",
                model=mediation._name,
                res_id=mediation.id,
                review_id=mediation.agreement_id.review_id.id,
                date=mediation.date_deadline,
                since=mediation.create_date.date(),
                people=(
                    (
                        "officer",
                        (mediation.user_id or mediation.agreement_id.review_id._get_mediator()).id,
                    ),
                ),
                # Nobody above learns of a dispute.
                escalates=False,
                say="_say_mediation_reminders",
            )
            for mediation in mediations
        ]

    # ------------------------------------------------------------------
    # Sentences, in the language and time zone of the environment
    # ------------------------------------------------------------------

    @api.model
    def _say_step_reminders(self, role, dues):
        """Say what is due in a step: to the two sides their next action, to others who leads.

        :param str role: of the readers
        :param list[Due] dues: what it is about, each of another review
        :return: for each ``text`` and ``anchor``, or ``None`` when it is not this reader's turn
        :rtype: list[dict | None]
        """
        reviews = self.browse({due.review_id for due in dues})
        if role not in ("employee", "reviewer"):
            return [
                {"text": self.browse(due.review_id).with_prefetch(reviews.ids)._say_who_leads()}
                for due in dues
            ]
        actions = reviews._find_next_actions({role: reviews})
        said = []
        for due in dues:
            action = actions[self.browse(due.review_id)]
            # Overdue, the reviewer is told as well for what the other side is waited.
            is_told = not action["is_waiting"] or (due.is_overdue and role == "reviewer")
            said.append(action if is_told else None)
        return said

    @api.model
    def _say_mediation_reminders(self, _role, dues):
        reviews = self.browse({due.review_id for due in dues})
        return [
            {"text": self.browse(due.review_id).with_prefetch(reviews.ids)._say_mediation()}
            for due in dues
        ]

    # ------------------------------------------------------------------
    # Whom overdue things are told to
    # ------------------------------------------------------------------

    def _find_escalation(self):
        """Return whom overdue things are told to beyond the two sides.

        The nearest manager above the reviewer who reads the review, and whoever in HR is
        responsible for the cycle and no party of the review.

        :return: review → (user's id of the upper manager, of HR), ``False`` for nobody
        :rtype: dict
        """
        above = self._find_users_above(self.reviewer_id)
        result = {}
        for review in self:
            readers = set(review.upper_user_ids.ids)
            upper = [user for user in above.get(review.reviewer_id.id, ()) if user in readers]
            result[review] = (upper[0] if upper else False, review._get_mediator().id)
        return result

    # ------------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------------

    def action_remind(self, role=None):
        """Remind whoever has something to do on these reviews, with the next mail; HR only.

        Nobody gets a mail more for it: it joins the one of the next working day. Asking twice
        on one day reminds once.

        :param str role: ``employee`` or ``reviewer``, to remind one side alone
        :return: a notification that says how many people are reminded (an action dict)
        :raise AccessError: for anybody but HR, and about oneself
        :raise UserError: for another role
        """
        self.check_access("read")
        # Among many the own one is passed over.
        reviews = self.sudo().filtered(lambda review: review.employee_user_id != self.env.user)
        if not self.env.user.has_group(OFFICER) or (self and not reviews):
            raise AccessError(self.env._("Only HR reminds, and nobody about the own review."))
        reviews = reviews.filtered(lambda review: review.cycle_id.state == "open")
        sides = ("employee", "reviewer")
        chosen = arguments.read_choice(self.env, role, self.env._("Side"), sides, required=False)
        found = []
        for side in [chosen] if chosen else sides:
            actions = reviews._find_next_actions({side: reviews})
            found += [
                (review, review[f"{side}_user_id"])
                for review, action in actions.items()
                if not action["is_waiting"] and review[f"{side}_user_id"].active
            ]
        self.env["performance.reminder.line"]._wait_for_mail("asked", found)
        people = len({user for _review, user in found})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if people else "info",
                "message": self.env._("Nobody has anything to do here.")
                if not people
                else self.env._("One person is reminded with the next mail.")
                if people == 1
                else self.env._("%(count)s people are reminded with the next mail.", count=people),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
