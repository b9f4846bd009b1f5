from odoo import models

from ..tools.spreadsheet_text import as_text


class PerformanceExportGuard(models.AbstractModel):
    """What do people's texts do in the file of whoever exports them?

    Nothing: a text that begins like a formula leaves as a text, in every kind of file and for
    lines that are exported along with another model too. Numbers and dates stay what they are.
    """

    _name = "performance.export.guard"
    _description = "Guard: what people's texts do in an exported file"

    def _export_rows(self, fields, **kwargs):
        rows = super()._export_rows(fields, **kwargs)
        return [[as_text(value) for value in row] for row in rows]
