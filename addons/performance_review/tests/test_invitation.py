import re
from datetime import date, timedelta
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..models import performance_review_invitation
from .test_cycle import CycleCase

DEADLINE = date(2026, 3, 20)
LINK = re.compile(r'href="([^"]*/my/reviews/[^"]*)"')


class InvitationCase(CycleCase):
    """Mails to employees, found by their link: their subject is in the reader's language."""

    def mails(self, user=None):
        mails = self.env["mail.mail"].search(
            [("body_html", "like", "open=self_assessment")], order="id"
        )
        return mails.filtered(lambda mail: not user or mail.recipient_ids == user.partner_id)

    def say(self, mail):
        """Return what stands in a mail, in one line."""
        return " ".join(re.sub(r"<[^>]*>", " ", mail.body_html).split())

    def run_cron(self, day, time_left=float("inf")):
        """Run the daily job as on ``day``, without its commits; return those it asked for."""
        commits = []

        def commit(cron, processed=0, *, remaining=None, deactivate=False):
            commits.append((processed, remaining))
            return time_left

        Cron = type(self.env["ir.cron"])
        with freeze_time(day), patch.object(Cron, "_commit_progress", commit):
            self.env["performance.review"]._cron_remind_employees()
        self.env.invalidate_all()
        return commits


