from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import arguments

# What is opened for an origin that has no form of its own: the link to what it stands in.
OPENED = {
    "origin_point_id": "review_id",
    "origin_feedback_id": "dialogue_id",
    "origin_commitment_id": "agreement_id",
}


class PerformanceAgreementSuggestion(models.Model):
    """What preparation and talk suggest for an agreement, to be taken or dropped.

    A suggestion is no part of the agreement: what nobody takes is neither proposed nor signed,
    and nobody but the reviewer and HR ever reads it. Taken, it makes a line of the draft that
    knows where it comes from.
    """

    _name = "performance.agreement.suggestion"
    _description = "Suggestion for an agreement"
    _inherit = [
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.origin.mixin",
    ]
    _order = "agreement_id, sequence, id"

    agreement_id = fields.Many2one(
        "performance.agreement", required=True, index=True, ondelete="cascade"
    )
    code = fields.Char(
        required=True, size=arguments.CODE_LIMIT, help="What it comes from: the same is one line."
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection("_get_kinds", required=True)
    name = fields.Char(string="Suggestion", required=True, size=arguments.CHAR_LIMIT)
    owner = fields.Selection("_get_owners")
    theme_id = fields.Many2one("performance.theme", index="btree_not_null", ondelete="restrict")
    origin_goal_id = fields.Many2one(
        "performance.goal",
        string="Goal before",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    state = fields.Selection(
        [("open", "Open"), ("accepted", "Taken"), ("dropped", "Dropped")],
        default="open",
        required=True,
    )

    _code_unique = models.UniqueIndex(
        "(agreement_id, code)", "This has been suggested for the agreement already."
    )

    @api.model
    def _get_kinds(self):
        """Return what a suggestion may become: a goal, or a commitment of any kind."""
        kinds = self.env["performance.commitment"]._fields["kind"]
        return [("goal", self.env._("Goal")), *kinds._description_selection(self.env)]

    @api.model
    def _get_owners(self):
        return self.env["performance.commitment"]._fields["owner"]._description_selection(self.env)

    @api.model
    def _get_parent_fields(self):
        return frozenset({"agreement_id"})

    @api.model
    def _get_server_fields(self):
        # All of it: people take and drop.
        return frozenset(self._fields) - {"id", "display_name"}

    @api.model
    def _get_origin_fields(self):
        return (*super()._get_origin_fields(), "origin_goal_id")

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def _check_can_decide(self):
        """Refuse to take or drop anything where there is no draft to take it into.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: once the agreement has been proposed
        """
        self.check_access("read")
        self.agreement_id._check_reviewer()
        self.agreement_id._check_running()
        self.agreement_id._check_content_open()

    def action_accept(self):
        """Take these suggestions into the draft; twice is once.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: once the agreement has been proposed
        :return: ``True``
        """
        self._check_can_decide()
        pending = self.filtered(lambda suggestion: suggestion.state != "accepted")
        # Of two clicks at once the database lets one wait, which then finds nothing to do.
        pending._mark_state("accepted")
        pending._mark_accepted()
        return True

    def _mark_state(self, state):
        self.sudo().write({"state": state})
        self.flush_recordset(["state"])

    def _mark_accepted(self):
        """Make lines of the draft from these suggestions."""
        suggestions = self.sudo()
        goals = suggestions.filtered(lambda suggestion: suggestion.kind == "goal")
        goals.env["performance.goal"].create([each._prepare_goal_vals() for each in goals])
        goals.env["performance.commitment"].create(
            [each._prepare_commitment_vals() for each in suggestions - goals]
        )

    def _prepare_commitment_vals(self):
        """Return the values of the commitment this becomes (``dict``)."""
        self.ensure_one()
        origin = self.origin_commitment_id
        taken = origin._prepare_taken_along_vals(self.agreement_id) if origin else {}
        return {
            **taken,
            "date_deadline": taken.get("date_deadline") or self.agreement_id._get_date_wanted(),
            "agreement_id": self.agreement_id.id,
            "kind": self.kind,
            "name": self.name,
            "owner": self.owner,
            "theme_id": self.theme_id.id,
            **{
                name: self[name].id
                for name in self.env["performance.commitment"]._get_origin_fields()
            },
        }

    def _prepare_goal_vals(self):
        """Return the values of the goal this becomes: it starts where the last one ended.

        :rtype: dict
        """
        self.ensure_one()
        goal = self.origin_goal_id
        return {
            "agreement_id": self.agreement_id.id,
            "name": self.name,
            "metric": goal.metric,
            "unit": goal.unit,
            "baseline": goal.actual,
            "target": goal.current_target,
            "direction": goal.direction or "up",
            "weight": goal.weight or 1.0,
            "means": goal.means,
            "date_deadline": self.agreement_id._get_date_wanted(),
            "parent_id": goal.parent_id.id,
            "origin_goal_id": goal.id,
        }

    def action_drop(self):
        """Leave these suggestions out of the agreement.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: once the agreement has been proposed, or for what is in the draft
        :return: ``True``
        """
        self._check_can_decide()
        if any(suggestion.state == "accepted" for suggestion in self):
            raise UserError(
                self.env._("This is in the draft already: delete it there, from its list.")
            )
        self._mark_state("dropped")
        return True

    def action_restore(self):
        """Put suggestions back that were dropped.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: once the agreement has been proposed
        :return: ``True``
        """
        self._check_can_decide()
        self.filtered(lambda suggestion: suggestion.state == "dropped")._mark_state("open")
        return True

    def action_open_origin(self):
        """Open what a suggestion comes from (an ``ir.actions.act_window`` dict).

        :raise UserError: when it is gone, or not for the user to read
        """
        self.ensure_one()
        self.check_access("read")
        for name in self._get_origin_fields():
            origin = self[name]
            if origin and origin._filtered_access("read"):
                target = origin[OPENED[name]] if name in OPENED else origin
                return {
                    "type": "ir.actions.act_window",
                    "res_model": target._name,
                    "res_id": target.id,
                    "view_mode": "form",
                    "views": [(False, "form")],
                }
        raise UserError(self.env._("What this comes from is there no more."))


class PerformanceAgreement(models.Model):
    """What is suggested for a draft."""

    _inherit = "performance.agreement"

    suggestion_ids = fields.One2many(
        "performance.agreement.suggestion",
        "agreement_id",
        string="Suggestions",
        domain=[("state", "!=", "accepted")],
        groups="base.group_user",
    )

    def action_accept_suggestions(self):
        """Take all suggestions that nobody has decided on.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: once the agreement has been proposed
        :return: ``True``
        """
        self._check_reviewer()
        pending = self.suggestion_ids.filtered(lambda suggestion: suggestion.state == "open")
        return pending.action_accept()
