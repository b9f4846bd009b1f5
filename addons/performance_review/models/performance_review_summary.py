from odoo import api, models
from odoo.tools.misc import format_date

from .performance_review_checklist import CHECKS

# What a reviewer in preparation may be asked for next that is not a preparation any more.
PREPARED = frozenset({"enter_dialogue"})


class PerformanceReview(models.Model):
    """The top line of the manager's board: how far all preparations are, and who is next."""

    _inherit = "performance.review"

    @api.model
    def _get_own_preparations(self):
        """Return the reviews the user has to prepare, the nearest deadline first.

        :return: ``performance.review``
        """
        reviews = self.search_fetch(
            [("reviewer_user_id", "=", self.env.uid), ("state", "=", "preparation")],
            ["name", "cycle_id", "step_deadline"],
            order="step_deadline, name, id",
        )
        return reviews.filtered(lambda review: review.sudo().cycle_id.state != "closed")

    def _filter_unprepared(self):
        """Return those that wait for their reviewer, by what the reviewer does next on them."""
        actions = self._get_next_actions()
        return self.filtered(
            lambda review: (
                not actions[review]["is_waiting"] and actions[review]["code"] not in PREPARED
            )
        )

    @api.model
    @api.readonly
    def get_preparation_summary(self):
        """Say how far the preparations of the user's own people are.

        Only of the user's own reviews in the step Preparation; the number of queries does not
        depend on theirs.

        :return: ``count`` of people; ``minutes_done`` and ``minutes_left`` of what the ticked
            and the open rows of their checklists take; ``text``, one line that says so;
            ``next``, ``{"id", "name", "text"}`` of the person with the nearest deadline who still
            is to be prepared, or ``False``
        :rtype: dict
        """
        reviews = self._get_own_preparations()
        minutes_done = sum(
            check.minutes
            for ticks in reviews._get_checklist_ticks().values()
            for check in CHECKS
            if ticks[check.code]
        )
        total = len(reviews) * sum(check.minutes for check in CHECKS)
        following = reviews._filter_unprepared()[:1]
        return {
            "count": len(reviews),
            "minutes_done": minutes_done,
            "minutes_left": total - minutes_done,
            "text": reviews._say_preparations(minutes_done, total - minutes_done),
            "next": following._prepare_next_person() if following else False,
            "closure": self._get_closure_summary(),
        }

    def _say_preparations(self, done, left):
        if not self:
            return ""
        if len(self) == 1:
            return self.env._(
                "One person to prepare: %(done)s minutes done, %(left)s left", done=done, left=left
            )
        return self.env._(
            "%(count)s people to prepare: %(done)s minutes done, %(left)s left",
            count=len(self),
            done=done,
            left=left,
        )

    def _prepare_next_person(self):
        """Return who is prepared next, as the screen shows it."""
        self.ensure_one()
        if not self.step_deadline:
            text = self.env._("Next: %(employee)s", employee=self.name)
        else:
            text = self.env._(
                "Next: %(employee)s, until %(date)s",
                employee=self.name,
                date=format_date(self.env, self.step_deadline),
            )
        return {"id": self.id, "name": self.name, "text": text}

    def action_next_person(self):
        """Go on to the next person to prepare, the nearest deadline first.

        :return: the client action that opens the review in place of this one, or one that says
            that nobody is left
        :rtype: dict
        :raise AccessError: for anybody but the reviewer
        """
        self.ensure_one()
        self._check_is_reviewer()
        following = (self._get_own_preparations() - self)._filter_unprepared()[:1]
        if following:
            return {
                "type": "ir.actions.client",
                "tag": "performance_review_replace",
                "params": {"next": following._open_form()},
            }
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Nobody else waits for your preparation."),
            },
        }
