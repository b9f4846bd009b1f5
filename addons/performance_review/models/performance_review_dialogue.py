from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .performance_pulse import QUESTIONS

LONGEST_MEETING = 24 * 60


class PerformanceReview(models.Model):
    """Dialogue (对话): the record of the meeting and its minimum."""

    _inherit = "performance.review"

    meeting_id = fields.Many2one(
        "calendar.event", readonly=True, index="btree_not_null", ondelete="set null"
    )
    # Whoever reads the card knows when people meet; the event itself is private.
    meeting_start = fields.Datetime(related="meeting_id.start", string="Appointment on")
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

    def action_open_dialogue(self):
        """Open the interview room (an ``ir.actions.act_window`` dict)."""
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
        }

    def action_open_meeting(self):
        """Plan the appointment, or open it once planned (an action dict)."""
        self.ensure_one()
        self._check_is_reviewer()
        if self.meeting_id:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Appointment"),
                "res_model": "calendar.event",
                "res_id": self.meeting_id.id,
                "view_mode": "form",
            }
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan the appointment"),
            "res_model": "performance.review.meeting",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def action_plan_meeting(self, date_start, duration, location=None):
        """Invite both sides to their appointment, once however often it is confirmed.

        :param date_start: start in UTC (``datetime`` or ``YYYY-MM-DD HH:MM:SS``)
        :param int duration: minutes
        :param str location: room or link
        :raise AccessError: for anybody but the reviewer
        :raise UserError: when it is too short, or planned for another time already
        :return: ``True``
        """
        self.ensure_one()
        self._check_is_reviewer()
        start, duration, location = self._read_meeting(date_start, duration, location)
        # Two windows or two clicks: the second waits for nobody and finds what the first made.
        if not self.sudo().try_lock_for_update(allow_referencing=True):
            raise UserError(
                self.env._("The appointment is being planned at this moment: reload the page.")
            )
        self.invalidate_recordset(["meeting_id"])
        planned = self.sudo().meeting_id
        if planned and planned.start != start:
            raise UserError(
                self.env._("The appointment is planned already: open it to move or cancel it.")
            )
        if not planned:
            vals = self._prepare_meeting_vals(start, duration, location)
            self._mark_meeting_planned(self.env["calendar.event"].create(vals))
        return True

    def _read_meeting(self, date_start, duration, location):
        """Return start, minutes and location of an appointment, checked.

        :raise UserError: when one of them cannot be read, and below the cycle's minimum
        """
        try:
            start = fields.Datetime.to_datetime(date_start)
        except (TypeError, ValueError):
            start = None
        if not start or type(duration) is not int or not isinstance(location or "", str):
            raise UserError(self.env._("Say when the appointment starts and how long it takes."))
        minimum = self.sudo().cycle_id.min_duration
        if duration < minimum:
            raise UserError(
                self.env._("Plan at least %(minimum)s minutes for the dialogue.", minimum=minimum)
            )
        if duration > LONGEST_MEETING:
            raise UserError(self.env._("An appointment takes a day at most."))
        return start, duration, location or False

    def _prepare_meeting_vals(self, start, duration, location):
        """Return the values of the event; nothing in them tells about the review.

        It is written for the employee, who is invited, in his or her language.
        """
        review = self.sudo()
        partners = (review.employee_user_id | review.reviewer_user_id).partner_id
        env = self.with_context(lang=review.employee_user_id.lang or self.env.lang).env
        sections = env["performance.outline.question"]._fields["section"]
        return {
            "name": env._("Conversation"),
            "start": start,
            "stop": start + timedelta(minutes=duration),
            "location": location,
            "privacy": "private",
            "user_id": self.env.uid,
            "partner_ids": [fields.Command.set(partners.ids)],
            "description": " · ".join(
                label for _code, label in sections._description_selection(env)
            ),
        }

    def _mark_meeting_planned(self, event):
        """Remember the ``calendar.event`` of the appointment."""
        self.sudo().write({"meeting_id": event.id})

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
