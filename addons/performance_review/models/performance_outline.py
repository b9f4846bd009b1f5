from odoo import api, fields, models


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
        "hr.department", help="Used instead of the cycle's outline for these departments."
    )
    job_ids = fields.Many2many(
        "hr.job", help="Used instead of the cycle's outline for these job positions."
    )
    question_ids = fields.One2many("performance.outline.question", "outline_id", copy=True)
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
        """Return the outlines bound to jobs and to departments.

        :param company: ``res.company`` whose outlines count
        :return: two dicts, job id → outline and department id → outline
        :rtype: tuple[dict[int, models.Model], dict[int, models.Model]]
        """
        by_job, by_department = {}, {}
        for outline in self.sudo().search([("company_id", "in", [False, company.id])]):
            for job in outline.job_ids:
                by_job.setdefault(job.id, outline)
            for department in outline.department_ids:
                by_department.setdefault(department.id, outline)
        return by_job, by_department
