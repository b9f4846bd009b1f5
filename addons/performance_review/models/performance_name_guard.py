from odoo import api, models

from ..tools.rights import acts_for_user


class PerformanceNameGuard(models.AbstractModel):
    """Who sees the name of a record through a link?

    Odoo shows the name of a linked record to whoever reads the link, with ``sudo()``. Whoever
    cannot read the record itself sees its kind instead.
    """

    _name = "performance.name.guard"
    _description = "Guard: who sees the name of a record through a link"

    def _get_nameable(self):
        """Return the records whose name the user may see; the others are named by their kind.

        :return: records of this model, with the rights they came with
        """
        if not acts_for_user(self.env):
            return self
        stored = self.filtered("id")
        readable = stored.sudo(False)._filtered_access("read").sudo()
        hidden = stored - readable
        if hidden:
            kind = self.env["ir.model"]._get(self._name).name
            for record in hidden:
                record.display_name = kind
        return self - hidden

    @api.depends_context("uid")
    def _compute_display_name(self):
        return super(PerformanceNameGuard, self._get_nameable())._compute_display_name()
