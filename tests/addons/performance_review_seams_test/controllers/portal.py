from odoo.http import request

from odoo.addons.performance_review.controllers.portal import PerformancePortal


class SeamsPortal(PerformancePortal):
    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code == "praise":
            # With the rights of the employee, like everything on the page.
            values["praise"] = request.env["performance.praise"].search(
                [("employee_user_id", "=", request.env.user.id)]
            )
        return values
