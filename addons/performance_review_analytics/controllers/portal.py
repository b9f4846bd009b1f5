from odoo.addons.performance_review.controllers.portal import PerformancePortal


class PerformanceAnalyticsPortal(PerformancePortal):
    """The employee's page gets the answers to what he or she helped to raise."""

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code == "signals":
            values["signals"] = page.review._get_signal_answers()
        return values
