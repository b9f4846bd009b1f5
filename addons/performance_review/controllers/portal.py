"""The employee's pages: finding one's own, what a refusal looks like, home, list, one review.

Every handler first finds the record as the user who is logged in, and only among that user's
own reviews: a reviewer or HR works in the back office. There are no access tokens. What the
steps of a review bring along stands in ``portal_<room>.py``.
"""

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal_page import ReviewPage

# Sections in which a refused form is shown again.
FORM_SECTIONS = {
    "pulse": "pulse",
    "confirm": "dialogue",
    "dispute": "agreement",
    "object": "agreement",
    "read_answer": "agreement",
    "appointment": "appointment",
    "companion": "participants",
    "progress": "checkpoints",
    "note": "checkpoints",
    "observe": "plan",
    "target": "plan",
    "answer_target": "plan",
    "one_to_one": "checkpoints",
}
# What one looks at after something has been done.
SHOWN_AFTER = {
    "signed": "agreement",
    "objected": "agreement",
    "progress": "checkpoints",
    "asked": "checkpoints",
}


class PerformancePortal(CustomerPortal):
    """The employee's pages, for portal and internal users alike."""

    # ------------------------------------------------------------------
    # Home and list
    # ------------------------------------------------------------------

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        reviews = request.env["performance.review"]
        if "performance_review_count" in counters:
            values["performance_review_count"] = reviews.search_count(
                self._get_own_reviews_domain()
            )
        if "performance_review_action_count" in counters:
            own = reviews.search(self._get_own_reviews_domain() & Domain("state", "!=", "done"))
            values["performance_review_action_count"] = sum(
                1 for action in own._get_next_actions().values() if not action["is_waiting"]
            )
        return values

    def _is_readonly(self, rule, args):
        """Say whether a replica may answer; right after a form only the primary knows."""
        return "done" not in request.httprequest.args

    @http.route(
        ["/my/reviews", "/my/reviews/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=_is_readonly,
    )
    def portal_my_reviews(self, page=1, done=None, **kwargs):
        """List the user's own reviews, newest first."""
        reviews = request.env["performance.review"]
        domain = self._get_own_reviews_domain()
        pager = portal_pager(
            url="/my/reviews",
            total=reviews.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        reviews = reviews.search_fetch(
            domain,
            ["name", "state", "cycle_id", "reviewer_id", "employee_user_id"],
            order="id desc",
            limit=self._items_per_page,
            offset=max(pager["offset"], 0),
        )
        actions = reviews._get_next_actions()
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "page_name": "performance_reviews",
                "cards": [
                    {
                        "review": review,
                        "review_sudo": review.sudo(),
                        "steps": review._get_step_states(),
                        "next": actions[review],
                    }
                    for review in reviews
                ],
                "pager": pager,
                "closure_text": reviews._get_own_closure(),
                "is_employee": bool(self._get_own_employee()),
                "message": self._get_message(done),
            }
        )
        return request.render("performance_review.portal_my_reviews", values)

    # ------------------------------------------------------------------
    # One review
    # ------------------------------------------------------------------

    @http.route(
        "/my/reviews/<int:review_id>",
        type="http",
        auth="user",
        website=True,
        readonly=_is_readonly,
    )
    def portal_review(self, review_id, done=None, open=None, **kwargs):
        """Show one review of the user; anybody else's leads back home.

        :param str done: code of what has just been done
        :param str open: code of a section to show unfolded
        """
        review = self._find_own_review(review_id)
        if not review:
            return request.redirect("/my")
        # Who has just signed wants to see the signature, and so on.
        opened = SHOWN_AFTER.get(done, open)
        return self._render_review(review, message=self._get_message(done), opened=opened)

    @http.route(
        "/my/reviews/<int:review_id>/section/<string:code>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_review_section(self, review_id, code, **kwargs):
        """Return the contents of one section, as the page asks for it when it is unfolded."""
        review = self._find_own_review(review_id)
        values = review and self._review_get_page_view_values(review, only=code)
        section = values and next(iter(values["sections"]), None)
        if not section:
            raise request.not_found()
        return request.render(
            "performance_review.portal_section_body", {**values, "section": section}
        )

    def _review_get_page_view_values(
        self,
        review,
        error=None,
        failed_form=None,
        typed=None,
        message=None,
        opened=None,
        only=None,
    ):
        """Return the values of the page of a review.

        A glue addon adds its own here, and its section in the model's ``_get_portal_sections``.

        :param review: a ``performance.review`` found by :meth:`_find_own_review`
        :param str error: why a form was refused
        :param str failed_form: name of the form, which is shown again as it was filled in
        :param dict typed: what had been typed into it
        :param str message: what has just been done
        :param str opened: code of a section to show unfolded
        :param str only: code of the one section that is wanted, unfolded
        :rtype: dict
        """
        # Of checkpoints there are many, each with a form of its own.
        form = (failed_form or "").partition("-")[0]
        opened = only or FORM_SECTIONS.get(form, opened)
        page = ReviewPage(review)
        if not only:
            page.read_ahead()
        sections = [
            {**section, "folded": section["folded"] and section["code"] != opened}
            for section in page.sections
            if not only or section["code"] == only
        ]
        values = {
            "page_name": "performance_review",
            "review": review,
            "review_sudo": review.sudo(),
            "reviewer_name": review._get_reviewer_name(),
            "steps": review._get_step_states(),
            "next": page.next_action,
            "sections": sections,
            "in_force": page.in_force,
            "dispute": review._get_dispute(),
            "meeting_start": request.env.user._say_moment(page.facts.meeting_start),
            "meeting_declined": page.facts.meeting_declined,
            "say_moment": request.env.user._say_moment,
            "today": page.today,
            "error": error,
            "failed_form": failed_form,
            "typed": typed or {},
            "message": message,
            "can_sign": False,
        }
        for section in sections:
            # What is folded is read when it is opened.
            section["is_lazy"] = section["folded"] and section.get("is_lazy", True)
            if not section["is_lazy"]:
                values.update(self._get_section_values(section["code"], page))
        return values

    def _get_section_values(self, code, page):
        """Return what the template of a section needs; the rooms answer for theirs.

        :param str code: of a section
        :param ReviewPage page: the review, and what has been read of it already
        :rtype: dict
        """
        return {}

    def _render_review(self, review, **kwargs):
        """Render the page of a review; the parameters of :meth:`_review_get_page_view_values`."""
        # First, for what the layout reads is read ahead with the rest.
        values = self._review_get_page_view_values(review, **kwargs)
        values = {**self._prepare_portal_layout_values(), **values}
        values["lost_text"] = self._get_lost_text(values)
        return request.render(
            "performance_review.portal_review", values, status=422 if values["error"] else 200
        )

    def _get_lost_text(self, values):
        """Return what was typed into a form that has disappeared from the page meanwhile."""
        return None

    def _get_message(self, code):
        """Return the sentence for what has just been done, by its code in the address."""
        return None

    # ------------------------------------------------------------------
    # Ground
    # ------------------------------------------------------------------

    def _get_own_reviews_domain(self):
        return Domain("employee_user_id", "=", request.env.uid)

    def _find_own_review(self, review_id):
        """Return the review of this id if the user is its employee and may read it, else none."""
        return request.env["performance.review"].search_fetch(
            self._get_own_reviews_domain() & Domain("id", "=", self._read_id(review_id))
        )

    def _check_own_review(self, review_id):
        """Return the user's own review.

        :raise UserError: one sentence for a foreign and for a missing review alike
        """
        review = self._find_own_review(review_id)
        if not review:
            raise UserError(request.env._("This review is not one of yours."))
        return review

    def _get_own_employee(self):
        """Return the ``hr.employee`` of the user in the current company, or in any."""
        user = request.env.user.sudo()
        return user.employee_id or user.employee_ids[:1]

    def _attempt(self, action):
        """Call ``action``; when it is refused undo what it wrote.

        :return: the sentence to show, or ``None`` when it went well
        :rtype: str | None
        """
        try:
            with request.env.cr.savepoint():
                action()
        except UserError as error:
            return str(error)
        return None

    def _handle(self, review_id, form, done, typed, action):
        """Answer a form: go back to the page, or show it again with what was typed.

        :param str form: name of the form, to fill it in again
        :param str done: code of the sentence to show afterwards
        :param dict typed: what was typed
        :param action: called with the review, raises ``UserError``
        """
        review = self._find_own_review(review_id)
        if not review:
            return request.redirect("/my")
        error = self._attempt(lambda: action(review))
        if error:
            return self._render_review(review, error=error, failed_form=form, typed=typed)
        return request.redirect(f"/my/reviews/{review_id}?done={done}")

    @staticmethod
    def _get_text(post, name):
        """Return what was typed into a field of a form, without blanks around it."""
        value = post.get(name)
        return value.strip() if isinstance(value, str) else ""

    @staticmethod
    def _read_id(value):
        """Return a positive database id, or 0 for anything else."""
        try:
            number = int(value)
        except (OverflowError, TypeError, ValueError):
            return 0
        return number if 0 < number < 2**31 else 0
