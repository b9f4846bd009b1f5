from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.performance_review.tests.reminders_common import RemindersMixin

from .test_signal import SignalCommon

DAY = date(2026, 5, 6)  # a Wednesday


@tagged("post_install", "-at_install")
class TestSignalReminders(RemindersMixin, SignalCommon):
    """Who owns a signal is told when to decide, and by the mail nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["performance.reminder.line"].search([]).unlink()
        # Somebody outside HR who has nothing else to do.
        cls.owner = cls.outsider_user
        cls.signal = cls.Signal.create(
            {
                "name": "Obstacle: Handover",
                "theme_id": cls.theme.id,
                "cycle_id": cls.cycle.id,
                "owner_id": cls.owner.id,
                "date_deadline": DAY,
                "decision": "Secret decision",
                "answer": "Secret answer",
            }
        )

    def test_on_the_rungs_once_and_without_a_word_of_content(self):
        told = []
        for number in range(31, -3, -1):
            self.remind(DAY - timedelta(days=number))
            self.remind(DAY - timedelta(days=number), hour=15)
            if mails := self.mails(self.owner):
                self.assertEqual(len(mails), 1)
                told.append(number)
                text = self.say(mails)
                self.assertIn("A signal waits for your decision", text)
                self.assertIn(self.cycle.name, text)
                for word in ("Handover", "Obstacle", "Secret", "Pr Worker"):
                    self.assertNotIn(word, text + mails.subject)
                self.forget_mails()
        # 26 April and 3 May are Sundays, whose rungs come on Monday.
        self.assertEqual(told, [30, 9, 2, 1, -1])

    def test_the_link_leads_to_the_own_signals(self):
        self.remind(DAY - timedelta(days=1))
        mail = self.mails(self.owner)
        (link,) = [one for one in self.links(mail) if "signal" in one]
        self.assertTrue(
            link.endswith("performance_review_analytics.performance_signal_action_mine")
        )
        self.assertTrue(self.env.ref(link.rpartition("action-")[2]))

    def test_several_are_one_sentence(self):
        self.signal.create(
            {
                "name": "Many say no", "kind": "sustainable", "cycle_id": self.cycle.id,
                "owner_id": self.owner.id, "date_deadline": DAY,
            }
        )  # fmt: skip
        self.remind(DAY - timedelta(days=1))
        self.assertIn("2 signals wait for your decision", self.say(self.mails(self.owner)))

    def test_nobody_else_hears_of_it_however_late(self):
        self.remind(DAY + timedelta(days=20))
        mails = self.mails(link="signal")
        self.assertEqual(mails.recipient_ids, self.owner.partner_id)

    def test_decided_moved_and_given_away(self):
        self.signal.with_user(self.owner).action_decide()
        self.remind(DAY - timedelta(days=1))
        self.assertFalse(self.mails(link="signal"))
        self.signal.sudo().write({"state": "open", "owner_id": self.peer_manager_user.id})
        self.remind(DAY)
        self.assertFalse(self.mails(self.owner))
        self.assertEqual(self.mails(link="signal").recipient_ids, self.peer_manager_user.partner_id)
        self.forget_mails()
        self.signal.date_deadline = DAY + timedelta(days=30)
        self.remind(DAY + timedelta(days=27))
        self.assertTrue(self.mails(self.peer_manager_user, link="signal"))

    def test_what_was_said_is_forgotten_when_no_ladder_reaches_it(self):
        self.remind(DAY - timedelta(days=1))
        lines = self.env["performance.reminder.line"].search([("review_id", "=", False)])
        self.assertEqual((lines.model, lines.res_id), ("performance.signal", self.signal.id))
        lines._gc_lines()
        self.assertTrue(lines.exists())
        with self.at(DAY + timedelta(days=500)):
            lines._gc_lines()
        self.assertFalse(lines.exists())
