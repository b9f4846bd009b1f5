from odoo import fields, models


class PerformanceCyclePreview(models.TransientModel):
    """The preview of a pilot, and of the launch for everybody that follows it."""

    _inherit = "performance.cycle.preview"

    is_whole = fields.Boolean(string="For everybody")
    has_pilot = fields.Boolean(related="cycle_id.has_pilot")
    pilot_text = fields.Text(string="What the pilot found", compute="_compute_pilot_text")

    def _compute_pilot_text(self):
        for preview in self:
            cycle = preview.cycle_id
            preview.pilot_text = preview.is_whole and cycle.is_pilot and cycle._say_pilot()

    def _get_left_out_domains(self):
        domains = super()._get_left_out_domains()
        if self.is_whole:
            domains.pop("pilot", None)
        return domains

    def action_launch(self):
        self.ensure_one()
        if self.is_whole and self.cycle_id.is_pilot:
            self.cycle_id.action_launch_all()
            return {"type": "ir.actions.act_window_close"}
        return super().action_launch()
