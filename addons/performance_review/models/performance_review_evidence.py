from odoo import api, fields, models
from odoo.tools import format_date

from ..tools import arguments
from ..tools.figures import say_number

# Of Review._prepare_last_time_lines(), what a card draws.
PROMISE_DETAILS = ("owner", "owner_label", "outcome", "percent", "is_overdue", "times", "note")
GOAL_FIELDS = (
    "name", "unit", "baseline", "target", "actual", "weight", "direction", "achievement",
)  # fmt: skip


class PerformanceReview(models.Model):
    """Evidence: what the period already knows, source by source (P1)."""

    _inherit = "performance.review"

    @api.readonly
    def get_evidence(self):
        """Return the evidence as a screen draws it: by sequence, records as model and id.

        :return: see :meth:`_get_evidence`; ``record`` is ``{"model": …, "id": …}``
        :raise AccessError: for anybody who neither reviews nor works in HR
        :rtype: list[dict]
        """
        self.ensure_one()
        self._check_sees_preparation()
        sources = sorted(self._get_evidence(), key=lambda source: source["sequence"])
        for source in sources:
            for item in source["items"]:
                record = item["record"]
                item["record"] = record and {"model": record._name, "id": record.id}
        return sources

    def _get_evidence(self):
        """Return what is known about the period; the hook to add a source.

        An extension calls ``super()`` and appends one dict: ``code`` (str, unique), ``label``
        (str, for readers), ``sequence`` (int, the smallest comes first) and ``items``, made by
        :meth:`_prepare_evidence_item`. It reads with the rights of the user, never with
        ``sudo()``, and in one query per model, not per item.

        :return: sources in no particular order; one without items is one that knows nothing
        :rtype: list[dict]
        """
        self.ensure_one()
        appraisals = self._get_evidence_appraisals()
        agreed = self._get_agreed_goals()
        measured = self._get_measured(agreed)
        kpis = self._get_kpi_items(appraisals, measured)
        return [
            {
                "code": "kpi",
                "label": self.env._("KPIs"),
                "sequence": 10,
                "items": kpis,
            },
            {
                "code": "goal",
                "label": self.env._("Goals agreed last time"),
                "sequence": 15,
                "items": self._get_goal_items(agreed, measured, kpis),
            },
            {
                "code": "rating",
                "label": self.env._("Results so far"),
                "sequence": 20,
                "items": self._get_rating_items(appraisals),
            },
            {
                "code": "incident",
                "label": self.env._("Shared incidents"),
                "sequence": 30,
                "items": self._get_incident_items(),
            },
            {
                "code": "commitment",
                "label": self.env._("Last agreement"),
                "sequence": 40,
                "items": self._get_commitment_items(),
            },
            {
                "code": "self_assessment",
                "label": self.env._("Self-assessment"),
                "sequence": 50,
                "items": self._get_self_assessment_items(),
            },
        ]

    @api.model
    def _prepare_evidence_item(
        self, record, title, figure="", unit="", series=(), note="", details=None, point=None
    ):
        """Return one item of a source of evidence.

        :param record: what it comes from; one record, or an empty one
        :param str title: what it is about
        :param figure: number or word that says how it went
        :param str unit: of the figure
        :param series: numbers of earlier periods, the oldest first, the figure's own last
        :param str note: a line more, for whoever wants to know
        :param dict details: what a screen may draw: of a goal ``baseline``, ``target``, ``actual``,
            ``weight`` (texts), ``direction`` and ``measures`` (numbers, the oldest first); of what
            happened ``date`` (``YYYY-MM-DD``) and ``polarity``; of a promise ``outcome`` and
            others of :meth:`_prepare_last_time_lines`
        :param dict point: values of the point that a click makes of it; by default what it says
            and a link, and whoever clicks chooses the column
        :rtype: dict
        """
        item = {
            "title": title,
            "figure": figure,
            "unit": unit,
            "series": list(series),
            "note": note,
            "url": f"/odoo/{record._name}/{record.id}" if record else "",
            "record": record,
            "details": details or {},
        }
        return {**item, "point": point or self._prepare_plain_point(item)}

    # ------------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------------

    def _get_evidence_appraisals(self):
        """Return the result of this period and the confirmed ones before it, oldest first."""
        current = self.sudo().appraisal_id
        found = self.env["performance.appraisal"].search_fetch(
            [
                ("employee_id", "=", self.sudo().employee_id.id),
                ("date_end", "<=", (current or self.sudo().cycle_id).date_end),
            ],
            ["state", "date_start", "date_end", "score", "rating_id"],
            order="date_end, id",
        )
        return found.filtered(
            lambda appraisal: appraisal.state == "confirmed" or appraisal.id == current.id
        )

    def _get_agreed_goals(self):
        """Return the goals of the agreement in force of the review before."""
        return self.env["performance.goal"].search_fetch(
            [
                ("agreement_id.review_id", "in", self.sudo().previous_review_id.ids),
                ("agreement_id.is_in_force", "=", True),
            ],
            GOAL_FIELDS,
        )

    def _get_measured(self, goals):
        """Return what was measured on goals, by what they are called.

        :param goals: ``performance.goal``
        :return: name and unit → numbers, the oldest first
        :rtype: dict
        """
        history = self.env["performance.progress"]._get_history("goal_id", goals)
        return {
            (goal.name, goal.unit): [round(entry.value, 2) for entry in entries]
            for goal, entries in history.items()
        }

    def _prepare_goal_details(self, goal, measures):
        return {
            "baseline": say_number(self.env, goal.baseline),
            "target": say_number(self.env, goal.current_target),
            "actual": say_number(self.env, goal.actual),
            "unit": goal.unit or "",
            "weight": say_number(self.env, goal.weight),
            "direction": goal.direction,
            "measures": measures,
        }

    def _prepare_goal_item(self, goal, series, measures):
        return self._prepare_evidence_item(
            goal,
            goal.name,
            figure=round(goal.achievement, 1),
            unit="%",
            series=series,
            note=self.env._(
                "%(actual)g of %(target)g %(unit)s",
                actual=goal.actual,
                target=goal.current_target,
                unit=goal.unit or "",
            ).strip(),
            details=self._prepare_goal_details(goal, measures),
            point=self._prepare_goal_point(goal),
        )

    def _get_kpi_items(self, appraisals, measured):
        goals = self.env["performance.goal"].search_fetch(
            [("appraisal_id", "in", appraisals.ids)], [*GOAL_FIELDS, "appraisal_id"]
        )
        by_appraisal = goals.grouped(lambda goal: goal.appraisal_id.id)
        series = {}
        for appraisal in appraisals:
            for goal in by_appraisal.get(appraisal.id, ()):
                # A KPI is known by what it is called: every period has records of its own.
                series.setdefault((goal.name, goal.unit), []).append(round(goal.achievement, 1))
        return [
            self._prepare_goal_item(
                goal, series[goal.name, goal.unit], measured.get((goal.name, goal.unit), [])
            )
            for goal in by_appraisal.get(self.sudo().appraisal_id.id, ())
        ]

    def _get_goal_items(self, goals, measured, kpis):
        """Return the goals agreed last time that HR has not imported as a KPI of this period."""
        imported = {(item["record"].name, item["record"].unit) for item in kpis}
        return [
            self._prepare_goal_item(goal, [], measured[goal.name, goal.unit])
            for goal in goals
            if (goal.name, goal.unit) not in imported
        ]

    def _get_rating_items(self, appraisals):
        scores = [round(score, 1) for score in appraisals.mapped("score")]
        return [
            self._prepare_evidence_item(
                appraisal,
                f"{format_date(self.env, appraisal.date_start)} – "
                f"{format_date(self.env, appraisal.date_end)}",
                figure=scores[index],
                unit="%",
                series=scores[: index + 1],
                note=appraisal.rating_id.name or "",
                details={"rating": appraisal.rating_id.name or ""},
            )
            for index, appraisal in reversed(list(enumerate(appraisals)))
        ]

    def _get_evidence_incidents(self):
        """Return what was shared since the period began: a talk is about today as well."""
        start = (self.sudo().appraisal_id or self.sudo().cycle_id).date_start
        return self.env["performance.incident"].search_fetch(
            [
                ("employee_id", "=", self.sudo().employee_id.id),
                ("shared", "=", True),
                ("date", ">=", start),
            ],
            ["name", "date", "polarity", "effect", "theme_id"],
        )

    def _get_incident_items(self):
        incidents = self._get_evidence_incidents()
        polarities = dict(incidents._fields["polarity"]._description_selection(self.env))
        return [
            self._prepare_evidence_item(
                incident,
                incident.name,
                figure=polarities[incident.polarity],
                note=" · ".join(
                    filter(None, [format_date(self.env, incident.date), incident.effect])
                ),
                details={
                    "date": fields.Date.to_string(incident.date),
                    "polarity": incident.polarity,
                },
                point=self._prepare_incident_point(incident),
            )
            for incident in incidents
        ]

    def _get_commitment_items(self):
        lines, history = self._find_last_promises()
        shown = self._prepare_last_time_lines(lines, history)
        return [
            self._prepare_evidence_item(
                line,
                line.name,
                figure=details["outcome_label"],
                series=details.pop("series"),
                note=details["kind_label"],
                # What an item says by itself need not travel twice.
                details={name: details[name] for name in PROMISE_DETAILS},
                point=self._prepare_kept_point(line),
            )
            for line, details in zip(lines, shown, strict=True)
        ]

    def _get_self_assessment_items(self):
        """Return the answers once they may be read, which the record rules decide."""
        answers = self.env["performance.self.assessment.answer"].search_fetch(
            [
                ("assessment_id.review_id", "=", self.id),
                ("assessment_id.state", "=", "submitted"),
                ("answer", "!=", False),
            ],
            ["question_id", "answer"],
        )
        return [
            self._prepare_evidence_item(
                answer,
                answer.question_text,
                note=answer.answer.strip(),
                point={
                    "nature": "result",
                    "name": answer.answer.strip().splitlines()[0][: arguments.POINT_LIMIT],
                    "fact": self.env._(
                        "Self-assessment: “%(answer)s”", answer=answer.answer.strip()
                    ),
                },
            )
            for answer in answers
            if answer.answer.strip()
        ]
