from odoo import api, models

from ..tools import arguments
from ..tools.figures import say_figure
from .performance_review_evidence_points import UNSETTLED


class PerformanceReview(models.Model):
    """Proposals: points the period and the last agreement suggest, each with its reason (P3).

    A proposal is nothing until somebody takes it: the values of a point to be. Everything is
    read with the rights of the reader.
    """

    _inherit = "performance.review"

    @api.readonly
    def get_proposals(self):
        """Return points that could stand on the sheet and do not yet.

        :return: values of a new ``performance.point`` (``kind``, ``nature``, ``name``, ``fact``,
            ``goal_id``, ``incident_id``, ``theme_id``, ``commitment_id``: ids or ``False``) and,
            for the screen alone, ``code`` (str, the same whenever it is asked) and ``reason``
            (one sentence saying why)
        :raise AccessError: for anybody who neither reviews nor works in HR
        :rtype: list[dict]
        """
        self.ensure_one()
        self._check_sees_preparation()
        if self.sudo().state not in self.env["performance.point"]._get_open_states():
            return []
        return self._get_proposals()

    def _get_proposals(self):
        """Return the proposals, most pressing first; the hook to add some.

        An extension calls ``super()`` and appends what :meth:`_prepare_proposal` makes. It leaves
        out what already stands on the sheet.

        :rtype: list[dict]
        """
        self.ensure_one()
        points = self.env["performance.point"].search_fetch(
            [("review_id", "=", self.id)],
            ["kind", "theme_id", *self.env["performance.point"]._get_evidence_fields()],
        )
        gaps = self._get_earlier_gaps()
        proposals = [
            *self._propose_promises(points, gaps),
            *self._propose_incidents(points, gaps),
            *self._propose_kpis(points),
        ]
        themes = points.filtered(lambda point: point.kind == "gap").theme_id.ids
        themes += [each["theme_id"] for each in proposals if each["kind"] == "gap"]
        return proposals + self._propose_repeats(gaps, set(themes))

    @api.model
    def _prepare_proposal(self, code, kind, name, reason, **vals):
        """Return one proposal, see :meth:`get_proposals`.

        :param str code: stable and unique within the review
        :param str kind: of the point
        :param str name: of the point; cut to what a point can hold
        :param str reason: one sentence saying why it is proposed
        :param vals: further values of the point
        :rtype: dict
        """
        return {
            "code": code,
            "kind": kind,
            "nature": "result",
            "name": name[: arguments.POINT_LIMIT],
            "fact": "",
            "goal_id": False,
            "incident_id": False,
            "theme_id": False,
            "commitment_id": False,
            **vals,
            "reason": reason,
        }

    def _get_earlier_gaps(self):
        """Return the gaps of earlier reviews that carry a theme, the newest first.

        Earlier is what :attr:`repeat_count` of a point counts: by the beginning of the cycle.

        :return: ``performance.point``, as far as the reader may read them
        """
        review = self.sudo()
        points = self.env["performance.point"].search_fetch(
            [
                ("kind", "=", "gap"),
                ("theme_id", "!=", False),
                ("review_id.employee_id", "=", review.employee_id.id),
                ("review_id.cycle_id.date_start", "<", review.cycle_id.date_start),
            ],
            ["name", "fact", "theme_id", "review_id"],
        )
        return points.sorted(
            lambda point: (point.sudo().review_id.cycle_id.date_start, -point.id), reverse=True
        )

    @api.model
    def _get_repeat_text(self, gaps, theme):
        """Return how often a theme was a gap before, one sentence, or nothing."""
        reviews = gaps.filtered(lambda gap: theme and gap.theme_id == theme).sudo().review_id
        if not reviews:
            return ""
        if len(reviews) == 1:
            return self.env._(
                "“%(theme)s” was a gap in %(cycle)s.",
                theme=theme.name,
                cycle=reviews.cycle_id.name,
            )
        return self.env._(
            "“%(theme)s” was a gap %(count)s times, last in %(cycle)s.",
            theme=theme.name,
            count=len(reviews),
            cycle=reviews[0].cycle_id.name,
        )

    # ------------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------------

    def _propose_promises(self, points, gaps):
        """Propose what the last agreement left open, what came back and what nobody touched.

        Behaviours are gaps; what was to be given or learnt is a support. What the manager's
        side owes and is overdue comes first: it is the reviewer's own debt.
        """
        lines = self._get_last_commitments()
        lines = lines.filtered(lambda line: line.outcome in UNSETTLED and not line.drop_reason)
        lines -= lines._get_carried_by(points.commitment_id)
        return [
            self._prepare_proposal(
                f"commitment-{line.id}",
                reason=" ".join(
                    filter(
                        None,
                        [
                            self._get_promise_reason(line),
                            line._get_times_text() and f"({line._get_times_text()})",
                            self._get_repeat_text(gaps, line.theme_id),
                        ],
                    )
                ),
                **self._prepare_promise(line),
            )
            for line in lines
        ]

    def _prepare_promise(self, line):
        """Return what a point says that takes up a promise of the last agreement.

        :param line: one ``performance.commitment``
        :return: values of a ``performance.point``
        :rtype: dict
        """
        self.ensure_one()
        is_behaviour = line.kind in ("keep", "change")
        kind = "gap" if is_behaviour else "support"
        if line.kind == "keep" and line.outcome not in UNSETTLED:
            kind = "strength"
        outcomes = dict(line._fields["outcome"]._description_selection(self.env))
        cycle = line.sudo().review_id.cycle_id.name or ""
        return {
            "kind": kind,
            "nature": "behaviour" if is_behaviour else "result",
            "name": line.name[: arguments.POINT_LIMIT],
            "fact": " · ".join(
                filter(
                    None,
                    [
                        self.env._("Agreed in %(cycle)s", cycle=cycle),
                        line._get_due_text(),
                        outcomes[line.outcome],
                        line.percent and say_figure(self.env, line.percent, "%"),
                        line.outcome_note,
                    ],
                )
            ),
            "theme_id": line.theme_id.id,
            "commitment_id": line.id,
        }

    @api.model
    def _get_promise_reason(self, line):
        if line.is_overdue and line._is_manager_side():
            return self.env._("Your own side owes this, and its day is over.")
        if line.is_overdue:
            return self.env._("Agreed last time, and its day is over.")
        if line.outcome == "recurred":
            return self.env._("Agreed last time, and it came back.")
        if line.outcome == "untouched":
            return self.env._("Agreed last time, and nothing happened.")
        return self.env._("Agreed last time and still open.")

    def _propose_incidents(self, points, gaps):
        """Propose what was shared: what went well as a strength, what went wrong as a gap."""
        incidents = self._get_evidence_incidents() - points.incident_id
        return [
            self._prepare_proposal(
                f"incident-{incident.id}",
                reason=" ".join(
                    filter(
                        None,
                        [
                            self.env._("It went well and was shared.")
                            if incident.polarity == "positive"
                            else self.env._("It went wrong and was shared."),
                            incident.polarity == "negative"
                            and self._get_repeat_text(gaps, incident.theme_id),
                        ],
                    )
                ),
                **self._prepare_incident_point(incident),
            )
            for incident in incidents
        ]

    def _propose_kpis(self, points):
        """Propose the best KPI as a strength and the worst as a gap.

        One that reached its target is no gap and one that moved nothing no strength, however
        the others did.
        """
        goals = self.env["performance.goal"].search_fetch(
            [("appraisal_id", "in", self.sudo().appraisal_id.ids)],
            ["name", "unit", "actual", "target", "achievement", "weight"],
        )
        ranked = goals.filtered("weight").sorted(lambda goal: (goal.achievement, goal.id))
        found = []
        best, worst = ranked[-1:], ranked[:1]
        if worst and worst.achievement < 100:
            reason = self.env._(
                "Of %(count)s KPIs it is farthest from its target.", count=len(ranked)
            )
            found.append((worst, "gap", reason))
        if best and best.achievement > 0 and (best.achievement >= 100 or best != worst):
            reason = self.env._("Of %(count)s KPIs it went best.", count=len(ranked))
            found.append((best, "strength", reason))
        return [
            self._prepare_proposal(
                f"goal-{goal.id}",
                reason=reason,
                **{**self._prepare_goal_point(goal), "kind": kind},
            )
            for goal, kind, reason in found
            if goal not in points.goal_id
        ]

    def _propose_repeats(self, gaps, covered):
        """Propose the gaps of last time whose theme nothing has settled since.

        Their fact is left to be written: what was seen then is no fact of today.

        :param gaps: the gaps of earlier reviews
        :param set covered: ids of themes that stand on the sheet or are proposed already
        """
        previous = self.sudo().previous_review_id.id
        settled = self._get_settled_themes()
        found = []
        for gap in gaps:
            theme = gap.theme_id
            if gap.review_id.id != previous or theme in settled or theme.id in covered:
                continue
            covered = covered | {theme.id}
            found.append(
                self._prepare_proposal(
                    f"repeat-{gap.id}",
                    "gap",
                    gap.name,
                    self._get_repeat_text(gaps, theme),
                    theme_id=theme.id,
                )
            )
        return found

    def _get_settled_themes(self):
        """Return the themes of which everything agreed last time was kept, or dropped."""
        lines = self._get_last_commitments()
        left = lines.filtered(lambda line: line.outcome in UNSETTLED and not line.drop_reason)
        return lines.theme_id - left.theme_id
