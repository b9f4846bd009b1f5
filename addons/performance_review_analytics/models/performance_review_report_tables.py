from odoo import api, models

from odoo.addons.performance_review.models.performance_pulse import SCALE
from odoo.addons.performance_review.tools import arguments

PULSE = "pulse"


class PerformanceReviewReport(models.Model):
    """The tables of the dashboard for a spreadsheet: what the screen shows, and nothing else."""

    _inherit = "performance.review.report"

    @api.model
    def _get_dashboard_tables(self, filters, code=None):
        """Return the tables of the dashboard, with a heading each.

        The pulse comes last, where the screen has it: of one cycle and all its departments.

        :param dict filters: as those of :meth:`get_dashboard`; all figures are taken
        :param str code: of one figure, or ``pulse``; by default all
        :return: pairs of a title and its rows
        :rtype: list[tuple[str, list]]
        """
        is_officer, cycles = self._get_dashboard_cycles()
        if not cycles:
            return [(self.env._("Dashboard"), [[self.env._("Nothing to show yet")]])]
        choice = self._read_choice(filters, is_officer, cycles)
        codes = self._read_table_codes(code)
        tables = [
            (figure["label"], self._prepare_table(self._say_title(choice), figure))
            for figure in self._prepare_figures(choice, [each for each in codes if each != PULSE])
        ]
        pulse = PULSE in codes and self._prepare_pulse(choice, cycles)
        if pulse:
            cycle = choice.cycles
            tables.append(cycle._prepare_pulse_table(cycle.name, pulse))
        return tables

    @api.model
    def _read_table_codes(self, code):
        """Return which tables are asked for, all of them without a ``code``.

        :raise UserError: for a table there is not
        """
        labels = {code: figure.label for code, figure in self._get_figures().items()}
        labels[PULSE] = self.env._("Pulse")
        if not code:
            return list(labels)
        options = list(labels.items())
        return [arguments.read_choice(self.env, code, self.env._("Figures"), options)]

    @api.model
    def _prepare_table(self, title, figure):
        steps = figure.get("steps", [])
        heading = [
            title,
            *steps,
            f"{figure['label']} ({figure['unit']})",
            self.env._("Number of talks")
            if figure.get("counts_talks")
            else self.env._("Number of people"),
        ]
        rows = [
            [row["label"], *row.get("parts", []), row["value"], row["count"] or None]
            for row in figure["rows"]
        ]
        total = figure["total"]
        if total["value"] is not None:
            blanks = [None] * len(steps)
            rows.append([self.env._("All shown"), *blanks, total["value"], total["count"]])
        return [heading, *rows, *([[figure["empty"]]] if figure["empty"] else [])]


class PerformanceCycle(models.Model):
    """The tables of the cockpit for a spreadsheet."""

    _inherit = "performance.cycle"

    @api.model
    def _get_cockpit_tables(self, cycle_id):
        """Return the tables of the cockpit of a cycle, with a heading each.

        :raise AccessError: for others than HR
        :return: pairs of a title and its rows
        :rtype: list[tuple[str, list]]
        """
        data = self.get_cockpit(cycle_id)
        if "cycle" not in data:
            return self._prepare_no_tables(self.env._("Cockpit"))
        if "debts" not in data:
            data |= self.get_cockpit_rest(data["cycle"]["id"])
        number, late = self.env._("Number"), self.env._("Overdue")
        return [
            (
                self.env._("What is missing"),
                [
                    [data["cycle"]["name"], number],
                    *([row["label"], row["count"]] for row in data["readiness"]),
                ],
            ),
            (
                self.env._("Deadlines"),
                [
                    [self.env._("Deadline"), self.env._("Date"), self.env._("Progress"), late],
                    *(
                        [row["label"], row["date"], row["passed_text"], row["late"]]
                        for row in data["deadlines"]
                    ),
                ],
            ),
            (self.env._("Departments"), self._prepare_departments_table(data, late)),
            (self.env._("Waited for"), self._prepare_waiting_table(data, number)),
            (
                self.env._("What many people report"),
                [
                    [self.env._("What"), self.env._("People"), self.env._("Owner"), late],
                    *(
                        [
                            row["name"],
                            row["people"],
                            row["owner"],
                            late if row["is_overdue"] else None,
                        ]
                        for row in data["signals"]
                    ),
                ],
            ),
            self._prepare_pulse_table(data["cycle"]["name"], data["pulse"]),
            (
                self.env._("Days per step"),
                [
                    [self.env._("Step"), self.env._("Days"), data["durations"]["previous"] or "–"],
                    *(
                        [row["label"], row["days"], row["before"]]
                        for row in data["durations"]["rows"]
                    ),
                ],
            ),
            (
                self.env._("Owed to employees"),
                [
                    [self.env._("Whose"), number, late],
                    *([row["label"], row["count"], row["late"]] for row in data["debts"]),
                ],
            ),
            (
                self.env._("Left out"),
                [
                    [self.env._("Why"), number],
                    *([row["label"], row["count"]] for row in data["left_out"]["rows"]),
                ],
            ),
        ]

    @api.model
    def _prepare_no_tables(self, title):
        return [(title, [[self.env._("No cycle is under way")]])]

    @api.model
    def _prepare_departments_table(self, data, late):
        steps = data["steps"]
        rows = [
            [
                row["name"],
                *(row["cells"].get(step["code"], {}).get("count", 0) for step in steps),
                row["late"],
            ]
            for row in data["departments"]
        ]
        heading = [step["label"] for step in steps]
        return [[self.env._("Department"), *heading, late], *rows]

    @api.model
    def _prepare_pulse_table(self, name, pulse):
        """Return the pulse as a table: of each question the percent of each answer and the mean.

        :param str name: of the cycle
        :param dict pulse: what :meth:`_prepare_pulse` returns; below the threshold its sentence
            is all there is
        :return: a title and its rows
        :rtype: tuple[str, list]
        """
        before = [pulse["previous"]] if pulse["previous"] else []
        marks = [self.env._("%(mark)s of 5 (%%)", mark=mark) for mark in SCALE]
        heading = [name, *marks, self.env._("Mean"), *before]
        rows = [
            [
                row["label"],
                *row["bars"],
                float(row["mean"]),
                *([float(row["before"])] if pulse["previous"] else []),
            ]
            for row in pulse["rows"]
        ]
        return self.env._("Pulse"), [heading, *rows, [pulse["text"]]]

    @api.model
    def _prepare_waiting_table(self, data, number):
        who, side_of = self.env._("Who"), self.env._("Side")
        what, since = self.env._("For what"), self.env._("Since")
        labels = {"reviewer": self.env._("Manager"), "employee": self.env._("Employee")}
        rows = [
            [row["name"], labels[role], row["count"], row["text"], row["date"]]
            for role, side in data["waiting"].items()
            for row in side["rows"]
        ]
        more = sum(side["total"] - len(side["rows"]) for side in data["waiting"].values())
        if more:
            rows.append([self.env._("and %(count)s more", count=more)])
        return [[who, side_of, number, what, since], *rows]
