from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.performance_review.models.performance_agreement import IN_FORCE

from ..tools import bounds
from .performance_signal import UNSUSTAINABLE

# What somebody has done by whom it is known whether he raises something of this kind. What he adds
# later is counted with the next ones. Of a goal see ``_get_circles()``.
STAGES = {"obstacle": "talked", "sustainable": "talked", "support": "prepared"}


def get_circle(subject):
    """Return among whom a subject is counted: everybody of a cycle, or whom its goal concerns.

    Who has a goal that serves another is known to whoever leads these people. So of a goal that
    five people serve, and all complain of, the others of the cycle hide nobody.

    :param tuple subject: as ``_get_subject()`` returns it
    :rtype: str
    """
    kind, _theme_id, goal_id, _concern_kind = subject
    return f"{kind} {goal_id}" if goal_id else kind


def _store_heard(heard):
    """Return what ``tools/bounds.py`` says was counted last, with keys that JSON takes."""
    return [
        [[part, count] for part, count in heard.items() if part is not None],
        list(heard.get(None, {}).items()),
    ]


def _read_heard(stored):
    """Return what :func:`_store_heard` has stored."""
    if not stored:
        return {}
    parts, whole = stored
    return {**dict(parts), None: dict(whole)}


class PerformanceSensorCount(models.Model):
    """Counting what people report, in one statement for a cycle and for its departments."""

    _inherit = "performance.sensor.count"

    @api.model
    def _update_of(self, cycle):
        """Count a cycle anew and keep what may be told of it, see ``tools/bounds.py``.

        To be called with ``sudo()``, and by the weekly job alone: at the moment somebody ends a
        talk a count would name whose talk it was.

        :param cycle: one ``performance.cycle`` with its frozen thresholds
        :return: pairs of subject (see :meth:`_get_subject`) and people of the whole cycle
        :rtype: list[tuple[tuple, int]]
        """
        rows = self.search([("cycle_id", "=", cycle.id)])
        known = {
            (row._get_subject(), None if row.is_total else row.department_id.id or 0): row
            for row in rows
        }
        known_parts = defaultdict(dict)
        for (subject, part), row in known.items():
            if part is not None:
                known_parts[subject][part] = row.people_count
        signals = self.env["performance.signal"].search([("cycle_id", "=", cycle.id)])
        known_wholes = {signal._get_subject(): signal.people_count for signal in signals}
        known_wholes |= {
            subject: max(row.people_count, known_wholes.get(subject, 0))
            for (subject, part), row in known.items()
            if part is None
        }
        wholes, parts = self._count_raised(cycle)
        sizes, heard = self._get_circles(cycle)
        untold = cycle.sensor_heard or {}
        new, told = [], []
        # Also those fewer people report by now: that their number stands still is told as well.
        for subject in {**wholes, **known_wholes}:
            total = known.get((subject, None))
            circle = get_circle(subject)
            heard_here = heard.get(circle, {})
            before = _read_heard(total.heard if total else untold.get(circle))
            whole, departments = bounds.tell(
                wholes.get(subject, 0),
                parts[subject],
                heard_here,
                sizes.get(circle, {}),
                cycle.signal_people,
                before,
                known_wholes.get(subject, 0),
                known_parts[subject],
            )
            if not whole:
                continue
            told.append((subject, whole))
            before = bounds.count_next(whole, departments, heard_here, cycle.signal_people, before)
            for part, count in {None: whole, **departments}.items():
                row = known.get((subject, part))
                if not row:
                    vals = self._prepare_count(cycle, subject, part, count)
                    new.append(
                        vals if part is not None else {**vals, "heard": _store_heard(before)}
                    )
                # Never down: a number that falls would say that somebody took it back.
                elif count > row.people_count:
                    row.people_count = count
            if total:
                total.heard = _store_heard(before)
        self.create(new)
        self._count_untold(cycle, heard)
        return told

    @api.model
    def _count_untold(self, cycle, heard):
        """Note how many had been heard when nothing was told of whatever is not told yet."""
        untold = cycle.sensor_heard or {}
        cycle.sensor_heard = {
            circle: _store_heard(
                bounds.count_next(
                    0, {}, counts, cycle.signal_people, _read_heard(untold.get(circle))
                )
            )
            for circle, counts in heard.items()
        }

    @api.model
    def _prepare_count(self, cycle, subject, part, count):
        kind, theme_id, goal_id, concern_kind = subject
        return {
            "cycle_id": cycle.id,
            "kind": kind,
            "theme_id": theme_id,
            "goal_id": goal_id,
            "concern_kind": concern_kind,
            "is_total": part is None,
            "department_id": part or False,
            "people_count": count,
        }

    @api.model
    def _get_sizes(self, cycle):
        """Return how many people of a cycle belong to which department, 0 for none."""
        groups = (
            self.env["performance.review"]
            .sudo()
            ._read_group([("cycle_id", "=", cycle.id)], ["department_id"], ["__count"])
        )
        return {department.id or 0: count for department, count in groups}

    @api.model
    def _get_circles(self, cycle):
        """Return how large the circles of a cycle are, and how many of each have been heard.

        :return: circle of :func:`get_circle` → department, 0 for none → people, twice
        :rtype: tuple[dict, dict]
        """
        everybody, stages = self._get_sizes(cycle), self._get_heard(cycle)
        sizes = dict.fromkeys(STAGES, everybody)
        heard = {kind: stages[stage] for kind, stage in STAGES.items()}
        for goal_id, department, people, submitted in self._read_goal_circles(cycle):
            circle = get_circle(("goal", None, goal_id, None))
            sizes.setdefault(circle, {})[department] = people
            heard.setdefault(circle, {})[department] = submitted
        return sizes, heard

    @api.model
    def _get_heard(self, cycle):
        """Return of how many people of each department is known what they raise, by stage.

        :return: stage of :data:`STAGES` → department, 0 for none → people
        :rtype: dict[str, dict[int, int]]
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(department_id, 0),
                       COUNT(*) FILTER (WHERE state <> 'preparation'),
                       COUNT(*) FILTER (WHERE state NOT IN ('preparation', 'dialogue'))
                  FROM performance_review
                 WHERE cycle_id = %s
              GROUP BY department_id
                """,
                cycle.id,
            )
        )
        return {
            stage: {department: counts[at] for department, *counts in rows}
            for at, stage in enumerate(("prepared", "talked"))
        }

    @api.model
    def _read_goal_circles(self, cycle):
        """Count who has a goal that serves another one, and who of them has handed in by then.

        Those of the result and of the last agreement are asked about, as are those that stand
        alone; any other one counts where somebody has raised a concern about it.

        :return: lines of (id of the goal served, department or 0, people, of them handed in)
        :rtype: list[tuple]
        """
        self.env.flush_all()
        return self.env.execute_query(
            SQL(
                """
                SELECT goal.parent_id,
                       COALESCE(review.department_id, 0),
                       COUNT(DISTINCT review.id),
                       COUNT(DISTINCT review.id) FILTER (
                           WHERE review.state <> 'preparation' AND part.id IS NOT NULL)
                  FROM performance_review review
             LEFT JOIN performance_self_assessment part
                    ON part.review_id = review.id AND part.state = 'submitted'
                  JOIN performance_goal goal ON goal.employee_id = review.employee_id
                 WHERE review.cycle_id = %s
                   AND goal.parent_id IS NOT NULL
                   AND (goal.appraisal_id = review.appraisal_id
                        OR goal.appraisal_id IS NULL AND goal.agreement_id IS NULL
                        OR goal.agreement_id IN (
                           SELECT id FROM performance_agreement
                            WHERE review_id = review.previous_review_id AND state IN %s)
                        OR EXISTS (
                           SELECT FROM performance_concern
                            WHERE goal_id = goal.id AND assessment_id = part.id))
              GROUP BY goal.parent_id, review.department_id
                """,
                cycle.id,
                IN_FORCE,
            )
        )

    @api.model
    def _count_raised(self, cycle):
        """Count people by what they raised, where there are enough of them, of enough teams.

        A team is those with the same reviewer. What is told of it is up to ``tools/bounds.py``.

        :param cycle: one ``performance.cycle`` with its frozen thresholds
        :return: subject → people, and subject → department (0 for none) → people
        :rtype: tuple[dict, dict]
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH raised AS (%(raised)s)
                SELECT raised.kind, raised.theme_id, raised.goal_id, raised.concern_kind,
                       GROUPING(review.department_id) = 1,
                       review.department_id,
                       COUNT(DISTINCT review.employee_id)
                  FROM raised
                  JOIN performance_review review ON review.id = raised.review_id
                 WHERE review.cycle_id = %(cycle)s AND review.state <> 'preparation'
              GROUP BY GROUPING SETS (
                       (raised.kind, raised.theme_id, raised.goal_id, raised.concern_kind),
                       (raised.kind, raised.theme_id, raised.goal_id, raised.concern_kind,
                        review.department_id))
                HAVING COUNT(DISTINCT review.employee_id) >= %(people)s
                   AND COUNT(DISTINCT review.reviewer_id) >= %(teams)s
              ORDER BY 1, 2, 3, 4
                """,
                raised=self._get_raised_query(cycle),
                cycle=cycle.id,
                people=cycle.signal_people,
                teams=cycle.signal_teams,
            )
        )
        wholes, parts = {}, defaultdict(dict)
        for *subject, is_total, department_id, people in rows:
            if is_total:
                wholes[tuple(subject)] = people
            else:
                parts[tuple(subject)][department_id or 0] = people
        return wholes, parts

    @api.model
    def _get_raised_query(self, cycle):
        """Return who raised what in talks that are over and in self-assessments handed in.

        Supports are those a manager handed in or proposed, by their theme.

        :return: ``kind``, ``theme_id``, ``goal_id``, ``concern_kind``, ``review_id``, each once
        :rtype: SQL
        """
        return SQL(
            """
            WITH here AS (SELECT id FROM performance_review WHERE cycle_id = %(cycle)s)
            SELECT 'obstacle' AS kind, talk.obstacle_theme_id AS theme_id,
                   NULL::int AS goal_id, NULL AS concern_kind, talk.review_id
              FROM performance_dialogue talk
              JOIN here ON here.id = talk.review_id
             WHERE talk.date_end IS NOT NULL AND talk.obstacle_theme_id IS NOT NULL
             UNION
            SELECT 'obstacle', concern.theme_id, NULL, NULL, part.review_id
              FROM performance_concern concern
              JOIN performance_self_assessment part ON part.id = concern.assessment_id
              JOIN here ON here.id = part.review_id
             WHERE part.state = 'submitted' AND concern.theme_id IS NOT NULL
             UNION
            SELECT 'goal', NULL, goal.parent_id, concern.kind, part.review_id
              FROM performance_concern concern
              JOIN performance_self_assessment part ON part.id = concern.assessment_id
              JOIN here ON here.id = part.review_id
              JOIN performance_goal goal ON goal.id = concern.goal_id
             WHERE part.state = 'submitted' AND goal.parent_id IS NOT NULL
             UNION
            SELECT 'sustainable', NULL, NULL, NULL, talk.review_id
              FROM performance_dialogue talk
              JOIN here ON here.id = talk.review_id
             WHERE talk.date_end IS NOT NULL AND talk.sustainable IN %(unsustainable)s
             UNION
            SELECT 'support', point.theme_id, NULL, NULL, point.review_id
              FROM performance_point point
              JOIN here ON here.id = point.review_id
             WHERE point.kind = 'support' AND point.theme_id IS NOT NULL
             UNION
            SELECT 'support', line.theme_id, NULL, NULL, version.review_id
              FROM performance_commitment line
              JOIN performance_agreement version ON version.id = line.agreement_id
              JOIN here ON here.id = version.review_id
             WHERE line.kind = 'support' AND line.theme_id IS NOT NULL
               AND version.proposed_on IS NOT NULL
            """,
            cycle=cycle.id,
            unsustainable=UNSUSTAINABLE,
        )
