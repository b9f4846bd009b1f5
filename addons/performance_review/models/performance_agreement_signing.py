from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.image import base64_to_image

from ..tools import arguments
from .performance_agreement import IN_FORCE

SIGNATURE_SIDE = 4_000  # pixels


class PerformanceAgreement(models.Model):
    """Signing (签署): propose, withdraw, sign; the second signature puts a version into force."""

    _inherit = "performance.agreement"

    date_start = fields.Date(string="In force since", readonly=True, copy=False)
    proposed_on = fields.Datetime(string="Proposed on", readonly=True, copy=False)
    employee_stance = fields.Selection(
        [("agree", "I agree"), ("acknowledge", "I acknowledge it")],
        readonly=True,
        copy=False,
        help="To acknowledge an agreement is not to agree with it.",
        string="Stance of the employee",
    )
    employee_signature = fields.Binary(
        string="Signature of the employee", attachment=False, readonly=True, copy=False
    )
    employee_signed_name = fields.Char(
        string="Name signed by the employee", readonly=True, copy=False, size=arguments.NAME_LIMIT
    )
    employee_signed_on = fields.Datetime(
        string="Signed by the employee on", readonly=True, copy=False
    )
    reviewer_signature = fields.Binary(
        string="Signature of the reviewer", attachment=False, readonly=True, copy=False
    )
    reviewer_signed_name = fields.Char(
        string="Name signed by the reviewer", readonly=True, copy=False, size=arguments.NAME_LIMIT
    )
    reviewer_signed_on = fields.Datetime(
        string="Signed by the reviewer on", readonly=True, copy=False
    )
    can_sign = fields.Boolean(compute="_compute_can_sign", export_string_translation=False)

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset(
            {
                "date_start",
                "proposed_on",
                "employee_stance",
                "employee_signature",
                "employee_signed_name",
                "employee_signed_on",
                "reviewer_signature",
                "reviewer_signed_name",
                "reviewer_signed_on",
            }
        )

    @api.depends_context("uid")
    @api.depends("state", "employee_signed_on", "reviewer_signed_on", "review_id")
    def _compute_can_sign(self):
        for agreement in self:
            agreement.can_sign = agreement.state == "proposed" and (
                (agreement.is_reviewer and not agreement.reviewer_signed_on)
                or (agreement.is_employee and not agreement.employee_signed_on)
            )

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

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    def action_propose(self):
        """Show the draft to the employee and freeze it.

        :raise UserError: one, naming all that is missing
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self._check_reviewer()
        self._lock_row()
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

    def _mark_superseded(self):
        self.sudo().write({"state": "superseded"})

    def _notify_employee(self):
        """Queue the mail that asks the employee to read and sign, in the employee's language."""
        self.ensure_one()
        self._send_to_employee("mail_template_agreement_proposed")

    def _send_to_employee(self, name):
        """Queue a mail to the employee, in the employee's language; none without an account.

        :param str name: of the ``mail.template`` in this module
        """
        self.ensure_one()
        template = self.env.ref(f"performance_review.{name}", raise_if_not_found=False)
        if template and self.review_id.employee_user_id.active:
            template.sudo().send_mail(self.id)

    def action_withdraw(self):
        """Take a proposal nobody has signed back to draft.

        :raise UserError: once somebody has signed
        :return: ``True``
        """
        self._check_reviewer()
        self._lock_row()
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

    # ------------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------------

    def action_sign(
        self, signature=None, name=None, stance=None, fingerprint=None, cues_read=False
    ):
        """Sign as the person who is logged in; the second signature puts it into force.

        :param str signature: base64 of a PNG or JPEG with the drawn signature; without it
            the typed name is the signature
        :param str name: typed name of up to 200 characters, by default the name of the user
        :param str stance: ``"agree"`` or ``"acknowledge"``; the employee says which, the
            reviewer has none
        :param str fingerprint: the ``fingerprint`` of the version, as it was read
        :param bool cues_read: whether the employee has read the if-then plans once more
        :raise UserError: when there is nothing to sign, it is signed already, the content is
            not (any more) what was read, the employee says no stance or has not ticked the
            if-then plans, or the drawing is no picture
        :raise AccessError: for anybody but employee and reviewer
        :return: ``True``
        """
        for agreement in self:
            agreement.check_access("read")
            agreement._lock_row()
            agreement._check_can_sign()
            agreement._check_fingerprint(fingerprint)
            agreement._check_cues_read(cues_read)
            agreement._mark_signed_by_user(
                agreement._read_signature(signature),
                agreement._read_signed_name(name),
                agreement._read_stance(stance),
            )
        return True

    def _read_stance(self, stance):
        """Return what an employee's signature means, ``None`` for the reviewer's.

        :raise UserError: for anything but one of the two stances
        :rtype: str | None
        """
        self.ensure_one()
        stance = arguments.read_choice(
            self.env,
            stance,
            self.env._("Stance"),
            self._fields["employee_stance"]._description_selection(self.env),
            required=False,
        )
        if self.is_employee and not stance:
            raise UserError(self.env._("Choose whether you agree or acknowledge."))
        return stance

    @api.model
    def _read_signed_name(self, name):
        """Return the name to sign with.

        :param name: what came from the caller; nothing stands for the name of the user
        :raise UserError: for a blank or too long name, and for anything that is no text
        :rtype: str
        """
        if name is None or name is False:
            name = self.env.user.name
        label = self.env._("Your name")
        return arguments.read_text(
            self.env, name, label, arguments.NAME_LIMIT, required=True
        ).strip()

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
    def _read_signature(self, signature):
        """Return a drawn signature, ``None`` when there is none.

        One that is no picture would be signed, and never shown.

        :param signature: base64 text or bytes, or nothing
        :raise UserError: for anything but a PNG or JPEG of reasonable size
        :rtype: str | bytes | None
        """
        signature = arguments.read_picture(self.env, signature, self.env._("Your signature"))
        if not signature:
            return None
        try:
            image = base64_to_image(signature)
            image.verify()
            if image.format not in ("PNG", "JPEG") or max(image.size) > SIGNATURE_SIDE:
                raise ValueError
        except Exception as error:  # whatever the library finds broken in it
            raise UserError(
                self.env._("The signature is no picture: draw it again, or type your name.")
            ) from error
        return signature

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
                    "employee_stance": stance,
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

        :param str state: one of ``IN_FORCE``
        """
        self.ensure_one()
        self.write({"state": state, "date_start": fields.Date.today(), **self._prepare_seal_vals()})
        self._carry_over()
        self._get_other_versions(IN_FORCE)._mark_superseded()
        self.env["performance.mediation"]._find_open(self.review_id)._mark_over("settled")
        self._start_follow_up()

    def _carry_over(self):
        """Take over what has been measured and settled in the version before."""
        self.ensure_one()
        for goal in self.goal_ids.filtered("origin_id"):
            goal.actual = goal.origin_id.actual
        for line in self.commitment_ids.filtered("origin_id"):
            origin = line.origin_id
            line._mark_outcome(
                {name: origin[name] for name in ("outcome", "outcome_note", "drop_reason")}
            )

    def _start_follow_up(self):
        self.ensure_one()
        review = self.review_id
        if review.state == "agreement":
            review.write({"state": "follow_up"})
        else:
            review._generate_checkpoints()

    def action_open_sign(self):
        """Ask for the signature (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        self._check_can_sign()
        return self._open_wizard("performance.agreement.sign", self.env._("Sign"))
