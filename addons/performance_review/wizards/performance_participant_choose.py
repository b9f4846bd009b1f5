from odoo import api, fields, models

from ..models.performance_review_by_rule import OFFICER
from ..tools import arguments


class PerformanceParticipantChoose(models.TransientModel):
    """Ask HR who takes part for it, or the employee who comes along."""

    _name = "performance.participant.choose"
    _description = "Choose who takes part"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    review_id = fields.Many2one("performance.review", required=True, ondelete="cascade")
    kind = fields.Selection(
        [("hr", "HR"), ("companion", "Companion")], required=True, default="companion"
    )
    candidate_ids = fields.Many2many(
        "res.users", compute="_compute_candidate_ids", export_string_translation=False
    )
    user_id = fields.Many2one(
        "res.users",
        string="Takes part for HR",
        ondelete="cascade",
        domain="[('id', 'in', candidate_ids)]",
    )
    employee_id = fields.Many2one("hr.employee", string="Colleague", ondelete="cascade")
    name = fields.Char(size=arguments.NAME_LIMIT, help="Of somebody who is no colleague.")
    email = fields.Char(string="E-mail", help="The invitation goes there.")

    @api.depends("review_id", "kind")
    def _compute_candidate_ids(self):
        group = self.env.ref(OFFICER).sudo()
        for wizard in self:
            review = wizard.review_id._origin
            # To HR alone: who else is HR is nobody's to look up here.
            asked = wizard.kind == "hr" and review and self.env.user.has_group(OFFICER)
            wizard.candidate_ids = asked and group.all_user_ids.filtered(review._can_take_part)

    def action_confirm(self):
        """Name whom the dialog says, as the review's verbs do.

        :raise UserError: as ``performance.review.action_set_hr`` and ``action_name_companion``
        :return: action that closes the dialog
        """
        self.ensure_one()
        if self.kind == "hr":
            self.review_id.action_set_hr(self.user_id.id)
        else:
            self.review_id.action_name_companion(self.name, self.email, self.employee_id.id or None)
        return {"type": "ir.actions.act_window_close"}
