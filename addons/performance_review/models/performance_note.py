from odoo import api, fields, models


class PerformanceNote(models.Model):
    """Private note of a reviewer: read by its author, by nobody else, ever."""

    _name = "performance.note"
    _description = "Private note"
    _inherit = [
        "performance.line.mixin",
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
    ]
    _order = "create_date desc, id desc"

    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )
    body = fields.Text(required=True)

    @api.model
    def _get_server_fields(self):
        return frozenset({"author_id"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.depends("review_id")
    def _compute_display_name(self):
        # Names of linked records are shown without a check of access.
        for note in self:
            note.display_name = self.env._("Private note")
