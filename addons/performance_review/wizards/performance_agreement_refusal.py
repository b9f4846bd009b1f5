from odoo import api, fields, models

from ..models.performance_agreement_refusal import KINDS
from ..tools import arguments


class PerformanceAgreementRefusal(models.TransientModel):
    """Ask why an agreement is not signed, who witnessed it and how it was delivered (A5b)."""

    _name = "performance.agreement.refusal"
    _description = "The employee does not sign"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    agreement_id = fields.Many2one("performance.agreement", required=True, ondelete="cascade")
    kind = fields.Selection(
        KINDS,
        string="Why it is not signed",
        compute="_compute_kind",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    reason = fields.Text(string="What was said", required=True)
    witness = fields.Char(size=arguments.NAME_LIMIT)
    delivered = fields.Char(string="How it was delivered", size=arguments.CHAR_LIMIT)
    objection_until = fields.Date(
        string="Objection open until",
        compute="_compute_objection_until",
        store=True,
        precompute=True,
        readonly=False,
    )

    @api.depends("agreement_id")
    def _compute_kind(self):
        for wizard in self:
            left = wizard.agreement_id and wizard.agreement_id._has_employee_left()
            wizard.kind = wizard.kind or ("left" if left else "refused")

    @api.depends("agreement_id")
    def _compute_objection_until(self):
        for wizard in self:
            wizard.objection_until = wizard.objection_until or (
                wizard.agreement_id and wizard.agreement_id._get_objection_day()
            )

    def action_confirm(self):
        """Record it as the current user.

        :raise UserError: as ``action_record_refusal``
        :return: action that closes the dialog
        """
        self.ensure_one()
        self.agreement_id.action_record_refusal(
            self.reason,
            self.witness or None,
            self.delivered or None,
            self.objection_until or None,
            self.kind,
        )
        return {"type": "ir.actions.act_window_close"}
