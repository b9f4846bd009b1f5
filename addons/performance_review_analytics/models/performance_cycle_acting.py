from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.performance_review.models.performance_review_deadlines import DEADLINES
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

    def action_open_cockpit_reviews(self, readiness=None, department_id=None, state=None):
        """Open the reviews behind a figure of the cockpit.

        :param str readiness: what they wait for, a code of ``_get_readiness()``
        :param int department_id: of which department; ``0`` for those without one
        :param str state: in which step
        :raise AccessError: for others than HR
        :return: an ``ir.actions.act_window`` dict
        """
        self.ensure_one()
        self._check_officer()
        action = self.action_open_reviews()
        domain = Domain(action["domain"])
        names = []
        if readiness:
            rows = self.env["performance.review"]._get_readiness()
            options = [(row.code, row.label) for row in rows]
            code = arguments.read_choice(self.env, readiness, self.env._("Waits for"), options)
            domain &= Domain("readiness", "in", [code])
            names.append(dict(options)[code])
        if department_id is not None:
            label = self.env._("Department")
            number = department_id and arguments.read_id(self.env, department_id, label)
            domain &= Domain("department_id", "=", number or False)
            domain &= Domain("is_ended", "=", False)
            names.append(
                self.env["hr.department"].sudo().browse(number).exists().name
                if number
                else self.env._("No department")
            )
        if state:
            options = (
                self.env["performance.review"]._fields["state"]._description_selection(self.env)
            )
            code = arguments.read_choice(self.env, state, self.env._("Step"), options)
            domain &= Domain("state", "=", code)
            names.append(dict(options)[code])
        action["domain"] = list(domain)
        action["display_name"] = " · ".join([self.name, *filter(None, names)])
        action["context"] = {}
        action["views"] = [(False, "list"), (False, "form")]
        return action

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
        return reviews.action_remind(role)

    def action_open_debts(self):
        """Open what managers, HR and company still owe (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self._check_officer()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_commitment_action"
        )
        action["domain"] = list(self._get_debt_domain())
        action["context"] = {}
        action["display_name"] = self.env._("Owed by managers, HR and the company")
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
        :raise UserError: without a reason, for a day in the past or a cycle not under way
        :raise AccessError: for others than HR
        :return: ``True``
        """
        self._check_officer()
        Event = self.env["performance.cycle.event"]
        kinds = Event._fields["kind"]._description_selection(self.env)
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
