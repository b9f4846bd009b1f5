from collections import Counter

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.performance_review.models.performance_review_steps import STEPS
from odoo.addons.performance_review.tools import arguments

from ..tools.unite import unite
from .performance_review_report_dashboard import LARGE

CYCLES_TO_CHOOSE = 20
STEP_RANKS = {step.code: rank for rank, step in enumerate(STEPS)}


class PerformanceCycle(models.Model):
    """The cockpit (C4): what HR opens every morning of a cycle.

    One call, whose number of queries does not depend on how many reviews there are; of a large
    cycle the screen asks for what takes longer when the other figures stand. Every figure opens
    the reviews it counts.
    """

    _inherit = "performance.cycle"

    event_ids = fields.One2many(
        "performance.cycle.event",
        "cycle_id",
        string="History",
        groups="performance_review.group_performance_review_officer",
    )

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    def action_open_cockpit(self):
        """Open the cockpit of this cycle, or of the one HR works on (a client action dict).

        :raise AccessError: for others than HR
        """
        self._check_officer()
        action = self.env["ir.actions.client"]._for_xml_id(
            "performance_review_analytics.performance_cycle_action_cockpit"
        )
        if self:
            action["params"] = {"cycle_id": self[:1].id}
        return action

    @api.model
    def _get_cockpit_cycles(self):
        """Return the launched cycles of HR to choose from: under way before closed, then by age."""
        return self.search(
            # Of "open", "launching" and "closed" the last one is the first in the alphabet.
            [("state", "!=", "draft")],
            limit=CYCLES_TO_CHOOSE,
            order=f"state desc, {self._order}",
        )

    def _get_cockpit_default(self):
        """Return the one of these cycles that HR works on, or the first where none is under way.

        It is the one under way in whose history the user stands last, or else anybody in HR;
        what a job wrote there is nobody's work. Without a history it is the largest.
        Alone in its prefetch: what is read of it is not read of all.
        """
        under_way = self.filtered(lambda cycle: cycle.state != "closed")
        if len(under_way) < 2:
            return self[:1].with_prefetch()
        here = Domain("cycle_id", "in", under_way.ids)
        Event = self.env["performance.cycle.event"]
        for author in (
            Domain("author_id", "=", self.env.uid),
            Domain("author_id", "!=", SUPERUSER_ID),
        ):
            if last := Event.search(here & author, limit=1):
                return last.cycle_id.with_prefetch()
        counts = dict(
            self.env["performance.review"]._read_group(
                [("cycle_id", "in", under_way.ids)], ["cycle_id"], ["__count"]
            )
        )
        return max(under_way, key=lambda cycle: counts.get(cycle, 0)).with_prefetch()

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.model
    @api.readonly
    def get_cockpit(self, cycle_id=False):
        """Return what the cockpit shows of one cycle.

        :param int cycle_id: which; by default the one HR works on
        :return: ``cycles`` to choose from and, unless there is none, ``cycle``, ``totals``,
            ``deadlines``, ``readiness``, ``waiting`` by role, ``departments``, ``durations``,
            ``signals``, ``pulse`` and ``next``, what HR does first; and what
            :meth:`get_cockpit_rest` returns, unless the cycle has more than :data:`LARGE` reviews
        :rtype: dict
        :raise AccessError: for others than HR
        :raise UserError: for a cycle that has not been launched or does not exist
        """
        self.browse()._check_officer()
        cycles = self._get_cockpit_cycles()
        choice = [{"id": cycle.id, "name": cycle.name} for cycle in cycles]
        if not cycle_id and not cycles:
            return {"cycles": []}
        cycle = self._read_cockpit_cycle(cycle_id) if cycle_id else cycles._get_cockpit_default()
        if cycle not in cycles:
            choice.append({"id": cycle.id, "name": cycle.name})
        data = {"cycles": choice, **cycle._prepare_cockpit()}
        if cycle.review_count <= LARGE:
            data |= cycle._prepare_cockpit_rest()
        return {**data, "next": cycle._prepare_next_step(data)}

    @api.model
    @api.readonly
    def get_cockpit_rest(self, cycle_id):
        """Return what is counted plan by plan and person by person, for a large cycle.

        :param int cycle_id: which
        :return: ``closure``, a sentence about the promises of the cycle, ``debts`` and ``left_out``
        :rtype: dict
        :raise AccessError: for others than HR
        :raise UserError: for a cycle that has not been launched or does not exist
        """
        self.browse()._check_officer()
        return self._read_cockpit_cycle(cycle_id)._prepare_cockpit_rest()

    @api.model
    def _read_cockpit_cycle(self, cycle_id):
        cycle_id = arguments.read_id(self.env, cycle_id, self.env._("Review cycle"))
        cycle = self.search([("id", "=", cycle_id), ("state", "!=", "draft")])
        if not cycle:
            raise UserError(self.env._("Choose a cycle that has been launched."))
        return cycle

    def _prepare_cockpit(self):
        self.ensure_one()
        counts = self._count_steps()
        waiting, people = self._read_waiting()
        previous = self._get_previous_cycle()
        return {
            "cycle": {
                "id": self.id,
                "name": self.name,
                "state": self.state,
                "period": self.env._(
                    "%(start)s to %(end)s",
                    start=format_date(self.env, self.date_start),
                    end=format_date(self.env, self.date_end),
                ),
                "launch_percent": round(self.launch_percent),
            },
            "totals": self._prepare_totals(counts),
            "steps": self._get_step_labels(),
            "deadlines": self._prepare_deadlines(counts),
            "departments": self._prepare_departments(counts),
            "readiness": self._count_waiting(waiting),
            "waiting": {role: self._prepare_waiting(role, side) for role, side in people.items()},
            "durations": self._prepare_durations(previous),
            "signals": self._prepare_signals(),
            "pulse": self._prepare_pulse(previous),
        }

    def _prepare_cockpit_rest(self):
        self.ensure_one()
        promises = self._count_promises()
        return {
            "closure": self._say_closure(promises),
            "debts": self._prepare_debts(promises),
            "left_out": self._prepare_left_out(),
        }

    def _prepare_totals(self, counts):
        """Return how far the reviews have come, in a figure and in words.

        The figure is the mean share of the steps that are behind the reviews to finish: what is
        done alone would stay at 0 % until follow-up ends, months after the last deadline.

        :param list counts: what :meth:`_count_steps` returns
        """
        texts = [
            self.env._(
                "%(done)s of %(total)s reviews done",
                done=self.done_count,
                total=self.review_count - self.ended_count,
            )
        ]
        if self.ended_count:
            texts.append(self.env._("%(count)s ended by HR", count=self.ended_count))
        behind = sum(count * STEP_RANKS[state] for _department, state, count, _late in counts)
        whole = (len(STEP_RANKS) - 1) * sum(count for _department, _state, count, _late in counts)
        percent = round(100 * behind / whole) if whole else 0
        return {"percent": percent, "text": " · ".join(texts)}

    def _say_closure(self, promises):
        """Return in words how much of what was promised is closed, empty where nothing is due.

        :param list promises: what ``_count_promises()`` returns
        """
        Review = self.env["performance.review"]
        signed, unsigned = self._get_closure(promises)
        texts = []
        if signed:
            rate = Review._say_rate(signed)
            texts.append(self.env._("loop closure %(rate)s", rate=rate))
        if unsigned and unsigned.total:
            rate = Review._say_rate(unsigned)
            texts.append(self.env._("without signature %(rate)s", rate=rate))
        return " · ".join(texts)

    def _get_step_labels(self):
        selection = self.env["performance.review"]._fields["state"]._description_selection(self.env)
        return [{"code": code, "label": label} for code, label in selection]

    def _count_steps(self):
        """Count the reviews to finish by department, step and whether they are late.

        :return: one tuple ``(department, step, is late, number)`` for each
        :rtype: list[tuple]
        """
        Review = self.env["performance.review"]
        here = Domain("cycle_id", "=", self.id) & Domain("is_ended", "=", False)
        late = here & Domain("is_overdue", "=", True) & Domain("state", "!=", "done")
        groups = ["department_id", "state"]
        overdue = {
            (department, state): count
            for department, state, count in Review._read_group(late, groups, ["__count"])
        }
        return [
            (department, state, count, overdue.get((department, state), 0))
            for department, state, count in Review._read_group(here, groups, ["__count"])
        ]

    def _prepare_deadlines(self, counts):
        """Say of each deadline how far it is and how many have passed its step."""
        order = [step.code for step in STEPS]
        today = fields.Date.context_today(self)
        total = sum(count for _department, _state, count, _late in counts)
        rows = []
        for rank, step in enumerate(STEPS):
            if step.deadline not in self._fields or not (date := self[step.deadline]):
                continue
            passed = sum(
                count for _department, state, count, _late in counts if order.index(state) > rank
            )
            rows.append(
                {
                    "code": step.deadline,
                    "label": self._fields[step.deadline]._description_string(self.env),
                    "date": format_date(self.env, date),
                    "text": self._say_days_left((date - today).days),
                    "days": (date - today).days,
                    "open": total - passed,
                    "passed_text": self.env._(
                        "%(passed)s of %(total)s have passed this step", passed=passed, total=total
                    ),
                    "late": total - passed if date < today else 0,
                    "late_text": self._say_late(total - passed if date < today else 0),
                    "percent": round(100 * passed / total) if total else 0,
                }
            )
        return rows

    def _say_late(self, count):
        return self.env._("%(count)s late", count=count) if count else ""

    def _say_days_left(self, days):
        if days == 0:
            return self.env._("today")
        if days > 0:
            return (
                self.env._("%(days)s days left", days=days)
                if days > 1
                else self.env._("1 day left")
            )
        return self.env._("%(days)s days ago", days=-days) if days < -1 else self.env._("yesterday")

    def _prepare_departments(self, counts):
        """Return a row for each department, those with the most late reviews first."""
        rows = {}
        for department, state, count, late in counts:
            row = rows.setdefault(
                department.id,
                {
                    "id": department.id,
                    "name": department.sudo().name or self.env._("No department"),
                    "total": 0,
                    "late": 0,
                    "cells": {},
                },
            )
            row["total"] += count
            row["late"] += late
            row["cells"][state] = {"count": count, "late": late}
        for row in rows.values():
            for cell in row["cells"].values():
                cell["percent"] = round(100 * cell["count"] / row["total"])
        return sorted(rows.values(), key=lambda row: (-row["late"], row["name"]))

    def _get_debt_domain(self):
        """Return the ``Domain`` of what managers, HR and company still owe in this cycle."""
        self.ensure_one()
        return (
            Domain("agreement_id.review_id.cycle_id", "=", self.id)
            & Domain("agreement_id.is_in_force", "=", True)
            & Domain("outcome", "=", "open")
            & Domain("owner", "in", list(self.env["performance.agreement"]._get_manager_side()))
        )

    def _prepare_debts(self, promises):
        """Count what the manager's side owes its people, by who owes it.

        :param list promises: what ``_count_promises()`` returns
        """
        Commitment = self.env["performance.commitment"]
        today = fields.Date.context_today(self)
        numbers, late = Counter(), Counter()
        owners = self.env["performance.agreement"]._get_manager_side()
        for _cycle_id, _state, owner, outcome, day, count in promises:
            if outcome == "open" and owner in owners:
                numbers[owner] += count
                late[owner] += count if day and day < today else 0
        labels = dict(Commitment._fields["owner"]._description_selection(self.env))
        return [
            {
                "owner": owner,
                "label": labels[owner],
                "count": count,
                "late": late[owner],
                "text": self.env._("%(count)s open", count=count),
                "late_text": self._say_late(late[owner]),
            }
            for owner, count in numbers.items()
        ]

    def _prepare_left_out(self):
        """Count who could still be added, and who cannot for a reason somebody can mend."""
        if self.state != "open":
            return {"to_add": 0, "rows": []}
        employees = self._get_employees()
        domains = self._get_left_out_domains()
        # Mostly nobody: the reasons are asked about those without a review, not about everybody.
        without = employees._search(
            self._get_population_domain() & ~domains.pop("excluded") & ~domains.pop("already")
        )
        rest = Domain("id", "in", SQL("SELECT id FROM without"))
        queries = {}
        for code, domain in domains.items():
            # As HR wanted it.
            if code != "pilot":
                queries[code] = employees._search(rest & domain)
            rest &= ~domain
        queries["to_add"] = employees._search(rest)
        counts = self._count_by_code(
            SQL(
                "WITH without AS MATERIALIZED (%s) %s",
                without.select(),
                unite(queries),
            )
        )
        labels = self._get_left_out_labels()
        return {
            "to_add": counts.pop("to_add", 0),
            "rows": [
                {"code": code, "label": labels[code], "count": counts[code]}
                for code in queries
                if code in counts
            ],
        }
