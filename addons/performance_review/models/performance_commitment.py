from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import arguments, closure


class PerformanceCommitment(models.Model):
    """One duty of an agreement: a behaviour, a support or a step of development."""

    _name = "performance.commitment"
    _description = "Commitment"
    _inherit = [
        "performance.version.guard",
        "performance.carried.mixin",
        "performance.part.mixin",
    ]
    _order = "agreement_id, kind, sequence, id"

    agreement_id = fields.Many2one(
        "performance.agreement", required=True, index=True, ondelete="cascade"
    )
    review_id = fields.Many2one(related="agreement_id.review_id")
    employee_id = fields.Many2one(related="agreement_id.review_id.employee_id")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("keep", "Keep and widen"),
            ("change", "Change"),
            ("support", "Support"),
            ("development", "Development"),
        ],
        required=True,
        default="change",
    )
    name = fields.Char(string="Commitment", required=True, size=arguments.CHAR_LIMIT)
    owner = fields.Selection(
        [
            ("employee", "Employee"),
            ("reviewer", "Reviewer"),
            ("hr", "HR"),
            ("company", "Company"),
        ],
        compute="_compute_owner",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    owner_user_id = fields.Many2one(
        "res.users",
        string="Person",
        compute="_compute_owner_user_id",
        compute_sudo=True,
        store=True,
        index="btree_not_null",
    )
    date_deadline = fields.Date(string="Until")
    outcome = fields.Selection(
        [
            ("open", "Open"),
            ("closed", "Closed"),
            ("improved", "Improved"),
            ("untouched", "Untouched"),
            ("recurred", "Came back"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    outcome_note = fields.Char(
        string="In a word",
        size=arguments.POINT_LIMIT,
        readonly=True,
        copy=False,
        help="How it turned out, as the reviewer says it; both sides read it.",
    )
    drop_reason = fields.Char(
        string="Dropped because",
        size=arguments.POINT_LIMIT,
        readonly=True,
        copy=False,
        help="Why it does not go on into the next review; without a reason it does.",
    )
    theme_id = fields.Many2one("performance.theme", index="btree_not_null", ondelete="restrict")
    origin_id = fields.Many2one(
        "performance.commitment",
        string="Carries on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The same commitment in the version of the agreement before.",
    )
    progress_ids = fields.One2many("performance.progress", "commitment_id")
    percent = fields.Float(
        string="Progress (%)", compute="_compute_percent", help="The latest progress recorded."
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    agreement_state = fields.Selection(
        related="agreement_id.state", string="State of the agreement"
    )

    # The list of what is owed, of all agreements and years.
    _open = models.Index("(agreement_id, kind, sequence, id) WHERE outcome = 'open'")
    # What is due in the next weeks, for the reminders.
    _due = models.Index("(date_deadline) WHERE outcome = 'open'")

    @api.model
    def _get_server_fields(self):
        return frozenset({"outcome", "outcome_note", "drop_reason", "owner_user_id", "origin_id"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"agreement_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"dialogue", "agreement", "follow_up"})

    @api.model
    def _get_content_fields(self):
        """Names of the fields both sides sign; the outcome comes later."""
        return frozenset({"kind", "name", "owner", "date_deadline", "agreement_id"})

    def _prepare_content(self):
        """Return what is signed of this commitment (``dict`` of plain values)."""
        self.ensure_one()
        content = {
            "id": self.id,
            "kind": self.kind,
            "name": self.name,
            "owner": self.owner,
            "deadline": self.date_deadline or None,
        }
        if "cue" in self._fields:
            content["cue"] = self.cue or ""
        return content

    def _prepare_carry_vals(self):
        """Return what the same commitment in a new version says besides its content; a hook.

        :rtype: dict
        """
        self.ensure_one()
        return {"origin_id": self.id}

    @api.depends("kind")
    def _compute_owner(self):
        for line in self:
            line.owner = line.owner or ("reviewer" if line.kind == "support" else "employee")

    @api.depends(
        "owner", "agreement_id.review_id.employee_user_id",
        "agreement_id.review_id.reviewer_user_id", "agreement_id.review_id.cycle_id.user_id",
    )  # fmt: skip
    def _compute_owner_user_id(self):
        for line in self:
            review = line.agreement_id.review_id
            line.owner_user_id = {
                "employee": review.employee_user_id,
                "reviewer": review.reviewer_user_id,
                "hr": review.cycle_id.user_id,
            }.get(line.owner, False)

    @api.depends_context("uid")
    @api.depends("progress_ids.percent", "progress_ids.date", "origin_id")
    def _compute_percent(self):
        newest = self.env["performance.progress"]._get_newest("commitment_id", self)
        for line in self:
            line.percent = newest[line].percent

    @api.depends_context("uid")
    @api.depends("outcome", "date_deadline", "percent")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.is_overdue = line._is_overdue_with(line.percent, today)

    def _is_overdue_with(self, percent, today):
        """Say whether this should have been done before ``today``, with so much of it done."""
        self.ensure_one()
        return bool(
            self.outcome == "open"
            and percent < 100
            and self.date_deadline
            and self.date_deadline < today
        )

    @api.constrains("kind", "owner")
    def _check_owner(self):
        for line in self:
            if line.kind in ("keep", "change") and line.owner != "employee":
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: a behaviour is the employee's own. What others owe is a "
                        "support.",
                        name=line.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.agreement_id._check_content_open()
        return lines

    def write(self, vals):
        if self._get_content_fields() & vals.keys():
            self.agreement_id._check_content_open()
        result = super().write(vals)
        if "agreement_id" in vals:
            self.agreement_id._check_content_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        self.agreement_id._check_content_open()

    def _check_can_decide(self):
        """Refuse to say how these turned out where it is not the time, or not one's own to say.

        :raise UserError: while the agreement is not in force, and once the review is done
        :raise AccessError: for anybody but the reviewer
        """
        self.check_access("read")
        self.sudo().agreement_id.review_id.sudo(self.env.su)._check_is_reviewer()
        for line in self.sudo():
            if not line.agreement_id.is_in_force:
                raise UserError(self.env._("Outcomes are recorded once the agreement is signed."))
            if line.agreement_id.review_id.state == "done":
                raise UserError(self.env._("The review is done: its outcomes stay."))

    def action_set_outcome(self, outcome, note=None):
        """Record how a commitment ended (F5); reviewer only.

        What was kept does not go on: a reason to drop it goes with the outcome that needed one.

        :param str outcome: one of ``open closed improved untouched recurred``
        :param str note: how it turned out, in a word; left out it stays as it was
        :raise UserError: for another word, or while the agreement is not in force
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self.check_access("read")
        outcome = arguments.read_choice(
            self.env,
            outcome,
            self._get_field_label("outcome"),
            self._fields["outcome"]._description_selection(self.env),
        )
        vals = {"outcome": outcome}
        if note is not None:
            vals["outcome_note"] = self._read_word(note, "outcome_note")
        if outcome in closure.KEPT:
            vals["drop_reason"] = False
        self._check_can_decide()
        self._mark_outcome(vals)
        return True

    def _read_word(self, value, name, required=False):
        """Return what came in for a field of one line, without blanks around it, or ``False``."""
        label = self._get_field_label(name)
        text = arguments.read_text(self.env, value, label, arguments.POINT_LIMIT, required)
        return text.strip() or False

    def _mark_outcome(self, vals):
        self.sudo().write(vals)

    def action_drop(self, reason):
        """Say that these do not go on into the next review, and why; reviewer only.

        :param str reason: why, in a word
        :raise UserError: without a reason, for what was kept, while the agreement is not in
            force, and once the review is done
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self.check_access("read")
        reason = self._read_word(reason, "drop_reason", required=True)
        self._check_can_decide()
        for line in self:
            if line.outcome in closure.KEPT:
                raise UserError(
                    self.env._("“%(name)s” was kept: there is nothing to drop.", name=line.name)
                )
        self.sudo().write({"drop_reason": reason})
        return True

    def action_carry_on(self):
        """Let these go on into the next review, though they had been dropped; reviewer only.

        :raise UserError: while the agreement is not in force, and once the review is done
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self._check_can_decide()
        self.sudo().write({"drop_reason": False})
        return True

    def action_outcome_closed(self):
        """Record that the commitment was kept."""
        return self.action_set_outcome("closed")

    def action_outcome_improved(self):
        """Record that it went better than before."""
        return self.action_set_outcome("improved")

    def action_outcome_untouched(self):
        """Record that nothing happened."""
        return self.action_set_outcome("untouched")

    def action_outcome_recurred(self):
        """Record that the old pattern came back."""
        return self.action_set_outcome("recurred")
