"""Follow-up: the plan of both sides, its checkpoints and the employee's progress."""

import math

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.performance_commitment_behaviour import BEHAVIOURS
from ..tools.figures import say_figure
from .portal import PerformancePortal

# What a line of a checkpoint's form is made of; the rest of a field's name says which line.
NOTED = ("figure", "word", "done", "observed")


class PortalFollowUp(PerformancePortal):
    """The employee reads the plan and records progress on it."""

    def _get_message(self, code):
        if code == "progress":
            return request.env._("Your progress is stored; both sides can read it.")
        if code == "asked":
            return request.env._("The one-to-one is planned; your reviewer sees what it is about.")
        if code == "observed":
            return request.env._("What you saw is stored; both sides and HR can read it.")
        return super()._get_message(code)

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code in ("plan", "checkpoints"):
            # Both show the same plan: one reads it, the other records on it.
            values["plan"] = self._get_plan(page)
        if code == "plan":
            values["behaviours"] = self._draw_behaviours(page, values["plan"])
        if code == "checkpoints":
            values["subjects"] = self._draw_subjects(values["plan"])
            values["checkpoints"] = self._draw_checkpoints(page)
            values["can_ask"] = page.review.state == "follow_up" and not any(
                each.kind == "one_to_one" and each.state == "planned" for each in page.checkpoints
            )
        return values

    def _get_plan(self, page):
        """Return the plan in force, drawn once for all sections of a page."""
        if not hasattr(page, "plan"):
            page.plan = page.draw_plan(page.in_force)
        return page.plan

    def _draw_behaviours(self, page, plan):
        """Return the behaviours that can be observed now, as ``performance.commitment``."""
        if page.review.state != "follow_up":
            return []
        return [row["line"] for row in plan["mine"] if row["line"].kind in BEHAVIOURS]

    def _draw_subjects(self, plan):
        """Return what progress can be recorded on: key, text and unit, by group."""
        goals = [
            {
                "key": f"goal-{row['goal'].id}",
                "name": row["goal"].name,
                "unit": row["goal"].unit,
                "figure": row["actual"] or row["baseline"],
                "kind": "goal",
            }
            for row in plan["goals"]
        ]

        def commitments(rows):
            return [
                {
                    "key": f"commitment-{row['line'].id}",
                    "name": row["line"].name,
                    "unit": "%",
                    "figure": row["percent_text"],
                    "kind": "behaviour" if row["line"].kind in BEHAVIOURS else "duty",
                    "cue": row["line"].cue,
                    "asks_cue": bool(row["line"].cue) and not row["dots"],
                    "is_overdue": row["is_overdue"],
                }
                for row in rows
                # What is settled is not asked for any more.
                if row["line"].outcome == "open"
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
        if form == "one_to_one" and not values.get("can_ask"):
            return typed.get("topic")
        shown = [
            f"{'note' if row['is_nearest'] else 'progress'}-{row['checkpoint'].id}"
            for row in values.get("checkpoints", ())
            if row["can_record"] and values["subjects"]
        ]
        if form and form.startswith(("progress-", "note-")) and form not in shown:
            texts = [
                text for name, text in typed.items() if name.startswith(("figure", "word", "note"))
            ]
            return "\n".join(filter(None, texts))
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
        checkpoint = self._find_checkpoint(review, post)
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

    def _find_checkpoint(self, review, post):
        """Return the checkpoint a form of this review is about.

        :raise UserError: when there is none
        """
        checkpoint = request.env["performance.checkpoint"].search(
            [("id", "=", self._read_id(post.get("checkpoint_id"))), ("review_id", "=", review.id)]
        )
        if not checkpoint:
            raise UserError(
                request.env._("This checkpoint is not planned any more: choose another one.")
            )
        return checkpoint

    @http.route(
        "/my/reviews/<int:review_id>/note",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_note_checkpoint(self, review_id, **post):
        """Note the employee's part of a checkpoint, all lines of the plan at once."""
        return self._handle(
            review_id,
            f"note-{post.get('checkpoint_id')}",
            "progress",
            post,
            lambda review: self._find_checkpoint(review, post).action_note(self._read_lines(post)),
        )

    def _read_lines(self, post):
        """Return what was typed or ticked, line by line, as ``action_note`` takes it.

        :raise UserError: without any, and for a figure that is none
        """
        keys = dict.fromkeys(
            name.partition("_")[2] for name in post if name.partition("_")[0] in NOTED
        )
        lines = []
        for key in keys:
            figure = self._get_text(post, f"figure_{key}")
            line = {
                "note": self._get_text(post, f"word_{key}"),
                "figure": self._read_number(figure) if figure else None,
                "is_done": bool(post.get(f"done_{key}")),
                "observed": post.get(f"observed_{key}") or False,
            }
            if figure or any(line.values()):
                lines.append({"subject": key, **line})
        if not lines:
            raise UserError(request.env._("Type a figure, a note or both."))
        return lines

    @http.route(
        "/my/reviews/<int:review_id>/one_to_one",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_request_one_to_one(self, review_id, date=None, topic="", **post):
        """Ask the reviewer for a one-to-one."""
        return self._handle(
            review_id,
            "one_to_one",
            "asked",
            {"date": date, "topic": topic},
            lambda review: review.action_request_one_to_one(date, topic),
        )

    @http.route(
        "/my/reviews/<int:review_id>/observe",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_observe(self, review_id, **post):
        """Note that a behaviour was seen or missed on a day."""

        def observe(review):
            line = request.env["performance.commitment"].search(
                [
                    ("id", "=", self._read_id(post.get("commitment_id"))),
                    ("agreement_id.review_id", "=", review.id),
                ]
            )
            if not line:
                raise UserError(request.env._("Choose a behaviour of your plan."))
            line.action_observe(post.get("result"), post.get("date"), post.get("note"))

        return self._handle(review_id, "observe", "observed", post, observe)

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
