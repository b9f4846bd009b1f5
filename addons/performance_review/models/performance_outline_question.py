from odoo import api, fields, models
from odoo.exceptions import ValidationError

SECTIONS = [("past", "Past"), ("present", "Present"), ("future", "Future")]
KINDS = [("review", "Look back"), ("reflect", "Reflect"), ("develop", "Develop")]


class PerformanceOutlineQuestion(models.Model):
    """A question of an outline, for the self-assessment, the dialogue or both."""

    _name = "performance.outline.question"
    _description = "Outline question"
    _inherit = ["performance.field.guard"]
    _order = "outline_id, section_rank, sequence, id"

    outline_id = fields.Many2one(
        "performance.outline", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(string="Question", required=True, translate=True)
    hint = fields.Char(translate=True, help="One line under the question that helps to answer it.")
    section = fields.Selection(SECTIONS, required=True, default="past")
    section_rank = fields.Integer(
        compute="_compute_section_rank", store=True, export_string_translation=False
    )
    kind = fields.Selection(KINDS, required=True, default="review")
    sequence = fields.Integer(default=10)
    is_required = fields.Boolean(
        string="Required", help="The self-assessment cannot be submitted without an answer."
    )
    for_self_assessment = fields.Boolean(string="In the self-assessment", default=True)
    for_dialogue = fields.Boolean(string="In the dialogue", default=True)

    @api.depends("section")
    def _compute_section_rank(self):
        ranks = {code: rank for rank, (code, _label) in enumerate(SECTIONS)}
        for question in self:
            question.section_rank = ranks.get(question.section, 0)

    @api.constrains("for_self_assessment", "for_dialogue")
    def _check_used_somewhere(self):
        for question in self:
            if not question.for_self_assessment and not question.for_dialogue:
                raise ValidationError(
                    self.env._(
                        "“%(question)s” is asked nowhere: tick the self-assessment, the dialogue "
                        "or both.",
                        question=question.name,
                    )
                )
