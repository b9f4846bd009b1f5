from odoo import models

from .performance_review_preparation import POINT_KINDS


class PerformanceReview(models.Model):
    """What the reviewer does next on a review, one sentence for each situation."""

    _inherit = "performance.review"

    def _get_reviewer_action(self, facts):
        """Return what the reviewer does next.

        :param Facts facts: what the reviewer may read
        :rtype: dict
        """
        self.ensure_one()
        if self.state == "done":
            return self._wait("done", self.env._("This review is done"), "fa-flag-checkered")
        if self.sudo().cycle_id.state == "closed":
            return self._wait(
                "closed", self.env._("The cycle is closed: the review stays where it is")
            )
        finder = {
            "preparation": self._get_reviewer_preparation_action,
            "dialogue": self._get_reviewer_dialogue_action,
            "agreement": self._get_reviewer_agreement_action,
            "follow_up": self._get_reviewer_follow_up_action,
        }[self.state]
        return finder(facts)

    def _get_reviewer_preparation_action(self, facts):
        cycle = self.sudo().cycle_id
        needed = cycle.min_points * len(POINT_KINDS)
        if facts.points_found < needed:
            return self._act(
                "prepare",
                self.env._(
                    "Prepare the sheet: %(found)s of %(needed)s points are complete",
                    found=facts.points_found,
                    needed=needed,
                ),
                self.env._("Prepare"),
                "action_open_review",
                "fa-pencil",
                self.preparation_deadline,
            )
        if not self.is_sheet_submitted and not self.is_revealed:
            return self._act(
                "submit_sheet",
                self.env._("The sheet is complete: hand it in"),
                self.env._("Hand in"),
                "action_submit_sheet",
                "fa-check-square-o",
                self.preparation_deadline,
            )
        if not facts.meeting_start or facts.meeting_declined:
            return self._get_appointment_action(facts)
        if cycle.require_self_assessment and not self.employee_ready and not self.is_revealed:
            return self._wait(
                "self_assessment",
                self.env._(
                    "%(employee)s has not handed in the self-assessment yet", employee=self.name
                ),
                date=self.preparation_deadline,
            )
        when = self.env.user._say_moment(facts.meeting_start)
        return self._act(
            "enter_dialogue",
            self.env._("Everything is prepared; the dialogue: %(when)s", when=when),
            self.env._("Go to the dialogue"),
            "action_next",
            "fa-comments-o",
            self.dialogue_deadline,
        )

    def _get_appointment_action(self, facts):
        if facts.meeting_start:
            return self._act(
                "appointment_declined",
                self.env._("The appointment is declined: find another time"),
                self.env._("Find another time"),
                "action_open_booking",
                "fa-calendar-times-o",
                self.dialogue_deadline,
            )
        return self._act(
            "appointment",
            self.env._("Plan the dialogue with %(employee)s", employee=self.name),
            self.env._("Plan the appointment"),
            "action_open_meeting",
            "fa-calendar-plus-o",
            self.dialogue_deadline,
        )

    def _get_reviewer_dialogue_action(self, facts):
        deadline = self.dialogue_deadline
        newest = facts.dialogues[:1]
        minutes = int(sum(facts.dialogues.mapped("duration")))
        needed = self.sudo().cycle_id.min_duration

        def room(code, text, label, verb="action_open_room"):
            return self._act(code, text, label, verb, "fa-comments-o", deadline)

        if newest.date_start and not newest.date_end:
            return room(
                "end_dialogue",
                self.env._("Go on with the dialogue and end it"),
                self.env._("Continue"),
            )
        if newest.date_end and minutes < needed:
            return room(
                "continue_dialogue",
                self.env._(
                    "The dialogue took %(found)s of at least %(needed)s minutes: continue it",
                    found=minutes,
                    needed=needed,
                ),
                self.env._("Continue"),
                # Where another sitting is begun.
                verb="action_open_dialogue",
            )
        if newest.date_end:
            return self._act(
                "enter_agreement",
                self.env._("The dialogue is over: write down what you agreed on"),
                self.env._("Go to the agreement"),
                "action_next",
                "fa-handshake-o",
                deadline,
            )
        if not facts.meeting_start or facts.meeting_declined:
            return self._get_appointment_action(facts)
        when = self.env.user._say_moment(facts.meeting_start)
        return room(
            "start_dialogue",
            self.env._("Dialogue with %(employee)s: %(when)s", employee=self.name, when=when),
            self.env._("Interview room"),
        )

    def _get_reviewer_agreement_action(self, facts):
        agreement = facts.agreement
        deadline = self._get_signing_date(agreement)
        if agreement.state == "proposed" and not agreement.reviewer_signed_on:
            text = (
                self.env._("%(employee)s has signed: now it is up to you", employee=self.name)
                if agreement.employee_signed_on
                else self.env._("Sign the agreement")
            )
            return self._act(
                "sign",
                text,
                self.env._("Sign"),
                "action_open_agreement",
                "fa-pencil-square-o",
                deadline,
            )
        given_up = agreement.state == "proposed" and agreement._is_signature_given_up()
        if given_up and not facts.in_force:
            return self._act(
                "refusal",
                self.env._(
                    "%(employee)s does not sign: record it, the plan goes on",
                    employee=self.name,
                ),
                self.env._("Open the agreement"),
                "action_open_agreement",
                "fa-exclamation-circle",
                deadline,
            )
        if agreement.state == "proposed":
            return self._wait(
                "signature",
                self.env._("The signature of %(employee)s is missing", employee=self.name),
                date=deadline,
            )
        if agreement.state == "disputed":
            return self._act(
                "dispute",
                self.env._("%(employee)s disagrees: talk about it, then amend", employee=self.name),
                self.env._("Open the agreement"),
                "action_open_agreement",
                "fa-exclamation-circle",
                deadline,
            )
        if agreement.missing_text:
            return self._act(
                "complete",
                self.env._("Complete the agreement"),
                self.env._("Open the agreement"),
                "action_open_agreement",
                "fa-handshake-o",
                deadline,
            )
        return self._act(
            "propose",
            self.env._("The agreement is complete: propose it to %(employee)s", employee=self.name),
            self.env._("Propose"),
            "action_open_agreement",
            "fa-paper-plane-o",
            deadline,
        )

    def _get_reviewer_follow_up_action(self, facts):
        date = facts.checkpoint.date
        newest = facts.agreement
        is_mine = newest.state == "disputed" or (
            newest.state == "proposed" and not newest.reviewer_signed_on
        )
        if is_mine:
            return self._get_reviewer_agreement_action(facts)
        if answer := self._get_target_action("reviewer"):
            return answer
        if date and date <= facts.today:
            action = self._act(
                "checkpoint",
                self._say_checkpoint("reviewer", date, facts.today),
                self.env._("Note it"),
                "action_open_checkpoint",
                "fa-flag-o",
                date,
            )
            return {**action, "is_overdue": facts.checkpoint.is_overdue}
        if newest.state in ("draft", "proposed"):
            return self._get_reviewer_agreement_action(facts)
        if answer := self._get_answer_action(facts, "reviewer"):
            return answer
        if date:
            return self._wait(
                "next_checkpoint",
                self._say_checkpoint("reviewer", date, facts.today),
                "fa-flag-o",
            )
        if facts.open_commitments:
            return self._act(
                "outcome",
                self.env._("Say how the last commitment turned out")
                if facts.open_commitments == 1
                else self.env._(
                    "Say how %(count)s commitments turned out", count=facts.open_commitments
                ),
                self.env._("Outcomes"),
                "action_open_closing",
                "fa-check-square-o",
                facts.in_force.date_end,
            )
        return self._act(
            "finish",
            self.env._("Everything is settled: finish the review"),
            self.env._("Finish"),
            "action_open_closing",
            "fa-flag-checkered",
        )
