from odoo import api, models
from odoo.tools import format_date


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
        return [
            {
                "code": "kpi",
                "label": self.env._("KPIs"),
                "sequence": 10,
                "items": self._get_kpi_items(appraisals),
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
    def _prepare_evidence_item(self, record, title, figure="", unit="", series=(), note=""):
        """Return one item of a source of evidence.

        :param record: what it comes from; one record, or an empty one
        :param str title: what it is about
        :param figure: number or word that says how it went
        :param str unit: of the figure
        :param series: numbers of earlier periods, the oldest first, the figure's own last
        :param str note: a line more, for whoever wants to know
        :rtype: dict
        """
        return {
            "title": title,
            "figure": figure,
            "unit": unit,
            "series": list(series),
            "note": note,
            "url": f"/odoo/{record._name}/{record.id}" if record else "",
            "record": record,
        }

    # ------------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------------

    def _get_evidence_appraisals(self):
        """Return the result of this period and the confirmed ones before it, oldest first."""
        current = self.sudo().appraisal_id
        found = self.env["performance.appraisal"].search(
            [
                ("employee_id", "=", self.sudo().employee_id.id),
                ("date_end", "<=", (current or self.sudo().cycle_id).date_end),
            ],
            order="date_end, id",
        )
        return found.filtered(
            lambda appraisal: appraisal.state == "confirmed" or appraisal.id == current.id
        )

    def _get_kpi_items(self, appraisals):
        goals = self.env["performance.goal"].search_fetch(
            [("appraisal_id", "in", appraisals.ids)],
            ["name", "unit", "actual", "target", "achievement", "appraisal_id"],
        )
        by_appraisal = goals.grouped(lambda goal: goal.appraisal_id.id)
        series = {}
        for appraisal in appraisals:
            for goal in by_appraisal.get(appraisal.id, ()):
                # A KPI is known by what it is called: every period has records of its own.
                series.setdefault((goal.name, goal.unit), []).append(round(goal.achievement, 1))
        return [
            self._prepare_evidence_item(
                goal,
                goal.name,
                figure=round(goal.achievement, 1),
                unit="%",
                series=series[goal.name, goal.unit],
                note=self.env._(
                    "%(actual)g of %(target)g %(unit)s",
                    actual=goal.actual,
                    target=goal.target,
                    unit=goal.unit or "",
                ).strip(),
            )
            for goal in by_appraisal.get(self.sudo().appraisal_id.id, ())
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
            )
            for incident in incidents
        ]

    def _get_commitment_items(self):
        lines = self._get_last_commitments()
        history = self.env["performance.progress"]._get_history("commitment_id", lines)
        kinds = dict(lines._fields["kind"]._description_selection(self.env))
        outcomes = dict(lines._fields["outcome"]._description_selection(self.env))
        return [
            self._prepare_evidence_item(
                line,
                line.name,
                figure=outcomes[line.outcome],
                series=[entry.percent for entry in history[line]],
                note=kinds[line.kind],
            )
            for line in lines
        ]

    def _get_self_assessment_items(self):
        """Return the answers once they may be read, which the record rules decide."""
        assessment = self.env["performance.self.assessment"].search(
            [("review_id", "=", self.id), ("state", "=", "submitted")]
        )
        answers = self.env["performance.self.assessment.answer"].search(
            [("assessment_id", "in", assessment.ids), ("answer", "!=", False)]
        )
        return [
            self._prepare_evidence_item(answer, answer.question_text, note=answer.answer.strip())
            for answer in answers
            if answer.answer.strip()
        ]
