from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PerformanceCommon

ACTIVITY_TYPE = "performance_review.mail_activity_type_checkpoint"


@tagged("post_install", "-at_install")
class TestCheckpoints(PerformanceCommon):
    """When both look at the plan again, and who is reminded."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.agreement = cls.fill_agreement(cls.to_agreement(cls.review))

    def sign(self, rhythm="monthly", days=30, end=date(2026, 9, 30)):
        self.cycle.write({"checkpoint_rhythm": rhythm, "checkpoint_days": days})
        self.agreement.goal_ids.date_deadline = end
        self.agreement.action_propose()
        self.sign_as(self.agreement)
        self.sign_as(self.agreement, self.worker_user)
        return self.review.checkpoint_ids.with_user(self.manager_user)

    # ------------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------------

    def test_monthly(self):
        self.assertEqual(
            self.sign().mapped("date"),
            # 2 May and 2 August are days off: the next Monday then.
            [
                date(2026, 4, 2),
                date(2026, 5, 4),
                date(2026, 6, 2),
                date(2026, 7, 2),
                date(2026, 8, 3),
                date(2026, 9, 2),
                date(2026, 9, 30),
            ],
        )

    def test_quarterly(self):
        self.assertEqual(
            self.sign("quarterly").mapped("date"),
            [date(2026, 6, 2), date(2026, 9, 2), date(2026, 9, 30)],
        )

    def test_custom_days(self):
        self.assertEqual(
            self.sign("custom", days=90).mapped("date"),
            [date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 30)],
        )

    def test_the_end_is_the_latest_date_agreed(self):
        self.agreement.support_ids.date_deadline = date(2026, 12, 15)
        self.assertEqual(self.sign().mapped("date")[-1], date(2026, 12, 15))

    def test_on_a_working_day_of_both(self):
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Away",
                    "resource_id": person.resource_id.id,
                    "date_from": f"2026-{first} 00:00:00",
                    "date_to": f"2026-{last} 23:59:59",
                }
                for person, first, last in (
                    (self.worker, "04-02", "04-03"),
                    (self.manager, "04-06", "04-06"),
                    (self.worker, "09-30", "10-09"),
                )
            ]
        )
        dates = self.sign().mapped("date")
        self.assertEqual(dates[0], date(2026, 4, 7), "Thursday and Friday off, Monday the other")
        self.assertEqual(dates[-1], date(2026, 9, 29), "the last one is before the end")
        self.assertNotIn(5, {day.weekday() for day in dates} & {5, 6})

    def test_a_day_off_is_refused_with_a_better_one(self):
        checkpoint = self.sign()[0]
        with self.assertRaises(UserError) as refused:
            checkpoint.date = date(2026, 4, 4)
        self.assertIn("04/06/2026", str(refused.exception))
        with self.assertRaises(UserError):
            self.create_one_to_one(date=date(2026, 4, 5))

    def test_what_remains_is_moved_in_one_act(self):
        checkpoints = self.sign()
        checkpoints[0].action_done()
        self.as_manager.action_shift_remaining()
        dates = checkpoints.mapped("date")
        self.assertEqual(dates[:3], [date(2026, 4, 2), date(2026, 5, 11), date(2026, 6, 9)])
        self.assertEqual(
            checkpoints[1].sudo().activity_ids.date_deadline, date(2026, 5, 11), "and its task"
        )
        checkpoints[1:].action_shift(-2)
        self.assertEqual(checkpoints[1].date, date(2026, 5, 11), "9 May is a Saturday")
        for days in (-400, 400, "many", 1.5, float("nan")):
            with self.assertRaises(UserError):
                checkpoints[1:].action_shift(days)
        with self.assertRaises(UserError):
            checkpoints[1].action_shift(-100)
        with self.assertRaises(UserError):
            checkpoints.action_shift(7)  # the first is over

    def test_what_remains_is_cancelled_in_one_act(self):
        checkpoints = self.sign()
        checkpoints[0].action_done()
        self.as_manager.action_cancel_remaining()
        self.assertEqual(checkpoints.mapped("state"), ["done"] + 6 * ["cancelled"])
        for user in (self.worker_user, self.officer_user, self.director_user):
            for verb in ("action_cancel_remaining", "action_shift_remaining"):
                with self.assertRaises(AccessError):
                    getattr(self.review.with_user(user), verb)()

    def test_the_rhythm_is_changed_in_one_act(self):
        checkpoints = self.sign()
        checkpoints[1].note = "Look at the lists"
        self.as_manager.action_change_rhythm("quarterly")
        self.assertEqual(
            self.review.checkpoint_ids.sorted("date").mapped("date"),
            # The one with a note stays and serves its quarter.
            [date(2026, 5, 4), date(2026, 9, 2), date(2026, 9, 30)],
        )
        self.as_manager.action_rhythm_monthly()
        dates = self.review.checkpoint_ids.sorted("date").mapped("date")
        self.assertEqual(dates[:2], [date(2026, 4, 2), date(2026, 5, 4)])
        self.assertEqual(len(dates), 7)
        with self.assertRaises(UserError):
            self.as_manager.action_change_rhythm("daily")
        with self.assertRaises(AccessError):
            self.as_manager.checkpoint_rhythm = "monthly"

    def test_a_rhythm_of_its_own_on_working_days_of_both(self):
        self.sign(end=date(2026, 6, 30))
        off = self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "resource_id": self.worker.resource_id.id,
                "calendar_id": self.worker.resource_calendar_id.id,
                "date_from": "2026-04-06 00:00:00",
                "date_to": "2026-04-07 23:59:59",
            }
        )
        self.assertTrue(off)
        wizard = self.env["performance.review.rhythm"].with_user(self.manager_user)
        opened = self.as_manager.action_open_rhythm()
        wizard.with_context(**opened["context"]).create({"days": 35}).action_confirm()
        self.assertEqual(
            (self.review.checkpoint_rhythm, self.review.checkpoint_days), ("custom", 35)
        )
        self.assertEqual(
            self.review.checkpoint_ids.sorted("date").mapped("date"),
            # 6 and 7 April are days off of the worker's.
            [date(2026, 4, 8), date(2026, 5, 11), date(2026, 6, 15), date(2026, 6, 30)],
        )
        # An amendment goes on in it.
        self.assertFalse(self.review._generate_checkpoints())
        for days in (0, -1, 367, "many", None, 1.5):
            with self.subTest(days=days), self.assertRaises(UserError):
                self.as_manager.action_change_rhythm("custom", days)
        with self.assertRaises(AccessError):
            self.review.with_user(self.worker_user).action_change_rhythm("custom", 7)

    def test_all_are_planned_checkpoints_for_the_reviewer(self):
        checkpoints = self.sign()
        self.assertEqual(set(checkpoints.mapped("kind")), {"scheduled"})
        self.assertEqual(set(checkpoints.mapped("state")), {"planned"})
        self.assertEqual(self.review.next_checkpoint_date, date(2026, 4, 2))
        for checkpoint in checkpoints:
            activity = checkpoint.sudo().activity_ids
            self.assertEqual(len(activity), 1)
            self.assertEqual(activity.activity_type_id, self.env.ref(ACTIVITY_TYPE))
            self.assertEqual(activity.user_id, self.manager_user)
            self.assertEqual(activity.date_deadline, checkpoint.date)
            self.assertTrue(activity.summary)

    def test_planning_twice_adds_nothing(self):
        checkpoints = self.sign()
        self.review._generate_checkpoints()
        self.assertEqual(self.review.checkpoint_ids, checkpoints.sudo())
        checkpoints[0].date = date(2026, 4, 9)
        checkpoints[1].action_cancel()
        with freeze_time("2026-03-15"):
            self.review._generate_checkpoints()
        self.assertEqual(self.review.checkpoint_ids.sudo(), checkpoints.sudo())
        self.assertEqual(len(checkpoints.sudo().activity_ids), len(checkpoints) - 1)

    def test_an_amendment_weeks_later_keeps_the_rhythm(self):
        checkpoints = self.sign()
        with freeze_time("2026-05-20"):
            amendment = self.agreement.browse(self.agreement.action_amend()["res_id"])
            amendment.goal_ids.date_deadline = date(2026, 11, 30)
            amendment.action_propose()
            self.sign_as(amendment)
            self.sign_as(amendment, self.worker_user)
        added = self.review.checkpoint_ids.sudo() - checkpoints.sudo()
        # 2 October is served by the old end, two days before it.
        self.assertEqual(
            added.sorted("date").mapped("date"), [date(2026, 11, 2), date(2026, 11, 30)]
        )

    def test_a_one_to_one_does_not_replace_a_checkpoint(self):
        checkpoints = self.sign()
        checkpoints[0].unlink()
        self.create_one_to_one(date=date(2026, 4, 7))
        self.review._generate_checkpoints()
        self.assertIn(date(2026, 4, 2), self.review.checkpoint_ids.mapped("date"))

    # ------------------------------------------------------------------
    # Activities follow
    # ------------------------------------------------------------------

    def test_moving_the_date_moves_the_activity(self):
        checkpoint = self.sign()[0]
        activity = checkpoint.sudo().activity_ids
        checkpoint.date = date(2026, 4, 20)
        self.assertEqual(checkpoint.sudo().activity_ids, activity)
        self.assertEqual(activity.date_deadline, date(2026, 4, 20))

    def test_own_activities_are_left_alone(self):
        checkpoint = self.sign()[0]
        own = checkpoint.activity_schedule(
            "mail.mail_activity_data_todo", date_deadline=date(2026, 3, 30), summary="Room"
        )
        checkpoint.date = date(2026, 4, 20)
        self.assertEqual(own.date_deadline, date(2026, 3, 30))
        checkpoint.action_done()
        self.assertEqual(checkpoint.sudo().activity_ids, own.sudo())

    def test_an_own_activity_does_not_stand_in_for_the_reminder(self):
        checkpoint = self.sign()[0]
        checkpoint.sudo().activity_ids.unlink()
        checkpoint.activity_schedule("mail.mail_activity_data_todo", summary="Room")
        checkpoint.date = date(2026, 4, 20)
        self.assertEqual(len(checkpoint.sudo().activity_ids), 2)

    def test_done_and_cancelled_need_no_reminder(self):
        checkpoints = self.sign()
        checkpoints[0].action_done()
        checkpoints[1].action_cancel()
        self.assertFalse(checkpoints[:2].sudo().activity_ids)
        self.assertEqual(len(checkpoints.sudo().activity_ids), len(checkpoints) - 2)
        self.assertEqual(self.review.next_checkpoint_date, date(2026, 6, 2))

    def test_a_new_reviewer_gets_them(self):
        checkpoints = self.sign()
        checkpoints[0].action_done()
        mails = self.env["mail.mail"].search_count([])
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Left")
        activities = checkpoints.sudo().activity_ids
        self.assertEqual(activities.user_id, self.peer_manager_user)
        self.assertEqual(len(activities), len(checkpoints) - 1)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails, "one mail each is too many")
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            checkpoints[1].action_done()
        checkpoints[1].with_user(self.peer_manager_user).action_done()

    # ------------------------------------------------------------------
    # Settling
    # ------------------------------------------------------------------

    def test_done_is_done(self):
        checkpoint = self.sign()[0]
        checkpoint.note = "Looked at the first two handovers"
        checkpoint.action_done()
        checkpoint.action_done()
        for vals in ({"note": "Other"}, {"date": date(2026, 4, 9)}, {"kind": "one_to_one"}):
            for user in (self.manager_user, self.env.user):
                with self.subTest(vals, by=user.login), self.assertRaises(UserError) as refused:
                    checkpoint.with_user(user).write(vals)
                self.assertIn("stays as it is", str(refused.exception))
        with self.assertRaises(UserError):
            checkpoint.action_cancel()
        with self.assertRaises(UserError):
            checkpoint.unlink()
        with self.assertRaises(UserError):
            checkpoint.sudo().unlink()

    def test_cancelled_is_cancelled(self):
        checkpoint = self.sign()[0]
        checkpoint.action_cancel()
        with self.assertRaises(UserError):
            checkpoint.action_done()
        with self.assertRaises(UserError):
            checkpoint.note = "Other"
        checkpoint.unlink()
        self.assertFalse(checkpoint.exists())

    def test_a_planned_one_may_be_deleted_with_its_reminder(self):
        checkpoint = self.sign()[0]
        activity = checkpoint.sudo().activity_ids
        checkpoint.unlink()
        self.assertFalse(activity.exists())

    def test_the_state_is_not_typed_in(self):
        checkpoint = self.sign()[0]
        with self.assertRaises(AccessError):
            checkpoint.state = "done"
        with self.assertRaises(AccessError):
            checkpoint.review_id = self.review_of(self.cycle, self.porter)

    def test_only_the_reviewer_settles_moves_and_deletes(self):
        checkpoint = self.sign()[0]
        for user in (
            self.worker_user | self.officer_user | self.administrator_user | self.director_user
            | self.outsider_user | self.porter_user
        ):  # fmt: skip
            own = checkpoint.with_user(user)
            for name, act in {
                "done": own.action_done, "cancel": own.action_cancel, "unlink": own.unlink,
                "write": lambda own=own: own.write({"note": "x"}),
            }.items():  # fmt: skip
                with self.subTest(user.login, act=name), self.assertRaises(AccessError):
                    act()

    def test_overdue_and_its_name(self):
        checkpoint = self.sign()[0]
        self.assertFalse(checkpoint.is_overdue)
        with freeze_time("2026-04-03"):
            self.env.invalidate_all()
            self.assertTrue(checkpoint.is_overdue)
            checkpoint.action_done()
            self.assertFalse(checkpoint.is_overdue)

    def test_named_by_person_and_date_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        checkpoint = self.sign()[0]
        self.assertEqual(
            checkpoint.with_context(lang="en_US").display_name,
            "Checkpoint April 2, 2026 · Pr Worker",
        )
        chinese = checkpoint.with_context(lang="zh_CN").display_name
        self.assertIn("2026年4月2日", chinese)
        self.assertTrue(chinese.endswith(" · Pr Worker"))
        self.assertEqual(checkpoint.with_user(self.worker_user).display_name[-9:], "Pr Worker")

    def test_the_task_names_it_in_the_language_of_whom_it_is_for(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.manager_user.lang = "zh_CN"
        (task,) = self.sign()[0].activity_ids
        self.assertIn("2026年4月2日", task.res_name)

    # ------------------------------------------------------------------
    # One-to-ones
    # ------------------------------------------------------------------

    def create_one_to_one(self, user=None, **vals):
        return (
            self.env["performance.checkpoint"]
            .with_user(user or self.manager_user)
            .create({"review_id": self.review.id, "kind": "one_to_one", **vals})
        )

    def test_the_reviewer_adds_a_one_to_one(self):
        self.sign()
        action = self.env.ref("performance_review.performance_checkpoint_action")
        self.assertIn("one_to_one", action.context)
        with Form(
            self.env["performance.checkpoint"]
            .with_user(self.manager_user)
            .with_context(default_kind="one_to_one")
        ) as form:
            form.review_id = self.as_manager
            form.date = date(2026, 3, 20)
            form.note = "Talk about the course"
        checkpoint = form.record
        self.assertEqual(checkpoint.kind, "one_to_one")
        self.assertEqual(checkpoint.sudo().activity_ids.date_deadline, date(2026, 3, 20))
        self.assertEqual(self.review.next_checkpoint_date, date(2026, 3, 20))

    def test_in_the_form_of_the_review(self):
        self.sign()
        before = self.review.checkpoint_ids
        with Form(self.as_manager) as form, form.checkpoint_ids.new() as line:
            line.date = date(2026, 3, 25)
        added = self.review.checkpoint_ids - before
        self.assertEqual((added.kind, added.date), ("one_to_one", date(2026, 3, 25)))

    def test_nobody_else_adds_one(self):
        self.sign()
        for user in (self.worker_user, self.officer_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.create_one_to_one(user=user)

    def test_only_while_following_up(self):
        with self.assertRaises(UserError) as refused:
            self.create_one_to_one()
        self.assertIn("Agreement", str(refused.exception))
        checkpoints = self.sign()
        self.agreement.commitment_ids.action_outcome_closed()
        checkpoints.action_done()
        self.as_manager.action_next()
        with self.assertRaises(UserError) as refused:
            self.create_one_to_one()
        self.assertIn("Done", str(refused.exception))

    def test_many_reviews_plan_in_one_go(self):
        reviews = self.review | self.review_of(self.cycle, self.porter)
        self.sign()
        other = self.to_follow_up(reviews[1])
        self.assertEqual(other.state, "signed")
        reviews.checkpoint_ids.sudo().unlink()
        created = reviews._generate_checkpoints()
        self.assertEqual(created.review_id, reviews)
        self.assertEqual(len(created.activity_ids), len(created))

    def test_written_by_command_through_the_review(self):
        checkpoint = self.sign()[0]
        checkpoint.action_done()
        with self.assertRaises(UserError):
            self.as_manager.write(
                {"checkpoint_ids": [Command.update(checkpoint.id, {"note": "Other"})]}
            )
