from odoo import api, models
from odoo.exceptions import UserError


class PerformanceStepGuard(models.AbstractModel):
    """In which steps of a review may its parts still change?

    Asked when people create, change or delete a part; verbs pass with ``sudo()`` after their
    own guard.
    """

    _name = "performance.step.guard"
    _description = "Guard: in which steps of a review its parts may still change"

    @api.model
    def _get_open_states(self):
        """Return the review steps in which people may change this part.

        :return: step codes, or ``None`` when the step does not matter
        :rtype: frozenset[str] | None
        """
        return None

    def _get_guarded_review(self):
        """Return the reviews these records belong to, by default by their ``review_id``."""
        return self.review_id

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            records._check_open_state()
        return records

    def write(self, vals):
        if not self.env.su:
            # First of all: the sentence below names the employee.
            self.check_access("write")
            self._check_open_state()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed_step(self):
        if not self.env.su:
            self._check_open_state()

    def _check_open_state(self):
        states = self._get_open_states()
        if states is None:
            return
        for review in self.sudo()._get_guarded_review():
            if review.state not in states:
                raise UserError(
                    self.env._(
                        "This can no longer be changed: the review of %(employee)s is in the "
                        "step “%(step)s”.",
                        employee=review.name,
                        step=review._get_state_label(),
                    )
                )
