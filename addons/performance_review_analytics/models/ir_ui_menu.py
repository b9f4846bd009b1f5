from odoo import models


class IrUiMenu(models.Model):
    """The dashboard stands in the menu of those for whom it shows something."""

    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        menu = self.env.ref("performance_review_analytics.menu_dashboard", raise_if_not_found=False)
        if menu and not self.env["performance.review.report"]._has_dashboard():
            hidden.append(menu.id)
        return hidden
