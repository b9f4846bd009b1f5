"""Preparation: the self-assessment, the figures of the period and the incidents of the year."""

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from ..tools.figures import say_number
from .portal import PerformancePortal

GOALS_OFFERED = 30


class PortalPreparation(PerformancePortal):
    """What the employee writes and reads before the dialogue."""

    def _get_message(self, code):
        if code == "submitted":
            return request.env._("Your self-assessment is handed in.")
        return super()._get_message(code)

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        review = page.review
        if code == "self_assessment":
            assessment = page.assessment
            sections = review._get_self_assessment_questions(assessment)
            texts = [row["text"] for section in sections for row in section["questions"]]
            values.update(
                {
                    "assessment": assessment,
                    "reveal_text": review._say_reveal(),
                    "can_write_assessment": review.state in ("preparation", "dialogue")
                    and assessment.state != "submitted",
                    "question_sections": sections,
                    "has_required": any(
                        row["is_required"] for section in sections for row in section["questions"]
                    ),
                    "answered": sum(1 for text in texts if text.strip()),
                    "question_count": len(texts),
                    **self._get_own_parts(page),
                }
            )
        elif code == "last_time":
            values["last_time"] = review.get_last_time()
        elif code == "figures":
            # Of the appraisal, once it is confirmed to the employee.
            goals = request.env["performance.goal"].search_fetch(
                [("appraisal_id", "=", review.sudo().appraisal_id.id)]
            )
            values["figures"] = page.draw_goals(goals, is_measured=False)
        elif code == "incidents":
            # The employee's own and those shared by others.
            cycle = review.sudo().cycle_id
            values["incidents"] = request.env["performance.incident"].search_fetch(
                [
                    ("employee_user_id", "=", request.env.uid),
                    ("date", ">=", cycle.date_start),
                    ("date", "<=", cycle.date_end),
                ]
            )
        return values

    def _get_own_parts(self, page):
        """Return figures, concerns and files of the self-assessment, as the employee reads them."""
        assessment = page.assessment
        goals = page.review._get_concern_goals()
        return {
            "own_figures": [
                {
                    **row,
                    "figure": f"{say_number(request.env, row['goal'].actual)} / {row['target']}",
                }
                for row in page.draw_goals(goals.filtered("appraisal_id"), is_measured=False)
            ],
            "concerns": page.review._draw_concerns(assessment, goals),
            "files": assessment.file_ids,
            "file_limits": request.env["performance.self.assessment.file"]._get_limits(),
        }

    # ------------------------------------------------------------------
    # Self-assessment
    # ------------------------------------------------------------------

    @http.route(
        "/my/reviews/<int:review_id>/self_assessment", type="jsonrpc", auth="user", website=True
    )
    def portal_save_self_assessment(self, review_id, changes=None, **kwargs):
        """Store texts while they are being typed.

        :param list[dict] changes: ``field`` (as in the model's ``_merge_texts``), ``text`` as it
            stands on the page, ``base`` as it stood when the page last agreed with the server
        :return: ``{"saved": [fields], "conflicts": {field: text on the server},
            "answered": int, "total": int}``, or ``{"error": sentence}``
        :rtype: dict
        """
        return self._save_own_texts(review_id, changes)

    @http.route(
        "/my/reviews/<int:review_id>/self_assessment/submit",
        type="jsonrpc",
        auth="user",
        website=True,
    )
    def portal_submit_self_assessment(self, review_id, changes=None, **kwargs):
        """Store all texts of the page and hand the self-assessment in.

        What was typed stays stored when the submission is refused.

        :param list[dict] changes: as in :meth:`portal_save_self_assessment`, of every field
        :return: ``{"redirect_url": str}``, or what was saved with ``conflicts`` or ``error``
        :rtype: dict
        """
        result = self._save_own_texts(review_id, changes)
        if "error" in result or result["conflicts"]:
            return result
        review = self._find_own_review(review_id)
        error = self._attempt(lambda: review._get_own_self_assessment().action_submit())
        if error:
            return {**result, "error": error}
        return {"redirect_url": f"/my/reviews/{review_id}?done=submitted"}

    def _save_own_texts(self, review_id, changes):
        result = {}

        def save():
            review = self._check_own_review(review_id)
            read = self._read_changes(changes)
            result.update(self._get_open_self_assessment(review)._merge_texts(read))

        error = self._attempt(save)
        return {"error": error} if error else result

    def _get_open_self_assessment(self, review):
        """Return the user's self-assessment of a review, made now if need be.

        :raise UserError: when its time is over
        """
        assessment = review._get_own_self_assessment()
        if not assessment:
            raise UserError(
                request.env._("The time for the self-assessment of this review is over.")
            )
        return assessment

    def _read_changes(self, changes):
        """Return ``(field, text, base)`` of every change, with line ends as browsers have them.

        :raise UserError: for anything that is no list of changes
        :rtype: list[tuple[str, str, str]]
        """
        try:
            return [
                (
                    str(change["field"]),
                    str.replace(change["text"], "\r\n", "\n"),
                    str.replace(change["base"], "\r\n", "\n"),
                )
                for change in changes or []
            ]
        except (KeyError, TypeError):
            raise UserError(request.env._("These texts cannot be read: reload the page.")) from None

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    @http.route(
        "/my/reviews/<int:review_id>/files",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_add_file(self, review_id, file=None, **post):
        """Add a file to the self-assessment.

        :param file: the file as the browser sends it
        :return: the list of files as HTML; with status 422 the sentence that refuses it
        """

        def add(assessment):
            name = getattr(file, "filename", None)
            if not name:
                raise UserError(request.env._("Choose a file first."))
            assessment._add_file(name, file.stream)

        return self._change_files(review_id, add)

    @http.route(
        "/my/reviews/<int:review_id>/files/<int:file_id>/remove",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_remove_file(self, review_id, file_id, **post):
        """Take a file out of the self-assessment; answers as :meth:`portal_add_file`."""
        return self._change_files(
            review_id,
            lambda assessment: assessment.file_ids.filtered(
                lambda file: file.id == file_id
            ).unlink(),
        )

    def _change_files(self, review_id, change):
        def attempt():
            review = self._check_own_review(review_id)
            change(self._get_open_self_assessment(review))

        error = self._attempt(attempt)
        if error:
            return request.make_response(
                error, [("Content-Type", "text/plain; charset=utf-8")], status=422
            )
        review = self._find_own_review(review_id)
        return request.render(
            "performance_review.portal_files",
            {
                "review": review,
                "files": review.self_assessment_ids.file_ids,
                "can_write_assessment": True,
            },
        )

    # ------------------------------------------------------------------
    # Incidents
    # ------------------------------------------------------------------

    @http.route("/my/incidents", type="http", auth="user", website=True, readonly=True)
    def portal_my_incidents(self, **kwargs):
        """Show the user's own notes, what others shared, and the two-button log."""
        return self._render_incidents()

    @http.route("/my/incidents/add", type="http", auth="user", website=True, methods=["POST"])
    def portal_add_incident(self, **post):
        """Note what happened; it stays private until its author shares it."""
        error = self._attempt(lambda: self._create_incident(post))
        if error:
            return self._render_incidents(error=error, typed=post)
        return request.redirect("/my/incidents")

    @http.route(
        "/my/incidents/<int:incident_id>/<any(share, delete):verb>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_change_incident(self, incident_id, verb, **post):
        """Share or delete a private note of the user's own."""

        def change():
            incident = request.env["performance.incident"].search(
                [
                    ("id", "=", self._read_id(incident_id)),
                    ("author_id", "=", request.env.uid),
                    ("shared", "=", False),
                ]
            )
            if not incident:
                raise UserError(
                    request.env._("This note is not yours, is shared already or no longer exists.")
                )
            if verb == "share":
                incident.action_share()
            else:
                incident.unlink()

        error = self._attempt(change)
        if error:
            return self._render_incidents(error=error)
        return request.redirect("/my/incidents")

    def _create_incident(self, post):
        employee = self._get_own_employee()
        if not employee:
            raise UserError(
                request.env._("Your user is not linked to an employee: ask HR to link it.")
            )
        vals = {name: self._get_text(post, name) for name in ("name", "polarity", "effect", "date")}
        vals["date"] = vals["date"] or fields.Date.context_today(employee)
        # What a list offers can be gone by the time the form comes back.
        themes, goals = self._get_incident_themes(), self._get_incident_goals()
        vals["theme_id"] = (themes & themes.browse(self._read_id(post.get("theme_id")))).id
        vals["goal_id"] = (goals & goals.browse(self._read_id(post.get("goal_id")))).id
        request.env["performance.incident"].create({**vals, "employee_id": employee.id})

    def _get_incident_themes(self):
        """Return the themes a note can name; portal users have no right to the list itself."""
        return request.env["performance.theme"].sudo().search([])

    def _get_incident_goals(self):
        """Return the user's own goals a note can name, those of today's agreement first."""
        return request.env["performance.goal"].search(
            [
                ("employee_user_id", "=", request.env.uid),
                "|",
                ("agreement_id", "=", False),
                ("agreement_id.is_in_force", "=", True),
            ],
            order="id desc",
            limit=GOALS_OFFERED,
        )

    def _render_incidents(self, error=None, typed=None):
        employee = self._get_own_employee()
        if not employee and not error:
            return request.redirect("/my")
        # Private notes about others, written by a manager, stay in the back office.
        incidents = request.env["performance.incident"].search(
            [("employee_user_id", "=", request.env.uid)], limit=200
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "page_name": "performance_incidents",
                "incidents": incidents,
                "error": error,
                "typed": typed or {},
                "today": fields.Date.context_today(incidents),
                "themes": self._get_incident_themes(),
                "goals": self._get_incident_goals(),
            }
        )
        return request.render(
            "performance_review.portal_my_incidents", values, status=422 if error else 200
        )
