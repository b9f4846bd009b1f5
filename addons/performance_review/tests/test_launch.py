from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import performance_cycle_launch
from .common import TODAY
from .reminders_common import RemindersMixin
from .test_cycle import CycleCase

PREPARATION = "performance_review.mail_activity_type_preparation"


class LaunchCase(RemindersMixin, CycleCase):
    """Launches in the background, two employees at a time."""

    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("performance_review.ir_cron_launch")

    def in_background(self, batch=2):
        """Patch the limits: everything above ``batch`` employees is work for the cron."""
        self.patch(performance_cycle_launch, "LAUNCH_INLINE_LIMIT", batch)
        self.patch(performance_cycle_launch, "LAUNCH_BATCH", batch)

    def run_cron(self):
        """Run the launch job as the scheduler does, with its commits."""
        with self.enter_registry_test_mode(), mute_logger("odoo.addons.base.models.ir_cron"):
            return self.cron.method_direct_trigger()

    def activities_of(self, reviews):
        return self.env["mail.activity"].search(
            [("res_model", "=", "performance.review"), ("res_id", "in", reviews.ids)]
        )

    def assertLaunchedOnce(self, cycle):
        """One review per employee, one activity per review, both sides told."""
        self.assertEqual(cycle.state, "open")
        reviews = cycle.review_ids
        self.assertEqual(len(reviews), len(reviews.employee_id))
        self.assertEqual(reviews.employee_id, self.everybody)
        activities = self.activities_of(reviews)
        self.assertEqual(sorted(activities.mapped("res_id")), sorted(reviews.ids))
        for activity in activities:
            review = reviews.browse(activity.res_id)
            self.assertEqual(activity.user_id, review.reviewer_user_id)
        told = self.env["performance.reminder.line"].search([("review_id", "in", reviews.ids)])
        self.assertEqual(
            sorted((line.review_id.id, line.user_id.id) for line in told),
            sorted(
                (review.id, user.id)
                for review in reviews
                for user in review.employee_user_id | review.reviewer_user_id
            ),
        )


