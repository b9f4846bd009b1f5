import re

from odoo.fields import Command
from odoo.tests import tagged

from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortalDialogue(PortalCase):
    """What the employee reads of the dialogue once it is over, and says about it."""

    def test_points_and_dialogue_open_once_it_is_over(self):
        self.log_in(self.porter_user)
        secrets = ("strength 0", "Asked before ordering", "A second bench")
        self.to_dialogue(self.review)
        page = self.get().text
        for secret in secrets:
            self.assertNotIn(secret, page)
        dialogue = self.review.dialogue_id
        refused = self.post("/confirm", dialogue_id=dialogue.id)
        self.assertIn("There is no dialogue to confirm", refused.text)
        dialogue.write(
            {
                "date_start": "2026-03-02 09:00:00",
                "date_end": "2026-03-02 10:00:00",
                "support_needed": "A second bench",
                "feedback_ids": [Command.create({"behaviour": "Asked before ordering"})],
            }
        )
        self.review.with_user(self.manager_user).action_next()
        page = self.get("?open=points").text
        for secret in secrets:
            self.assertIn(secret, page)
        self.assertIn("Confirm that it took place", page)
        refused = self.post("/confirm", dialogue_id=dialogue.id, estimate="101")
        self.assertEqual(refused.status_code, 422)
        self.assertFalse(dialogue.employee_confirmed_on)
        done = self.post("/confirm", dialogue_id=dialogue.id, estimate="65")
        self.assertEqual(done.status_code, 200)
        self.assertTrue(dialogue.employee_confirmed_on)
        self.assertEqual(dialogue.employee_estimate, 65)
        shown = re.sub(r"\s+", " ", self.get("?open=dialogue").text)
        self.assertIn("Your estimate: 65%", shown)
        self.assertNotIn("Confirm that it took place", done.text)
        hints = self.get("?open=hints").text
        self.assertIn("Say what to try next", hints)
        self.assertNotIn("Ask, and wait", hints, "the employee spoke enough")

    def test_pulse_is_given_once_and_by_whole_numbers(self):
        self.to_agreement(self.review)
        self.log_in(self.porter_user)
        names = ("clear_standard", "specific_feedback", "listened_to", "way_forward")
        self.assertIn("without your name", self.get().text)
        pulse = self.env["performance.pulse"].search([("cycle_id", "=", self.cycle.id)])

        def give(**answers):
            return self.post("/my/pulse", base="", cycle_id=self.cycle.id, **answers)

        for bad in ("", "0", "6", "3.5", "abc"):
            with self.subTest(bad=bad):
                page = give(**{**dict.fromkeys(names, "4"), names[0]: bad})
                self.assertEqual(page.status_code, 422)
                self.assertIn("Answer every question with 1 to 5.", page.text)
        self.assertFalse(pulse.answer_count)
        done = give(**dict.fromkeys(names, "4"))
        self.assertIn("counted without your name", done.text)
        # Addresses stand in the server's log: none of them names the review.
        for response in (*done.history, done):
            self.assertNotIn(str(self.review.id), response.url.split("://")[1].split("/", 1)[1])
        self.env.invalidate_all()
        self.assertEqual(pulse.answer_count, 1)
        again = give(**dict.fromkeys(names, "5"))
        self.assertIn("answered once", again.text)
        self.env.invalidate_all()
        self.assertEqual(pulse.answer_count, 1)
