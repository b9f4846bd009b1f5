from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..tools import arguments, digest

OFFICER = "performance_review.group_performance_review_officer"
KINDS = [("refused", "Does not sign"), ("left", "Left the company")]
# However late a version is proposed, there are so many days to read it (house rule).
SIGNING_DAYS = 7


class PerformanceAgreement(models.Model):
    """Refused (拒签): the plan goes on without the employee's signature, and says so (A5b).

    Nobody signs for anybody: why, who witnessed it and how the version was delivered are part
    of what is sealed. What the employee says to it is in ``performance_agreement_objection.py``.
    """

    _inherit = "performance.agreement"

    refusal_kind = fields.Selection(KINDS, string="Why it is not signed", readonly=True, copy=False)
    refusal_reason = fields.Text(string="What was said", readonly=True, copy=False)
    refusal_witness = fields.Char(
        string="Witness", size=arguments.NAME_LIMIT, readonly=True, copy=False
    )
    refusal_delivered = fields.Char(
        string="How it was delivered", size=arguments.CHAR_LIMIT, readonly=True, copy=False
    )
    refusal_by = fields.Char(
        string="Recorded by", size=arguments.NAME_LIMIT, readonly=True, copy=False
    )
    refusal_on = fields.Datetime(string="Recorded on", readonly=True, copy=False)
    objection_until = fields.Date(string="Objection open until", readonly=True, copy=False)
    can_record_refusal = fields.Boolean(
        compute="_compute_can_record_refusal", export_string_translation=False
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | frozenset(
            {
                "refusal_kind",
                "refusal_reason",
                "refusal_witness",
                "refusal_delivered",
                "refusal_by",
                "refusal_on",
                "objection_until",
            }
        )

    @api.depends_context("uid")
    @api.depends("state", "employee_signed_on", "reviewer_signed_on", "review_id")
    def _compute_can_record_refusal(self):
        for agreement in self:
            agreement.can_record_refusal = (
                agreement.state == "proposed"
                and agreement._may_record_refusal()
                and agreement._is_signature_given_up()
            )

    def _may_record_refusal(self):
        """Say whether the user is the reviewer, or in HR, and not the employee.

        What both sides have signed is replaced by HR alone, as after a dispute.
        """
        self.ensure_one()
        review = self.sudo().review_id
        if review.employee_user_id == self.env.user:
            return False
        if self.env.user.has_group(OFFICER):
            return True
        return review.reviewer_user_id == self.env.user and not review._get_agreement_in_force()

    def action_record_refusal(
        self, reason, witness=None, delivered=None, objection_until=None, kind="refused"
    ):
        """Record that the employee does not sign; the version comes into force all the same.

        :param str reason: what was said, as far as it is known
        :param str witness: who was there; nobody needs to be where the employee has left
        :param str delivered: how the employee got this version; likewise
        :param objection_until: last day of an objection (``date`` or ISO text), by default the
            one that the settings leave
        :param str kind: ``"refused"``, once the time to sign is over, or ``"left"``, once the
            employee has no active account or file any more
        :raise AccessError: for anybody but the reviewer and HR, for the employee, and for the
            reviewer where a version holds already
        :raise UserError: for what is missing, before the time to sign is over, before the
            reviewer has signed, and for a version that is not up for signing
        :return: ``True``
        """
        self.check_access("read")
        kind = arguments.read_choice(self.env, kind, self._get_field_label("refusal_kind"), KINDS)
        vals = {
            "refusal_kind": kind,
            "refusal_reason": self._read_refusal_text(
                reason, "refusal_reason", arguments.REASON_LIMIT, True
            ),
            "refusal_witness": self._read_refusal_text(
                witness, "refusal_witness", arguments.NAME_LIMIT, kind == "refused"
            ),
            "refusal_delivered": self._read_refusal_text(
                delivered, "refusal_delivered", arguments.CHAR_LIMIT, kind == "refused"
            ),
        }
        self._lock_row()
        self._check_running()
        for agreement in self:
            if not self.env.su and not agreement._may_record_refusal():
                raise AccessError(
                    self.env._(
                        "The reviewer or HR records that an agreement is not signed; where a "
                        "version holds already, HR does."
                    )
                )
            if obstacle := agreement._get_refusal_obstacle(kind):
                raise UserError(obstacle)
            agreement._mark_refused(
                {**vals, "objection_until": agreement._read_objection_until(objection_until)}
            )
        return True

    @api.model
    def _read_refusal_text(self, value, name, limit, required):
        label = self._get_field_label(name)
        return arguments.read_text(self.env, value, label, limit, required).strip()

    def _read_objection_until(self, value):
        """Return the last day of an objection, never before the one of the settings.

        :raise UserError: for an earlier day, and for anything that is none
        :rtype: datetime.date
        """
        self.ensure_one()
        least = self._get_objection_day()
        label = self._get_field_label("objection_until")
        day = arguments.read_date(self.env, value, label) or least
        if day < least:
            raise UserError(
                self.env._(
                    "An objection stays open until %(date)s at least.",
                    date=format_date(self.env, least),
                )
            )
        return day

    def _get_objection_day(self):
        """Return the first day on which the time to object may be over (``date``)."""
        self.ensure_one()
        company = self.sudo().review_id.company_id
        return fields.Date.context_today(self) + timedelta(days=company.performance_objection_days)

    def _get_refusal_obstacle(self, kind):
        """Return why it cannot be recorded that this version is not signed, or ``False``.

        :param str kind: ``"refused"`` or ``"left"``
        """
        self.ensure_one()
        if self.state != "proposed" or self.employee_signed_on:
            return self.env._("There is nothing to record: this version waits for no signature.")
        if not self.reviewer_signed_on:
            return self.env._("The reviewer signs first.")
        if kind == "left":
            return not self._has_employee_left() and self.env._(
                "The employee still has an account and an employee's file: the reason is "
                "another one."
            )
        deadline = self._get_signing_deadline()
        return deadline >= fields.Date.context_today(self) and self.env._(
            "The employee has time to sign until %(date)s.", date=format_date(self.env, deadline)
        )

    def _is_signature_given_up(self):
        """Say whether the time to sign is over, or the employee has left."""
        self.ensure_one()
        return not all(self._get_refusal_obstacle(kind) for kind, _label in KINDS)

    def _has_employee_left(self):
        """Say whether the employee cannot sign any more: no account, or an archived file."""
        self.ensure_one()
        review = self.sudo().review_id
        if not review.employee_user_id.active:
            return True
        # Of the file nothing but this is asked, and of all that are read with this one at once.
        employee = review.employee_id
        employee.browse(employee._prefetch_ids).fetch(["active"])
        return not employee.active

    def _get_signing_deadline(self):
        """Return the last day on which the employee may still simply sign (``date``).

        That of the step; of what was proposed late, or is an amendment, some days later.
        """
        self.ensure_one()
        agreement = self.sudo()
        review = agreement.review_id
        day = agreement.proposed_on.date() + timedelta(days=SIGNING_DAYS)
        if review.state == "agreement" and review.agreement_deadline:
            return max(day, review.agreement_deadline)
        return day

    def _mark_refused(self, vals):
        self.ensure_one()
        agreement = self.sudo()
        agreement.write(
            {**vals, "refusal_by": self.env.user.name, "refusal_on": fields.Datetime.now()}
        )
        agreement._put_into_force("refused")
        agreement._send_to_employee("mail_template_agreement_refused")

    def action_open_refusal(self):
        """Ask for reason, witness and delivery (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        return self._open_wizard(
            "performance.agreement.refusal", self.env._("The employee does not sign")
        )

    # ------------------------------------------------------------------
    # What is sealed and shown of it
    # ------------------------------------------------------------------

    def _prepare_refusal(self):
        """Return what is sealed of it (``dict`` of plain values), ``None`` for other versions."""
        self.ensure_one()
        if not self.refusal_kind:
            return None
        return {
            "kind": self.refusal_kind,
            "reason": self.refusal_reason or "",
            "witness": self.refusal_witness or "",
            "delivered": self.refusal_delivered or "",
            "by": self.refusal_by or "",
            "on": self.refusal_on or None,
            "objection_until": self.objection_until or None,
        }

    def _prepare_terms(self):
        terms = super()._prepare_terms()
        refusal = self._prepare_refusal()
        # What both have signed has the form it always had.
        return {**terms, "refusal": refusal} if refusal else terms

    def _get_row_faults(self, signed):
        faults = super()._get_row_faults(signed)
        today = digest.read_canonical(digest.canonical_json(self._prepare_refusal()))
        if signed.get("refusal") != today:
            faults.append(
                self.env._(
                    "“%(field)s” no longer says what was signed.",
                    field=self._get_field_label("refusal_kind"),
                )
            )
        return faults

    def _prepare_shown(self, content):
        shown = super()._prepare_shown(content)
        if refusal := shown.get("refusal"):
            kinds = dict(self._fields["refusal_kind"]._description_selection(self.env))
            refusal["kind_label"] = kinds.get(refusal["kind"], refusal["kind"])
            refusal["objection_until"] = fields.Date.to_date(refusal["objection_until"])
            refusal["on"] = fields.Datetime.to_datetime(refusal["on"].replace("T", " "))
        return shown
