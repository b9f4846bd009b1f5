from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.performance_minutes import PerformanceMinutes
from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestMinutes(PerformanceCommon):
    """Whoever signed gets the minutes: each the own print, and nobody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.porter_user.lang = "zh_CN"
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.porter)
        cls.agreement = cls.to_follow_up(cls.review)
        cls.minutes = cls.env["performance.minutes"].search([])

    def send(self, minutes=None):
        """Run the job without its commits and return the mails by reader."""
        Cron = type(self.env["ir.cron"])
        with patch.object(Cron, "_commit_progress", lambda *args, **kwargs: float("inf")):
            self.env["performance.minutes"]._cron_send()
        self.env.flush_all()
        self.env.invalidate_all()
        mails = (minutes or self.minutes).mail_ids
        return {mail.recipient_ids: mail for mail in mails}

    def test_signing_prints_nothing_itself(self):
        self.assertEqual(set(self.minutes.mapped("state")), {"waiting"})
        self.assertEqual(self.minutes.user_id, self.porter_user | self.manager_user)
        self.assertFalse(self.minutes.mail_ids)

    def test_each_gets_one_mail_in_the_own_language(self):
        mails = self.send()
        self.assertEqual(set(self.minutes.mapped("state")), {"outgoing"})
        self.assertEqual(len(mails), 2)
        theirs = mails[self.manager_user.partner_id]
        self.assertEqual(
            theirs.subject, f"Minutes of the agreement: {self.porter.name} · Year 2026"
        )
        self.assertIn("/odoo/action-", theirs.body_html)
        own = mails[self.porter_user.partner_id]
        self.assertIn("/my/reviews/", own.body_html)
        # The one reads whose of many it is, the other knows.
        self.assertTrue(theirs.attachment_ids.name.startswith(self.porter.name))
        self.assertIn(self.porter.name, theirs.body_html)
        self.assertTrue(own.subject.endswith("Year 2026"))
        self.assertNotIn("·", own.subject)
        for mail in mails.values():
            self.assertEqual(len(mail.attachment_ids), 1)
            for words in ("handover", "bench", "complaints"):
                self.assertNotIn(words, mail.body_html)
        # In tests Odoo prints HTML.
        english = theirs.attachment_ids.raw.decode()
        chinese = own.attachment_ids.raw.decode()
        self.assertIn("Halve the complaints about handovers", english)
        self.assertIn("Agreement, version", english)
        self.assertNotIn("Agreement, version", chinese)
        self.assertIn("Halve the complaints about handovers", chinese)
        self.send()
        self.assertEqual(len(self.minutes.mail_ids), 2, "nothing goes out twice")

    def test_nobody_reads_the_print_of_another(self):
        mails = self.send()
        attachments = self.env["ir.attachment"].union(
            *(mail.attachment_ids for mail in mails.values())
        )
        system_user = self.outsider_user
        system_user.group_ids |= self.env.ref("base.group_system")
        for user in (
            self.porter_user, self.manager_user, self.worker_user, self.director_user,
            self.officer_user, self.administrator_user, system_user,
        ):  # fmt: skip
            with self.subTest(user.login):
                found = attachments.with_user(user)
                with self.assertRaises(AccessError):
                    found.read(["datas"])
                if not user.share:
                    self.assertFalse(found.search([("id", "in", attachments.ids)]))
                with self.assertRaises(AccessError):
                    self.minutes.with_user(user).read(["mail_ids"])
        # What went out is gone.
        self.minutes.mail_ids.unlink()
        self.assertFalse(attachments.exists())

    def test_what_fails_is_seen_by_hr_and_keeps_nobody_waiting(self):
        queue_mail = PerformanceMinutes._queue_mail

        def fail(minutes):
            if minutes.user_id == self.manager_user:
                raise ValueError("<b>No printer</b>")
            return queue_mail(minutes)

        with patch.object(type(self.minutes), "_queue_mail", fail):
            self.send()
        failed = self.minutes.filtered(lambda minutes: minutes.user_id == self.manager_user)
        as_officer = failed.with_user(self.officer_user)
        self.assertEqual((as_officer.state, (self.minutes - failed).state), ("failed", "outgoing"))
        self.assertIn("No printer", as_officer.failure)
        for user in (self.manager_user, self.porter_user):
            with self.assertRaises(AccessError):
                failed.with_user(user).action_send_again()
        as_officer.action_send_again()
        self.send()
        self.assertEqual(failed.state, "outgoing")
        mail = failed.mail_ids
        mail.state = "exception"
        mail._postprocess_sent_message([], [], failure_reason="No server", failure_type="unknown")
        self.assertEqual((failed.state, failed.failure), ("failed", "No server"))
        mail.state = "sent"
        mail._postprocess_sent_message([], [])
        self.assertEqual(failed.state, "sent")

    def test_without_an_address(self):
        self.porter_user.email = False
        self.send()
        own = self.minutes.filtered(lambda minutes: minutes.user_id == self.porter_user)
        self.assertEqual((own.state, own.failure), ("failed", "There is no e-mail address."))
