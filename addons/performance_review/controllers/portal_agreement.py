"""Agreement: reading it, three ways to answer it, and its minutes."""

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import content_disposition, request

from .portal import PerformancePortal


class PortalAgreement(PerformancePortal):
    """The employee signs, acknowledges or disagrees."""

    def _get_message(self, code):
        if code == "signed":
            return request.env._("Your signature is stored.")
        if code == "disputed":
            return request.env._(
                "Your disagreement is stored in your own words. HR will look into it."
            )
        if code == "objected":
            return request.env._("Your objection is stored in your own words. HR answers it.")
        if code == "answer_read":
            return request.env._("You have read HR's answer.")
        return super()._get_message(code)

    def _get_section_values(self, code, page):
        values = super()._get_section_values(code, page)
        if code == "agreement":
            agreement = page.agreement
            can_sign = bool(agreement) and agreement.can_sign
            page.facts.agreements._fetch_signed()
            values.update(
                {
                    "agreement": agreement,
                    "earlier_agreements": page.facts.agreements - agreement,
                    # What is up for signing or signed, as the model shows it everywhere.
                    "shown": {
                        version.id: version._get_shown_content(with_frame=False)
                        for version in page.facts.agreements
                    },
                    "changes": agreement and agreement._get_changes(),
                    "dispute_history": page.review._get_dispute_history(page.facts.agreements),
                    "can_sign": can_sign,
                    "fingerprint": agreement.fingerprint if can_sign else "",
                    "signer_name": request.env.user.name,
                    "cues": agreement._get_cues() if can_sign else [],
                }
            )
        return values

    def _get_lost_text(self, values):
        if values["failed_form"] == "dispute" and not values["can_sign"]:
            return values["typed"].get("reason")
        if values["failed_form"] == "object" and not values["agreement"].can_object:
            return values["typed"].get("statement")
        return super()._get_lost_text(values)

    @http.route("/my/reviews/<int:review_id>/sign", type="jsonrpc", auth="user", website=True)
    def portal_sign(
        self,
        review_id,
        agreement_id=None,
        fingerprint=None,
        stance=None,
        name=None,
        signature=None,
        cues_read=False,
        **kwargs,
    ):
        """Sign the agreement as the user who is logged in.

        :param int agreement_id: the version on the page
        :param str fingerprint: of its content, as the page was rendered
        :param str stance: ``"agree"`` or ``"acknowledge"``
        :param str name: typed name
        :param str signature: base64 of a PNG; none when the typed name is the signature
        :param bool cues_read: whether the if-then plans were ticked as read
        :return: ``{"force_refresh": True, "redirect_url": str}`` or ``{"error": sentence}``
        :rtype: dict
        """

        def sign():
            review = self._check_own_review(review_id)
            agreement = self._find_version(review, agreement_id, "proposed")
            # Without a name the verb would take the user's: here it has to be typed.
            agreement.action_sign(
                signature or None, name or "", stance, fingerprint, cues_read is True
            )

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
            self._find_version(review, agreement_id, "proposed").action_dispute(reason, fingerprint)

        return self._handle(review_id, "dispute", "disputed", {"reason": reason}, dispute)

    @http.route(
        "/my/reviews/<int:review_id>/object",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_object(self, review_id, agreement_id=None, statement="", **post):
        """Store the employee's objection to what holds without the own signature."""

        def object_to(review):
            self._find_version(review, agreement_id, "refused").action_object(statement)

        return self._handle(review_id, "object", "objected", {"statement": statement}, object_to)

    @http.route(
        "/my/reviews/<int:review_id>/read_answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_read_answer(self, review_id, agreement_id=None, **post):
        """Note that the employee has read what HR answered."""

        def read(review):
            self._find_version(review, agreement_id, "closed_by_hr", "refused").action_read_answer()

        return self._handle(review_id, "read_answer", "answer_read", {}, read)

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

    def _find_version(self, review, agreement_id, *states):
        """Return the version on the page, if it is still in a state that was shown.

        :raise UserError: withdrawn or superseded since the page was opened
        """
        agreement = request.env["performance.agreement"].search(
            [
                ("id", "=", self._read_id(agreement_id)),
                ("review_id", "=", review.id),
                ("state", "in", states),
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
