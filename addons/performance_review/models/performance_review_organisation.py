from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import hierarchy

# What a review keeps of the day of its creation (C3).
FROZEN_FIELDS = frozenset(
    {"reviewer_id", "department_id", "job_id", "company_id", "outline_id", "upper_user_ids"}
)


class PerformanceReview(models.Model):
    """Who reviews, where somebody worked, who stands above: and how that changes."""

    _inherit = "performance.review"

    # Who reviews and where somebody worked is frozen when the review is created (C3), see
    # _freeze_organisation: what happens to the employee later does not reach these fields.
    reviewer_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    reviewer_user_id = fields.Many2one(
        related="reviewer_id.user_id", string="Reviewer's user", store=True, index=True
    )
    department_id = fields.Many2one(
        "hr.department",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    job_id = fields.Many2one(
        "hr.job",
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index=True,
    )
    upper_user_ids = fields.Many2many(
        "res.users",
        "performance_review_upper_user_rel",
        "review_id",
        "user_id",
        string="Upper managers",
        compute="_compute_upper_user_ids",
        store=True,
        # Given at creation it is not computed once more; people never write it.
        readonly=False,
        help="Users above the reviewer in the hierarchy. Stored, because record rules must "
        "not walk the hierarchy.",
    )
    # Nothing of it is for the portal, whose users could not read the card as a whole otherwise.
    log_ids = fields.One2many(
        "performance.review.log", "review_id", string="History", groups="base.group_user"
    )

    @api.depends("reviewer_id", "employee_user_id")
    def _compute_upper_user_ids(self):
        above = self.sudo()._find_users_above(self.sudo().reviewer_id)
        # One write for all who share a line: a move at the top reaches thousands of reviews.
        for upper_ids, reviews in self.grouped(
            lambda review: tuple(
                user_id
                for user_id in above.get(review.reviewer_id.id, ())
                if user_id != review.employee_user_id.id
            )
        ).items():
            # A plain empty list would mean: no change.
            reviews.upper_user_ids = [fields.Command.set(upper_ids)]

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

    @api.model
    def _refresh_upper_users(self, employees):
        """Recompute who stands above the reviewers at or below ``employees``."""
        reviews = self._get_reviews_below(employees)
        self.env.add_to_compute(self._fields["upper_user_ids"], reviews)

    @api.model
    def _get_reviews_below(self, employees):
        """Return the reviews, with ``sudo()``, whose reviewer is or stands below ``employees``."""
        reviews = self.sudo().with_context(active_test=False)
        return reviews.search([("reviewer_id", "child_of", employees.ids)])

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:  # nobody else creates reviews, as the card says next
            vals_list = self._freeze_organisation(vals_list)
        return super().create(vals_list)

    @api.model
    def _freeze_organisation(self, vals_list):
        """Add what a review keeps of the day of its creation (C3) to its values.

        :param list[dict] vals_list: values of new reviews; what they name already stays
        :return: new values with reviewer, line above, department, job, company and outline
        :rtype: list[dict]
        """
        if all(vals.keys() >= FROZEN_FIELDS for vals in vals_list):
            return vals_list
        Employee = self.env["hr.employee"]
        employees = Employee.browse([vals["employee_id"] for vals in vals_list])
        employees.fetch(["company_id", "current_version_id", "parent_id", "user_id"])
        employees.current_version_id.fetch(["department_id", "job_id"])
        result = []
        for employee, vals in zip(employees, vals_list, strict=True):
            cycle = self.env["performance.cycle"].browse(vals["cycle_id"])
            result.append(
                {
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
        for employee, vals in zip(employees, result, strict=True):
            upper_ids = [
                user_id
                for user_id in above.get(vals["reviewer_id"], ())
                if user_id != employee.user_id.id
            ]
            vals.setdefault("upper_user_ids", [fields.Command.set(upper_ids)])
        return result

    def action_reassign(self, reviewer_id, reason):
        """Give reviews to another reviewer (C3); HR officers only.

        The new reviewer gets plan and open commitments. Private notes stay with their author.

        :param int reviewer_id: id of an ``hr.employee`` with an internal user
        :param str reason: why; read by HR and the two reviewers
        :raise UserError: without a reason or with an impossible reviewer
        :return: ``True``
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "performance_review.group_performance_review_officer"
        ):
            raise AccessError(self.env._("Only HR gives a review to another reviewer."))
        if not self.env.su and self.env.user in self.sudo().employee_user_id:
            raise AccessError(
                self.env._("Your own reviewer is changed by somebody else in HR, not by you.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the reviewer changes."))
        reviewer = self.env["hr.employee"].sudo().browse(reviewer_id).exists()
        if not reviewer.user_id or reviewer.user_id.share:
            raise UserError(
                self.env._("Choose a reviewer who has an internal user: reviewers work in Odoo.")
            )
        if reviewer in self.sudo().employee_id:
            raise UserError(self.env._("Nobody reviews himself or herself."))
        self._mark_reassigned(reviewer, reason.strip())
        return True

    def _mark_reassigned(self, reviewer, reason):
        reviews = self.sudo().filtered(lambda review: review.reviewer_id != reviewer)
        self.env["performance.review.log"]._record(
            "handover",
            {review: (review.reviewer_id.name, reviewer.name) for review in reviews},
            reason,
        )
        # Only what the old reviewer had to do: a dispute stays with HR, a task somebody
        # gave to a third person with that person.
        activities = reviews.activity_ids.filtered(
            lambda activity: activity.user_id == reviews.browse(activity.res_id).reviewer_user_id
        )
        activities |= reviews.checkpoint_ids.activity_ids.filtered(
            lambda activity: (
                activity.user_id
                == reviews.checkpoint_ids.browse(activity.res_id).review_id.reviewer_user_id
            )
        )
        reviews.write({"reviewer_id": reviewer.id})
        activities.with_context(mail_activity_quick_update=True).write(
            {"user_id": reviewer.user_id.id}
        )

    def action_open_reassign(self):
        """Ask for the new reviewer and the reason (an ``ir.actions.act_window`` dict)."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the reviewer"),
            "res_model": "performance.review.reassign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_ids": [fields.Command.set(self.ids)]},
        }

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
