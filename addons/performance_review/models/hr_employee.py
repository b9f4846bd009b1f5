from odoo import api, fields, models


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "performance.incident.screen", "performance.closure.screen"]

    performance_review_ids = fields.One2many(
        "performance.review",
        "employee_id",
        string="Performance reviews",
        groups="performance_review.group_performance_review_officer",
    )
    performance_review_count = fields.Integer(
        string="Reviews",
        compute="_compute_performance_review_count",
        groups="performance_review.group_performance_review_officer",
    )

    def _compute_performance_review_count(self):
        counts = dict(
            self.env["performance.review"]._read_group(
                [("employee_id", "in", self.ids)], ["employee_id"], ["__count"]
            )
        )
        for employee in self:
            employee.performance_review_count = counts.get(employee, 0)

    @api.model
    def _get_performance_accounts(self, employee_ids):
        """Return the accounts that new records of these people are stamped with.

        Somebody whose file names no user keeps the account of the last review: an emptied file
        must not make new records nobody's, which HR reads.

        :param employee_ids: ids of ``hr.employee``; empty values are passed over
        :return: employee's id → (id of the user, id of the manager's user), ``False`` for none
        :rtype: dict[int, tuple]
        """
        employees = self.sudo().with_context(active_test=False)
        employees = employees.browse(each for each in employee_ids if each)
        employees.fetch(["user_id", "parent_id"])
        employees.parent_id.fetch(["user_id"])
        without = employees.filtered(lambda employee: not employee.user_id)
        last = {}
        if without:
            reviews = (
                self.env["performance.review"]
                .sudo()
                .search_fetch(
                    [("employee_id", "in", without.ids), ("employee_user_id", "!=", False)],
                    ["employee_id", "employee_user_id"],
                    order="id",
                )
            )
            last = {review.employee_id.id: review.employee_user_id.id for review in reviews}
        return {
            employee.id: (
                employee.user_id.id or last.get(employee.id, False),
                employee.parent_id.user_id.id,
            )
            for employee in employees
        }

    def action_open_performance_reviews(self):
        """Open the reviews of these employees (an ``ir.actions.act_window`` dict)."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_review_action_all"
        )
        action["domain"] = [("employee_id", "in", self.ids)]
        return action


class HrEmployeePublic(models.Model):
    """What those see of an employee who do not work in HR."""

    _name = "hr.employee.public"
    _inherit = ["hr.employee.public", "performance.incident.screen", "performance.closure.screen"]
