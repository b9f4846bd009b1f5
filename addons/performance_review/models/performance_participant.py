from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Command

from ..tools import arguments


class PerformanceParticipant(models.Model):
    """Who takes part in a talk besides the two: somebody of HR, a companion of the employee (R2).

    Employee, reviewer and HR read it; the managers above do not, to whom it would say that the
    case is a delicate one. Written by the verbs of ``performance_review_participants.py``.
    """

    _name = "performance.participant"
    _description = "Who also takes part"
    _inherit = ["performance.line.mixin", "performance.server.mixin"]
    _order = "review_id, kind desc, id"
    # Neither when nor by whom somebody of HR was named: together with no reason to read, a row as
    # old as the launch would tell the reviewer of a flag.
    _log_access = False

    review_id = fields.Many2one(
        "performance.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("hr", "HR"), ("companion", "Companion")], string="As", required=True, readonly=True
    )
    name = fields.Char(required=True, readonly=True, size=arguments.NAME_LIMIT)
    email = fields.Char(readonly=True, help="The invitation goes there.")
    user_id = fields.Many2one(
        "res.users",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        groups="base.group_user",
    )
    # Whom the appointment invites.
    partner_id = fields.Many2one("res.partner", readonly=True, groups=NO_ACCESS)
    # By rule, or by a decision of HR: it must not be told apart.
    is_by_rule = fields.Boolean(readonly=True, groups=NO_ACCESS)

    _one_of_a_kind = models.UniqueIndex(
        "(review_id, kind)", "Somebody is named already: replace that person."
    )

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.depends_context("uid", "lang")
    @api.depends("name", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for participant in self._get_nameable():
            participant.display_name = self.env._(
                "%(name)s (%(kind)s)", name=participant.name, kind=kinds.get(participant.kind, "")
            )

    def _leave(self):
        """Take these people out of the talk, and out of its appointment."""
        people = self.sudo()
        for participant in people.filtered("partner_id"):
            review, partner = participant.review_id, participant.partner_id
            others = (review.participant_ids - participant).partner_id
            others |= (review.employee_user_id | review.reviewer_user_id).partner_id
            event = review._get_coming_event()
            if event and partner not in others:
                event.write({"partner_ids": [Command.unlink(partner.id)]})
                event.message_unsubscribe(partner_ids=partner.ids)
        people.unlink()
