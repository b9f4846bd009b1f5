from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class PerformanceAgreement(models.Model):
    """Dispute (异议): the employee says why not; HR mediates and may close with both statements."""

    _inherit = "performance.agreement"

    dispute_reason = fields.Text(string="The employee disagrees", readonly=True, copy=False)
    hr_statement = fields.Text(string="Statement of HR", readonly=True, copy=False)

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset({"dispute_reason", "hr_statement"})

    def action_dispute(self, reason):
        """State as the employee why the agreement is not signed.

        :param str reason: the employee's words, kept for good
        :raise UserError: without a reason, or when there is nothing to dispute
        :return: ``True``
        """
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say what you disagree with."))
        self._check_running()
        for agreement in self:
            if not self.env.su and agreement.sudo().review_id.employee_user_id != self.env.user:
                raise AccessError(self.env._("Only the employee disputes an agreement."))
            if agreement.state != "proposed" or agreement.employee_signed_on:
                raise UserError(
                    self.env._("There is nothing to dispute: this version is not up for signing.")
                )
        self._mark_disputed(reason.strip())
        return True

    def _mark_disputed(self, reason):
        agreements = self.sudo()
        agreements.write({"state": "disputed", "dispute_reason": reason})
        for review in agreements.review_id:
            user = review._get_activity_user("dispute")
            if user:
                activity_type = self.env.ref("performance_review.mail_activity_type_dispute")
                review._create_quiet_activities(
                    [
                        {
                            "activity_type_id": activity_type.id,
                            "res_id": review.id,
                            "user_id": user.id,
                            "date_deadline": fields.Date.today(),
                        }
                    ]
                )

    def action_close_by_hr(self, statement):
        """Close a dispute with both statements kept; HR officers only.

        :param str statement: HR's words
        :raise UserError: without a statement, or when nothing is disputed
        :return: ``True``
        """
        self.check_access("read")
        is_officer = self.env.user.has_group("performance_review.group_performance_review_officer")
        reviews = self.sudo().review_id
        if not self.env.su and (
            not is_officer or self.env.user in (reviews.employee_user_id | reviews.reviewer_user_id)
        ):
            raise AccessError(
                self.env._("A dispute is closed by somebody in HR who is no part of it.")
            )
        if not (statement or "").strip():
            raise UserError(self.env._("Say how HR closes the dispute."))
        self._check_running()
        if any(agreement.state != "disputed" for agreement in self.sudo()):
            raise UserError(self.env._("Only a disputed agreement is closed by HR."))
        self._mark_closed_by_hr(statement.strip())
        return True

    def _mark_closed_by_hr(self, statement):
        for agreement in self.sudo():
            agreement.hr_statement = statement
            agreement._put_into_force("closed_by_hr")

    def action_open_dispute(self):
        """Ask the employee for the reason (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        return self._open_wizard("performance.agreement.dispute", self.env._("I disagree"))

    def action_open_close_by_hr(self):
        """Ask HR for the statement (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        return self._open_wizard("performance.agreement.dispute", self.env._("Close the dispute"))
