from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.performance_review.models.performance_concern import KINDS as CONCERN_KINDS
from odoo.addons.performance_review.tools import arguments

OFFICER = "performance_review.group_performance_review_officer"
# Of the five answers to "Can it go on like this?" those that say no.
UNSUSTAINABLE = ("hardly", "no")
# What a signal is about.
SUBJECT = ("kind", "theme_id", "goal_id", "concern_kind")


class PerformanceSignal(models.Model):
    """Something many people report (O1): an owner, a decision, and an answer to those who did.

    Who they are stands nowhere: they are found anew from their own records whenever one of them
    reads the answer. The count goes up in steps, once a week, and never says a number that one
    more talk could have made.
    """

    _name = "performance.signal"
    _description = "Signal"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _order = "state, date_deadline, id desc"

    name = fields.Char(string="Question", required=True, size=arguments.POINT_LIMIT)
    kind = fields.Selection(
        [
            ("obstacle", "Obstacle"),
            ("goal", "Concern about a goal"),
            ("sustainable", "It cannot go on like this"),
        ],
        string="About",
        required=True,
        default="obstacle",
    )
    theme_id = fields.Many2one(
        "performance.theme", string="Obstacle", index="btree_not_null", ondelete="restrict"
    )
    goal_id = fields.Many2one(
        "performance.goal",
        string="Goal of department or company",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('scope', '!=', 'employee')]",
    )
    concern_kind = fields.Selection(CONCERN_KINDS, string="Concern")
    cycle_id = fields.Many2one("performance.cycle", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    owner_id = fields.Many2one(
        "res.users", required=True, index=True, default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )  # fmt: skip
    date_deadline = fields.Date(string="Decide until")
    state = fields.Selection(
        [("open", "Open"), ("decided", "Decided"), ("answered", "Answered")],
        default="open",
        required=True,
    )
    decision = fields.Text()
    answer = fields.Text(help="What those who raised it are told, and nobody else.")
    answered_on = fields.Datetime(string="Answered on", readonly=True, copy=False)
    people_count = fields.Integer(
        string="People at least",
        readonly=True,
        copy=False,
        help="Counted once a week, in steps of five, so that no single talk is seen in it.",
    )
    people_text = fields.Char(string="Raised by", compute="_compute_people_text")
    is_overdue = fields.Boolean(compute="_compute_is_overdue")

    _one_per_subject = models.UniqueIndex(
        "(cycle_id, kind, COALESCE(theme_id, 0), COALESCE(goal_id, 0), COALESCE(concern_kind, ''))",
        "This cycle has a signal about that already.",
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"state", "answered_on", "people_count"})

    @api.model
    def _get_parent_fields(self):
        return super()._get_parent_fields() | {"cycle_id"}

    @api.constrains("kind", "theme_id", "goal_id", "concern_kind")
    def _check_subject(self):
        wanted = {
            "obstacle": ("theme_id",),
            "goal": ("goal_id", "concern_kind"),
            "sustainable": (),
        }
        for signal in self:
            for name in wanted[signal.kind]:
                if not signal[name]:
                    raise UserError(
                        self.env._(
                            "“%(signal)s”: choose “%(field)s”, so that it can be counted.",
                            signal=signal.name,
                            field=self._get_field_label(name),
                        )
                    )

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - {"decision", "answer"} and not self.env.user.has_group(OFFICER):
                # An owner decides and answers; who owns a signal and what it counts is HR's.
                raise AccessError(self.env._("Only HR changes what a signal is about."))
            self._check_subject_kept(vals)
            if vals.keys() & {"answer", "decision"} and "answered" in self.mapped("state"):
                raise UserError(
                    self.env._("The answer has been read: open another signal for what is new.")
                )
        return super().write(vals)

    def _check_subject_kept(self, vals):
        """Refuse another subject once people are counted or have read the answer.

        The number would be told of something else, and the answer reach whoever raised that.

        :raise UserError: naming the signal
        """
        for signal in self.filtered(lambda each: each.people_count or each.state == "answered"):
            for name in SUBJECT:
                field = self._fields[name]
                if name in vals and field.convert_to_write(signal[name], signal) != (
                    vals[name] or False
                ):
                    raise UserError(
                        self.env._(
                            "“%(signal)s” stays about what was counted or answered: open another "
                            "signal.",
                            signal=signal.name,
                        )
                    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        if not self.env.su and "answered" in self.mapped("state"):
            raise UserError(
                self.env._("The answer has been read: open another signal for what is new.")
            )

    @api.depends("people_count", "cycle_id")
    def _compute_people_text(self):
        for signal in self:
            cycle = signal.sudo().cycle_id
            signal.people_text = (
                self.env._("At least %(count)s people of several teams", count=signal.people_count)
                if signal.people_count
                else self.env._(
                    "Fewer than %(minimum)s people, or of one team", minimum=cycle.signal_people
                )
            )

    @api.depends("state", "date_deadline")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for signal in self:
            signal.is_overdue = bool(
                signal.state == "open" and signal.date_deadline and signal.date_deadline < today
            )

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def _check_acts(self):
        """Refuse whoever is neither the owner nor HR.

        :raise AccessError: also for somebody who may not read the signal
        """
        self.check_access("write")

    def action_decide(self):
        """Say that the decision stands.

        :raise UserError: without a decision, or when it has been answered
        :raise AccessError: for anybody but the owner and HR
        :return: ``True``
        """
        self._check_acts()
        for signal in self:
            if signal.state == "answered":
                raise UserError(self.env._("“%(signal)s” is answered.", signal=signal.name))
            if not (signal.decision or "").strip():
                raise UserError(
                    self.env._("“%(signal)s”: write down the decision first.", signal=signal.name)
                )
        self.sudo().write({"state": "decided"})
        return True

    def action_answer(self):
        """Give the answer to those who raised it, in the portal and on their reviews.

        :raise UserError: without decision and answer, or twice
        :raise AccessError: for anybody but the owner and HR
        :return: ``True``
        """
        self.action_decide()
        for signal in self:
            if not (signal.answer or "").strip():
                raise UserError(
                    self.env._("“%(signal)s”: write the answer first.", signal=signal.name)
                )
        self.sudo().write({"state": "answered", "answered_on": fields.Datetime.now()})
        self.sudo().cycle_id.has_signal_answers = True
        return True

    # ------------------------------------------------------------------
    # Who raised it
    # ------------------------------------------------------------------

    def _get_raised_domain(self):
        """Return the ``Domain`` of the reviews in which it was raised, to be asked with ``sudo()``.

        Of dialogues that are over and of what an employee handed in before one.
        """
        self.ensure_one()
        over = Domain("date_end", "!=", False)
        handed_in = Domain("assessment_id.state", "=", "submitted")
        here = Domain("cycle_id", "=", self.cycle_id.id) & Domain("state", "!=", "preparation")
        if self.kind == "obstacle":
            theme = self.theme_id.id
            return here & (
                Domain("dialogue_ids", "any", over & Domain("obstacle_theme_id", "=", theme))
                | Domain("concern_ids", "any", handed_in & Domain("theme_id", "=", theme))
            )
        if self.kind == "goal":
            return here & Domain(
                "concern_ids",
                "any",
                handed_in
                & Domain("goal_id.parent_id", "=", self.goal_id.id)
                & Domain("kind", "=", self.concern_kind),
            )
        return here & Domain(
            "dialogue_ids", "any", over & Domain("sustainable", "in", UNSUSTAINABLE)
        )
