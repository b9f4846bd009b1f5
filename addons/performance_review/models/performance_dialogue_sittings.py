from odoo import api, fields, models

from ..tools import agenda
from .performance_dialogue_section import COUNTERS
from .performance_outline_question import SECTIONS

NOTHING = dict.fromkeys(COUNTERS, 0)


class PerformanceDialogue(models.Model):
    """Several sittings are one dialogue: what they took and who spoke is added up (D2).

    With the rights of the reader: whoever reads one sitting of a review reads all of them.
    """

    _inherit = "performance.dialogue"

    sitting_count = fields.Integer(string="Sittings", compute="_compute_sittings")
    whole_duration = fields.Float(
        string="Length of all sittings (minutes)", compute="_compute_sittings"
    )
    whole_share = fields.Float(
        string="Employee's talk share over all sittings (%)", compute="_compute_sittings"
    )
    whole_future_share = fields.Float(
        string="Time spent on the future over all sittings (%)", compute="_compute_sittings"
    )

    @api.depends(
        "review_id.dialogue_ids.duration",
        "review_id.dialogue_ids.employee_seconds",
        "review_id.dialogue_ids.reviewer_seconds",
        "review_id.dialogue_ids.section_ids.spent_seconds",
    )
    def _compute_sittings(self):
        for dialogue in self:
            sittings = dialogue._get_sittings()
            dialogue.sitting_count = len(sittings)
            dialogue.whole_duration = sum(sittings.mapped("duration"))
            dialogue.whole_share = sittings._measure_share()
            dialogue.whole_future_share = sittings._measure_future_share()

    def _get_sittings(self):
        """Return all sittings of the dialogue that this one belongs to, the first one first."""
        self.ensure_one()
        return self.review_id.dialogue_ids.sorted("id")

    def _measure_share(self):
        """Return the employee's part of what was said in these sittings, in percent."""
        said = sum(self.mapped("employee_seconds"))
        return agenda.share(said, said + sum(self.mapped("reviewer_seconds")))

    def _measure_future_share(self):
        """Return the part of the counted time that these sittings spent on the future."""
        counted = self._add_up_counts()
        spent = {code: counters["spent_seconds"] for code, counters in counted.items()}
        return agenda.share(spent["future"], sum(spent.values()))

    def _add_up_counts(self):
        """Return what has been counted in these sittings together, by section.

        :rtype: dict[str, dict[str, int]]
        """
        return self._add_up(self.section_ids)

    @api.model
    def _add_up(self, lines):
        counted = {code: dict(NOTHING) for code, _label in SECTIONS}
        for line in lines:
            for name in COUNTERS:
                counted[line.section][name] += line[name]
        return counted

    def _get_room_counts(self):
        """Return what this sitting has counted and what those before it have, by section.

        :return: two dicts, see :meth:`_add_up_counts`
        """
        lines = self.env["performance.dialogue.section"].search_fetch(
            [("dialogue_id.review_id", "=", self.review_id.id)],
            ["dialogue_id", "section", *COUNTERS],
        )
        own = lines.filtered(lambda line: line.dialogue_id == self)
        return self._add_up(own), self._add_up(
            lines.filtered(lambda line: line.dialogue_id.id < self.id)
        )
