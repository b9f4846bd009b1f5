from contextlib import contextmanager
from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .browser_common import BrowserCase
from .screen import PATIENCE, Screen
from .test_room import RoomCommon

ROOM = ".o_pr_room"
ANSWER = f"{ROOM} .o_pr_room_topic textarea"
SAVED = f"Boolean(document.querySelector('{ROOM} [role=status] .fa-check'))"


@tagged("post_install", "-at_install")
class TestRoomWindows(RoomCommon, BrowserCase):
    """The hour as it goes: keys alone, a cut line, a reload, a second window, and its clock."""

    frozen_time = False

    def setUp(self):
        super().setUp()
        self.warm_up("/odoo", self.manager_user)
        self.room = f"{self.base_url()}/odoo/{self.dialogue.id}/interview-room"
        self.stored = ["performance.dialogue.topic", self.dialogue.topic_ids[0].id]

    @contextmanager
    def windows(self, *options):
        """Open the room in as many windows as there are options, each on a machine of its own."""
        self.authenticate(self.manager_user.login, self.manager_user.login)
        self.env.flush_all()
        screens = []
        with self.allow_requests(all_requests=True):
            try:
                for each in options:
                    screen = Screen(self, **each)
                    screens.append(screen)
                    screen.set_cookie("session_id", self.session.sid, "/", "127.0.0.1")
                    screen.open(self.room)
                    screen.wait_for(f"{ROOM} .o_pr_room_words")
                yield screens
            finally:
                for screen in screens:
                    screen.stop()
                self._wait_remaining_requests()
        self.env.invalidate_all()

    def read_answer(self, screen):
        model, topic_id = self.stored
        return screen.call(model, "read", [topic_id], ["answer"])[0]["answer"]

    def check_answer(self, screen, words):
        """Check what is stored, once it has arrived.

        The screen itself may still say "saved" of the text before: it is drawn a frame later.
        """
        for _try in range(2 * PATIENCE):
            answer = self.read_answer(screen)
            if answer == words:
                break
            screen.ask("new Promise((resolve) => setTimeout(resolve, 500))")
        self.assertEqual(answer, words)
        screen.wait(SAVED, "the screen says so as well")

    def read_seconds(self, screen):
        """Return what is stored of the time: spent, employee, reviewer, of the whole talk."""
        dialogue = screen.call(
            "performance.dialogue", "read", [self.dialogue.id],
            ["employee_seconds", "reviewer_seconds", "section_ids"],
        )[0]  # fmt: skip
        return dialogue["employee_seconds"], dialogue["reviewer_seconds"]

    def test_a_conversation_with_keys_alone(self):
        with self.windows({"size": "1440x900", "is_frozen": True}) as [screen]:
            screen.reach(f"{ROOM} button", "Start the dialogue")
            screen.press("Enter")
            screen.wait_for(ANSWER)
            screen.press("alt+e")
            screen.wait_for(f"{ROOM} .o_pr_room_talk .btn-primary", "Pr Worker")
            screen.wait_time(120)
            screen.press("alt+m")
            screen.wait_for(f"{ROOM} .o_pr_room_talk .btn-primary", "Pr Manager")
            screen.wait_time(60)
            screen.press("alt+p")
            screen.reach(ANSWER)
            screen.type("The new bench was in time")
            screen.reach(f"{ROOM} [data-step=future]")
            screen.press("Enter")
            screen.wait_for(f"{ROOM} [data-step=future].active")
            screen.press("alt+e")
            screen.wait_time(60)
            screen.reach(ANSWER)
            screen.type("Lead the next move")
            screen.reach(f"{ROOM} .o_pr_room_note [data-kind=change]")
            screen.press("Enter")
            screen.wait_for(f"{ROOM} .o_pr_room_draft textarea")
            screen.reach(f"{ROOM} [data-step=feedback]")
            screen.press("Enter")
            screen.reach(f"{ROOM} main button", "One more feedback")
            screen.press("Enter")
            screen.reach(f"{ROOM} [data-best=behaviour] textarea")
            screen.type("Asked before ordering")
            screen.reach(f"{ROOM} [data-step=closing]")
            screen.press("Enter")
            screen.wait(SAVED)
            screen.reach(f"{ROOM} #o_pr_room_estimate")
            screen.press("ArrowRight")
            screen.reach(f"{ROOM} main button", "End and go to the agreement")
            # A dialogue has a shortest length, and for the server nearly no time has passed.
            start = Datetime.to_string(Datetime.now() - timedelta(minutes=40))
            screen.call(
                "performance.dialogue", "write", [self.dialogue.id],
                {"date_start": start},
            )  # fmt: skip
            screen.press("Enter")
            screen.wait_for(".o_form_view .o_arrow_button_current", "Agreement")
        dialogue = self.dialogue
        self.assertEqual(self.review.state, "agreement")
        self.assertEqual((dialogue.employee_seconds, dialogue.reviewer_seconds), (180, 60))
        future = dialogue.section_ids.filtered(lambda line: line.section == "future")
        self.assertEqual((future.spent_seconds, future.employee_seconds), (60, 60))
        answers = dialogue.topic_ids.mapped("answer")
        self.assertIn("The new bench was in time", answers)
        self.assertIn("Lead the next move", answers)
        self.assertEqual(dialogue.draft_ids.name, "Lead the next move")
        self.assertEqual(dialogue.reviewer_estimate, 5)
        self.assertEqual(dialogue.feedback_ids.behaviour, "Asked before ordering")

    def test_the_agenda_says_what_is_running_nearly_over_and_over(self):
        """With 30 minutes planned, the past has 9 of them or so; the clock is moved by hand."""
        with self.windows({"is_frozen": True}) as [screen]:
            planned = screen.call("performance.dialogue", "get_room", [self.dialogue.id])
            minutes = planned["sections"][0]["minutes"]
            screen.click(f"{ROOM} button", "Start the dialogue")
            past = f"{ROOM} [data-step=past]"
            bar = f"{past} [data-time=%s]"
            screen.wait_for(f"{ROOM} .o_pr_room_talk")
            screen.wait_for(bar % "running")
            screen.wait_for(past, f"{minutes} of {minutes} min left")
            screen.wait_time(int(minutes * 60 * 0.8) + 1)
            screen.wait_for(bar % "near")
            screen.wait_for(past, "nearly over")
            screen.wait_time(int(minutes * 60 * 0.2) + 60)
            screen.wait_for(bar % "over")
            screen.wait_for(past, "min over")
            # Nobody was said to speak, and nothing beeps.
            self.assertEqual(self.read_seconds(screen), (0, 0))

    def test_a_line_that_is_cut_and_a_reload(self):
        with self.windows({"is_frozen": True}) as [screen]:
            screen.click(f"{ROOM} button", "Start the dialogue")
            screen.enter(ANSWER)
            screen.type("Before. ")
            self.check_answer(screen, "Before. ")
            screen.click(f"{ROOM} .o_pr_room_talk button", "Pr Worker")
            screen.cut_line()
            screen.enter(ANSWER)
            screen.type("While it was cut. ")
            screen.wait_for(f"{ROOM} [role=status]", "No connection")
            screen.wait_time(60)
            screen.type("It goes on. ")
            screen.cut_line(False)
            self.check_answer(screen, "Before. While it was cut. It goes on. ")
            # In the middle of a word, before anything was sent.
            screen.type("Half a wor")
            screen.open(self.room)
            screen.wait_for(ANSWER)
            whole = "Before. While it was cut. It goes on. Half a wor"
            self.assertEqual(screen.read_text(ANSWER), whole)
            self.check_answer(screen, whole)
            # The clock as well: who speaks and since when.
            screen.wait_for(f"{ROOM} .o_pr_room_talk .btn-primary", "1:00")
            screen.wait_time(60)
            screen.press("alt+p")
            screen.wait_for(f"{ROOM} .o_pr_room_paused")
            seconds = self.wait_for_seconds(screen, 120)
        self.assertEqual(seconds, (120, 0))

    def wait_for_seconds(self, screen, employee):
        """Return the stored seconds once those of the employee have arrived."""
        for _try in range(20):
            seconds = self.read_seconds(screen)
            if seconds[0] >= employee:
                break
            screen.ask("new Promise((resolve) => setTimeout(resolve, 500))")
        return seconds

    def test_the_second_window_asks_and_nothing_is_counted_twice(self):
        with self.windows({"is_frozen": True}, {"is_frozen": True}) as [first, second]:
            first.click(f"{ROOM} button", "Start the dialogue")
            first.click(f"{ROOM} .o_pr_room_talk button", "Pr Worker")
            first.wait_time(60)
            self.assertEqual(self.wait_for_seconds(first, 60), (60, 0))
            second.open(self.room)
            second.wait_for(f"{ROOM} header [role=alert]", "counted in another window")
            second.wait_time(60)
            self.assertEqual(self.read_seconds(second), (60, 0))
            second.click(f"{ROOM} header button", "Count here")
            second.click(f"{ROOM} .o_pr_room_talk button", "Pr Worker")
            second.wait_time(60)
            self.assertEqual(self.wait_for_seconds(second, 120), (120, 0))
            # The first one goes on until it hears of it, and its minutes do not count.
            first.wait_time(120)
            first.wait_for(f"{ROOM} header [role=alert]", "counted in another window")
            self.assertEqual(self.read_seconds(first), (120, 0))
            # Back again, and what both have counted meanwhile counts once.
            first.click(f"{ROOM} header button", "Count here")
            first.wait_for(f"{ROOM} .o_pr_room_talk button", "2:00")
            self.assertEqual(self.read_seconds(first), (120, 0))
            # Both write into one field: the later one is shown both texts.
            second.click(f"{ROOM} [data-step=past]")
            second.enter(ANSWER)
            second.type("From the second")
            self.check_answer(second, "From the second")
            first.enter(ANSWER)
            first.type("From the first")
            first.wait_for(f"{ROOM} .o_pr_room_topic [role=alert]", "From the second")
            self.assertEqual(first.read_text(ANSWER), "From the first")
            self.assertEqual(self.read_answer(first), "From the second")
            first.click(f"{ROOM} .o_pr_room_topic [role=alert] button", "Keep mine")
            self.check_answer(first, "From the first")
