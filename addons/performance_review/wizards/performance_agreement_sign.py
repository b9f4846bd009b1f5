from odoo import api, fields, models


class PerformanceAgreementSign(models.TransientModel):
    """Ask for a drawn or typed signature in the back office (A5)."""

    _name = "performance.agreement.sign"
    _description = "Sign an agreement"
    _inherit = ["performance.agreement.window"]

    stance = fields.Selection(
        [("agree", "I agree"), ("acknowledge", "I acknowledge it")],
        help="To acknowledge an agreement is not to agree with it.",
    )
    name = fields.Char(string="Your name", required=True, default=lambda self: self.env.user.name)
    signature = fields.Binary(help="Optional: without a drawing your typed name signs.")

    cue_text = fields.Text(string="Your if-then plans", compute="_compute_cue_text")
    cues_read = fields.Boolean(string="I have read them once more")

    @api.depends("agreement_id")
    def _compute_cue_text(self):
        for wizard in self:
            agreement = wizard.agreement_id
            cues = agreement._get_cues() if agreement.is_employee else []
            wizard.cue_text = "\n".join(cues)

    def action_confirm(self):
        """Sign as the current user.

        :raise UserError: as ``action_sign``
        :return: action that closes the dialog
        """
        self.ensure_one()
        self.agreement_id.action_sign(
            self.signature or None,
            self.name,
            self.stance or None,
            self.fingerprint,
            self.cues_read,
        )
        return {"type": "ir.actions.act_window_close"}
