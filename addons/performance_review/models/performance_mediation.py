from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

ACTIVITY_TYPE = "performance_review.mail_activity_type_dispute"
OFFICER = "performance_review.group_performance_review_officer"


class PerformanceMediation(models.Model):
    """What HR does about a disputed agreement (调解); neither side reads it.

    It is a record of its own because its audience is: task, deadline and notes of HR stand here
    and not on the card, which employee, reviewer and the line above read. What both sides get
    to read is the answer, as the statement of HR on their agreement.
    """

    _name = "performance.mediation"
    _description = "Mediation of a dispute"
    _inherit = [
        "performance.confidential.mixin",
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
    ]
    _order = "state, date_deadline, id"

    agreement_id = fields.Many2one(
        "performance.agreement", required=True, readonly=True, index=True, ondelete="cascade"
    )
    review_id = fields.Many2one(related="agreement_id.review_id")
    employee_id = fields.Many2one(related="agreement_id.review_id.employee_id")
    reviewer_id = fields.Many2one(related="agreement_id.review_id.reviewer_id")
    dispute_reason = fields.Text(related="agreement_id.dispute_reason")
    objection = fields.Text(related="agreement_id.objection")
    user_id = fields.Many2one(
        "res.users",
        string="Mediator",
        index="btree_not_null",
        domain="[('share', '=', False)]",
        help="Somebody who is neither the employee nor the reviewer.",
    )
    date_deadline = fields.Date(string="Deadline", required=True)
    note = fields.Text(string="Notes of HR", help="Neither the employee nor the reviewer reads it.")
    answer = fields.Text(
        string="Statement of HR", help="Both sides read it once the dispute is closed with it."
    )
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed by HR"), ("settled", "Settled by a new version")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue")

    _one_open = models.UniqueIndex(
        "(agreement_id) WHERE state = 'open'", "HR mediates in this dispute already."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"state"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"agreement_id"})

    @api.depends("date_deadline", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for mediation in self:
            mediation.is_overdue = bool(
                mediation.state == "open"
                and mediation.date_deadline
                and mediation.date_deadline < today
            )

    @api.depends_context("uid")
    @api.depends("agreement_id")
    def _compute_display_name(self):
        for mediation in self._get_nameable():
            agreement = mediation.sudo().agreement_id
            words = {"employee": agreement.review_id.name, "version": agreement.version}
            mediation.display_name = (
                self.env._("%(employee)s · objection to version %(version)s", **words)
                if agreement.objection
                else self.env._("%(employee)s · dispute of version %(version)s", **words)
            )

    @api.model
    def _can_mediate(self, review, user):
        return (
            user.active
            and not user.share
            and review.company_id in user.company_ids
            and user not in (review.employee_user_id | review.reviewer_user_id)
        )

    @api.constrains("user_id")
    def _check_mediator(self):
        for mediation in self.sudo():
            review, user = mediation.agreement_id.review_id, mediation.user_id
            if user & (review.employee_user_id | review.reviewer_user_id):
                raise ValidationError(
                    self.env._("Whoever mediates is neither the employee nor the reviewer.")
                )
            if user and not self._can_mediate(review, user):
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot mediate: choose an active internal user of %(company)s.",
                        name=user.name,
                        company=review.company_id.name,
                    )
                )

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")
            if any(mediation.state != "open" for mediation in self):
                raise UserError(self.env._("This mediation is over and stays as it is."))
            if "user_id" in vals and not self.env.user.has_group(OFFICER):
                raise AccessError(self.env._("Only HR gives a mediation to somebody else."))
        result = super().write(vals)
        if {"user_id", "date_deadline", "state"} & vals.keys():
            self._activity_update()
        return result

    @api.model
    def _open(self, agreements):
        """Give HR the disputes of these agreements, each to one mediator with a deadline.

        :param agreements: ``performance.agreement`` records that the employee disputes or
            objects to, with ``sudo()``
        :return: the mediations, with ``sudo()``
        """
        Mediation = self.sudo()
        pending = Mediation._find_open(agreements.review_id)
        today = fields.Date.context_today(self)
        notes = {mediation.review_id: mediation.note for mediation in pending}
        # An amendment is disputed again: HR goes on where it was.
        pending._mark_over("settled")
        vals_list = []
        for agreement in agreements:
            review = agreement.review_id
            user = review._get_activity_user("dispute")
            vals_list.append(
                {
                    "agreement_id": agreement.id,
                    # Without anybody fit for it the dispute waits in the list of HR.
                    "user_id": self._can_mediate(review, user) and user.id,
                    "date_deadline": today
                    + timedelta(days=review.company_id.performance_mediation_days),
                    "note": notes.get(review, False),
                }
            )
        mediations = Mediation.create(vals_list)
        mediations._activity_update()
        return mediations

    @api.model
    def _find_open(self, reviews):
        """Return the mediations of ``reviews`` that are under way, with ``sudo()``."""
        return self.sudo().search(
            [("agreement_id.review_id", "in", reviews.ids), ("state", "=", "open")]
        )

    def _mark_over(self, state):
        self.sudo().write({"state": state})

    def action_answer(self):
        """Close the dispute with the statement of HR, which both sides then read.

        :raise UserError: without a statement, or when nothing is disputed any more
        :raise AccessError: for anybody but HR, and for the two sides
        :return: ``True``
        """
        self.check_access("read")
        for mediation in self:
            agreement = mediation.agreement_id
            if agreement.state == "refused":
                agreement.action_answer_objection(mediation.answer)
            else:
                agreement.action_close_by_hr(mediation.answer)
        return True

    def action_open_agreement(self):
        """Open the disputed version (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreement"),
            "res_model": "performance.agreement",
            "res_id": self.agreement_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _activity_update(self):
        """Keep one task for the mediator while it is open, none afterwards."""
        mediations = self.sudo()
        mediations.activity_unlink([ACTIVITY_TYPE])
        activity_type = self.env.ref(ACTIVITY_TYPE)
        mediations._create_quiet_activities(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_id": mediation.id,
                    "user_id": mediation.user_id.id,
                    "date_deadline": mediation.date_deadline,
                }
                for mediation in mediations
                if mediation.state == "open" and mediation.user_id
            ]
        )
