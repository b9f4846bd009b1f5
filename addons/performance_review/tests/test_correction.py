from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PerformanceCommon

REASON = "The service desk was counted twice"


@tagged("post_install", "-at_install")
class TestCorrection(PerformanceCommon):
    """A confirmed result: what people have read changes with a reason and leaves a trace."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appraisal = cls.result(cls.worker)
        cls.output, cls.quality = cls.appraisal.goal_ids
        cls.by_hr = cls.appraisal.with_user(cls.officer_user)

    @classmethod
    def result(cls, employee, state="confirmed"):
        return cls.env["performance.appraisal"].create(
            {
                "employee_id": employee.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 3, 1),
                "state": state,
                "goal_ids": [
                    Command.create(
                        {
                            "name": name,
                            "employee_id": employee.id,
                            "target": 10.0,
                            "actual": actual,
                        }
                    )
                    for name, actual in (("Output", 8.0), ("Quality", 6.0))
                ],
            }
        )

    def corrections(self, appraisal=None):
        return self.env["performance.correction"].search(
            [("appraisal_id", "=", (appraisal or self.appraisal).id)], order="id"
        )

    # ------------------------------------------------------------------
    # No silent change
    # ------------------------------------------------------------------

    def test_nothing_of_a_confirmed_result_is_typed_in(self):
        kpi = self.output.with_user(self.officer_user)
        rating = self.env["performance.rating"].search([], limit=1)
        new_kpi = {"name": "One more", "employee_id": self.worker.id, "target": 1.0}
        for act in (
            lambda: self.by_hr.write({"score": 99.0}),
            lambda: self.by_hr.write({"rating_id": rating.id}),
            lambda: self.by_hr.write({"date_end": "2026-06-30"}),
            lambda: self.by_hr.write({"state": "draft"}),
            lambda: self.by_hr.write({"goal_ids": [Command.update(kpi.id, {"actual": 10.0})]}),
            lambda: self.by_hr.write({"goal_ids": [Command.create(new_kpi)]}),
            lambda: self.by_hr.unlink(),
            lambda: kpi.write({"actual": 10.0}),
            lambda: kpi.write({"target": 8.0}),
            lambda: kpi.write({"weight": 5.0}),
            lambda: kpi.write({"name": "Another"}),
            lambda: kpi.unlink(),
            lambda: kpi.create({**new_kpi, "appraisal_id": self.appraisal.id}),
        ):
            with self.subTest(), self.assertRaises(UserError), self.cr.savepoint():
                act()
            self.env.invalidate_all()
        self.assertEqual(self.appraisal.score, 70.0)
        self.assertEqual(len(self.appraisal.goal_ids), 2)

    def test_a_draft_is_free(self):
        draft = self.result(self.porter, state="draft").with_user(self.officer_user)
        draft.goal_ids[0].actual = 10.0
        self.assertEqual(draft.score, 80.0)
        draft.score = 75.0
        with self.assertRaises(UserError):
            draft.action_correct({"score": 76.0}, REASON)
        draft.unlink()

    # ------------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------------

    def test_old_new_why_and_by_whom(self):
        self.by_hr.action_correct({"goals": {self.output.id: {"actual": 10.0}}}, REASON)
        self.assertEqual(self.output.actual, 10.0)
        self.assertEqual(self.appraisal.score, 80.0)
        found = {line.subject: (line.old_value, line.new_value) for line in self.corrections()}
        self.assertEqual(found, {"Output: Actual": ("8", "10"), "Score": ("70", "80")})
        self.assertEqual(set(self.corrections().mapped("reason")), {REASON})
        self.assertEqual(self.corrections().author_id, self.officer_user)

    def test_score_and_rating(self):
        rating = self.env["performance.rating"].search([], limit=1)
        self.by_hr.action_correct({"score": 72.5, "rating_id": rating.id}, REASON)
        self.assertEqual(self.appraisal.score, 72.5)
        self.assertEqual(self.appraisal.rating_id, rating)
        self.assertEqual(
            {line.subject: line.old_value or "" for line in self.corrections()},
            {"Score": "70", "Rating": ""},
        )

    def test_keys_of_json_are_texts(self):
        self.by_hr.action_correct({"goals": {str(self.output.id): {"target": 16}}}, REASON)
        self.assertEqual(self.output.target, 16.0)

    def test_what_cannot_be_read_is_refused(self):
        foreign = self.result(self.porter).goal_ids[0]
        nothing = {"goals": {self.output.id: {"actual": 8.0}}}
        for vals, reason in (
            ({"score": 80.0}, ""), ({"score": 80.0}, "  "), ({"score": 80.0}, 5),
            ({"score": "80"}, REASON), ({"score": float("nan")}, REASON),
            ({"score": float("inf")}, REASON), ({"score": True}, REASON),
            ({"score": None}, REASON), ({"rating_id": 999999}, REASON),
            ({"rating_id": [1]}, REASON), ({"state": 1}, REASON), ({"employee_id": 1}, REASON),
            ({"goals": {foreign.id: {"actual": 1.0}}}, REASON), ({"goals": [1]}, REASON),
            ({"goals": {"x": {"actual": 1.0}}}, REASON),
            ({"goals": {self.output.id: {"name": 1}}}, REASON),
            ({"goals": {self.output.id: {"actual": "x"}}}, REASON),
            ({"goals": {self.output.id: 5}}, REASON), ([1], REASON), (None, REASON),
            (nothing, REASON), ({}, REASON),
        ):  # fmt: skip
            with self.subTest(vals=vals, reason=reason), self.assertRaises(UserError):
                self.by_hr.action_correct(vals, reason)
        self.assertFalse(self.corrections())

    def test_only_hr_and_not_about_oneself(self):
        own = self.result(self.officer_employee)
        for user in (self.manager_user, self.worker_user, self.outsider_user, self.rival_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.appraisal.with_user(user).action_correct({"score": 99.0}, REASON)
        for act in (
            lambda: own.with_user(self.officer_user).action_correct({"score": 99.0}, REASON),
            lambda: own.with_user(self.officer_user).action_reset(REASON),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_who_reads_it(self):
        own = self.result(self.officer_employee)
        own.action_correct({"score": 60.0}, REASON)
        self.by_hr.action_correct({"score": 72.0}, REASON)
        about_worker, about_officer = self.corrections(), self.corrections(own)
        readers = {
            self.officer_user: about_worker, self.administrator_user: about_worker | about_officer,
            self.manager_user: about_worker, self.director_user: about_officer,
            self.worker_user: self.corrections().browse(), self.outsider_user: about_worker[:0],
        }  # fmt: skip
        for user, expected in readers.items():
            with self.subTest(user.login):
                found = self.env["performance.correction"].with_user(user).search([])
                self.assertEqual(found.sudo(), expected.sudo().sorted("id", reverse=True))
                for act in (
                    lambda found=found: found.write({"reason": "Nicer"}),
                    lambda found=found: found.unlink(),
                ):
                    if found:
                        with self.assertRaises(AccessError):
                            act()
        with self.assertRaises(AccessError):
            self.env["performance.correction"].with_user(self.rival_user).search([])

    # ------------------------------------------------------------------
    # Back to draft
    # ------------------------------------------------------------------

    def test_back_to_draft_with_a_reason(self):
        for reason in ("", None, 5):
            with self.subTest(reason), self.assertRaises(UserError):
                self.by_hr.action_reset(reason)
        self.by_hr.action_reset(REASON)
        self.assertEqual(self.appraisal.state, "draft")
        self.assertFalse(self.appraisal.with_user(self.worker_user).has_access("read"))
        line = self.corrections()
        self.assertEqual((line.subject, line.old_value, line.new_value, line.reason),
                         ("State", "Confirmed", "To confirm", REASON))  # fmt: skip
        self.by_hr.unlink()
        self.assertEqual(line.exists().employee_id, self.worker, "the trace outlives the result")

    def test_the_dialog(self):
        action = self.by_hr.action_open_correct()
        Wizard = self.env[action["res_model"]].with_user(self.officer_user)
        with Form(Wizard.with_context(**action["context"])) as form:
            self.assertEqual(form.new_score, 70.0)
            form.goal_id = self.output.with_user(self.officer_user)
            self.assertEqual(form.actual, 8.0)
            form.actual = 9.0
            form.reason = REASON
        form.record.action_confirm()
        self.assertEqual(self.output.actual, 9.0)
        self.assertEqual(self.appraisal.score, 75.0)
        action = self.by_hr.action_open_reset()
        with Form(Wizard.with_context(**action["context"])) as form:
            form.reason = REASON
        form.record.action_confirm()
        self.assertEqual(self.appraisal.state, "draft")

    # ------------------------------------------------------------------
    # Goals and their indexes
    # ------------------------------------------------------------------

    def test_an_empty_goal_has_no_achievement(self):
        for direction in ("up", "down"):
            goal = self.env["performance.goal"].create(
                {"name": "To come", "employee_id": self.worker.id, "direction": direction}
            )
            with self.subTest(direction):
                self.assertEqual(goal.achievement, 0.0)
                goal.write({"target": 5.0, "actual": 5.0})
                self.assertEqual(goal.achievement, 100.0)

    def test_links_to_what_is_deleted_in_bulk_are_indexed(self):
        self.env.cr.execute(
            """
            SELECT tablename, indexdef FROM pg_indexes
             WHERE tablename IN ('performance_point', 'performance_incident')
            """
        )
        indexes = self.env.cr.fetchall()
        for table, column in (
            ("performance_point", "goal_id"),
            ("performance_point", "incident_id"),
            ("performance_incident", "goal_id"),
        ):
            with self.subTest(table=table, column=column):
                self.assertTrue(
                    [
                        definition
                        for name, definition in indexes
                        if name == table
                        and f"({column}) WHERE ({column} IS NOT NULL)" in definition
                    ]
                )

    def test_replacing_many_kpis_is_quick(self):
        """200 KPI lines among 50,000 points: seconds without the indexes."""
        review = self.review_of(self.launch(), self.porter)
        draft = self.result(self.porter, state="draft")
        draft.goal_ids = [
            Command.create({"name": f"KPI {number}", "employee_id": self.porter.id, "target": 1.0})
            for number in range(200)
        ]
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO performance_point (review_id, kind, nature, name)
            SELECT %s, 'gap', 'result', 'Scenery' FROM generate_series(1, 50000)
            """,
            [review.id],
        )
        self.env.invalidate_all()
        goals = draft.goal_ids
        # What the database does for each deleted line; the clock of the test stands still.
        self.env.cr.execute(
            "EXPLAIN (ANALYZE, FORMAT JSON) DELETE FROM performance_goal WHERE id = ANY(%s)",
            [goals.ids],
        )
        (plan,) = self.env.cr.fetchone()[0]
        self.assertLess(plan["Execution Time"], 500)
