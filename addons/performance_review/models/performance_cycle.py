from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools import arguments
from ..tools.words import say_list

OPEN_REVIEWS_NAMED = 5


class PerformanceCycle(models.Model):
    """Review cycle (面谈周期): who talks with whom, about which period, until when."""

    _name = "performance.cycle"
    _description = "Review cycle"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "date_end desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="HR responsible",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Gets the tasks that only HR can solve, e.g. a disputed agreement.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("launching", "Launching"),
            ("open", "Open"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    date_start = fields.Date(
        string="Period from",
        required=True,
        default=lambda self: fields.Date.today().replace(month=1, day=1),
    )
    date_end = fields.Date(
        string="Period to",
        required=True,
        default=lambda self: fields.Date.today().replace(month=12, day=31),
    )
    outline_id = fields.Many2one(
        "performance.outline",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env["performance.outline"]._get_default(self.env.company),
        domain="[('company_id', 'in', [False, company_id])]",
    )
    gate_mode = fields.Selection(
        [("strict", "Strict: blocks"), ("advisory", "Advisory: warns")],
        default="strict",
        required=True,
        help="Whether a step can be taken although something is missing.",
        string="Gate mode",
    )
    preparation_deadline = fields.Date(string="Preparation deadline")
    reveal_deadline = fields.Date(
        string="Self-assessments are opened after",
        readonly=True,
        copy=False,
        help="The preparation deadline as it was at the launch, or a later one set since: on "
        "the day after it reviewer and HR can read what has been submitted.",
    )
    dialogue_deadline = fields.Date(string="Dialogue deadline")
    agreement_deadline = fields.Date(string="Agreement deadline")
    checkpoint_rhythm = fields.Selection(
        [("monthly", "Monthly"), ("quarterly", "Quarterly"), ("custom", "Every … days")],
        default="monthly",
        required=True,
        string="Checkpoint rhythm",
    )
    checkpoint_days = fields.Integer(string="Days between checkpoints", default=30)
    min_points = fields.Integer(
        string="Points of each kind",
        default=lambda self: self.env.company.performance_min_points,
        help="How many strengths, gaps and supports a preparation needs, each.",
    )
    min_duration = fields.Integer(
        string="Minimum length (minutes)",
        default=lambda self: self.env.company.performance_min_duration,
    )
    require_self_assessment = fields.Boolean(
        string="Wait for the self-assessment",
        help="The dialogue cannot start before the self-assessment is submitted or the "
        "preparation deadline has passed.",
    )
    # Population (C1). Exclusions say something about people, so only HR reads them.
    department_ids = fields.Many2many("hr.department", string="Departments")
    job_ids = fields.Many2many("hr.job", string="Job positions")
    category_ids = fields.Many2many("hr.employee.category", string="Employee tags")
    excluded_employee_ids = fields.Many2many(
        "hr.employee",
        string="Left out by name",
        groups="performance_review.group_performance_review_officer",
    )
    min_seniority_days = fields.Integer(string="Minimum seniority (days)")
    max_seniority_days = fields.Integer(
        string="Maximum seniority (days)",
        help="Leave 0 for everybody. For talks of the probation: nobody who has been here longer.",
    )
    review_ids = fields.One2many("performance.review", "cycle_id")
    review_count = fields.Integer(compute="_compute_review_counts", string="Reviews")
    done_count = fields.Integer(compute="_compute_review_counts", string="Reviews done")
    ended_count = fields.Integer(
        compute="_compute_review_counts",
        string="Ended by HR",
        help="Not finished and not to be finished: neither done nor under way.",
    )
    done_percent = fields.Float(compute="_compute_review_counts", string="Done (%)")
    is_newest = fields.Boolean(
        string="Newest cycle", compute="_compute_is_newest", search="_search_is_newest"
    )
    close_reason = fields.Text(string="Reason for closing", readonly=True, copy=False)
    reopen_reason = fields.Text(string="Reason for reopening", readonly=True, copy=False)
    pulse_minimum = fields.Integer(
        string="Pulse answers to show an average",
        default=lambda self: self.env.company.performance_pulse_minimum,
        help="Frozen when the cycle is launched. Averages change five answers at a time.",
    )
    pulse_text = fields.Char(
        string="Pulse",
        compute="_compute_pulse_text",
        groups="performance_review.group_performance_review_officer",
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_end >= date_start)", "The period ends before it starts: check both dates."
    )
    _deadlines_ordered = models.Constraint(
        "CHECK (dialogue_deadline >= preparation_deadline "
        "AND agreement_deadline >= dialogue_deadline "
        "AND agreement_deadline >= preparation_deadline)",
        "The deadlines follow each other: preparation, dialogue, agreement.",
    )
    _checkpoint_days_positive = models.Constraint(
        "CHECK (checkpoint_rhythm <> 'custom' OR checkpoint_days >= 1)",
        "Checkpoints need at least one day between them.",
    )
    _min_points_positive = models.Constraint(
        "CHECK (min_points >= 1)", "Ask for at least one point of each kind."
    )
    _min_duration_ten = models.Constraint(
        "CHECK (min_duration >= 10)",
        "Less than ten minutes is no review: choose ten or more.",
    )
    _pulse_minimum_three = models.Constraint(
        "CHECK (pulse_minimum >= 3)",
        "Fewer than three answers would give people away: choose three or more.",
    )
    _seniority_positive = models.Constraint(
        "CHECK (COALESCE(min_seniority_days, 0) >= 0 AND COALESCE(max_seniority_days, 0) >= 0)",
        "Seniority cannot be below 0 days.",
    )
    _seniority_ordered = models.Constraint(
        "CHECK (COALESCE(max_seniority_days, 0) <= 0 "
        "OR max_seniority_days >= COALESCE(min_seniority_days, 0))",
        "The maximum seniority lies below the minimum: nobody would take part.",
    )

    @api.model
    def _get_number_limits(self):
        return {
            **super()._get_number_limits(),
            "checkpoint_days": 3_660,
            "min_seniority_days": 36_600,
            "max_seniority_days": 36_600,
            "min_points": 100,
            "min_duration": 1_440,
        }

    @api.model
    def _get_server_fields(self):
        return frozenset(
            {
                "state",
                "close_reason",
                "reopen_reason",
                "launch_after_id",
                "launch_total",
                "reveal_deadline",
            }
        )

    def _get_nameable(self):
        # Portal employees see the name of their cycle on the card and cannot read the cycle.
        return self

    def write(self, vals):
        if "pulse_minimum" in vals:
            self._check_pulse_minimum_kept(vals["pulse_minimum"])
        result = super().write(vals)
        if vals.get("preparation_deadline"):
            self._postpone_reveal()
        return result

    def _postpone_reveal(self):
        """Let the promised day of the reveal follow a preparation deadline that was moved.

        Employees write trusting that nobody reads before the day they were told. So of launched
        cycles it moves forward and never back, and a first deadline leaves at least a day.
        """
        tomorrow = fields.Date.today() + timedelta(days=1)
        for cycle in self.sudo():
            if cycle.state == "draft":
                continue
            promised = max(cycle.preparation_deadline, cycle.reveal_deadline or tomorrow)
            if cycle.reveal_deadline != promised:
                cycle.reveal_deadline = promised

    def _check_pulse_minimum_kept(self, minimum):
        """Refuse another threshold once people may have answered under the first one."""
        if any(cycle.state != "draft" and cycle.pulse_minimum != minimum for cycle in self):
            raise UserError(self.env._("The threshold of the pulse stays as it was at the launch."))

    @api.depends_context("uid")
    @api.depends("review_ids.state")
    def _compute_review_counts(self):
        counts = {cycle: {} for cycle in self}
        for cycle, state, is_ended, count in self.env["performance.review"]._read_group(
            [("cycle_id", "in", self.ids)], ["cycle_id", "state", "is_ended"], ["__count"]
        ):
            step = "ended" if is_ended else state
            counts[cycle][step] = counts[cycle].get(step, 0) + count
        for cycle in self:
            by_state = counts.get(cycle, {})
            cycle.review_count = sum(by_state.values())
            cycle.done_count = by_state.get("done", 0)
            cycle.ended_count = by_state.get("ended", 0)
            to_finish = cycle.review_count - cycle.ended_count
            cycle.done_percent = 100.0 * cycle.done_count / to_finish if to_finish else 0.0

    def _compute_is_newest(self):
        newest = self.search([("is_newest", "=", True)])
        for cycle in self:
            cycle.is_newest = cycle in newest

    def _search_is_newest(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        newest = {}
        for cycle in self.sudo().search([("state", "!=", "draft")]):  # the newest first
            newest.setdefault(cycle.company_id, cycle.id)
        return Domain("id", "in", list(newest.values()))

    def _compute_pulse_text(self):
        texts = self.env["performance.pulse"]._get_summaries(self)
        for cycle in self:
            cycle.pulse_text = texts[cycle]

    @api.constrains("company_id")
    def _check_company_kept(self):
        for cycle in self.sudo():
            if any(review.company_id != cycle.company_id for review in cycle.review_ids[:1]):
                raise ValidationError(
                    self.env._("The company of a launched cycle stays: create a new cycle.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_launched(self):
        for cycle in self:
            if cycle.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(cycle)s” has been launched and stays as a record: close it instead.",
                        cycle=cycle.name,
                    )
                )

    def _check_officer(self):
        """Raise ``AccessError`` unless the user may change these cycles."""
        self.check_access("write")

    # ------------------------------------------------------------------
    # Close and reopen (C5)
    # ------------------------------------------------------------------

    def action_close(self, reason=None):
        """Close open cycles whose reviews are all done.

        :param str reason: optional, kept on the cycle
        :raise UserError: naming reviews that are still under way
        :return: ``True``
        """
        self._check_officer()
        reason = arguments.read_text(self.env, reason, self._get_field_label("close_reason"))
        for cycle in self:
            if cycle.state != "open":
                raise UserError(
                    self.env._("“%(cycle)s” is not open, so it cannot be closed.", cycle=cycle.name)
                )
            cycle._check_no_open_review()
        self._mark_closed(reason)
        return True

    def _check_no_open_review(self):
        self.ensure_one()
        domain = [("cycle_id", "=", self.id), ("state", "!=", "done")]
        Review = self.env["performance.review"].sudo()
        open_reviews = Review.search_fetch(domain, ["name", "state"], limit=OPEN_REVIEWS_NAMED)
        if not open_reviews:
            return
        total = Review.search_count(domain)
        named = say_list(
            self.env, (f"{review.name} ({review._get_state_label()})" for review in open_reviews)
        )
        if total > len(open_reviews):
            named = self.env._(
                "%(names)s and %(count)s more", names=named, count=total - len(open_reviews)
            )
        raise UserError(
            self.env._(
                "“%(cycle)s” cannot be closed yet. Still under way: %(reviews)s.",
                cycle=self.name,
                reviews=named,
            )
        )

    def _mark_closed(self, reason):
        self.sudo().write({"state": "closed", "close_reason": reason or False})

    def action_reopen(self, reason=None):
        """Open closed cycles again.

        :param str reason: optional, kept on the cycle
        :raise UserError: when a cycle is not closed
        :return: ``True``
        """
        self._check_officer()
        reason = arguments.read_text(self.env, reason, self._get_field_label("reopen_reason"))
        for cycle in self:
            if cycle.state != "closed":
                raise UserError(
                    self.env._(
                        "“%(cycle)s” is not closed, so it cannot be reopened.", cycle=cycle.name
                    )
                )
        self._mark_reopened(reason)
        return True

    def _mark_reopened(self, reason):
        self.sudo().write({"state": "open", "reopen_reason": reason or False})

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def action_open_reviews(self):
        """Open the pipeline of these cycles (an ``ir.actions.act_window`` dict)."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_review_action_all"
        )
        action["domain"] = [("cycle_id", "in", self.ids)]
        action["display_name"] = self.env._("Reviews")
        return action

    def action_open_close_wizard(self):
        """Ask for the reason, then close or reopen (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self._check_officer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the cycle")
            if self.state == "open"
            else self.env._("Reopen the cycle"),
            "res_model": "performance.cycle.close",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_cycle_id": self.id},
        }
