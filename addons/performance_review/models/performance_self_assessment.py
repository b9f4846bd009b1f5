import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import arguments

OWN_TEXTS = ("results", "agenda")
# What the name of a field of the page begins with that is a concern: "concern:goal:kind".
CONCERN_PREFIX = "concern:"


def split_lines(text):
    """Return the lines of a text that say something, without blanks around them.

    :param text: a text, or a value that stands for none
    :rtype: list[str]
    """
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


class PerformanceSelfAssessment(models.Model):
    """The employee's own view, kept to himself until submitted and revealed (P7)."""

    _name = "performance.self.assessment"
    _description = "Self-assessment"
    _inherit = ["performance.part.mixin"]

    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    can_edit = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted")],
        default="draft",
        required=True,
        readonly=True,
    )
    submitted_on = fields.Datetime(string="Handed in on", readonly=True)
    answer_ids = fields.One2many("performance.self.assessment.answer", "assessment_id")
    concern_ids = fields.One2many("performance.concern", "assessment_id")
    agenda_item_ids = fields.One2many("performance.agenda.item", "assessment_id")
    file_ids = fields.One2many("performance.self.assessment.file", "assessment_id")
    agenda = fields.Text(
        string="What I want to talk about",
        compute="_compute_agenda",
        inverse="_inverse_agenda",
        help="One item per line, the most important one first.",
    )
    results = fields.Text(string="My results of the period")
    answered_count = fields.Integer(compute="_compute_answered_count")

    _one_per_review = models.UniqueIndex(
        "(review_id)", "This review already has a self-assessment."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"state", "submitted_on"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"preparation", "dialogue"})

    def write(self, vals):
        self._check_not_submitted()
        return super().write(vals)

    def _check_not_submitted(self):
        """Say why a submitted self-assessment does not change, before the rule just refuses.

        :raise UserError: for a submitted one of the user's own
        """
        for assessment in self.sudo():
            if (
                not self.env.su
                and assessment.state == "submitted"
                and assessment.review_id.employee_user_id == self.env.user
            ):
                raise UserError(
                    self.env._("The self-assessment has been submitted and stays as it is.")
                )

    @api.depends_context("uid")
    @api.depends("state", "review_id.state")
    def _compute_can_edit(self):
        for assessment in self:
            review = assessment.sudo().review_id
            assessment.can_edit = (
                assessment.state == "draft"
                and review.employee_user_id == self.env.user
                and review.state in self._get_open_states()
            )

    @api.depends("answer_ids.answer")
    def _compute_answered_count(self):
        for assessment in self:
            assessment.answered_count = sum(
                1 for answer in assessment.answer_ids if (answer.answer or "").strip()
            )

    @api.depends("agenda_item_ids.name", "agenda_item_ids.sequence")
    def _compute_agenda(self):
        for assessment in self:
            assessment.agenda = "\n".join(assessment.agenda_item_ids.sorted().mapped("name"))

    def _inverse_agenda(self):
        for assessment in self:
            assessment._set_agenda(split_lines(assessment.agenda))

    def _set_agenda(self, lines):
        """Make the agenda items those of ``lines``; an item whose text stays is the same one.

        :param list[str] lines: one item each
        """
        self.ensure_one()
        items = self.agenda_item_ids.sorted()
        kept = {}
        for item in items:
            kept.setdefault(item.name, []).append(item)
        placed = [kept[line].pop(0) if kept.get(line) else None for line in lines]
        # An item that was only reworded keeps its record as well.
        rest = [item for item in items if item not in placed]
        for sequence, (line, item) in enumerate(zip(lines, placed, strict=True)):
            item = item or (rest.pop(0) if rest else None)
            if not item:
                item = items.create({"assessment_id": self.id, "name": line, "sequence": sequence})
            elif (item.name, item.sequence) != (line, sequence):
                item.write({"name": line, "sequence": sequence})
        items.browse([item.id for item in rest]).unlink()

    @api.depends("review_id")
    def _compute_display_name(self):
        for assessment in self:
            assessment.display_name = self.env._("Self-assessment")

    @api.model_create_multi
    def create(self, vals_list):
        assessments = super().create(vals_list)
        self.env["performance.self.assessment.answer"].sudo().create(
            [
                {"assessment_id": assessment.id, "question_id": question.id}
                for assessment in assessments.sudo()
                for question in assessment.review_id.outline_id.question_ids
                if question.for_self_assessment
                and question not in assessment.answer_ids.question_id
            ]
        )
        return assessments

    def _merge_texts(self, changes):
        """Write changed texts, except where another window changed them in the meantime.

        :param list[tuple[str, str, str]] changes: ``field`` (id of a question as a string,
            ``"results"``, ``"agenda"`` or ``"concern:goal:kind"`` with the id of the goal),
            ``text`` as it is to be, ``base`` as it was when the page last agreed with the server
        :return: ``{"saved": [fields], "conflicts": {field: text on the server},
            "answered": int, "total": int}``
        :raise UserError: once submitted, in a later step, or for an unknown question
        :rtype: dict
        """
        self.ensure_one()
        if self.state == "submitted":
            raise UserError(
                self.env._(
                    "Your self-assessment is handed in already, perhaps in another window: it "
                    "can no longer be changed."
                )
            )
        saved, conflicts = [], {}
        for field, text, base in changes:
            stored = self._read_text(field)
            # An agenda is its lines, whatever blanks stand between them.
            form = split_lines if field == "agenda" else str
            if form(stored) in (form(text), form(base)):
                if form(stored) != form(text):
                    self._write_text(field, text)
                saved.append(field)
            else:
                conflicts[field] = stored
        return {
            "saved": saved,
            "conflicts": conflicts,
            "answered": self.answered_count,
            "total": len(self.answer_ids),
        }

    def _find_answer(self, field):
        """Return the answer to the question whose id is ``field``.

        :raise UserError: for an unknown question
        """
        answer = self.answer_ids.filtered(lambda answer: str(answer.question_id.id) == field)
        if not answer:
            raise UserError(self.env._("This question is no longer asked: reload the page."))
        return answer

    def _find_concern(self, field):
        """Return id of the goal, kind and, if there is one, the record of a concern.

        :param str field: ``"concern:goal:kind"``
        :raise UserError: for anything else
        :rtype: tuple
        """
        goal_id, _colon, kind = field.removeprefix(CONCERN_PREFIX).partition(":")
        goal_id = arguments.read_id(self.env, goal_id, self.env._("Goal"))
        kinds = self.concern_ids._fields["kind"]._description_selection(self.env)
        kind = arguments.read_choice(self.env, kind, self.env._("Kind"), kinds)
        concern = self.concern_ids.filtered(
            lambda concern: concern.goal_id.id == goal_id and concern.kind == kind
        )
        return goal_id, kind, concern

    def _read_text(self, field):
        """Return a text as it is stored, ``""`` when there is none; see :meth:`_merge_texts`."""
        if field in OWN_TEXTS:
            return self[field] or ""
        if field.startswith(CONCERN_PREFIX):
            return self._find_concern(field)[-1].note or ""
        return self._find_answer(field).answer or ""

    def _write_text(self, field, text):
        """Store a text; a concern begins with its first words and ends with its last."""
        if field in OWN_TEXTS:
            self.write({field: text})
        elif not field.startswith(CONCERN_PREFIX):
            self._find_answer(field).write({"answer": text})
        else:
            goal_id, kind, concern = self._find_concern(field)
            if not text.strip():
                concern.unlink()
            elif concern:
                concern.write({"note": text})
            else:
                concern.create(
                    {
                        "assessment_id": self.id,
                        "goal_id": goal_id,
                        "kind": kind,
                        "note": text,
                    }
                )

    def _add_file(self, name, stream):
        """Store a file that a browser sends.

        :param str name: as it is called there
        :param stream: its bytes, read up to one more than a file may have
        :return: ``performance.self.assessment.file``
        :raise UserError: for a file that is not taken
        """
        self.ensure_one()
        limit = self.file_ids._get_limits()["megabytes"] * 1_000_000
        return self.file_ids.create(
            {
                "assessment_id": self.id,
                "name": name,
                "content": base64.b64encode(stream.read(limit + 1024)).decode(),
            }
        )

    def action_submit(self):
        """Hand the self-assessment in; from then on it is read-only.

        :raise UserError: naming required questions without an answer, and for an empty one
        :raise AccessError: for anybody but the employee
        :return: ``True``
        """
        for assessment in self:
            assessment.check_access("read")
            if not self.env.su and assessment.sudo().review_id.employee_user_id != self.env.user:
                raise AccessError(
                    self.env._("Only the employee submits the self-assessment of this review.")
                )
            if assessment.state == "submitted":
                continue
            assessment._check_open_state()
            missing = assessment.sudo().answer_ids.filtered(
                lambda answer: answer.question_id.is_required and not (answer.answer or "").strip()
            )
            if missing:
                raise UserError(
                    self.env._(
                        "Still without an answer: %(questions)s",
                        questions=" · ".join(missing.question_id.mapped("name")),
                    )
                )
            # What to talk about is an agenda and says nothing about the period yet.
            if not assessment.answered_count and not (assessment.results or "").strip():
                raise UserError(
                    self.env._("Answer a question or write down a result before you hand it in.")
                )
            assessment._mark_submitted()
        return True

    def _mark_submitted(self):
        self.sudo().write({"state": "submitted", "submitted_on": fields.Datetime.now()})
        self.review_id._reveal_where_both_are_ready()
