from odoo import api, fields, models


class PerformanceAudienceMixin(models.AbstractModel):
    """Whose record this is and who led that person on the day it was made.

    Stamped and not followed: whoever edits an employee's file, without any right in these
    records, must not carry old texts into another audience. HR changes them with a reason, by
    ``performance.review.action_reassign`` and ``action_change_account``.
    """

    _name = "performance.audience.mixin"
    _description = "Stamped audience"

    employee_user_id = fields.Many2one(
        "res.users",
        string="Employee's user",
        compute="_compute_audience",
        store=True,
        precompute=True,
        index=True,
    )
    manager_user_id = fields.Many2one(
        "res.users",
        string="Manager's user",
        compute="_compute_audience",
        store=True,
        precompute=True,
        index=True,
    )

    @api.depends("employee_id")
    def _compute_audience(self):
        # Once, before a record is written for the first time; what exists keeps its people.
        new = self.filtered(lambda record: not record._origin)
        for record in self - new:
            record.employee_user_id = record.employee_user_id
            record.manager_user_id = record.manager_user_id
        accounts = self.env["hr.employee"]._get_performance_accounts(new.employee_id.ids)
        for record in new:
            record.employee_user_id, record.manager_user_id = record._find_audience(accounts)

    def _find_audience(self, accounts):
        """Return who a new record belongs to and who leads that person; a hook.

        :param dict accounts: employee's id → (id of the user, id of the manager's user), today
        :return: the two ids, ``False`` for nobody
        :rtype: tuple
        """
        self.ensure_one()
        return accounts.get(self.employee_id.id, (False, False))
