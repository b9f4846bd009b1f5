"""Another target: proposed by the employee, or answered."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .portal_follow_up import PortalFollowUp

ANSWERS = {
    "accept": lambda proposal, word: proposal.action_accept(word),
    "decline": lambda proposal, word: proposal.action_decline(word),
    "withdraw": lambda proposal, _word: proposal.action_withdraw(),
}


class PortalTarget(PortalFollowUp):
    """The employee's part in changing a target; what was signed stays on the page beside it."""

    def _get_message(self, code):
        if code == "target":
            return request.env._("Your proposal is stored; your reviewer is told of it.")
        if code == "target_answered":
            return request.env._("Your answer is stored; both sides can read it.")
        return super()._get_message(code)

    def _get_lost_text(self, values):
        # A goal, or a proposal, that has been answered meanwhile has no form any more.
        form, typed = values["failed_form"], values["typed"]
        kind, _separator, record_id = (form or "").partition("-")
        talks = [row["talk"] for row in values.get("plan", {}).get("goals", ())]
        if kind == "target" and not any(
            talk["can_propose"] and str(talk["goal_id"]) == record_id for talk in talks
        ):
            return typed.get("reason")
        if kind == "answer_target" and not any(
            talk["open"] and str(talk["open"]["id"]) == record_id for talk in talks
        ):
            return typed.get("word")
        return super()._get_lost_text(values)

    @http.route(
        "/my/reviews/<int:review_id>/target",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_propose_target(self, review_id, **post):
        """Propose another target of a goal to the reviewer."""

        def propose(review):
            goal = request.env["performance.goal"].search(
                [
                    ("id", "=", self._read_id(post.get("goal_id"))),
                    ("agreement_id.review_id", "=", review.id),
                ]
            )
            if not goal:
                raise UserError(request.env._("Choose a goal of your plan."))
            figure = self._get_text(post, "target")
            goal.action_propose_target(
                self._read_number(figure) if figure else None,
                self._get_text(post, "date_deadline"),
                self._get_text(post, "reason"),
            )

        return self._handle(review_id, f"target-{post.get('goal_id')}", "target", post, propose)

    @http.route(
        "/my/reviews/<int:review_id>/target/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_answer_target(self, review_id, **post):
        """Accept or decline the reviewer's proposal, or withdraw the own one."""

        def answer(review):
            proposal = request.env["performance.target.proposal"].search(
                [
                    ("id", "=", self._read_id(post.get("proposal_id"))),
                    ("review_id", "=", review.id),
                ]
            )
            verb = ANSWERS.get(self._get_text(post, "answer"))
            if not proposal or not verb:
                raise UserError(request.env._("There is no such proposal any more."))
            verb(proposal, self._get_text(post, "word"))

        form = f"answer_target-{post.get('proposal_id')}"
        return self._handle(review_id, form, "target_answered", post, answer)
