from odoo import api, fields, models


class PerformanceAgreementDispute(models.TransientModel):
    """Ask the employee what there is to say against a version, or HR how it closes a dispute."""

    _name = "performance.agreement.dispute"
    _description = "Dispute an agreement"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    agreement_id = fields.Many2one("performance.agreement", required=True, ondelete="cascade")
    # The form passes on what it shows; without it, what there was to read when this opened.
    fingerprint = fields.Char(
        compute="_compute_fingerprint", store=True, precompute=True, readonly=False
    )
    is_employee = fields.Boolean(compute="_compute_is_employee", export_string_translation=False)
    statement = fields.Text(required=True)

    @api.depends("agreement_id")
    def _compute_is_employee(self):
        for wizard in self:
            wizard.is_employee = wizard.agreement_id.is_employee

    @api.depends("agreement_id")
    def _compute_fingerprint(self):
        for wizard in self:
            wizard.fingerprint = wizard.fingerprint or wizard.agreement_id.fingerprint

    def action_confirm(self):
        """Dispute or object as the employee, close the dispute as HR.

        :raise UserError: as the agreement's own verbs
        :return: action that closes the dialog
        """
        self.ensure_one()
        if self.is_employee and self.agreement_id.state == "refused":
            self.agreement_id.action_object(self.statement)
        elif self.is_employee:
            self.agreement_id.action_dispute(self.statement, self.fingerprint)
        else:
            self.agreement_id.action_close_by_hr(self.statement)
        return {"type": "ir.actions.act_window_close"}
