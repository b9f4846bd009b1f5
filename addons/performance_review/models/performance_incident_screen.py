from odoo import api, fields, models


class PerformanceIncidentScreen(models.AbstractModel):
    """A form about somebody, with the two buttons that note what went well or wrong."""

    _name = "performance.incident.screen"
    _description = "Form with buttons to note incidents"

    can_note_incidents = fields.Boolean(
        compute="_compute_can_note_incidents", export_string_translation=False
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can_note_incidents(self):
        candidate_ids = set(self.env["performance.incident"]._get_candidates().ids)
        for record in self:
            record.can_note_incidents = record._get_noted_employee().id in candidate_ids

    def _get_noted_employee(self):
        """Return the ``hr.employee`` whom this form is about; a hook."""
        return self.env["hr.employee"].browse(self.id)

    def action_note_positive(self):
        """Open the form to note what went well (an ``ir.actions.act_window`` dict)."""
        return self._open_note("positive")

    def action_note_negative(self):
        """Open the form to note what went wrong (an ``ir.actions.act_window`` dict)."""
        return self._open_note("negative")

    def _open_note(self, polarity):
        self.ensure_one()
        return self.env["performance.incident"].get_note_action(polarity, self._name, self.id)
