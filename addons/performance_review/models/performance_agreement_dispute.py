from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import arguments


class PerformanceAgreement(models.Model):
    """Dispute (异议): the employee says why not; HR mediates and may close with both statements."""

    _inherit = "performance.agreement"

    dispute_reason = fields.Text(string="The employee disagrees", readonly=True, copy=False)
    disputed_on = fields.Datetime(string="Disputed on", readonly=True, copy=False)
    hr_statement = fields.Text(string="Statement of HR", readonly=True, copy=False)

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset(
            {"dispute_reason", "disputed_on", "hr_statement"}
        )

    def action_dispute(self, reason, fingerprint=None):
        """State as the employee why the agreement is not signed.

        :param str reason: the employee's words, kept for good
        :param str fingerprint: the ``fingerprint`` of the version, as it was read
        :raise UserError: without a reason, when there is nothing to dispute, or the content
            is not (any more) what was read
        :return: ``True``
        """
        self.check_access("read")
        reason = arguments.read_text(self.env, reason, self.env._("Reason")).strip()
        if not reason:
            raise UserError(self.env._("Say what you disagree with."))
        self._lock_row()
        self._check_running()
        for agreement in self:
            if not self.env.su and agreement.sudo().review_id.employee_user_id != self.env.user:
                raise AccessError(self.env._("Only the employee disputes an agreement."))
            if agreement.state != "proposed" or agreement.employee_signed_on:
                raise UserError(
                    self.env._("There is nothing to dispute: this version is not up for signing.")
                )
            agreement._check_fingerprint(fingerprint)
        self._mark_disputed(reason)
        return True

    def _mark_disputed(self, reason):
        agreements = self.sudo()
        agreements.write(
            {
                "state": "disputed",
                "dispute_reason": reason,
                "disputed_on": fields.Datetime.now(),
            }
        )
        agreements.env["performance.mediation"]._open(agreements)
        agreements._tell_reviewers()

    def _tell_reviewers(self):
        """Have the reviewers told with their next mail of the day that it is their turn."""
        self.env["performance.reminder.line"].sudo()._wait_for_mail(
            "asked",
            [
                (agreement.review_id, user)
                for agreement in self
                if (user := agreement.review_id.reviewer_user_id)
            ],
        )

    def action_close_by_hr(self, statement):
        """Close a dispute with both statements kept; HR officers only.

        :param str statement: HR's words
        :raise UserError: without a statement, or when nothing is disputed
        :return: ``True``
        """
        self.check_access("read")
        self._check_speaks_for_hr()
        statement = arguments.read_text(
            self.env, statement, self._get_field_label("hr_statement")
        ).strip()
        if not statement:
            raise UserError(self.env._("Say how HR closes the dispute."))
        self._lock_row()
        self._check_running()
        if any(agreement.state != "disputed" for agreement in self.sudo()):
            raise UserError(self.env._("Only a disputed agreement is closed by HR."))
        self._mark_closed_by_hr(statement)
        return True

    def _check_speaks_for_hr(self):
        """Refuse whoever is not in HR, and whoever is one of the two sides.

        :raise AccessError: for them
        """
        is_officer = self.env.user.has_group("performance_review.group_performance_review_officer")
        reviews = self.sudo().review_id
        if not self.env.su and (
            not is_officer or self.env.user in (reviews.employee_user_id | reviews.reviewer_user_id)
        ):
            raise AccessError(
                self.env._("A dispute is closed by somebody in HR who is no part of it.")
            )

    def _mark_closed_by_hr(self, statement):
        for agreement in self.sudo():
            mediations = agreement.env["performance.mediation"]._find_open(agreement.review_id)
            mediations.write({"answer": statement})
            mediations._mark_over("closed")
            agreement.hr_statement = statement
            agreement._put_into_force("closed_by_hr")

    def action_open_dispute(self):
        """Ask the employee for the reason (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        name = self.env._("I object") if self.can_object else self.env._("I disagree")
        return self._open_wizard("performance.agreement.dispute", name)

    def action_open_mediation(self):
        """Open what HR does about the dispute (an ``ir.actions.act_window`` dict).

        :raise UserError: when there is nothing the user may read
        """
        self.ensure_one()
        mediation = self.env["performance.mediation"].search(
            [("agreement_id", "=", self.id)], limit=1
        )
        if not mediation:
            raise UserError(self.env._("There is no dispute for you to mediate in."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispute"),
            "res_model": "performance.mediation",
            "res_id": mediation.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_close_by_hr(self):
        """Ask HR for the statement (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        return self._open_wizard("performance.agreement.dispute", self.env._("Close the dispute"))
