from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date


class PerformanceReview(models.Model):
    """What HR does next on a review, and what the line above reads of it."""

    _inherit = "performance.review"

    def _get_officer_action(self, facts):
        """Return what HR does next: only what nobody else can do.

        :param Facts facts: what this officer may read
        :rtype: dict
        """
        self.ensure_one()
        if self.state != "done" and not self.sudo().reviewer_user_id.active:
            return self._act(
                "reviewer",
                self.env._("Nobody leads this review: choose a reviewer"),
                self.env._("Choose a reviewer"),
                "action_open_reassign",
                "fa-user-plus",
                self.step_deadline,
            )
        if facts.agreement.waits_for_hr:
            return self._act(
                "mediate",
                self._say_mediation(),
                self.env._("Mediate"),
                "action_open_mediation",
                "fa-balance-scale",
                facts.mediation.date_deadline,
            )
        return self._get_joining_action(facts) or self._wait(
            "nothing", self.env._("Nothing to do for HR"), "fa-check"
        )

    def _get_joining_action(self, facts):
        """Return what HR does about a talk it is wanted in, ``None`` where it is in none.

        :param Facts facts: what this officer may read
        :rtype: dict | None
        """
        if not self._is_talk_ahead():
            return None
        user = self._get_participant("hr").user_id
        if facts.hr_wanted and not user:
            return self._act(
                "hr_wanted",
                self.env._("HR is wanted by a rule: say who takes part"),
                self.env._("Say who"),
                "action_open_set_hr",
                "fa-user-plus",
                self.step_deadline,
            )
        if not user:
            return None
        if user != self.env.user:
            text = self.env._("%(name)s takes part for HR", name=user.name)
        elif facts.meeting_start:
            text = self.env._(
                "You take part for HR on %(moment)s",
                moment=self.env.user._say_moment(facts.meeting_start),
            )
        else:
            text = self.env._("You take part for HR, the appointment is still to be planned")
        return self._wait("hr_takes_part", text, "fa-users")

    def _find_hr_wanted(self):
        """Return the reviews in which a rule wants HR, with the reader's own rights."""
        if not self:
            return self
        reasons = self.env["performance.hr.reason"].search_fetch(
            [("review_id", "in", self.ids), ("is_waived", "=", False)], ["review_id"]
        )
        return reasons.review_id

    def _get_upper_action(self, facts):
        """Return what the line above reads: whose turn it is by the step, and nothing else.

        :param Facts facts: what a manager above the reviewer may read
        :rtype: dict
        """
        self.ensure_one()
        if self.state == "done":
            return self._wait("done", self.env._("This review is done"), "fa-flag-checkered")
        if facts.checkpoint:
            date = facts.checkpoint.date
            action = self._wait(
                "next_checkpoint",
                self.env._("Next checkpoint on %(date)s", date=format_date(self.env, date)),
                "fa-flag-o",
            )
            return {**action, "is_overdue": date < facts.today}
        return self._wait(
            "line",
            self._say_who_leads(),
            date=self.step_deadline,
        )

    def _say_mediation(self):
        """Return what a dispute means to HR."""
        self.ensure_one()
        return self.env._("%(employee)s disagrees: mediate", employee=self.name)

    def _say_who_leads(self):
        """Return whose turn it is by the step: all there is to say to the line above."""
        self.ensure_one()
        return self.env._(
            "%(reviewer)s leads the step %(step)s",
            reviewer=self.sudo().reviewer_id.name or self.env._("Nobody"),
            step=self._get_state_label(),
        )

    def _find_open_mediations(self, agreements):
        """Return what HR has open about disputes, with the reader's own rights.

        :param dict agreements: review → its ``performance.agreement`` records
        :return: review → ``performance.mediation``
        :rtype: dict
        """
        review_of = {
            agreement.id: review
            for review, versions in agreements.items()
            for agreement in versions
            if agreement.waits_for_hr
        }
        if not review_of:
            return {}
        mediations = self.env["performance.mediation"].search_fetch(
            [("agreement_id", "in", list(review_of)), ("state", "=", "open")],
            ["agreement_id", "date_deadline"],
        )
        return {review_of[mediation.agreement_id.id]: mediation for mediation in mediations}

    def action_open_mediation(self):
        """Open what HR does about the dispute (an ``ir.actions.act_window`` dict).

        :raise UserError: when there is nothing the user may read
        """
        self.ensure_one()
        self.check_access("read")
        newest = self.agreement_ids.sorted("version")[-1:]
        if not newest:
            raise UserError(self.env._("There is no dispute for you to mediate in."))
        return newest.action_open_mediation()
