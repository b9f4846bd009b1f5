from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_date

from ..tools import balance, closure
from ..tools.agenda import share
from ..tools.sparkline import sparkline
from .performance_outline_question import SECTIONS


class PerformanceMirror(models.Model):
    """How somebody led a talk (O4): a private card for that person alone.

    Written when the dialogue is over, for whoever led it; it holds figures and no words, and
    stays with that person when the review is handed over. HR, the managers above, the employee
    and the next reviewer get none of it. No ranking is made of it, and no pay.
    """

    _name = "performance.mirror"
    _description = "Mirror of a talk"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "date desc, id desc"

    user_id = fields.Many2one(
        "res.users", string="Led by", required=True, index=True, ondelete="cascade"
    )
    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    cycle_id = fields.Many2one("performance.cycle", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True)
    date = fields.Date(required=True, index=True)
    duration = fields.Float(string="Length (minutes)", aggregator="avg")
    is_measured = fields.Boolean(string="Talk time was counted")
    employee_share = fields.Float(string="Employee's talk share (%)", aggregator="avg")
    employee_estimate = fields.Integer(string="Employee's estimate (%)", aggregator="avg")
    reviewer_estimate = fields.Integer(string="Your estimate (%)", aggregator="avg")
    future_share = fields.Float(string="Time spent on the future (%)", aggregator="avg")
    covered = fields.Json(export_string_translation=False)
    fact_count = fields.Integer(string="Facts")
    said_count = fields.Integer(string="Points and feedback")
    kept_count = fields.Integer(string="Own promises kept")
    due_count = fields.Integer(string="Own promises due")
    balance = fields.Integer(string="Balance (0 to 100)", aggregator="avg")
    parts = fields.Json(export_string_translation=False)

    _one_per_leader = models.UniqueIndex(
        "(review_id, user_id)", "There is a mirror of this talk already."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset(self._fields)

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.depends("date")
    def _compute_display_name(self):
        for mirror in self._get_nameable():
            mirror.display_name = self.env._(
                "Talk of %(date)s", date=format_date(self.env, mirror.date)
            )

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model
    def _hold_up(self, reviews):
        """Write the mirrors of talks that are over, or write them anew.

        :param reviews: ``performance.review`` records
        """
        mirrors = self.sudo()
        known = {
            (mirror.review_id, mirror.user_id): mirror
            for mirror in mirrors.search([("review_id", "in", reviews.ids)])
        }
        vals_list = []
        held = reviews.sudo().dialogue_ids.filtered(lambda each: each.date_end and each.led_by_id)
        for (review, user), sittings in held.grouped(
            lambda each: (each.review_id, each.led_by_id)
        ).items():
            vals = self._prepare_mirror_vals(review, user, sittings)
            if (review, user) in known:
                known[review, user].write(vals)
            else:
                vals_list.append({"review_id": review.id, "user_id": user.id, **vals})
        mirrors.create(vals_list)
        self.env["performance.practice"]._take_in(held.review_id.cycle_id)

    @api.model
    def _prepare_mirror_vals(self, review, user, sittings):
        talk = sittings._read_talk()
        topics = sittings.topic_ids.filtered("is_discussed")
        today = fields.Date.context_today(self)
        promises = closure.closure(
            (
                (line.outcome, line.date_deadline or None)
                for line in review.previous_review_id.agreement_id.commitment_ids
                if line.owner == "reviewer" and line.owner_user_id == user
            ),
            today,
        )
        return {
            "cycle_id": review.cycle_id.id,
            "company_id": review.company_id.id,
            "date": fields.Datetime.context_timestamp(
                self, max(sittings.mapped("date_end"))
            ).date(),
            "duration": sum(sittings.mapped("duration")),
            "future_share": talk.future_share or 0.0,
            "covered": {code: code in topics.mapped("section") for code, _label in SECTIONS},
            "fact_count": talk.facts.found,
            "said_count": talk.facts.total,
            "kept_count": promises.closed,
            "due_count": promises.total,
            **self._prepare_share_vals(sittings, talk),
        }

    @api.model
    def _prepare_share_vals(self, sittings, talk):
        """Return what changes once the employee has estimated the talk share, too."""
        is_measured = any(each.employee_seconds or each.reviewer_seconds for each in sittings)
        parts = balance.read_parts(talk)
        return {
            "is_measured": is_measured,
            "employee_share": talk.talk_share if is_measured else 0.0,
            "employee_estimate": self._average(sittings, "employee_estimate"),
            "reviewer_estimate": self._average(sittings, "reviewer_estimate"),
            "parts": parts,
            "balance": balance.balance(parts) or 0,
        }

    @api.model
    def _average(self, sittings, name):
        """Return the mean of an estimate over the sittings that have one; 0 is none."""
        estimates = [each for each in sittings.mapped(name) if each]
        return round(sum(estimates) / len(estimates)) if estimates else 0

    @api.model
    def _hold_up_estimates(self, sittings):
        """Write what the employee has estimated into the mirrors of these talks."""
        for mirror in self.sudo().search([("review_id", "in", sittings.sudo().review_id.ids)]):
            led = mirror.review_id.dialogue_ids.filtered(
                lambda each, mirror=mirror: each.date_end and each.led_by_id == mirror.user_id
            )
            if led:
                mirror.write(self._prepare_share_vals(led, led._read_talk()))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.readonly
    def get_card(self):
        """Return the card of one talk as a screen draws it, for whoever led it.

        :raise AccessError: for everybody else
        :return: ``figures`` (of each ``code, label, value, text``, ``series``: the same figure
            over all talks of this person, the oldest first, and ``line``, the drawing of it),
            ``sections`` (``label, is_covered``), ``features`` (``label, judged, developed, part,
            hint``), and ``count`` of talks
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(self.env._("A mirror is read by whoever looks into it."))
        talks = self.search([("user_id", "=", self.env.uid)], order="date, id")
        labels = dict(
            self.env["performance.dialogue.section"]
            ._fields["section"]
            ._description_selection(self.env)
        )
        covered = self.covered or {}
        return {
            "count": len(talks),
            "figures": self._prepare_figures(talks),
            "sections": [
                {"code": code, "label": label, "is_covered": bool(covered.get(code))}
                for code, label in labels.items()
            ],
            "features": self._prepare_features(),
        }

    def _prepare_figures(self, talks):
        company = self.sudo().company_id
        rows = (
            (
                "employee_share", self.env._("The employee spoke"),
                self.employee_share if self.is_measured else None,
                self.env._("at least %(floor)s%%, best near %(aim)s%%",
                    floor=round(company.performance_share_floor),
                    aim=round(company.performance_share_aim)),
            ),
            (
                "reviewer_estimate", self.env._("Your estimate"),
                self.reviewer_estimate or None, "",
            ),
            (
                "employee_estimate", self.env._("The employee's estimate"),
                self.employee_estimate or None, "",
            ),
            ("future_share", self.env._("Time on the future"), self.future_share or None, ""),
            (
                "facts", self.env._("Facts, not labels"),
                share(self.fact_count, self.said_count) if self.said_count else None,
                self.env._("%(facts)s of %(all)s points and feedback",
                    facts=self.fact_count, all=self.said_count),
            ),
            (
                "promises", self.env._("Own promises kept"),
                share(self.kept_count, self.due_count) if self.due_count else None,
                self.env._("%(kept)s of %(due)s", kept=self.kept_count, due=self.due_count)
                if self.due_count else self.env._("nothing was due"),
            ),
            (
                "balance", self.env._("Balance"), self.balance,
                self.env._("0: it judged, 100: it developed"),
            ),
        )  # fmt: skip
        series = {code: talks._get_series(code) for code, *_row in rows}
        return [
            {
                "code": code,
                "label": label,
                "value": None if value is None else round(value),
                "text": text,
                "series": series[code],
                "line": sparkline(series[code]),
            }
            for code, label, value, text in rows
        ]

    def _get_series(self, code):
        """Return a figure of these talks in percent, leaving out those that do not have it."""
        if code == "facts":
            found = [(talk.fact_count, talk.said_count) for talk in self]
        elif code == "promises":
            found = [(talk.kept_count, talk.due_count) for talk in self]
        else:
            return [round(talk[code]) for talk in self if talk[code]]
        return [round(share(part, whole)) for part, whole in found if whole]

    def _prepare_features(self):
        parts = self.parts or {}
        weak = balance.find_weak(parts)
        return [
            {
                "code": code,
                "label": feature["label"],
                "judged": feature["judged"],
                "developed": feature["developed"],
                "part": None if parts.get(code) is None else round(100 * parts[code]),
                "hint": feature["hint"] if code in weak else "",
            }
            for code, feature in self.env["performance.dialogue"]._get_features().items()
        ]


class PerformanceReview(models.Model):
    """A talk that is over is held up to whoever led it."""

    _inherit = "performance.review"

    def _enter_agreement(self):
        result = super()._enter_agreement()
        self.env["performance.mirror"]._hold_up(self)
        return result


class PerformanceDialogue(models.Model):
    """The way from a finished dialogue to one's own mirror."""

    _inherit = "performance.dialogue"

    mirror_id = fields.Many2one(
        "performance.mirror", string="My mirror", compute="_compute_mirror_id"
    )

    @api.depends_context("uid")
    @api.depends("review_id.state")
    def _compute_mirror_id(self):
        # With the reader's rights: everybody else finds none, and the portal has none at all.
        mirrors = self.env["performance.mirror"].sudo(False)
        own = mirrors.browse()
        if mirrors.has_access("read"):
            own = mirrors.search([("review_id", "in", self.sudo().review_id.ids)])
        by_review = {mirror.sudo().review_id.id: mirror for mirror in own}
        for dialogue in self:
            dialogue.mirror_id = by_review.get(dialogue.sudo().review_id.id, False)

    def action_open_mirror(self):
        """Open one's own mirror of this talk (an ``ir.actions.act_window`` dict).

        :raise AccessError: for whoever did not lead it
        """
        self.ensure_one()
        self.check_access("read")
        if not self.mirror_id:
            raise AccessError(self.env._("A mirror is read by whoever looks into it."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("My mirror"),
            "res_model": "performance.mirror",
            "res_id": self.mirror_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _mark_estimated(self, percent):
        result = super()._mark_estimated(percent)
        self.env["performance.mirror"]._hold_up_estimates(self)
        return result
