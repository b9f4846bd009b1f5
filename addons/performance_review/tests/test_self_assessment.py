from datetime import date
from itertools import product

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestSelfAssessment(PerformanceCommon):
    """The employee's own view: when it is born, submitted and shown to the other side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.portal_review = cls.review_of(cls.cycle, cls.porter)
        cls.as_worker = cls.review.with_user(cls.worker_user)
        cls.as_porter = cls.portal_review.with_user(cls.porter_user)
        cls.Assessment = cls.env["performance.self.assessment"]

    # ------------------------------------------------------------------
    # Born at the first visit
    # ------------------------------------------------------------------

    def test_nobody_has_one_before_the_first_visit(self):
        self.assertFalse(self.cycle.review_ids.self_assessment_ids)

    def test_the_first_visit_creates_it_once(self):
        for review in (self.as_worker, self.as_porter):
            first = review.action_open_self_assessment()
            self.assertEqual(review.action_open_self_assessment(), first)
            assessment = self.Assessment.browse(first["res_id"])
            self.assertEqual(assessment.review_id, review.sudo())
            self.assertEqual(
                assessment.answer_ids.mapped("question_text"),
                ["What went well?", "What is unclear?", "What next?"],
            )

    def test_only_questions_for_the_self_assessment(self):
        self.outline.question_ids[1].for_self_assessment = False
        assessment = self.as_worker._get_own_self_assessment()
        self.assertEqual(assessment.answer_ids.mapped("section"), ["past", "future"])

    def test_the_number_of_questions_costs_no_queries(self):
        def cost(review):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            review._get_own_self_assessment()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self.as_worker.check_access("read")
        self.review_of(self.cycle, self.rival).with_user(
            self.rival_user
        )._get_own_self_assessment()  # warms what is cached per process
        three = cost(self.as_porter)
        self.outline.question_ids = [
            Command.create({"name": f"Question {index}", "section": "past"}) for index in range(40)
        ]
        self.assertEqual(len(self.as_worker.outline_id.sudo().question_ids), 43)
        # The internal user differs from the portal user by rules, not by questions.
        self.assertLessEqual(cost(self.as_worker), three + 6)

    def test_only_the_employee_has_one(self):
        for user in (
            self.manager_user | self.director_user | self.officer_user | self.outsider_user
            | self.porter_user | self.administrator_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).action_open_self_assessment()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.Assessment.with_user(user).create({"review_id": self.review.id})
        self.assertFalse(self.review.self_assessment_ids)

    def test_a_late_first_visit_says_that_it_is_over(self):
        self.to_agreement(self.review)
        with self.assertRaises(UserError) as refused:
            self.as_worker.action_open_self_assessment()
        self.assertIn("over", str(refused.exception))
        self.assertFalse(self.as_worker._get_own_self_assessment())
        with self.assertRaises(UserError):
            self.Assessment.with_user(self.worker_user).create({"review_id": self.review.id})

    def test_it_can_still_be_written_during_the_dialogue(self):
        self.to_dialogue(self.review)
        assessment = self.submit_self_assessment(self.review)
        self.assertEqual(assessment.state, "submitted")

    # ------------------------------------------------------------------
    # Submitting
    # ------------------------------------------------------------------

    def test_required_questions_are_named(self):
        self.outline.question_ids[:2].is_required = True
        assessment = self.as_porter._get_own_self_assessment()
        assessment.answer_ids[0].answer = "   "
        assessment.answer_ids[2].answer = "More of the same"
        with self.assertRaises(UserError) as refused:
            assessment.action_submit()
        self.assertIn("What went well?", str(refused.exception))
        self.assertIn("What is unclear?", str(refused.exception))
        self.assertNotIn("What next?", str(refused.exception))
        self.assertEqual(assessment.state, "draft")
        assessment.answer_ids[:2].write({"answer": "The new bench"})
        assessment.action_submit()
        self.assertEqual(assessment.state, "submitted")
        self.assertEqual(str(assessment.submitted_on), "2026-03-02 00:00:00")
        self.assertEqual(assessment.answered_count, 3)

    def test_submitted_stays_as_it_is(self):
        for review, user in (
            (self.review, self.worker_user),
            (self.portal_review, self.porter_user),
        ):
            assessment = self.submit_self_assessment(review)
            changes = {
                "answer": lambda answers=assessment.answer_ids: answers.write({"answer": "Other"}),
                "agenda": lambda own=assessment: own.write({"agenda": "Other"}),
                "one2many": lambda own=assessment: own.write(
                    {"answer_ids": [Command.update(own.answer_ids[:1].id, {"answer": "Other"})]}
                ),
            }
            for way, change in changes.items():
                with self.subTest(user.login, way=way), self.assertRaises(UserError) as refused:
                    change()
                self.assertIn("submitted", str(refused.exception))
            submitted_on = assessment.submitted_on
            assessment.action_submit()
            self.assertEqual(assessment.submitted_on, submitted_on)
            self.assertEqual(set(assessment.answer_ids.mapped("answer")),
                             {"I finished the new bench in time."})  # fmt: skip

    def test_nobody_else_submits_or_types_the_state(self):
        assessment = self.as_worker._get_own_self_assessment()
        for user in (self.manager_user, self.officer_user, self.porter_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                assessment.with_user(user).action_submit()
        for vals in ({"state": "submitted"}, {"submitted_on": "2026-01-01"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                assessment.write(vals)
        with self.assertRaises(AccessError):
            assessment.review_id = self.portal_review

    def test_answers_stay_with_their_question(self):
        answers = self.as_worker._get_own_self_assessment().answer_ids
        with self.assertRaises(AccessError):
            answers[0].question_id = answers[1].question_id.sudo()
        with self.assertRaises(AccessError):
            answers[0].unlink()

    def test_a_draft_is_closed_by_the_step_after_the_dialogue(self):
        assessment = self.as_worker._get_own_self_assessment()
        self.assertTrue(assessment.can_edit)
        self.to_agreement(self.review)
        self.env.invalidate_all()
        self.assertFalse(assessment.can_edit)
        for change in (
            lambda: assessment.write({"agenda": "Too late"}),
            lambda: assessment.answer_ids.write({"answer": "Too late"}),
            assessment.action_submit,
        ):
            with self.assertRaises(UserError) as refused:
                change()
            self.assertIn("Agreement", str(refused.exception))

    def test_the_employee_fills_it_in_the_form(self):
        assessment = self.as_worker._get_own_self_assessment()
        with Form(assessment) as form:
            form.results = "Two benches"
            form.agenda = "My training"
            for index in range(3):
                with form.answer_ids.edit(index) as line:
                    line.answer = f"Answer {index}"
        self.assertEqual(
            assessment.answer_ids.mapped("answer"), ["Answer 0", "Answer 1", "Answer 2"]
        )
        assessment.action_submit()
        self.assertFalse(assessment.can_edit)

    # ------------------------------------------------------------------
    # Mutual reveal
    # ------------------------------------------------------------------

    def test_mutual_reveal_in_every_combination(self):
        deadlines = {"passed": date(2026, 3, 1), "today": date(2026, 3, 2),
                     "ahead": date(2026, 3, 20), "none": False}  # fmt: skip
        combinations = product((False, True), (False, True), deadlines)
        assessment = self.as_worker._get_own_self_assessment()
        assessment.answer_ids.write({"answer": "I finished the bench."})
        answer = assessment.answer_ids[0]
        for submitted, ready, deadline in combinations:
            assessment.sudo().state = "submitted" if submitted else "draft"
            self.review.point_ids.sudo().unlink()
            if ready:
                self.fill_sheet(self.review)
            self.cycle.write(
                {
                    "preparation_deadline": deadlines[deadline],
                    "dialogue_deadline": False,
                    "agreement_deadline": False,
                }
            )
            self.env.flush_all()
            revealed = (submitted and ready) or deadline == "passed"
            for user in (self.manager_user, self.officer_user, self.administrator_user):
                with self.subTest(
                    submitted=submitted, ready=ready, deadline=deadline, by=user.login
                ):
                    self.env.invalidate_all()
                    self.assertEqual(self.review.with_user(user).is_revealed, revealed)
                    Review = self.env["performance.review"].with_user(user)
                    for value, expected in ((True, revealed), (False, not revealed)):
                        found = Review.search(
                            [("id", "=", self.review.id), ("is_revealed", "=", value)]
                        )
                        self.assertEqual(bool(found), expected)
                    readable = submitted and revealed
                    self.assert_readable(assessment, user, readable)
                    self.assert_readable(answer, user, readable)
            self.env.invalidate_all()
            self.assertEqual(assessment.with_user(self.worker_user).answer_ids[0].answer,
                             "I finished the bench.")  # fmt: skip

    def assert_readable(self, record, user, readable):
        """Check search, count, read and a search for the text itself (an oracle)."""
        Model = record.with_user(user).browse()
        text_field = "answer" if "answer" in record._fields else "results"
        self.assertEqual(Model.search_count([("id", "=", record.id)]), int(readable))
        self.assertEqual(bool(Model.search([("id", "=", record.id)])), readable)
        if text_field == "answer":
            self.assertEqual(bool(Model.search([("answer", "like", "bench")])), readable)
        self.env.invalidate_all()
        if readable:
            self.assertTrue(record.with_user(user).read(["display_name", text_field]))
        else:
            with self.assertRaises(AccessError):
                record.with_user(user).read([text_field])

    def test_the_upper_manager_never_reads_it(self):
        assessment = self.submit_self_assessment(self.review)
        self.fill_sheet(self.review)
        for user in (self.director_user, self.outsider_user, self.porter_user):
            with self.subTest(user.login):
                self.assert_readable(assessment, user, False)

    def test_hr_never_reads_its_reviewers_copy_of_the_own_one(self):
        own = self.review_of(self.cycle, self.officer_employee)
        assessment = self.submit_self_assessment(own)
        self.assert_readable(assessment, self.administrator_user, False)
        self.fill_sheet(own)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assert_readable(assessment, self.administrator_user, True)
        self.assert_readable(assessment, self.officer_user, True)  # as the employee

    def test_the_button_of_the_reviewer(self):
        as_manager = self.review.with_user(self.manager_user)
        with self.assertRaises(UserError):
            as_manager.action_read_self_assessment()
        assessment = self.submit_self_assessment(self.review)
        with self.assertRaises(UserError):
            as_manager.action_read_self_assessment()
        self.fill_sheet(self.review)
        self.assertEqual(as_manager.action_read_self_assessment()["res_id"], assessment.id)

    def test_waiting_for_it_ends_with_the_deadline(self):
        self.cycle.require_self_assessment = True
        self.fill_sheet(self.review)
        as_manager = self.review.with_user(self.manager_user)
        self.assertEqual([each["code"] for each in as_manager.get_blockers()], ["self_assessment"])
        self.cycle.preparation_deadline = date(2026, 3, 1)
        self.assertFalse(as_manager.get_blockers())
        as_manager.action_next()
        self.assertEqual(self.review.state, "dialogue")

    def test_one_per_review(self):
        self.as_worker._get_own_self_assessment()
        with self.assertRaises(Exception) as refused, self.cr.savepoint():
            self.Assessment.with_user(self.worker_user).create({"review_id": self.review.id})
        self.assertNotIsInstance(refused.exception, AssertionError)
        self.assertEqual(len(self.review.self_assessment_ids), 1)
