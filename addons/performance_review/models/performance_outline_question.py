from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

SECTIONS = [("past", "Past"), ("present", "Present"), ("future", "Future")]
KINDS = [("review", "Look back"), ("reflect", "Reflect"), ("develop", "Develop")]


class PerformanceOutlineQuestion(models.Model):
    """A question of an outline, for the self-assessment, the dialogue or both.

    Once somebody has it before them, its words stay: an answer belongs to the question as it was
    asked. It is retired (archived) then, and another one stands in its place.
    """

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
    active = fields.Boolean(
        default=True,
        help="A retired question is asked nobody any more; answers given to it stay with it.",
    )
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

    is_in_use = fields.Boolean(
        string="Asked already",
        compute="_compute_is_in_use",
        help="Somebody has it in a self-assessment or a dialogue: its words stay as they are.",
    )

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

    # ------------------------------------------------------------------
    # In use
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    def _compute_is_in_use(self):
        # To whoever only reads outlines it would say that somebody is at work on one.
        used = self._filter_in_use() if self.has_access("write") else self.browse()
        for question in self:
            question.is_in_use = question._origin in used

    def _filter_in_use(self):
        """Return those that stand in a self-assessment or a dialogue, whosever it is.

        :rtype: models.Model
        """
        asked = self.browse()
        for model in ("performance.self.assessment.answer", "performance.dialogue.topic"):
            for (question,) in (
                self.env[model]
                .sudo()
                ._read_group([("question_id", "in", self._origin.ids)], ["question_id"])
            ):
                asked |= self.browse(question.id)
        return asked

    @api.model
    def _get_text_fields(self):
        """Names of the fields that say what is asked, which answers rely on.

        :rtype: frozenset[str]
        """
        return frozenset({"name", "hint", "section", "kind", "outline_id"})

    def _check_text_is_free(self):
        """Refuse to reword what somebody has been asked.

        :raise UserError: naming the first such question
        """
        for question in self._filter_in_use():
            raise UserError(
                self.env._(
                    "“%(question)s” has been asked already, and its answers belong to these words: "
                    "use “Replace” to put a new question in its place.",
                    question=question.name,
                )
            )

    def write(self, vals):
        names = self._get_text_fields() & vals.keys()
        if names:
            # Forms and imports also send what has not changed.
            changed = self.filtered(
                lambda question: any(
                    question._fields[name].convert_to_write(question[name], question)
                    != (vals[name] or False)
                    for name in names
                )
            )
            changed.check_access("write")
            changed._check_text_is_free()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, *args, **kwargs):
        if field_name in self._get_text_fields():
            self.check_access("write")
            stored = self._fields[field_name]._get_stored_translations(self) or {}
            # Adding a language takes nothing from anybody who has answered.
            if any(lang in stored and stored[lang] != text for lang, text in translations.items()):
                self._check_text_is_free()
        return super()._update_field_translations(field_name, translations, *args, **kwargs)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for question in self._filter_in_use():
            raise UserError(
                self.env._(
                    "“%(question)s” has been asked already: retire it instead of deleting it, so "
                    "that the answers keep their question.",
                    question=question.name,
                )
            )

    def action_replace(self):
        """Retire the question and open a copy of it, to be reworded in its place.

        :raise AccessError: for whoever does not configure outlines
        :return: an ``ir.actions.act_window`` dict
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("write")
        successor = self.copy()
        self.action_archive()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Question in place of the retired one"),
            "res_model": self._name,
            "res_id": successor.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------------
    # On pages
    # ------------------------------------------------------------------

    @api.model
    def _group_by_section(self, rows):
        """Return questions as a page shows them, section by section.

        :param rows: pairs of a question and the text that answers it so far
        :return: ``[{"code", "label", "questions": [{"key", "name", "hint", "is_required",
            "text"}]}]``, without empty sections
        :rtype: list[dict]
        """
        labels = dict(self._fields["section"]._description_selection(self.env))
        sections = []
        for code, _label in SECTIONS:
            questions = [
                {
                    "key": str(question.id),
                    "name": question.name,
                    "hint": question.hint,
                    "is_required": question.is_required,
                    "text": text,
                }
                for question, text in rows
                if question.section == code
            ]
            if questions:
                sections.append({"code": code, "label": labels[code], "questions": questions})
        return sections
