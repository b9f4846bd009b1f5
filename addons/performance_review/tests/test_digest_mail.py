from odoo.tests import tagged

from ..models.performance_cycle_launch import TEAM_ACTION
from .test_cycle import CycleCase


@tagged("post_install", "-at_install")
class TestDigestMail(CycleCase):
    """One mail per manager about the launch, and nothing in it that others may not read."""

    def mails(self):
        # By the link and not by the subject: the subject is in the reader's language.
        return self.env["mail.mail"].search([("body_html", "like", TEAM_ACTION)], order="id")

    def mail_to(self, user, mails=None):
        mails = self.mails() if mails is None else mails
        return mails.filtered(lambda mail: mail.recipient_ids == user.partner_id)

    def test_one_mail_per_manager(self):
        self.launch()
        mails = self.mails()
        self.assertEqual(
            sorted(mails.recipient_ids.mapped("name")),
            ["Pr Director", "Pr Manager", "Pr Peer Manager"],
        )
        self.assertEqual(len(mails), 3)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"})

    def test_content(self):
        self.launch()
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

    def test_one_review_is_one(self):
        cycle = self.launch(name="For one", excluded_employee_ids=[
            (6, 0, (self.env["hr.employee"].search([]) - self.porter).ids)
        ])  # fmt: skip
        self.assertEqual(len(cycle.review_ids), 1)
        mail = self.mail_to(self.manager_user)
        self.assertEqual(mail.subject, "For one: one review to prepare")
        self.assertIn("one conversation.", mail.body_html)
        self.assertNotIn("conversations", mail.body_html)

    def test_link_leads_to_the_own_team(self):
        action = self.env.ref(TEAM_ACTION)
        self.assertEqual(action.domain, "[('reviewer_user_id', '=', uid)]")

    def test_long_teams_are_cut(self):
        for number in range(24):
            self.add_employee(f"Crew{number:02}")
        self.launch()
        mail = self.mail_to(self.manager_user)
        self.assertIn("26 reviews", mail.subject)
        self.assertIn("Crew19", mail.body_html)
        self.assertNotIn("Crew20", mail.body_html)
        self.assertIn("and 6 more", " ".join(mail.body_html.split()).replace("<!---->", ""))

    def test_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.manager_user.lang = "zh_CN"
        self.launch()
        chinese = self.mails().filtered(lambda mail: mail.recipient_ids.lang == "zh_CN")
        self.assertEqual(chinese.recipient_ids, self.manager_user.partner_id)
        # Dates follow the language whether or not the sentences are translated.
        self.assertIn("2026", chinese.body_html)
        self.assertNotIn("03/20/2026", chinese.body_html)
        self.assertIn("03/20/2026", self.mail_to(self.peer_manager_user).body_html)

    def test_no_text_of_the_last_review(self):
        """What people wrote stays where they wrote it, also when a new cycle starts."""
        last = self.launch(name="Year 2025", date_start="2025-01-01", date_end="2025-12-31")
        review = self.review_of(last, self.worker)
        self.fill_sheet(review)
        self.submit_self_assessment(review)
        before = self.mails()
        self.launch()
        mail = self.mail_to(self.manager_user, self.mails() - before)
        self.assertEqual(len(mail), 1)
        for secret in ("was seen", "strength", "I finished the new bench"):
            with self.subTest(secret):
                body = mail.body_html.replace("three strengths", "")
                self.assertNotIn(secret, body)

    def test_late_joiners_are_told_alone(self):
        cycle = self.launch()
        before = self.mails()
        self.add_employee("Late")
        cycle.action_launch()
        mail = self.mails() - before
        self.assertEqual(mail.recipient_ids, self.manager_user.partner_id)
        self.assertIn("one review", mail.subject)
        self.assertIn("Late", mail.body_html)
        self.assertNotIn("Pr Worker", mail.body_html)

    def test_employees_get_no_digest(self):
        """They get an invitation of their own, see test_invitation.py."""
        self.launch()
        told = self.mails().recipient_ids
        for user in (self.worker_user, self.porter_user, self.officer_user):
            self.assertNotIn(user.partner_id, told)
