from odoo import api, fields, models


class PerformanceSelfAssessmentAnswer(models.Model):
    """Answer to one question of the outline; the question's text stays in the outline."""

    _name = "performance.self.assessment.answer"
    _description = "Self-assessment answer"
    _inherit = ["performance.line.mixin", "performance.part.mixin"]
    _order = "assessment_id, section_rank, sequence, id"

    assessment_id = fields.Many2one(
        "performance.self.assessment", required=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "performance.outline.question",
        string="Outline question",
        required=True,
        index=True,
        ondelete="restrict",
    )
    section = fields.Selection(related="question_id.section")
    section_rank = fields.Integer(
        related="question_id.section_rank", store=True, export_string_translation=False
    )
    sequence = fields.Integer(
        related="question_id.sequence", store=True, export_string_translation=False
    )
    question_text = fields.Char(related="question_id.name", string="Question")
    hint = fields.Char(related="question_id.hint")
    is_required = fields.Boolean(related="question_id.is_required")
    answer = fields.Text()

    @api.model
    def _get_parent_fields(self):
        return frozenset({"assessment_id", "question_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"preparation", "dialogue"})

    def write(self, vals):
        self.assessment_id._check_not_submitted()
        return super().write(vals)

    def _get_guarded_review(self):
        return self.assessment_id.review_id
