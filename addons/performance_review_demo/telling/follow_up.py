from odoo.addons.performance_review.tools import achievement

from .teller import Teller


class FollowUp(Teller):
    """Checkpoints, progress and outcomes of one review."""

    def _get_commitments(self, review, kind):
        return review.agreement_id.commitment_ids.filtered(lambda line: line.kind == kind).sorted(
            "sequence"
        )

    def _check_in(self, review, day, note, entries, done=True):
        """Play one checkpoint with what both sides record at it."""
        checkpoint = self._act_as_reviewer(review, self.env["performance.checkpoint"]).create(
            {
                "review_id": review.id,
                "date": self._day(day),
                "kind": "scheduled",
                "note": note,
            }
        )
        for subject, number, value, comment, author in entries:
            act_as = self._act_as_reviewer if author == "reviewer" else self._act_as_employee
            if subject in ("seen", "missed"):
                line = self._get_commitments(review, "change")[number]
                act_as(review, line).action_observe(subject, self._day(day), comment)
                continue
            if subject == "goal":
                goal = review.agreement_id.goal_ids.sorted("sequence")[number]
                vals = {
                    "goal_id": goal.id,
                    "value": value,
                    "percent": min(
                        max(
                            achievement.achievement(
                                goal.baseline, goal.target, value, goal.direction
                            ),
                            0,
                        ),
                        100,
                    ),
                }
            else:
                line = self._get_commitments(review, subject)[number]
                vals = {"commitment_id": line.id, "percent": value}
            act_as(review, self.env["performance.progress"]).create(
                {
                    "checkpoint_id": checkpoint.id,
                    "date": self._day(day),
                    "note": comment,
                    **vals,
                }
            )
        if done:
            checkpoint.action_done()

    def _propose_target(self, review, told):
        """Propose another target of a goal, and answer as the other side did."""
        sides = (self._act_as_reviewer, self._act_as_employee)
        proposer, other = sides if told.by == "reviewer" else sides[::-1]
        goal = review.agreement_id.goal_ids.sorted("sequence")[told.number]
        proposer(review, goal).action_propose_target(told.target, None, told.reason)
        proposal = goal.target_proposal_ids.sorted("id")[-1:]
        if told.answer:
            getattr(other(review, proposal), f"action_{told.answer}")(told.word)
            self._backdate(proposal, answered_on=self._day(told.day + 1))
            if told.answer == "accept":
                self._backdate(goal, target_changed_on=self._day(told.day + 1))
        self._backdate(
            proposal, proposed_on=self._day(told.day), answer_until=self._day(told.day + 7)
        )

    def _settle(self, review, kind, duties):
        """Record the outcomes that are known already."""
        for line, duty in zip(self._get_commitments(review, kind), duties, strict=True):
            if duty.outcome != "open":
                self._act_as_reviewer(review, line).action_set_outcome(duty.outcome)
