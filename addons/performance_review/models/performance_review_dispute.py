from odoo import api, fields, models
from odoo.tools.misc import format_date


class PerformanceReview(models.Model):
    """What is disputed, in sight of both sides and HR at once, and how it went (A6).

    Everything is read with the rights of the reader: whoever may not read a disputed version
    learns neither that there is one nor what became of it.
    """

    _inherit = "performance.review"

    dispute_title = fields.Char(string="Dispute", compute="_compute_dispute")
    dispute_text = fields.Text(string="Statement of the employee", compute="_compute_dispute")
    dispute_talk = fields.Char(string="Talk with HR", compute="_compute_dispute")
    dispute_history_html = fields.Html(
        string="How the dispute went", compute="_compute_dispute_history_html", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("agreement_ids.state", "agreement_ids.objection_on")
    def _compute_dispute(self):
        for review in self:
            dispute = review._get_dispute() or dict.fromkeys(("title", "text", "talk"), False)
            review.dispute_title = dispute["title"]
            review.dispute_text = dispute["text"]
            review.dispute_talk = dispute["talk"]

    def _get_dispute(self):
        """Return what waits for HR's answer, as far as the user may read it.

        :return: ``title`` (who disagrees with which version, since when), ``text``, the words of
            the employee, and ``talk``, when the three meet; ``None`` where nothing waits
        :rtype: dict | None
        """
        self.ensure_one()
        newest = self.readable_agreement_ids[:1]
        if not newest.waits_for_hr:
            return None
        is_objection = newest.state == "refused"
        moment = newest.objection_on if is_objection else newest.disputed_on
        names = {"employee": self.sudo().name, "n": newest.version}
        title = (
            self.env._("Version %(n)s: %(employee)s objects", **names)
            if is_objection
            else self.env._("Version %(n)s: %(employee)s disagrees", **names)
        )
        # The talk is private; the two who are invited to it and HR know when it is.
        mediation = self.env["performance.mediation"]._find_open(self)[:1]
        event = mediation.meeting_id.filtered("active")
        return {
            "title": f"{title} · {self._say_day(moment)}" if moment else title,
            "text": newest.objection if is_objection else newest.dispute_reason,
            "talk": self.env.user._say_moment(event.start) if event else False,
        }

    @api.depends_context("uid", "lang")
    @api.depends("agreement_ids.state", "agreement_ids.objection_on")
    def _compute_dispute_history_html(self):
        for review in self:
            history = review._get_dispute_history(review.readable_agreement_ids)
            review.dispute_history_html = review._render_dispute_history(history)

    def _render_dispute_history(self, history):
        """Return a history as HTML, ``False`` for an empty one."""
        return history and self.env["ir.qweb"]._render(
            "performance_review.dispute_history", {"history": history}
        )

    def _get_dispute_history(self, versions):
        """Return how it went with these versions, from the first to the last thing that was said.

        :param versions: ``performance.agreement`` of this review that the reader may read
        :return: entries of ``title``, ``when`` and ``text``; none where nobody disagreed
        :rtype: list[dict]
        """
        self.ensure_one()
        versions = versions.filtered("proposed_on").sorted("version")
        if not any(version.dispute_reason or version.refusal_kind for version in versions):
            return []
        return [entry for version in versions for entry in self._tell_version(version)]

    def _tell_version(self, version):
        """Return the entries of one version, see :meth:`_get_dispute_history`."""
        names = {"employee": self.sudo().name, "n": version.version}
        is_closed = bool(version.hr_statement)
        is_signed = bool(version.employee_signed_on and version.reviewer_signed_on)
        told = [
            (True, self.env._("Version %(n)s is proposed", **names), version.proposed_on, False),
            (
                version.dispute_reason,
                self.env._("Version %(n)s: %(employee)s disagrees", **names),
                version.disputed_on,
                version.dispute_reason,
            ),
            (
                is_closed,
                self.env._("HR closes version %(n)s, both statements are kept", **names),
                version.date_start,
                version.hr_statement,
            ),
            (
                version.refusal_kind,
                self.env._("Version %(n)s holds without the employee's signature", **names),
                version.refusal_on,
                version.refusal_reason,
            ),
            (
                version.objection,
                self.env._("Version %(n)s: %(employee)s objects", **names),
                version.objection_on,
                version.objection,
            ),
            (
                version.objection_answer,
                self.env._("HR answers the objection"),
                version.objection_answered_on,
                version.objection_answer,
            ),
            (
                is_signed and not is_closed,
                self.env._("Both have signed version %(n)s", **names),
                version.date_start,
                False,
            ),
        ]
        return [
            {"title": title, "when": self._say_day(moment), "text": text}
            for is_told, title, moment, text in told
            if is_told
        ]

    def _say_day(self, moment):
        """Return the reader's day of a date or of a UTC datetime, in words."""
        return format_date(self.env, moment) if moment else ""


class PerformanceAgreement(models.Model):
    """The same history, where one reads one of the versions it is about."""

    _inherit = "performance.agreement"

    dispute_history_html = fields.Html(
        string="How the dispute went", compute="_compute_dispute_history_html", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("state", "objection_on")
    def _compute_dispute_history_html(self):
        for agreement in self:
            # A first version that nobody minded costs no look at others.
            is_told = agreement.version > 1 or agreement.dispute_reason or agreement.refusal_kind
            agreement.dispute_history_html = is_told and agreement.review_id.dispute_history_html


class PerformanceMediation(models.Model):
    """The same history, for HR and for a mediator who reads nothing else of the review."""

    _inherit = "performance.mediation"

    dispute_history_html = fields.Html(
        string="How the dispute went", compute="_compute_dispute_history_html", sanitize=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("state")
    def _compute_dispute_history_html(self):
        for mediation in self:
            review = mediation.sudo().agreement_id.review_id
            history = review._get_dispute_history(review.agreement_ids)
            mediation.dispute_history_html = review._render_dispute_history(history)
