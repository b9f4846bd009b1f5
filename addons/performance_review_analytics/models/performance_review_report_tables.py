from odoo import api, models


class PerformanceReviewReport(models.Model):
    """The tables of the dashboard for a spreadsheet: what the screen shows, and nothing else."""

    _inherit = "performance.review.report"

    @api.model
    def _get_dashboard_tables(self, filters, code=None):
        """Return the tables of the dashboard, with a heading each.

        :param dict filters: as those of :meth:`get_dashboard`; all figures are taken
        :param str code: of one figure; by default all
        :return: pairs of a title and its rows
        :rtype: list[tuple[str, list]]
        """
        codes = [code] if code else list(self._get_figures())
        data = self.get_dashboard({**filters, "figures": codes})
        return [
            (figure["label"], self._prepare_table(data["title"], figure))
            for figure in data["figures"]
        ]

    @api.model
    def _prepare_table(self, title, figure):
        steps = figure.get("steps", [])
        heading = [
            title,
            *steps,
            f"{figure['label']} ({figure['unit']})",
            self.env._("Number of people"),
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
            return [(self.env._("Cockpit"), [[self.env._("No cycle is under way")]])]
        if "debts" not in data:
            data |= self.get_cockpit_rest(data["cycle"]["id"])
        number, late = self.env._("Number"), self.env._("Overdue")
        department = self.env._("Department")
        steps = [step["label"] for step in data["steps"]]
        return [
            (
                self.env._("What is missing"),
                [
                    [data["cycle"]["name"], number],
                    *([row["label"], row["count"]] for row in data["readiness"]),
                ],
            ),
            (
                self.env._("Departments"),
                [
                    [department, *steps, late],
                    *(
                        [
                            row["name"],
                            *(
                                row["cells"].get(step["code"], {}).get("count", 0)
                                for step in data["steps"]
                            ),
                            row["late"],
                        ]
                        for row in data["departments"]
                    ),
                ],
            ),
            (self.env._("Waited for"), self._prepare_waiting_table(data, number)),
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
                    *([row["label"], row["text"], row["late_text"]] for row in data["debts"]),
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
    def _prepare_waiting_table(self, data, number):
        who, side_of = self.env._("Who"), self.env._("Side")
        what, since = self.env._("For what"), self.env._("Since")
        labels = {"reviewer": self.env._("Manager"), "employee": self.env._("Employee")}
        rows = [
            [row["name"], labels[role], row["count"], row["text"], row["date"]]
            for role, side in data["waiting"].items()
            for row in side["rows"]
        ]
        return [[who, side_of, number, what, since], *rows]
