import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PerformanceCommon

ANSWERS = {"clear_standard": 4, "specific_feedback": 5, "listened_to": 3, "way_forward": 2}


@tagged("post_install", "-at_install")
class TestPulseAndSignal(PerformanceCommon):
    """What the organisation hears: never a person, never a small number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch(gate_mode="advisory")
        cls.reviews = cls.cycle.review_ids
        cls.review = cls.review_of(cls.cycle, cls.porter)
        cls.reviews.sudo().write({"state": "dialogue"})

    def give(self, review, **answers):
        return review.with_user(review.employee_user_id).action_give_pulse({**ANSWERS, **answers})

    # ------------------------------------------------------------------
    # Pulse
    # ------------------------------------------------------------------

    def test_after_the_dialogue_and_once(self):
        own = self.review.with_user(self.porter_user)
        self.assertFalse(own.can_give_pulse)
        with self.assertRaises(UserError):
            self.give(self.review)
        self.review.sudo().state = "agreement"
        self.assertTrue(own.can_give_pulse)
        self.give(self.review)
        self.assertFalse(own.can_give_pulse)
        with self.assertRaises(UserError) as refused:
            self.give(self.review)
        self.assertIn("once", str(refused.exception))
        self.assertEqual(self.env["performance.pulse"].search_count([]), 1)

    def test_the_employee_alone_is_asked(self):
        self.review.sudo().state = "agreement"
        for user in (self.manager_user, self.officer_user, self.director_user):
            own = self.review.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(own.can_give_pulse)
                with self.assertRaises(UserError):
                    own.action_give_pulse(ANSWERS)
        with self.assertRaises(AccessError):
            self.review.with_user(self.rival_user).action_give_pulse(ANSWERS)

    def test_four_answers_from_1_to_5(self):
        self.review.sudo().state = "agreement"
        own = self.review.with_user(self.porter_user)
        for answers in (
            {}, {"listened_to": 3}, {**ANSWERS, "listened_to": 0}, {**ANSWERS, "listened_to": 6},
            {**ANSWERS, "listened_to": "3"}, {**ANSWERS, "listened_to": True},
            {**ANSWERS, "listened_to": 3.5}, {**ANSWERS, "cycle_id": 1}, [1, 2, 3, 4], None,
        ):  # fmt: skip
            with self.subTest(answers), self.assertRaises(UserError) as refused:
                own.action_give_pulse(answers)
            self.assertIn("1 to 5", str(refused.exception))
        self.assertTrue(own.can_give_pulse)
        self.assertFalse(self.env["performance.pulse"].search_count([]))

    def test_the_database_refuses_other_numbers(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.env["performance.pulse"].create(
                {"cycle_id": self.cycle.id, **ANSWERS, "listened_to": 9}
            )

    def test_no_author_and_no_time_is_stored(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'performance_pulse'"
        )
        columns = {column for (column,) in self.env.cr.fetchall()}
        self.assertEqual(columns, {"id", "cycle_id", *ANSWERS})

    def test_the_review_does_not_tell_when(self):
        self.review.sudo().state = "agreement"
        self.env.flush_all()
        query = "SELECT write_uid, write_date FROM performance_review WHERE id = %s"
        self.env.cr.execute(query, [self.review.id])
        before = self.env.cr.fetchone()
        messages = self.review.message_ids
        self.give(self.review)
        self.env.flush_all()
        self.env.cr.execute(query, [self.review.id])
        self.assertEqual(self.env.cr.fetchone(), before)
        self.assertEqual(self.review.message_ids, messages)

    def test_nobody_reads_a_row(self):
        self.review.sudo().state = "agreement"
        self.give(self.review)
        for user in (
            self.porter_user | self.worker_user | self.manager_user | self.director_user
            | self.officer_user | self.administrator_user
        ):  # fmt: skip
            Pulse = self.env["performance.pulse"].with_user(user)
            for name, act in {
                "search": lambda Pulse=Pulse: Pulse.search([]),
                "count": lambda Pulse=Pulse: Pulse.search_count([]),
                "group": lambda Pulse=Pulse: Pulse.formatted_read_group(
                    [], ["cycle_id"], ["__count"]
                ),
                "create": lambda Pulse=Pulse: Pulse.create({"cycle_id": self.cycle.id, **ANSWERS}),
            }.items():
                with self.subTest(user.login, act=name), self.assertRaises(AccessError):
                    act()

    def test_who_has_answered_is_not_told(self):
        self.review.sudo().state = "agreement"
        self.give(self.review)
        for user in (self.manager_user, self.officer_user, self.administrator_user):
            own = self.review.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.read(["pulse_given"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                own.search([("pulse_given", "=", True)])

    def test_averages_from_the_threshold_on(self):
        self.company.performance_pulse_minimum = 3
        self.reviews.sudo().write({"state": "agreement"})
        as_hr = self.cycle.with_user(self.officer_user)
        for index, review in enumerate(self.reviews[:3]):
            self.assertEqual(as_hr.pulse_text, "Not enough answers")
            self.give(review, listened_to=index + 3)
            self.env.invalidate_all()
        self.assertIn("I was listened to 4.0", as_hr.pulse_text)
        self.assertIn("The standard was clear 4.0", as_hr.pulse_text)
        other = self.create_cycle(name="Other").with_user(self.officer_user)
        self.assertEqual(other.pulse_text, "Not enough answers")
        with self.assertRaises(AccessError):
            self.cycle.with_user(self.manager_user).read(["pulse_text"])

    def test_no_threshold_below_three(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.company.performance_pulse_minimum = 2
            self.company.flush_recordset()

    # ------------------------------------------------------------------
    # Signals
    # ------------------------------------------------------------------

    def signal(self, **vals):
        return (
            self.env["performance.signal"]
            .with_user(self.officer_user)
            .create(
                {
                    "name": "Who decides?",
                    "theme_id": self.theme.id,
                    "cycle_id": self.cycle.id,
                    **vals,
                }
            )
        )

    def test_people_are_counted_from_the_threshold_on(self):
        self.company.performance_pulse_minimum = 3
        signal = self.signal()
        for number, review in enumerate(self.reviews[:4]):
            expected = f"{number} people" if number >= 3 else "Fewer than 3 people"
            with self.subTest(number):
                self.env.invalidate_all()
                self.assertEqual(signal.people_text, expected)
            review.dialogue_id.sudo().obstacle_theme_id = self.theme

    def test_a_conversation_in_two_parts_is_one_person(self):
        self.company.performance_pulse_minimum = 3
        for review in self.reviews[:2]:
            self.env["performance.dialogue"].create({"review_id": review.id})
            review.dialogue_ids.sudo().write({"obstacle_theme_id": self.theme.id})
        self.assertEqual(self.signal().people_text, "Fewer than 3 people")

    def test_other_themes_and_cycles_do_not_count(self):
        self.company.performance_pulse_minimum = 3
        self.reviews.dialogue_id.sudo().write({"obstacle_theme_id": self.theme.id})
        other_theme = self.env["performance.theme"].create({"name": "Tools"})
        other_cycle = self.create_cycle(name="Other")
        self.assertEqual(self.signal().people_text, f"{len(self.reviews)} people")
        self.assertIn("Fewer", self.signal(theme_id=other_theme.id).people_text)
        self.assertIn("Fewer", self.signal(cycle_id=other_cycle.id).people_text)

    def test_many_signals_in_one_query(self):
        signals = self.env["performance.signal"]
        for index in range(8):
            signals |= self.signal(name=f"Question {index}")

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.browse(records.ids).mapped("people_text")
            return self.cr.sql_log_count - before

        self.assertEqual(cost(signals[:2]), cost(signals))

    def test_an_owner_decides_and_answers_and_no_more(self):
        signal = self.signal(owner_id=self.director_user.id)
        own = signal.with_user(self.director_user)
        own.write({"state": "decided", "decision": "The shift lead decides"})
        own.write({"state": "answered", "answer": "The shift lead does"})
        for vals in ({"theme_id": self.theme.id}, {"owner_id": self.worker_user.id}, {"name": "x"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                own.write(vals)
        for user in (self.manager_user, self.worker_user, self.outsider_user):
            with self.subTest(user.login):
                self.assertFalse(self.env["performance.signal"].with_user(user).search([]))

    def test_a_long_question_is_refused(self):
        with self.assertRaises(UserError):
            self.signal(name="x" * 301)
