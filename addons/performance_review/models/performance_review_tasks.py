from datetime import timedelta

from odoo import fields, models

from .performance_review_steps import STEP_BY_CODE, STEPS

# For a task whose step has no deadline in the cycle.
DEFAULT_STEP_DAYS = 14


class PerformanceReview(models.Model):
    """Who has what to do: one task a step, for whoever acts in it."""

    _inherit = "performance.review"

    def _activity_update(self):
        """Leave each reviewer exactly one step activity, the one of the current step."""
        reviews = self.sudo()
        reviews.activity_unlink([step.activity_type for step in STEPS if step.activity_type])
        reviews._schedule_step_activities()

    def _schedule_step_activities(self):
        """Create the activity of the current step, in one batch for all reviews."""
        vals_list = []
        default_deadline = fields.Date.today() + timedelta(days=DEFAULT_STEP_DAYS)
        for state, reviews in self.grouped("state").items():
            step = STEP_BY_CODE[state]
            if not step.activity_type:
                continue
            # Once per step: every look-up asks the database whether the type still exists.
            activity_type = self.env.ref(step.activity_type)
            vals_list += [
                {
                    "activity_type_id": activity_type.id,
                    "res_id": review.id,
                    "user_id": user.id,
                    "date_deadline": review.step_deadline or default_deadline,
                }
                for review in reviews
                if (user := review._get_activity_user(state))
            ]
        return self._create_quiet_activities(vals_list)

    def _get_activity_user(self, step):
        """Return the ``res.users`` who acts in ``step``; a hook for glue addons.

        :param str step: step code, ``"checkpoint"`` or ``"dispute"``
        """
        self.ensure_one()
        return self._get_mediator() if step == "dispute" else self.reviewer_user_id

    def _get_mediator(self):
        """Return who in HR solves a dispute (``res.users``): never one of the two parties."""
        self.ensure_one()
        parties = self.employee_user_id | self.reviewer_user_id
        if self.cycle_id.user_id - parties:
            return self.cycle_id.user_id
        group = self.env.ref("performance_review.group_performance_review_officer").sudo()
        officers = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        return (officers - parties)[:1]

    def _get_task_records(self):
        """Return all records of these reviews that may carry tasks; a hook.

        :return: model's name → records
        :rtype: dict
        """
        return {self._name: self, "performance.checkpoint": self.checkpoint_ids}
