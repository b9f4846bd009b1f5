import json

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.export import ExcelExport
from odoo.addons.web.controllers.pivot import TableExporter

from ..tools.spreadsheet_text import as_text


def _is_guarded(name):
    """Say whether the exports of a model are looked after (see ``performance.export.guard``)."""
    guard = type(request.env["performance.export.guard"])
    return name in request.env and isinstance(request.env[name], guard)


class PerformanceExcelExport(ExcelExport):
    """The titles of groups, which do not come out of ``_export_rows``."""

    def from_group_data(self, fields, columns_headers, groups):
        if _is_guarded(groups._model._name):
            self._escape_titles(groups)
        return super().from_group_data(fields, columns_headers, groups)

    def _escape_titles(self, node):
        # A title is a text or the pair of an id and a name.
        node.children = {
            (key[0], as_text(key[1])) if isinstance(key, tuple) else as_text(key): child
            for key, child in node.children.items()
        }
        for child in node.children.values():
            self._escape_titles(child)


class PerformanceTableExporter(TableExporter):
    """The titles of a pivot, which the browser sends."""

    @http.route()
    def export_xlsx(self, data, **kw):
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        if table and _is_guarded(table.get("model")):
            for row in table.get("rows") or []:
                row["title"] = as_text(row["title"])
                for cell in row["values"]:
                    cell["value"] = as_text(cell["value"])
            headers = [*(table.get("col_group_headers") or []), table.get("measure_headers") or []]
            for header in (each for row in headers for each in row):
                header["title"] = as_text(header["title"])
        return super().export_xlsx(json.dumps(table), **kw)
