from odoo import models


class IrHttp(models.AbstractModel):
    """Lets the portal pages load the translations of this addon's scripts."""

    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        return [*super()._get_translation_frontend_modules_name(), "performance_review"]
