import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..models.performance_review_deadlines import DEADLINES
from .reminders_common import RemindersMixin
from .test_cycle import CycleCase

DEADLINE = date(2026, 3, 20)


class InvitationCase(RemindersMixin, CycleCase):
    """Mails to employees, found by their link: their subject is in the reader's language."""

    def invitations(self, user=None):
        return self.mails(user, link="open=self_assessment")


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCase):
    def test_the_launch_invites_everybody_once(self):
        cycle = self.launch()
        self.remind()
        mails = self.invitations()
        self.assertEqual(mails.recipient_ids, cycle.review_ids.employee_user_id.partner_id)
        self.assertEqual(len(mails), len(cycle.review_ids))
        for user in (self.worker_user, self.porter_user):  # with and without a licence
            mail = self.invitations(user)
            review = cycle.review_ids.filtered(
                lambda each, user=user: each.employee_user_id == user
            )
            self.assertEqual(
                self.links(mail),
                [f"{cycle.get_base_url()}/my/reviews/{review.id}?open=self_assessment"],
            )
            self.assertEqual(mail.state, "outgoing")
            self.assertEqual(mail.email_from, self.officer_user.email_formatted)
            self.assertFalse(mail.model or mail.res_id)

    def test_what_it_says(self):
        self.launch()
        self.remind()
        mail = self.invitations(self.porter_user)
        self.assertEqual(mail.subject, "Year 2026: please write your self-assessment")
        text = self.say(mail)
        self.assertIn("Nobody reads it before you hand it in", text)
        self.assertIn("Please hand it in by 03/20/2026", text)

    def test_no_deadline_none_is_named(self):
        self.launch(preparation_deadline=False)
        self.remind()
        text = self.say(self.invitations(self.porter_user))
        self.assertNotIn("hand it in by", text)
        self.assertNotIn("False", text)

    def test_late_joiners_are_invited_alone(self):
        cycle = self.launch()
        self.remind()
        self.forget_mails()
        late = self.add_employee("Late")
        late.user_id.email = "late@example.com"
        with self.at(DEADLINE - timedelta(days=1), 8):
            cycle.action_launch()
        self.remind(DEADLINE - timedelta(days=1))
        mail = self.invitations(late.user_id)
        self.assertEqual(len(mail), 1)
        # Two weeks of their own, and reminders by them.
        self.assertIn("04/02/2026", self.say(mail))
        self.forget_mails()
        self.remind(DEADLINE)
        self.assertFalse(self.mails(late.user_id))
        self.remind(DEADLINE + timedelta(days=13 - 10))
        self.assertIn("04/02/2026", self.say(self.mails(late.user_id)))

    def test_both_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env["ir.module.module"].search([("name", "=", "performance_review")])
        module._update_translations(["zh_CN"], overwrite=True)
        self.porter_user.lang = "zh_CN"
        self.launch()
        self.remind()
        template = self.env.ref("performance_review.mail_self_assessment")
        button = re.compile(r"<a[^>]*>([^<]*)</a>")
        for user, lang, day in (
            (self.worker_user, "en_US", "03/20/2026"),
            (self.porter_user, "zh_CN", "2026"),
        ):
            with self.subTest(lang=lang):
                mail = self.invitations(user)
                words = button.findall(template.with_context(lang=lang).arch_db)
                self.assertEqual(button.findall(mail.body_html), words)
                self.assertIn(day, self.say(mail))
        self.assertNotIn("03/20/2026", self.invitations(self.porter_user).body_html)

    def test_the_number_of_people_hardly_costs_queries(self):
        users = self.env["res.users"].create(
            [
                {
                    "name": f"Crew {number}",
                    "login": f"crew{number}",
                    "email": f"crew{number}@example.com",
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                }
                for number in range(150)
            ]
        )
        self.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": self.company.id,
                    "parent_id": self.manager.id,
                }
                for user in users
            ]
        )

        def cost(number):
            others = self.env["hr.employee"].search([("company_id", "=", self.company.id)])
            chosen = users[:number].employee_ids
            self.launch(
                name=f"For {number}",
                excluded_employee_ids=[Command.set((others - chosen).ids)],
                **dict.fromkeys(DEADLINES),
            )
            before = self.cr.sql_log_count
            self.remind(DEADLINE - timedelta(days=number // 5 - 1))
            self.assertEqual(len(self.invitations()), number)
            self.forget_mails()
            return self.cr.sql_log_count - before

        cost(5)
        few, many = cost(50), cost(150)
        # A mail has a row for its reader, and a hundred of them are stored at a time.
        self.assertLessEqual((many - few) / 100, 0.5)


@tagged("post_install", "-at_install")
class TestInvitationLink(InvitationCase, HttpCase):
    def test_the_link_works_after_logging_in(self):
        self.launch()
        self.remind()
        link = urlsplit(self.links(self.invitations(self.porter_user))[0])
        address = f"{link.path}?{link.query}"
        self.authenticate(None, None)
        page = self.url_open(address, allow_redirects=True)
        login = urlsplit(page.url)
        self.assertEqual(login.path, "/web/login")
        target = urlsplit(parse_qs(login.query)["redirect"][0])
        self.assertEqual(f"{target.path}?{target.query}", address)
        self.authenticate(self.porter_user.login, self.porter_user.login)
        self.assertIn("o_pr_self_assessment", self.url_open(address).text)
        # Somebody else who gets hold of it lands at home.
        self.authenticate(self.rival_user.login, self.rival_user.login)
        page = self.url_open(address)
        self.assertEqual(urlsplit(page.url).path, "/my")
