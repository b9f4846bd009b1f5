from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.performance_review.tools import arguments

from ..tools import small_groups

OFFICER = "performance_review.group_performance_review_officer"
CYCLES_TO_CHOOSE = 20
# Of all years and of a large cycle, what is shown at once; the screen asks for the others when it
# stands.
FIRST = ("completion",)
LARGE = 2000


class Choice(NamedTuple):
    """What a reader has chosen to see, checked and with what there is to count."""

    is_officer: bool
    cycles: models.BaseModel  # with sudo(): whoever leads somebody may know the name of the cycle
    is_all: bool  # all years, one row for each cycle; else one row for each row of departments
    row: int | None  # one row of departments, ``None`` for all of them
    cards: list  # (cycle id, department id or 0, state, is ended, number)
    rows: dict  # cycle id → department id or 0 → row

    def get_minimum(self, cycle):
        """Return from how many people on this reader sees a figure of ``cycle``."""
        return cycle.pulse_minimum if self.is_officer else cycle.manager_minimum


class PerformanceReviewReport(models.Model):
    """The dashboard (O3): what came of the reviews of a cycle, or of all years.

    HR sees her companies, whoever leads reviews his people and those below them, an employee
    nothing. Never a figure of oneself, and none of fewer people than the threshold of the cycle:
    which departments stand in a row, and how it moves on, is in ``tools/small_groups.py`` and
    :meth:`_read_figures`.
    """

    _inherit = "performance.review.report"

    @api.model
    @api.readonly
    def get_dashboard(self, filters=None):
        """Return what the dashboard shows.

        :param dict filters: ``period`` (``cycle``, the default, or ``all``), ``cycle_id`` (by
            default the newest under way), ``department`` (a row: an id, ``0`` for those without
            a department, ``-1`` for all that are too small; by default all), ``figures`` (codes;
            by default all of one cycle, and what is shown first of all years and of a cycle of
            more than :data:`LARGE` reviews)
        :return: ``cycles`` and, unless there is none, ``departments`` to choose from; ``period``,
            ``cycle_id`` and ``department`` that were chosen; ``title``, ``note`` and
            ``figures`` of :meth:`_prepare_figures`; ``pulse`` of one cycle, all departments and
            all figures, else ``False``
        :rtype: dict
        :raise AccessError: for whoever neither works in HR nor has led a review
        :raise UserError: for a cycle, a department or a figure there is not
        """
        filters = arguments.read_mapping(self.env, filters or {}, self.env._("Filters"))
        is_officer, cycles = self._get_dashboard_cycles()
        if not cycles:
            return {"cycles": [], "figures": []}
        choice = self._read_choice(filters, is_officer, cycles)
        codes = self._read_figure_codes(filters, choice)
        return {
            "cycles": [{"id": cycle.id, "name": cycle.name} for cycle in cycles],
            "departments": self._get_rows_to_choose(choice),
            "period": "all" if choice.is_all else "cycle",
            "cycle_id": False if choice.is_all else choice.cycles.id,
            "department": False if choice.row is None else choice.row,
            "title": self._say_title(choice),
            "note": self._say_note(choice),
            "codes": list(self._get_figures()),
            "figures": self._prepare_figures(choice, codes),
            "pulse": not filters.get("figures") and self._prepare_pulse(choice, cycles),
        }

    @api.model
    @api.readonly
    def action_open_dashboard_reviews(self, filters=None):
        """Open the reviews behind a row of the dashboard, as far as the reader may read them.

        :param dict filters: as those of :meth:`get_dashboard`
        :return: an ``ir.actions.act_window`` dict
        """
        filters = arguments.read_mapping(self.env, filters or {}, self.env._("Filters"))
        is_officer, cycles = self._get_dashboard_cycles()
        choice = self._read_choice(filters, is_officer, cycles)
        domain = self._get_scope(is_officer) & Domain("cycle_id", "in", choice.cycles.ids)
        if choice.row is not None:
            domain &= Domain.OR(
                Domain("cycle_id", "=", cycle_id)
                & Domain(
                    "department_id",
                    "in",
                    [key or False for key, row in rows.items() if row == choice.row],
                )
                for cycle_id, rows in choice.rows.items()
            )
        return {
            "type": "ir.actions.act_window",
            "name": self._say_title(choice),
            "res_model": "performance.review",
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain),
        }

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    @api.model
    def _get_scope(self, is_officer):
        """Return the ``Domain`` of the reviews a reader sees figures of; never one's own.

        The record rules come on top: it is searched with the reader's rights.
        """
        scope = Domain("employee_user_id", "!=", self.env.uid)
        if not is_officer:
            scope &= Domain("reviewer_user_id", "=", self.env.uid) | Domain(
                "upper_user_ids", "in", self.env.uid
            )
        return scope

    @api.model
    def _has_dashboard(self):
        """Say whether this user finds the dashboard in the menu."""
        if self.env.user.has_group(OFFICER):
            return True
        if not self.env.user._is_internal():
            return False
        return bool(self.env["performance.review"].search_count(self._get_scope(False), limit=1))

    @api.model
    def _get_dashboard_cycles(self):
        """Return whether this is HR, and the launched cycles, the newest first.

        :raise AccessError: for whoever neither works in HR nor has led a review
        """
        is_officer = self.env.user.has_group(OFFICER)
        if is_officer:
            cycles = self.env["performance.cycle"].search(
                [("state", "!=", "draft")], limit=CYCLES_TO_CHOOSE
            )
            return True, cycles.sudo()
        if not self._has_dashboard():
            raise AccessError(
                self.env._("The dashboard is for HR and for those who lead reviews of others.")
            )
        groups = self.env["performance.review"]._read_group(self._get_scope(False), ["cycle_id"])
        cycles = self.env["performance.cycle"].sudo().browse(cycle.id for (cycle,) in groups)
        return False, cycles.sorted(lambda cycle: (cycle.date_end, cycle.id), True)[
            :CYCLES_TO_CHOOSE
        ]

    # ------------------------------------------------------------------
    # What was chosen
    # ------------------------------------------------------------------

    @api.model
    def _read_choice(self, filters, is_officer, cycles):
        one, every = self.env._("One cycle"), self.env._("All years")
        periods = [("cycle", one), ("all", every)]
        period = arguments.read_choice(
            self.env, filters.get("period"), self.env._("Period"), periods, required=False
        )
        label = self.env._("Review cycle")
        number = arguments.read_id(
            self.env, filters.get("cycle_id") or False, label, required=False
        )
        chosen = cycles
        if period != "all":
            if number:
                chosen = self._find_cycle(number, is_officer, cycles)
            else:
                under_way = cycles.filtered(lambda cycle: cycle.state == "open")
                chosen = self._get_largest(is_officer, under_way) or cycles[:1]
            if not chosen:
                raise UserError(self.env._("Choose a cycle that has been launched."))
        cards = self._count_cards(is_officer, chosen)
        choice = Choice(is_officer, chosen, period == "all", None, cards, {})
        choice.rows.update(self._get_rows(choice))
        row = filters.get("department")
        if row is None or row is False or row == "":
            return choice
        label = self.env._("Department")
        row = arguments.read_integer(self.env, row, label, low=small_groups.REST)
        if row not in {each for rows in choice.rows.values() for each in rows.values()}:
            raise UserError(self.env._("%(field)s: choose a record.", field=label))
        return choice._replace(row=row)

    @api.model
    def _get_largest(self, is_officer, cycles):
        """Return the cycle with the most reviews the reader counts, the newest of equals."""
        if len(cycles) < 2:
            return cycles
        groups = self.env["performance.review"]._read_group(
            self._get_scope(is_officer) & Domain("cycle_id", "in", cycles.ids),
            ["cycle_id"],
            ["__count"],
        )
        counts = {cycle.id: count for cycle, count in groups}
        return max(cycles, key=lambda cycle: counts.get(cycle.id, 0))

    @api.model
    def _find_cycle(self, number, is_officer, cycles):
        """Return a cycle by its id, also one that is too old to be offered to HR."""
        found = cycles.filtered(lambda cycle: cycle.id == number)
        if not found and is_officer:
            found = self.env["performance.cycle"].search(
                [("id", "=", number), ("state", "!=", "draft")]
            )
        return found.sudo()

    @api.model
    def _read_figure_codes(self, filters, choice):
        label = self.env._("Figures")
        known = self._get_figures()
        codes = filters.get("figures")
        if codes is None or codes is False:
            is_large = sum(card[-1] for card in choice.cards) > LARGE
            return FIRST if choice.is_all or is_large else tuple(known)
        if not isinstance(codes, list | tuple):
            raise UserError(self.env._("%(field)s takes a list of records.", field=label))
        options = [(code, figure.label) for code, figure in known.items()]
        chosen = {arguments.read_choice(self.env, code, label, options) for code in codes}
        return tuple(code for code in known if code in chosen)

    @api.model
    def _count_cards(self, is_officer, cycles):
        """Return how many reviews there are: (cycle, department, step, is ended, number)."""
        groups = self.env["performance.review"]._read_group(
            self._get_scope(is_officer) & Domain("cycle_id", "in", cycles.ids),
            ["cycle_id", "department_id", "state", "is_ended"],
            ["__count"],
        )
        return [
            (cycle.id, department.id or 0, state, is_ended, count)
            for cycle, department, state, is_ended, count in groups
        ]

    @api.model
    def _get_rows(self, choice):
        """Return in which row a department stands, cycle by cycle.

        For HR as it was fixed when the cycle opened. Of those rows, a smaller circle of people
        is put together once more: the team of a manager may be two of one and four of another.
        """
        cycles = {cycle.id: cycle for cycle in choice.cycles}
        rows = {}
        counts = {}
        for cycle_id, department_id, _state, _is_ended, count in choice.cards:
            row = cycles[cycle_id]._get_figure_row(department_id)
            rows.setdefault(cycle_id, {})[department_id] = row
            by_row = counts.setdefault(cycle_id, {})
            by_row[row] = by_row.get(row, 0) + count
        if choice.is_officer:
            return rows
        for cycle_id, by_row in counts.items():
            merged = small_groups.merge(by_row, choice.get_minimum(cycles[cycle_id]))
            rows[cycle_id] = {key: merged[row] for key, row in rows[cycle_id].items()}
        return rows

    @api.model
    def _get_rows_to_choose(self, choice):
        """Return the rows of the cycles that were chosen: ``code`` and ``label``."""
        found = {row for rows in choice.rows.values() for row in rows.values()}
        # All names in one query.
        self.env["hr.department"].sudo().browse(row for row in found if row > 0).fetch(["name"])
        rows = [{"code": row, "label": self._say_row(row)} for row in found]
        return sorted(rows, key=lambda row: (row["code"] <= 0, row["label"]))

    @api.model
    def _prepare_pulse(self, choice, cycles):
        """Return the pulse of the cycle that was chosen, ``False`` for a part or for many.

        A histogram is counted for a whole cycle. Whoever leads reviews sees it beside the cycle
        before only where he led some there as well.
        """
        if choice.is_all or choice.row is not None:
            return False
        previous = choice.cycles._get_previous_cycle()
        if not choice.is_officer:
            previous &= cycles
        return choice.cycles._prepare_pulse(previous, choice.is_officer)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    @api.model
    def _say_row(self, row):
        if row == small_groups.REST:
            return self.env._("Small departments together")
        if not row:
            return self.env._("No department")
        return self.env["hr.department"].sudo().browse(row).name or self.env._("No department")

    @api.model
    def _say_title(self, choice):
        period = self.env._("All years") if choice.is_all else choice.cycles.name
        return period if choice.row is None else f"{period} · {self._say_row(choice.row)}"

    @api.model
    def _say_note(self, choice):
        minimum = max((choice.get_minimum(cycle) for cycle in choice.cycles), default=0)
        if choice.is_officer:
            return self.env._(
                "Figures of at least %(minimum)s people, without yourself; smaller departments "
                "stand together, and figures move on five people at a time.",
                minimum=minimum,
            )
        return self.env._(
            "Your people and those below them, from %(minimum)s on; smaller departments stand "
            "together, and figures move on five people at a time.",
            minimum=minimum,
        )
