import math

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.performance_pulse import QUESTIONS
from .portal_page import (
    ReviewPage,
    count_actions,
    count_answers,
    get_cards,
    get_question_sections,
)

TEXT_LIMIT = 20_000  # characters of one answer: about eight printed pages
OWN_TEXTS = ("results", "agenda")


class PerformancePortal(CustomerPortal):
    """The employee's pages, for portal and internal users alike.

    Every handler first finds the record as the user who is logged in, and only among that
    user's own reviews: a reviewer or HR works in the back office. There are no access tokens.
    """

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "performance_review_count" in counters:
            values["performance_review_count"] = request.env["performance.review"].search_count(
                self._get_own_reviews_domain()
            )
        if "performance_review_action_count" in counters:
            values["performance_review_action_count"] = count_actions(
                request.env["performance.review"].search(
                    self._get_own_reviews_domain() & Domain("state", "!=", "done")
                )
            )
        return values

    @http.route(
        ["/my/reviews", "/my/reviews/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
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
        reviews = reviews.search(
            domain, order="id desc", limit=self._items_per_page, offset=max(pager["offset"], 0)
        )
        values = self._prepare_portal_layout_values()
        values.update(
            {
                "page_name": "performance_reviews",
                "cards": get_cards(reviews),
                "pager": pager,
                "is_employee": bool(self._get_own_employee()),
                "message": self._get_message(done),
            }
        )
        return request.render("performance_review.portal_my_reviews", values)

    @http.route(
        "/my/reviews/<int:review_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_review(self, review_id, done=None, **kwargs):
        """Show one review of the user; anybody else's leads back home."""
        review = self._find_own_review(review_id)
        if not review:
            return request.redirect("/my")
        # Who has just signed wants to see the signature.
        opened = "agreement" if done == "signed" else None
        return self._render_review(review, message=self._get_message(done), opened=opened)

    def _render_review(
        self, review, error=None, failed_form=None, typed=None, message=None, opened=None
    ):
        """Render the page of a review.

        :param review: a ``performance.review`` found by :meth:`_find_own_review`
        :param str error: why a form was refused
        :param str failed_form: name of the form, which is shown again as it was filled in
        :param dict typed: what had been typed into it
        :param str message: what has just been done
        :param str opened: code of a section to show unfolded
        """
        values = self._prepare_portal_layout_values()
        # A refused form is shown again where it stands.
        opened = opened or {"pulse": "pulse", "confirm": "dialogue"}.get(failed_form)
        values.update(ReviewPage(review, opened).get_values())
        values.update(
            {
                "page_name": "performance_review",
                "error": error,
                "failed_form": failed_form,
                "typed": typed or {},
                "message": message,
                "signer_name": request.env.user.name,
            }
        )
        values["lost_text"] = self._get_lost_text(values)
        return request.render(
            "performance_review.portal_review", values, status=422 if error else 200
        )

    def _get_lost_text(self, values):
        """Return what was typed into a form that has disappeared from the page meanwhile."""
        form, typed = values["failed_form"], values["typed"]
        if form == "dispute" and not values["can_sign"]:
            return typed.get("reason")
        shown = [
            f"progress-{row['checkpoint'].id}"
            for row in values["checkpoints"]
            if row["can_record"] and values["subjects"]
        ]
        if form and form.startswith("progress-") and form not in shown:
            return "\n".join(filter(None, [typed.get("figure"), typed.get("note")]))
        return None

    def _get_message(self, code):
        """Return the sentence for what has just been done, by its code in the address."""
        return {
            "submitted": request.env._("Your self-assessment is handed in."),
            "confirmed": request.env._("Thank you: you confirmed that the dialogue took place."),
            "signed": request.env._("Your signature is stored."),
            "disputed": request.env._(
                "Your disagreement is stored in your own words. HR will look into it."
            ),
            "progress": request.env._("Your progress is stored; both sides can read it."),
            "pulse": request.env._("Thank you. Your answers are counted without your name."),
        }.get(code)

    # ------------------------------------------------------------------
    # Self-assessment
    # ------------------------------------------------------------------

    @http.route(
        "/my/reviews/<int:review_id>/self_assessment", type="jsonrpc", auth="user", website=True
    )
    def portal_save_self_assessment(self, review_id, changes=None, **kwargs):
        """Store texts while they are being typed.

        :param list[dict] changes: ``field`` (id of a question as a string, ``"results"`` or
            ``"agenda"``), ``text`` as it stands on the page, ``base`` as it stood when the
            page last agreed with the server
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
        error = self._attempt(lambda: self._find_assessment(review).action_submit())
        if error:
            return {**result, "error": error}
        return {"redirect_url": f"/my/reviews/{review_id}?done=submitted"}

    def _save_own_texts(self, review_id, changes):
        result = {}

        def save():
            result.update(self._save_texts(self._check_own_review(review_id), changes or []))

        error = self._attempt(save)
        return {"error": error} if error else result

    def _find_assessment(self, review):
        return request.env["performance.self.assessment"].search([("review_id", "=", review.id)])

    def _save_texts(self, review, changes):
        """Write changed texts, except where somebody else changed them in the meantime.

        :raise UserError: once submitted, in a later step, for an unknown or too long text
        :rtype: dict
        """
        assessment = self._find_assessment(review) or review._get_own_self_assessment()
        if not assessment:
            raise UserError(
                request.env._("The time for the self-assessment of this review is over.")
            )
        if assessment.state == "submitted":
            raise UserError(
                request.env._(
                    "Your self-assessment is handed in already, perhaps in another window: it "
                    "can no longer be changed."
                )
            )
        answers = {str(answer.question_id.id): answer for answer in assessment.answer_ids}
        saved, conflicts = [], {}
        for field, text, base in self._read_changes(changes):
            if field in OWN_TEXTS:
                record, name = assessment, field
            elif field in answers:
                record, name = answers[field], "answer"
            else:
                raise UserError(request.env._("This question is no longer asked: reload the page."))
            stored = record[name] or ""
            if stored in (text, base):
                if stored != text:
                    record.write({name: text})
                saved.append(field)
            else:
                conflicts[field] = stored
        answered, total = count_answers(get_question_sections(review, assessment))
        return {"saved": saved, "conflicts": conflicts, "answered": answered, "total": total}

    def _read_changes(self, changes):
        """Return ``(field, text, base)`` of every change, with line ends as browsers have them.

        :raise UserError: for anything that is no list of changes, and for too long a text
        :rtype: list[tuple[str, str, str]]
        """
        try:
            result = [
                (
                    str(change["field"]),
                    change["text"].replace("\r\n", "\n"),
                    change["base"].replace("\r\n", "\n"),
                )
                for change in changes
            ]
        except (AttributeError, KeyError, TypeError):
            raise UserError(request.env._("These texts cannot be read: reload the page.")) from None
        for _field, text, _base in result:
            self._check_length(text)
        return result

    # ------------------------------------------------------------------
    # Dialogue
    # ------------------------------------------------------------------

    @http.route(
        "/my/reviews/<int:review_id>/confirm",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_confirm_dialogue(self, review_id, dialogue_id=None, **post):
        """Confirm that a dialogue took place."""

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
            name: int(post[name]) if (post.get(name) or "").isdecimal() else None
            for name in QUESTIONS
        }
        error = self._attempt(lambda: review.action_give_pulse(answers))
        if error:
            return self._render_review(review, error=error, failed_form="pulse", typed=post)
        return request.redirect("/my/reviews?done=pulse")

    # ------------------------------------------------------------------
    # Agreement
    # ------------------------------------------------------------------

    @http.route("/my/reviews/<int:review_id>/sign", type="jsonrpc", auth="user", website=True)
    def portal_sign(
        self,
        review_id,
        agreement_id=None,
        fingerprint=None,
        stance=None,
        name=None,
        signature=None,
        **kwargs,
    ):
        """Sign the agreement as the user who is logged in.

        :param int agreement_id: the version on the page
        :param str fingerprint: of its content, as the page was rendered
        :param str stance: ``"agree"`` or ``"acknowledge"``
        :param str name: typed name
        :param str signature: base64 of a PNG; none when the typed name is the signature
        :return: ``{"force_refresh": True, "redirect_url": str}`` or ``{"error": sentence}``
        :rtype: dict
        """

        def sign():
            review = self._check_own_review(review_id)
            agreement = self._find_proposed(review, agreement_id)
            # Without a name the verb would take the user's: here it has to be typed.
            agreement.action_sign(signature or None, name or "", stance, fingerprint)

        error = self._attempt(sign)
        if error:
            return {"error": error}
        return {
            "force_refresh": True,
            "redirect_url": f"/my/reviews/{review_id}?done=signed",
        }

    @http.route(
        "/my/reviews/<int:review_id>/dispute",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_dispute(self, review_id, agreement_id=None, fingerprint=None, reason="", **post):
        """Store the employee's disagreement, in the employee's words."""

        def dispute(review):
            self._check_length(reason)
            self._find_proposed(review, agreement_id).action_dispute(reason, fingerprint)

        return self._handle(review_id, "dispute", "disputed", {"reason": reason}, dispute)

    @http.route("/my/reviews/<int:review_id>/agreement.pdf", type="http", auth="user", website=True)
    def portal_agreement_pdf(self, review_id, version=None, **kwargs):
        """Download a version of the agreement, by default the newest the user may read."""
        review = self._find_own_review(review_id)
        if not review:
            return request.redirect("/my")
        domain = Domain("review_id", "=", review.id)
        if version:
            domain &= Domain("version", "=", self._read_id(version))
        agreement = request.env["performance.agreement"].search(
            domain, order="version desc", limit=1
        )
        if not agreement:
            return request.redirect(f"/my/reviews/{review_id}")
        agreement.check_access("read")
        content, _kind = (
            request.env["ir.actions.report"]
            .sudo()
            ._render_qweb_pdf("performance_review.action_report_agreement", agreement.ids)
        )
        filename = f"{agreement._get_print_name()}.pdf"
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(filename)),
                ("Cache-Control", "no-store"),
            ],
        )

    def _find_proposed(self, review, agreement_id):
        """Return the version on the page, if it is still up for signing.

        :raise UserError: withdrawn or superseded since the page was opened
        """
        agreement = request.env["performance.agreement"].search(
            [
                ("id", "=", self._read_id(agreement_id)),
                ("review_id", "=", review.id),
                ("state", "=", "proposed"),
            ]
        )
        if not agreement:
            raise UserError(
                request.env._(
                    "This version of the agreement is not up for signing any more: your manager "
                    "has withdrawn or replaced it. Reload the page to see where things stand."
                )
            )
        return agreement

    # ------------------------------------------------------------------
    # Follow-up
    # ------------------------------------------------------------------

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
        if checkpoint.state != "planned":
            raise UserError(
                request.env._("This checkpoint is not planned any more: choose another one.")
            )
        kind, _separator, subject_id = (post.get("subject") or "").partition("-")
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
        note = self._check_length((post.get("note") or "").strip())
        vals = {"checkpoint_id": checkpoint.id, f"{kind}_id": subject.id, "note": note}
        if (post.get("figure") or "").strip():
            figure = self._read_number(post["figure"])
            if kind == "commitment" and not 0 <= figure <= 100:
                raise UserError(request.env._("Progress lies between 0 and 100 %."))
            vals["value" if kind == "goal" else "percent"] = figure
        elif not note:
            raise UserError(request.env._("Type a figure, a note or both."))
        request.env["performance.progress"].create(vals)

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
        employee = self._get_own_employee()
        error = self._attempt(lambda: self._create_incident(employee, post))
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
                    ("id", "=", incident_id),
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

    def _create_incident(self, employee, post):
        if not employee:
            raise UserError(
                request.env._("Your user is not linked to an employee: ask HR to link it.")
            )
        name = (post.get("name") or "").strip()
        if not name:
            raise UserError(request.env._("Say in one sentence what happened."))
        effect = self._check_length((post.get("effect") or "").strip())
        if post.get("polarity") not in ("positive", "negative"):
            raise UserError(request.env._("Choose “Went well” or “Went wrong”."))
        try:
            date = fields.Date.to_date(post.get("date")) or fields.Date.context_today(employee)
        except ValueError:
            raise UserError(request.env._("This is not a date.")) from None
        if date > fields.Date.context_today(employee):
            raise UserError(request.env._("An incident lies in the past: choose another date."))
        request.env["performance.incident"].create(
            {
                "employee_id": employee.id,
                "polarity": post["polarity"],
                "name": name,
                "effect": effect,
                "date": date,
            }
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
            }
        )
        return request.render(
            "performance_review.portal_my_incidents", values, status=422 if error else 200
        )

    # ------------------------------------------------------------------
    # Ground
    # ------------------------------------------------------------------

    def _get_own_reviews_domain(self):
        return Domain("employee_user_id", "=", request.env.uid)

    def _find_own_review(self, review_id):
        """Return the review of this id if the user is its employee and may read it, else none."""
        review = request.env["performance.review"].search(
            self._get_own_reviews_domain() & Domain("id", "=", review_id)
        )
        review.check_access("read")
        return review

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

    def _check_length(self, text):
        """Return ``text``.

        :raise UserError: beyond :data:`TEXT_LIMIT` characters
        """
        if len(text) > TEXT_LIMIT:
            raise UserError(
                request.env._(
                    "This text has %(length)s characters; %(limit)s are possible: shorten it.",
                    length=len(text),
                    limit=TEXT_LIMIT,
                )
            )
        return text

    @staticmethod
    def _read_id(value):
        """Return a positive database id, or 0 for anything else."""
        try:
            number = int(value)
        except (TypeError, ValueError):
            return 0
        return number if 0 < number < 2**31 else 0

    def _read_number(self, value):
        """Return a typed figure; both "3.5" and "3,5" are understood.

        :raise UserError: for anything that is not a finite number
        :rtype: float
        """
        try:
            number = float((value or "").strip().replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise UserError(request.env._("Type a number for your progress, for example 3.5."))
        return number
