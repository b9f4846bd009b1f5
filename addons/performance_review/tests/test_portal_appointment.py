from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_portal import PortalCase

START = "2026-03-10 02:00:00"


@tagged("post_install", "-at_install")
class TestPortalAppointment(PortalCase):
    """When and where the two meet, the employee's answer, and a file for the own calendar."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.porter_user.tz = "Asia/Shanghai"

    def plan(self, *place, **options):
        self.as_manager.action_plan_meeting(START, 45, *place, **options)
        return self.review.meeting_id

    def state(self):
        self.env.invalidate_all()
        attendees = self.review.meeting_id.attendee_ids
        return attendees.filtered(lambda one: one.partner_id == self.porter_user.partner_id).state

    def next_code(self, user):
        self.env.invalidate_all()
        return self.review.with_user(user)._get_next_action()["code"]

    def test_when_and_where_in_the_readers_zone(self):
        self.log_in(self.porter_user)
        self.assertNotIn('id="appointment"', self.get().text)
        self.plan("Room 4")
        page = self.get().text
        for text in ("10:00", "(Asia/Shanghai)", "45", "Room 4", "Accept", "Decline"):
            self.assertIn(text, page)
        self.assertNotIn("Open the video call", page)
        self.as_manager.action_move_meeting("2026-03-11 03:00:00", 45, "https://meet.example.com/x")
        page = self.get().text
        self.assertIn("11:00", page)
        self.assertIn('href="https://meet.example.com/x"', page)
        self.assertNotIn("Room 4", page)
        self.as_manager.action_cancel_meeting()
        self.assertNotIn('id="appointment"', self.get().text)

    def test_no_script_hides_behind_the_link(self):
        event = self.plan()
        event.videocall_location = "javascript:alert(1)"
        self.log_in(self.porter_user)
        self.assertNotIn("javascript:alert", self.get().text)

    def test_declined_everybody_concerned_is_told(self):
        event = self.plan()
        # What there is to prepare is done: the appointment comes next.
        self.submit_self_assessment(self.review)
        self.fill_sheet(self.review)
        self.as_manager.action_submit_sheet()
        self.assertEqual(self.next_code(self.manager_user), "enter_dialogue")
        self.assertEqual(self.next_code(self.porter_user), "appointment")
        self.log_in(self.porter_user)
        done = self.post("/appointment", answer="declined")
        self.assertIn("You have declined the appointment", done.text)
        self.assertIn("This appointment is declined", done.text)
        self.assertEqual(self.state(), "declined")
        self.assertTrue(event.active)
        self.assertTrue(self.as_manager.meeting_declined)
        self.assertEqual(self.next_code(self.manager_user), "appointment_declined")
        action = self.as_manager.action_do_next()
        self.assertEqual(action["res_model"], "performance.review.meeting")
        self.assertTrue(action["context"]["default_is_move"])
        self.assertEqual(self.next_code(self.porter_user), "appointment_declined")
        # Those above and outside learn nothing of it.
        self.assertFalse(self.review.with_user(self.director_user).meeting_declined)
        self.assertNotIn(
            "declined", self.review.with_user(self.director_user)._get_next_action()["text"]
        )
        # Another time is asked for anew.
        self.as_manager.action_move_meeting("2026-03-12 02:00:00", 45)
        self.assertEqual(self.state(), "needsAction")
        self.assertEqual(self.next_code(self.manager_user), "enter_dialogue")
        self.assertEqual(self.next_code(self.porter_user), "appointment")

    def test_declined_before_the_room_is_opened(self):
        self.plan()
        self.to_dialogue(self.review)
        self.assertEqual(self.next_code(self.manager_user), "start_dialogue")
        self.review.with_user(self.porter_user).action_answer_meeting("declined")
        self.assertEqual(self.next_code(self.manager_user), "appointment_declined")
        self.review.dialogue_id.with_user(self.manager_user).action_start()
        # They met after all.
        self.assertEqual(self.next_code(self.manager_user), "end_dialogue")

    def test_accepted_and_thought_better_of(self):
        self.plan()
        self.log_in(self.porter_user)
        done = self.post("/appointment", answer="accepted")
        self.assertIn("You have accepted the appointment.", done.text)
        self.assertEqual(self.state(), "accepted")
        self.assertFalse(self.as_manager.meeting_declined)
        self.post("/appointment", answer="declined")
        self.assertEqual(self.state(), "declined")
        self.post("/appointment", answer="accepted")
        self.assertEqual(self.state(), "accepted")

    def test_answers_that_are_none(self):
        self.log_in(self.porter_user)
        self.assertIn("no invitation to answer", self.post("/appointment", answer="accepted").text)
        self.plan()
        own = self.review.with_user(self.porter_user)
        for answer in ("maybe", "", None, 5, ["accepted"], {"a": 1}):
            with self.subTest(answer=answer), self.assertRaises(UserError):
                own.action_answer_meeting(answer)
        self.assertIn("takes one of", self.post("/appointment", answer="maybe").text)
        with freeze_time("2026-03-11"), self.assertRaises(UserError) as refused:
            own.action_answer_meeting("accepted")
        self.assertIn("over", str(refused.exception))
        self.assertEqual(self.state(), "needsAction")

    def test_the_two_alone_answer_and_read(self):
        self.plan("Room 4")
        for user in (
            self.officer_user, self.director_user, self.peer_manager_user, self.rival_user,
            self.outsider_user, self.administrator_user,
        ):  # fmt: skip
            other = self.review.with_user(user)
            for call in (
                other.get_meeting,
                lambda other=other: other.action_answer_meeting("declined"),
                other._get_meeting_file,
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        self.assertEqual(self.as_manager.get_meeting()["answer"], "accepted")

    def test_a_file_for_the_own_calendar(self):
        self.log_in(self.porter_user)
        nothing = self.get("/appointment.ics", allow_redirects=False)
        self.assertEqual(nothing.status_code, 303)
        self.plan("Room 4")
        self.fill_sheet(self.review)
        for user in (self.porter_user, self.manager_user):
            self.log_in(user)
            answer = self.get("/appointment.ics")
            self.assertEqual(answer.headers["Content-Type"], "text/calendar; charset=utf-8")
            self.assertIn("attachment", answer.headers["Content-Disposition"])
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertIn("BEGIN:VEVENT", answer.text)
            self.assertIn("DTSTART:20260310T020000Z", answer.text)
            self.assertIn("SUMMARY:Conversation", answer.text)
            self.assertIn("LOCATION:Room 4", answer.text)
            for secret in ("strength 0", "Spring cycle", "erformance"):
                self.assertNotIn(secret, answer.text)
        for user in (self.rival_user, self.officer_user, self.director_user, self.outsider_user):
            self.log_in(user)
            with self.subTest(user.login):
                answer = self.get("/appointment.ics", allow_redirects=False)
                self.assertEqual(answer.status_code, 303)
                self.assertNotIn("VEVENT", answer.text)

    def test_the_invitation_tells_both_when_and_not_why(self):
        self.fill_sheet(self.review)
        before = self.env["mail.mail"].search([])
        self.plan("Room 4")
        mails = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mails), 2)
        self.assertEqual(mails.recipient_ids, (self.porter_user | self.manager_user).partner_id)
        for mail in mails:
            self.assertIn("Conversation", mail.subject)
            for secret in ("strength 0", "gap 0", "Spring cycle", "erformance"):
                self.assertNotIn(secret, mail.subject)
                self.assertNotIn(secret, mail.body_html)
            file = mail.attachment_ids.filtered(lambda one: one.name.endswith(".ics"))
            self.assertIn(b"SUMMARY:Conversation", file.raw)
            self.assertNotIn(b"erformance", file.raw)
        # Once, however often it is confirmed.
        self.plan("Room 4")
        self.assertEqual(self.env["mail.mail"].search([]) - before, mails)
        # The reviewer, who plans it, has it in the own calendar and has accepted it.
        attendee = self.review.meeting_id.attendee_ids.filtered(
            lambda one: one.partner_id == self.manager_user.partner_id
        )
        self.assertEqual(attendee.state, "accepted")
