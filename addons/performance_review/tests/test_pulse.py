import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL, mute_logger

from .common import PerformanceCommon

ANSWERS = {"clear_standard": 4, "specific_feedback": 5, "listened_to": 3, "way_forward": 2}


@tagged("post_install", "-at_install")
class TestPulse(PerformanceCommon):
    """What the organisation hears: never a person, never a small number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch(gate_mode="advisory")
        cls.reviews = cls.cycle.review_ids
        cls.review = cls.review_of(cls.cycle, cls.porter)
        cls.reviews.sudo().write({"state": "dialogue"})
        cls.pulse = cls.env["performance.pulse"].search([("cycle_id", "=", cls.cycle.id)])

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
        self.assertEqual(self.pulse.answer_count, 1)
        self.assertEqual(self.pulse.counts["specific_feedback_5"], 1)
        self.assertEqual(sum(self.pulse.counts.values()), 4)

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
        self.assertFalse(self.pulse.answer_count)

    def test_one_histogram_per_cycle(self):
        self.assertEqual(len(self.pulse), 1)
        self.assertEqual(set(self.pulse.counts.values()), {0})
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            self.env["performance.pulse"].create(
                {"cycle_id": self.cycle.id, "counts": {"way_forward_1": 1}}
            )

    def test_late_joiners_are_counted_in_the_same_histogram(self):
        worker_review = self.review_of(self.cycle, self.worker)
        worker_review.sudo().unlink()
        self.cycle.action_launch()
        self.assertEqual(
            self.env["performance.pulse"].search([("cycle_id", "=", self.cycle.id)]), self.pulse
        )

    def test_no_author_and_no_time_is_stored(self):
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'performance_pulse'"
        )
        columns = {column for (column,) in self.env.cr.fetchall()}
        self.assertEqual(
            columns,
            {"id", "cycle_id", "answer_count", "counts", "answered", "shown_count",
             "shown_counts"},
        )  # fmt: skip

    # ------------------------------------------------------------------
    # Attempts to join an answer to a person
    # ------------------------------------------------------------------

    def stamps(self):
        """Return id, xmin and ctid of every row of the addon and of what hangs on its records."""
        self.env.cr.flush()  # also what waits for the commit, as the messages of a launch
        tables = {
            self.env[name]._table
            for name in self.env
            if self.env[name]._auto
            and not self.env[name]._abstract
            and name.startswith(("performance.", "mail.", "res.users", "res.partner", "bus."))
        }
        # What is not there yet: an addon may define a model of this name without a table.
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname = ANY(%s)",
            [list(tables)],
        )
        found = set()
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL("SELECT %s, id, xmin::text, ctid::text FROM %s", table, SQL.identifier(table))
            )
            found.update(self.env.cr.fetchall())
        return found

    def test_an_answer_touches_the_histogram_alone(self):
        """Joins by xmin, ctid and id: no other row is written in the answer's transaction."""
        self.reviews.sudo().write({"state": "agreement"})
        before = self.stamps()
        for review in self.reviews:
            with self.env.cr.savepoint():  # its own xid, as a transaction of its own
                self.give(review)
            after = self.stamps()
            changed = {(table, row_id) for table, row_id, *_stamps in after - before}
            self.assertEqual(changed, {("performance_pulse", self.pulse.id)})
            before = after

    def test_who_has_answered_stands_in_no_order(self):
        self.reviews.sudo().write({"state": "agreement"})
        for review in self.reviews.sorted("id", reverse=True):
            self.give(review)
        self.assertEqual(self.pulse.answered, sorted(self.pulse.answered))
        self.assertEqual(len(self.pulse.answered), len(self.reviews))
        tokens = {str(review.id) for review in self.reviews}
        self.assertFalse(tokens & set(self.pulse.answered))

    def test_two_readings_around_one_answer_are_the_same(self):
        self.reviews.sudo().write({"state": "agreement"})
        self.assertGreaterEqual(len(self.reviews), 6)
        as_hr = self.cycle.with_user(self.officer_user)
        readings = []
        for number, review in enumerate(self.reviews):
            self.give(review, listened_to=1 if number >= 5 else 5)
            self.env.invalidate_all()
            readings.append(as_hr.pulse_text)
        self.assertEqual(set(readings[:4]), {"Not enough answers"})
        self.assertIn("I was listened to 5.0", readings[4])
        self.assertEqual(set(readings[4:]), {readings[4]})

    def test_a_second_step_changes_five_answers_at_once(self):
        self.reviews.sudo().write({"state": "agreement"})
        others = self.env["performance.review"]
        for number in range(10 - len(self.reviews)):
            user = new_test_user(self.env, f"pr_more_{number}", groups="base.group_portal")
            employee = self.env["hr.employee"].create(
                {
                    "name": f"More {number}", "user_id": user.id, "parent_id": self.manager.id,
                    "company_id": self.company.id,
                }
            )  # fmt: skip
            others |= self.env["performance.review"].create(
                {"cycle_id": self.cycle.id, "employee_id": employee.id, "state": "agreement"}
            )
        as_hr = self.cycle.with_user(self.officer_user)
        texts = []
        for number, review in enumerate((self.reviews | others)[:10]):
            self.give(review, way_forward=4 if number < 5 else 2)
            self.env.invalidate_all()
            texts.append(as_hr.pulse_text)
        self.assertIn("5 answers: ", texts[8])
        self.assertIn("I know the way forward 4.0", texts[8])
        self.assertIn("10 answers: ", texts[9])
        self.assertIn("I know the way forward 3.0", texts[9])

    def test_the_threshold_is_the_one_of_the_launch(self):
        strict = self.launch(name="Strict", pulse_minimum=6, gate_mode="advisory")
        self.company.performance_pulse_minimum = 3
        reviews = strict.review_ids
        reviews.sudo().write({"state": "dialogue"})
        reviews.sudo().write({"state": "agreement"})
        for review in reviews[:6]:
            self.give(review)
        self.env.invalidate_all()
        self.assertEqual(strict.with_user(self.officer_user).pulse_text, "Not enough answers")
        for user in (self.officer_user, self.administrator_user):
            with self.assertRaises(UserError):
                strict.with_user(user).pulse_minimum = 3
        with self.assertRaises(UserError):
            strict.pulse_minimum = 3
        self.assertEqual(strict.pulse_minimum, 6)

    def test_the_review_does_not_tell_when(self):
        self.review.sudo().state = "agreement"
        self.env.flush_all()
        query = "SELECT write_uid, write_date FROM performance_review WHERE id = %s"
        self.env.cr.execute(query, [self.review.id])
        before = self.env.cr.fetchone()
        self.give(self.review)
        self.env.flush_all()
        self.env.cr.execute(query, [self.review.id])
        self.assertEqual(self.env.cr.fetchone(), before)

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
        self.reviews.sudo().write({"state": "agreement"})
        self.give(self.review)
        self.assertNotIn("pulse_given", self.review._fields)
        for user in (self.manager_user, self.officer_user, self.administrator_user):
            seen = (
                self.env["performance.review"]
                .with_user(user)
                .search([("cycle_id", "=", self.cycle.id), ("employee_user_id", "!=", user.id)])
            )
            self.assertTrue(seen)
            with self.subTest(user.login):
                self.assertFalse(any(review.can_give_pulse for review in seen))
            for name, act in {
                "search": lambda seen=seen: seen.search([("can_give_pulse", "=", True)]),
                "sort": lambda seen=seen: seen.search([], order="can_give_pulse"),
                "group": lambda seen=seen: seen.formatted_read_group(
                    [], ["can_give_pulse"], ["__count"]
                ),
            }.items():
                with (
                    self.subTest(user.login, act=name),
                    self.assertRaises(ValueError),
                    mute_logger("odoo.domains", "odoo.models"),
                ):
                    act()
            exported = seen._export_rows([["can_give_pulse"]])
            self.assertEqual({str(value) for (value,) in exported}, {"False"})

    def test_the_text_is_for_hr(self):
        with self.assertRaises(AccessError):
            self.cycle.with_user(self.manager_user).read(["pulse_text"])
        other = self.create_cycle(name="Other").with_user(self.officer_user)
        self.assertEqual(other.pulse_text, "Not enough answers")

    def test_no_threshold_below_three(self):
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.company.performance_pulse_minimum = 2
            self.company.flush_recordset()
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.create_cycle(pulse_minimum=2)
