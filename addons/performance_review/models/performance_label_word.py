from odoo import api, fields, models


class PerformanceLabelWord(models.Model):
    """A word HR adds to the built-in list of wording that labels a person."""

    _name = "performance.label.word"
    _description = "Labelling word"
    _inherit = ["performance.field.guard"]
    _order = "name"

    name = fields.Char(string="Word or phrase", required=True)
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(lower(name))", "This word is already on the list.")

    @api.model
    def _get_words(self):
        """Return the words HR added to the built-in list (``list[str]``)."""
        return self.sudo().search([("active", "=", True)]).mapped("name")
