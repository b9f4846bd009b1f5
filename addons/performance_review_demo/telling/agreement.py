from odoo import fields

from odoo.addons.performance_review.tools import digest

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
        if "dispute" in told:
            self._act_as_employee(review, agreement).action_dispute(told["dispute"])
            self._backdate(review.agreement_id, proposed_on=proposed)
        else:
            agreement.action_sign()
            self._backdate(review.agreement_id, proposed_on=proposed, reviewer_signed_on=proposed)

    def _agree(self, review, plan, signed, stance):
        """Propose and sign on both sides, on the day ``signed``."""
        agreement = self._fill_plan(review, plan)
        agreement.action_propose()
        agreement.action_sign()
        self._act_as_employee(review, agreement).action_sign(stance=stance)
        agreement = review.agreement_id
        self._backdate(
            agreement,
            proposed_on=self._moment(signed - 3),
            reviewer_signed_on=self._moment(signed - 3, hour=7),
            employee_signed_on=self._moment(signed, hour=2),
        )
        # The moments are part of what is signed, so the fingerprint follows them.
        snapshot = digest.canonical_json(agreement._prepare_snapshot())
        self._backdate(agreement, snapshot=snapshot, sha256=digest.sha256_hex(snapshot))
