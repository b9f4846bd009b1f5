from datetime import datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PerformanceCommon

START = "2026-03-09 10:00:00"


@tagged("post_install", "-at_install")
class TestBooking(PerformanceCommon):
    """An appointment in both calendars: free times, clashes, and both ways between the two."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        calendar = cls.company.resource_calendar_id
        calendar.tz = "UTC"
        (cls.worker | cls.manager).write({"resource_calendar_id": calendar.id, "tz": "UTC"})
        (cls.worker_user | cls.manager_user).tz = "UTC"
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)

    def take(self, user, start, stop):
        return self.env["calendar.event"].create(
            {
                "name": "Secret doctor",
                "start": start,
                "stop": stop,
                "privacy": "private",
                "user_id": user.id,
                "partner_ids": [(6, 0, user.partner_id.ids)],
            }
        )

    def starts(self, **options):
        return [slot["start"] for slot in self.as_manager.get_free_slots(**options)["slots"]]

    def test_slots_are_free_in_both_calendars(self):
        first = self.starts(day="2026-03-09")[0]
        self.take(self.worker_user, first, "2026-03-09 11:00:00")
        self.take(self.manager_user, "2026-03-09 11:00:00", "2026-03-09 12:00:00")
        later = self.starts(day="2026-03-09")
        self.assertTrue(later)
        self.assertGreaterEqual(min(later), "2026-03-09 12:00:00")
        self.assertNotIn("Secret", repr(self.as_manager.get_free_slots()))

    def test_nobody_is_offered_a_weekend(self):
        self.assertEqual(self.starts(day="2026-03-08"), [])
        for start in self.starts():
            self.assertLess(datetime.fromisoformat(start).weekday(), 5)

    def test_a_declined_invitation_takes_no_time(self):
        event = self.take(self.worker_user, "2026-03-09 00:00:00", "2026-03-09 23:00:00")
        self.assertEqual(self.starts(day="2026-03-09"), [])
        event.attendee_ids.do_decline()
        self.assertTrue(self.starts(day="2026-03-09"))

    def test_only_the_reviewer_asks_and_acts(self):
        self.as_manager.action_plan_meeting(START, 60)
        for user in (self.worker_user, self.officer_user, self.director_user, self.outsider_user):
            review = self.review.with_user(user)
            for call in (
                lambda review=review: review.get_free_slots(),
                lambda review=review: review.get_meeting_clashes(START, 60),
                lambda review=review: review.action_move_meeting("2026-03-10 10:00:00", 60),
                lambda review=review: review.action_cancel_meeting(),
                lambda review=review: review.action_open_booking(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()

    def test_a_clash_is_said_and_not_with_what(self):
        self.assertEqual(self.as_manager.get_meeting_clashes(START, 60), [])
        self.take(self.worker_user, START, "2026-03-09 10:30:00")
        said = self.as_manager.get_meeting_clashes(START, 60)
        self.assertEqual(said, ["Pr Worker has something else at this time."])
        night = self.as_manager.get_meeting_clashes("2026-03-09 02:00:00", 60)
        self.assertIn("It is outside the working hours of Pr Worker.", night)
        wizard = self.env["performance.review.meeting"].with_user(self.manager_user)
        wizard = wizard.create({"review_id": self.review.id, "date_start": START})
        self.assertIn("something else", wizard.clash_text)

    def test_lengths_and_days_that_are_none(self):
        for options in ({"duration": 5}, {"duration": "60"}, {"day": "tomorrow"}):
            with self.subTest(options), self.assertRaises(UserError):
                self.as_manager.get_free_slots(**options)

    def test_moved_or_cancelled_in_the_calendar_the_review_follows(self):
        self.as_manager.action_plan_meeting(START, 60)
        event = self.review.meeting_id
        event.with_user(self.manager_user).write(
            {"start": "2026-03-10 09:00:00", "stop": "2026-03-10 10:00:00"}
        )
        self.assertEqual(str(self.review.meeting_start), "2026-03-10 09:00:00")
        self.assertIn("(UTC)", self.as_manager.meeting_text)
        event.active = False
        self.assertFalse(self.review.meeting_start)
        self.assertFalse(self.as_manager.meeting_text)
        # What was cancelled can be planned anew.
        self.as_manager.action_plan_meeting(START, 60)
        self.assertNotEqual(self.review.meeting_id, event)
        self.review.meeting_id.unlink()
        self.assertFalse(self.review.meeting_start)

    def test_declined_in_the_calendar_the_two_and_hr_see_it(self):
        self.as_manager.action_plan_meeting(START, 60)
        attendees = self.review.meeting_id.attendee_ids
        attendees.filtered(lambda one: one.partner_id == self.worker_user.partner_id).do_decline()
        self.env.invalidate_all()
        for user, sees in (
            (self.manager_user, True), (self.worker_user, True), (self.officer_user, True),
            (self.director_user, False),
        ):  # fmt: skip
            with self.subTest(user.login):
                self.assertEqual(self.review.with_user(user).meeting_declined, sees)
        rows = {row["code"]: row for row in self.as_manager.get_checklist()}
        self.assertFalse(rows["meeting"]["is_done"])
        self.assertTrue(rows["meeting"]["action"])

    def test_moved_on_the_review_the_event_follows(self):
        self.as_manager.action_plan_meeting(START, 60, "Room 4")
        event = self.review.meeting_id
        event.attendee_ids.do_decline()
        self.as_manager.action_move_meeting("2026-03-10 09:00:00", 90)
        self.assertEqual(str(event.start), "2026-03-10 09:00:00")
        self.assertEqual(event.duration, 1.5)
        self.assertEqual(event.location, "Room 4")
        self.assertNotIn("declined", event.attendee_ids.mapped("state"))
        self.assertEqual(self.review.meeting_id, event)

    def test_called_off_on_the_review_the_event_follows(self):
        self.as_manager.action_plan_meeting(START, 60)
        event = self.review.meeting_id
        self.as_manager.action_cancel_meeting()
        self.assertFalse(event.active)
        with self.assertRaises(UserError):
            self.as_manager.action_cancel_meeting()
        with self.assertRaises(UserError):
            self.as_manager.action_move_meeting(START, 60)

    def test_a_link_is_no_room_and_odoo_makes_one(self):
        self.as_manager.action_plan_meeting(START, 60, "https://meet.example.com/x")
        event = self.review.meeting_id
        self.assertFalse(event.location)
        self.assertEqual(event.videocall_location, "https://meet.example.com/x")
        self.as_manager.action_cancel_meeting()
        self.as_manager.action_plan_meeting(START, 60, video=True)
        event = self.review.meeting_id
        self.assertIn(event.access_token, event.videocall_location)

    def test_the_wizard_opens_with_a_time_that_is_free(self):
        first, second = self.starts()[:2]
        context = self.as_manager.action_open_booking()["context"]
        wizard = self.env["performance.review.meeting"].with_context(**context)

        def proposed(user):
            return str(wizard.with_user(user).default_get(["date_start"])["date_start"])

        self.assertEqual(proposed(self.manager_user), first)
        self.take(self.worker_user, first, second)
        self.assertEqual(proposed(self.manager_user), second)
        # Nobody learns from it when others are free.
        for user in (self.worker_user, self.outsider_user, self.officer_user):
            self.assertEqual(proposed(user), "2026-03-03 10:00:00")

    def test_the_wizard_moves_what_is_planned(self):
        self.as_manager.action_plan_meeting(START, 60)
        event = self.review.meeting_id
        context = self.as_manager.action_open_booking()["context"]
        wizard = self.env["performance.review.meeting"].with_user(self.manager_user)
        wizard = wizard.with_context(**context).create({"date_start": "2026-03-11 09:00:00"})
        wizard.action_confirm()
        self.assertEqual(str(event.start), "2026-03-11 09:00:00")
