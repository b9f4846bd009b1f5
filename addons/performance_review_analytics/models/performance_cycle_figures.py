from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS

from ..tools import small_groups


class PerformanceCycle(models.Model):
    """From how many people on the dashboard shows a figure, and of which departments together.

    Both are fixed when the cycle opens. Were the rows cut anew every day, the difference of two
    days would be the figure of whoever has just come to a department. Departments that come as a
    whole later on, as after a pilot, are cut then: nobody of theirs has been in any figure.
    """

    _inherit = "performance.cycle"

    manager_minimum = fields.Integer(
        string="People to show managers a figure",
        default=lambda self: self.env.company.performance_manager_minimum,
        help="Managers and those above them see figures of at least so many people of theirs.",
    )
    # Id of the department as a text, "0" for none → the row it stands in.
    figure_groups = fields.Json(
        compute="_compute_figure_groups",
        store=True,
        copy=False,
        groups=NO_ACCESS,
        export_string_translation=False,
    )

    _manager_minimum_three = models.Constraint(
        "CHECK (manager_minimum >= 3)",
        "Fewer than three people would give themselves away: choose three or more.",
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"figure_groups"}

    @api.model
    def _get_number_limits(self):
        return {**super()._get_number_limits(), "manager_minimum": 10_000}

    def write(self, vals):
        if "manager_minimum" in vals and any(
            cycle.state != "draft" and cycle.manager_minimum != vals["manager_minimum"]
            for cycle in self
        ):
            raise UserError(
                self.env._("The threshold of managers' figures stays as it was at the launch.")
            )
        return super().write(vals)

    @api.depends("state")
    def _compute_figure_groups(self):
        launched = self.filtered(lambda cycle: cycle.state in ("open", "closed"))
        fresh = launched.filtered(lambda cycle: not cycle._origin.figure_groups)
        counts = {cycle.id: {} for cycle in fresh}
        for cycle, department, count in (
            self.env["performance.review"]
            .sudo()
            ._read_group(
                [("cycle_id", "in", fresh.ids)], ["cycle_id", "department_id"], ["__count"]
            )
        ):
            counts[cycle.id][department.id or 0] = count
        for cycle in self:
            if cycle in fresh:
                rows = small_groups.merge(counts[cycle.id], cycle.pulse_minimum)
                cycle.figure_groups = {str(key): row for key, row in rows.items()}
            else:
                cycle.figure_groups = cycle._origin.figure_groups

    def _mark_launched(self):
        result = super()._mark_launched()
        cycle = self.sudo()
        groups = cycle.env["performance.review"]._read_group(
            [("cycle_id", "=", cycle.id)], ["department_id"], ["__count", "id:min"]
        )
        known = cycle.figure_groups or {}
        fresh = {
            department.id or 0: count
            for department, count, first in groups
            # Who was moved to a department has been in the figures of another one.
            if str(department.id or 0) not in known and first > cycle.launch_after_id
        }
        if fresh:
            rows = small_groups.merge(fresh, cycle.pulse_minimum)
            cycle.figure_groups = known | {str(key): row for key, row in rows.items()}
        return result

    def _get_figure_row(self, department_id):
        """Return the row of a department; one that came after the launch is among the rest."""
        self.ensure_one()
        groups = self.sudo().figure_groups or {}
        return groups.get(str(department_id or 0), small_groups.REST)
