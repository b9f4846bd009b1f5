from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.performance_review.tools import arguments

ACTS_SHOWN = 3
FILES_SHOWN = 500


class PerformanceCycle(models.Model):
    """What HR does with the reviews of a whole department, and how far it is."""

    _inherit = "performance.cycle"

    def action_open_department_reassign(self, department_id):
        """Ask who reviews a department from now on, showing who gains and who loses access.

        Reviews that are done and those of one's own stay out of it.

        :param int department_id: of which department; ``0`` for those without one
        :raise AccessError: for others than HR
        :raise UserError: when nobody of the department is left
        :return: an ``ir.actions.act_window`` dict
        """
        self.ensure_one()
        self._check_officer()
        number = department_id and arguments.read_id(
            self.env, department_id, self.env._("Department")
        )
        others = self.env["performance.review"].search(
            self._get_reassign_domain() & Domain("department_id", "=", number or False)
        )
        if not others:
            raise UserError(self.env._("No review of others is under way in this department."))
        return others.action_open_reassign()

    def _get_reassign_domain(self):
        """Return whose reviewer the user may change: under way, and in none of them a party."""
        self.ensure_one()
        uid = self.env.uid
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return (
            Domain("cycle_id", "=", self.id)
            & Domain("state", "!=", "done")
            & Domain("employee_user_id", "!=", uid)
            & Domain("reviewer_user_id", "!=", uid)
            & Domain("employee_id", "not in", employees._search([("user_id", "=", uid)]))
        )

    def _prepare_departments(self, counts):
        """Say of each department whether the user may change its reviewer, or others in HR."""
        rows = super()._prepare_departments(counts)
        if self.state != "open":
            return rows
        groups = self.env["performance.review"]._read_group(
            self._get_reassign_domain(), ["department_id"]
        )
        mine = {department.id for (department,) in groups}
        for row in rows:
            row["may_reassign"] = row["id"] in mine
            row["is_left_to_others"] = not row["may_reassign"] and any(
                code != "done" for code in row["cells"]
            )
        return rows

    def action_open_history(self):
        """Open what HR did with this cycle, the newest first (an ``ir.actions.act_window`` dict).

        :raise AccessError: for others than HR
        """
        self.ensure_one()
        self._check_officer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History"),
            "res_model": "performance.cycle.event",
            "view_mode": "list",
            "views": [(False, "list")],
            "domain": [("cycle_id", "=", self.id)],
            "context": {},
        }

    def _mark_launching(self, remaining):
        kind = "launch" if self.state == "draft" else "joined"
        result = super()._mark_launching(remaining)
        self.env["performance.cycle.event"]._record(kind, {self: remaining})
        return result

    def action_open_left_out(self, code):
        """Open the files of people the cycle leaves out, where HR mends what is missing.

        Without rights in *Employees* it is their public files: names to pass on.

        :param str code: the reason, of ``_get_left_out_domains()``
        :raise AccessError: for others than HR
        :raise UserError: for another reason
        :return: an ``ir.actions.act_window`` dict
        """
        self.ensure_one()
        self._check_officer()
        labels = self._get_left_out_labels()
        domains = self._get_left_out_domains()
        code = arguments.read_choice(
            self.env, code, self.env._("Reason"), [(key, labels[key]) for key in domains]
        )
        rest = self._get_population_domain()
        for key, domain in domains.items():
            if key == code:
                rest &= domain
                break
            rest &= ~domain
        people = self._get_employees().search(rest, limit=FILES_SHOWN, order="name")
        may_mend = self.env["hr.employee"].has_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": labels[code],
            "res_model": "hr.employee" if may_mend else "hr.employee.public",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", people.ids)],
            "context": {},
        }

    def _prepare_acts(self):
        """Return what is changed in the background, the newest first, for the cockpit."""
        self.ensure_one()
        acts = self.env["performance.bulk.act"].search(
            [("cycle_id", "=", self.id)], limit=ACTS_SHOWN
        )
        labels = dict(acts._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": act.id,
                "is_running": act.state == "running",
                "percent": round(act.done_percent),
                "text": self.env._(
                    "%(act)s: %(done)s of %(total)s reviews",
                    act=labels[act.kind],
                    done=act.done_count,
                    total=act.total_count,
                ),
                "refused": act.refused_text or "",
            }
            for act in acts
            if act.state == "running" or act.refused_text
        ]

    def _prepare_cockpit(self):
        return {**super()._prepare_cockpit(), "acts": self._prepare_acts()}
