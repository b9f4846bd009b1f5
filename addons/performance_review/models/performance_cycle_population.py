from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class PerformanceCycle(models.Model):
    """Population (C1): who gets a review, and why somebody does not."""

    _inherit = "performance.cycle"

    def _get_population_domain(self):
        """Return the ``Domain`` on ``hr.employee`` that the cycle's filter describes."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        if self.department_ids:
            domain &= Domain("department_id", "child_of", self.department_ids.ids)
        if self.job_ids:
            domain &= Domain("job_id", "in", self.job_ids.ids)
        if self.category_ids:
            domain &= Domain("category_ids", "in", self.category_ids.ids)
        if self.min_seniority_days:
            limit = fields.Date.today() - timedelta(days=self.min_seniority_days)
            domain &= self._get_here_since_domain("<=", limit)
        if self.max_seniority_days:
            limit = fields.Date.today() - timedelta(days=self.max_seniority_days)
            # Not before: a second contract makes nobody new.
            domain &= ~self._get_here_since_domain("<", limit)
        return domain

    @api.model
    def _get_here_since_domain(self, operator, day):
        """Return who has been here since some day, as far as the employee's file tells.

        The contract says since when somebody works here; where there is none, the first version
        of the file does.
        """
        return Domain("version_ids.contract_date_start", operator, day) | (
            ~Domain("version_ids.contract_date_start", "!=", False)
            & Domain("version_ids.date_version", operator, day)
        )

    def _get_left_out_domains(self):
        """Return why people of the population get no review, most telling reason first.

        :return: code of the reason → ``Domain`` on ``hr.employee``; somebody who fits
            several belongs to the first
        :rtype: dict[str, Domain]
        """
        self.ensure_one()
        reviewed = (
            self.env["performance.review"].sudo()._search([("cycle_id", "=", self._origin.id)])
        ).subselect("employee_id")
        return {
            "excluded": Domain("id", "in", self.sudo().excluded_employee_ids.ids),
            "already": Domain("id", "in", reviewed),
            "no_user": Domain("user_id", "=", False) | Domain("user_id.active", "=", False),
            "no_manager": Domain("parent_id", "=", False),
            "manager_without_user": Domain("parent_id.user_id", "=", False)
            | Domain("parent_id.user_id.share", "=", True)
            | Domain("parent_id.user_id.active", "=", False),
            # The same file or the same user: a reviewer reads what the employee must not.
            "own_manager": Domain(
                "id",
                "in",
                SQL(
                    """
                    SELECT employee.id
                      FROM hr_employee AS employee
                      JOIN hr_employee AS manager ON manager.id = employee.parent_id
                     WHERE manager.id = employee.id OR manager.user_id = employee.user_id
                    """
                ),
            ),
        }

    def _get_left_out_labels(self):
        """Return the words for the codes of :meth:`_get_left_out_domains`."""
        return {
            "excluded": self.env._("Left out by name"),
            "already": self.env._("Already in the cycle"),
            "no_user": self.env._("No user, so nobody could sign"),
            "no_manager": self.env._("No manager"),
            "manager_without_user": self.env._("The manager has no internal user"),
            "own_manager": self.env._("Employee and manager are the same person"),
        }

    def _get_launch_domain(self):
        """Return the ``Domain`` of employees who still get a review."""
        domain = self._get_population_domain()
        for left_out in self._get_left_out_domains().values():
            domain &= ~left_out
        return domain

    @api.model
    def _get_employees(self):
        """Return ``hr.employee`` for launching: HR launches for people it need not manage."""
        return self.env["hr.employee"].sudo().with_context(active_test=True)
