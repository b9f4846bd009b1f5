import json

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request

from odoo.addons.performance_review.tools import arguments

from ..tools.sheets import write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PerformanceDashboard(http.Controller):
    """The tables of these screens as a workbook, with the rights of whoever asks."""

    @http.route("/performance_review/dashboard/xlsx", auth="user", readonly=True, methods=["POST"])
    def export_dashboard(self, filters="{}", table="", **_kwargs):
        report = request.env["performance.review.report"]
        try:
            chosen = json.loads(arguments.read_text(request.env, filters, "filters"))
        except ValueError:
            raise UserError(
                request.env._("Open the dashboard anew and export once more.")
            ) from None
        label = request.env._("Filters")
        chosen = arguments.read_mapping(request.env, chosen, label)
        tables = report._get_dashboard_tables(chosen, table or None)
        return self._respond(request.env._("Dashboard"), tables)

    @http.route("/performance_review/cockpit/xlsx", auth="user", readonly=True, methods=["POST"])
    def export_cockpit(self, cycle_id="", **_kwargs):
        cycles = request.env["performance.cycle"]
        return self._respond(
            request.env._("Cockpit"), cycles._get_cockpit_tables(cycle_id or False)
        )

    @http.route("/performance_review/sensor/xlsx", auth="user", readonly=True, methods=["POST"])
    def export_sensor(self, cycle_id="", **_kwargs):
        cycles = request.env["performance.cycle"]
        return self._respond(request.env._("Sensor"), cycles._get_sensor_tables(cycle_id or False))

    def _respond(self, name, tables):
        content = write_workbook(tables)
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(content, headers)
