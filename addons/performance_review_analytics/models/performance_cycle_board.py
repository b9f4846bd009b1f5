from odoo import fields, models
from odoo.tools.misc import format_date

# The largest by number of people; the others follow in one line, so that it stays one page.
DEPARTMENTS_SHOWN = 12
TABLE = ("completion", "closure", "lead", "share", "debt", "dispute")


class PerformanceCycle(models.Model):
    """One page on a cycle for the meeting of the board: what the dashboard shows HR."""

    _inherit = "performance.cycle"

    def _get_board_name(self):
        """Return the title of the page, also the name of its file."""
        self.ensure_one()
        return self.env._("Reviews at a glance: %(cycle)s", cycle=self.name)

    def _prepare_board(self):
        """Return what stands on the page, in the language of the environment.

        With the rights of whoever prints it, and the small groups hidden as on the screen.

        :raise AccessError: for others than HR
        :return: ``title, source, note``, ``figures`` (``label, text, help, width``), ``heading``
            and ``rows`` of departments (``label`` and ``cells``: ``text``, ``width``), ``rest``
        :rtype: dict
        """
        self.ensure_one()
        cycle = self.sudo(False)
        cycle._check_officer()
        Report = self.env["performance.review.report"].sudo(False)
        data = Report.get_dashboard({"cycle_id": cycle.id, "figures": list(Report._get_figures())})
        figures = {figure["code"]: figure for figure in data["figures"]}
        columns = [figures[code] for code in TABLE]
        rows = sorted(columns[0]["rows"], key=lambda row: -row["count"])
        shown = rows[:DEPARTMENTS_SHOWN]
        hidden = len(rows) - len(shown)
        return {
            "title": self._get_board_name(),
            "source": self._say_board_source(),
            "note": data["note"],
            "figures": [
                {
                    "label": figure["label"],
                    "text": self._say_total(figure),
                    "help": figure["help"],
                    "width": self._get_width(figure, figure["total"]["value"]),
                }
                for figure in data["figures"]
                if figure["code"] != "repeats"
            ],
            "heading": [
                self.env._("%(figure)s (%(unit)s)", figure=column["label"], unit=column["unit"])
                for column in columns
            ],
            "rows": [
                {
                    "label": row["label"],
                    "cells": [self._prepare_board_cell(column, row["key"]) for column in columns],
                }
                for row in shown
            ],
            "rest": self.env._("and %(count)s departments more, counted above", count=hidden)
            if hidden
            else "",
        }

    def _say_board_source(self):
        """Say of which company and period the page is, and of which day."""
        today = fields.Date.context_today(self)
        return " · ".join(
            [
                self.company_id.name,
                self.env._(
                    "%(start)s to %(end)s",
                    start=format_date(self.env, self.date_start),
                    end=format_date(self.env, self.date_end),
                ),
                self.env._("as of %(date)s", date=format_date(self.env, today)),
            ]
        )

    def _say_total(self, figure):
        total = figure["total"]
        if total["value"] is None:
            return "–"
        return total["text"] if figure["unit"] == "%" else f"{total['text']} {figure['unit']}"

    def _get_width(self, figure, value):
        """Return the length of a bar in percent; only shares have one."""
        return value if figure["unit"] == "%" and value is not None else 0

    def _prepare_board_cell(self, figure, key):
        row = next((row for row in figure["rows"] if row["key"] == key), None)
        value = row and row["value"]
        return {"text": row["text"] if row else "–", "width": self._get_width(figure, value)}
