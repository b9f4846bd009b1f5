import base64
from datetime import datetime, time

from odoo import fields

from ..story import company
from .teller import Teller


class Preparation(Teller):
    """Sheet, notes, appointment and self-assessment of one review."""

    def _prepare(self, review, told, submitted):
        """Write the sheet, the self-assessment, private notes and book the appointment.

        :param int submitted: day on which the self-assessment is handed in
        """
        kpis = {goal.name: goal.id for goal in review.appraisal_id.goal_ids}
        incidents = self._find_incidents(review)
        self._act_as_reviewer(review, self.env["performance.point"]).create(
            [
                {
                    "review_id": review.id,
                    "kind": kind,
                    "sequence": number,
                    **self._get_words(point),
                    "nature": point.nature,
                    "theme_id": self._theme(point.theme),
                    "goal_id": kpis.get(point.kpi),
                    "incident_id": incidents.get(self._theme(point.theme))
                    if kind == "gap"
                    else False,
                }
                for kind, points in told["points"].items()
                for number, point in enumerate(points)
            ]
        )
        self._act_as_reviewer(review, self.env["performance.note"]).create(
            [{"review_id": review.id, "body": body} for body in told.get("notes", ())]
        )
        if "submitted" in told:
            self._assess(review, told, submitted)
        if "meeting" in told:
            self._act_as_reviewer(review, self.env["performance.review.meeting"]).create(
                {
                    "review_id": review.id,
                    "date_start": datetime.combine(self._workday(told["meeting"]), time(6)),
                    "location": "二楼小会议室",
                }
            ).action_confirm()

    def _get_words(self, point):
        """Return name and fact of a point, those of the library where it was taken from there."""
        if not point.library:
            return {"name": point.name, "fact": point.fact}
        entry = self._get("support", point.library)
        return {"name": entry.name, "fact": entry.description}

    def _fill_library(self):
        """Put the company's own supports into the library all managers share."""
        for key, told in company.LIBRARY.items():
            entry = self.env["performance.support.template"].create(
                {
                    "name": told.name,
                    "description": told.description,
                    "category": told.category,
                    "theme_ids": [fields.Command.link(self._theme(theme)) for theme in told.themes],
                    "company_id": self.env.ref("base.main_company").id,
                }
            )
            self._name_record(f"demo_support_{key}", entry)

    def _find_incidents(self, review):
        """Return the ids of shared incidents that went wrong, by id of their theme."""
        incidents = self.env["performance.incident"].search(
            [
                ("employee_id", "=", review.employee_id.id),
                ("polarity", "=", "negative"),
                ("shared", "=", True),
            ]
        )
        return {incident.theme_id.id: incident.id for incident in incidents}

    def _assess(self, review, told, submitted):
        assessment = self._act_as_employee(review, self.env["performance.self.assessment"]).create(
            {
                "review_id": review.id,
                "results": told.get("results", ""),
                "agenda": told.get("agenda", ""),
            }
        )
        answers = assessment.answer_ids.sorted(lambda line: (line.section_rank, line.sequence))
        for number, text in told["answers"]:
            answers[number].answer = text
        kpis = {goal.name: goal.id for goal in review.appraisal_id.goal_ids}
        self._act_as_employee(review, self.env["performance.concern"]).create(
            [
                {
                    "assessment_id": assessment.id,
                    "goal_id": kpis[concern.kpi],
                    "kind": concern.kind,
                    "note": concern.note,
                    "theme_id": self._theme(concern.theme),
                }
                for concern in told.get("concerns", ())
            ]
        )
        self._act_as_employee(review, self.env["performance.self.assessment.file"]).create(
            [
                {
                    "assessment_id": assessment.id,
                    "name": name,
                    "content": base64.b64encode(text.encode()),
                }
                for name, text in told.get("files", ())
            ]
        )
        if told["submitted"]:
            assessment.action_submit()
            self._backdate(assessment, submitted_on=self._moment(submitted))
