from odoo import api, fields, models

from .performance_outline_question import SECTIONS

# Who may hold the word, and what a section counts besides.
COUNTERS = ("spent_seconds", "employee_seconds", "reviewer_seconds")


class PerformanceDialogueSection(models.Model):
    """How long a section of a dialogue took, and who spoke in it (D1, D2).

    Counted by the clock of the interview room and by nothing else.
    """

    _name = "performance.dialogue.section"
    _description = "Time of a dialogue section"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "dialogue_id, section_rank, id"

    dialogue_id = fields.Many2one(
        "performance.dialogue", required=True, index=True, ondelete="cascade"
    )
    section = fields.Selection(SECTIONS, required=True)
    section_rank = fields.Integer(
        compute="_compute_section_rank", store=True, export_string_translation=False
    )
    spent_seconds = fields.Integer(string="Time (seconds)")
    employee_seconds = fields.Integer(string="Employee spoke (seconds)")
    reviewer_seconds = fields.Integer(string="Reviewer spoke (seconds)")

    _one_per_section = models.UniqueIndex(
        "(dialogue_id, section)", "The time of this section is counted already."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"section", *COUNTERS})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"dialogue_id"})

    @api.depends("section")
    def _compute_section_rank(self):
        ranks = {code: rank for rank, (code, _label) in enumerate(SECTIONS)}
        for line in self:
            line.section_rank = ranks.get(line.section, 0)

    @api.depends("section")
    def _compute_display_name(self):
        labels = dict(self._fields["section"]._description_selection(self.env))
        for line in self._get_nameable():
            line.display_name = labels.get(line.section, "")
