from odoo import api, fields, models
from odoo.exceptions import UserError

from .performance_pulse import QUESTIONS


class PerformanceReview(models.Model):
    """Dialogue (对话): the record of the meeting and its minimum."""

    _inherit = "performance.review"

    dialogue_ids = fields.One2many("performance.dialogue", "review_id", string="Dialogues")
    dialogue_id = fields.Many2one(
        "performance.dialogue",
        compute="_compute_dialogue_id",
        store=True,
        index="btree_not_null",
        help="The latest dialogue; a conversation may be continued another day.",
    )

    can_give_pulse = fields.Boolean(
        compute="_compute_can_give_pulse", export_string_translation=False
    )

    @api.depends("dialogue_ids")
    def _compute_dialogue_id(self):
        latest = dict(
            self.env["performance.dialogue"]._read_group(
                [("review_id", "in", self.ids)], ["review_id"], ["id:max"]
            )
        )
        for review in self:
            review.dialogue_id = latest.get(review._origin, False)

    def _get_dialogue_blockers(self):
        blockers = super()._get_dialogue_blockers()
        for review in self:
            # A conversation continued another day counts as one.
            held = review.dialogue_ids.filtered(
                lambda dialogue: dialogue.date_start and dialogue.date_end
            )
            running = review.dialogue_ids.filtered(
                lambda dialogue: dialogue.date_start and not dialogue.date_end
            )
            duration = sum(held.mapped("duration"))
            if not held or running:
                blockers[review].append(
                    {
                        "code": "dialogue_not_held",
                        "message": self.env._(
                            "The dialogue has no start and end yet (Interview room)."
                        ),
                    }
                )
            elif duration < review.cycle_id.min_duration:
                blockers[review].append(
                    {
                        "code": "dialogue_too_short",
                        "message": self.env._(
                            "The dialogue took %(found)s of at least %(needed)s minutes "
                            "(Interview room).",
                            found=int(duration),
                            needed=review.cycle_id.min_duration,
                        ),
                    }
                )
        return blockers

    def _enter_dialogue(self):
        self.env["performance.dialogue"].create(
            [{"review_id": review.id} for review in self if not review.dialogue_id]
        )
        return super()._enter_dialogue()

    def action_open_room(self):
        """Open the interview room on the whole screen (an ``ir.actions.client`` dict).

        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Dialogue
        """
        self.ensure_one()
        self._check_is_reviewer()
        if self.state != "dialogue" or not self.dialogue_id:
            raise UserError(self.env._("The interview room opens with the step Dialogue."))
        action = self.env["ir.actions.actions"]._for_xml_id(
            "performance_review.performance_dialogue_action_room"
        )
        return {**action, "context": {"active_id": self.dialogue_id.id}}

    def action_open_dialogue(self):
        """Open the record of the dialogue (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        dialogue = self.env["performance.dialogue"].search(
            [("review_id", "=", self.id)], order="id desc", limit=1
        )
        if not dialogue:
            if self.sudo().employee_user_id == self.env.user and self.sudo().dialogue_id:
                raise UserError(
                    self.env._("You can read the dialogue once your reviewer has finished it.")
                )
            raise UserError(self.env._("The interview room opens with the step Dialogue."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Interview room"),
            "res_model": "performance.dialogue",
            "res_id": dialogue.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------
    # Pulse (O2)
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_give_pulse(self):
        own = self.sudo().filtered(
            lambda review: (
                review.employee_user_id == self.env.user
                and review.state in ("agreement", "follow_up", "done")
            )
        )
        waiting = own - self.env["performance.pulse"]._get_answered(own)
        for review in self:
            review.can_give_pulse = review.id in waiting.ids

    def action_give_pulse(self, answers):
        """Count the employee's four answers without a name, once per review.

        Nothing of it stays on the review, see ``performance.pulse``.

        :param dict answers: 1 to 5 for each of ``clear_standard``, ``specific_feedback``,
            ``listened_to`` and ``way_forward``
        :raise UserError: when it is too early, done already or incomplete
        :return: ``True``
        """
        self.ensure_one()
        self.check_access("read")
        refusal = UserError(
            self.env._("These questions are answered once, by the employee, after the dialogue.")
        )
        if not self.can_give_pulse:
            raise refusal
        if (
            not isinstance(answers, dict)
            or set(answers) != set(QUESTIONS)
            or any(type(value) is not int or not 1 <= value <= 5 for value in answers.values())
        ):
            raise UserError(self.env._("Answer every question with 1 to 5."))
        if not self.env["performance.pulse"]._count(self.sudo(), answers):
            raise refusal
        self.invalidate_recordset(["can_give_pulse"])
        return True
