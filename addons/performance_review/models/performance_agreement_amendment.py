from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceAgreement(models.Model):
    """Amendment (修订): a change of what was proposed is a new version."""

    _inherit = "performance.agreement"

    can_amend = fields.Boolean(compute="_compute_can_amend", export_string_translation=False)

    @api.depends_context("uid")
    @api.depends("state", "employee_signed_on", "reviewer_signed_on", "review_id")
    def _compute_can_amend(self):
        for agreement in self:
            agreement.can_amend = (
                agreement.is_reviewer
                and agreement.sudo().review_id.state != "done"
                and not agreement._get_amend_refusal()
            )

    def action_amend(self):
        """Copy this version into a new draft; the old one holds until the new one is signed.

        :raise UserError: while a draft exists already, for an older version, or when it is
            enough to withdraw the proposal
        :return: the new version's form (an ``ir.actions.act_window`` dict)
        """
        self.ensure_one()
        self._check_reviewer()
        self._lock_row()
        self._check_running()
        if refusal := self._get_amend_refusal():
            raise UserError(refusal)
        amendment = self._create_amendment()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreement"),
            "res_model": "performance.agreement",
            "res_id": amendment.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _get_amend_refusal(self):
        """Return why this version cannot be amended, one sentence, or nothing."""
        self.ensure_one()
        if self.state == "draft" or self.sudo()._get_other_versions(("draft",)):
            return self.env._("There is a draft already: change that one.")
        if self.sudo().review_id.agreement_id != self.sudo():
            return self.env._("There is a newer version: amend that one.")
        is_signed = self.employee_signed_on or self.reviewer_signed_on
        if self.state == "proposed" and not is_signed:
            return self.env._("Nobody has signed yet: withdraw the proposal instead.")
        return False

    def _create_amendment(self):
        """Return a new draft with copies of goals and commitments.

        Each copy knows what it carries on, so that progress and outcome are not lost.
        """
        self.ensure_one()
        amendment = self.create({"review_id": self.review_id.id, "summary": self.summary})
        content = self.sudo()
        for line in (*content.goal_ids, *content.commitment_ids):
            line.copy({"agreement_id": amendment.id, **line._prepare_carry_vals()})
        return amendment
