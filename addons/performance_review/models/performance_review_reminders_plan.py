from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from .performance_agreement import IN_FORCE
from .performance_agreement_refusal import SIGNING_DAYS
from .performance_review_reminders import Reminder


class PerformanceReview(models.Model):
    """What people are reminded of while they follow up: checkpoints and commitments (F3).

    Commitments are counted and never named: what they say belongs to the agreement.
    """

    _inherit = "performance.review"

    @api.model
    def _get_reminders(self, date):
        return [
            *super()._get_reminders(date),
            *self._get_checkpoint_reminders(date),
            *self._get_commitment_reminders(date),
            *self._get_target_reminders(date),
            *self._get_amendment_reminders(date),
        ]

    @api.model
    def _get_target_reminders(self, date):
        proposals = (
            self.env["performance.target.proposal"]
            .sudo()
            .search_fetch(
                self._get_reminder_domain(date, "answer_until", "review_id.cycle_id")
                & Domain("state", "=", "open"),
                ["review_id", "side", "answer_until", "proposed_on"],
            )
        )
        proposals.review_id.fetch(["employee_user_id", "reviewer_user_id"])
        found = []
        for proposal in proposals:
            employee, reviewer = proposal.review_id._get_reminded_sides()
            found.append(
                Reminder(
                    code="target",
                    model=proposal._name,
                    res_id=proposal.id,
                    review_id=proposal.review_id.id,
                    date=proposal.answer_until,
                    since=proposal.proposed_on,
                    people=(reviewer if proposal.side == "employee" else employee,),
                    # An answer is between the two: nobody above is told that it is late.
                    escalates=False,
                    say="_say_target_reminders",
                )
            )
        return found

    @api.model
    def _say_target_reminders(self, role, dues):
        reviews = self.browse({due.review_id for due in dues})
        return [
            {
                "text": self.browse(due.review_id)
                .with_prefetch(reviews.ids)
                ._say_target_proposal(role),
                "anchor": "plan",
            }
            for due in dues
        ]

    @api.model
    def _get_checkpoint_reminders(self, date):
        checkpoints = (
            self.env["performance.checkpoint"]
            .sudo()
            .search_fetch(
                self._get_reminder_domain(date, "date", "review_id.cycle_id")
                & Domain("state", "=", "planned")
                & Domain("review_id.state", "=", "follow_up"),
                ["review_id", "date", "create_date"],
            )
        )
        if not checkpoints:
            return []
        checkpoints.review_id.fetch(["employee_user_id", "reviewer_user_id"])
        # Something has been recorded: only the reviewer's tick is missing.
        groups = (
            self.env["performance.progress"]
            .sudo()
            ._read_group([("checkpoint_id", "in", checkpoints.ids)], ["checkpoint_id"])
        )
        recorded = {checkpoint.id for (checkpoint,) in groups}
        found = []
        for checkpoint in checkpoints:
            sides = checkpoint.review_id._get_reminded_sides()
            is_recorded = checkpoint.id in recorded
            found.append(
                Reminder(
                    code="checkpoint",
                    model=checkpoint._name,
                    res_id=checkpoint.id,
                    review_id=checkpoint.review_id.id,
                    date=checkpoint.date,
                    since=checkpoint.create_date.date(),
                    people=sides[1:] if is_recorded else sides,
                    escalates=not is_recorded,
                    say="_say_checkpoint_reminders",
                )
            )
        return found

    @api.model
    def _say_checkpoint_reminders(self, role, dues):
        return [
            {"text": self._say_checkpoint(role, due.date, due.today), "anchor": "next_checkpoint"}
            for due in dues
        ]

    @api.model
    def _get_amendment_reminders(self, date):
        days = timedelta(days=SIGNING_DAYS)
        versions = (
            self.env["performance.agreement"]
            .sudo()
            .search_fetch(
                self._get_reminder_domain(date - days, "proposed_on", "review_id.cycle_id")
                & Domain("state", "=", "proposed")
                & Domain("review_id.state", "=", "follow_up"),
                ["review_id", "proposed_on", "employee_signed_on", "reviewer_signed_on"],
            )
        )
        versions.review_id.fetch(["employee_user_id", "reviewer_user_id"])
        return [
            Reminder(
                code="amendment",
                model=version._name,
                res_id=version.id,
                review_id=version.review_id.id,
                date=version._get_signing_deadline(),
                since=version.proposed_on.date(),
                people=tuple(
                    (role, user_id)
                    for role, user_id in version.review_id._get_reminded_sides()
                    if not version[f"{role}_signed_on"]
                ),
                # Nobody above learns of a version that is not signed.
                escalates=False,
                say="_say_amendment_reminders",
            )
            for version in versions
        ]

    @api.model
    def _say_amendment_reminders(self, _role, dues):
        reviews = self.browse({due.review_id for due in dues})
        reviews.fetch(["agreement_id"])
        return [
            {
                "text": self.env._(
                    "Read and sign version %(n)s of the agreement", n=newest.version
                ),
                "anchor": "agreement",
            }
            for due in dues
            for newest in [self.browse(due.review_id).agreement_id]
        ]

    @api.model
    def _get_commitment_reminders(self, date):
        lines = (
            self.env["performance.commitment"]
            .sudo()
            .search_fetch(
                self._get_reminder_domain(date, "date_deadline", "agreement_id.review_id.cycle_id")
                & Domain("outcome", "=", "open")
                & Domain("agreement_id.state", "in", IN_FORCE)
                & Domain("agreement_id.review_id.state", "=", "follow_up"),
                ["agreement_id", "owner", "owner_user_id", "date_deadline", "create_date"],
            )
        )
        if not lines:
            return []
        lines.agreement_id.review_id.fetch(["employee_user_id", "reviewer_user_id"])
        newest = self.env["performance.progress"].sudo()._get_newest("commitment_id", lines)
        return [
            self._prepare_commitment_reminder(line) for line in lines if newest[line].percent < 100
        ]

    @api.model
    def _prepare_commitment_reminder(self, line):
        """Return the :class:`Reminder` of a commitment: of its owner, overdue of both sides."""
        review = line.agreement_id.review_id
        sides = review._get_reminded_sides()
        owners = {
            "employee": sides[:1],
            "hr": (("officer", line.owner_user_id.id),),
            # Of the company nobody in person: whoever leads the review sees to it.
        }.get(line.owner, sides[1:])
        return Reminder(
            code=f"commitment_{line.owner}",
            model=line._name,
            res_id=line.id,
            review_id=review.id,
            date=line.date_deadline,
            since=line.create_date.date(),
            people=owners,
            late_people=sides,
            say="_say_commitment_reminders",
        )

    @api.model
    def _say_commitment_reminders(self, role, dues):
        reviews = self.browse({due.review_id for due in dues})
        said = []
        for due in dues:
            review = self.browse(due.review_id).with_prefetch(reviews.ids)
            owner = due.code.removeprefix("commitment_")
            text = review._say_commitments(role, owner, due.count, due.is_overdue)
            said.append({"text": text, "anchor": "agreement"})
        return said

    def _say_commitments(self, role, owner, count, is_overdue):
        """Return what commitments of one owner and date mean to a reader, by their number.

        :rtype: str
        """
        self.ensure_one()
        one = count == 1
        is_owner = role == owner or (role == "officer" and owner == "hr")
        if is_owner and not is_overdue:
            return (
                self.env._("A commitment of yours is due")
                if one
                else self.env._("%(count)s commitments of yours are due", count=count)
            )
        if not is_overdue:
            return (
                self.env._("A support for %(employee)s is due", employee=self.name)
                if one
                else self.env._(
                    "%(count)s supports for %(employee)s are due", count=count, employee=self.name
                )
            )
        if is_owner:
            return (
                self.env._("A commitment of yours is overdue")
                if one
                else self.env._("%(count)s commitments of yours are overdue", count=count)
            )
        if role == "employee":
            return (
                self.env._("A support you were promised is overdue")
                if one
                else self.env._("%(count)s supports you were promised are overdue", count=count)
            )
        if owner == "employee":
            return (
                self.env._("A commitment of %(employee)s is overdue", employee=self.name)
                if one
                else self.env._(
                    "%(count)s commitments of %(employee)s are overdue",
                    count=count,
                    employee=self.name,
                )
            )
        return (
            self.env._("A support for %(employee)s is overdue", employee=self.name)
            if one
            else self.env._(
                "%(count)s supports for %(employee)s are overdue", count=count, employee=self.name
            )
        )
