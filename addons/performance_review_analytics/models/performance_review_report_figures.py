from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.performance_review.models.performance_pulse import STEP
from odoo.addons.performance_review.tools.figures import say_number

PEOPLE_MODELS = (
    "performance.review",
    "performance.review.log",
    "performance.dialogue",
    "performance.agreement",
    "performance.commitment",
)


class Figure(NamedTuple):
    """A figure of the dashboard: what it is called and how it is read."""

    label: str
    unit: str  # "%", or what is counted in words
    help: str
    is_share: bool = False  # parts of a whole; else a mean over people


class PerformanceReviewReport(models.Model):
    """The figures of the dashboard, each made of rows that are large enough."""

    _inherit = "performance.review.report"

    @api.model
    def _get_figures(self):
        """Return all figures in their order.

        :return: code → :class:`Figure`
        :rtype: dict
        """
        days, minutes = self.env._("days"), self.env._("minutes")
        return {
            "completion": Figure(
                self.env._("Reviews done"),
                "%",
                self.env._("Of all reviews but those HR ended."),
                True,
            ),
            "lead": Figure(
                self.env._("Lead time"), days, self.env._("Mean from launch to both signatures.")
            ),
            "closure": Figure(
                self.env._("Loop closure"),
                "%",
                self.env._(
                    "Of what was agreed and is due or has ended: closed or improved. Plans that "
                    "hold without the employee's signature count apart."
                ),
                True,
            ),
            "debt": Figure(
                self.env._("Overdue supports"),
                "%",
                self.env._("Of what managers, HR and company promised and is due: still open."),
                True,
            ),
            "length": Figure(
                self.env._("Length of talks"),
                minutes,
                self.env._("Mean over all sittings, once the agreement holds."),
            ),
            "share": Figure(
                self.env._("Talk share of employees"),
                "%",
                self.env._("Mean of the talks whose time was counted, once the agreement holds."),
            ),
            "stance": Figure(
                self.env._("Acknowledged only"),
                "%",
                self.env._("Of the signatures of employees: “I acknowledge”, not “I agree”."),
                True,
            ),
            "dispute": Figure(
                self.env._("Disputes"),
                "%",
                self.env._("Of the agreements that hold: disputed before."),
                True,
            ),
            "refusal": Figure(
                self.env._("Refusals"),
                "%",
                self.env._("Of the agreements that hold: not signed by the employee, recorded."),
                True,
            ),
        }

    @api.model
    def _prepare_figures(self, choice, codes):
        """Return the figures as a screen, a sheet or a page shows them.

        :param Choice choice: what was chosen
        :param codes: of :meth:`_get_figures`
        :return: of each ``code, label, unit, help``, ``rows`` (each ``key, label, value, text,
            count``; ``value`` is ``None`` where there are too few people), ``total`` (the same
            of all rows that are shown) and ``empty``, a sentence where nothing is
        :rtype: list[dict]
        """
        known = self._get_figures()
        cells = self._read_cards(choice) if "completion" in codes else {}
        cells |= self._read_figures(choice, [code for code in codes if code != "completion"])
        return [self._prepare_figure(choice, code, known[code], cells) for code in codes]

    @api.model
    def _prepare_figure(self, choice, code, figure, cells):
        rows = []
        shown = []
        for key, label, places in self._get_places(choice):
            found = [cells[code, *place] for place in places if (code, *place) in cells]
            shown += found
            rows.append({"key": key, "label": label, **self._prepare_cell(figure, found)})
        total = self._prepare_cell(figure, shown)
        data = {
            "code": code,
            "label": figure.label,
            "unit": figure.unit,
            "help": figure.help,
            "rows": rows,
            "total": total,
            "empty": "" if shown else self.env._("Too few people yet"),
        }
        if code == "completion":
            data |= self._prepare_steps(choice, rows, cells)
        return data

    @api.model
    def _get_places(self, choice):
        """Return the rows of a table: key, label and the (cycle, row) that they are made of."""
        by_cycle = {key: set(rows.values()) for key, rows in choice.rows.items()}
        if choice.is_all:
            return [
                (
                    cycle.id,
                    cycle.name,
                    [
                        (cycle.id, row)
                        for row in by_cycle.get(cycle.id, ())
                        if choice.row in (None, row)
                    ],
                )
                for cycle in choice.cycles.sorted("date_start")
            ]
        return [
            (row["code"], row["label"], [(choice.cycles.id, row["code"])])
            for row in self._get_rows_to_choose(choice)
            if choice.row in (None, row["code"])
        ]

    @api.model
    def _prepare_cell(self, figure, found):
        """Return ``value``, ``text`` and ``count`` of (people, part, whole) put together."""
        whole = sum(each[2] for each in found)
        if not whole:
            return {"value": None, "text": "–", "count": 0}
        value = round(sum(each[1] for each in found) / whole * (100 if figure.is_share else 1))
        return {
            "value": value,
            "text": f"{value}%" if figure.unit == "%" else say_number(self.env, value),
            "count": sum(each[0] for each in found),
        }

    # ------------------------------------------------------------------
    # Steps: whoever sees a figure reads the cards one by one anyway
    # ------------------------------------------------------------------

    @api.model
    def _read_cards(self, choice):
        """Return of every row (people, done, people); ``steps`` says where they are."""
        cells = {}
        steps = {}
        for cycle_id, department_id, state, is_ended, count in choice.cards:
            if is_ended:
                continue
            place = cycle_id, choice.rows[cycle_id][department_id]
            people, done, _whole = cells.get(place, (0, 0, 0))
            cells[place] = (
                people + count, done + count * (state == "done"), people + count,
            )  # fmt: skip
            steps.setdefault(place, {}).setdefault(state, 0)
            steps[place][state] += count
        minimum = {cycle.id: choice.get_minimum(cycle) for cycle in choice.cycles}
        shown = {place for place, cell in cells.items() if cell[0] >= minimum[place[0]]}
        return {
            **{("completion", *place): cells[place] for place in shown},
            **{("steps", *place): steps[place] for place in shown},
        }

    @api.model
    def _prepare_steps(self, choice, rows, cells):
        selection = self.env["performance.review"]._fields["state"]._description_selection(self.env)
        for row, (_key, _label, places) in zip(rows, self._get_places(choice), strict=True):
            found = [cells["steps", *place] for place in places if ("steps", *place) in cells]
            row["parts"] = [sum(each.get(code, 0) for each in found) for code, _label in selection]
        return {"steps": [label for _code, label in selection]}

    # ------------------------------------------------------------------
    # What stands in reviews: steps of five people, in the order in which they came
    # ------------------------------------------------------------------

    @api.model
    def _read_figures(self, choice, codes):
        """Return the figures of every row that is large enough.

        A row counts the first five, ten, fifteen … people who had the figure, in the order in
        which they came to have it: whoever reads before and after one more person reads the
        same, and the next reading tells about five at once. A talk is counted when the agreement
        holds: before that a review may go back, and who left those counted would be seen.

        :return: (code, cycle id, row) → (people, sum of the parts, sum of the wholes)
        :rtype: dict[tuple, tuple]
        """
        facts = self._get_facts(codes)
        if not facts or not choice.cards:
            return {}
        for name in PEOPLE_MODELS:
            self.env[name].flush_model()
        minimum = {cycle.id: choice.get_minimum(cycle) for cycle in choice.cycles}
        parts = [
            (cycle_id, department_id, row, minimum[cycle_id])
            for cycle_id, rows in choice.rows.items()
            for department_id, row in rows.items()
            if choice.row in (None, row)
        ]
        query = SQL(
            """
              WITH part AS (
                   SELECT * FROM unnest(%(cycles)s::int[], %(departments)s::int[],
                                        %(rows)s::int[], %(minimums)s::int[])
                       AS part(cycle_id, department_id, code, minimum)),
                   card AS MATERIALIZED (
                   SELECT review.*, part.code, part.minimum
                     FROM (%(cards)s) AS review
                     JOIN part ON part.cycle_id = review.cycle_id
                              AND part.department_id = COALESCE(review.department_id, 0)),
                   fact AS (%(facts)s),
                   ranked AS (
                   SELECT fact.*,
                          ROW_NUMBER() OVER (
                              PARTITION BY name, cycle_id, code ORDER BY arrived, id) AS place,
                          COUNT(*) OVER (PARTITION BY name, cycle_id, code) / %(step)s * %(step)s
                              AS counted
                     FROM fact)
            SELECT name, cycle_id, code, COUNT(*), SUM(part), SUM(whole)
              FROM ranked
             WHERE place <= counted AND counted >= minimum
          GROUP BY name, cycle_id, code
            """,
            cycles=[part[0] for part in parts],
            departments=[part[1] for part in parts],
            rows=[part[2] for part in parts],
            minimums=[part[3] for part in parts],
            cards=self._get_cards_query(choice),
            facts=SQL(" UNION ALL ").join(facts),
            step=STEP,
        )
        return {
            (name, cycle_id, row): (people, float(part), float(whole))
            for name, cycle_id, row, people, part, whole in self.env.execute_query(query)
        }

    @api.model
    def _get_cards_query(self, choice):
        """Return the query of the reviews to count, under the reader's own record rules.

        ``sees_all``: whether the reader reads agreements in force that nobody has signed;
        ``held_on``: when the agreement of the review first held.
        """
        Review = self.env["performance.review"]
        query = Review._search(
            self._get_scope(choice.is_officer) & Domain("cycle_id", "in", choice.cycles.ids)
        )
        columns = ("id", "cycle_id", "department_id", "employee_id", "create_date")
        return query.select(
            *(SQL.identifier(query.table, name) for name in columns),
            SQL(
                "(%s OR %s = %s) AS sees_all",
                choice.is_officer,
                SQL.identifier(query.table, "reviewer_user_id"),
                self.env.uid,
            ),
            SQL(
                """CASE WHEN %s IN ('follow_up', 'done') THEN (
                   SELECT MIN(line.date)
                     FROM performance_review_log line
                    WHERE line.review_id = %s
                      AND line.kind = 'step'
                      AND line.old_value = 'agreement'
                      AND line.new_value = 'follow_up') END AS held_on""",
                SQL.identifier(query.table, "state"),
                SQL.identifier(query.table, "id"),
            ),
        )
