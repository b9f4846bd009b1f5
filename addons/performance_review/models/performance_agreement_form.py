from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..tools.figures import say_figure
from ..tools.words import say_list

# A deadline that nobody has named lies so far ahead at least (house rule).
MIN_AHEAD = relativedelta(months=2)
USUAL_AHEAD = relativedelta(months=6)


class PerformanceAgreement(models.Model):
    """What helps on the one screen of an agreement: the day it runs to, what weights mean, whose
    turn it is.
    """

    _inherit = "performance.agreement"

    date_wanted = fields.Date(
        string="Proposed deadline",
        compute="_compute_date_wanted",
        help="What a line of the draft starts with: the end of the cycle, or half a year ahead.",
    )
    weight_text = fields.Char(string="Weights", compute="_compute_weight_text")
    waiting_text = fields.Char(
        compute="_compute_waiting_text", help="Whose signature a proposed version waits for."
    )

    @api.depends("review_id")
    def _compute_date_wanted(self):
        for agreement in self:
            agreement.date_wanted = agreement._get_date_wanted()

    def _get_date_wanted(self):
        """Return the deadline a new line starts with: where the cycle ends, if that is not near.

        :rtype: datetime.date
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        end = self.sudo().review_id.cycle_id.date_end
        if end and end >= today + MIN_AHEAD:
            return end
        return today + USUAL_AHEAD

    @api.depends_context("lang")
    @api.depends("state", "employee_signed_on", "reviewer_signed_on")
    def _compute_waiting_text(self):
        for agreement in self:
            agreement.waiting_text = (
                agreement.state == "proposed" and agreement._get_unsigned_text()
            )

    @api.depends_context("lang")
    @api.depends("goal_ids.weight", "goal_ids.name")
    def _compute_weight_text(self):
        for agreement in self:
            agreement.weight_text = agreement._say_weights()

    def _say_weights(self):
        """Say what the weights of the goals come to, where there are several."""
        self.ensure_one()
        weights = [goal.weight for goal in self.goal_ids]
        total = sum(weights)
        if len(weights) < 2:
            return ""
        if not total:
            return self.env._("The weights of the goals add up to 0.")
        if round(total, 2) == 100:
            return self.env._("The weights add up to 100.")
        shares = say_list(
            self.env,
            (say_figure(self.env, round(100 * each / total), "%") for each in weights),
        )
        return self.env._(
            "The weights add up to %(total)s: the goals count %(shares)s.",
            total=say_figure(self.env, round(total, 2), ""),
            shares=shares,
        )


class PerformanceCommitment(models.Model):
    """A line that is picked from the library of supports."""

    _inherit = "performance.commitment"

    template_id = fields.Many2one(
        "performance.support.template",
        string="From the library",
        store=False,
        help="Picking an entry fills in the line; the entry itself is not kept.",
    )

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id:
            self.name = self.template_id.name
            self.theme_id = self.theme_id or self.template_id.theme_ids[:1]


class PerformanceGoal(models.Model):
    """A goal that is typed from left to right."""

    _inherit = "performance.goal"

    @api.onchange("baseline", "target")
    def _onchange_figures(self):
        """From 8 to 4 less is better; whoever means something else says so afterwards."""
        if self.baseline and self.target != self.baseline:
            self.direction = "down" if self.target < self.baseline else "up"
