from odoo import api, fields, models

from ..tools import arguments
from .performance_outline_question import SECTIONS


class PerformanceDialogueTopic(models.Model):
    """One question of the outline, or an own topic, as talked about in a dialogue."""

    _name = "performance.dialogue.topic"
    _description = "Dialogue topic"
    _inherit = ["performance.dialogue.line.mixin"]
    _order = "dialogue_id, section_rank, sequence, id"

    question_id = fields.Many2one(
        "performance.outline.question", index="btree_not_null", ondelete="restrict"
    )
    # What stands beside a question in the room; the portal reads no outlines.
    kind = fields.Selection(related="question_id.kind", string="Kind of question")
    hint = fields.Char(related="question_id.hint", string="Hint for the question")
    own_text = fields.Char(string="Own topic", size=arguments.CHAR_LIMIT)
    name = fields.Char(string="Topic", compute="_compute_name", inverse="_inverse_name")
    section = fields.Selection(
        SECTIONS, compute="_compute_section", store=True, readonly=False, required=True,
        precompute=True,
    )  # fmt: skip
    section_rank = fields.Integer(
        compute="_compute_section_rank", store=True, export_string_translation=False
    )
    sequence = fields.Integer(default=10)
    is_discussed = fields.Boolean(string="Talked about")
    answer = fields.Text()

    _one_per_room_key = models.UniqueIndex(
        "(dialogue_id, room_key) WHERE room_key IS NOT NULL", "This topic is stored already."
    )

    @api.model
    def _get_parent_fields(self):
        return super()._get_parent_fields() | {"question_id"}

    @api.depends("question_id.name", "own_text")
    def _compute_name(self):
        for topic in self:
            topic.name = topic.own_text or topic.sudo().question_id.name

    def _inverse_name(self):
        for topic in self:
            if topic.name != topic.question_id.name:
                topic.own_text = topic.name

    @api.depends("question_id")
    def _compute_section(self):
        for topic in self:
            topic.section = topic.question_id.section or topic.section or "past"

    @api.depends("section")
    def _compute_section_rank(self):
        ranks = {code: rank for rank, (code, _label) in enumerate(SECTIONS)}
        for topic in self:
            topic.section_rank = ranks.get(topic.section, 0)
