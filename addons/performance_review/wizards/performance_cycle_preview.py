from odoo import api, fields, models

from ..models.performance_cycle_launch import LAUNCH_INLINE_LIMIT
from ..tools.words import say_list

NAMED_PER_REASON = 20
NAMED_TO_ADD = 100


class PerformanceCyclePreview(models.TransientModel):
    """Preview of a launch (C2): how many match, who is left out and why."""

    _name = "performance.cycle.preview"
    _description = "Launch preview"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    cycle_id = fields.Many2one("performance.cycle", required=True, ondelete="cascade")
    cycle_state = fields.Selection(related="cycle_id.state")
    match_count = fields.Integer(string="Employees matched", readonly=True)
    launch_count = fields.Integer(string="Reviews to create", readonly=True)
    launch_names = fields.Text(string="Who gets one", readonly=True)
    employee_ids = fields.Many2many(
        "hr.employee",
        string="Who is added",
        readonly=True,
        help="Of a cycle under way nobody but these: who comes to match after they were named "
        "waits for the next time.",
    )
    line_ids = fields.One2many("performance.cycle.preview.line", "preview_id", readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        previews = super().create(vals_list)
        for preview in previews:
            preview._fill()
        return previews

    def _fill(self):
        """Count the population and, reason by reason, who is left out of it."""
        self.ensure_one()
        cycle = self.cycle_id
        cycle._check_officer()
        employees = cycle._get_employees()
        rest = cycle._get_population_domain()
        labels = cycle._get_left_out_labels()
        match_count = employees.search_count(rest)
        lines = []
        for code, domain in self._get_left_out_domains().items():
            count = employees.search_count(rest & domain)
            if count:
                named = employees.search(rest & domain, limit=NAMED_PER_REASON, order="name")
                lines.append(
                    fields.Command.create(
                        {
                            "reason": labels[code],
                            "count": count,
                            "names": say_list(self.env, named.mapped("name"))
                            + ("…" if count > NAMED_PER_REASON else ""),
                        }
                    )
                )
            rest &= ~domain
        launch_count = employees.search_count(rest)
        # Who joins a cycle under way is named to the last one, and then exactly these join.
        joins = self.cycle_state != "draft"
        most = LAUNCH_INLINE_LIMIT if joins else NAMED_TO_ADD
        found = employees.search(rest, limit=most, order="name")
        named = found.mapped("name")
        names = say_list(self.env, named)
        if launch_count > len(named):
            names = self.env._(
                "%(names)s and %(count)s more", names=names, count=launch_count - len(named)
            )
        self.write(
            {
                "match_count": match_count,
                "launch_count": launch_count,
                "launch_names": names,
                "line_ids": lines,
                "employee_ids": found.ids if joins and launch_count == len(found) else [],
            }
        )

    def _get_left_out_domains(self):
        """Return why people of the population get no review by this launch; a hook."""
        return self.cycle_id._get_left_out_domains()

    def action_launch(self):
        """Launch the cycle as previewed and close the dialog (an action dict)."""
        self.ensure_one()
        self.cycle_id.action_launch(self.sudo().employee_ids.ids)
        return {"type": "ir.actions.act_window_close"}


class PerformanceCyclePreviewLine(models.TransientModel):
    """One reason for leaving people out, with their number and first names."""

    _name = "performance.cycle.preview.line"
    _description = "Launch preview line"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    preview_id = fields.Many2one(
        "performance.cycle.preview", required=True, ondelete="cascade", index=True
    )
    reason = fields.Char(readonly=True)
    count = fields.Integer(string="People", readonly=True)
    names = fields.Text(readonly=True)
