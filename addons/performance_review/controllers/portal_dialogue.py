"""Dialogue: what was talked about, the employee's confirmation and the anonymous questions."""

from functools import partial

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from ..models.performance_pulse import QUESTIONS
from ..tools.figures import say_figure
from .portal import PerformancePortal


class PortalDialogue(PerformancePortal):
    """What the employee reads of the dialogue once it is over, and says about it."""

    def _get_message(self, code):
        if code == "confirmed":
            return request.env._("Thank you: you confirmed that the dialogue took place.")
        if code == "pulse":
            return request.env._("Thank you. Your answers are counted without your name.")
        return super()._get_message(code)

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code in ("dialogue", "topics"):
            values["dialogues"] = page.facts.dialogues
            values["say_figure"] = partial(say_figure, page.env)
        elif code == "hints":
            newest = page.facts.dialogues[:1]
            values["hints"] = newest.get_hints() if newest else []
        elif code == "points":
            values["points"] = self._draw_points(page.review)
        elif code == "pulse":
            questions = request.env["performance.pulse"]._get_questions()
            values["pulse_questions"] = list(questions.items())
            values["pulse_minimum"] = page.review.sudo().cycle_id.pulse_minimum
        return values

    def _draw_points(self, review):
        """Return the reviewer's points by kind, once the dialogue is over.

        :rtype: list[dict]
        """
        points = request.env["performance.point"].search_fetch([("review_id", "=", review.id)])
        # A link shows the name of its goal, which is the employee's to read only once confirmed.
        goals = request.env["performance.goal"].search_fetch(
            [("id", "in", points.goal_id.ids)], ["name"]
        )
        labels = {
            "strength": request.env._("Strengths"),
            "gap": request.env._("Gaps"),
            "support": request.env._("Supports"),
        }
        by_kind = points.grouped("kind")
        return [
            {
                "label": label,
                "kind": kind,
                "rows": [
                    {"point": point, "goal": point.goal_id if point.goal_id in goals else False}
                    for point in by_kind[kind]
                ],
            }
            for kind, label in labels.items()
            if kind in by_kind
        ]

    @http.route(
        "/my/reviews/<int:review_id>/confirm",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_confirm_dialogue(self, review_id, dialogue_id=None, estimate=None, **post):
        """Confirm that a dialogue took place, and say how much one spoke oneself, if one likes."""

        def confirm(review):
            dialogue = request.env["performance.dialogue"].search(
                [("id", "=", self._read_id(dialogue_id)), ("review_id", "=", review.id)]
            )
            if not dialogue:
                raise UserError(
                    request.env._(
                        "There is no dialogue to confirm: your manager has opened it again."
                    )
                )
            if estimate:
                dialogue.action_estimate(estimate)
            dialogue.action_confirm()

        return self._handle(review_id, "confirm", "confirmed", post, confirm)

    @http.route("/my/pulse", type="http", auth="user", website=True, methods=["POST"])
    def portal_give_pulse(self, cycle_id=None, **post):
        """Count the four anonymous answers.

        Neither this address nor the one that follows it names a review: both stand in the
        server's log, with the time.
        """
        review = request.env["performance.review"].search(
            self._get_own_reviews_domain() & Domain("cycle_id", "=", self._read_id(cycle_id))
        )
        if not review:
            return request.redirect("/my")
        answers = {
            name: int(post[name]) if str(post.get(name)).isdecimal() else None for name in QUESTIONS
        }
        error = self._attempt(lambda: review.action_give_pulse(answers))
        if error:
            return self._render_review(review, error=error, failed_form="pulse", typed=post)
        return request.redirect("/my/reviews?done=pulse")
