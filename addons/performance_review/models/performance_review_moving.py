from collections import Counter

from odoo import api, fields, models
from odoo.fields import Command, Domain


class PerformanceReview(models.Model):
    """Carrying out what HR decided about the people of reviews, in batches.

    A plan says for each review who its people are going to be (review → values), see
    ``performance_review_handover.py``.
    """

    _inherit = "performance.review"

    @api.model
    def _count_audience(self, plan):
        """Say who gains and who loses access by a plan.

        :param dict plan: as :meth:`_plan` returns it
        :return: number of reviews by ``res.users``, of those who gain and those who lose
        :rtype: tuple[Counter, Counter]
        """
        gains, losses = Counter(), Counter()
        for review, vals in plan.items():
            before = set(
                (review.employee_user_id | review.reviewer_user_id | review.upper_user_ids).ids
            )
            after = {vals["employee_user_id"], vals["reviewer_user_id"], *vals["upper_user_ids"]}
            after.discard(False)
            gains.update(after - before)
            losses.update(before - after)
        users = self.env["res.users"].sudo()
        return tuple(
            Counter({users.browse(user_id): count for user_id, count in found.items()})
            for found in (gains, losses)
        )

    @api.model
    def _mark_moved(self, plan, reason):
        """Carry a plan out: stamps, parts, tasks and appointments, and a line in the history.

        :param dict plan: as :meth:`_plan` returns it
        :param str reason: why
        """
        users = self.env["res.users"].sudo()
        changes = {"handover": {}, "account": {}, "line": {}}
        writes = {}
        for review, vals in plan.items():
            upper = users.browse(vals["upper_user_ids"])
            reviewer = self.env["hr.employee"].sudo().browse(vals["reviewer_id"])
            account = users.browse(vals["employee_user_id"])
            same_line = set(upper.ids) == set(review.upper_user_ids.ids)
            same_reviewer = (reviewer.id, vals["reviewer_user_id"]) == (
                review.reviewer_id.id,
                review.reviewer_user_id.id,
            )
            if not same_reviewer:
                changes["handover"][review] = (review.reviewer_id.name, reviewer.name)
            if account != review.employee_user_id:
                changes["account"][review] = (review.employee_user_id.login, account.login)
            if not same_line and same_reviewer and account == review.employee_user_id:
                changes["line"][review] = tuple(
                    ", ".join(line.mapped("name")) for line in (review.upper_user_ids, upper)
                )
            if not (same_line and same_reviewer and account == review.employee_user_id):
                key = tuple(sorted(vals.items()))
                writes[key] = writes.get(key, self.sudo().browse()) | review
        for kind, changed in changes.items():
            self.env["performance.review.log"]._record(kind, changed, reason)
        self._move_tasks(changes["handover"], plan)
        self._move_appointments({**changes["handover"], **changes["account"]}, plan)
        self._move_parts(changes["handover"], changes["account"], plan)
        for key, reviews in writes.items():
            vals = dict(key)
            vals["upper_user_ids"] = [Command.set(vals["upper_user_ids"])]
            reviews.write(vals)
        self._move_mediations(self.sudo().union(*writes.values()))

    @api.model
    def _move_mediations(self, reviews):
        """Give disputes of which the mediator has become a party to somebody else in HR."""
        Mediation = self.env["performance.mediation"].sudo()
        for mediation in Mediation._find_open(reviews):
            review = mediation.review_id
            if mediation.user_id & (review.employee_user_id | review.reviewer_user_id):
                user = review._get_activity_user("dispute")
                mediation.user_id = user if Mediation._can_mediate(review, user) else False

    @api.model
    def _move_tasks(self, reviews, plan):
        """Hand over what the old reviewer had to do.

        A dispute stays with HR, a task for a third person with that person.
        """
        for review_model in ("performance.review", "performance.checkpoint"):
            owners = {
                record.id: review
                for review in reviews
                for record in (review if review_model == review._name else review.checkpoint_ids)
            }
            tasks = (
                self.env["mail.activity"]
                .sudo()
                .search([("res_model", "=", review_model), ("res_id", "in", list(owners))])
            )
            tasks = tasks.filtered(
                lambda task, owners=owners: task.user_id == owners[task.res_id].reviewer_user_id
            )
            by_user = tasks.grouped(
                lambda task, owners=owners: plan[owners[task.res_id]]["reviewer_user_id"]
            )
            for user_id, found in by_user.items():
                found.with_context(mail_activity_quick_update=True).write({"user_id": user_id})

    @api.model
    def _move_appointments(self, reviews, plan):
        """Change the guests of appointments to come, and their owner."""
        now = fields.Datetime.now()
        users = self.env["res.users"].sudo()
        for review in reviews:
            event = review.meeting_id
            if not event or event.stop < now:
                continue
            vals = plan[review]
            before = review.employee_user_id | review.reviewer_user_id
            after = users.browse([vals["employee_user_id"], vals["reviewer_user_id"]])
            gone = (before - after).partner_id
            changes = {
                "partner_ids": [
                    *(Command.unlink(partner.id) for partner in gone),
                    *(Command.link(partner.id) for partner in (after - before).partner_id),
                ]
            }
            if event.user_id in before - after:
                changes["user_id"] = vals["reviewer_user_id"]
            event.write(changes)
            event.message_unsubscribe(partner_ids=gone.ids)

    @api.model
    def _move_parts(self, handed_over, renamed, plan):
        """Restamp results, goals and incidents along with their reviews."""
        by_user = {}
        for review in handed_over:
            user_id = plan[review]["reviewer_user_id"]
            by_user[user_id] = by_user.get(user_id, self.sudo().browse()) | review
        for user_id, reviews in by_user.items():
            goals = reviews.appraisal_id.goal_ids | reviews.agreement_ids.goal_ids
            for parts in (reviews.appraisal_id, goals):
                parts.write({"manager_user_id": user_id})
        account_of = {review.employee_id: plan[review]["employee_user_id"] for review in renamed}
        for employee, user_id in account_of.items():
            of_employee = Domain("employee_id", "=", employee.id)
            for model in (
                "performance.appraisal", "performance.goal", "performance.incident",
                "performance.flag",
            ):  # fmt: skip
                parts = self.env[model].sudo().with_context(active_test=False)
                parts = parts.search(of_employee)
                parts.write({"employee_user_id": user_id})
