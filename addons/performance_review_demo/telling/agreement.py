from odoo import fields

from .teller import Teller

COMMITMENT_KINDS = ("keep", "change", "support", "development")


class Agreement(Teller):
    """The plan of one review: written, proposed, disputed, signed."""

    def _fill_plan(self, review, plan):
        """Write the draft of the agreement as the reviewer and return it."""
        agreement = self._act_as_reviewer(review, review.agreement_id)
        agreement.write(
            {
                "summary": plan.summary,
                "goal_ids": [
                    fields.Command.create(
                        {
                            "name": goal.name,
                            "sequence": number,
                            "metric": goal.metric,
                            "unit": goal.unit,
                            "baseline": goal.baseline,
                            "target": goal.target,
                            # Nothing has been measured yet.
                            "actual": goal.baseline,
                            "direction": "down" if goal.target < goal.baseline else "up",
                            "means": goal.means,
                            "parent_id": self._get("goal", goal.parent).id
                            if goal.parent
                            else False,
                            "date_deadline": self._day(goal.day),
                        }
                    )
                    for number, goal in enumerate(plan.goals)
                ],
                "commitment_ids": [
                    fields.Command.create(
                        {
                            "kind": kind,
                            "sequence": number,
                            "name": duty.name,
                            "cue": duty.cue,
                            "owner": duty.owner or "employee",
                            "theme_id": self._theme(duty.theme),
                            "date_deadline": self._day(duty.day),
                        }
                    )
                    for kind in COMMITMENT_KINDS
                    for number, duty in enumerate(getattr(plan, kind))
                ],
            }
        )
        return agreement

    def _propose(self, review, told):
        """Leave the agreement as a draft, up for the employee's signature, or disputed."""
        agreement = self._fill_plan(review, told["plan"])
        if "proposed" not in told:
            return
        agreement.action_propose()
        proposed = self._moment(told["proposed"])
        fingerprint = agreement.fingerprint
        if "dispute" in told:
            self._act_as_employee(review, agreement).action_dispute(told["dispute"], fingerprint)
            self._backdate(review.agreement_id, proposed_on=proposed, disputed_on=proposed)
            if "amended" in told:
                self._dispute_again(review, agreement, told)
        else:
            agreement.action_sign(fingerprint=fingerprint)
            self._backdate(review.agreement_id, proposed_on=proposed, reviewer_signed_on=proposed)

    def _go_on_unsigned(self, review, plan, signed, told):
        """Propose; the employee signs nothing, which is recorded on the day ``signed``."""
        agreement = self._fill_plan(review, plan)
        agreement._mark_proposed()
        agreement.action_sign(fingerprint=agreement.fingerprint)
        proposed = signed - 12
        self._backdate(
            review.agreement_id,
            proposed_on=self._moment(proposed),
            reviewer_signed_on=self._moment(proposed, hour=7),
        )
        # As the verb does, which would ask for the deadline of the step.
        agreement._mark_refused(
            {
                "refusal_kind": "refused",
                "refusal_reason": told["reason"],
                "refusal_witness": told["witness"],
                "refusal_delivered": told["delivered"],
                "objection_until": self._day(14),
            }
        )
        agreement = review.agreement_id
        self._backdate(agreement, refusal_on=self._moment(signed), date_start=self._day(signed))
        self._backdate(agreement, **agreement._prepare_seal_vals())
        self._act_as_employee(review, agreement).action_object(told["objection"])

    def _dispute_again(self, review, agreement, told):
        """Propose a second version, which the employee does not accept either."""
        agreement.action_amend()
        amendment = self._act_as_reviewer(review, review.agreement_id)
        amendment.goal_ids[0].means = told["amended"]
        amendment.action_propose()
        self._act_as_employee(review, amendment).action_dispute(
            told["dispute_again"], amendment.fingerprint
        )
        moment = self._moment(told["proposed"] + 3)
        self._backdate(review.agreement_id, proposed_on=moment, disputed_on=moment)

    def _agree(self, review, plan, signed, stance):
        """Propose and sign on both sides, on the day ``signed``."""
        agreement = self._fill_plan(review, plan)
        # As the verb does, which would refuse the dates of the past.
        agreement._mark_proposed()
        fingerprint = agreement.fingerprint
        agreement.action_sign(fingerprint=fingerprint)
        self._act_as_employee(review, agreement).action_sign(
            stance=stance, fingerprint=fingerprint, cues_read=True
        )
        agreement = review.agreement_id
        self._backdate(
            agreement,
            proposed_on=self._moment(signed - 3),
            reviewer_signed_on=self._moment(signed - 3, hour=7),
            employee_signed_on=self._moment(signed, hour=2),
            date_start=self._day(signed),
        )
        # The moments are part of what is signed, so the fingerprint follows them.
        self._backdate(agreement, **agreement._prepare_seal_vals())
