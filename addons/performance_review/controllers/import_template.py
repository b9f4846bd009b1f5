from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..tools import spreadsheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportTemplate(http.Controller):
    """The spreadsheet that HR fills in for an import (C6)."""

    @http.route("/performance_review/import_template", type="http", auth="user", readonly=True)
    def download(self):
        """Return the template file in the user's language; HR officers only."""
        user = request.env.user
        if not user.has_group("performance_review.group_performance_review_officer"):
            raise AccessError(request.env._("Only HR imports appraisal results."))
        content = spreadsheet.build_template(user.lang or "en_US")
        name = request.env._("Appraisal results") + ".xlsx"
        return request.make_response(
            content,
            [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))],
        )
