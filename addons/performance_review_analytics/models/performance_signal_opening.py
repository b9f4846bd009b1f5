from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .performance_signal import UNSUSTAINABLE

STEP = 5  # people; counts are shown in steps of this, as those of the pulse
DAYS_TO_DECIDE = 30


class PerformanceSignal(models.Model):
    """Signals open by themselves: once a week, from enough people of enough teams on.

    Not at the moment somebody ends a talk, or the moment would name whose talk it was.
    """

    _inherit = "performance.signal"

    @api.model
    def _cron_open(self):
        """Count what people raised in cycles under way and open what many report.

        Running it twice changes nothing: there is one signal for each subject of a cycle.
        """
        cycles = self.env["performance.cycle"].search([("state", "=", "open")])
        for rest, cycle in enumerate(reversed(cycles)):
            self._open_of(cycle)
            self.env["ir.cron"]._commit_progress(1, remaining=len(cycles) - rest - 1)

    @api.model
    def _open_of(self, cycle):
        """Open and count the signals of one cycle.

        :param cycle: one ``performance.cycle``
        :return: the signals that are new
        """
        signals = self.sudo()
        known = {
            signal._get_subject(): signal
            for signal in signals.search([("cycle_id", "=", cycle.id)])
        }
        opened = []
        for subject, people in self._count_raised(cycle):
            count = max(people - people % STEP, cycle.signal_people)
            if signal := known.get(subject):
                # Never down: a number that falls would say that somebody took it back.
                if count > signal.people_count:
                    signal.people_count = count
            else:
                opened.append({**self._prepare_signal(cycle, subject), "people_count": count})
        return signals.create(opened)

    def _get_subject(self):
        """Return what tells this signal from the others of its cycle."""
        self.ensure_one()
        return (
            self.kind,
            self.theme_id.id or None,
            self.goal_id.id or None,
            self.concern_kind or None,
        )

    @api.model
    def _count_raised(self, cycle):
        """Count people by what they raised, where there are enough of them, of enough teams.

        In one statement; a team is those with the same reviewer.

        :param cycle: one ``performance.cycle`` with its frozen thresholds
        :return: pairs of subject (see :meth:`_get_subject`) and number of people
        :rtype: list[tuple[tuple, int]]
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH raised AS (
                    SELECT 'obstacle' AS kind, talk.obstacle_theme_id AS theme_id,
                           NULL::int AS goal_id, NULL AS concern_kind, talk.review_id
                      FROM performance_dialogue talk
                     WHERE talk.date_end IS NOT NULL AND talk.obstacle_theme_id IS NOT NULL
                     UNION
                    SELECT 'obstacle', concern.theme_id, NULL, NULL, part.review_id
                      FROM performance_concern concern
                      JOIN performance_self_assessment part ON part.id = concern.assessment_id
                     WHERE part.state = 'submitted' AND concern.theme_id IS NOT NULL
                     UNION
                    SELECT 'goal', NULL, goal.parent_id, concern.kind, part.review_id
                      FROM performance_concern concern
                      JOIN performance_self_assessment part ON part.id = concern.assessment_id
                      JOIN performance_goal goal ON goal.id = concern.goal_id
                     WHERE part.state = 'submitted' AND goal.parent_id IS NOT NULL
                     UNION
                    SELECT 'sustainable', NULL, NULL, NULL, talk.review_id
                      FROM performance_dialogue talk
                     WHERE talk.date_end IS NOT NULL AND talk.sustainable IN %(unsustainable)s)
                SELECT raised.kind, raised.theme_id, raised.goal_id, raised.concern_kind,
                       COUNT(DISTINCT review.employee_id)
                  FROM raised
                  JOIN performance_review review ON review.id = raised.review_id
                 WHERE review.cycle_id = %(cycle)s AND review.state <> 'preparation'
              GROUP BY raised.kind, raised.theme_id, raised.goal_id, raised.concern_kind
                HAVING COUNT(DISTINCT review.employee_id) >= %(people)s
                   AND COUNT(DISTINCT review.reviewer_id) >= %(teams)s
                """,
                cycle=cycle.id,
                people=cycle.signal_people,
                teams=cycle.signal_teams,
                unsustainable=UNSUSTAINABLE,
            )
        )
        return [(tuple(row[:4]), row[4]) for row in rows]

    @api.model
    def _prepare_signal(self, cycle, subject):
        """Return the values of a signal that opens, in the language of its owner."""
        kind, theme_id, goal_id, concern_kind = subject
        owner = cycle.user_id or self.env.user
        here = self.with_context(lang=owner.lang)
        if kind == "obstacle":
            theme = here.env["performance.theme"].browse(theme_id)
            name = here.env._("Obstacle: %(theme)s", theme=theme.name)
        elif kind == "goal":
            goal = here.env["performance.goal"].sudo().browse(goal_id)
            words = dict(here._fields["concern_kind"]._description_selection(here.env))
            name = here.env._(
                "Goal “%(goal)s”: %(concern)s", goal=goal.name, concern=words[concern_kind]
            )
        else:
            name = here.env._("Many say: it cannot go on like this")
        return {
            "name": name,
            "kind": kind,
            "theme_id": theme_id,
            "goal_id": goal_id,
            "concern_kind": concern_kind,
            "cycle_id": cycle.id,
            "owner_id": owner.id,
            "date_deadline": fields.Date.context_today(self) + timedelta(days=DAYS_TO_DECIDE),
        }
