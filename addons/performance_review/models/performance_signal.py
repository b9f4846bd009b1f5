from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import arguments


class PerformanceSignal(models.Model):
    """Something many people report (O1): an owner, a decision and an answer."""

    _name = "performance.signal"
    _description = "Signal"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "state, id desc"

    name = fields.Char(string="Question", required=True, size=arguments.POINT_LIMIT)
    theme_id = fields.Many2one("performance.theme", required=True, index=True, ondelete="restrict")
    cycle_id = fields.Many2one("performance.cycle", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )  # fmt: skip
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided"), ("answered", "Answered")],
        default="open",
        required=True,
    )
    decision = fields.Text()
    answer = fields.Text(help="What those who raised it are told.")
    people_text = fields.Char(string="Raised by", compute="_compute_people_text")

    def write(self, vals):
        officer = "performance_review.group_performance_review_officer"
        if vals.keys() - {"state", "decision", "answer"} and not (
            self.env.su or self.env.user.has_group(officer)
        ):
            # An owner decides and answers; who owns a signal and what it counts is HR's.
            raise AccessError(self.env._("Only HR changes what a signal is about."))
        return super().write(vals)

    @api.depends("theme_id", "cycle_id")
    def _compute_people_text(self):
        groups = (
            self.env["performance.dialogue"]
            .sudo()
            ._read_group(
                [
                    ("review_id.cycle_id", "in", self.cycle_id.ids),
                    ("obstacle_theme_id", "in", self.theme_id.ids),
                ],
                ["obstacle_theme_id", "review_id.cycle_id"],
                ["review_id:count_distinct"],
            )
        )
        counts = {(theme.id, cycle.id): count for theme, cycle, count in groups}
        for signal in self:
            count = counts.get((signal.theme_id.id, signal.cycle_id.id), 0)
            minimum = signal.sudo().cycle_id.pulse_minimum
            signal.people_text = (
                self.env._("%(count)s people", count=count)
                if count and count >= minimum
                else self.env._("Fewer than %(minimum)s people", minimum=minimum)
            )
