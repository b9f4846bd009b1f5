from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.performance_review.tools.words import say_list

from ..tools.unite import unite

OFFICER = "performance_review.group_performance_review_officer"


class Readiness(NamedTuple):
    """One thing a review may wait for, and whose turn it then is."""

    code: str
    label: str
    # Who acts: "employee", "reviewer" or "hr".
    role: str
    # On which reviews, of those under way.
    domain: Domain


class PerformanceReview(models.Model):
    """What reviews wait for, so that HR finds and counts them without opening any.

    The figures are about the step and what is missing in it, never about what was written. An
    HR officer learns nothing of the kind about her own review: from it she could read how far her
    manager is with her sheet.
    """

    _inherit = "performance.review"

    readiness = fields.Char(
        string="Waits for",
        compute="_compute_readiness",
        search="_search_readiness",
        groups=OFFICER,
        help="What is missing in the step, and nothing of what was written.",
    )

    @api.model
    def _get_readiness(self):
        """Return what reviews under way may wait for, in the order of the steps; a hook.

        A domain is asked with ``sudo()``, so it may look at what HR must not read, as long as
        it says no more than that something is missing.

        :rtype: list[Readiness]
        """
        today = fields.Date.context_today(self)
        preparation = Domain("state", "=", "preparation")
        before_talk = Domain("state", "in", ("preparation", "dialogue"))
        agreement = Domain("state", "=", "agreement")
        return [
            Readiness(
                "self_assessment",
                self.env._("Self-assessment"),
                "employee",
                preparation & Domain("employee_ready", "=", False),
            ),
            Readiness(
                "sheet",
                self.env._("Sheet of the manager"),
                "reviewer",
                preparation & Domain("sheet_submitted_on", "=", False),
            ),
            Readiness(
                "appointment",
                self.env._("Appointment"),
                "reviewer",
                before_talk
                & Domain("meeting_id", "=", False)
                # Of the latest sitting: one to be continued another day needs a day, too.
                & (
                    Domain("dialogue_id", "=", False) | Domain("dialogue_id.date_start", "=", False)
                ),
            ),
            Readiness(
                "dialogue",
                self.env._("Overdue dialogue"),
                "reviewer",
                before_talk
                & Domain("cycle_id.dialogue_deadline", "<", today)
                & (Domain("late_deadline", "=", False) | Domain("late_deadline", "<", today)),
            ),
            Readiness(
                "proposal",
                self.env._("Proposal of the agreement"),
                "reviewer",
                agreement & Domain("agreement_ids", "not any", [("state", "!=", "draft")]),
            ),
            Readiness(
                "signature_employee",
                self.env._("Signature of the employee"),
                "employee",
                self._get_unsigned_domain("employee_signed_on"),
            ),
            Readiness(
                "signature_reviewer",
                self.env._("Signature of the manager"),
                "reviewer",
                self._get_unsigned_domain("reviewer_signed_on"),
            ),
            Readiness(
                "dispute",
                self.env._("Open dispute"),
                "hr",
                Domain("agreement_ids", "any", self._get_contested_domain()),
            ),
            Readiness(
                "checkpoint",
                self.env._("Overdue checkpoint"),
                "reviewer",
                Domain("state", "=", "follow_up") & Domain("next_checkpoint_date", "<", today),
            ),
            Readiness(
                "hr_by_rule",
                self.env._("HR wanted by rule"),
                "hr",
                before_talk
                & Domain("hr_reason_ids", "any", [("is_waived", "=", False)])
                & Domain("participant_ids", "not any", [("kind", "=", "hr")]),
            ),
            Readiness(
                "people",
                self.env._("Somebody to replace"),
                "hr",
                Domain("reviewer_user_id", "=", False)
                | Domain("employee_user_id", "=", False)
                | Domain("reviewer_user_id", "in", self._find_gone("res.users"))
                | Domain("employee_user_id", "in", self._find_gone("res.users"))
                | Domain("employee_id", "in", self._find_gone("hr.employee")),
            ),
        ]

    @api.model
    def _find_gone(self, model_name):
        """Return the ``Query`` of the archived ones: few, where all the others need no look-up."""
        gone = self.env[model_name].sudo().with_context(active_test=False)
        return gone._search([("active", "=", False)])

    @api.model
    def _get_contested_domain(self):
        """Return which versions wait for HR: disputed, or objected to without an answer."""
        return Domain("state", "=", "disputed") | (
            Domain("state", "=", "refused")
            & Domain("objection_on", "!=", False)
            & Domain("objection_answered_on", "=", False)
        )

    @api.model
    def _get_unsigned_domain(self, field_name):
        return Domain(
            "agreement_ids", "any", [("state", "=", "proposed"), (field_name, "=", False)]
        )

    @api.model
    def _get_readiness_scope(self):
        """Return the ``Domain`` of reviews the user may be told about: none of one's own."""
        uid = self.env.uid
        employees = self.env["hr.employee"].sudo().with_context(active_test=False)
        return (
            Domain("state", "!=", "done")
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("employee_user_id", "!=", uid)
            & Domain("employee_id", "not in", employees._search([("user_id", "=", uid)]))
        )

    @api.model
    def _get_waiting_domain(self, *codes):
        """Return which reviews wait for one of these things; to be asked with ``sudo()``.

        :param str codes: of :class:`Readiness`
        :rtype: Domain
        """
        domains = [row.domain for row in self._get_readiness() if row.code in codes]
        return self._get_readiness_scope() & Domain.OR(domains)

    def _search_readiness(self, operator, value):
        # Odoo checks the groups of stored fields alone.
        self._check_field_access(self._fields["readiness"], "read")
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self.sudo()._search(self._get_waiting_domain(*value)))

    @api.depends_context("uid", "lang")
    @api.depends("state", "step_deadline", "employee_ready", "meeting_id", "dialogue_id")
    def _compute_readiness(self):
        rows = self._get_readiness()
        here = self._get_readiness_scope() & Domain("id", "in", self._origin.ids)
        cards = self.sudo()
        waiting = unite({row.code: cards._search(here & row.domain) for row in rows})
        found = set(self.env.execute_query(waiting))
        for review in self:
            review.readiness = say_list(
                self.env,
                (row.label for row in rows if (row.code, review._origin.id) in found),
            )
