from odoo import models


class IrHttp(models.AbstractModel):
    """What the pages know from the start."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        # The portal pages load the translations of this addon's scripts.
        return [*super()._get_translation_frontend_modules_name(), "performance_review"]

    def session_info(self):
        info = super().session_info()
        user = self.env.user
        # Whoever leads or reviews somebody is an employee, too.
        info["performance_notes_incidents"] = bool(user._is_internal() and user.sudo().employee_ids)
        return info
