from odoo import api, models


class PerformanceCycle(models.Model):
    """Whoever has come to lead somebody finds the dashboard in the menu at once.

    Odoo keeps the menus of a user until its caches are cleared, see ``ir.ui.menu``.
    """

    _inherit = "performance.cycle"

    def _mark_launched(self):
        result = super()._mark_launched()
        self.env.registry.clear_cache()
        return result


class PerformanceReview(models.Model):
    """The same after a handover, and whoever leads nobody any more finds it no longer.

    Nor after reviews are deleted outright.
    """

    _inherit = "performance.review"

    @api.model
    def _mark_moved(self, plan, reason):
        result = super()._mark_moved(plan, reason)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
