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
            self._backdate(review.agreement_id, proposed_on=proposed)
        else:
            agreement.action_sign(fingerprint=fingerprint)
            self._backdate(review.agreement_id, proposed_on=proposed, reviewer_signed_on=proposed)

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
