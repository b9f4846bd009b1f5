from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY
from .reminders_common import RemindersMixin
from .test_cycle import CycleCase

TEAM_ACTION = "performance_review.performance_review_action"


@tagged("post_install", "-at_install")
class TestDigestMail(RemindersMixin, CycleCase):
    """Managers hear of the launch in the one mail of the day, and nothing others may not read."""

    def mails_about_teams(self):
        return self.mails(link=f'{TEAM_ACTION}"')

    def mail_to(self, user):
        return self.mails_about_teams().filtered(lambda mail: mail.recipient_ids == user.partner_id)

    def test_one_mail_per_manager(self):
        self.launch()
        self.remind()
        mails = self.mails_about_teams()
        self.assertEqual(
            sorted(mails.recipient_ids.mapped("name")),
            ["Pr Director", "Pr Manager", "Pr Peer Manager"],
        )
        self.assertEqual(len(mails), 3)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})

    def test_content(self):
        self.launch(excluded_employee_ids=[(6, 0, self.manager.ids)])
        self.remind()
        mail = self.mail_to(self.manager_user)
        self.assertEqual(mail.subject, "Year 2026: 2 reviews to prepare")
        self.assertIn("Pr Manager", mail.body_html)
        self.assertIn("Pr Porter", mail.body_html)
        self.assertIn("Pr Worker", mail.body_html)
        self.assertIn("03/20/2026", mail.body_html)
        self.assertIn(f"/odoo/action-{TEAM_ACTION}", mail.body_html)
        # Only the own people.
        self.assertNotIn("Pr Rival", mail.body_html)
        self.assertEqual(mail.email_from, self.officer_user.email_formatted)

    def test_who_leads_and_is_led_gets_one_mail(self):
        self.launch()
        self.remind()
        mail = self.mails(self.manager_user)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.subject, "Performance reviews: 2 things to look at")
        self.assertIn("You lead 2 conversations", self.say(mail))
        self.assertIn("Your view comes first", self.say(mail))

    def test_one_review_is_one(self):
        cycle = self.launch(name="For one", excluded_employee_ids=[
            (6, 0, (self.env["hr.employee"].search([]) - self.porter).ids)
        ])  # fmt: skip
        self.remind()
        self.assertEqual(len(cycle.review_ids), 1)
        mail = self.mail_to(self.manager_user)
        self.assertEqual(mail.subject, "For one: one review to prepare")
        self.assertIn("Hello Pr Manager,", self.say(mail))
        self.assertIn("one conversation.", mail.body_html)
        self.assertNotIn("conversations", mail.body_html)

    def test_link_leads_to_the_own_team(self):
        action = self.env.ref(TEAM_ACTION)
        self.assertEqual(action.domain, "[('reviewer_user_id', '=', uid)]")

    def test_long_teams_are_cut(self):
        for number in range(24):
            self.add_employee(f"Crew{number:02}")
        self.launch()
        self.remind()
        text = self.say(self.mail_to(self.manager_user))
        self.assertIn("You lead 26 conversations", text)
        self.assertIn("Crew19", text)
        self.assertNotIn("Crew20", text)
        self.assertIn("and 6 more", text.replace("<!---->", ""))

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.manager_user.lang = "zh_CN"
        self.launch()
        self.remind()
        # Dates follow the language whether or not the sentences are translated.
        self.assertIn("2026", self.mail_to(self.manager_user).body_html)
        self.assertNotIn("03/20/2026", self.mail_to(self.manager_user).body_html)
        self.assertIn("03/20/2026", self.mail_to(self.peer_manager_user).body_html)

    def test_no_text_of_the_last_review(self):
        """What people wrote stays where they wrote it, also when a new cycle starts."""
        last = self.launch(name="Year 2025", date_start="2025-01-01", date_end="2025-12-31")
        review = self.review_of(last, self.worker)
        self.fill_sheet(review)
        self.submit_self_assessment(review)
        self.launch()
        self.remind()
        for mail in self.mails():
            for secret in ("was seen", "strength 0", "new bench", "Fitter", "Workshop"):
                with self.subTest(secret):
                    self.assertNotIn(secret, mail.subject + mail.body_html)

    def test_late_joiners_are_told_alone(self):
        cycle = self.launch()
        self.remind()
        self.forget_mails()
        self.add_employee("Late")
        cycle.action_launch()
        # There has been a mail today: this one comes tomorrow.
        self.remind(hour=10)
        self.assertFalse(self.mails(self.manager_user))
        self.remind(TODAY + timedelta(days=1))
        mail = self.mail_to(self.manager_user)
        self.assertEqual(len(mail), 1)
        self.assertIn("one review", mail.subject)
        self.assertIn("Late", mail.body_html)
        self.assertNotIn("Pr Worker", mail.body_html)

    def test_employees_are_told_about_themselves_alone(self):
        self.launch()
        self.remind()
        told = self.mails_about_teams().recipient_ids
        for user in (self.worker_user, self.porter_user, self.officer_user):
            self.assertNotIn(user.partner_id, told)

    def test_what_is_done_by_then_is_not_asked_for(self):
        cycle = self.launch()
        self.submit_self_assessment(self.review_of(cycle, self.porter))
        self.to_agreement(self.review_of(cycle, self.worker))
        self.remind()
        self.assertFalse(self.mails(self.porter_user))
        self.assertFalse(self.mails(self.worker_user))
        self.assertIn("one conversation", self.say(self.mail_to(self.manager_user)))
        self.assertFalse(
            self.env["performance.reminder.line"].search([("reminder_id", "=", False)])
        )
