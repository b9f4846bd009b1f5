from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import arguments


class PerformanceAgreement(models.Model):
    """Objection (申诉): the employee answers a version that holds without the own signature.

    The words are kept beside what is sealed; both sides and HR read them. HR answers through a
    mediation of its own, as it does in a dispute, and the plan goes on meanwhile.
    """

    _inherit = "performance.agreement"

    objection = fields.Text(string="Objection of the employee", readonly=True, copy=False)
    objection_on = fields.Datetime(string="Objected on", readonly=True, copy=False)
    objection_answer = fields.Text(string="HR's answer", readonly=True, copy=False)
    objection_answered_on = fields.Datetime(string="Answered on", readonly=True, copy=False)
    can_object = fields.Boolean(compute="_compute_can_object", export_string_translation=False)
    waits_for_hr = fields.Boolean(compute="_compute_waits_for_hr", export_string_translation=False)

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset(
            {"objection", "objection_on", "objection_answer", "objection_answered_on"}
        )

    @api.depends_context("uid")
    @api.depends("state", "objection", "objection_until", "review_id")
    def _compute_can_object(self):
        today = fields.Date.context_today(self)
        for agreement in self:
            agreement.can_object = bool(
                agreement.state == "refused"
                and agreement.is_employee
                and not agreement.objection
                and agreement.objection_until
                and agreement.objection_until >= today
            )

    @api.depends("state", "objection_on", "objection_answered_on")
    def _compute_waits_for_hr(self):
        for agreement in self:
            agreement.waits_for_hr = agreement.state == "disputed" or bool(
                agreement.state == "refused"
                and agreement.objection_on
                and not agreement.objection_answered_on
            )

    def action_object(self, statement):
        """Object as the employee to a version that holds without the own signature.

        :param str statement: the employee's words, kept for good
        :raise AccessError: for anybody but the employee
        :raise UserError: without words, after its day, or when there is nothing to object to
        :return: ``True``
        """
        self.check_access("read")
        label = self._get_field_label("objection")
        statement = arguments.read_text(self.env, statement, label, required=True).strip()
        self._lock_row()
        for agreement in self:
            if agreement.sudo().review_id.employee_user_id != self.env.user:
                raise AccessError(self.env._("Only the employee objects."))
            if not agreement.can_object:
                raise UserError(
                    self.env._(
                        "There is nothing to object to: you have objected already, or the last "
                        "day for it is over."
                    )
                )
        self._mark_objected(statement)
        return True

    def _mark_objected(self, statement):
        agreements = self.sudo()
        agreements.write({"objection": statement, "objection_on": fields.Datetime.now()})
        agreements.env["performance.mediation"]._open(agreements)

    def action_answer_objection(self, answer):
        """Answer an objection as HR; the plan stays in force, both sides read the answer.

        :param str answer: HR's words
        :raise AccessError: for others than HR, and for the two sides
        :raise UserError: without an answer, or where nothing waits for one
        :return: ``True``
        """
        self.check_access("read")
        self._check_speaks_for_hr()
        label = self._get_field_label("objection_answer")
        answer = arguments.read_text(self.env, answer, label, required=True).strip()
        self._lock_row()
        for agreement in self.sudo():
            if agreement.state != "refused" or not agreement.waits_for_hr:
                raise UserError(self.env._("No objection waits for an answer."))
        self._mark_objection_answered(answer)
        return True

    def _mark_objection_answered(self, answer):
        agreements = self.sudo()
        agreements.write(
            {"objection_answer": answer, "objection_answered_on": fields.Datetime.now()}
        )
        mediations = agreements.env["performance.mediation"]._find_open(agreements.review_id)
        mediations.write({"answer": answer})
        mediations._mark_over("closed")