@tagged("post_install", "-at_install")
class TestLaunch(LaunchCase):
    def test_one_review_per_employee(self):
        cycle = self.create_cycle().with_user(self.officer_user)
        cycle.action_launch()
        self.assertLaunchedOnce(cycle.sudo())
        self.assertEqual(cycle.launch_percent, 100.0)

    def test_review_activity(self):
        cycle = self.launch()
        review = self.review_of(cycle, self.worker)
        activity = review.activity_ids
        self.assertEqual(activity.activity_type_id, self.env.ref(PREPARATION))
        self.assertEqual(activity.date_deadline, date(2026, 3, 20))
        self.assertEqual(activity.user_id, self.manager_user)

    def test_activity_without_a_deadline_is_due_in_two_weeks(self):
        cycle = self.launch(
            preparation_deadline=False, dialogue_deadline=False, agreement_deadline=False
        )
        activity = self.review_of(cycle, self.worker).activity_ids
        self.assertEqual(activity.date_deadline, TODAY + timedelta(days=14))

    def test_activity_speaks_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env.ref(PREPARATION).with_context(lang="zh_CN").summary = "准备绩效面谈"
        self.manager_user.lang = "zh_CN"
        cycle = self.launch()
        self.assertEqual(self.review_of(cycle, self.worker).activity_ids.summary, "准备绩效面谈")
        self.assertNotEqual(self.review_of(cycle, self.rival).activity_ids.summary, "准备绩效面谈")

    def test_organisation_is_frozen(self):
        """C3: later moves do not rewrite history."""
        review = self.review_of(self.launch(), self.worker)
        yard = self.env["hr.department"].create({"name": "Yard", "company_id": self.company.id})
        welder = self.env["hr.job"].create({"name": "Welder", "company_id": self.company.id})
        self.worker.write(
            {
                "department_id": yard.id,
                "job_id": welder.id,
                "parent_id": self.peer_manager.id,
            }
        )
        self.worker.version_id.date_version = TODAY - timedelta(days=30)
        self.worker.create_version({"date_version": TODAY, "department_id": yard.id})
        self.env.flush_all()
        review.invalidate_recordset()
        self.assertEqual(review.department_id, self.department)
        self.assertEqual(review.job_id, self.job)
        self.assertEqual(review.reviewer_id, self.manager)
        self.assertEqual(review.reviewer_user_id, self.manager_user)

    def test_changed_user_of_the_reviewer_is_not_followed(self):
        """Whoever edits a file moves nobody's reviews: HR does, with a reason."""
        review = self.review_of(self.launch(), self.worker)
        self.manager.user_id = self.outsider_user
        self.assertEqual(review.reviewer_user_id, self.manager_user)

    def test_appraisal_of_the_period(self):
        def appraisal(employee, start, end, **vals):
            return self.env["performance.appraisal"].create(
                {"employee_id": employee.id, "date_start": start, "date_end": end, **vals}
            )

        cycle = self.create_cycle()
        appraisal(self.worker, date(2025, 1, 1), date(2025, 12, 31))
        appraisal(self.worker, date(2026, 1, 1), date(2026, 6, 30))
        newest = appraisal(self.worker, date(2026, 7, 1), date(2026, 12, 31))
        own = appraisal(self.porter, date(2026, 1, 1), date(2026, 6, 30), cycle_id=cycle.id)
        appraisal(self.porter, date(2026, 7, 1), date(2026, 12, 31))
        appraisal(self.rival, date(2027, 1, 1), date(2027, 12, 31))
        cycle.action_launch()
        self.assertEqual(self.review_of(cycle, self.worker).appraisal_id, newest)
        # The one imported for this very cycle goes before a newer one.
        self.assertEqual(self.review_of(cycle, self.porter).appraisal_id, own)
        self.assertFalse(self.review_of(cycle, self.rival).appraisal_id)

    def test_previous_review(self):
        early = self.launch(
            name="Year 2024", date_start=date(2024, 1, 1), date_end=date(2024, 12, 31)
        )
        # Launched late, and still not what came before 2026.
        last = self.launch(
            name="Year 2025", date_start=date(2025, 1, 1), date_end=date(2025, 12, 31)
        )
        later = self.launch(
            name="Year 2027", date_start=date(2027, 1, 1), date_end=date(2027, 12, 31)
        )
        now = self.launch()
        self.assertEqual(
            self.review_of(now, self.worker).previous_review_id, self.review_of(last, self.worker)
        )
        self.assertEqual(
            self.review_of(later, self.worker).previous_review_id,
            self.review_of(last, self.worker),
        )
        self.assertFalse(self.review_of(early, self.worker).previous_review_id)

    def test_outline_by_job_then_department(self):
        def outline(name, **vals):
            return self.env["performance.outline"].create({"name": name, **vals})

        for_job = outline("Fitters", job_ids=[Command.set(self.job.ids)])
        for_department = outline("Workshop", department_ids=[Command.set(self.department.ids)])
        self.rival.department_id = False
        cycle = self.launch()
        self.assertEqual(self.review_of(cycle, self.worker).outline_id, for_job)
        self.assertEqual(self.review_of(cycle, self.porter).outline_id, for_department)
        self.assertEqual(self.review_of(cycle, self.rival).outline_id, self.outline)

    def test_line_above_is_stored(self):
        chief_user = self.outsider_user
        self.director.parent_id = self.env["hr.employee"].create(
            {"name": "Chief", "user_id": chief_user.id, "company_id": self.company.id}
        )
        cycle = self.launch()
        self.assertEqual(
            self.review_of(cycle, self.worker).upper_user_ids, self.director_user | chief_user
        )
        # The reviewer's own line begins above the reviewer.
        self.assertEqual(self.review_of(cycle, self.manager).upper_user_ids, chief_user)

    def test_late_joiners(self):
        cycle = self.launch()
        before = cycle.review_ids
        self.assertIn(f"is open: {len(before)} reviews", cycle._say_launched())
        late = self.add_employee("Late")
        cycle.with_user(self.officer_user).action_launch()
        added = cycle.review_ids - before
        # What is told afterwards is how many came, not how many there are.
        self.assertEqual(cycle._say_launched(), "“Year 2026”: one review added.")
        self.assertEqual(added.employee_id, late)
        self.assertEqual(len(self.activities_of(added)), 1)
        self.assertEqual(cycle.state, "open")
        self.assertEqual(len(self.activities_of(before)), len(before))

    def test_late_joiners_have_time_to_prepare(self):
        with freeze_time("2026-04-15"):
            cycle, late = self.join_late()
        early, added = self.review_of(cycle, self.worker), self.review_of(cycle, late)
        self.assertEqual(early.step_deadline, date(2026, 3, 20))
        self.assertEqual(added.preparation_deadline, date(2026, 4, 29))
        self.assertEqual(added.step_deadline, date(2026, 4, 29))
        # What comes later is not due before, and otherwise as for everybody.
        self.assertEqual(added.dialogue_deadline, date(2026, 4, 29))
        self.assertEqual(added.agreement_deadline, date(2026, 4, 30))
        self.assertEqual(self.activities_of(added).date_deadline, date(2026, 4, 29))
        with freeze_time("2026-04-16"):
            self.assertTrue(early.is_overdue)
            self.assertFalse(added.is_overdue)
        with self.assertRaises(AccessError):
            added.with_user(self.manager_user).late_deadline = "2027-01-01"
        # HR gives everybody more time.
        cycle.write({"dialogue_deadline": "2026-06-01", "agreement_deadline": "2026-06-30",
                     "preparation_deadline": "2026-05-20"})  # fmt: skip
        self.assertEqual(added.step_deadline, date(2026, 5, 20))

    def test_late_joiners_in_time_have_the_deadlines_of_all(self):
        with freeze_time("2026-03-04"):
            cycle, late = self.join_late()
        self.assertFalse(self.review_of(cycle, late).late_deadline)
        self.assertEqual(self.review_of(cycle, late).step_deadline, date(2026, 3, 20))
        with freeze_time("2026-03-19"):
            cycle, late = self.join_late(name="Other year", preparation_deadline=False)
        self.assertFalse(self.review_of(cycle, late).late_deadline)

    def test_who_is_launched_first_is_nobody_late(self):
        with freeze_time("2026-03-19"):
            cycle = self.launch()
        self.assertFalse(any(cycle.review_ids.mapped("late_deadline")))

    def test_the_digest_about_late_joiners_names_their_deadline(self):
        cycle = self.launch()
        self.remind()
        self.forget_mails()
        self.add_employee("Late")
        with freeze_time("2026-04-15"):
            cycle.with_user(self.officer_user).action_launch()
        self.remind(date(2026, 4, 15))
        self.assertIn(
            "Please finish the preparation by 04/29/2026", self.say(self.mails(self.manager_user))
        )

    def join_late(self, **vals):
        """Return a cycle under way and an employee added to it now."""
        with freeze_time("2026-03-02"):
            cycle = self.launch(**vals)
        late = self.add_employee(f"Late to {cycle.name}")
        cycle.with_user(self.officer_user).action_launch()
        return cycle, late

    def test_a_review_that_hr_ended_is_nobodys_last_one(self):
        def year(number):
            return self.launch(
                name=f"Year {number}", date_start=date(number, 1, 1), date_end=date(number, 12, 31)
            )

        first, second = (self.review_of(year(number), self.worker) for number in (2024, 2025))
        second.with_user(self.officer_user).action_end("She was ill for months", "absence")
        third = self.review_of(year(2026), self.worker)
        self.assertEqual(third.previous_review_id, first)
        self.assertEqual(
            self.review_of(third.cycle_id, self.porter).previous_review_id.cycle_id, second.cycle_id
        )

    def test_an_archived_outline_launches_nothing(self):
        cycle = self.create_cycle(name="Autumn")
        cycle.outline_id.action_archive()
        with self.assertRaisesRegex(UserError, "archived: choose another one in “Autumn”"):
            cycle.action_launch()
        self.assertEqual(cycle.state, "draft")
        self.assertFalse(cycle.review_ids)
        cycle.outline_id.action_unarchive()
        cycle.action_launch()
        # Who joins late has the outline of the others.
        cycle.outline_id.action_archive()
        late = self.add_employee("Late")
        cycle.action_launch()
        self.assertIn(late, cycle.review_ids.employee_id)

    def test_nobody_left(self):
        cycle = self.launch().with_user(self.officer_user)
        with self.assertRaises(UserError) as refused:
            cycle.action_launch()
        self.assertIn("Nobody is left to add to “Year 2026”", str(refused.exception))
        empty = self.create_cycle(
            excluded_employee_ids=[Command.set(self.everybody.ids)]
        ).with_user(self.officer_user)
        with self.assertRaises(UserError):
            empty.action_launch()
        self.assertEqual(empty.state, "draft")

    def test_two_at_once(self):
        """The second session is told, and adds nothing."""
        cycle = self.create_cycle().with_user(self.officer_user)
        with (
            # What the lock answers while another transaction holds the cycle.
            patch.object(type(cycle), "try_lock_for_update", lambda self, **kw: self.browse()),
            self.assertRaises(UserError) as refused,
        ):
            cycle.action_launch()
        self.assertIn("Somebody else is launching “Year 2026”", str(refused.exception))
        self.assertFalse(cycle.review_ids)

    def test_the_database_takes_one_review_per_employee_and_cycle(self):
        cycle = self.launch()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["performance.review"].create(
                {"cycle_id": cycle.id, "employee_id": self.worker.id}
            )

    def test_only_hr_launches(self):
        cycle = self.create_cycle()
        for user in (self.outsider_user, self.manager_user, self.foreign_officer_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                cycle.with_user(user).action_launch()
        with self.assertRaises(AccessError):
            self.env["performance.review"].with_user(self.officer_user).create(
                {"cycle_id": cycle.id, "employee_id": self.worker.id}
            )


@tagged("post_install", "-at_install")
class TestBackgroundLaunch(LaunchCase):
    """Large populations: the cron's commits are the places where a launch can die."""

    def test_progress_until_open(self):
        self.in_background()
        cycle = self.create_cycle().with_user(self.officer_user)
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)])
        cycle.action_launch()
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)]),
            triggers + 1,
        )
        self.assertEqual(cycle.state, "launching")
        self.assertEqual(cycle.launch_total, len(self.everybody))
        self.assertFalse(cycle.review_ids)
        self.assertEqual(cycle.launch_percent, 0.0)
        self.run_cron()
        self.assertLaunchedOnce(cycle.sudo())

    def test_second_click_while_launching(self):
        self.in_background()
        cycle = self.create_cycle().with_user(self.officer_user)
        cycle.action_launch()
        cycle.action_launch()
        self.assertFalse(cycle.review_ids)
        self.run_cron()
        self.assertLaunchedOnce(cycle.sudo())

    def test_killed_in_the_second_batch_and_started_again(self):
        self.in_background()
        cycle = self.create_cycle()
        cycle.action_launch()
        schedule = type(self.env["performance.review"])._schedule_step_activities
        calls = []

        def die_in_the_second_batch(reviews):
            calls.append(reviews.ids)
            # For good: Odoo tries a job once more that has already done something.
            if len(calls) > 1:
                raise RuntimeError("the lights go out")
            return schedule(reviews)

        with patch.object(
            type(self.env["performance.review"]),
            "_schedule_step_activities",
            die_in_the_second_batch,
        ):
            self.run_cron()
        # The first batch is complete, of the second one nothing is left.
        self.assertGreater(len(calls), 1)
        self.assertEqual(cycle.state, "launching")
        self.assertEqual(len(cycle.review_ids), 2)
        self.assertEqual(len(self.activities_of(cycle.review_ids)), 2)
        self.assertAlmostEqual(cycle.launch_percent, 100.0 * 2 / len(self.everybody))
        self.assertFalse(self.env["performance.reminder.line"].search([]))
        self.run_cron()
        self.assertLaunchedOnce(cycle)

    def test_killed_before_the_cycle_opens(self):
        self.in_background()
        cycle = self.create_cycle()
        cycle.action_launch()

        def die(cycle):
            raise RuntimeError("the lights go out")

        with patch.object(type(cycle), "_tell_launched", die):
            self.run_cron()
        self.assertEqual(cycle.state, "launching")
        self.assertEqual(len(cycle.review_ids), len(self.everybody))
        self.run_cron()
        self.assertLaunchedOnce(cycle)

    def test_out_of_time_it_asks_to_come_back(self):
        """Odoo gives a job a few seconds; with work left the job must be called again."""
        self.in_background()
        cycle = self.create_cycle()
        cycle.action_launch()
        reported = []

        def no_time_left(cron, processed=0, *, remaining=None, deactivate=False):
            reported.append((processed, remaining))
            return 0.0

        Cron = type(self.env["ir.cron"])
        with patch.object(Cron, "_commit_progress", no_time_left):
            for _run in range(len(self.everybody) // 2):
                self.env["performance.cycle"]._cron_launch()
                self.assertEqual(cycle.state, "launching")
                # Also after the last review: the cycle is not open yet.
                self.assertGreater(reported[-1][1], 0)
            self.env["performance.cycle"]._cron_launch()
        self.assertEqual(reported[-1][1], 0)
        self.assertLaunchedOnce(cycle)

    def test_two_cycles_one_after_the_other(self):
        self.in_background()
        first = self.create_cycle(name="One")
        second = self.create_cycle(name="Two")
        (first | second).action_launch()
        self.run_cron()
        self.assertEqual((first | second).mapped("state"), ["open", "open"])
        for cycle in first | second:
            self.assertEqual(cycle.review_ids.employee_id, self.everybody)

    def test_late_joiners_in_the_background(self):
        cycle = self.launch()
        before = cycle.review_ids
        self.in_background()
        late = self.env["hr.employee"]
        for number in range(5):
            late |= self.add_employee(f"Late{number}")
        cycle.action_launch()
        self.assertEqual(cycle.launch_total, len(before) + 5)
        self.run_cron()
        self.assertEqual((cycle.review_ids - before).employee_id, late)
        self.assertEqual(cycle.state, "open")

    def test_no_work_no_noise(self):
        self.launch()
        self.assertTrue(self.run_cron())
