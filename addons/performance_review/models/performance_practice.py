from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from ..tools.balance import FEATURES
from .performance_pulse import STEP
from .performance_review_landing import OFFICER


class PerformancePractice(models.Model):
    """How the talks of a cycle were led, on the whole (O4): what HR needs to plan training.

    One row per cycle with means over people outside HR, each person counting once. A mean is shown
    from the threshold on that was frozen at the launch, and changes only when at least ``STEP``
    more people have the figure: two readings never differ by one person. Nobody has a right to the
    row; the text comes from :meth:`_get_summaries`.
    """

    _name = "performance.practice"
    _description = "Practice of a cycle"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _rec_name = "cycle_id"
    # Neither who led the last talk nor when.
    _log_access = False

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, ondelete="cascade"
    )
    # figure, or part that the balance is made of → [mean in percent, number of people]
    shown = fields.Json(readonly=True, groups=NO_ACCESS)

    _one_per_cycle = models.UniqueIndex("(cycle_id)", "This cycle has its means already.")

    @api.model
    def _get_server_fields(self):
        return frozenset(self._fields)

    @api.model
    def _get_parent_fields(self):
        return frozenset({"cycle_id"})

    @api.depends("cycle_id")
    def _compute_display_name(self):
        for practice in self._get_nameable():
            practice.display_name = self.env._("Practice")

    @api.model
    def _take_in(self, cycles):
        """Work out the means of cycles in which enough more people have led a talk.

        :param cycles: ``performance.cycle`` records
        """
        rows = {row.cycle_id: row for row in self.sudo().search([("cycle_id", "in", cycles.ids)])}
        means = self._read_means(cycles)
        for cycle in cycles.sudo():
            row = rows.get(cycle, self.sudo())
            shown = row.shown or {}
            grown = {}
            for name, (mean, people) in means.get(cycle.id, {}).items():
                needed = shown[name][1] + STEP if name in shown else 0
                if people >= max(needed, STEP, cycle.pulse_minimum):
                    grown[name] = [round(mean), people]
            if grown and row:
                row.write({"shown": {**shown, **grown}})
            elif grown:
                row.create({"cycle_id": cycle.id, "shown": grown})

    @api.model
    def _read_means(self, cycles):
        """Return the means over people as they are now, counted by the database in one statement.

        Each person counts once, with the mean of the talks that have the figure. HR reads the
        means, so nobody in HR is among those they are made of: a reader who takes the own figure
        away would be left with too few.

        :param cycles: ``performance.cycle`` records
        :return: id of the cycle → figure → (mean in percent, number of people)
        :rtype: dict[int, dict[str, tuple[float, int]]]
        """
        self.env["performance.mirror"].flush_model()
        figures = [
            # A share of 0 is none: nobody counted.
            SQL("('employee_share', NULLIF(talk.employee_share, 0))"),
            SQL("('future_share', NULLIF(talk.future_share, 0))"),
            SQL("('balance', talk.balance)"),
            SQL(
                """('covered', (
                    SELECT 100.0 * COUNT(*) FILTER (WHERE section.value = 'true')
                         / NULLIF(COUNT(*), 0)
                      FROM jsonb_each(NULLIF(talk.covered, 'null')) section))"""
            ),
            *(SQL("(%s, 100 * (talk.parts->>%s)::float)", name, name) for name in FEATURES),
        ]
        rows = self.env.execute_query(
            SQL(
                """
                WITH talk AS (
                     SELECT *
                       FROM performance_mirror
                      WHERE cycle_id IN %(cycles)s AND user_id <> ALL(%(officers)s)),
                     person AS (
                     SELECT talk.cycle_id, talk.user_id, figure.name,
                            AVG(figure.value::float) AS value
                       FROM talk
                 CROSS JOIN LATERAL (VALUES %(figures)s) AS figure(name, value)
                   GROUP BY talk.cycle_id, talk.user_id, figure.name
                      UNION ALL
                     SELECT cycle_id, user_id, 'facts',
                            100.0::float * SUM(fact_count) / NULLIF(SUM(said_count), 0)
                       FROM talk
                   GROUP BY cycle_id, user_id)
              SELECT cycle_id, name, AVG(value), COUNT(value)
                FROM person
            GROUP BY cycle_id, name
              HAVING COUNT(value) > 0
                """,
                cycles=tuple(cycles.ids) or (0,),
                officers=self.env.ref(OFFICER).sudo().all_user_ids.ids,
                figures=SQL(", ").join(figures),
            )
        )
        means = {}
        for cycle_id, name, mean, people in rows:
            means.setdefault(cycle_id, {})[name] = mean, people
        return means

    @api.model
    def _get_summaries(self, cycles):
        """Return the means of each cycle in one line, or that there are too few people.

        :param cycles: ``performance.cycle`` records
        :return: cycle → text
        :rtype: dict
        """
        rows = {
            row.cycle_id.id: row for row in self.sudo().search([("cycle_id", "in", cycles.ids)])
        }
        return {
            cycle: rows[cycle.id]._say_means()
            if cycle.id in rows
            else self.env._("Too few people have led a talk")
            for cycle in cycles
        }

    def _say_means(self):
        labels = {
            "employee_share": self.env._("employees spoke"),
            "future_share": self.env._("time on the future"),
            "covered": self.env._("sections covered"),
            "facts": self.env._("facts, not labels"),
            "balance": self.env._("balance"),
        }
        shown = self.shown or {}
        texts = [
            self._say_mean(label, *shown[name]) for name, label in labels.items() if name in shown
        ]
        features = self.env["performance.dialogue"]._get_features()
        known = [name for name in FEATURES if name in shown]
        if known:
            # By its name alone: tone is the talk share over what is aimed at. Of the two means, of
            # people who mostly are the same, the difference would be about the others.
            weakest = min(known, key=lambda name: shown[name][0])
            texts.append(self.env._("furthest from developing: %s", features[weakest]["label"]))
        return " · ".join(texts)

    def _say_mean(self, label, mean, count):
        return self.env._(
            "%(label)s %(mean)s%% (%(count)s people)", label=label, mean=mean, count=count
        )


class PerformanceCycle(models.Model):
    """What HR reads about how talks were led: means of many people, or nothing."""

    _inherit = "performance.cycle"

    practice_text = fields.Char(
        string="How talks were led",
        compute="_compute_practice_text",
        groups="performance_review.group_performance_review_officer",
        help="To plan training: means over people, never about one of them, never for pay.",
    )

    def _compute_practice_text(self):
        texts = self.env["performance.practice"]._get_summaries(self)
        for cycle in self:
            cycle.practice_text = texts[cycle]
