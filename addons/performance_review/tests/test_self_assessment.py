from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models import performance_review_reveal
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
    # Born with the first text
    # ------------------------------------------------------------------

    def test_nobody_has_one_before_the_first_text(self):
        for review in (self.as_worker, self.as_porter):
            action = review.action_open_self_assessment()
            self.assertEqual(action["url"], f"/my/reviews/{review.id}?open=self_assessment")
        self.assertFalse(self.cycle.review_ids.self_assessment_ids)

    def test_it_is_made_once(self):
        for review in (self.as_worker, self.as_porter):
            assessment = review._get_own_self_assessment()
            self.assertEqual(review._get_own_self_assessment(), assessment)
            self.assertEqual(assessment.sudo().review_id, review.sudo())
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

    def cron_on(self, day):
        """Run the daily job as on ``day``, without its commits."""
        Cron = type(self.env["ir.cron"])
        no_commit = patch.object(Cron, "_commit_progress", lambda *args, **kwargs: float("inf"))
        with freeze_time(day), no_commit:
            self.env["performance.review"]._cron_reveal()
        self.env.invalidate_all()

    def test_both_hand_in_in_either_order(self):
        for employee_first in (True, False):
            review = self.launch(name=f"First {employee_first}").review_ids.filtered(
                lambda review: review.employee_id == self.worker
            )
            self.fill_sheet(review)
            as_manager = review.with_user(self.manager_user)
            if employee_first:
                assessment = self.submit_self_assessment(review)
            else:
                as_manager.action_submit_sheet()
            with self.subTest(employee_first=employee_first):
                self.assertFalse(review.revealed_on)
                self.assertFalse(as_manager.is_revealed)
                if employee_first:
                    self.assert_readable(assessment, self.manager_user, False)
                    as_manager.action_submit_sheet()
                else:
                    assessment = self.submit_self_assessment(review)
                self.assertTrue(review.revealed_on)
                for user in (self.manager_user, self.officer_user, self.administrator_user):
                    self.env.invalidate_all()
                    self.assertTrue(review.with_user(user).is_revealed)
                    self.assert_readable(assessment, user, True)
                    self.assert_readable(assessment.answer_ids[0], user, True)

    def test_points_alone_open_nothing(self):
        assessment = self.submit_self_assessment(self.review)
        points = self.fill_sheet(self.review)
        self.assertFalse(self.review.revealed_on)
        self.assert_readable(assessment, self.manager_user, False)
        points.unlink()
        with self.assertRaises(UserError):
            self.review.with_user(self.manager_user).action_submit_sheet()
        self.assertFalse(self.review.revealed_on)

    def test_points_that_opened_it_stay(self):
        self.submit_self_assessment(self.review)
        points = self.fill_sheet(self.review)
        as_manager = self.review.with_user(self.manager_user)
        as_manager.action_submit_sheet()
        revealed_on = self.review.revealed_on
        for act in (
            lambda: points[0].unlink(),
            lambda: points.unlink(),
            lambda: points[0].write({"name": "Something else"}),
            lambda: points[0].write({"fact": False}),
            lambda: points[0].write({"is_frozen": False}),
            lambda: as_manager.write({"point_ids": [Command.clear()]}),
        ):
            with self.subTest(), self.assertRaises(UserError), self.cr.savepoint():
                act()
            self.env.invalidate_all()
        self.assertEqual(len(self.review.point_ids), 9)
        points[0].write({"name": points[0].name, "theme_id": self.theme.id})  # no change of words
        self.fill_sheet(self.review, number=1)[0].unlink()  # what is new is not bound
        self.assertEqual(self.review.revealed_on, revealed_on)

    def test_a_sheet_emptied_after_handing_in_is_none(self):
        points = self.fill_sheet(self.review)
        as_manager = self.review.with_user(self.manager_user)
        as_manager.action_submit_sheet()
        self.assertTrue(as_manager.is_sheet_submitted)
        points[0].unlink()  # nothing has been read yet, so it may still change
        self.assertFalse(as_manager.is_sheet_submitted)
        assessment = self.submit_self_assessment(self.review)
        self.assertFalse(self.review.revealed_on)
        self.assert_readable(assessment, self.manager_user, False)

    def test_going_on_to_the_dialogue_hands_in(self):
        self.submit_self_assessment(self.review)
        self.to_dialogue(self.review)
        self.assertTrue(self.review.revealed_on)
        self.review.with_user(self.manager_user).action_previous()
        self.assertTrue(self.review.revealed_on)
        with self.assertRaises(UserError):
            self.review.point_ids.with_user(self.manager_user).unlink()

    def test_an_empty_sheet_hands_nothing_in(self):
        review = self.review_of(self.launch(name="Lenient", gate_mode="advisory"), self.worker)
        assessment = self.submit_self_assessment(review)
        review.with_user(self.manager_user).action_next()
        self.assertEqual(review.state, "dialogue")
        self.assertFalse(review.revealed_on)
        self.assert_readable(assessment, self.manager_user, False)

    def test_only_the_reviewer_hands_the_sheet_in(self):
        self.fill_sheet(self.review)
        for user in (self.worker_user, self.officer_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).action_submit_sheet()

    def test_the_employee_does_not_learn_that_the_reviewer_is_ready(self):
        self.fill_sheet(self.review)
        self.review.with_user(self.manager_user).action_submit_sheet()
        self.assertFalse(self.as_worker.is_sheet_submitted)
        for act in (
            lambda: self.as_worker.read(["sheet_submitted_on"]),
            lambda: self.as_worker.search([("sheet_submitted_on", "!=", False)]),
            lambda: self.as_worker.search([], order="sheet_submitted_on"),
            lambda: self.as_worker.search([("is_sheet_submitted", "=", True)]),
        ):
            with self.subTest(), mute_logger("odoo.domains"):
                try:
                    act()
                except (AccessError, ValueError):
                    continue
                self.fail("answered")

    def test_the_deadline_of_the_launch_reveals(self):
        assessment = self.submit_self_assessment(self.review)
        for day, revealed in (("2026-03-20", False), ("2026-03-21", True)):
            self.cron_on(day)
            with self.subTest(day):
                self.assertEqual(bool(self.review.revealed_on), revealed)
                for user in (self.manager_user, self.officer_user):
                    self.assert_readable(assessment, user, revealed)
                    found = self.review.with_user(user).search(
                        [("id", "=", self.review.id), ("is_revealed", "=", True)]
                    )
                    self.assertEqual(bool(found), revealed)

    def test_reading_reveals_nothing(self):
        assessment = self.submit_self_assessment(self.review)
        with freeze_time("2026-03-25"):
            self.assert_readable(assessment, self.manager_user, False)
            self.assertFalse(self.review.with_user(self.manager_user).is_revealed)

    def test_no_deadline_never_reveals_by_itself(self):
        cycle = self.launch(name="Open end", preparation_deadline=False)
        self.cron_on("2030-01-01")
        self.assertFalse(cycle.review_ids.filtered("revealed_on"))

    def test_a_deadline_moved_back_opens_nothing(self):
        assessment = self.submit_self_assessment(self.review)
        as_hr = self.cycle.with_user(self.officer_user)
        self.cycle.preparation_deadline = "2026-03-01"
        self.assertEqual(self.cycle.reveal_deadline, date(2026, 3, 20))
        self.cron_on("2026-03-02")
        self.assertFalse(self.review.revealed_on)
        self.assert_readable(assessment, self.officer_user, False)
        with self.assertRaises(AccessError):
            as_hr.reveal_deadline = "2026-03-01"
        self.cycle.preparation_deadline = False
        self.cycle.preparation_deadline = "2026-03-01"
        self.cron_on("2026-03-03")
        self.assertFalse(self.review.revealed_on)

    def test_a_deadline_moved_on_postpones_and_closes_nothing(self):
        assessment = self.submit_self_assessment(self.review)
        self.cycle.preparation_deadline = "2026-04-01"
        self.cron_on("2026-03-25")
        self.assertFalse(self.review.revealed_on)
        self.cron_on("2026-04-02")
        stamp = self.review.revealed_on
        self.assertTrue(stamp)
        self.cycle.preparation_deadline = "2026-04-10"
        self.cron_on("2026-04-03")
        self.assertEqual(self.review.revealed_on, stamp)
        self.assert_readable(assessment, self.manager_user, True)

    def test_a_first_deadline_leaves_a_day(self):
        cycle = self.launch(name="Open end", preparation_deadline=False)
        cycle.preparation_deadline = "2026-02-01"
        self.assertEqual(cycle.reveal_deadline, date(2026, 3, 3))

    def test_who_joins_late_is_not_opened_with_the_others(self):
        late = self.env["hr.employee"].create(
            {"name": "Late", "user_id": self.outsider_user.id, "parent_id": self.manager.id,
             "company_id": self.company.id, "department_id": self.department.id}
        )  # fmt: skip
        with freeze_time("2026-03-21"):
            self.cycle.with_user(self.officer_user).action_launch()
        review = self.review_of(self.cycle, late)
        self.assertEqual(review.late_deadline, date(2026, 4, 4))
        said = review.with_user(self.outsider_user)._say_reveal()
        self.assertIn("at the latest after 04/04/2026", said)
        self.cron_on("2026-04-04")
        self.assertTrue(self.review.revealed_on)
        self.assertFalse(review.revealed_on)
        self.cron_on("2026-04-05")
        self.assertTrue(review.revealed_on)

    def test_the_job_stamps_in_batches(self):
        with patch.object(performance_review_reveal, "REVEAL_BATCH", 2):
            self.cron_on("2026-03-21")
        self.assertFalse(self.cycle.review_ids.filtered(lambda review: not review.revealed_on))

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
        self.review.with_user(self.manager_user).action_submit_sheet()
        for user in (self.director_user, self.outsider_user, self.porter_user):
            with self.subTest(user.login):
                self.assert_readable(assessment, user, False)

    def test_hr_never_reads_its_reviewers_copy_of_the_own_one(self):
        own = self.review_of(self.cycle, self.officer_employee)
        assessment = self.submit_self_assessment(own)
        self.assert_readable(assessment, self.administrator_user, False)
        self.fill_sheet(own)
        own.with_user(own.reviewer_user_id).action_submit_sheet()
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
        as_manager.action_submit_sheet()
        self.assertEqual(as_manager.action_read_self_assessment()["res_id"], assessment.id)

    def test_waiting_for_it_ends_with_the_deadline(self):
        self.cycle.require_self_assessment = True
        self.fill_sheet(self.review)
        as_manager = self.review.with_user(self.manager_user)
        self.assertEqual([each["code"] for each in as_manager.get_blockers()], ["self_assessment"])
        self.cron_on("2026-03-21")
        self.assertFalse(as_manager.get_blockers())
        as_manager.action_next()
        self.assertEqual(self.review.state, "dialogue")

    def test_one_per_review(self):
        self.as_worker._get_own_self_assessment()
        with self.assertRaises(Exception) as refused, self.cr.savepoint():
            self.Assessment.with_user(self.worker_user).create({"review_id": self.review.id})
        self.assertNotIsInstance(refused.exception, AssertionError)
        self.assertEqual(len(self.review.self_assessment_ids), 1)
