from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import arguments

# Language of a shipped template → what it is called, in that language.
TEMPLATE_LABELS = {"en": "Template for appraisal results", "zh": "绩效结果导入模板"}
# What a correction may change, of the result itself and of each of its KPIs.
CORRECTABLE = ("score", "rating_id")
CORRECTABLE_OF_KPI = ("baseline", "target", "actual", "weight")


class PerformanceAppraisal(models.Model):
    """An appraisal result: what was measured before anybody talked about it.

    A draft is HR's to write. Once confirmed, people have read and signed on the strength of it:
    it and its KPIs change by :meth:`action_correct` alone, with a reason, old and new kept.
    """

    _name = "performance.appraisal"
    _description = "Appraisal result"
    _inherit = [
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.audience.mixin",
    ]
    _order = "date_end desc, id desc"

    name = fields.Char(related="employee_id.name", string="Employee name", store=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
    )
    cycle_id = fields.Many2one("performance.cycle", index="btree_not_null", ondelete="set null")
    date_start = fields.Date(
        string="Period start", required=True, default=lambda self: fields.Date.today()
    )
    date_end = fields.Date(
        string="Period end", required=True, default=lambda self: fields.Date.today()
    )
    state = fields.Selection(
        [("draft", "To confirm"), ("confirmed", "Confirmed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    score = fields.Float(
        compute="_compute_score",
        store=True,
        readonly=False,
        help="Weighted achievement of the KPIs in percent, unless typed in.",
    )
    rating_id = fields.Many2one("performance.rating", ondelete="restrict")
    goal_ids = fields.One2many("performance.goal", "appraisal_id", string="KPIs")
    review_ids = fields.One2many("performance.review", "appraisal_id")
    # Nothing of it is for the portal, whose users could not read the result as a whole otherwise.
    correction_ids = fields.One2many(
        "performance.correction", "appraisal_id", string="Corrections", groups="base.group_user"
    )

    _dates_ordered = models.Constraint(
        "CHECK (date_end >= date_start)", "The period ends before it starts: check both dates."
    )

    @api.model
    def get_import_templates(self):
        """Return the spreadsheets to fill in, the one of the user's language first.

        :return: ``[{"label": str, "template": address}, …]``
        :rtype: list[dict[str, str]]
        """
        templates = [
            {
                "label": label,
                "template": f"/performance_review/static/xls/appraisal_results_{language}.xlsx",
            }
            for language, label in TEMPLATE_LABELS.items()
        ]
        is_chinese = (self.env.lang or "").startswith("zh")
        return templates[::-1] if is_chinese else templates

    @api.model
    def _get_server_fields(self):
        return frozenset({"state"})

    @api.model
    def _get_parent_fields(self):
        # HR writes nothing about itself: a result must not be turned into one's own.
        return frozenset({"employee_id"})

    @api.model
    def _get_result_fields(self):
        """Return the names of the fields that stay once a result is confirmed."""
        return frozenset({"score", "rating_id", "date_start", "date_end", "goal_ids"})

    def write(self, vals):
        if self._get_result_fields() & vals.keys():
            self.check_access("write")
            self._check_not_confirmed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self._check_not_confirmed()

    def _check_not_confirmed(self):
        """Refuse a silent change of what has been published.

        :raise UserError: for a confirmed result, its KPIs included
        """
        if self.env.su:
            return
        for appraisal in self.sudo():
            if appraisal.state == "confirmed":
                raise UserError(
                    self.env._(
                        "The result of %(employee)s is confirmed: use “Correct…” and say why.",
                        employee=appraisal.name,
                    )
                )

    @api.depends("employee_id")
    def _compute_company_id(self):
        for appraisal in self:
            appraisal.company_id = appraisal.employee_id.company_id or self.env.company

    @api.depends("goal_ids.achievement", "goal_ids.weight")
    def _compute_score(self):
        for appraisal in self:
            total = sum(appraisal.goal_ids.mapped("weight"))
            if total:
                weighted = sum(goal.weight * goal.achievement for goal in appraisal.goal_ids)
                appraisal.score = weighted / total

    @api.constrains("goal_ids")
    def _check_total_weight(self):
        for appraisal in self:
            if appraisal.goal_ids and not sum(appraisal.goal_ids.mapped("weight")):
                raise ValidationError(
                    self.env._(
                        "The weights of %(employee)s's KPIs add up to 0: give at least one KPI "
                        "a weight.",
                        employee=appraisal.name,
                    )
                )

    @api.depends_context("uid")
    @api.depends("name", "date_start", "date_end")
    def _compute_display_name(self):
        for appraisal in self._get_nameable():
            appraisal.display_name = (
                f"{appraisal.name or ''} · {appraisal.date_start} – {appraisal.date_end}"
            )

    def action_confirm(self):
        """Publish drafts to the employees; HR officers only by access rights."""
        self.check_access("write")
        self.sudo().filtered(lambda appraisal: appraisal.state == "draft").write(
            {"state": "confirmed"}
        )
        return True

    def action_reset(self, reason):
        """Take confirmed results back to draft; HR officers only, by access rights.

        :param str reason: why; kept, as with a correction
        :raise UserError: without a reason
        :return: ``True``
        """
        self.check_access("write")
        reason = self._read_reason(reason)
        confirmed = self.sudo().filtered(lambda appraisal: appraisal.state == "confirmed")
        labels = dict(self._fields["state"]._description_selection(self.env))
        for appraisal in confirmed:
            self.env["performance.correction"]._log(
                appraisal, [(self.env._("State"), labels["confirmed"], labels["draft"])], reason
            )
        confirmed.write({"state": "draft"})
        return True

    # ------------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------------

    def action_open_correct(self):
        """Ask what to correct and why (an ``ir.actions.act_window`` dict)."""
        return self._open_correct(self.env._("Correct the result"))

    def action_open_reset(self):
        """Ask why the result goes back to draft (an ``ir.actions.act_window`` dict)."""
        return self._open_correct(self.env._("Back to draft"), default_is_reset=True)

    def _open_correct(self, name, **context):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "performance.appraisal.correct",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_appraisal_id": self.id, **context},
        }

    def action_correct(self, vals, reason):
        """Change a confirmed result; HR officers only, by access rights.

        A score that is not given follows from the corrected KPIs.

        :param dict vals: ``score`` (number), ``rating_id`` (id) and ``goals``: id of a KPI of
            this result → ``baseline``, ``target``, ``actual``, ``weight`` (numbers)
        :param str reason: why; kept with old and new, read by HR and the reviewer
        :raise UserError: without a reason, for a draft, for values of the wrong kind, and when
            nothing would change
        :return: ``True``
        """
        self.ensure_one()
        self.check_access("write")
        reason = self._read_reason(reason)
        if self.sudo().state != "confirmed":
            raise UserError(self.env._("A draft needs no correction: change it directly."))
        own, of_goals = self._read_correction(vals)
        self._mark_corrected(own, of_goals, reason)
        return True

    def _read_reason(self, reason):
        reason = arguments.read_text(
            self.env, reason, self.env._("Reason"), arguments.REASON_LIMIT
        ).strip()
        if not reason:
            raise UserError(self.env._("Say why the result changes."))
        return reason

    def _read_correction(self, vals):
        """Return the values for the result and, by KPI, for its KPIs.

        :raise UserError: for anything that is not a figure of this result
        :rtype: tuple[dict, dict]
        """
        refusal = UserError(
            self.env._("These figures cannot be read: give numbers for this result and its KPIs.")
        )
        if not isinstance(vals, dict):
            raise refusal
        own = {name: value for name, value in vals.items() if name != "goals"}
        rating = own.get("rating_id")
        if rating and (
            type(rating) is not int or not self.env["performance.rating"].browse(rating).exists()
        ):
            raise refusal
        goals = {goal.id: goal for goal in self.sudo().goal_ids}
        of_goals = {}
        asked = vals.get("goals") or {}
        for key, values in asked.items() if isinstance(asked, dict) else [(None, None)]:
            goal = goals.get(int(key) if str(key).isdecimal() else None)
            if not goal or not isinstance(values, dict):
                raise refusal
            of_goals[goal] = values
        figures = [({**own, "rating_id": 0}, CORRECTABLE)]
        figures += [(values, CORRECTABLE_OF_KPI) for values in of_goals.values()]
        for values, names in figures:
            for name, value in values.items():
                if name not in names or type(value) not in (int, float) or not isfinite(value):
                    raise refusal
        return own, of_goals

    def _mark_corrected(self, own, of_goals, reason):
        appraisal = self.sudo()
        before = appraisal._get_figures()
        for goal, values in of_goals.items():
            goal.write(values)
        if own:
            appraisal.write(own)
        after = appraisal._get_figures()
        changes = [
            (subject, before[key][1], shown)
            for key, (subject, shown) in after.items()
            if before[key][1] != shown
        ]
        if not changes:
            raise UserError(self.env._("Nothing would change: these are the figures of today."))
        self.env["performance.correction"]._log(appraisal, changes, reason)

    def _get_figures(self):
        """Return all that a correction may change, as people read it.

        :return: (record, field) → (what it is, its value)
        :rtype: dict[tuple, tuple[str, str]]
        """
        self.ensure_one()

        def label(record, name):
            return record._fields[name].get_description(self.env, ["string"])["string"]

        figures = {
            (self, "score"): (label(self, "score"), f"{self.score:.10g}"),
            (self, "rating_id"): (label(self, "rating_id"), self.rating_id.name or ""),
        }
        for goal in self.goal_ids:
            for name in CORRECTABLE_OF_KPI:
                subject = f"{goal.name}: {label(goal, name)}"
                figures[goal, name] = (subject, f"{goal[name]:.10g}")
        return figures
