from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import closure


class PerformanceClosureScreen(models.AbstractModel):
    """A form about somebody, with the share of promises that were kept.

    Shown to the person and to whoever reviews the person, who both read the promises anyway; the
    line above and HR have their own figures.
    """

    _name = "performance.closure.screen"
    _description = "Form with the share of promises kept"

    performance_closure = fields.Char(string="Loop closure", compute="_compute_performance_closure")
    performance_unsigned_closure = fields.Char(
        string="Loop closure without signature",
        compute="_compute_performance_closure",
        help="Of plans that hold without the employee's signature; they count apart.",
    )

    is_followed = fields.Boolean(compute="_compute_is_followed", export_string_translation=False)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_performance_closure(self):
        Review = self.env["performance.review"]
        path = "agreement_id.review_id.employee_id"
        counted = Review._group_closure(
            path,
            [
                (path, "in", self.ids),
                "|",
                ("agreement_id.review_id.employee_user_id", "=", self.env.uid),
                ("agreement_id.review_id.reviewer_user_id", "=", self.env.uid),
            ],
        )
        by_id = {employee.id: found for employee, found in counted.items()}
        for record in self:
            found = by_id.get(record.id)
            signed, unsigned = found or (None, None)
            record.performance_closure = bool(signed and signed.total) and Review._say_rate(signed)
            record.performance_unsigned_closure = bool(
                unsigned and unsigned.total
            ) and Review._say_rates(closure.Rates(None, unsigned))

    def action_open_promises(self):
        """Open what was promised in reviews of this person (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_commitment_action"
        )
        action["domain"] = [
            ("agreement_id.review_id.employee_id", "=", self.id),
            ("agreement_id.is_in_force", "=", True),
        ]
        action["context"] = {"search_default_group_outcome": 1}
        return action

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_followed(self):
        followed = set(self.env["performance.review"]._find_followed(self.ids).employee_id.ids)
        for record in self:
            record.is_followed = record.id in followed

    def action_one_to_one(self):
        """Sit down for a one-to-one with somebody whose review the user follows up.

        :raise UserError: when there is no such review
        :return: the screen of the checkpoint (an ``ir.actions.client`` dict)
        """
        self.ensure_one()
        review = self.env["performance.review"]._find_followed(self.ids)[:1]
        if not review:
            # Without the name: whoever fails here may not even know the employee.
            raise UserError(self.env._("You follow up no review of this person at present."))
        return review.action_one_to_one()
