from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceOutline(models.Model):
    """Outline (面谈提纲): the questions of a conversation in three sections."""

    _name = "performance.outline"
    _description = "Review outline"
    _inherit = ["performance.field.guard"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    department_ids = fields.Many2many(
        "hr.department",
        help="Used instead of the cycle's outline for these departments and those below them, "
        "unless a nearer department or the job position has an outline of its own.",
    )
    job_ids = fields.Many2many(
        "hr.job",
        help="Used for these job positions, whatever the department and the cycle's outline say.",
    )
    question_ids = fields.One2many("performance.outline.question", "outline_id", copy=True)
    retired_question_ids = fields.One2many(
        "performance.outline.question",
        "outline_id",
        string="Retired questions",
        domain=[("active", "=", False)],
        context={"active_test": False},
        copy=False,
    )
    question_count = fields.Integer(compute="_compute_question_count")

    @api.depends("question_ids")
    def _compute_question_count(self):
        counts = dict(
            self.env["performance.outline.question"]._read_group(
                [("outline_id", "in", self.ids)], ["outline_id"], ["__count"]
            )
        )
        for outline in self:
            outline.question_count = counts.get(outline, 0)

    @api.model
    def _get_default(self, company):
        """Return the first outline usable in ``company`` (a ``res.company``)."""
        return self.search([("company_id", "in", [False, company.id])], limit=1)

    @api.model
    def _find_for(self, company):
        """Return the outlines bound to jobs and to departments; the job counts more.

        Of several outlines for the same job or department the first in the list counts. What a
        department has no outline of its own for it has from the nearest one above it.

        :param company: ``res.company`` whose outlines count
        :return: two dicts, job id → outline and department id → outline
        :rtype: tuple[dict[int, models.Model], dict[int, models.Model]]
        """
        by_job, bound = {}, {}
        for outline in self.sudo().search([("company_id", "in", [False, company.id])]):
            for job in outline.job_ids:
                by_job.setdefault(job.id, outline)
            for department in outline.department_ids:
                bound.setdefault(department.id, outline)
        return by_job, self._inherit_downwards(bound)

    @api.model
    def _inherit_downwards(self, bound):
        """Return the outline of every department below those that have one.

        :param dict bound: department id → outline
        :rtype: dict[int, models.Model]
        """
        if not bound:
            return {}
        departments = (
            self.env["hr.department"]
            .sudo()
            .with_context(active_test=False)
            .search_fetch([("id", "child_of", list(bound))], ["parent_path"])
        )
        by_department = {}
        for department in departments:
            # From the top down to the department itself: the last one that is bound is nearest.
            path = [int(each) for each in department.parent_path.split("/") if each]
            by_department[department.id] = [bound[each] for each in path if each in bound][-1]
        return by_department

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        everything = self.sudo().with_context(active_test=False)
        used = {
            outline.id
            for model in ("performance.review", "performance.cycle")
            for (outline,) in everything.env[model]._read_group(
                [("outline_id", "in", self.ids)], ["outline_id"]
            )
        } | set(everything.question_ids._filter_in_use().outline_id.ids)
        for outline in self:
            if outline.id in used:
                raise UserError(
                    self.env._(
                        "“%(outline)s” belongs to cycles or reviews: archive it instead of "
                        "deleting it.",
                        outline=outline.name,
                    )
                )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        if "name" not in (default or {}):
            for outline, vals in zip(self, vals_list, strict=True):
                vals["name"] = self.env._("%(outline)s (copy)", outline=outline.name)
        return vals_list

    def action_preview(self):
        """Open the outline as employee and reviewer see it (an ``ir.actions.act_url`` dict)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/performance/outline/{self.id}/preview",
            "target": "new",
        }
