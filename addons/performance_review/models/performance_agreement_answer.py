from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

SIDES = ("employee", "reviewer")


class PerformanceAgreement(models.Model):
    """HR's answer to a dispute or an objection reaches both sides (A5b, A6).

    Each is told with the mail of the day that there is one, and reads of it as the next step
    until it says that it has read it, the review is done, or another version holds.
    """

    _inherit = "performance.agreement"

    # Whoever reads a signed version need not learn from these that anybody disagreed.
    employee_read_answer_on = fields.Datetime(
        string="Employee has read HR's answer", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    reviewer_read_answer_on = fields.Datetime(
        string="Reviewer has read HR's answer", readonly=True, copy=False, groups=fields.NO_ACCESS
    )
    has_answer_to_read = fields.Boolean(
        compute="_compute_has_answer_to_read", export_string_translation=False
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset(
            {"employee_read_answer_on", "reviewer_read_answer_on"}
        )

    @api.depends_context("uid")
    @api.depends(
        "state", "objection_answer", "hr_statement", "is_employee", "is_reviewer",
        "employee_read_answer_on", "reviewer_read_answer_on",
    )  # fmt: skip
    def _compute_has_answer_to_read(self):
        for agreement in self:
            side = agreement._get_own_side()
            agreement.has_answer_to_read = bool(side) and agreement._is_answer_unread(side)

    def _get_own_side(self):
        """Return as which of the two sides the user reads this version, ``False`` as neither."""
        self.ensure_one()
        if self.is_employee:
            return "employee"
        return self.is_reviewer and "reviewer"

    def _get_hr_answer(self):
        """Return what HR has said about a version that holds, ``False`` where it said nothing."""
        self.ensure_one()
        answers = {"closed_by_hr": self.hr_statement, "refused": self.objection_answer}
        return answers.get(self.state) or False

    def _is_answer_unread(self, side):
        """Say whether there is an answer of HR that a side has not read.

        :param str side: one of :data:`SIDES`
        """
        self.ensure_one()
        # Most versions have none, and are not asked further.
        return bool(self._get_hr_answer()) and not self.sudo()[f"{side}_read_answer_on"]

    def _say_read(self, side):
        """Return in words for HR when a side has read the answer, or that it has not."""
        self.ensure_one()
        review = self.review_id
        name = review.name if side == "employee" else review.reviewer_id.name
        if moment := self[f"{side}_read_answer_on"]:
            return self.env._(
                "%(name)s read it on %(date)s", name=name, date=format_date(self.env, moment)
            )
        return self.env._("%(name)s has not read it yet", name=name)

    def _tell_answer(self):
        """Have both sides told with their next mail of the day that HR has answered."""
        self.env["performance.reminder.line"].sudo()._wait_with_answer(
            [
                (version, user)
                for version in self
                for side in SIDES
                if (user := version.review_id[f"{side}_user_id"])
            ]
        )

    def action_read_answer(self):
        """Say as one of the two sides that HR's answer is read; twice is the same as once.

        :raise AccessError: for anybody but employee and reviewer
        :raise UserError: where HR has not answered
        :return: ``True``
        """
        self.check_access("read")
        for agreement in self:
            side = agreement._get_own_side()
            if not side:
                raise AccessError(
                    self.env._("HR's answer is for the employee and the reviewer to read.")
                )
            if not agreement._get_hr_answer():
                raise UserError(self.env._("There is no answer of HR to read."))
            if agreement._is_answer_unread(side):
                agreement.sudo()[f"{side}_read_answer_on"] = fields.Datetime.now()
        return True

    def _mark_closed_by_hr(self, statement):
        result = super()._mark_closed_by_hr(statement)
        self.sudo()._tell_answer()
        return result

    def _mark_objection_answered(self, answer):
        result = super()._mark_objection_answered(answer)
        self.sudo()._tell_answer()
        return result


class PerformanceMediation(models.Model):
    """Whether both sides have read what HR answered: HR sees it and need not ask."""

    _inherit = "performance.mediation"

    read_text = fields.Char(string="Read by both sides", compute="_compute_read_text")

    @api.depends_context("uid", "lang")
    @api.depends("agreement_id.employee_read_answer_on", "agreement_id.reviewer_read_answer_on")
    def _compute_read_text(self):
        for mediation in self:
            version = mediation.sudo().agreement_id
            # What was settled by a new version has no answer to read.
            mediation.read_text = (
                mediation.state == "closed"
                and version._get_hr_answer()
                and " · ".join(version._say_read(side) for side in SIDES)
            )


class PerformanceReview(models.Model):
    """What a side does about HR's answer: read it, before it goes on."""

    _inherit = "performance.review"

    @api.model
    def _mark_moved(self, plan, reason):
        """Tell whoever takes a side over of an answer that this side has not read."""
        before = {(review, side): review[f"{side}_user_id"] for review in plan for side in SIDES}
        result = super()._mark_moved(plan, reason)
        found = [
            (version, review[f"{side}_user_id"])
            for (review, side), user in before.items()
            if user != review[f"{side}_user_id"]
            and (version := review._get_agreement_in_force())
            and version._is_answer_unread(side)
        ]
        self.env["performance.reminder.line"].sudo()._wait_with_answer(found)
        return result

    def _say_answer(self):
        """Return what HR's answer means to either side; not a word of it."""
        return self.env._("HR has answered: read it")

    def _get_answer_action(self, facts, side):
        """Return that HR's answer is to be read, unless a checkpoint is due; else ``None``.

        :param Facts facts: what this side may read
        :param str side: ``"employee"`` or ``"reviewer"``
        :rtype: dict | None
        """
        version = facts.in_force
        date = facts.checkpoint.date
        if not version or (date and date <= facts.today) or not version._is_answer_unread(side):
            return None
        return self._act(
            "answer",
            self._say_answer(),
            self.env._("Read"),
            "action_open_agreement",
            "fa-envelope-open-o",
            anchor="hr_answer",
        )

    @api.model
    def _say_answer_reminders(self, role, dues):
        """Say that HR has answered, to whom has not read it yet; see _say_step_reminders()."""
        reviews = self.browse({due.review_id for due in dues})
        said = []
        met = set()
        for due in dues:
            review = self.browse(due.review_id).with_prefetch(reviews.ids)
            version = review._get_agreement_in_force()
            is_unread = bool(version) and version._is_answer_unread(role)
            # Another version may have been answered since, before there was a mail.
            is_unread = is_unread and review not in met
            met.add(review)
            said.append(
                {"text": review._say_answer(), "anchor": "hr_answer"} if is_unread else None
            )
        return said
