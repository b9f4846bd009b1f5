from odoo import api, models
from odoo.tools import SQL

from odoo.addons.performance_review.models.performance_pulse import STEP

from .performance_review_report_figures import Figure

# Of how a talk was led; the name that the means of a cycle have for it.
LED = {"future": "future_share", "balance": "balance"}


class PerformanceReviewReport(models.Model):
    """How talks were led, and what comes back, on the dashboard.

    How somebody leads talks is nobody's business but the own: HR reads the means of a cycle that
    ``performance.practice`` keeps, whoever led talks the own ones, and those above read none. A
    department mostly has one manager, so there are no rows of departments.
    """

    _inherit = "performance.review.report"

    @api.model
    def _get_figures(self):
        figures = super()._get_figures()
        later = {code: figures.pop(code) for code in ("stance", "dispute", "refusal")}
        return {
            **figures,
            "future": Figure(
                self.env._("Time on the future"), "%", self.env._("Mean over those who led talks.")
            ),
            "balance": Figure(
                self.env._("Balance"),
                self.env._("of 100"),
                self.env._("0: talks that judged, 100: talks that developed. Never for pay."),
            ),
            **later,
            "repeats": Figure(
                self.env._("Gaps that come back"),
                self.env._("people"),
                self.env._("Whose gap of this theme was one in an earlier review; in fives."),
            ),
        }

    @api.model
    def _prepare_figure(self, choice, code, figure, cells):
        if code == "repeats":
            return self._prepare_repeats(choice, figure)
        if code in LED:
            return self._prepare_led(choice, code, figure)
        return super()._prepare_figure(choice, code, figure, cells)

    @api.model
    def _prepare_led(self, choice, code, figure):
        empty = self.env._("Too few people yet")
        found = {}
        if choice.row is not None:
            empty = self.env._(
                "Only of all departments together: in one it would be about its manager."
            )
        elif choice.is_officer:
            found = self._read_practice(choice, LED[code])
        else:
            found = self._read_own_talks(choice, LED[code])
            empty = self.env._("From your first talk on.")
        rows = [
            {"key": cycle.id, "label": cycle.name, **self._prepare_cell(figure, cells)}
            for cycle in choice.cycles.sorted("date_start")
            if (cells := [found[cycle.id]] if cycle.id in found else []) or choice.is_all
        ]
        return {
            "code": code,
            "label": figure.label,
            "unit": figure.unit,
            "help": figure.help if choice.is_officer else self._say_own(code),
            "counts_talks": not choice.is_officer,
            "rows": rows if found else [],
            "total": self._prepare_cell(figure, list(found.values())),
            "empty": "" if found else empty,
        }

    @api.model
    def _say_own(self, code):
        if code == "future":
            return self.env._("Mean of the talks you led; nobody else reads it.")
        return self.env._(
            "Of the talks you led; nobody else reads it. 0: they judged, 100: they developed."
        )

    @api.model
    def _read_practice(self, choice, name):
        """Return of each cycle (people, sum, people), as it is shown to HR everywhere."""
        rows = (
            self.env["performance.practice"]
            .sudo()
            .search_fetch([("cycle_id", "in", choice.cycles.ids)], ["cycle_id", "shown"])
        )
        found = {}
        for row in rows:
            if name in (row.shown or {}):
                mean, people = row.shown[name]
                found[row.cycle_id.id] = (people, mean * people, people)
        return found

    @api.model
    def _read_own_talks(self, choice, name):
        """Return of each cycle (talks, sum, talks) of the reader's own mirrors.

        From the first one on: the reader has each of them before him anyway, one by one.
        """
        talks = self.env["performance.mirror"].search_fetch(
            [("user_id", "=", self.env.uid), ("cycle_id", "in", choice.cycles.ids)],
            ["cycle_id", name],
            order="date, id",
        )
        found = {}
        for cycle in choice.cycles:
            values = [talk[name] for talk in talks if talk.cycle_id.id == cycle.id]
            if name != "balance":
                values = [value for value in values if value]
            if values:
                found[cycle.id] = (len(values), sum(values), len(values))
        return found

    # ------------------------------------------------------------------
    # Repeats by theme
    # ------------------------------------------------------------------

    @api.model
    def _prepare_repeats(self, choice, figure):
        empty = self.env._("Too few people yet")
        found = {}
        if choice.row is None:
            found = self._read_repeats(choice)
        else:
            empty = self.env._("Only of all departments together.")
        themes = self.env["performance.theme"].sudo().browse(found)
        rows = [
            {
                "key": theme.id,
                "label": theme.name,
                "value": found[theme.id],
                "text": f"{found[theme.id]}+",
                "count": found[theme.id],
            }
            for theme in themes
        ]
        return {
            "code": "repeats",
            "label": figure.label,
            "unit": figure.unit,
            "help": figure.help,
            "rows": sorted(rows, key=lambda row: (-row["value"], row["label"])),
            # Somebody may have two of them: their sum counts nobody.
            "total": {"value": None, "text": "–", "count": 0},
            "empty": "" if rows else empty,
        }

    @api.model
    def _read_repeats(self, choice):
        """Return how many people have a gap again, by theme, in steps of five.

        Of each cycle the first five, ten, fifteen … people whose agreement held are looked at: who
        reads before and after one more learns nothing of him, and nobody's draft is counted.

        :rtype: dict[int, int]
        """
        if not choice.cards:
            return {}
        self.env["performance.point"].flush_model()
        minimum = max(choice.get_minimum(cycle) for cycle in choice.cycles)
        rows = self.env.execute_query(
            SQL(
                """
                  WITH ranked AS (
                       SELECT card.*,
                              ROW_NUMBER() OVER (PARTITION BY cycle_id ORDER BY held_on, id)
                                  AS place,
                              COUNT(*) OVER (PARTITION BY cycle_id) / %(step)s * %(step)s AS counted
                         FROM (%(cards)s) AS card
                        WHERE held_on IS NOT NULL),
                       card AS MATERIALIZED (SELECT * FROM ranked WHERE place <= counted),
                       gap AS MATERIALIZED (
                       SELECT DISTINCT point.theme_id, card.employee_id, cycle.date_start
                         FROM card
                         JOIN performance_cycle cycle ON cycle.id = card.cycle_id
                         JOIN performance_point point ON point.review_id = card.id
                        WHERE point.kind = 'gap'
                          AND point.theme_id IS NOT NULL)
                SELECT gap.theme_id, COUNT(DISTINCT gap.employee_id) / %(step)s * %(step)s AS people
                  FROM gap
         -- The first one found is enough; without the limit all years would be joined.
         CROSS JOIN LATERAL (
                       SELECT 1
                         FROM performance_review before
                         JOIN performance_cycle cycle ON cycle.id = before.cycle_id
                         JOIN performance_point point ON point.review_id = before.id
                        WHERE before.employee_id = gap.employee_id
                          AND cycle.date_start < gap.date_start
                          AND point.kind = 'gap'
                          AND point.theme_id = gap.theme_id
                        LIMIT 1) earlier
              GROUP BY gap.theme_id
                HAVING COUNT(DISTINCT gap.employee_id) / %(step)s * %(step)s >= %(minimum)s
                """,
                cards=self._get_cards_query(choice),
                step=STEP,
                minimum=minimum,
            )
        )
        return dict(rows)
