from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import agenda, arguments
from .performance_dialogue_section import COUNTERS
from .performance_outline_question import SECTIONS

LONGEST_DAY = 24 * 60 * 60  # seconds; nobody talks longer in one sitting
KEY_LIMIT = 64
COUNTED_FIELDS = [f"section_ids.{name}" for name in ("section", *COUNTERS)]


class PerformanceDialogue(models.Model):
    """Talk time (D2): who spoke how long, in which section, counted once.

    The room counts and sends what it has counted so far; the same figures sent twice change
    nothing, and smaller ones than are stored are old. One window counts at a time: another has
    to take over.
    """

    _inherit = "performance.dialogue"

    section_ids = fields.One2many(
        "performance.dialogue.section", "dialogue_id", string="Time by section"
    )
    # Counted by section where the room was used; else noted by hand, as before.
    employee_seconds = fields.Integer(
        compute="_compute_seconds", store=True, readonly=False, precompute=True
    )
    reviewer_seconds = fields.Integer(
        compute="_compute_seconds", store=True, readonly=False, precompute=True
    )
    future_share = fields.Float(
        string="Time spent on the future (%)",
        compute="_compute_future_share",
        store=True,
        precompute=True,
        aggregator="avg",
        help="Of the time counted in the interview room.",
    )
    clock_key = fields.Char(readonly=True, copy=False, export_string_translation=False)
    employee_estimate = fields.Integer(
        string="Employee's estimate (%)",
        readonly=True,
        copy=False,
        help="How much of the time the employee spoke, as the employee saw it.",
    )
    reviewer_estimate = fields.Integer(
        string="Reviewer's estimate (%)",
        copy=False,
        help="How much of the time the employee spoke, as the reviewer saw it.",
    )

    _estimates_are_shares = models.Constraint(
        "CHECK (employee_estimate BETWEEN 0 AND 100 AND reviewer_estimate BETWEEN 0 AND 100)",
        "A talk share lies between 0 and 100 percent.",
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"clock_key", "employee_estimate"}

    @api.model
    def _get_number_limits(self):
        return super()._get_number_limits() | {"reviewer_estimate": 100}

    @api.depends(*COUNTED_FIELDS)
    def _compute_seconds(self):
        for dialogue in self:
            lines = dialogue.section_ids
            for name in ("employee_seconds", "reviewer_seconds"):
                dialogue[name] = sum(lines.mapped(name)) if lines else dialogue[name]

    @api.depends(*COUNTED_FIELDS)
    def _compute_future_share(self):
        for dialogue in self:
            lines = dialogue.section_ids
            future = lines.filtered(lambda line: line.section == "future")
            dialogue.future_share = agenda.share(
                sum(future.mapped("spent_seconds")), sum(lines.mapped("spent_seconds"))
            )

    def action_count_time(self, key, sections, take_over=False):
        """Store what a window of the room has counted so far.

        :param str key: name of the window, made by itself
        :param dict sections: section → ``spent_seconds``, ``employee_seconds`` and
            ``reviewer_seconds`` counted in it since the dialogue began (int, seconds)
        :param bool take_over: whether this window counts from now on, and no other
        :raise AccessError: for anybody but the reviewer
        :raise UserError: for anything that is no count, and outside the step Dialogue
        :return: ``is_owner``: false when another window counts, and nothing was stored; and
            ``sections``, what is stored by now
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open_state()
        key = arguments.read_text(
            self.env, key, self.env._("The window"), limit=KEY_LIMIT, required=True
        )
        counts = self._read_counts(sections)
        is_owner = take_over is True or self.sudo().clock_key in (False, key)
        if is_owner:
            self._mark_counted(key, counts)
        return {"is_owner": is_owner, "sections": self._get_counts()}

    def _read_counts(self, sections):
        codes = {code for code, _label in SECTIONS}
        if not isinstance(sections, dict) or set(sections) - codes:
            raise UserError(self.env._("Time is counted for past, present and future."))
        return {
            code: {
                name: arguments.read_integer(
                    self.env, counted.get(name), self.env._("The time"), 0, LONGEST_DAY
                )
                for name in COUNTERS
            }
            for code, counted in sections.items()
            if isinstance(counted, dict)
        }

    def _mark_counted(self, key, counts):
        dialogue = self.sudo()
        if dialogue.clock_key != key:
            dialogue.clock_key = key
        lines = {line.section: line for line in dialogue.section_ids}
        missing = [code for code in counts if code not in lines and any(counts[code].values())]
        for code in counts.keys() & lines.keys():
            line = lines[code]
            grown = {
                name: seconds for name, seconds in counts[code].items() if seconds > line[name]
            }
            if grown:
                line.write(grown)
        if missing:
            dialogue.section_ids = [
                fields.Command.create({"section": code, **counts[code]}) for code in missing
            ]

    def _get_counts(self):
        """Return what has been counted, by section.

        :rtype: dict[str, dict[str, int]]
        """
        lines = {line.section: line for line in self.section_ids}
        return {
            code: {name: lines[code][name] if code in lines else 0 for name in COUNTERS}
            for code, _label in SECTIONS
        }

    def action_estimate(self, percent):
        """Note as the employee how much of the time one spoke oneself.

        :param int percent: 0 to 100
        :raise UserError: for anybody but the employee, and for anything that is no share
        :return: ``True``
        """
        for dialogue in self:
            dialogue.check_access("read")
            if dialogue.sudo().review_id.employee_user_id != self.env.user:
                raise UserError(self.env._("Only the employee notes the employee's estimate."))
        percent = arguments.read_integer(
            self.env, percent, self._get_field_label("employee_estimate"), 0, 100
        )
        self._mark_estimated(percent)
        return True

    def _mark_estimated(self, percent):
        self.sudo().write({"employee_estimate": percent})
