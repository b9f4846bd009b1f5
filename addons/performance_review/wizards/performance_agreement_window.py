from odoo import api, fields, models


class PerformanceAgreementWindow(models.AbstractModel):
    """What every window has in which one side answers a version it has just read."""

    _name = "performance.agreement.window"
    _description = "Window about an agreement"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    agreement_id = fields.Many2one("performance.agreement", required=True, ondelete="cascade")
    # The form passes on what it shows; without it, what there was to read when this opened.
    fingerprint = fields.Char(
        compute="_compute_fingerprint", store=True, precompute=True, readonly=False
    )
    is_employee = fields.Boolean(compute="_compute_is_employee", export_string_translation=False)

    @api.depends("agreement_id")
    def _compute_is_employee(self):
        for window in self:
            window.is_employee = window.agreement_id.is_employee

    @api.depends("agreement_id")
    def _compute_fingerprint(self):
        for window in self:
            window.fingerprint = window.fingerprint or window.agreement_id.fingerprint
