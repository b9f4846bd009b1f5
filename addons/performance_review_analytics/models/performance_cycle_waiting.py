from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

from odoo.addons.performance_review.tools.words import say_list

from ..tools.unite import unite

# Named on the cockpit; the list behind it has them all.
PEOPLE_NAMED = 10
ROLE_FIELDS = {"employee": "employee_id", "reviewer": "reviewer_id"}


class PerformanceCycle(models.Model):
    """Who waits for whom in a cycle: how many for what, and the first of them by name."""

    _inherit = "performance.cycle"

    def _get_waiting_query(self, rows):
        """Return one query for all that reviews of this cycle wait for.

        :param list rows: of ``performance.review._get_readiness()``
        :return: a line for each review and thing it waits for, ``code`` and ``id``
        :rtype: SQL
        """
        self.ensure_one()
        cards = self.env["performance.review"].sudo()
        here = Domain("cycle_id", "=", self.id) & cards._get_readiness_scope()
        return unite({row.code: cards._search(here & row.domain) for row in rows})

    def _count_by_code(self, query):
        """Return how many lines of a query of :func:`unite` have which code.

        :rtype: dict[str, int]
        """
        return dict(
            self.env.execute_query(
                SQL("SELECT code, COUNT(*) FROM (%s) AS line GROUP BY code", query)
            )
        )

    def _read_waiting(self):
        """Return what reviews wait for, and the first people who are waited for, in one statement.

        :return: code → number of reviews; and role → the first :data:`PEOPLE_NAMED` people, those
            with the oldest deadline first, each (id of the employee, number of reviews, oldest
            deadline, codes, people of that role)
        :rtype: tuple[dict, dict]
        """
        rows = self.env["performance.review"].with_user(self.env.user)._get_readiness()
        found = self.env.execute_query(
            SQL(
                """
                WITH waiting AS MATERIALIZED (%s)
                SELECT NULL AS role, NULL::int, COUNT(*), NULL::date, ARRAY[code], NULL::bigint
                  FROM waiting
              GROUP BY code
             UNION ALL %s
                """,
                self._get_waiting_query(rows),
                SQL(" UNION ALL ").join(
                    self._get_people_query(role, [row.code for row in rows if row.role == role])
                    for role in ROLE_FIELDS
                ),
            )
        )
        counts = {}
        people = {role: [] for role in ROLE_FIELDS}
        for role, *row in found:
            if role:
                people[role].append(row)
            else:
                counts[row[3][0]] = row[1]
        for side in people.values():
            side.sort(
                key=lambda row: (row[2] or fields.Date.to_date("9999-12-31"), -row[1], row[0])
            )
        return counts, people

    @api.model
    def _get_people_query(self, role, codes):
        """Return the query of the first people of a role; ``waiting`` are the lines."""
        person = SQL.identifier("review", ROLE_FIELDS[role])
        return SQL(
            """
            (SELECT %(role)s,
                    %(person)s,
                    COUNT(DISTINCT review.id) AS number,
                    MIN(review.step_deadline) AS oldest,
                    array_agg(waiting.code),
                    COUNT(*) OVER ()
               FROM waiting
               JOIN performance_review review ON review.id = waiting.id
              WHERE waiting.code IN %(codes)s AND %(person)s IS NOT NULL
           GROUP BY %(person)s
           ORDER BY oldest, number DESC, %(person)s
              LIMIT %(limit)s)
            """,
            role=role,
            person=person,
            codes=tuple(codes) or ("",),
            limit=PEOPLE_NAMED,
        )

    def _count_waiting(self, counts):
        """Return how many reviews wait for what, in the order of the steps.

        :param dict counts: of :meth:`_read_waiting`
        :return: ``code``, ``label``, ``role`` and ``count`` of everything that may be missing
        :rtype: list[dict]
        """
        return [
            {
                "code": row.code,
                "label": row.label,
                "role": row.role,
                "count": counts.get(row.code, 0),
            }
            for row in self.env["performance.review"]._get_readiness()
        ]

    def _prepare_waiting(self, role, found):
        """Return for whom others wait, those with the oldest deadline first.

        :param str role: a key of :data:`ROLE_FIELDS`
        :param list found: the people of that role, of :meth:`_read_waiting`
        :return: ``total`` of people; ``rows`` of the first :data:`PEOPLE_NAMED`, each with ``id``
            of the employee, ``name``, ``count`` of reviews, ``text`` saying for what, and
            ``date``, the oldest deadline in words, with ``is_overdue``
        :rtype: dict
        """
        readiness = self.env["performance.review"]._get_readiness()
        labels = {row.code: row.label for row in readiness if row.role == role}
        # HR knows everybody of a cycle by name, whoever may read the employee's file.
        people = self.env["hr.employee"].sudo().browse(row[0] for row in found)
        today = fields.Date.context_today(self)
        return {
            "total": found[0][4] if found else 0,
            "rows": [
                {
                    "id": person.id,
                    "name": person.name,
                    "count": count,
                    "text": self._say_waiting(labels, codes),
                    "date": format_date(self.env, oldest) if oldest else "",
                    "is_overdue": bool(oldest and oldest < today),
                }
                for person, (_id, count, oldest, codes, _total) in zip(people, found, strict=True)
            ],
        }

    def _say_waiting(self, labels, codes):
        """Return for what somebody is waited for, how often each where it is more than once."""
        counts = Counter(codes)
        return say_list(
            self.env,
            (
                f"{label} × {counts[code]}" if counts[code] > 1 else label
                for code, label in labels.items()
                if counts[code]
            ),
        )