@tagged("post_install", "-at_install")
class TestInvitation(InvitationCase):
    def test_the_launch_invites_everybody_once(self):
        cycle = self.launch()
        mails = self.mails()
        self.assertEqual(mails.recipient_ids, cycle.review_ids.employee_user_id.partner_id)
        self.assertEqual(len(mails), len(cycle.review_ids))
        for user in (self.worker_user, self.porter_user):  # with and without a licence
            mail = self.mails(user)
            review = cycle.review_ids.filtered(
                lambda each, user=user: each.employee_user_id == user
            )
            self.assertEqual(
                LINK.findall(mail.body_html),
                [f"{cycle.get_base_url()}/my/reviews/{review.id}?open=self_assessment"],
            )
            self.assertEqual(mail.state, "outgoing")
            self.assertEqual(mail.email_from, self.officer_user.email_formatted)
            self.assertFalse(mail.model or mail.res_id)

    def test_what_it_says(self):
        self.launch()
        mail = self.mails(self.porter_user)
        self.assertEqual(mail.subject, "Year 2026: please write your self-assessment")
        text = self.say(mail)
        self.assertIn("Nobody reads it before you hand it in", text)
        self.assertIn("Please hand it in by 03/20/2026", text)

    def test_no_deadline_none_is_named(self):
        self.launch(preparation_deadline=False)
        text = self.say(self.mails(self.porter_user))
        self.assertNotIn("hand it in by", text)
        self.assertNotIn("False", text)

    def test_nothing_of_the_review_stands_in_it(self):
        last = self.launch(name="Year 2025", date_start="2025-01-01", date_end="2025-12-31")
        review = self.review_of(last, self.worker)
        self.fill_sheet(review)
        self.submit_self_assessment(review)
        before = self.mails()
        self.launch()
        for mail in self.mails() - before:
            for secret in ("was seen", "new bench", "Pr ", "Fitter", "Workshop"):
                self.assertNotIn(secret, mail.subject + mail.body_html)

    def test_late_joiners_are_invited_alone(self):
        cycle = self.launch()
        before = self.mails()
        late = self.add_employee("Late")
        late.user_id.email = "late@example.com"
        cycle.action_launch()
        self.assertEqual((self.mails() - before).recipient_ids, late.user_id.partner_id)

    def test_without_an_address_there_is_no_mail(self):
        self.porter_user.partner_id.email = False
        cycle = self.launch()
        self.assertIn(self.porter, cycle.review_ids.employee_id)
        self.assertFalse(self.mails(self.porter_user))

    def test_both_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env["ir.module.module"].search([("name", "=", "performance_review")])
        module._update_translations(["zh_CN"], overwrite=True)
        self.porter_user.lang = "zh_CN"
        cycle = self.launch()
        self.run_cron(DEADLINE - timedelta(days=3))
        template = self.env.ref("performance_review.mail_self_assessment")
        button = re.compile(r"<a[^>]*>([^<]*)</a>")
        for user, lang, day in (
            (self.worker_user, "en_US", "03/20/2026"),
            (self.porter_user, "zh_CN", "2026"),
        ):
            mails = self.mails(user)
            self.assertEqual(len(mails), 2, "invitation and reminder")
            words = button.findall(template.with_context(lang=lang).arch_db)
            in_lang = cycle.with_context(lang=lang)
            for mail, is_reminder in zip(mails, (False, True), strict=True):
                with self.subTest(lang=lang, is_reminder=is_reminder):
                    self.assertEqual(button.findall(mail.body_html), words)
                    self.assertIn(day, self.say(mail))
                    self.assertEqual(
                        mail.subject, in_lang._prepare_invitation(is_reminder, DEADLINE)["subject"]
                    )
        self.assertNotIn("03/20/2026", self.mails(self.porter_user)[0].body_html)

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
                for number in range(200)
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
        reviews = self.launch().review_ids

        def cost(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._invite_employees()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(reviews[:1])
        few, many = cost(reviews[:100]), cost(reviews[:200])
        self.assertLessEqual((many - few) / 100, 0.05)


@tagged("post_install", "-at_install")
class TestReminder(InvitationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.env["mail.mail"].search([]).unlink()

    def test_three_days_before_and_only_once(self):
        for days in (10, 4):
            self.run_cron(DEADLINE - timedelta(days=days))
            self.assertFalse(self.mails(), f"{days} days before")
        self.run_cron(DEADLINE - timedelta(days=3))
        self.assertEqual(
            self.mails().recipient_ids, self.cycle.review_ids.employee_user_id.partner_id
        )
        self.assertEqual(len(self.mails()), len(self.cycle.review_ids))
        for days in (3, 2, 1, 0, -1):
            self.run_cron(DEADLINE - timedelta(days=days))
        self.assertEqual(len(self.mails()), len(self.cycle.review_ids))
        mail = self.mails(self.porter_user)
        self.assertEqual(mail.subject, "Year 2026: your self-assessment is still open")
        self.assertIn("has not been handed in yet", self.say(mail))
        self.assertIn("03/20/2026", self.say(mail))

    def test_a_missed_day_is_made_up_for_until_the_deadline(self):
        self.run_cron(DEADLINE - timedelta(days=1))
        self.assertEqual(len(self.mails()), len(self.cycle.review_ids))

    def test_not_after_the_deadline(self):
        self.run_cron(DEADLINE + timedelta(days=1))
        self.assertFalse(self.mails())

    def test_only_who_has_not_handed_in(self):
        self.submit_self_assessment(self.review_of(self.cycle, self.porter))
        draft = self.review_of(self.cycle, self.worker).with_user(self.worker_user)
        draft._get_own_self_assessment().answer_ids[:1].answer = "SECRET so far"
        self.run_cron(DEADLINE - timedelta(days=3))
        self.assertFalse(self.mails(self.porter_user))
        self.assertNotIn("SECRET", self.mails(self.worker_user).body_html)

    def test_not_in_later_steps_nor_in_closed_cycles(self):
        self.to_agreement(self.review_of(self.cycle, self.worker))
        other = self.launch(name="Closed")
        other.state = "closed"
        self.env["mail.mail"].search([]).unlink()
        self.run_cron(DEADLINE - timedelta(days=3))
        self.assertFalse(self.mails(self.worker_user))
        self.assertEqual(len(self.mails(self.porter_user)), 1)

    def test_a_deadline_moved_away_is_reminded_of_again(self):
        self.run_cron(DEADLINE - timedelta(days=3))
        later = DEADLINE + timedelta(days=7)
        self.cycle.preparation_deadline = later
        self.run_cron(DEADLINE)
        self.assertEqual(len(self.mails(self.porter_user)), 1)
        self.run_cron(later - timedelta(days=3))
        self.assertEqual(len(self.mails(self.porter_user)), 2)

    def test_invited_in_the_last_days_is_reminded_enough(self):
        with freeze_time(DEADLINE - timedelta(days=2)):
            self.launch(name="Late cycle")
        self.env["mail.mail"].search([]).unlink()
        self.run_cron(DEADLINE - timedelta(days=1))
        self.assertEqual(len(self.mails(self.porter_user)), 1, "that of the other cycle")

    def test_late_joiners_are_told_their_own_deadline(self):
        late = self.add_employee("Late")
        late.user_id.email = "late@example.com"
        with freeze_time(DEADLINE - timedelta(days=1)):
            self.cycle.action_launch()
        own = DEADLINE + timedelta(days=13)
        self.assertIn("04/02/2026", self.say(self.mails(late.user_id)))
        self.run_cron(DEADLINE)
        self.assertEqual(len(self.mails(late.user_id)), 1)
        self.run_cron(own - timedelta(days=3))
        self.assertEqual(len(self.mails(late.user_id)), 2)
        self.assertIn("04/02/2026", self.say(self.mails(late.user_id)[-1]))
        self.assertEqual(len(self.mails(self.porter_user)), 1, "the others' is over")

    def test_in_batches_that_can_be_interrupted(self):
        with patch.object(performance_review_invitation, "REMIND_BATCH", 2):
            day = DEADLINE - timedelta(days=3)
            total = len(self.cycle.review_ids)
            self.assertEqual(self.run_cron(day, time_left=0), [(2, total - 2)])
            self.assertEqual(len(self.mails()), 2)
            commits = self.run_cron(day)
        self.assertEqual(commits[-1][1], 0)
        self.assertEqual(len(self.mails()), total)
        self.assertEqual(len(self.mails().recipient_ids), total)

    def test_the_job_is_there(self):
        job = self.env.ref("performance_review.ir_cron_remind_employees")
        self.assertEqual(job.code, "model._cron_remind_employees()")
        self.assertEqual((job.interval_number, job.interval_type), (1, "days"))


@tagged("post_install", "-at_install")
class TestInvitationLink(InvitationCase, HttpCase):
    def test_the_link_works_after_logging_in(self):
        self.launch()
        link = urlsplit(LINK.search(self.mails(self.porter_user).body_html)[1])
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
