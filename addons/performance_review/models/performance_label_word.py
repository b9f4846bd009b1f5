from odoo import api, fields, models, tools


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
    @tools.ormcache()
    def _get_words(self):
        """Return the words HR added to the built-in list; every point asks for them.

        :rtype: tuple[str, ...]
        """
        return tuple(self.sudo().search_fetch([("active", "=", True)], ["name"]).mapped("name"))

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()
