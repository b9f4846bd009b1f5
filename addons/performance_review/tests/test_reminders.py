from datetime import date, datetime, timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models import performance_reminder_run
from ..models.performance_review_deadlines import DEADLINES
from .common import TODAY, PerformanceCommon
from .reminders_common import RemindersMixin

DEADLINE = date(2026, 3, 20)  # a Friday
SECRETS = (
    "was seen",
    "Confirms every handover",
    "A second bench",
    "Halve the complaints",
    "Shared",
)


class RemindersCase(RemindersMixin, PerformanceCommon):
    """A launched cycle whose first mails have gone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        everybody = cls.env["hr.employee"].search([("company_id", "=", cls.company.id)])
        people = cls.worker | cls.porter
        cls.cycle = cls.launch(excluded_employee_ids=[Command.set((everybody - people).ids)])
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.other = cls.review_of(cls.cycle, cls.porter)
        cls.env["performance.reminder.line"].search([]).unlink()

    def follow_up(self, review=None, **vals):
        """Take a review to its last step; its checkpoints are far away unless told otherwise."""
        review = review or self.review
        self.to_follow_up(review)
        review.checkpoint_ids.unlink()
        checkpoint = self.env["performance.checkpoint"].create({"review_id": review.id, **vals})
        self.env.flush_all()
        return checkpoint

    def told(self, user):
        """Return how many mails somebody has got, and forget them."""
        count = len(self.mails(user))
        self.forget_mails()
        return count

    def add_leave(self, day, employee=None, days=1):
        calendar = self.company.resource_calendar_id
        start = datetime.combine(day, datetime.min.time())
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "calendar_id": (employee.resource_calendar_id if employee else calendar).id,
                "resource_id": employee.resource_id.id if employee else False,
                "company_id": self.company.id,
                "date_from": start,
                "date_to": start + timedelta(days=days, seconds=-1),
            }
        )


@tagged("post_install", "-at_install")
class TestLadder(RemindersCase):
    """Which day brings a mail."""

    def test_thirty_ten_three_one_and_overdue(self):
        day = date(2026, 5, 6)  # a Wednesday
        self.follow_up(date=day)
        self.review.agreement_ids.commitment_ids.sudo().write({"outcome": "closed"})
        told = []
        for number in range(40, -20, -1):
            self.remind(day - timedelta(days=number))
            if self.told(self.worker_user):
                told.append(number)
        # 26 April and 3 May are Sundays, whose rungs come on Monday.
        self.assertEqual(told, [30, 9, 2, 1, -1, -7, -14])

    def test_only_once_on_each_rung(self):
        days = [DEADLINE - timedelta(days=number) for number in (10, 9, 8, 4, 3, 2, 1, 0)]
        told = []
        for some in days:
            self.remind(some)
            self.remind(some, hour=15)
            if self.told(self.porter_user):
                told.append((DEADLINE - some).days)
        self.assertEqual(told, [10, 3, 1])

    def test_three_days_of_downtime_bring_the_latest_rung_once(self):
        self.remind(DEADLINE - timedelta(days=11))
        self.assertFalse(self.mails())
        # 10 and 3 were missed; the day before brings one mail, of one thing.
        self.remind(DEADLINE - timedelta(days=1))
        mail = self.mails(self.porter_user)
        self.assertEqual(len(mail), 1)
        self.assertEqual(self.say(mail).count("until 03/20/2026"), 1)
        self.forget_mails()
        self.remind(DEADLINE)
        self.assertFalse(self.mails())

    def test_done_is_not_reminded_of(self):
        checkpoint = self.follow_up(date=DEADLINE)
        self.submit_self_assessment(self.other)
        self.review.agreement_ids.commitment_ids.sudo().write({"outcome": "closed"})
        self.remind(DEADLINE - timedelta(days=3))
        self.assertTrue(self.mails(self.worker_user))
        self.assertFalse(self.mails(self.porter_user))
        self.forget_mails()
        checkpoint.with_user(self.manager_user).action_done()
        self.remind(DEADLINE - timedelta(days=1))
        self.assertFalse(self.mails(self.worker_user))

    def test_done_by_progress(self):
        checkpoint = self.follow_up(date=date(2026, 12, 1))
        lines = self.review.agreement_id.commitment_ids
        line = lines.filtered(lambda one: one.owner == "employee")
        (lines - line).sudo().write({"outcome": "closed"})
        due = line.date_deadline
        self.env["performance.progress"].with_user(self.worker_user).create(
            {"checkpoint_id": checkpoint.id, "commitment_id": line.id, "percent": 100.0}
        )
        self.remind(due - timedelta(days=1))
        self.assertFalse(self.mails(self.worker_user))

    def test_a_moved_date_has_a_ladder_of_its_own(self):
        self.remind(DEADLINE - timedelta(days=3))
        self.assertEqual(self.told(self.porter_user), 1)
        later = DEADLINE + timedelta(days=14)
        self.cycle.preparation_deadline = later
        self.remind(DEADLINE)
        self.assertIn("until 04/03/2026", self.say(self.mails(self.porter_user)))
        self.assertEqual(self.told(self.porter_user), 1)
        self.remind(later - timedelta(days=3))
        self.assertEqual(self.told(self.porter_user), 1)

    def test_news_is_no_reminder(self):
        """What came up yesterday, for next week, is not reminded of as if it were late."""
        with self.at(DEADLINE - timedelta(days=3)):
            self.to_dialogue(self.review)
            self.cycle.dialogue_deadline = DEADLINE + timedelta(days=4)
        self.remind(DEADLINE - timedelta(days=2))
        self.assertNotIn("Pr Worker", self.say(self.mails(self.manager_user)))

    def test_closed_cycles_and_companies_that_do_not_want_it(self):
        self.company.performance_reminders = False
        self.remind(DEADLINE - timedelta(days=3))
        self.assertFalse(self.mails())
        self.company.performance_reminders = True
        self.cycle.state = "closed"
        self.remind(DEADLINE - timedelta(days=3))
        self.assertFalse(self.mails())

    def test_the_company_has_its_own_days(self):
        self.company.performance_reminder_days = "7"
        self.remind(DEADLINE - timedelta(days=10))
        self.assertFalse(self.mails())
        self.remind(DEADLINE - timedelta(days=7))
        self.assertTrue(self.mails(self.porter_user))

    def test_settings_are_checked(self):
        for days in ("", "soon", "3, -1", "400", "1 2 3 4 5 6 7 8 9", "1.5"):
            with self.subTest(days=days), self.assertRaises(ValidationError):
                self.company.performance_reminder_days = days
        self.company.performance_reminder_days = "30，10、3 1"
        for vals in (
            {"performance_overdue_days": -1},
            {"performance_upper_days": 20},
            {"performance_officer_days": 3},
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.company.write(vals)
                self.env.flush_all()

    def test_settings_are_on_the_page(self):
        settings = self.env["res.config.settings"].create({})
        form = Form(settings.with_context(module="performance_review"))
        form.performance_reminder_days = "14, 2"
        form.save().execute()
        self.assertEqual(self.env.company.performance_reminder_days, "14, 2")


@tagged("post_install", "-at_install")
class TestOneMail(RemindersCase):
    """Everything of a day in one mail, in the reader's words, without a word of content."""

    def test_all_kinds_of_things_in_one_mail(self):
        day = date(2026, 5, 14)  # the day before the bench is due
        self.follow_up(date=day + timedelta(days=1))
        self.remind(day)
        for user in (self.worker_user, self.manager_user):
            self.assertEqual(len(self.mails(user)), 1)
        text = self.say(self.mails(self.manager_user))
        self.assertIn("Pr Worker · Year 2026", text)
        self.assertIn("Next checkpoint on 05/15/2026", text)
        self.assertIn("A commitment of yours is due until 05/15/2026", text)
        self.assertIn("overdue since 03/20/2026", text)  # of the porter's preparation
        self.assertIn("Next checkpoint on 05/15/2026", self.say(self.mails(self.worker_user)))
        self.assertNotIn("commitment", self.say(self.mails(self.worker_user)))

    def test_no_word_of_content(self):
        self.follow_up(date=date(2026, 5, 14))
        self.to_proposed(self.other)
        self.dispute_as(self.other.agreement_id, self.porter_user, "Unfair from the start")
        for number in range(0, 200, 3):
            self.remind(TODAY + timedelta(days=number))
        self.assertGreater(len(self.mails()), 5)
        for mail in self.mails():
            for secret in (*SECRETS, "Unfair"):
                self.assertNotIn(secret, mail.subject + mail.body_html)

    def test_sentences_are_those_of_the_screens(self):
        self.remind(DEADLINE - timedelta(days=3))
        with self.at(DEADLINE - timedelta(days=3)):
            for user, review in ((self.porter_user, self.other), (self.manager_user, self.other)):
                self.assertIn(
                    review._get_next_action(user)["text"], self.say(self.mails(user)), user.login
                )

    def test_signature(self):
        self.to_proposed(self.other)
        due = self.cycle.agreement_deadline
        self.remind(due - timedelta(days=3))
        mail = self.mails(self.porter_user)
        self.assertIn("Read and sign the agreement", self.say(mail))
        self.assertIn(f"/my/reviews/{self.other.id}#agreement", self.links(mail)[0])

    def test_drafts_are_nothing_to_the_employee(self):
        self.to_agreement(self.other)
        self.remind(self.cycle.agreement_deadline - timedelta(days=3))
        self.assertFalse(self.mails(self.porter_user))
        self.assertTrue(self.mails(self.manager_user))

    def test_links_open(self):
        self.remind(DEADLINE - timedelta(days=3))
        base = self.cycle.get_base_url()
        self.assertEqual(
            self.links(self.mails(self.porter_user)),
            [f"{base}/my/reviews/{self.other.id}?open=self_assessment"],
        )
        self.assertIn(
            f"{base}/odoo/action-performance_review.performance_review_action/{self.review.id}",
            self.links(self.mails(self.manager_user)),
        )

    def test_two_languages_and_their_dates(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env["ir.module.module"].search([("name", "=", "performance_review")])
        module._update_translations(["zh_CN"], overwrite=True)
        self.worker_user.lang = "zh_CN"
        self.remind(DEADLINE - timedelta(days=3))
        chinese, english = self.mails(self.worker_user), self.mails(self.porter_user)
        for mail, user, review in (
            (chinese, self.worker_user, self.review),
            (english, self.porter_user, self.other),
        ):
            text = review.with_context(lang=user.lang)._get_next_action(user)["text"]
            self.assertIn(text, self.say(mail))
        self.assertIn("Write your self-assessment", self.say(english))
        self.assertNotIn("Write your", self.say(chinese))
        self.assertNotIn("03/20/2026", self.say(chinese))
        self.assertIn("03/20/2026", self.say(english))

    def test_the_day_begins_where_the_reader_is(self):
        self.remind(DEADLINE - timedelta(days=10))
        self.forget_mails()
        self.porter_user.tz, self.worker_user.tz = "Asia/Shanghai", "America/New_York"
        day = DEADLINE - timedelta(days=3)
        self.remind(day - timedelta(days=1), hour=23)  # 7 o'clock of the next day in Shanghai
        self.assertTrue(self.mails(self.porter_user))
        self.assertFalse(self.mails(self.worker_user))
        self.remind(day, hour=9)  # 5 o'clock in New York
        self.assertFalse(self.mails(self.worker_user))
        self.remind(day, hour=11)
        self.assertTrue(self.mails(self.worker_user))
        self.assertEqual(len(self.mails(self.porter_user)), 1)

    def test_what_hr_asks_for_joins_the_next_mail(self):
        self.other.with_user(self.officer_user).action_remind()
        answer = self.other.with_user(self.officer_user).action_remind()
        self.assertIn("2 people", answer["params"]["message"])
        self.assertFalse(self.mails())
        self.remind()
        self.assertEqual(len(self.mails()), 2)
        self.assertIn("Write your self-assessment", self.say(self.mails(self.porter_user)))
        self.assertIn("Prepare the sheet", self.say(self.mails(self.manager_user)))
        self.assertNotIn("Pr Worker", self.say(self.mails(self.manager_user)))
        self.remind(TODAY + timedelta(days=1))
        self.assertEqual(len(self.mails()), 2)

    def test_only_hr_asks_and_not_about_itself(self):
        for user in (self.manager_user, self.director_user, self.worker_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).action_remind()
        own = self.launch(name="HR's").review_ids.filtered(
            lambda review: review.employee_user_id == self.officer_user
        )
        with self.assertRaises(AccessError):
            own.with_user(self.officer_user).action_remind()


@tagged("post_install", "-at_install")
class TestQuietDays(RemindersCase):
    def test_a_weekend_moves_to_monday(self):
        monday = date(2026, 6, 1)
        self.cycle.write(dict.fromkeys(DEADLINES, monday))
        self.remind(monday - timedelta(days=3))  # Friday
        self.assertEqual(self.told(self.porter_user), 1)
        for days in (2, 1):
            self.remind(monday - timedelta(days=days))
            self.assertFalse(self.mails())
        self.remind(monday)
        self.assertEqual(self.told(self.porter_user), 1, "the rung of Sunday")

    def test_a_public_holiday(self):
        day = DEADLINE - timedelta(days=3)
        self.add_leave(day)
        self.remind(day)
        self.assertFalse(self.mails())
        self.remind(day + timedelta(days=1))
        self.assertEqual(self.told(self.porter_user), 1)

    def test_who_is_on_leave_is_told_on_return_and_once(self):
        self.add_leave(DEADLINE - timedelta(days=11), self.porter, days=10)
        for number in range(11, 1, -1):
            self.remind(DEADLINE - timedelta(days=number))
        self.assertFalse(self.mails(self.porter_user))
        self.assertTrue(self.mails(self.worker_user))
        self.forget_mails()
        self.remind(DEADLINE - timedelta(days=1))
        self.assertEqual(len(self.mails(self.porter_user)), 1)

    def test_flexible_hours_have_quiet_days_as_well(self):
        self.porter.resource_calendar_id = False
        self.add_leave(DEADLINE - timedelta(days=3), self.porter)
        self.remind(DEADLINE - timedelta(days=3))
        self.assertFalse(self.mails(self.porter_user))
        self.remind(DEADLINE - timedelta(days=2))
        self.assertTrue(self.mails(self.porter_user))


@tagged("post_install", "-at_install")
class TestEscalation(RemindersCase):
    def days_late(self, user, until=25, date_due=DEADLINE):
        found = []
        for number in range(1, until):
            self.remind(date_due + timedelta(days=number))
            if self.mails(user):
                found.append(number)
            self.forget_mails()
        return found

    def test_both_sides_then_above_then_hr(self):
        told = {}
        for number in range(1, 25):
            self.remind(DEADLINE + timedelta(days=number))
            for mail in self.mails():
                told.setdefault(mail.recipient_ids.name, []).append(number)
            self.forget_mails()
        # Saturdays and Sundays wait for Monday: DEADLINE is a Friday.
        self.assertEqual(told["Pr Director"], [7])
        self.assertEqual(told["Pr Officer"], [14])
        self.assertEqual(told["Pr Porter"], [3, 7, 14])
        self.assertEqual(told["Pr Manager"], [3, 7, 14])

    def test_what_is_said_above(self):
        self.to_proposed(self.other)
        self.dispute_as(self.other.agreement_id, self.porter_user, "Unfair")
        self.remind(self.cycle.agreement_deadline + timedelta(days=8))
        text = self.say(self.mails(self.director_user))
        self.assertIn("Pr Porter · Year 2026", text)
        self.assertIn("Pr Manager leads the step Agreement", text)
        for hidden in ("disagree", "sign", "dispute", "self-assessment", "Prepare"):
            self.assertNotIn(hidden, text)

    def test_overdue_support_is_named_to_both(self):
        self.follow_up(date=date(2026, 12, 1))
        due = date(2026, 5, 15)
        self.submit_self_assessment(self.other)
        self.remind(due + timedelta(days=3))
        self.assertIn(
            "A support you were promised is overdue overdue since 05/15/2026",
            self.say(self.mails(self.worker_user)),
        )
        self.assertIn(
            "A commitment of yours is overdue overdue since 05/15/2026",
            self.say(self.mails(self.manager_user)),
        )

    def test_recorded_checkpoints_wait_for_the_reviewer_alone(self):
        checkpoint = self.follow_up(date=TODAY + timedelta(days=4))
        line = self.review.agreement_id.commitment_ids[0]
        self.env["performance.progress"].with_user(self.worker_user).create(
            {"checkpoint_id": checkpoint.id, "commitment_id": line.id, "percent": 20.0}
        )
        day = checkpoint.date + timedelta(days=10)
        self.remind(day)
        self.assertFalse(self.mails(self.worker_user))
        self.assertFalse(self.mails(self.director_user))
        self.assertIn("Note the checkpoint", self.say(self.mails(self.manager_user)))

    def test_disputes_are_hrs(self):
        self.to_proposed(self.other)
        self.dispute_as(self.other.agreement_id, self.porter_user, "Unfair")
        due = TODAY + timedelta(days=7)
        self.remind(due - timedelta(days=3))
        mail = self.mails(self.officer_user)
        self.assertIn("Pr Porter disagrees: mediate", self.say(mail))
        self.forget_mails()
        self.remind(due + timedelta(days=10))
        self.assertNotIn("disagrees", self.say(self.mails(self.director_user)))

    def test_never_is_zero(self):
        self.company.write({"performance_upper_days": 0, "performance_officer_days": 0})
        self.assertEqual(self.days_late(self.director_user), [])
        self.assertFalse(
            self.env["performance.reminder"].search([("user_id", "=", self.officer_user.id)])
        )


@tagged("post_install", "-at_install")
class TestTheJob(RemindersCase):
    """What happens to the job happens to nobody's mail."""

    def test_in_batches_that_can_be_interrupted(self):
        day = DEADLINE - timedelta(days=3)
        with patch.object(performance_reminder_run, "BATCH", 1):
            self.assertEqual(self.remind(day, time_left=0), [(0, 3), (1, 2)])
            self.assertEqual(len(self.mails()), 1)
            self.assertEqual(self.remind(day)[-1], (1, 0))
        self.assertEqual(len(self.mails()), 3)
        self.assertEqual(len(self.mails().recipient_ids), 3)
        self.assertFalse(self.remind(day))

    def test_a_failed_mail_is_seen_and_sent_again(self):
        self.remind(DEADLINE - timedelta(days=3))
        reminders = self.env["performance.reminder"].with_user(self.officer_user).search([])
        self.assertEqual(set(reminders.mapped("state")), {"outgoing"})
        Server = type(self.env["ir.mail_server"])
        with (
            patch.object(Server, "_connect__", side_effect=OSError("nobody listens")),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            self.mails().send()
        self.assertEqual(set(reminders.mapped("state")), {"failed"})
        self.assertIn("nobody listens", reminders[0].failure)
        # The next day brings nothing new; what failed is kept.
        self.remind(DEADLINE - timedelta(days=2))
        self.assertEqual(len(self.mails()), 3)
        reminders.action_send_again()
        self.assertEqual(set(reminders.mapped("state")), {"outgoing"})
        self.assertEqual(set(self.mails().mapped("state")), {"outgoing"})
        with (
            patch.object(Server, "_disable_send", return_value=False),
            patch.object(Server, "_connect__"),
            patch.object(Server, "send_email", return_value="id"),
        ):
            self.mails().send()
        self.assertEqual(set(reminders.mapped("state")), {"sent"})
        self.assertFalse(self.mails())

    def test_without_an_address(self):
        self.porter_user.partner_id.email = False
        self.remind(DEADLINE - timedelta(days=3))
        self.assertFalse(self.mails(self.porter_user))
        reminder = self.env["performance.reminder"].search([("user_id", "=", self.porter_user.id)])
        self.assertEqual((reminder.state, reminder.thing_count), ("failed", 1))
        self.assertIn("no e-mail address", reminder.failure)
        self.porter_user.partner_id.email = "porter@example.com"
        reminder.with_user(self.officer_user).action_send_again()
        self.remind(DEADLINE - timedelta(days=3), hour=10)
        self.assertEqual(len(self.mails(self.porter_user)), 1)

    def test_hr_learns_nothing_about_the_own_review(self):
        """Else whoever works in HR would read off it how far the own manager is."""
        self.worker_user.group_ids |= self.env.ref(
            "performance_review.group_performance_review_officer"
        )
        Line = self.env["performance.reminder.line"]
        as_hr = self.env["performance.reminder"].with_user(self.worker_user)
        # What the ladder says of both, so that it has been said.
        self.remind(DEADLINE - timedelta(days=10))
        by_day = {}
        for day, reviews in ((9, self.review), (8, self.review | self.other)):
            Line._wait_for_mail("asked", [(review, self.manager_user) for review in reviews])
            self.remind(DEADLINE - timedelta(days=day))
            (by_day[day],) = as_hr.sudo().search(
                [
                    ("user_id", "=", self.manager_user.id),
                    ("date", "=", DEADLINE - timedelta(days=day)),
                ]
            )
            if day == 9:
                # Asked once more on the same day of the test.
                by_day[day].sudo().line_ids.unlink()
        self.assertNotIn(by_day[9], as_hr.search([]))
        self.assertIn(by_day[8], as_hr.search([]))
        # Beside things of others the own ones are not counted.
        for user, count in ((self.worker_user, 1), (self.officer_user, 2)):
            self.assertEqual(by_day[8].with_user(user).sudo(False).thing_count, count)
        self.assertEqual(by_day[9].with_user(self.officer_user).sudo(False).thing_count, 1)

    def test_who_sees_that_mails_went_out(self):
        self.remind(DEADLINE - timedelta(days=3))
        for user, count in (
            (self.officer_user, 3),
            (self.administrator_user, 3),
            (self.foreign_officer_user, 0),
        ):
            Reminder = self.env["performance.reminder"].with_user(user)
            Reminder = Reminder.with_context(allowed_company_ids=user.company_ids.ids)
            self.assertEqual(Reminder.search_count([]), count, user.login)
        for user in (self.manager_user, self.worker_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.env["performance.reminder"].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.env["performance.reminder.line"].with_user(user).search([])
        with self.assertRaises(AccessError):
            self.env["performance.reminder.line"].with_user(self.officer_user).search([])

    def cost(self, day):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertFalse(self.remind(day))
        return self.cr.sql_log_count - before

    def test_nothing_due_costs_little_however_much_is_planned(self):
        checkpoint = self.follow_up(date=date(2026, 12, 1))
        day = date(2026, 8, 12)
        self.submit_self_assessment(self.other)
        self.cycle.write(dict.fromkeys(DEADLINES, date(2026, 11, 30)))
        self.review.agreement_ids.commitment_ids.sudo().write({"outcome": "closed"})
        self.cost(day)
        few = self.cost(day)
        self.assertLessEqual(few, 25)
        checkpoint.copy({"date": date(2026, 12, 2)})
        days = (date(2026, 10, 1) + timedelta(days=number) for number in range(60))
        self.env["performance.checkpoint"].create(
            [{"review_id": self.review.id, "date": some} for some in days if some.weekday() < 5]
        )
        self.assertLessEqual(self.cost(day), few)

    def test_the_job_is_there(self):
        job = self.env.ref("performance_review.ir_cron_remind")
        self.assertEqual(job.code, "model._cron_remind()")
        self.assertEqual((job.interval_number, job.interval_type), (1, "hours"))

    def test_old_memories_go_with_what_is_over(self):
        self.remind(DEADLINE - timedelta(days=3))
        lines = self.env["performance.reminder.line"].search([])
        others = lines.filtered(lambda line: line.review_id == self.other)
        self.review.sudo()._write_step({"state": "done"}, kind="end", reason="Gone")
        with self.at(DEADLINE + timedelta(days=91)):
            self.env["performance.reminder.line"]._gc_lines()
        left = self.env["performance.reminder.line"].search([])
        self.assertTrue(left)
        self.assertEqual(left, others)
