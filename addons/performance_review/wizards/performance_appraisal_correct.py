from odoo import api, fields, models

from ..models.performance_appraisal import CORRECTABLE_OF_KPI


class PerformanceAppraisalCorrect(models.TransientModel):
    """Ask HR for the correction of a confirmed result, one KPI at a time, and for the reason."""

    _name = "performance.appraisal.correct"
    _description = "Correct a result"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    appraisal_id = fields.Many2one("performance.appraisal", required=True, ondelete="cascade")
    is_reset = fields.Boolean(export_string_translation=False)
    rating_id = fields.Many2one(
        "performance.rating",
        compute="_compute_rating_id",
        store=True,
        readonly=False,
        ondelete="cascade",
    )
    new_score = fields.Float(
        string="Score",
        compute="_compute_new_score",
        store=True,
        readonly=False,
        help="Follows from the KPIs when one of them is corrected, unless it is changed here.",
    )
    goal_id = fields.Many2one(
        "performance.goal",
        string="KPI",
        domain="[('appraisal_id', '=', appraisal_id)]",
        ondelete="cascade",
    )
    baseline = fields.Float(compute="_compute_figures", store=True, readonly=False)
    target = fields.Float(compute="_compute_figures", store=True, readonly=False)
    actual = fields.Float(compute="_compute_figures", store=True, readonly=False)
    weight = fields.Float(compute="_compute_figures", store=True, readonly=False)
    reason = fields.Text(required=True)

    @api.depends("appraisal_id")
    def _compute_rating_id(self):
        for wizard in self:
            wizard.rating_id = wizard.appraisal_id.rating_id

    @api.depends("appraisal_id")
    def _compute_new_score(self):
        for wizard in self:
            wizard.new_score = wizard.appraisal_id.score

    @api.depends("goal_id")
    def _compute_figures(self):
        for wizard in self:
            for name in CORRECTABLE_OF_KPI:
                wizard[name] = wizard.goal_id[name]

    def action_confirm(self):
        """Correct the result, or take it back to draft.

        :raise UserError: as the verbs of the result
        :return: action that closes the dialog
        """
        self.ensure_one()
        if self.is_reset:
            self.appraisal_id.action_reset(self.reason)
        else:
            self.appraisal_id.action_correct(self._prepare_correction(), self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _prepare_correction(self):
        """Return what has been changed in the dialog, for ``action_correct``."""
        vals = {}
        if self.rating_id != self.appraisal_id.rating_id:
            vals["rating_id"] = self.rating_id.id
        if self.new_score != self.appraisal_id.score:
            vals["score"] = self.new_score
        changed = {
            name: self[name]
            for name in CORRECTABLE_OF_KPI
            if self.goal_id and self[name] != self.goal_id[name]
        }
        if changed:
            vals["goals"] = {self.goal_id.id: changed}
        return vals
