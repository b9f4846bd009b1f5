from odoo import api, fields, models


class PerformanceFlag(models.Model):
    """What HR keeps in mind about somebody: key talent, a risk, a delicate matter (R2).

    For HR alone and never about oneself: neither the employee nor the reviewer reads that there
    is one. It is a model of its own and no field of the employee's file, which more people read.
    That HR takes part because of it is a reason which HR alone reads, see
    ``performance_hr_reason.py``.
    """

    _name = "performance.flag"
    _description = "Flag of HR"
    _inherit = [
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.audience.mixin",
    ]
    _order = "employee_id, kind, id"

    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="employee_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("key_talent", "Key talent"),
            ("retention_risk", "May leave"),
            ("sensitive", "Delicate matter"),
        ],
        required=True,
    )
    note = fields.Text(help="Read by HR alone, and not by the person it is about.")
    active = fields.Boolean(default=True)

    _one_of_a_kind = models.UniqueIndex(
        "(employee_id, kind) WHERE active", "This person has this flag already."
    )

    @api.model
    def _get_parent_fields(self):
        # Whom it is about decides who reads it.
        return frozenset({"employee_id"})

    @api.depends_context("uid", "lang")
    @api.depends("employee_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for flag in self._get_nameable():
            name = flag.sudo().employee_id.name or ""
            flag.display_name = f"{name} · {kinds.get(flag.kind, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        flags = super().create(vals_list)
        flags._tell_reviews()
        return flags

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            self._tell_reviews()
        return result

    def unlink(self):
        employees = self.sudo().employee_id
        result = super().unlink()
        self._find_reviews(employees)._update_hr_reasons({"flag"})
        return result

    def _tell_reviews(self):
        self._find_reviews(self.sudo().employee_id)._update_hr_reasons({"flag"})

    @api.model
    def _find_reviews(self, employees):
        """Return the reviews of ``employees`` that are under way, with ``sudo()``."""
        return (
            self.env["performance.review"]
            .sudo()
            .search([("employee_id", "in", employees.ids), ("state", "!=", "done")])
        )
