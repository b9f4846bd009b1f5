from odoo import fields, models


class PerformanceAgreementDispute(models.TransientModel):
    """Ask the employee what there is to say against a version, or HR how it closes a dispute."""

    _name = "performance.agreement.dispute"
    _description = "Dispute an agreement"
    _inherit = ["performance.agreement.window"]

    statement = fields.Text(required=True)

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
