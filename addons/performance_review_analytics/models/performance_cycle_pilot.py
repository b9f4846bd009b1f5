from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.performance_review.tools.words import say_list


class PerformanceCycle(models.Model):
    """A pilot: a few teams first, and what it found beside the launch for everybody.

    While it lasts, whoever is outside of it is left out like somebody without a manager: in
    preview, launch, late joiners and the nightly job alike.
    """

    _inherit = "performance.cycle"

    pilot_department_ids = fields.Many2many(
        "hr.department",
        relation="performance_cycle_pilot_department_rel",
        string="Departments of the pilot",
        copy=False,
        help="With them the launch begins with a few teams; everybody else follows on a click.",
    )
    pilot_manager_ids = fields.Many2many(
        "hr.employee",
        relation="performance_cycle_pilot_manager_rel",
        string="Managers of the pilot",
        copy=False,
        groups="performance_review.group_performance_review_officer",
        help="The people of these managers take part in the pilot.",
    )
    is_pilot = fields.Boolean(string="Pilot teams only", readonly=True, copy=False)
    has_pilot = fields.Boolean(string="Begins with a pilot", compute="_compute_has_pilot")

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"is_pilot"}

    @api.depends("state", "is_pilot", "pilot_department_ids", "pilot_manager_ids")
    def _compute_has_pilot(self):
        for cycle in self.sudo():
            # A query for each kind of team, so only where they still decide.
            cycle.has_pilot = cycle.is_pilot or (
                cycle.state == "draft"
                and bool(cycle.pilot_department_ids or cycle.pilot_manager_ids)
            )

    def _get_pilot_domain(self):
        """Return the ``Domain`` of the employees of the pilot teams."""
        self.ensure_one()
        cycle = self.sudo()
        domain = Domain.FALSE
        if cycle.pilot_department_ids:
            domain |= Domain("department_id", "child_of", cycle.pilot_department_ids.ids)
        if cycle.pilot_manager_ids:
            domain |= Domain("parent_id", "in", cycle.pilot_manager_ids.ids)
        return domain

    def _get_left_out_domains(self):
        domains = super()._get_left_out_domains()
        if self.has_pilot:
            domains["pilot"] = ~self._get_pilot_domain()
        return domains

    def _get_left_out_labels(self):
        return {**super()._get_left_out_labels(), "pilot": self.env._("Not in the pilot")}

    def _mark_launching(self, remaining):
        if self.state == "draft" and self.has_pilot:
            self.sudo().is_pilot = True
        return super()._mark_launching(remaining)

    def action_launch_all(self):
        """End the pilot and launch the cycle for everybody else.

        :raise AccessError: for others than HR
        :raise UserError: as :meth:`action_launch`
        :return: ``True``
        """
        self._check_officer()
        pilots = self.filtered("is_pilot")
        pilots.sudo().is_pilot = False
        left = pilots.filtered(
            lambda cycle: cycle._get_employees().search_count(cycle._get_launch_domain(), limit=1)
        )
        # Where the pilot was everybody there is nothing more to launch.
        return (self - pilots | left).action_launch()

    def action_open_launch_all(self):
        """Show who follows the pilot and what it found (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self._check_officer()
        wizard = self.env["performance.cycle.preview"].create(
            {"cycle_id": self.id, "is_whole": True}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Launch for everybody"),
            "res_model": "performance.cycle.preview",
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _prepare_cockpit(self):
        return {**super()._prepare_cockpit(), "is_pilot": self.is_pilot}

    def _say_pilot(self):
        """Say what the pilot found: what is missing, who was left out, the pulse.

        :return: lines; the pulse only from its threshold on
        :rtype: str
        """
        self.ensure_one()
        lines = [
            self.env._(
                "%(done)s of %(total)s reviews done",
                done=self.done_count,
                total=self.review_count - self.ended_count,
            )
        ]
        counts, _people = self._read_waiting()
        waiting = [row for row in self._count_waiting(counts) if row["count"]]
        if waiting:
            things = self._say_counts(waiting)
            lines.append(self.env._("Missing: %(things)s", things=things))
        left_out = self._prepare_left_out()["rows"]
        if left_out:
            things = self._say_counts(left_out)
            lines.append(self.env._("Left out: %(things)s", things=things))
        lines.append(self.env._("Pulse: %(text)s", text=self.pulse_text))
        return "\n".join(lines)

    def _say_counts(self, rows):
        return say_list(self.env, (f"{row['label']} × {row['count']}" for row in rows))
