from datetime import date, timedelta

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestProgress(PerformanceCommon):
    """Either side records progress; the newest day counts, not the last click."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.agreement = cls.to_follow_up(cls.review)
        cls.goal = cls.agreement.goal_ids.with_user(cls.manager_user)  # 8 → 4, less is better
        cls.line = cls.agreement.change_ids.with_user(cls.manager_user)
        cls.checkpoint = cls.review.checkpoint_ids[0].with_user(cls.manager_user)

    def record(self, user=None, **vals):
        return (
            self.env["performance.progress"]
            .with_user(user or self.manager_user)
            .create({"checkpoint_id": self.checkpoint.id, **vals})
        )

    def measure(self, value, day=date(2026, 3, 2), user=None):
        return self.record(user=user, goal_id=self.goal.id, value=value, date=day)

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_both_sides_record(self):
        portal_review = self.review_of(self.cycle, self.porter)
        portal_agreement = self.to_follow_up(portal_review)
        for user, agreement in (
            (self.manager_user, self.agreement),
            (self.worker_user, self.agreement),
            (self.porter_user, portal_agreement),
        ):
            checkpoint = agreement.sudo().review_id.checkpoint_ids[0]
            entry = self.record(
                user=user, checkpoint_id=checkpoint.id,
                commitment_id=agreement.sudo().change_ids.id, percent=30.0, note="Half way",
            )  # fmt: skip
            with self.subTest(user.login):
                self.assertEqual(entry.author_id, user)
                self.assertEqual(entry.percent, 30.0)
                self.assertEqual(str(entry.date), "2026-03-02")

    def test_nobody_else_records(self):
        for user in (
            self.officer_user | self.administrator_user | self.director_user | self.outsider_user
            | self.porter_user | self.peer_manager_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.record(user=user, commitment_id=self.line.id, percent=10.0)

    def test_nobody_records_in_another_name(self):
        for user in (self.manager_user, self.worker_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.record(user=user, commitment_id=self.line.id, author_id=self.director_user.id)
        entry = self.record(commitment_id=self.line.id, percent=10.0)
        with self.assertRaises(AccessError):
            entry.author_id = self.worker_user

    def test_each_corrects_only_what_the_rules_allow(self):
        by_employee = self.record(user=self.worker_user, commitment_id=self.line.id, percent=10.0)
        with self.assertRaises(AccessError):
            by_employee.with_user(self.manager_user).write({"percent": 90.0})
        with self.assertRaises(AccessError):
            by_employee.write({"percent": 90.0})
        by_reviewer = self.record(commitment_id=self.line.id, percent=20.0)
        by_reviewer.percent = 25.0
        self.assertEqual(self.line.percent, 25.0)
        with self.assertRaises(AccessError):
            by_reviewer.with_user(self.worker_user).unlink()

    # ------------------------------------------------------------------
    # On what
    # ------------------------------------------------------------------

    def test_on_exactly_one_subject(self):
        for vals in ({}, {"goal_id": self.goal.id, "commitment_id": self.line.id}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self.record(**vals)

    def test_of_this_review(self):
        other = self.to_follow_up(self.review_of(self.cycle, self.porter))
        for vals in ({"goal_id": other.goal_ids.id}, {"commitment_id": other.change_ids.id}):
            with self.subTest(vals), self.assertRaises(ValidationError) as refused:
                self.record(**vals)
            self.assertIn("another review", str(refused.exception))

    def test_once_the_agreement_is_signed(self):
        amendment = self.agreement.with_user(self.manager_user)
        amendment = amendment.browse(amendment.action_amend()["res_id"])
        for step in (lambda: None, amendment.action_propose):
            step()
            with self.assertRaises(ValidationError) as refused:
                self.record(commitment_id=amendment.change_ids.id, percent=10.0)
            self.assertIn("signed", str(refused.exception))

    def test_not_on_a_superseded_version(self):
        own = self.agreement.with_user(self.manager_user)
        second = own.browse(own.action_amend()["res_id"])
        second.action_propose()
        self.sign_as(second)
        self.sign_as(second, self.worker_user)
        with self.assertRaises(ValidationError):
            self.measure(5.0)

    def test_also_on_what_hr_has_closed(self):
        review = self.review_of(self.cycle, self.rival)
        agreement = self.to_proposed(review)
        self.dispute_as(agreement, self.rival_user, "No")
        agreement.with_user(self.officer_user).action_close_by_hr("It stands")
        self.record(
            user=self.rival_user, checkpoint_id=review.checkpoint_ids[0].id,
            goal_id=agreement.sudo().goal_ids.id, value=6.0,
        )  # fmt: skip
        self.assertEqual(agreement.sudo().goal_ids.actual, 6.0)

    def test_not_on_a_cancelled_checkpoint(self):
        self.checkpoint.action_cancel()
        with self.assertRaises(UserError) as refused:
            self.record(commitment_id=self.line.id, percent=10.0)
        self.assertIn("not planned any more", str(refused.exception))
        with self.assertRaises(UserError):
            self.env["performance.progress"].with_user(self.manager_user).with_context(
                default_checkpoint_id=self.checkpoint.id
            ).create({"commitment_id": self.line.id, "percent": 10.0})

    def test_not_on_a_checkpoint_that_took_place(self):
        self.checkpoint.action_done()
        for user in (self.worker_user, self.manager_user):
            with self.subTest(user.login), self.assertRaises(UserError) as refused:
                self.record(user=user, commitment_id=self.line.id, percent=10.0)
            self.assertIn("not planned any more", str(refused.exception))
        with self.assertRaises(UserError):
            self.checkpoint.progress_ids = [
                Command.create({"commitment_id": self.line.id, "percent": 10.0})
            ]
        self.assertFalse(self.line.progress_ids)

    def test_an_entry_says_something(self):
        for subject in ({"goal_id": self.goal.id}, {"commitment_id": self.line.id}):
            for vals in ({}, {"note": "  "}, {"note": False}, {"percent": None}):
                with self.subTest(**subject, **vals), self.assertRaises(UserError) as refused:
                    self.record(**subject, **vals)
                self.assertIn("a figure, a note or both", str(refused.exception))
            self.record(**subject, note="Something")

    def test_the_open_plan_moves_at_once(self):
        plan = self.review.with_user(self.manager_user)
        self.assertEqual(plan.plan_commitment_ids.mapped("percent"), [0.0, 0.0])
        self.assertEqual(plan.plan_goal_ids.actual, 8.0)
        self.record(user=self.worker_user, commitment_id=self.line.id, percent=30.0)
        self.measure(6.0, user=self.worker_user)
        self.assertEqual(sorted(plan.plan_commitment_ids.mapped("percent")), [0.0, 30.0])
        self.assertEqual(plan.plan_goal_ids.actual, 6.0)
        self.assertEqual(plan.plan_goal_ids.achievement, 50.0)

    def test_what_is_reached_or_settled_is_not_overdue(self):
        support = self.agreement.support_ids.with_user(self.manager_user)
        self.assertFalse(support.is_overdue)
        with freeze_time(date(2026, 5, 16)):
            self.env.invalidate_all()
            self.assertTrue(support.is_overdue)
            self.assertTrue(support.with_user(self.worker_user).is_overdue)
            self.record(commitment_id=support.id, percent=100.0)
            self.assertFalse(support.is_overdue)
            self.record(commitment_id=support.id, percent=90.0)
            self.assertTrue(support.is_overdue)
            support.action_outcome_closed()
            self.assertFalse(support.is_overdue)

    def test_a_checkpoint_with_an_entry_is_not_overdue(self):
        with freeze_time(self.checkpoint.date + timedelta(days=1)):
            self.env.invalidate_all()
            self.assertTrue(self.checkpoint.is_overdue)
            self.record(user=self.worker_user, commitment_id=self.line.id, percent=10.0)
            self.assertFalse(self.checkpoint.is_overdue)

    def test_not_after_the_review_is_done(self):
        entry = self.record(commitment_id=self.line.id, percent=10.0)
        self.agreement.with_user(self.manager_user).commitment_ids.action_outcome_closed()
        self.review.checkpoint_ids.with_user(self.manager_user).action_done()
        self.review.with_user(self.manager_user).action_next()
        for refused in (
            lambda: self.record(commitment_id=self.line.id, percent=20.0),
            lambda: entry.write({"percent": 20.0}),
            entry.unlink,
        ):
            with self.assertRaises(UserError) as error:
                refused()
            self.assertIn("Done", str(error.exception))

    def test_links_stay(self):
        entry = self.record(commitment_id=self.line.id, percent=10.0)
        for vals in (
            {"commitment_id": self.agreement.support_ids.id}, {"goal_id": self.goal.id},
            {"checkpoint_id": self.review.checkpoint_ids[1].id},
        ):  # fmt: skip
            with self.subTest(vals), self.assertRaises(AccessError):
                entry.write(vals)

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------

    def test_percent_lies_between_0_and_100(self):
        for percent in (-1, 101):
            with (
                self.subTest(percent),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
            ):
                self.record(commitment_id=self.line.id, percent=percent)
        for percent in (0, 100):
            self.record(commitment_id=self.line.id, percent=percent)

    def test_not_in_the_future(self):
        with self.assertRaises(ValidationError):
            self.measure(5.0, day=date(2026, 3, 3))

    def test_before_any_measurement_the_way_is_still_to_go(self):
        self.assertEqual(self.goal.actual, 8.0)
        self.assertEqual(self.goal.achievement, 0.0)

    def test_goal_and_achievement_follow(self):
        self.measure(6.0)
        self.assertEqual(self.goal.actual, 6.0)
        self.assertEqual(self.goal.achievement, 50.0)
        self.measure(3.0, user=self.worker_user)
        self.assertEqual(self.goal.actual, 3.0)
        self.assertEqual(self.goal.achievement, 125.0)

    def test_zero_is_a_measurement(self):
        self.measure(6.0)
        self.measure(0.0)
        self.assertEqual(self.goal.actual, 0.0)
        self.assertEqual(self.goal.achievement, 200.0)

    def test_an_older_date_recorded_later_does_not_overwrite(self):
        self.measure(5.0, day=date(2026, 2, 20))
        self.measure(7.0, day=date(2026, 2, 1))
        self.assertEqual(self.goal.actual, 5.0)
        self.measure(6.0, day=date(2026, 2, 20))
        self.assertEqual(self.goal.actual, 6.0, "of two on one day the later one counts")

    def test_corrections_and_deletions_are_followed(self):
        first = self.measure(7.0, day=date(2026, 2, 1))
        second = self.measure(5.0, day=date(2026, 2, 20))
        second.value = 4.5
        self.assertEqual(self.goal.actual, 4.5)
        second.date = date(2026, 1, 10)
        self.assertEqual(self.goal.actual, 7.0)
        first.unlink()
        self.assertEqual(self.goal.actual, 4.5)
        second.unlink()
        self.assertEqual(self.goal.actual, 8.0, "back at the baseline")

    def test_several_at_once(self):
        self.checkpoint.progress_ids = [
            Command.create({"goal_id": self.goal.id, "value": 5.0, "date": "2026-02-20"}),
            Command.create({"goal_id": self.goal.id, "value": 7.0, "date": "2026-02-01"}),
            Command.create({"commitment_id": self.line.id, "percent": 60.0}),
        ]
        self.assertEqual(self.goal.actual, 5.0)
        self.assertEqual(self.line.percent, 60.0)

    def test_a_note_alone_changes_no_number(self):
        self.measure(6.0)
        self.record(commitment_id=self.line.id, percent=40.0)
        note = self.record(goal_id=self.goal.id, note="No complaint this week")
        self.assertEqual((note.value, note.percent), (6.0, 50.0))
        note = self.record(user=self.worker_user, commitment_id=self.line.id, note="Still at it")
        self.assertEqual(note.percent, 40.0)
        self.assertEqual(self.goal.actual, 6.0)
        self.assertEqual(self.line.percent, 40.0)

    def test_percent_of_a_goal_comes_from_its_value_within_bounds(self):
        for value, percent in ((8.0, 0.0), (6.0, 50.0), (4.0, 100.0), (2.0, 100.0), (9.0, 0.0)):
            with self.subTest(value):
                self.assertEqual(self.measure(value).percent, percent)
        self.assertEqual(self.record(goal_id=self.goal.id, value=6.0, percent=70.0).percent, 70.0)

    def test_the_latest_percent_is_the_newest_by_date(self):
        self.record(commitment_id=self.line.id, percent=50.0, date=date(2026, 2, 20))
        self.record(commitment_id=self.line.id, percent=20.0, date=date(2026, 2, 1))
        self.env.invalidate_all()
        for user in (self.manager_user, self.worker_user, self.director_user, self.officer_user):
            with self.subTest(user.login):
                self.assertEqual(self.line.with_user(user).percent, 50.0)

    def test_the_measurements_draw_a_line(self):
        for day, value in ((10, 7.0), (20, 6.0), (28, 5.0)):
            self.measure(value, day=date(2026, 2, day))
        self.assertEqual(self.goal.measure_ids.mapped("value"), [5.0, 6.0, 7.0])

    # ------------------------------------------------------------------
    # In the back office
    # ------------------------------------------------------------------

    def test_the_internal_employee_records_by_button(self):
        own = self.checkpoint.with_user(self.worker_user)
        action = own.action_add_progress()
        Progress = self.env[action["res_model"]].with_user(self.worker_user)
        with Form(Progress.with_context(**action["context"])) as form:
            form.goal_id = self.goal.with_user(self.worker_user)
            self.assertEqual(form.value, 8.0, "what was measured last is proposed")
            form.value = 6.0
            self.assertEqual(form.percent, 50.0)
            form.note = "Two complaints fewer"
        self.assertEqual(form.record.author_id, self.worker_user)
        self.assertEqual(self.goal.actual, 6.0)

    def test_the_reviewer_records_in_the_checkpoint(self):
        with Form(self.checkpoint) as form, form.progress_ids.new() as line:
            line.commitment_id = self.line
            line.percent = 35.0
            line.note = "Seen twice"
        self.assertEqual(self.line.percent, 35.0)

    def test_values_of_unreadable_goals_stay_hidden(self):
        foreign = self.to_follow_up(self.review_of(self.cycle, self.rival)).sudo().goal_ids
        spec = {"goal_id": {}, "value": {}, "percent": {}}
        for user in (self.worker_user, self.manager_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["performance.progress"].with_user(user).onchange(
                    {"goal_id": foreign.id, "checkpoint_id": self.checkpoint.id}, ["goal_id"], spec
                )
