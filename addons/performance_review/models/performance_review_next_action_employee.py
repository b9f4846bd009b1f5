from odoo import fields, models
from odoo.tools.misc import format_date


class PerformanceReview(models.Model):
    """What the employee does next on a review, one sentence for each situation."""

    _inherit = "performance.review"

    def _get_employee_action(self, facts):
        """Return what the employee does next; nothing about the reviewer's sheet.

        :param Facts facts: what the employee may read
        :rtype: dict
        """
        self.ensure_one()
        reviewer = self._get_reviewer_name()
        if self.state in ("preparation", "dialogue"):
            return self._get_employee_preparation_action(facts)
        proposed = facts.agreements.filtered(
            lambda agreement: agreement.state == "proposed" and self.state != "done"
        )[:1]
        if proposed and not proposed.employee_signed_on:
            return self._act(
                "sign",
                self.env._("Read and sign the agreement")
                if proposed.version == 1
                else self.env._("Read and sign version %(n)s of the agreement", n=proposed.version),
                self.env._("Read and sign"),
                "action_open_agreement",
                "fa-pencil-square-o",
                self._get_signing_date(proposed),
                "agreement",
            )
        if facts.dialogues.filtered(
            lambda dialogue: dialogue.date_end and not dialogue.employee_confirmed_on
        ):
            return self._act(
                "confirm",
                self.env._("Confirm that the dialogue took place"),
                self.env._("Confirm"),
                "action_open_dialogue",
                "fa-check-square-o",
                anchor="dialogue",
            )
        if facts.agreement.state == "disputed" and self.state != "done":
            return self._wait("dispute", self.env._("HR looks into your disagreement"))
        if proposed:
            return self._wait(
                "signature",
                self.env._(
                    "You have signed; the signature of %(reviewer)s is missing", reviewer=reviewer
                ),
            )
        if self.state == "agreement":
            return self._wait(
                "agreement",
                self.env._("%(reviewer)s writes down what you agreed on", reviewer=reviewer),
            )
        if self.state == "follow_up":
            return (
                self._get_target_action("employee")
                or self._get_objection_action(facts)
                or self._get_answer_action(facts, "employee")
                or self._get_employee_checkpoint_action(facts)
            )
        return self._wait("done", self.env._("This review is done"), "fa-flag-checkered")

    def _get_employee_preparation_action(self, facts):
        if facts.assessment.state != "submitted":
            return self._act(
                "self_assessment",
                self.env._("Finish your self-assessment")
                if facts.assessment.answered_count
                else self.env._("Write your self-assessment"),
                self.env._("Write"),
                "action_open_self_assessment",
                "fa-pencil",
                self.step_deadline,
                "self_assessment",
            )
        reviewer = self._get_reviewer_name()
        if facts.meeting_start and facts.meeting_declined:
            return self._wait(
                "appointment_declined",
                self.env._(
                    "The appointment is declined: %(reviewer)s looks for another time",
                    reviewer=reviewer,
                ),
                "fa-calendar-times-o",
            )
        if facts.meeting_start and facts.meeting_start >= fields.Datetime.now():
            when = self.env.user._say_moment(facts.meeting_start)
            return self._wait(
                "appointment", self.env._("Your dialogue: %(when)s", when=when), "fa-comments-o"
            )
        if facts.meeting_start:
            return self._wait(
                "record", self.env._("%(reviewer)s writes down the dialogue", reviewer=reviewer)
            )
        return self._wait(
            "invitation",
            self.env._("%(reviewer)s will invite you to the dialogue", reviewer=reviewer),
        )

    def _get_objection_action(self, facts):
        """Return that one may still object, unless a checkpoint is due; ``None`` for others."""
        date = facts.checkpoint.date
        agreement = facts.agreement
        if not agreement.can_object or (date and date <= facts.today):
            return None
        return self._act(
            "object",
            self.env._("The agreement holds without your signature: read it, object if need be"),
            self.env._("Read"),
            "action_open_agreement",
            "fa-exclamation-circle",
            agreement.objection_until,
            "agreement",
        )

    def _get_employee_checkpoint_action(self, facts):
        date = facts.checkpoint.date
        if not date:
            return self._wait(
                "checkpoints_over",
                self.env._("All checkpoints are behind you"),
                "fa-flag-checkered",
            )
        if date < facts.today and not facts.checkpoint.is_overdue:
            return self._wait(
                "checkpoint_recorded",
                self.env._(
                    "The checkpoint of %(date)s is recorded: your manager looks at it with you",
                    date=format_date(self.env, date),
                ),
                "fa-line-chart",
            )
        return self._act(
            "checkpoint",
            self._say_checkpoint("employee", date, facts.today),
            self.env._("Record your progress"),
            "action_open_checkpoint",
            "fa-line-chart",
            date,
            "next_checkpoint",
        )

    def _say_checkpoint(self, role, date, today):
        """Return what a planned checkpoint means to whoever has a role.

        :param str role: see :meth:`_get_reader_role`
        :param datetime.date date: of the checkpoint
        :rtype: str
        """
        when = format_date(self.env, date)
        if role == "reviewer" and date <= today:
            return self.env._("Note the checkpoint of %(date)s", date=when)
        if date < today:
            return self.env._("The checkpoint of %(date)s is overdue", date=when)
        return self.env._("Next checkpoint on %(date)s", date=when)
