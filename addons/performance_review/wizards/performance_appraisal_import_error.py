from odoo import fields, models


class PerformanceAppraisalImportError(models.TransientModel):
    """A bad row of the file: its number and the reasons in words."""

    _name = "performance.appraisal.import.error"
    _description = "Bad row of an import"
    _inherit = ["performance.field.guard", "performance.link.guard"]
    _order = "row, id"

    import_id = fields.Many2one(
        "performance.appraisal.import", required=True, ondelete="cascade", index=True
    )
    row = fields.Integer(readonly=True)
    message = fields.Text(readonly=True)
