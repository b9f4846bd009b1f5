from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import achievement, arguments, smart
from ..tools.words import say_list


class PerformanceGoal(models.Model):
    """A goal or KPI: imported with an appraisal or agreed in a review."""

    _name = "performance.goal"
    _description = "Performance goal"
    _inherit = [
        "performance.version.guard",
        "performance.carried.mixin",
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.audience.mixin",
    ]
    _order = "sequence, id"

    name = fields.Char(string="Goal", required=True, size=arguments.CHAR_LIMIT)
    sequence = fields.Integer(default=10)
    scope = fields.Selection(
        [("company", "Company"), ("department", "Department"), ("employee", "Employee")],
        default="employee",
        required=True,
    )
    employee_id = fields.Many2one("hr.employee", index=True, ondelete="cascade")
    department_id = fields.Many2one("hr.department", ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, precompute=True, index=True
    )
    parent_id = fields.Many2one(
        "performance.goal",
        string="Contributes to",
        domain="[('scope', '!=', 'employee')]",
        index="btree_not_null",
        ondelete="restrict",
        help="The goal of the department or the company that this one serves.",
    )
    parent_achievement = fields.Float(
        string="Its progress",
        related="parent_id.achievement",
        help="How far the goal is that this one contributes to, in percent.",
    )
    metric = fields.Char(help="What is counted or measured.")
    unit = fields.Char()
    baseline = fields.Float()
    target = fields.Float()
    actual = fields.Float(
        compute="_compute_actual",
        store=True,
        precompute=True,
        readonly=False,
        help="The newest measurement; before the first one, the baseline.",
    )
    direction = fields.Selection(
        [("up", "More is better"), ("down", "Less is better")], default="up", required=True
    )
    weight = fields.Float(default=1.0)
    means = fields.Text(help="How it will be reached, and with what.")
    date_deadline = fields.Date(string="Deadline")
    achievement = fields.Float(
        compute="_compute_achievement",
        store=True,
        help="How much of the way to the target is done, in percent.",
    )
    measure_ids = fields.One2many("performance.progress", "goal_id", string="Measurements")
    appraisal_id = fields.Many2one(
        "performance.appraisal", index="btree_not_null", ondelete="cascade"
    )
    agreement_id = fields.Many2one(
        "performance.agreement", index="btree_not_null", ondelete="cascade"
    )
    origin_id = fields.Many2one(
        "performance.goal",
        string="Carries on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The same goal in the version of the agreement before.",
    )
    origin_goal_id = fields.Many2one(
        "performance.goal",
        string="Goal before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The KPI or the goal of an earlier review that this one goes on with.",
    )
    missing_text = fields.Char(string="Still missing", compute="_compute_missing_text")

    _weight_positive = models.Constraint(
        "CHECK (weight >= 0)", "A weight below 0 makes no sense: type 0 or more."
    )
    # Company and department goals are read by everybody inside.
    _personal_stays_private = models.Constraint(
        "CHECK (scope = 'employee' OR (employee_id IS NULL AND appraisal_id IS NULL "
        "AND agreement_id IS NULL))",
        "A goal of one person stays a personal goal: leave its scope at “Employee”.",
    )
    _one_origin = models.Constraint(
        "CHECK (appraisal_id IS NULL OR agreement_id IS NULL)",
        "A goal comes from an appraisal or from an agreement, not from both.",
    )
    _employee_or_shared = models.Constraint(
        "CHECK (scope <> 'employee' OR employee_id IS NOT NULL)",
        "A personal goal needs an employee.",
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"origin_id", "origin_goal_id"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"employee_id", "agreement_id", "appraisal_id"})

    @api.model
    def _get_content_fields(self):
        """Names of the fields both sides sign; what is measured later is not among them."""
        return frozenset(
            {
                "name", "scope", "employee_id", "parent_id", "metric", "unit", "baseline",
                "target", "direction", "weight", "means", "date_deadline", "agreement_id",
            }
        )  # fmt: skip

    def _prepare_carry_vals(self):
        """Return what the same goal in a new version says besides its content; a hook.

        :rtype: dict
        """
        self.ensure_one()
        return {"origin_id": self.id, "origin_goal_id": self.origin_goal_id.id}

    @api.depends("employee_id", "department_id")
    def _compute_company_id(self):
        for goal in self:
            goal.company_id = (
                goal.employee_id.company_id or goal.department_id.company_id or self.env.company
            )

    @api.depends("baseline")
    def _compute_actual(self):
        for goal in self:
            unmeasured = goal.agreement_id and not goal.measure_ids
            if unmeasured or not goal._origin:
                goal.actual = goal.baseline
            else:
                goal.actual = goal.actual  # typed in or imported: it stays

    @api.depends("baseline", "current_target", "actual", "direction", "appraisal_id")
    def _compute_achievement(self):
        for goal in self:
            # Not filled in yet. A result of HR may well say "none, as before".
            if not (goal.baseline or goal.current_target or goal.appraisal_id):
                goal.achievement = 0.0
                continue
            goal.achievement = achievement.achievement(
                goal.baseline, goal.current_target, goal.actual, goal.direction or "up"
            )

    @api.depends(
        "name", "metric", "unit", "baseline", "target", "direction", "means", "parent_id",
        "date_deadline",
    )  # fmt: skip
    def _compute_missing_text(self):
        labels = self._get_smart_labels()
        for goal in self:
            goal.missing_text = say_list(
                self.env, (labels[code] for code in goal._get_missing_elements())
            )

    def _get_nameable(self):
        # Whom a personal goal serves is read by all who read the personal goal.
        shared = self.filtered(lambda goal: goal.scope != "employee")
        return shared | super(PerformanceGoal, self - shared)._get_nameable()

    @api.constrains("employee_id", "appraisal_id")
    def _check_appraisal_employee(self):
        for goal in self.sudo():
            if goal.appraisal_id and goal.appraisal_id.employee_id != goal.employee_id:
                raise ValidationError(
                    self.env._(
                        "“%(goal)s” and its appraisal result belong to different people.",
                        goal=goal.name,
                    )
                )

    @api.constrains("parent_id")
    def _check_parent_shared(self):
        for goal in self.sudo():
            if goal.parent_id.scope == "employee":
                raise ValidationError(
                    self.env._(
                        "“%(goal)s” contributes to a goal of a department or the company, not to "
                        "that of a person.",
                        goal=goal.name,
                    )
                )

    @api.constrains("weight", "appraisal_id")
    def _check_total_weight(self):
        self.appraisal_id._check_total_weight()

    @api.constrains("baseline", "target")
    def _check_target(self):
        for goal in self:
            # Both at zero means "not filled in yet", which the agreement asks for by name.
            if goal.target == goal.baseline and goal.target:
                raise ValidationError(
                    self.env._(
                        "“%(goal)s” starts where it should end: choose a target that differs "
                        "from the baseline.",
                        goal=goal.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        agreements = self.env["performance.agreement"].browse(
            [vals["agreement_id"] for vals in vals_list if vals.get("agreement_id")]
        )
        employees = {agreement.id: agreement.review_id.employee_id.id for agreement in agreements}
        for vals in vals_list:
            if vals.get("agreement_id"):
                # An agreed goal is always the goal of the person it was agreed with.
                vals["employee_id"] = employees[vals["agreement_id"]]
        goals = super().create(vals_list)
        goals.agreement_id._check_content_open()
        goals._check_result_open()
        return goals

    def _find_audience(self, accounts):
        # What belongs to a review or to a result has the people of these, not those of today.
        if self.agreement_id:
            review = self.agreement_id.review_id
            return review.employee_user_id.id, review.reviewer_user_id.id
        if self.appraisal_id:
            return self.appraisal_id.employee_user_id.id, self.appraisal_id.manager_user_id.id
        return super()._find_audience(accounts)

    def write(self, vals):
        if (self._get_content_fields() | {"actual", "appraisal_id"}) & vals.keys():
            self._check_result_open()
        if self._get_content_fields() & vals.keys():
            self.agreement_id._check_content_open()
        result = super().write(vals)
        if "agreement_id" in vals:
            # Neither out of a proposed version nor into one.
            self.agreement_id._check_content_open()
        return result

    def unlink(self):
        appraisals = self.appraisal_id
        result = super().unlink()
        appraisals.exists()._check_total_weight()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_result_open()
        self.agreement_id._check_content_open()

    def _check_result_open(self):
        """Refuse a silent change of the KPIs of a confirmed result.

        :raise UserError: when one of them is
        """
        if not self.env.su:
            appraisal_ids = self.sudo().appraisal_id.ids
            self.env["performance.appraisal"].browse(appraisal_ids)._check_not_confirmed()

    @api.model
    def _get_smart_labels(self):
        """Return the words for the elements of a SMART goal, by code of ``tools.smart``."""
        return {
            "specific": self.env._("a specific text"),
            "metric": self.env._("a metric"),
            "unit": self.env._("a unit"),
            "target": self.env._("a target that differs from the baseline"),
            "direction": self.env._("a direction that fits baseline and target"),
            "means": self.env._("the means"),
            "parent": self.env._("the goal of department or company it contributes to"),
            "deadline": self.env._("a deadline"),
        }

    def _get_missing_elements(self):
        """Return the codes of missing SMART elements (see ``tools.smart``), in order."""
        self.ensure_one()
        return smart.missing_elements(
            name=self.name or "",
            metric=self.metric or "",
            unit=self.unit or "",
            baseline=self.baseline,
            target=self.target,
            direction=self.direction or "",
            means=self.means or "",
            has_parent=bool(self.parent_id),
            date_deadline=self.date_deadline,
        )

    def _update_actual(self):
        """Take the newest measurement, by date and not by the order of typing, as actual.

        Later versions of the goal that are in force follow; without any measurement the goal
        is back at its baseline.
        """
        goals = self.sudo()
        later = goals
        while later := goals.search([("origin_id", "in", later.ids)]):
            goals |= later
        goals = goals.filtered("agreement_id.is_in_force")
        newest = self.env["performance.progress"].sudo()._get_newest("goal_id", goals)
        for goal, record in newest.items():
            goal._mark_measured(record.value if record else goal.baseline)

    def _mark_measured(self, value):
        """Store the newest measurement.

        :param float value: in the goal's unit
        :raise UserError: when the agreement of the goal is not in force
        """
        for goal in self:
            if goal.agreement_id and not goal.agreement_id.is_in_force:
                raise UserError(
                    self.env._("Progress can be recorded once the agreement is signed.")
                )
        self.sudo().write({"actual": value})
