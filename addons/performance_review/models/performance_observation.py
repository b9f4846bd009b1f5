from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import arguments
from .performance_commitment_behaviour import BEHAVIOURS


class PerformanceObservation(models.Model):
    """A behaviour was seen or missed on a day, as either side noted it (A2)."""

    _name = "performance.observation"
    _description = "Observation of a behaviour"
    _inherit = ["performance.line.mixin", "performance.part.mixin"]
    _order = "date, id"
    _rec_name = "date"

    commitment_id = fields.Many2one(
        "performance.commitment",
        string="Behaviour",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("kind", "in", BEHAVIOURS)],
    )
    # Stamped: rules look at it.
    review_id = fields.Many2one(
        related="commitment_id.agreement_id.review_id", store=True, precompute=True, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    result = fields.Selection([("seen", "Seen"), ("missed", "Missed")], required=True)
    note = fields.Char(string="When, and what happened", size=arguments.CHAR_LIMIT)
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"author_id"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"commitment_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"follow_up"})

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for record in self:
            if record.date > today:
                raise ValidationError(
                    self.env._("What will be seen is not seen yet: choose a day up to today.")
                )

    @api.constrains("commitment_id")
    def _check_behaviour(self):
        for line in self.sudo().commitment_id:
            if line.kind not in BEHAVIOURS:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is no behaviour: nothing is observed of it.", name=line.name
                    )
                )
            if not line.agreement_id.is_in_force:
                raise UserError(self.env._("Behaviours are observed once the agreement is signed."))
