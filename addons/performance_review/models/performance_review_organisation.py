from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import SQL

from ..tools import hierarchy

# What a review keeps of the day of its creation (C3).
FROZEN_FIELDS = frozenset(
    {
        "reviewer_id", "department_id", "job_id", "company_id", "outline_id", "upper_user_ids",
        "employee_user_id", "reviewer_user_id",
    }
)  # fmt: skip


class PerformanceReview(models.Model):
    """Who reviews, where somebody worked, who stands above: as on the day of the launch.

    What happens to an employee's file later does not reach these fields. HR follows it with a
    reason, see ``performance_review_handover.py``.
    """

    _inherit = "performance.review"

    employee_user_id = fields.Many2one(
        "res.users", string="Employee's user", readonly=True, copy=False, index=True
    )
    reviewer_id = fields.Many2one("hr.employee", readonly=True, index=True, ondelete="restrict")
    reviewer_user_id = fields.Many2one(
        "res.users", string="Reviewer's user", readonly=True, copy=False, index=True
    )
    department_id = fields.Many2one("hr.department", readonly=True, index=True, ondelete="restrict")
    job_id = fields.Many2one("hr.job", readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", readonly=True, index=True)
    upper_user_ids = fields.Many2many(
        "res.users",
        "performance_review_upper_user_rel",
        "review_id",
        "user_id",
        string="Upper managers",
        readonly=True,
        copy=False,
        help="Users above the reviewer in the hierarchy. Stored, because record rules must "
        "not walk the hierarchy.",
    )
    has_moved = fields.Boolean(
        string="Organisation has moved",
        compute="_compute_has_moved",
        search="_search_has_moved",
        groups="performance_review.group_performance_review_officer",
        help="The employee's account, the manager or the managers above are others today than "
        "those who read this review.",
    )
    # Nothing of it is for the portal, whose users could not read the card as a whole otherwise.
    log_ids = fields.One2many(
        "performance.review.log", "review_id", string="History", groups="base.group_user"
    )

    @api.model
    def _find_users_above(self, reviewers):
        """Return who stands above reviewers, reading one level of the hierarchy per query.

        :param reviewers: ``hr.employee`` records, with ``sudo()``
        :return: reviewer's id → user ids, nearest first
        :rtype: dict[int, list[int]]
        """
        parent_of, user_of = {}, {}
        level = reviewers
        while level:
            level.fetch(["parent_id", "user_id"])
            for employee in level:
                parent_of[employee.id] = employee.parent_id.id or None
                user_of[employee.id] = employee.user_id.id or None
            level = level.parent_id.filtered(lambda parent: parent.id not in parent_of)
        return hierarchy.users_above(reviewers.ids, parent_of, user_of)

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:  # nobody else creates reviews, as the card says next
            vals_list = self._freeze_organisation(vals_list)
        return super().create(vals_list)

    @api.model
    def _freeze_organisation(self, vals_list):
        """Add what a review keeps of the day of its creation (C3) to its values.

        :param list[dict] vals_list: values of new reviews; what they name already stays
        :return: new values with the people, their accounts, department, job, company, outline
        :rtype: list[dict]
        """
        if all(vals.keys() >= FROZEN_FIELDS for vals in vals_list):
            return vals_list
        Employee = self.env["hr.employee"]
        employees = Employee.browse([vals["employee_id"] for vals in vals_list])
        employees.fetch(["company_id", "current_version_id", "parent_id", "user_id"])
        employees.current_version_id.fetch(["department_id", "job_id"])
        accounts = Employee._get_performance_accounts(employees.ids)
        result = []
        for employee, vals in zip(employees, vals_list, strict=True):
            cycle = self.env["performance.cycle"].browse(vals["cycle_id"])
            result.append(
                {
                    "employee_user_id": accounts[employee.id][0],
                    "reviewer_id": employee.parent_id.id,
                    "department_id": employee.current_version_id.department_id.id,
                    "job_id": employee.current_version_id.job_id.id,
                    "company_id": cycle.company_id.id,
                    "outline_id": cycle.outline_id.id,
                    **vals,
                }
            )
        reviewers = Employee.browse({vals["reviewer_id"] for vals in result} - {False})
        above = self._find_users_above(reviewers)
        for vals in result:
            reviewer = Employee.browse(vals["reviewer_id"])
            vals.setdefault("reviewer_user_id", reviewer.user_id.id)
            upper_ids = [
                user_id
                for user_id in above.get(reviewer.id, ())
                if user_id != vals["employee_user_id"]
            ]
            vals.setdefault("upper_user_ids", [Command.set(upper_ids)])
        return result

    # ------------------------------------------------------------------
    # Today's organisation
    # ------------------------------------------------------------------

    @api.depends("reviewer_id", "reviewer_user_id", "employee_user_id", "upper_user_ids")
    def _compute_has_moved(self):
        moved = {
            review_id
            for (review_id,) in self.env.execute_query(
                SQL(
                    "SELECT id FROM (%s) AS moved WHERE id IN %s",
                    self._get_moved_query(),
                    tuple(self.ids) or (0,),
                )
            )
        }
        for review in self:
            review.has_moved = review._origin.id in moved

    def _search_has_moved(self, operator, value):
        # Odoo checks the groups of stored fields alone.
        self._check_field_access(self._fields["has_moved"], "read")
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("id", "in", self._get_moved_query())

    @api.model
    def _get_moved_query(self):
        """Return the ids of reviews under way that differ from today's organisation.

        In one statement for all of them: a walk up the hierarchy for each reviewer at once, then
        a comparison with what is stamped. Who has no manager with a user now differs from
        nothing that a review could follow.

        :rtype: SQL
        """
        self.env["hr.employee"].flush_model(["parent_id", "user_id"])
        self.flush_model(
            ["state", "employee_id", "employee_user_id", "reviewer_id", "reviewer_user_id",
             "upper_user_ids"]
        )  # fmt: skip
        return SQL(
            """
            WITH RECURSIVE chain(reviewer_id, manager_id) AS (
                SELECT reviewer.id, reviewer.parent_id
                  FROM hr_employee AS reviewer
                 WHERE reviewer.parent_id IS NOT NULL
                   AND reviewer.id IN (
                       SELECT reviewer_id FROM performance_review WHERE state != 'done')
                 UNION
                SELECT chain.reviewer_id, manager.parent_id
                  FROM chain
                  JOIN hr_employee AS manager ON manager.id = chain.manager_id
                 WHERE manager.parent_id IS NOT NULL
            ), above AS (
                SELECT chain.reviewer_id,
                       array_agg(DISTINCT manager.user_id ORDER BY manager.user_id) AS user_ids
                  FROM chain
                  JOIN hr_employee AS manager ON manager.id = chain.manager_id
                 WHERE manager.user_id IS NOT NULL
              GROUP BY chain.reviewer_id
            ), stamped AS (
                SELECT review_id, array_agg(user_id ORDER BY user_id) AS user_ids
                  FROM performance_review_upper_user_rel
                  JOIN performance_review ON performance_review.id = review_id
                 WHERE performance_review.state != 'done'
              GROUP BY review_id
            )
            SELECT review.id
              FROM performance_review AS review
              JOIN hr_employee AS employee ON employee.id = review.employee_id
         LEFT JOIN hr_employee AS manager ON manager.id = employee.parent_id
         LEFT JOIN hr_employee AS reviewer ON reviewer.id = review.reviewer_id
         LEFT JOIN above ON above.reviewer_id = review.reviewer_id
         LEFT JOIN stamped ON stamped.review_id = review.id
             WHERE review.state != 'done'
               AND (employee.user_id != review.employee_user_id
                    OR (manager.user_id IS NOT NULL
                        AND manager.user_id IS DISTINCT FROM employee.user_id
                        AND (manager.id IS DISTINCT FROM review.reviewer_id
                             OR manager.user_id IS DISTINCT FROM review.reviewer_user_id))
                    OR array_remove(array_remove(COALESCE(above.user_ids, '{}'),
                                                 reviewer.user_id),
                                    review.employee_user_id)
                       != COALESCE(stamped.user_ids, '{}'))
            """
        )
