from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

OWN_TEXTS = ("results", "agenda")


class PerformanceSelfAssessment(models.Model):
    """The employee's own view, kept to himself until submitted and revealed (P7)."""

    _name = "performance.self.assessment"
    _description = "Self-assessment"
    _inherit = [
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.step.guard",
    ]

    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    can_edit = fields.Boolean(compute="_compute_can_edit", export_string_translation=False)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted")],
        default="draft",
        required=True,
        readonly=True,
    )
    submitted_on = fields.Datetime(readonly=True)
    answer_ids = fields.One2many("performance.self.assessment.answer", "assessment_id")
    agenda = fields.Text(string="What I want to talk about")
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

    def _get_guarded_review(self):
        return self.review_id

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
            ``"results"`` or ``"agenda"``), ``text`` as it is to be, ``base`` as it was when the
            page last agreed with the server
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
        answers = {str(answer.question_id.id): answer for answer in self.answer_ids}
        saved, conflicts = [], {}
        for field, text, base in changes:
            if field in OWN_TEXTS:
                record, name = self, field
            elif field in answers:
                record, name = answers[field], "answer"
            else:
                raise UserError(self.env._("This question is no longer asked: reload the page."))
            stored = record[name] or ""
            if stored in (text, base):
                if stored != text:
                    record.write({name: text})
                saved.append(field)
            else:
                conflicts[field] = stored
        return {
            "saved": saved,
            "conflicts": conflicts,
            "answered": self.answered_count,
            "total": len(answers),
        }

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
