from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class PerformanceDialogue(models.Model):
    """Record of one meeting (对话), kept in the interview room (D1, D3 to D5)."""

    _name = "performance.dialogue"
    _description = "Dialogue"
    _inherit = ["performance.version.guard", "performance.part.mixin"]
    _order = "id desc"

    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    employee_id = fields.Many2one(related="review_id.employee_id")
    date_start = fields.Datetime(string="Start")
    date_end = fields.Datetime(string="End")
    duration = fields.Float(
        string="Length (minutes)",
        compute="_compute_duration",
        store=True,
        precompute=True,
        aggregator="avg",
    )
    # Filled by the clock of the interview room, see performance_dialogue_clock.py.
    employee_seconds = fields.Integer(string="Employee spoke (seconds)")
    reviewer_seconds = fields.Integer(string="Reviewer spoke (seconds)")
    employee_share = fields.Float(
        string="Employee's talk share (%)",
        compute="_compute_employee_share",
        store=True,
        precompute=True,
        aggregator="avg",
    )
    share_text = fields.Char(string="Talk share", compute="_compute_share_text")
    point_ids = fields.One2many(
        related="review_id.point_ids", string="Prepared points", related_sudo=False
    )
    topic_ids = fields.One2many("performance.dialogue.topic", "dialogue_id")
    feedback_ids = fields.One2many("performance.feedback", "dialogue_id", string="BEST feedback")
    expectations = fields.Text(help="Are the expectations still shared? What has changed?")
    obstacle_theme_id = fields.Many2one(
        "performance.theme",
        string="Largest obstacle",
        index="btree_not_null",
        ondelete="restrict",
    )
    sustainable = fields.Selection(
        [
            ("yes", "Yes"),
            ("mostly", "Mostly"),
            ("partly", "Partly"),
            ("hardly", "Hardly"),
            ("no", "No"),
        ],
        string="Can it go on like this?",
    )
    sustainable_note = fields.Text(string="Why, or why not")
    support_needed = fields.Text(string="Support needed most")
    told_point_ids = fields.Many2many(
        "performance.point",
        string="Points told",
        domain="[('review_id', '=', review_id)]",
        help="Prepared points that have been talked about.",
    )
    employee_confirmed_on = fields.Datetime(string="Confirmed by the employee", readonly=True)
    open_points = fields.Text(string="Still open", compute="_compute_open_points")
    review_state = fields.Selection(related="review_id.state", string="Step")
    is_reviewer = fields.Boolean(related="review_id.is_reviewer", export_string_translation=False)
    is_employee = fields.Boolean(related="review_id.is_employee", export_string_translation=False)

    _dates_ordered = models.Constraint(
        "CHECK (date_end >= date_start)", "The dialogue ends before it starts: check both times."
    )
    _seconds_positive = models.Constraint(
        "CHECK (employee_seconds >= 0 AND reviewer_seconds >= 0)",
        "Talk time cannot be below 0 seconds.",
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"employee_confirmed_on"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"dialogue"})

    @api.depends("date_start", "date_end")
    def _compute_duration(self):
        for dialogue in self:
            if dialogue.date_start and dialogue.date_end:
                seconds = (dialogue.date_end - dialogue.date_start).total_seconds()
                dialogue.duration = seconds / 60.0
            else:
                dialogue.duration = 0.0

    @api.depends("employee_seconds", "reviewer_seconds")
    def _compute_employee_share(self):
        for dialogue in self:
            total = dialogue.employee_seconds + dialogue.reviewer_seconds
            dialogue.employee_share = 100.0 * dialogue.employee_seconds / total if total else 0.0

    @api.depends("employee_share", "employee_seconds", "reviewer_seconds")
    def _compute_share_text(self):
        for dialogue in self:
            company = dialogue.sudo().review_id.company_id
            share = dialogue.employee_share
            if not dialogue.employee_seconds and not dialogue.reviewer_seconds:
                dialogue.share_text = self.env._("Not measured")
            elif share < company.performance_share_floor:
                dialogue.share_text = self.env._(
                    "Below %(floor)s%%: let the employee speak more",
                    floor=round(company.performance_share_floor),
                )
            elif share < company.performance_share_aim:
                dialogue.share_text = self.env._(
                    "Fair; agreement comes easiest near %(aim)s%%",
                    aim=round(company.performance_share_aim),
                )
            else:
                dialogue.share_text = self.env._("Well balanced")

    @api.depends(
        "topic_ids.is_discussed",
        "feedback_ids",
        "expectations",
        "obstacle_theme_id",
        "sustainable",
        "support_needed",
    )
    def _compute_open_points(self):
        for dialogue in self:
            open_points = []
            undiscussed = len(dialogue.topic_ids.filtered(lambda topic: not topic.is_discussed))
            if undiscussed:
                open_points.append(
                    self.env._("%(count)s topics not talked about yet", count=undiscussed)
                )
            if not dialogue.feedback_ids:
                open_points.append(self.env._("no BEST feedback yet"))
            if not (
                dialogue.expectations
                and dialogue.obstacle_theme_id
                and dialogue.sustainable
                and dialogue.support_needed
            ):
                open_points.append(self.env._("the present is not calibrated yet"))
            dialogue.open_points = " · ".join(open_points)

    @api.depends("review_id")
    def _compute_display_name(self):
        # Names of linked records are shown without a check of access.
        for dialogue in self:
            dialogue.display_name = self.env._("Dialogue")

    @api.model_create_multi
    def create(self, vals_list):
        dialogues = super().create(vals_list)
        continued = dialogues.sudo().filtered(lambda each: each.review_id.dialogue_ids != each)
        (dialogues.sudo() - continued)._add_first_topics()
        self.env["performance.dialogue.topic"].sudo().create(
            [
                {"dialogue_id": dialogue.id, "question_id": question.id}
                for dialogue in continued
                for question in dialogue._get_questions()
            ]
        )
        return dialogues

    def _add_first_topics(self):
        """Add all questions of the outlines in one statement.

        A step taken by a thousand reviews lays out fifteen thousand topics, and the ORM would
        insert and complete them a hundred at a time.
        """
        if not self:
            return
        self.env["performance.outline.question"].flush_model()
        self.env["performance.review"].flush_model(["outline_id"])
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO performance_dialogue_topic
                            (dialogue_id, question_id, section, section_rank, sequence,
                             create_uid, create_date, write_uid, write_date)
                     SELECT dialogue.id, question.id, question.section, question.section_rank, 10,
                            %(uid)s, %(now)s, %(uid)s, %(now)s
                       FROM performance_dialogue dialogue
                       JOIN performance_review review ON review.id = dialogue.review_id
                       JOIN performance_outline_question question
                         ON question.outline_id = review.outline_id
                        AND question.for_dialogue AND question.active
                      WHERE dialogue.id IN %(ids)s
                   ORDER BY dialogue.id, question.section_rank, question.sequence, question.id
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=tuple(self.ids),
            )
        )
        self.invalidate_recordset(["topic_ids"])

    def _get_questions(self):
        """Return the outline's questions for this dialogue.

        A continued conversation goes on with what has not been talked about yet.

        :return: ``performance.outline.question``
        """
        self.ensure_one()
        review = self.review_id
        asked = (review.dialogue_ids - self).topic_ids.filtered("is_discussed").question_id
        return (
            review.outline_id.question_ids.filtered("for_dialogue")
            - asked
            - self.topic_ids.question_id
        )

    def action_start(self):
        """Note that the dialogue starts now; the first click counts."""
        for dialogue in self:
            if not dialogue.date_start:
                dialogue.date_start = fields.Datetime.now()
        return True

    def action_end(self):
        """Note that the dialogue ends now; an end that is there already stays.

        :raise UserError: when it has not started
        :return: ``True``
        """
        for dialogue in self:
            if not dialogue.date_start:
                raise UserError(self.env._("Start the dialogue first."))
            if not dialogue.date_end:
                dialogue.date_end = fields.Datetime.now()
        return True

    def action_confirm(self):
        """Confirm as the employee that the dialogue took place (D5).

        :raise UserError: when somebody else confirms, or nothing has taken place
        :return: ``True``
        """
        for dialogue in self:
            dialogue.check_access("read")
            if not self.env.su and dialogue.sudo().review_id.employee_user_id != self.env.user:
                raise UserError(
                    self.env._("The reviewer confirms by start and end, the employee here.")
                )
            if not dialogue.date_end:
                raise UserError(self.env._("The dialogue has no end yet."))
        self._mark_confirmed()
        return True

    def _mark_confirmed(self):
        self.sudo().filtered(lambda dialogue: not dialogue.employee_confirmed_on).write(
            {"employee_confirmed_on": fields.Datetime.now()}
        )

    def action_continue(self):
        """Open a second record for a conversation that goes on another day.

        :raise UserError: while this one has no end, or a later one is open already
        :raise AccessError: for anybody but the reviewer
        :return: its form (an ``ir.actions.act_window`` dict)
        """
        self.ensure_one()
        self.check_access("write")
        if not self.date_end:
            raise UserError(self.env._("End this part of the dialogue first."))
        if self.review_id.dialogue_id != self:
            raise UserError(self.env._("The dialogue has been continued already."))
        self.create({"review_id": self.review_id.id})
        return self.review_id.action_open_dialogue()

    def action_back_to_review(self):
        """Return to where the room was opened from, else to the review's form.

        :return: an ``ir.actions.client`` dict
        """
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "performance_review_back",
            "params": {"next": self.review_id._open_form()},
        }

    def action_finish(self):
        """End the dialogue if it still runs and take the review on to the agreement.

        :return: the way back to the review (an ``ir.actions.client`` dict)
        """
        self.ensure_one()
        if self.date_start and not self.date_end:
            self.action_end()
        self.review_id.action_next()
        return self.action_back_to_review()
