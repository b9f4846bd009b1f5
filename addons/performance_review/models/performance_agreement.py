from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.image import base64_to_image

from ..tools import digest

MANAGER_SIDE = ("reviewer", "hr", "company")
IN_FORCE = ("signed", "closed_by_hr")
MAX_CHANGES = 2
SIGNATURE_LIMIT = 2_000_000  # base64 characters; a drawn one has some 20,000


class PerformanceAgreement(models.Model):
    """What both sides agree on (共识): results, behaviours, support; signed by both.

    A proposed version never changes again. A change is an amendment: a new version.
    """

    _name = "performance.agreement"
    _description = "Agreement"
    _inherit = ["performance.review.part.mixin"]
    _order = "review_id, version desc"

    review_id = fields.Many2one(
        "performance.review", required=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(related="review_id.employee_id")
    version = fields.Integer(
        compute="_compute_version", store=True, precompute=True, readonly=True
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("disputed", "Disputed"),
            ("signed", "Signed"),
            ("superseded", "Superseded"),
            ("closed_by_hr", "Closed by HR"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    summary = fields.Text(help="What the conversation came to, in two or three sentences.")
    goal_ids = fields.One2many("performance.goal", "agreement_id", string="Result goals")
    commitment_ids = fields.One2many("performance.commitment", "agreement_id")
    keep_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "keep")],
        string="Behaviours to keep",
    )  # fmt: skip
    change_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "change")],
        string="Behaviours to change",
    )  # fmt: skip
    support_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "support")],
        string="Supports",
    )  # fmt: skip
    development_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "development")],
        string="Individual development",
    )  # fmt: skip
    date_end = fields.Date(string="Runs until", compute="_compute_date_end", store=True)
    date_start = fields.Date(string="In force since", readonly=True, copy=False)
    proposed_on = fields.Datetime(readonly=True, copy=False)
    employee_stance = fields.Selection(
        [("agree", "I agree"), ("acknowledge", "I acknowledge it")],
        readonly=True,
        copy=False,
        help="To acknowledge an agreement is not to agree with it.",
    )
    employee_signature = fields.Binary(attachment=False, readonly=True, copy=False)
    employee_signed_name = fields.Char(readonly=True, copy=False)
    employee_signed_on = fields.Datetime(readonly=True, copy=False)
    reviewer_signature = fields.Binary(attachment=False, readonly=True, copy=False)
    reviewer_signed_name = fields.Char(readonly=True, copy=False)
    reviewer_signed_on = fields.Datetime(readonly=True, copy=False)
    dispute_reason = fields.Text(string="The employee disagrees", readonly=True, copy=False)
    hr_statement = fields.Text(string="Statement of HR", readonly=True, copy=False)
    snapshot = fields.Text(
        readonly=True, copy=False, help="The signed content, as canonical JSON."
    )
    sha256 = fields.Char(
        string="SHA-256", readonly=True, copy=False, help="Fingerprint of the snapshot."
    )
    missing_text = fields.Text(string="Still missing", compute="_compute_missing_text")
    can_sign = fields.Boolean(compute="_compute_can_sign", export_string_translation=False)
    can_amend = fields.Boolean(compute="_compute_can_sign", export_string_translation=False)
    is_reviewer = fields.Boolean(compute="_compute_can_sign", export_string_translation=False)
    is_employee = fields.Boolean(compute="_compute_can_sign", export_string_translation=False)

    _version_unique = models.UniqueIndex(
        "(review_id, version)", "This version of the agreement exists already."
    )
    _one_draft = models.UniqueIndex(
        "(review_id) WHERE state = 'draft'", "There is a draft already: change that one."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset(
            {
                "version", "state", "date_start", "proposed_on", "employee_stance",
                "employee_signature",
                "employee_signed_name", "employee_signed_on", "reviewer_signature",
                "reviewer_signed_name", "reviewer_signed_on", "dispute_reason", "hr_statement",
                "snapshot", "sha256",
            }
        )  # fmt: skip

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.model
    def _get_open_states(self):
        # Drafted while talking, amended while following up.
        return frozenset({"dialogue", "agreement", "follow_up"})

    def _get_guarded_review(self):
        return self.review_id

    @api.model
    def _get_content_fields(self):
        """Names of the fields both sides sign, besides goals and commitments."""
        return frozenset({"summary", "review_id", "version"})

    @api.depends("review_id")
    def _compute_version(self):
        newest = dict(
            self.env["performance.agreement"]
            .sudo()
            ._read_group(
                [("review_id", "in", self.review_id.ids)], ["review_id"], ["version:max"]
            )
        )
        for agreement in self:
            version = newest.get(agreement.review_id._origin, 0) + 1
            newest[agreement.review_id._origin] = version
            agreement.version = version

    @api.depends("goal_ids.date_deadline", "commitment_ids.date_deadline")
    def _compute_date_end(self):
        for agreement in self:
            dates = agreement.goal_ids.mapped("date_deadline")
            dates += agreement.commitment_ids.mapped("date_deadline")
            agreement.date_end = max(filter(None, dates), default=False)

    @api.depends(
        "state", "goal_ids.missing_text", "goal_ids.weight", "commitment_ids.kind",
        "commitment_ids.owner", "commitment_ids.date_deadline",
    )  # fmt: skip
    def _compute_missing_text(self):
        for agreement in self:
            missing = agreement._get_missing() if agreement.state == "draft" else []
            agreement.missing_text = "\n".join(blocker["message"] for blocker in missing)

    @api.depends_context("uid")
    @api.depends("state", "employee_signed_on", "reviewer_signed_on", "review_id")
    def _compute_can_sign(self):
        for agreement in self:
            review = agreement.sudo().review_id
            agreement.is_reviewer = review.reviewer_user_id == self.env.user
            agreement.is_employee = review.employee_user_id == self.env.user
            agreement.can_sign = agreement.state == "proposed" and (
                (agreement.is_reviewer and not agreement.reviewer_signed_on)
                or (agreement.is_employee and not agreement.employee_signed_on)
            )
            agreement.can_amend = (
                agreement.is_reviewer
                and review.state != "done"
                and not agreement._get_amend_refusal()
            )

    @api.depends_context("uid")
    @api.depends("version")
    def _compute_display_name(self):
        for agreement in self._get_nameable():
            agreement.display_name = self.env._("Agreement v%(n)s", n=agreement.version)

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # The index on drafts must see what has just been proposed.
        self.flush_model(["state"])
        return super().create(vals_list)

    def write(self, vals):
        if self._get_content_fields() & vals.keys():
            self._check_content_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        self._check_content_open()

    def _check_content_open(self):
        """Refuse a change of content after the proposal, whoever asks.

        :raise UserError: when a version has been proposed, signed or closed
        """
        for agreement in self:
            if agreement.state != "draft":
                raise UserError(
                    self.env._(
                        "Version %(version)s of the agreement has been proposed and stays as it "
                        "is: amend it, which makes a new version to sign.",
                        version=agreement.version,
                    )
                )

    def _get_missing(self):
        """Return what keeps the draft from being proposed.

        Three layers (SPEC, A1 to A3): SMART goals, one or two observable changes, at least
        one dated support owed by the manager's side.

        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        missing = []

        def add(code, message):
            missing.append({"code": code, "message": message})

        if not self.goal_ids:
            add("goal_missing", self.env._("Add at least one result goal."))
        elif not sum(self.goal_ids.mapped("weight")):
            add("weight_missing", self.env._("The weights of the goals add up to 0."))
        for goal in self.goal_ids:
            if goal.missing_text:
                add(
                    "goal_incomplete",
                    self.env._(
                        "Goal “%(goal)s” still needs: %(missing)s.",
                        goal=goal.name,
                        missing=goal.missing_text,
                    ),
                )
        changes = self.commitment_ids.filtered(lambda line: line.kind == "change")
        if not changes:
            add("change_missing", self.env._("Add one or two behaviours to change."))
        elif len(changes) > MAX_CHANGES:
            add(
                "change_excess",
                self.env._(
                    "%(found)s behaviours to change are too many: keep one or two.",
                    found=len(changes),
                ),
            )
        supports = self.commitment_ids.filtered(
            lambda line: line.kind == "support" and line.owner in MANAGER_SIDE
        )
        if not supports:
            add(
                "support_missing",
                self.env._(
                    "Add at least one support owed by the reviewer, HR or the company: "
                    "improvement is a duty of both sides."
                ),
            )
        elif not any(supports.mapped("date_deadline")):
            add("support_undated", self.env._("Give the support a date."))
        return missing

    def _get_unsigned_text(self):
        """Return one sentence saying whose signature is missing."""
        self.ensure_one()
        if self.state == "disputed":
            return self.env._("The agreement is disputed: amend it, or let HR close it.")
        if self.state == "superseded":
            return self.env._("A newer version of the agreement has to be signed.")
        if self.employee_signed_on:
            return self.env._("The reviewer's signature is missing.")
        if self.reviewer_signed_on:
            return self.env._("The employee's signature is missing.")
        return self.env._("Both signatures are missing.")

    def _check_running(self):
        """Refuse what would change the agreement of a review that is done.

        :raise UserError: for such a review
        """
        for agreement in self.sudo():
            if agreement.review_id.state == "done":
                raise UserError(
                    self.env._(
                        "The review of %(employee)s is done: its agreement stays as it is.",
                        employee=agreement.review_id.name,
                    )
                )

    def _check_reviewer(self):
        self.check_access("read")
        if not self.env.su and any(
            review.reviewer_user_id != self.env.user for review in self.sudo().review_id
        ):
            raise AccessError(self.env._("Only the reviewer does this."))

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_propose(self):
        """Show the draft to the employee and freeze it.

        :raise UserError: one, naming all that is missing
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self._check_reviewer()
        for agreement in self:
            if agreement.state != "draft":
                raise UserError(self.env._("Only a draft can be proposed."))
            review = agreement.sudo().review_id
            if review.state not in ("agreement", "follow_up"):
                raise UserError(
                    self.env._("An agreement is proposed after the dialogue, in its own step.")
                )
            missing = agreement.sudo()._get_missing()
            if missing:
                raise UserError("\n".join(blocker["message"] for blocker in missing))
        self._mark_proposed()
        return True

    def _mark_proposed(self):
        agreements = self.sudo()
        agreements.write({"state": "proposed", "proposed_on": fields.Datetime.now()})
        for agreement in agreements:
            agreement._get_other_versions(("draft", "proposed", "disputed"))._mark_superseded()
            agreement._notify_employee()

    def _get_other_versions(self, states):
        self.ensure_one()
        return self.review_id.agreement_ids.filtered(
            lambda other: other != self and other.state in states
        )

    def _mark_superseded(self):
        self.sudo().write({"state": "superseded"})

    def _notify_employee(self):
        """Queue the mail that asks the employee to read and sign, in the employee's language."""
        self.ensure_one()
        template = self.env.ref(
            "performance_review.mail_template_agreement_proposed", raise_if_not_found=False
        )
        if template and self.review_id.employee_user_id:
            template.sudo().send_mail(self.id)

    def action_withdraw(self):
        """Take a proposal nobody has signed back to draft.

        :raise UserError: once somebody has signed
        :return: ``True``
        """
        self._check_reviewer()
        self._check_running()
        for agreement in self.sudo():
            if agreement.state != "proposed":
                raise UserError(self.env._("Only a proposal can be withdrawn."))
            if agreement.employee_signed_on or agreement.reviewer_signed_on:
                raise UserError(
                    self.env._("Somebody has signed already: amend the agreement instead.")
                )
            if agreement._get_other_versions(("draft",)):
                raise UserError(self.env._("There is a draft already: change that one."))
        self.sudo().write({"state": "draft", "proposed_on": False})
        return True

    def action_sign(self, signature=None, name=None, stance=None):
        """Sign as the person who is logged in; the second signature puts it into force.

        :param str signature: base64 of a PNG or JPEG with the drawn signature; without it
            the typed name is the signature
        :param str name: typed name, by default the name of the user
        :param str stance: ``"agree"`` or ``"acknowledge"``, of the employee only; without
            it the weaker one is recorded
        :raise UserError: when there is nothing to sign, it is signed already, or the drawing
            is no image
        :raise AccessError: for anybody but employee and reviewer
        :return: ``True``
        """
        for agreement in self:
            agreement.check_access("read")
            agreement._check_can_sign()
            agreement._check_signature(signature)
            if stance and stance not in dict(self._fields["employee_stance"].selection):
                raise UserError(self.env._("Choose whether you agree or acknowledge."))
            agreement._mark_signed_by_user(
                signature or False, (name or "").strip() or self.env.user.name, stance
            )
        return True

    def _check_can_sign(self):
        self.ensure_one()
        review = self.sudo().review_id
        if self.env.user not in (review.employee_user_id | review.reviewer_user_id):
            raise AccessError(self.env._("Only the employee and the reviewer sign."))
        self._check_running()
        if self.state != "proposed":
            raise UserError(
                self.env._("There is nothing to sign: this version is not proposed (any more).")
            )
        is_employee = self.env.user == review.employee_user_id
        if self.employee_signed_on if is_employee else self.reviewer_signed_on:
            raise UserError(self.env._("Your side has signed this version already."))

    @api.model
    def _check_signature(self, signature):
        """Refuse a drawn signature that is no picture: it would be signed, and never shown.

        :param signature: base64 text or bytes, or nothing
        :raise UserError: for anything but a PNG or JPEG of reasonable size
        """
        if not signature:
            return
        try:
            if len(signature) > SIGNATURE_LIMIT:
                raise ValueError
            image = base64_to_image(signature)
            image.verify()
            if image.format not in ("PNG", "JPEG"):
                raise ValueError
        except Exception as error:  # whatever the library finds broken in it
            raise UserError(
                self.env._("The signature is no picture: draw it again, or type your name.")
            ) from error

    def _mark_signed_by_user(self, signature, name, stance):
        self.ensure_one()
        agreement = self.sudo()
        now = fields.Datetime.now()
        if self.env.user == agreement.review_id.employee_user_id:
            agreement.write(
                {
                    "employee_signature": signature,
                    "employee_signed_name": name,
                    "employee_signed_on": now,
                    "employee_stance": stance or "acknowledge",
                }
            )
        else:
            agreement.write(
                {
                    "reviewer_signature": signature,
                    "reviewer_signed_name": name,
                    "reviewer_signed_on": now,
                }
            )
        if agreement.employee_signed_on and agreement.reviewer_signed_on:
            agreement._mark_signed()

    def _mark_signed(self):
        """Put the version into force: snapshot, fingerprint, plan."""
        self.ensure_one()
        self._put_into_force("signed")

    def _put_into_force(self, state):
        """Freeze the content and let this version take over from the one before.

        :param str state: ``"signed"`` or ``"closed_by_hr"``
        """
        self.ensure_one()
        snapshot = digest.canonical_json(self._prepare_snapshot())
        self.write(
            {
                "state": state,
                "date_start": fields.Date.today(),
                "snapshot": snapshot,
                "sha256": digest.sha256_hex(snapshot),
            }
        )
        self._carry_over()
        self._get_other_versions(IN_FORCE)._mark_superseded()
        self.review_id.activity_unlink(["performance_review.mail_activity_type_dispute"])
        self._start_follow_up()

    def _carry_over(self):
        """Take over what has been measured and settled in the version before."""
        self.ensure_one()
        for goal in self.goal_ids.filtered("origin_id"):
            goal.actual = goal.origin_id.actual
        for line in self.commitment_ids.filtered("origin_id"):
            line.outcome = line.origin_id.outcome

    def _start_follow_up(self):
        self.ensure_one()
        review = self.review_id
        if review.state == "agreement":
            review.write({"state": "follow_up"})
        else:
            review._generate_checkpoints()

    def _prepare_snapshot(self):
        """Return everything that is signed, as plain values (``dict``)."""
        self.ensure_one()
        # With bin_size a picture would read as its size.
        self = self.with_context(bin_size=False)
        review = self.review_id
        return {
            "version": self.version,
            "cycle": review.cycle_id.name,
            "employee": review.name,
            "reviewer": review.reviewer_id.name,
            "summary": self.summary or "",
            "goals": [
                {
                    "name": goal.name,
                    "parent": goal.parent_id.name or "",
                    "metric": goal.metric or "",
                    "unit": goal.unit or "",
                    "baseline": goal.baseline,
                    "target": goal.target,
                    "direction": goal.direction,
                    "weight": goal.weight,
                    "means": goal.means or "",
                    "deadline": goal.date_deadline,
                }
                for goal in self.goal_ids
            ],
            "commitments": [
                {
                    "kind": line.kind,
                    "name": line.name,
                    "owner": line.owner,
                    "deadline": line.date_deadline,
                }
                for line in self.commitment_ids
            ],
            "employee_stance": self.employee_stance or "",
            "signatures": [
                {
                    "by": "employee",
                    "name": self.employee_signed_name or "",
                    "on": self.employee_signed_on,
                    "image": self._hash_image(self.employee_signature),
                },
                {
                    "by": "reviewer",
                    "name": self.reviewer_signed_name or "",
                    "on": self.reviewer_signed_on,
                    "image": self._hash_image(self.reviewer_signature),
                },
            ],
            "dispute": self.dispute_reason or "",
            "hr_statement": self.hr_statement or "",
        }

    @api.model
    def _hash_image(self, image):
        if not image:
            return ""
        return digest.sha256_hex(image.decode() if isinstance(image, bytes) else image)

    def action_amend(self):
        """Copy this version into a new draft; the old one holds until the new one is signed.

        :raise UserError: while a draft exists already, for an older version, or when it is
            enough to withdraw the proposal
        :return: the new version's form (an ``ir.actions.act_window`` dict)
        """
        self.ensure_one()
        self._check_reviewer()
        self._check_running()
        if refusal := self._get_amend_refusal():
            raise UserError(refusal)
        amendment = self._create_amendment()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreement"),
            "res_model": "performance.agreement",
            "res_id": amendment.id,
            "view_mode": "form",
        }

    def _get_amend_refusal(self):
        """Return why this version cannot be amended, one sentence, or nothing."""
        self.ensure_one()
        if self.state == "draft" or self.sudo()._get_other_versions(("draft",)):
            return self.env._("There is a draft already: change that one.")
        if self.sudo().review_id.agreement_id != self.sudo():
            return self.env._("There is a newer version: amend that one.")
        is_signed = self.employee_signed_on or self.reviewer_signed_on
        if self.state == "proposed" and not is_signed:
            return self.env._("Nobody has signed yet: withdraw the proposal instead.")
        return False

    def _create_amendment(self):
        """Return a new draft with copies of goals and commitments.

        Each copy knows what it carries on, so that progress and outcome are not lost.
        """
        self.ensure_one()
        amendment = self.create({"review_id": self.review_id.id, "summary": self.summary})
        content = self.sudo()
        for line in (*content.goal_ids, *content.commitment_ids):
            line.copy({"agreement_id": amendment.id, "origin_id": line.id})
        return amendment

    def action_dispute(self, reason):
        """State as the employee why the agreement is not signed.

        :param str reason: the employee's words, kept for good
        :raise UserError: without a reason, or when there is nothing to dispute
        :return: ``True``
        """
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Say what you disagree with."))
        self._check_running()
        for agreement in self:
            if (
                not self.env.su
                and agreement.sudo().review_id.employee_user_id != self.env.user
            ):
                raise AccessError(self.env._("Only the employee disputes an agreement."))
            if agreement.state != "proposed" or agreement.employee_signed_on:
                raise UserError(
                    self.env._("There is nothing to dispute: this version is not up for signing.")
                )
        self._mark_disputed(reason.strip())
        return True

    def _mark_disputed(self, reason):
        agreements = self.sudo()
        agreements.write({"state": "disputed", "dispute_reason": reason})
        for review in agreements.review_id:
            user = review._get_activity_user("dispute")
            if user:
                activity_type = self.env.ref("performance_review.mail_activity_type_dispute")
                review._create_quiet_activities(
                    [
                        {
                            "activity_type_id": activity_type.id,
                            "res_id": review.id,
                            "user_id": user.id,
                            "date_deadline": fields.Date.today(),
                        }
                    ]
                )

    def action_close_by_hr(self, statement):
        """Close a dispute with both statements kept; HR officers only.

        :param str statement: HR's words
        :raise UserError: without a statement, or when nothing is disputed
        :return: ``True``
        """
        self.check_access("read")
        is_officer = self.env.user.has_group(
            "performance_review.group_performance_review_officer"
        )
        reviews = self.sudo().review_id
        if not self.env.su and (
            not is_officer
            or self.env.user in (reviews.employee_user_id | reviews.reviewer_user_id)
        ):
            raise AccessError(
                self.env._("A dispute is closed by somebody in HR who is no part of it.")
            )
        if not (statement or "").strip():
            raise UserError(self.env._("Say how HR closes the dispute."))
        self._check_running()
        if any(agreement.state != "disputed" for agreement in self.sudo()):
            raise UserError(self.env._("Only a disputed agreement is closed by HR."))
        self._mark_closed_by_hr(statement.strip())
        return True

    def _mark_closed_by_hr(self, statement):
        for agreement in self.sudo():
            agreement.hr_statement = statement
            agreement._put_into_force("closed_by_hr")

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def action_open_sign(self):
        """Ask for the signature (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        self._check_can_sign()
        return self._open_wizard("performance.agreement.sign", self.env._("Sign"))

    def action_open_dispute(self):
        """Ask the employee for the reason (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        return self._open_wizard("performance.agreement.dispute", self.env._("I disagree"))

    def action_open_close_by_hr(self):
        """Ask HR for the statement (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        return self._open_wizard("performance.agreement.dispute", self.env._("Close the dispute"))

    def _open_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_agreement_id": self.id},
        }

    def action_print(self):
        """Print the agreement (an ``ir.actions.report`` dict)."""
        self.check_access("read")
        return self.env.ref("performance_review.action_report_agreement").report_action(self)

    def _get_report_lang(self):
        """Return the reader's language code, for the printed agreement."""
        return self.env.user.lang or self.env.lang
