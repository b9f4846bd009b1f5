from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import email_normalize

from ..tools import arguments
from ..tools.words import say_list
from .performance_review_by_rule import OFFICER


class PerformanceReview(models.Model):
    """Who sits at the table besides the two (R2): somebody of HR, a companion of the employee.

    HR names itself, or is proposed by a rule; the employee names a companion. Until the talk is
    over both can change. The invitation is that of the appointment, whenever it is planned.
    """

    _inherit = "performance.review"

    participant_ids = fields.One2many("performance.participant", "review_id")
    participant_text = fields.Char(string="Also takes part", compute="_compute_participant_text")
    can_name_companion = fields.Boolean(
        compute="_compute_can_name_companion", export_string_translation=False
    )
    has_hr = fields.Boolean(compute="_compute_participant_text", export_string_translation=False)
    has_companion = fields.Boolean(
        compute="_compute_participant_text", export_string_translation=False
    )

    @api.depends_context("uid", "lang")
    @api.depends("participant_ids.name", "participant_ids.kind")
    def _compute_participant_text(self):
        # With the reader's own rights: the managers above read of nobody.
        people = self.env["performance.participant"].search_fetch(
            [("review_id", "in", self.ids)], ["review_id", "kind", "name"]
        )
        by_review = people.grouped("review_id")
        for review in self:
            found = by_review.get(review._origin, people.browse())
            kinds = found.mapped("kind")
            review.participant_text = say_list(self.env, found.mapped("display_name"))
            review.has_hr = "hr" in kinds
            review.has_companion = "companion" in kinds

    @api.depends_context("uid")
    @api.depends("employee_user_id", "state", "dialogue_ids.date_end")
    def _compute_can_name_companion(self):
        for review in self:
            review.can_name_companion = review.is_employee and review._is_talk_ahead()

    def _is_talk_ahead(self):
        """Say whether it can still change who takes part."""
        self.ensure_one()
        card = self.sudo()
        return card.state == "preparation" or (
            card.state == "dialogue" and not any(card.dialogue_ids.mapped("date_end"))
        )

    def _get_participant(self, kind):
        """Return who takes part as ``kind``, with ``sudo()``, empty for nobody."""
        self.ensure_one()
        return self.sudo().participant_ids.filtered(lambda each: each.kind == kind)

    def _get_meeting_guests(self):
        """Return whom the appointment invites besides the two (``res.partner``)."""
        return self.sudo().participant_ids.partner_id

    # ------------------------------------------------------------------
    # HR
    # ------------------------------------------------------------------

    def _get_activity_user(self, step):
        if step == "hr":
            return self._get_hr_person()
        return super()._get_activity_user(step)

    def _get_hr_person(self):
        """Return who of HR takes part by default (``res.users``): never one of the two."""
        self.ensure_one()
        for user in (self.company_id.performance_hr_user_id, self.cycle_id.user_id):
            if user and self._can_take_part(user):
                return user
        return self.env["res.users"]

    def _can_take_part(self, user):
        """Say whether ``user`` takes part as HR: an officer of the company, none of the two."""
        self.ensure_one()
        card = self.sudo()
        parties = card.employee_user_id | card.reviewer_user_id | card.employee_id.user_id
        return (
            user.active
            and card.company_id in user.company_ids
            and user not in parties
            and user.has_group(OFFICER)
        )

    def _propose_hr(self):
        """Name somebody of HR where a rule asks for it, and nobody where none does any more."""
        ahead = self.sudo().filtered(lambda review: review._is_talk_ahead())
        people = self.env["performance.participant"].sudo()
        people = people.search([("review_id", "in", ahead.ids), ("kind", "=", "hr")])
        reasons = self.env["performance.hr.reason"].sudo()
        wanted = reasons.search_fetch(
            [("review_id", "in", ahead.ids), ("is_waived", "=", False)], ["review_id"]
        ).review_id
        gone = people.filtered(lambda each: each.is_by_rule and each.review_id not in wanted)
        missing = wanted - (people - gone).review_id
        gone._leave()
        self._take_in(
            {
                review: self._prepare_hr_vals(user)
                for review in missing
                if (user := review._get_activity_user("hr"))
            },
            is_by_rule=True,
        )

    def _replace_hr(self):
        """Name somebody else where who takes part for HR has become one of the two."""
        people = self.env["performance.participant"].sudo()
        people = people.search([("review_id", "in", self.ids), ("kind", "=", "hr")])
        lost = people.filtered(
            lambda each: (
                each.user_id & (each.review_id.employee_user_id | each.review_id.reviewer_user_id)
            )
        )
        reviews = lost.review_id
        lost.unlink()  # whoever is a party stays in the appointment
        reviews._propose_hr()

    @api.model
    def _prepare_hr_vals(self, user):
        return {
            "kind": "hr",
            "name": user.name[: arguments.NAME_LIMIT],
            "user_id": user.id,
            "partner_id": user.partner_id.id,
        }

    def action_set_hr(self, user_id):
        """Name who takes part for HR; HR officers only, and not in reviews of their own.

        :param int user_id: id of a ``res.users`` who is an HR officer
        :raise AccessError: for others than HR, and for HR about its own
        :raise UserError: for anybody who cannot take part, and once the talk is over
        :return: ``True``
        """
        self._check_is_hr()
        self._check_talk_ahead()
        user = self._get_record_of("res.users", user_id)
        for review in self:
            if not review._can_take_part(user):
                raise UserError(
                    self.env._(
                        "Choose somebody of HR in %(company)s who is none of the two.",
                        company=review.sudo().company_id.name,
                    )
                )
        self._mark_hr(user)
        return True

    def _mark_hr(self, user):
        cards = self.sudo()
        cards.hr_reason_ids.write({"is_waived": False})
        cards.participant_ids.filtered(
            lambda each: each.kind == "hr" and each.user_id != user
        )._leave()
        self._take_in(
            {
                review: self._prepare_hr_vals(user)
                for review in cards
                if not review._get_participant("hr")
            }
        )

    def action_withdraw_hr(self):
        """Leave the two to themselves, also where a rule wants HR; HR officers only.

        :raise AccessError: for others than HR, and for HR about its own
        :raise UserError: once the talk is over
        :return: ``True``
        """
        self._check_is_hr()
        self._check_talk_ahead()
        self._mark_hr_withdrawn()
        return True

    def _mark_hr_withdrawn(self):
        cards = self.sudo()
        cards.hr_reason_ids.write({"is_waived": True})
        cards.participant_ids.filtered(lambda each: each.kind == "hr")._leave()

    # ------------------------------------------------------------------
    # Companion
    # ------------------------------------------------------------------

    def action_name_companion(self, name, email=None, employee_id=None):
        """Name, as the employee, who comes along; instead of the one named before.

        :param str name: of somebody who may have no account; a colleague's own goes before it
        :param str email: where the invitation goes
        :param int employee_id: id of a colleague
        :raise AccessError: for anybody but the employee
        :raise UserError: without a name, for one of the two, and once the talk is over
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_own()
        self._check_talk_ahead()
        vals = self._prepare_companion_vals(name, email, employee_id)
        self._mark_companion(vals)
        return True

    def _prepare_companion_vals(self, name, email, employee_id):
        """Return the values of a companion, checked.

        :raise UserError: as :meth:`action_name_companion`
        :rtype: dict
        """
        label = self.env._("Name")
        name = arguments.read_text(self.env, name, label, arguments.NAME_LIMIT).strip()
        email = arguments.read_text(
            self.env, email, self.env._("E-mail"), arguments.CHAR_LIMIT
        ).strip()
        partner = self.env["res.partner"].sudo()
        if colleague_id := arguments.read_id(self.env, employee_id, label, required=False):
            colleague = self._get_colleague(colleague_id)
            name, email = colleague.name, colleague.work_email or ""
            partner = colleague.user_id.partner_id or colleague.work_contact_id
        elif email and not email_normalize(email):
            raise UserError(self.env._("This is no e-mail address: leave it empty or correct it."))
        if not name:
            raise UserError(self.env._("Say who comes along."))
        if email and not partner:
            address = email_normalize(email)
            partner = partner.search([("email_normalized", "=", address)], limit=1)
            partner = partner or partner.create({"name": name, "email": address})
        card = self.sudo()
        if partner & (card.employee_user_id | card.reviewer_user_id).partner_id:
            raise UserError(self.env._("The two who meet are there already: name somebody else."))
        return {"kind": "companion", "name": name, "email": email, "partner_id": partner.id}

    def _get_colleague(self, employee_id):
        """Return a colleague of the same company, with ``sudo()``.

        :raise UserError: for anybody else; one sentence, whoever it is
        """
        colleague = self.env["hr.employee"].sudo().browse(employee_id).exists()
        # A portal user has no list of people to choose from, and finds out about nobody here.
        known = not self.env.user.share and colleague.company_id == self.sudo().company_id
        if not known or colleague in (self.sudo().employee_id | self.sudo().reviewer_id):
            raise UserError(self.env._("Choose a colleague from the list, or type a name."))
        return colleague

    def _mark_companion(self, vals):
        self._mark_companion_removed()
        self._take_in({self.sudo(): vals})

    def action_remove_companion(self):
        """Come without a companion after all, as the employee.

        :raise AccessError: for anybody but the employee
        :raise UserError: once the talk is over
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_own()
        self._check_talk_ahead()
        self._mark_companion_removed()
        return True

    def _mark_companion_removed(self):
        self._get_participant("companion")._leave()

    # ------------------------------------------------------------------
    # Ground
    # ------------------------------------------------------------------

    def _check_is_own(self):
        self.check_access("read")
        if not self.is_employee:
            raise AccessError(self.env._("Only the employee names a companion."))

    def _check_talk_ahead(self):
        for review in self:
            if not review._is_talk_ahead():
                raise UserError(self.env._("The talk is over: who took part stays as it was."))

    @api.model
    def _take_in(self, people, is_by_rule=False):
        """Let people take part, and invite them where the appointment stands.

        :param dict people: ``performance.review`` with ``sudo()`` → values of the participant
        :param bool is_by_rule: whether a rule proposed them
        """
        self.env["performance.participant"].sudo().create(
            [
                {"review_id": review.id, "is_by_rule": is_by_rule, **vals}
                for review, vals in people.items()
            ]
        )
        for review, vals in people.items():
            event = review._get_coming_event()
            if event and vals["partner_id"]:
                event.write({"partner_ids": [Command.link(vals["partner_id"])]})

    def _get_coming_event(self):
        """Return the appointment to come (``calendar.event``), with ``sudo()``, if any."""
        self.ensure_one()
        now = fields.Datetime.now()
        return self.sudo().meeting_id.filtered(lambda event: event.active and event.stop >= now)

    # ------------------------------------------------------------------
    # Dialogs
    # ------------------------------------------------------------------

    def action_open_set_hr(self):
        """Ask who takes part for HR (an ``ir.actions.act_window`` dict)."""
        return self._open_participant("hr", self.env._("HR takes part"))

    def action_open_companion(self):
        """Ask the employee who comes along (an ``ir.actions.act_window`` dict)."""
        return self._open_participant("companion", self.env._("Name a companion"))

    def _open_participant(self, kind, name):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "performance.participant.choose",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_review_id": self.id, "default_kind": kind},
        }
