import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Datetime
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestDialogue(PerformanceCommon):
    """The interview room: topics, BEST feedback, time, and what stays of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.outline.question_ids[2].for_dialogue = False
        cls.dialogue = cls.to_dialogue(cls.review).with_user(cls.manager_user)

    def hold(self, minutes, dialogue=None, start="2026-03-02 09:00:00"):
        begin = Datetime.to_datetime(start)
        (dialogue or self.dialogue).write(
            {"date_start": begin, "date_end": Datetime.add(begin, minutes=minutes)}
        )

    # ------------------------------------------------------------------
    # Topics and feedback
    # ------------------------------------------------------------------

    def test_topics_are_the_outlines_questions_for_the_dialogue(self):
        topics = self.dialogue.topic_ids
        self.assertEqual(topics.mapped("name"), ["What went well?", "What is unclear?"])
        self.assertEqual(topics.mapped("section"), ["past", "present"])

    def test_own_topics_stand_in_their_section(self):
        with Form(self.dialogue) as form, form.topic_ids.new() as line:
            line.name = "The move to the new hall"
            line.section = "past"
        self.env.invalidate_all()
        topics = self.dialogue.topic_ids
        self.assertEqual(len(topics), 3)
        own = topics.filtered("own_text")
        self.assertEqual(own.name, "The move to the new hall")
        self.assertFalse(own.question_id)
        self.assertEqual(topics.mapped("section"), ["past", "past", "present"])

    def test_a_renamed_topic_leaves_the_outline_alone(self):
        topic = self.dialogue.topic_ids[0]
        topic.name = "What went really well?"
        self.assertEqual(topic.own_text, "What went really well?")
        self.assertEqual(self.outline.question_ids[0].name, "What went well?")
        with self.assertRaises(UserError):
            topic.own_text = "x" * 501

    def test_open_points_say_what_has_not_been_touched(self):
        self.assertIn("2 topics", self.dialogue.open_points)
        self.assertIn("no BEST feedback", self.dialogue.open_points)
        self.assertIn("calibrated", self.dialogue.open_points)
        with Form(self.dialogue) as form:
            for index in range(2):
                with form.topic_ids.edit(index) as line:
                    line.is_discussed = True
                    line.answer = "Said"
            with form.feedback_ids.new() as line:
                line.behaviour = "Asked first"
            form.expectations = "Shared"
            form.obstacle_theme_id = self.theme.with_user(self.manager_user)
            form.sustainable = "partly"
            form.support_needed = "Time"
        self.assertFalse(self.dialogue.open_points)

    def test_feedback_more_than_once_and_with_a_behaviour(self):
        self.dialogue.feedback_ids = [
            Command.create({"behaviour": f"Behaviour {index}", "effect": "x", "suggestion": "y"})
            for index in range(3)
        ]
        self.assertEqual(len(self.dialogue.feedback_ids), 3)
        self.assertEqual(self.dialogue.feedback_ids[0].display_name, "BEST feedback")
        with (
            self.assertRaises(Exception) as refused,
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self.dialogue.feedback_ids = [Command.create({"effect": "Nothing seen or heard"})]
        self.assertIsInstance(refused.exception, psycopg2.errors.NotNullViolation | ValidationError)

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    def test_start_and_end_by_button(self):
        with self.assertRaises(UserError):
            self.dialogue.action_end()
        self.dialogue.action_start()
        self.assertEqual(str(self.dialogue.date_start), "2026-03-02 00:00:00")
        self.dialogue.date_start = "2026-03-01 22:30:00"
        self.dialogue.action_start()
        self.assertEqual(str(self.dialogue.date_start), "2026-03-01 22:30:00")
        self.dialogue.action_end()
        self.assertEqual(self.dialogue.duration, 90)
        self.dialogue.date_end = "2026-03-01 23:30:00"
        self.dialogue.action_end()
        self.assertEqual(self.dialogue.duration, 60, "an end that was typed in stays")

    def test_the_minimum_length_is_the_cycles(self):
        for minutes, minimum, enough in (
            (29, 30, False),
            (30, 30, True),
            (44, 45, False),
            (10, 10, True),
        ):
            self.cycle.min_duration = minimum
            self.hold(minutes)
            codes = [blocker["code"] for blocker in self.as_manager.get_blockers()]
            with self.subTest(minutes=minutes, minimum=minimum):
                self.assertEqual(codes, [] if enough else ["dialogue_too_short"])
        self.cycle.min_duration = 45
        self.hold(44)
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("44 of at least 45", str(refused.exception))

    def test_a_length_is_never_rounded_up_to_the_minimum(self):
        self.dialogue.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 09:29:40"}
        )
        (blocker,) = self.as_manager.get_blockers()
        self.assertIn("29 of at least 30", blocker["message"])

    def test_no_cycle_asks_for_less_than_ten_minutes(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.cycle.min_duration = 9
            self.cycle.flush_recordset()

    def test_the_end_is_not_before_the_start(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.hold(-5)
            self.dialogue.flush_recordset()

    def test_without_start_or_end_it_has_not_been_held(self):
        for vals in (
            {}, {"date_start": "2026-03-02 09:00:00"},
            {"date_start": False, "date_end": "2026-03-02 10:00:00"},
        ):  # fmt: skip
            self.dialogue.write(vals)
            with self.subTest(vals):
                codes = [blocker["code"] for blocker in self.as_manager.get_blockers()]
                self.assertEqual(codes, ["dialogue_not_held"])

    def test_finish_ends_and_moves_on(self):
        self.dialogue.date_start = "2026-03-01 23:00:00"
        action = self.dialogue.action_finish()
        # Back along the breadcrumbs; who has none goes on to the review.
        self.assertEqual(action["tag"], "performance_review_back")
        self.assertEqual(action["params"]["next"]["res_id"], self.review.id)
        self.assertEqual(self.dialogue.duration, 60)
        self.assertEqual(self.review.state, "agreement")

    def test_finish_too_early_is_refused(self):
        self.dialogue.date_start = "2026-03-01 23:45:00"
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            self.dialogue.action_finish()
        self.assertIn("15 of at least 30", str(refused.exception))
        self.env.invalidate_all()
        self.assertEqual(self.review.state, "dialogue")
        self.assertFalse(self.dialogue.date_end, "the talk goes on")

    # ------------------------------------------------------------------
    # Talk share
    # ------------------------------------------------------------------

    def test_share_against_floor_and_aim(self):
        cases = {
            (0, 0): (0.0, "Not measured"), (0, 60): (0.0, "Below 50"), (49, 51): (49.0, "Below 50"),
            (50, 50): (50.0, "near 60"), (59, 41): (59.0, "near 60"),
            (60, 40): (60.0, "Well balanced"), (60, 0): (100.0, "Well balanced"),
        }  # fmt: skip
        for (employee, reviewer), (share, text) in cases.items():
            with self.subTest(employee=employee, reviewer=reviewer):
                self.dialogue.write({"employee_seconds": employee, "reviewer_seconds": reviewer})
                self.assertAlmostEqual(self.dialogue.employee_share, share)
                self.assertIn(text, self.dialogue.share_text)

    def test_floor_and_aim_are_the_companys(self):
        self.company.write({"performance_share_floor": 30, "performance_share_aim": 40})
        self.dialogue.write({"employee_seconds": 25, "reviewer_seconds": 75})
        self.assertIn("Below 30", self.dialogue.share_text)
        self.dialogue.write({"employee_seconds": 35, "reviewer_seconds": 65})
        self.assertIn("40", self.dialogue.share_text)

    def test_talk_time_is_not_negative(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.dialogue.employee_seconds = -1
            self.dialogue.flush_recordset()

    # ------------------------------------------------------------------
    # Who sees and confirms it
    # ------------------------------------------------------------------

    def test_the_employee_reads_it_when_it_is_over(self):
        with self.assertRaises(UserError) as refused:
            self.review.with_user(self.worker_user).action_open_dialogue()
        self.assertIn("finished", str(refused.exception))
        self.hold(60)
        self.as_manager.action_next()
        action = self.review.with_user(self.worker_user).action_open_dialogue()
        self.assertEqual(action["res_id"], self.dialogue.id)
        with self.assertRaises(UserError):
            self.review.with_user(self.director_user).action_open_dialogue()

    def test_the_employee_confirms_afterwards(self):
        own = self.dialogue.with_user(self.worker_user)
        with self.assertRaises(AccessError):
            own.action_confirm()
        self.hold(60)
        with self.assertRaises(UserError):
            self.dialogue.action_confirm()
        self.as_manager.action_next()
        for user in (self.manager_user, self.officer_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                self.dialogue.with_user(user).action_confirm()
        own.action_confirm()
        self.assertEqual(str(own.employee_confirmed_on), "2026-03-02 00:00:00")
        own.action_confirm()
        with self.assertRaises(AccessError):
            self.dialogue.sudo(False).write({"employee_confirmed_on": "2026-01-01"})

    def test_nothing_to_confirm_without_an_end(self):
        self.cycle.gate_mode = "advisory"
        self.as_manager.action_next()
        with self.assertRaises(UserError) as refused:
            self.dialogue.with_user(self.worker_user).action_confirm()
        self.assertIn("no end", str(refused.exception))

    def test_locked_after_the_step(self):
        self.hold(60)
        topic = self.dialogue.topic_ids[0]
        self.dialogue.feedback_ids = [Command.create({"behaviour": "Asked first"})]
        self.as_manager.action_next()
        changes = {
            "dialogue": lambda: self.dialogue.write({"expectations": "Other"}),
            "topic": lambda: topic.write({"answer": "Other"}),
            "topic added": lambda: topic.create({"dialogue_id": self.dialogue.id, "own_text": "x"}),
            "topic deleted": topic.unlink,
            "feedback": lambda: self.dialogue.feedback_ids.write({"effect": "Other"}),
            "start": lambda: self.dialogue.write({"date_start": "2026-03-01 09:00:00"}),
            "new": lambda: self.dialogue.create({"review_id": self.review.id}),
        }
        for way, change in changes.items():
            with self.subTest(way), self.assertRaises(UserError) as refused, self.cr.savepoint():
                change()
            self.assertIn("Agreement", str(refused.exception))

    def test_not_before_the_step(self):
        early = self.review_of(self.cycle, self.porter)
        with self.assertRaises(UserError) as refused:
            self.dialogue.create({"review_id": early.id})
        self.assertIn("Preparation", str(refused.exception))
        with self.assertRaises(UserError) as refused:
            early.with_user(self.manager_user).action_open_dialogue()
        self.assertIn("step Dialogue", str(refused.exception))

    def test_parts_stay_with_their_dialogue(self):
        other = self.to_dialogue(self.review_of(self.cycle, self.porter))
        with self.assertRaises(AccessError):
            self.dialogue.review_id = other.review_id
        with self.assertRaises(AccessError):
            self.dialogue.topic_ids[0].dialogue_id = other

    # ------------------------------------------------------------------
    # Continued another day
    # ------------------------------------------------------------------

    def test_a_continued_dialogue_counts_as_one(self):
        self.dialogue.topic_ids[0].is_discussed = True
        with self.assertRaises(UserError):
            self.dialogue.action_continue()
        self.hold(20)
        action = self.dialogue.action_continue()
        second = self.dialogue.browse(action["res_id"])
        self.assertEqual(self.review.dialogue_id, second.sudo())
        self.assertEqual(second.topic_ids.mapped("name"), ["What is unclear?"])
        with self.assertRaises(UserError):
            self.dialogue.action_continue()
        (blocker,) = self.as_manager.get_blockers()
        self.assertEqual(blocker["code"], "dialogue_too_short")
        second.action_start()
        (blocker,) = self.as_manager.get_blockers()
        self.assertEqual(blocker["code"], "dialogue_not_held")
        self.hold(15, second)
        self.assertFalse(self.as_manager.get_blockers())
        self.as_manager.action_next()
        self.assertEqual(self.review.state, "agreement")

    def test_only_the_reviewer_continues(self):
        self.hold(60)
        with self.assertRaises(AccessError):
            self.dialogue.with_user(self.officer_user).action_continue()

    def test_entering_the_step_for_many_makes_one_each(self):
        reviews = self.cycle.review_ids.filtered(lambda each: each.state == "preparation")
        self.cycle.gate_mode = "advisory"
        reviews.sudo().write({"state": "dialogue"})
        self.assertEqual(len(reviews.dialogue_ids), len(reviews))
        for review in reviews:
            self.assertEqual(review.dialogue_id.review_id, review)
            self.assertEqual(len(review.dialogue_id.topic_ids), 2)
