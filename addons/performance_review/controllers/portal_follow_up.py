"""Follow-up: the plan of both sides, its checkpoints and the employee's progress."""

import math

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..tools.figures import say_figure
from .portal import PerformancePortal


class PortalFollowUp(PerformancePortal):
    """The employee reads the plan and records progress on it."""

    def _get_message(self, code):
        if code == "progress":
            return request.env._("Your progress is stored; both sides can read it.")
        return super()._get_message(code)

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code in ("plan", "checkpoints"):
            # Both show the same plan: one reads it, the other records on it.
            values["plan"] = self._get_plan(page)
        if code == "checkpoints":
            values["subjects"] = self._draw_subjects(values["plan"])
            values["checkpoints"] = self._draw_checkpoints(page)
        return values

    def _get_plan(self, page):
        """Return the plan in force, drawn once for all sections of a page."""
        if not hasattr(page, "plan"):
            page.plan = page.draw_plan(page.in_force)
        return page.plan

    def _draw_subjects(self, plan):
        """Return what progress can be recorded on: key, text and unit, by group."""
        goals = [
            {"key": f"goal-{row['goal'].id}", "name": row["goal"].name, "unit": row["goal"].unit}
            for row in plan["goals"]
        ]

        def commitments(rows):
            return [
                {"key": f"commitment-{row['line'].id}", "name": row["line"].name, "unit": "%"}
                for row in rows
            ]

        groups = [
            (request.env._("Goals"), goals),
            (request.env._("What I owe"), commitments(plan["mine"])),
            (request.env._("What others owe"), commitments(plan["theirs"])),
        ]
        return [(label, rows) for label, rows in groups if rows]

    def _draw_checkpoints(self, page):
        """Return the dates of the follow-up with what both sides recorded on them."""
        env = page.env
        checkpoints = page.checkpoints
        recorded = page.progress.grouped("checkpoint_id")
        nearest = checkpoints.filtered(lambda checkpoint: checkpoint.state == "planned")[:1]
        rows = []
        for checkpoint in checkpoints:
            entries = []
            for progress in recorded.get(checkpoint, page.progress.browse()).sorted("id"):
                goal, line = progress.goal_id.sudo(), progress.commitment_id.sudo()
                figure = progress.value if goal else progress.percent
                entries.append(
                    {
                        "progress": progress,
                        "author": self._get_author_name(page, progress),
                        "is_mine": progress.author_id == env.user,
                        "subject": goal.name or line.name,
                        "figure": say_figure(env, figure, goal.unit if goal else "%"),
                    }
                )
            rows.append(
                {
                    "checkpoint": checkpoint,
                    "entries": entries,
                    "is_nearest": checkpoint == nearest,
                    "can_record": checkpoint.state == "planned"
                    and page.review.state == "follow_up",
                }
            )
        return rows

    def _get_author_name(self, page, progress):
        """Return who else recorded something; the reviewer's name is known from the card."""
        if progress.author_id == page.env.user:
            return ""
        if progress.author_id == page.review.sudo().reviewer_user_id:
            return page.review._get_reviewer_name()
        return progress.sudo().author_id.name

    def _get_lost_text(self, values):
        form, typed = values["failed_form"], values["typed"]
        shown = [
            f"progress-{row['checkpoint'].id}"
            for row in values.get("checkpoints", ())
            if row["can_record"] and values["subjects"]
        ]
        if form and form.startswith("progress-") and form not in shown:
            return "\n".join(filter(None, [typed.get("figure"), typed.get("note")]))
        return super()._get_lost_text(values)

    @http.route(
        "/my/reviews/<int:review_id>/progress",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_record_progress(self, review_id, **post):
        """Record the employee's progress on a goal or a commitment."""
        return self._handle(
            review_id,
            f"progress-{post.get('checkpoint_id')}",
            "progress",
            post,
            lambda review: self._record_progress(review, post),
        )

    def _record_progress(self, review, post):
        """Create a ``performance.progress`` with the user's own rights.

        :param dict post: ``checkpoint_id``, ``subject`` ("goal-<id>" or "commitment-<id>"),
            ``figure`` (in the goal's unit, or percent; without it the last one stays) and
            ``note``
        :raise UserError: naming what is wrong
        """
        checkpoint = request.env["performance.checkpoint"].search(
            [("id", "=", self._read_id(post.get("checkpoint_id"))), ("review_id", "=", review.id)]
        )
        if not checkpoint:
            raise UserError(
                request.env._("This checkpoint is not planned any more: choose another one.")
            )
        kind, _separator, subject_id = self._get_text(post, "subject").partition("-")
        model = {"goal": "performance.goal", "commitment": "performance.commitment"}.get(kind)
        subject = model and request.env[model].search(
            [
                ("id", "=", self._read_id(subject_id)),
                ("agreement_id.review_id", "=", review.id),
            ]
        )
        if not subject:
            raise UserError(
                request.env._("Choose a goal or a commitment of your plan to record progress on.")
            )
        note = self._get_text(post, "note")
        vals = {"checkpoint_id": checkpoint.id, f"{kind}_id": subject.id, "note": note}
        if figure := self._get_text(post, "figure"):
            figure = self._read_number(figure)
            if kind == "commitment" and not 0 <= figure <= 100:
                raise UserError(request.env._("Progress lies between 0 and 100%."))
            vals["value" if kind == "goal" else "percent"] = figure
        request.env["performance.progress"].create(vals)

    def _read_number(self, value):
        """Return a typed figure; both "3.5" and "3,5" are understood.

        :raise UserError: for anything that is not a finite number
        :rtype: float
        """
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise UserError(request.env._("Type a number for your progress, for example 3.5."))
        return number
