from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.performance_review.models.performance_review_deadlines import DEADLINES
from odoo.addons.performance_review.models.performance_review_steps import STEPS
from odoo.addons.performance_review.tools import arguments

from .performance_cycle_waiting import ROLE_FIELDS


class PerformanceCycle(models.Model):
    """What HR does from the cockpit: open what a figure counts, remind, move a deadline."""

    _inherit = "performance.cycle"

    def write(self, vals):
        for name in DEADLINES:
            if name in vals:
                self._check_deadline_kept(name, vals[name])
        return super().write(vals)

    def _check_deadline_kept(self, name, value):
        """Refuse another deadline without a reason once people have been told the first one.

        :raise UserError: naming the cycle
        """
        if self.env.su:
            return
        day = arguments.read_date(self.env, value, self._get_field_label(name)) or False
        for cycle in self:
            if cycle.state != "draft" and cycle[name] != day:
                raise UserError(
                    self.env._(
                        "“%(cycle)s” has been launched: use “Move a deadline”, which asks why.",
                        cycle=cycle.name,
                    )
                )

    def action_open_cockpit_reviews(
        self,
        readiness=None,
        department_id=None,
        state=None,
        role=None,
        person_id=None,
        deadline=None,
        is_overdue=False,
    ):
        """Open the reviews behind a figure or a name of the cockpit.

        :param str readiness: what they wait for, a code of ``_get_readiness()``
        :param int department_id: of which department; ``0`` for those without one
        :param str state: in which step
        :param str role: which side they wait for, ``employee`` or ``reviewer``
        :param int person_id: id of the ``hr.employee`` on that side; without it, all of them
        :param str deadline: a deadline of the cycle, whose step they have not passed
        :param bool is_overdue: only those that are late
        :raise AccessError: for others than HR
        :return: an ``ir.actions.act_window`` dict
        """
        self.ensure_one()
        self._check_officer()
        action = self.action_open_reviews()
        action["context"] = {}
        parts = [(Domain(action["domain"]), self.name)]
        if readiness:
            parts.append(self._read_waiting_filter(readiness))
        if department_id is not None:
            parts.append(self._read_department_filter(department_id))
        if state:
            parts.append(self._read_state_filter(state))
        if role:
            parts += self._read_person_filters(role, person_id)
            if not person_id:
                action["context"] = {"group_by": [ROLE_FIELDS[role]]}
        if deadline:
            parts.append(self._read_deadline_filter(deadline))
        if is_overdue:
            late = Domain("is_overdue", "=", True) & Domain("state", "!=", "done")
            parts.append((late & Domain("is_ended", "=", False), self.env._("Overdue")))
        action["domain"] = list(Domain.AND(domain for domain, _name in parts))
        action["display_name"] = " · ".join(name for _domain, name in parts if name)
        action["views"] = [(self._get_cockpit_list(readiness).id, "list"), (False, "form")]
        return action

    def _get_cockpit_list(self, readiness):
        """Return the list (``ir.ui.view``) that tells what is waited for: of others, or of HR."""
        rows = self.env["performance.review"]._get_readiness()
        is_of_hr = any(row.code == readiness and row.role == "hr" for row in rows)
        name = f"performance_review_view_list_cockpit{'_hr' if is_of_hr else ''}"
        return self.env.ref(f"performance_review_analytics.{name}")

    def _read_waiting_filter(self, readiness):
        options = [(row.code, row.label) for row in self.env["performance.review"]._get_readiness()]
        code = arguments.read_choice(self.env, readiness, self.env._("Waits for"), options)
        return Domain("readiness", "in", [code]), dict(options)[code]

    def _read_department_filter(self, department_id):
        label = self.env._("Department")
        number = department_id and arguments.read_id(self.env, department_id, label)
        domain = Domain("department_id", "=", number or False) & Domain("is_ended", "=", False)
        if not number:
            return domain, self.env._("No department")
        return domain, self.env["hr.department"].sudo().browse(number).exists().name

    def _read_state_filter(self, state):
        options = self.env["performance.review"]._fields["state"]._description_selection(self.env)
        code = arguments.read_choice(self.env, state, self.env._("Step"), options)
        return Domain("state", "=", code), dict(options)[code]

    def _read_person_filters(self, role, person_id):
        """Return what waits for one side, and for one person of it: pairs of domain and name."""
        sides = {"reviewer": self.env._("Managers"), "employee": self.env._("Employees")}
        role = arguments.read_choice(self.env, role, self.env._("Side"), list(sides.items()))
        person = arguments.read_id(self.env, person_id, self.env._("Person"), required=False)
        rows = self.env["performance.review"]._get_readiness()
        codes = [row.code for row in rows if row.role == role]
        waited = Domain("readiness", "in", codes)
        if not person:
            return [(waited, self.env._("Waited for: %(side)s", side=sides[role]))]
        of_person = Domain(ROLE_FIELDS[role], "=", person)
        # HR knows everybody of her cycles by name; of others she learns none here.
        known = self.env["performance.review"].search(
            Domain("cycle_id", "=", self.id) & of_person, limit=1
        )
        return [(waited & of_person, known.sudo()[ROLE_FIELDS[role]].name)]

    def _read_deadline_filter(self, deadline):
        options = [(name, self._get_field_label(name)) for name in DEADLINES]
        name = arguments.read_choice(self.env, deadline, self.env._("Deadline"), options)
        order = [step.deadline for step in STEPS]
        codes = [step.code for step in STEPS[: order.index(name) + 1]]
        domain = Domain("state", "in", codes) & Domain("is_ended", "=", False)
        return domain, dict(options)[name]

    def action_remind_waited_for(self, role, person_id=None):
        """Remind whom others wait for in this cycle, everybody on a side or one of them.

        It joins the one mail of the next working day.

        :param str role: ``employee`` or ``reviewer``
        :param int person_id: id of the ``hr.employee``; without it, all of that side
        :raise AccessError: for others than HR
        :raise UserError: when nobody is waited for any more
        :return: a notification (an action dict)
        """
        self.ensure_one()
        self._check_officer()
        role = arguments.read_choice(self.env, role, self.env._("Side"), list(ROLE_FIELDS))
        person = arguments.read_id(self.env, person_id, self.env._("Person"), required=False)
        Review = self.env["performance.review"]
        codes = [row.code for row in Review._get_readiness() if row.role == role]
        domain = Domain("cycle_id", "=", self.id) & Domain("readiness", "in", codes)
        if person:
            domain &= Domain(ROLE_FIELDS[role], "=", person)
        reviews = Review.search(domain)
        if not reviews:
            raise UserError(self.env._("Nobody is waited for here any more: reload the page."))
        told = reviews.action_remind(role)
        if not person:
            self.env["performance.cycle.event"]._record("reminded", {self: len(reviews)})
        return told

    def action_open_debts(self, owner=None):
        """Open what managers, HR and company still owe (an ``ir.actions.act_window`` dict).

        :param str owner: which of them; by default all
        :raise AccessError: for others than HR
        """
        self.ensure_one()
        self._check_officer()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_commitment_action"
        )
        domain = self._get_debt_domain()
        names = [self.env._("Owed by managers, HR and the company")]
        if owner:
            field = self.env["performance.commitment"]._fields["owner"]
            options = field._description_selection(self.env)
            code = arguments.read_choice(self.env, owner, self.env._("Owner"), options)
            domain &= Domain("owner", "=", code)
            names.append(dict(options)[code])
        action["domain"] = list(domain)
        action["context"] = {}
        action["display_name"] = " · ".join(names)
        return action

    def action_open_deadline_wizard(self):
        """Ask for a new deadline and why (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self._check_officer()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move a deadline"),
            "res_model": "performance.cycle.deadline",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_cycle_id": self.id},
        }

    def action_move_deadline(self, name, date, reason):
        """Give one step of cycles under way another deadline, which their history keeps.

        :param str name: ``preparation_deadline``, ``dialogue_deadline`` or ``agreement_deadline``
        :param date: the new one, from today on
        :param str reason: why
        :raise UserError: without a reason, for a day in the past, for the day it is already or
            for a cycle not under way
        :raise AccessError: for others than HR
        :return: ``True``
        """
        self._check_officer()
        Event = self.env["performance.cycle.event"]
        kinds = Event._get_deadline_kinds()
        name = arguments.read_choice(self.env, name, self.env._("Deadline"), kinds)
        date = arguments.read_date(self.env, date, self.env._("Deadline"))
        reason = arguments.read_text(
            self.env, reason, self.env._("Reason"), arguments.REASON_LIMIT
        ).strip()
        if not reason:
            raise UserError(self.env._("Say why: the reason stays in the history of the cycle."))
        if not date or date < fields.Date.context_today(self):
            raise UserError(self.env._("Choose a deadline from today on."))
        for cycle in self:
            if cycle.state != "open":
                raise UserError(
                    self.env._(
                        "“%(cycle)s” is not under way: change its deadlines on its page.",
                        cycle=cycle.name,
                    )
                )
            if cycle[name] == date:
                raise UserError(
                    self.env._(
                        "%(date)s is the deadline already.", date=format_date(self.env, date)
                    )
                )
        Event.sudo().create(
            [
                {
                    "cycle_id": cycle.id,
                    "author_id": self.env.uid,
                    "kind": name,
                    "old_date": cycle[name],
                    "new_date": date,
                    "reason": reason,
                }
                for cycle in self
            ]
        )
        self.sudo().write({name: date})
        return True
