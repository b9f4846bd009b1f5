from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..tools import arguments


class PerformanceReview(models.Model):
    """What HR does with the people of a review, with a reason and never with one's own.

    Each verb plans what changes (review → values), which is what its dialog shows, and
    ``performance_review_moving.py`` carries a plan out: stamps, goals, tasks, appointment, log.
    """

    _inherit = "performance.review"

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    def _check_hr_acts(self, reason):
        """Refuse whoever is not in HR, or a party, or gives no reason.

        :param str reason: why, for the history of the review
        :raise AccessError: for others than HR, and for HR about reviews of its own
        :raise UserError: without a reason
        :return: the reason, without blanks around it
        :rtype: str
        """
        self._check_is_hr()
        reason = arguments.read_text(self.env, reason, self.env._("Reason"), arguments.REASON_LIMIT)
        if not reason.strip():
            raise UserError(self.env._("Say why: the reason stays in the history of the review."))
        return reason.strip()

    def _check_is_hr(self):
        """Refuse whoever is not in HR, and HR about reviews of its own.

        :raise AccessError: one sentence
        """
        self.check_access("read")
        if not self.env.su:
            if not self.env.user.has_group("performance_review.group_performance_review_officer"):
                raise AccessError(self.env._("Only HR does this."))
            if self._get_own_parts():
                raise AccessError(
                    self.env._("You are part of this review: somebody else in HR does this.")
                )

    def _get_own_parts(self):
        """Return the reviews in which the current user is employee or reviewer."""
        user = self.env.user
        return self.filtered(
            lambda review: (
                user
                in (
                    review.sudo().employee_user_id
                    | review.sudo().reviewer_user_id
                    | review.sudo().employee_id.user_id
                )
            )
        )

    def _get_record_of(self, model, record_id):
        """Return the record a caller named by its id, with ``sudo()``.

        :raise UserError: for anything but the id of an existing record
        """
        record_id = arguments.read_id(self.env, record_id, self.env._("Person"))
        if record := self.env[model].sudo().browse(record_id).exists():
            return record
        raise UserError(self.env._("Choose somebody from the list."))

    def _check_account(self, user):
        """Refuse an account that could not read these reviews.

        :param user: ``res.users``, with ``sudo()``
        :raise UserError: when it is archived or not allowed in the company of a review
        """
        if not user.active:
            raise UserError(self.env._("The account of %(user)s is archived.", user=user.name))
        for company in self.sudo().company_id - user.company_ids:
            raise UserError(
                self.env._(
                    "%(user)s is not allowed in %(company)s, where this review belongs.",
                    user=user.name,
                    company=company.name,
                )
            )

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_reassign(self, reviewer_id, reason):
        """Give reviews to another reviewer (C3); HR officers only.

        The new reviewer gets plan, tasks, appointment and open commitments. Private notes stay
        with their author, who loses all else.

        :param int reviewer_id: id of an ``hr.employee`` with an internal user
        :param str reason: why; read by HR and the reviewer
        :raise UserError: without a reason or with an impossible reviewer
        :raise AccessError: for others than HR, and about reviews of one's own
        :return: ``True``
        """
        reason = self._check_hr_acts(reason)
        reviewer = self._get_record_of("hr.employee", reviewer_id)
        self._check_reviewer_for_all(reviewer)
        self._mark_moved(self.sudo()._plan_reviewer(reviewer), reason)
        return True

    def _check_reviewer_for_all(self, reviewer):
        """Refuse a reviewer who cannot review all of these.

        :param reviewer: ``hr.employee``, with ``sudo()``
        :raise UserError: one sentence
        """
        user = reviewer.user_id
        if not user or user.share:
            raise UserError(
                self.env._("Choose a reviewer who has an internal user: reviewers work in Odoo.")
            )
        if not reviewer.active:
            raise UserError(
                self.env._("%(reviewer)s has left and reviews nobody.", reviewer=reviewer.name)
            )
        cards = self.sudo()
        if reviewer in cards.employee_id or user in cards.employee_user_id:
            raise UserError(self.env._("Nobody reviews himself or herself."))
        self._check_account(user)

    def action_change_account(self, user_id, reason):
        """Give the records of an employee to another account of the same person; HR only.

        All reviews, goals, results and incidents of that employee go along.

        :param int user_id: id of a ``res.users``
        :param str reason: why; read by HR and the reviewer
        :raise UserError: without a reason, with an impossible account, for several employees
        :raise AccessError: for others than HR, and about reviews of one's own
        :return: ``True``
        """
        reason = self._check_hr_acts(reason)
        user = self._get_record_of("res.users", user_id)
        employee = self.sudo().employee_id
        if len(employee) != 1:
            raise UserError(self.env._("Change the account of one employee at a time."))
        reviews = self._get_reviews_of(employee)
        if not self.env.su and (self.env.user == user or reviews._get_own_parts()):
            raise AccessError(
                self.env._("You are part of this review: somebody else in HR does this.")
            )
        reviews._check_account(user)
        if user in reviews.reviewer_user_id:
            raise UserError(self.env._("Nobody reviews himself or herself."))
        others = self.env["hr.employee"].sudo().with_context(active_test=False)
        if others.search_count([("user_id", "=", user.id), ("id", "!=", employee.id)], limit=1):
            raise UserError(
                self.env._("The account of %(user)s belongs to another employee.", user=user.name)
            )
        self._mark_moved(reviews._plan_account(user), reason)
        return True

    def action_refresh_line(self, reason):
        """Let the managers above the reviewer of today read these reviews; HR only.

        :param str reason: why; read by HR and the reviewer
        :raise UserError: without a reason
        :raise AccessError: for others than HR, and about reviews of one's own
        :return: ``True``
        """
        reason = self._check_hr_acts(reason)
        self._mark_moved(self.sudo()._plan_line(), reason)
        return True

    def action_follow_organisation(self, reason):
        """Bring these reviews to today's accounts, managers and managers above; HR only.

        Reviews whose employee has no manager with an internal user keep their reviewer.

        :param str reason: why; read by HR and the reviewer
        :raise UserError: without a reason
        :raise AccessError: for others than HR, and about reviews of one's own
        :return: ``True``
        """
        reason = self._check_hr_acts(reason)
        self._mark_moved(self.sudo()._plan_organisation(), reason)
        return True

    # ------------------------------------------------------------------
    # Plans: review → values, with sudo()
    # ------------------------------------------------------------------

    @api.model
    def _get_reviews_of(self, employees):
        return self.sudo().search([("employee_id", "in", employees.ids)])

    def _plan(self, reviewers, accounts):
        """Return the stamps of these reviews with other people.

        :param dict reviewers: review → ``hr.employee``, for those who get another reviewer
        :param dict accounts: review → ``res.users``, for those whose employee does
        :rtype: dict
        """
        all_reviewers = self.reviewer_id.union(*reviewers.values())
        above = self._find_users_above(all_reviewers)
        plan = {}
        for review in self:
            reviewer = reviewers.get(review, review.reviewer_id)
            account = accounts.get(review, review.employee_user_id)
            user = reviewer.user_id if review in reviewers else review.reviewer_user_id
            upper = [each for each in above.get(reviewer.id, ()) if each != account.id]
            plan[review] = {
                "employee_user_id": account.id,
                "reviewer_id": reviewer.id,
                "reviewer_user_id": user.id,
                "upper_user_ids": tuple(sorted(upper)),
            }
        return plan

    def _plan_reviewer(self, reviewer):
        return self._plan(dict.fromkeys(self, reviewer), {})

    def _plan_account(self, user):
        plan = self._plan({}, dict.fromkeys(self, user))
        for review, vals in plan.items():
            # The line above stays as it is stamped: this is about one account.
            vals["upper_user_ids"] = tuple(sorted(set(review.upper_user_ids.ids) - {user.id}))
        return plan

    def _plan_line(self):
        return self._plan({}, {})

    def _plan_organisation(self):
        self.employee_id.fetch(["user_id", "parent_id"])
        reviewers, accounts = {}, {}
        for review in self:
            employee, manager = review.employee_id, review.employee_id.parent_id
            account = employee.user_id
            if account and account.active and account != review.reviewer_user_id:
                accounts[review] = account
            account = accounts.get(review, review.employee_user_id)
            if (
                manager.active
                and manager.user_id.active
                and not manager.user_id.share
                and manager.user_id != account
                and manager != employee
                and review.company_id in manager.user_id.company_ids
            ):
                reviewers[review] = manager
        return self._plan(reviewers, accounts)

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def action_open_reassign(self):
        """Ask HR what changes and why (an ``ir.actions.act_window`` dict)."""
        return self._open_move("reviewer", self.env._("Change the people"))

    def action_open_follow(self):
        """Ask HR whether to follow today's organisation (an ``ir.actions.act_window`` dict)."""
        return self._open_move("organisation", self.env._("Follow today's organisation"))

    def action_open_end(self):
        """Ask HR why a review ends here (an ``ir.actions.act_window`` dict)."""
        return self._open_move("end", self.env._("End the review"))

    def _open_move(self, kind, name):
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "performance.review.move",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_kind": kind,
                "default_review_ids": [Command.set(self.ids)],
            },
        }
