from odoo import api, models

from ..tools import bounds


class PerformanceCycle(models.Model):
    """The sensor on a screen (O1): what many people report, by department and by parent goal."""

    _inherit = "performance.cycle"

    @api.model
    @api.readonly
    def get_sensor(self, cycle_id=False):
        """Return what the screen of the sensor shows of one cycle.

        :param int cycle_id: which; by default the one HR works on
        :return: ``cycles`` to choose from and, unless there is none, ``cycle``, ``rule`` in words,
            ``departments`` and ``groups``, each with its ``rows``: ``label``, ``count``, ``text``,
            ``percent``, ``signal`` (``id``, ``state`` and ``label`` of the button in words,
            ``owner``) or ``False`` and, by department, ``cells``
        :rtype: dict
        :raise AccessError: for others than HR
        :raise UserError: for a cycle that has not been launched or does not exist
        """
        self.browse()._check_officer()
        cycles = self._get_cockpit_cycles()
        if not cycle_id and not cycles:
            return {"cycles": []}
        cycle = self._read_cockpit_cycle(cycle_id) if cycle_id else cycles._get_cockpit_default()
        return {
            "cycles": [{"id": each.id, "name": each.name} for each in cycles | cycle],
            **cycle._prepare_sensor(),
        }

    def _prepare_sensor(self):
        self.ensure_one()
        counts = self.env["performance.sensor.count"].search([("cycle_id", "=", self.id)])
        parts = counts.filtered(lambda row: not row.is_total)
        departments = parts.sudo().department_id.sorted("name")
        columns = [{"id": each.id, "name": each.name} for each in departments]
        if any(not part.department_id for part in parts):
            columns.append({"id": 0, "name": self.env._("No department")})
        return {
            "cycle": {"id": self.id, "name": self.name},
            "rule": self._say_sensor_rule(),
            "departments": columns,
            "groups": self._prepare_sensor_groups(counts - parts, parts),
        }

    def _say_sensor_rule(self):
        """Say from when on something is told, and why departments are missing where they are."""
        sizes = self.env["performance.sensor.count"]._get_sizes(self)
        texts = [
            self.env._(
                "Counted once a week, in steps of five, from %(people)s people of %(teams)s teams "
                "on, and again when five more have been heard. A number never falls.",
                people=self.signal_people,
                teams=self.signal_teams,
            ),
            self.env._(
                "A concern about a goal is counted among those who have that goal; where they are "
                "of too few departments, these are not told apart."
            ),
        ]
        if not bounds.fit(sizes.values(), self.signal_people):
            texts.append(
                self.env._(
                    "Departments are not told apart: with so few of them a total would say too "
                    "much about each."
                )
            )
        return " ".join(texts)

    def _prepare_sensor_groups(self, totals, parts):
        signals = {
            signal._get_subject(): signal
            for signal in self.env["performance.signal"].search([("cycle_id", "=", self.id)])
        }
        cells = {}
        for part in parts:
            cells.setdefault(part._get_subject(), {})[part.department_id.id or 0] = part
        most = max(totals.mapped("people_count"), default=1)
        groups = []
        for kind, label in totals._fields["kind"]._description_selection(self.env):
            rows = [
                {
                    "id": row.id,
                    "label": row._say_subject(),
                    **self._prepare_sensor_cell(row, most),
                    "signal": self._prepare_sensor_signal(signals.get(subject)),
                    "cells": {
                        department: self._prepare_sensor_cell(part, most)
                        for department, part in cells.get(subject, {}).items()
                    },
                }
                for row in totals
                if row.kind == kind
                for subject in [row._get_subject()]
            ]
            if rows:
                groups.append({"code": kind, "label": label, "rows": rows})
        return groups

    @api.model
    def _prepare_sensor_signal(self, signal):
        """Return how far the signal of a row is: whose turn it is, and to do what."""
        if not signal:
            return False
        labels = {
            "open": self.env._("Decide and answer"),
            "decided": self.env._("Give the answer"),
            "answered": self.env._("Read the answer"),
        }
        states = dict(signal._fields["state"]._description_selection(self.env))
        return {
            "id": signal.id,
            "state": states[signal.state],
            "label": labels[signal.state],
            "is_answered": signal.state == "answered",
            "owner": signal.sudo().owner_id.name,
        }

    def _prepare_sensor_cell(self, row, most):
        return {
            "count": row.people_count,
            "text": self.env._("at least %(count)s people", count=row.people_count),
            "percent": round(100 * row.people_count / most),
        }

    # ------------------------------------------------------------------
    # As a spreadsheet
    # ------------------------------------------------------------------

    @api.model
    def _get_sensor_tables(self, cycle_id):
        """Return the tables of the sensor of a cycle, with a heading each.

        :raise AccessError: for others than HR
        :return: pairs of a title and its rows
        :rtype: list[tuple[str, list]]
        """
        data = self.get_sensor(cycle_id)
        if "cycle" not in data:
            return self._prepare_no_tables(self.env._("Sensor"))
        name = data["cycle"]["name"]
        departments = data["departments"]
        names = [department["name"] for department in departments]
        # One by one: what follows a term in the same list would be taken for another term.
        every, signal, owner = (
            self.env._("All departments"),
            self.env._("Signal"),
            self.env._("Owner"),
        )
        least = self.env._("A figure means: at least so many people.")
        tables = [
            (
                group["label"],
                [
                    [name, every, *names, signal, owner],
                    *(
                        [
                            row["label"],
                            row["count"],
                            *(
                                row["cells"].get(department["id"], {}).get("count")
                                for department in departments
                            ),
                            *self._prepare_signal_cells(row["signal"]),
                        ]
                        for row in group["rows"]
                    ),
                    [least],
                ],
            )
            for group in data["groups"]
        ]
        nothing = [] if tables else [[self.env._("Nothing is reported by so many people yet.")]]
        return [*tables, (self.env._("How it is counted"), [[name], *nothing, [data["rule"]]])]

    @api.model
    def _prepare_signal_cells(self, signal):
        return [signal["state"], signal["owner"]] if signal else [None, None]
