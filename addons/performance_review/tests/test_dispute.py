from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .reminders_common import RemindersMixin
from .test_portal import PortalCase

STATEMENT = "The target leaves out the sick leave."
ANSWER = "The target stands until June."


@tagged("post_install", "-at_install")
class TestDispute(RemindersMixin, PortalCase):
    """Both sides and HR see a dispute at once, talk about it and read how it went."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls.to_proposed(cls.review)
        cls.dispute_as(cls.agreement, cls.porter_user, STATEMENT)
        cls.mediation = cls.env["performance.mediation"].search([])
        cls.as_officer = cls.mediation.with_user(cls.officer_user)
        cls.env.flush_all()
        cls.env.invalidate_all()

    def card(self, user):
        return self.review.with_user(user)

    # ------------------------------------------------------------------
    # In sight
    # ------------------------------------------------------------------

    def test_it_is_in_sight_of_both_sides_and_hr(self):
        for user in (self.manager_user, self.porter_user, self.officer_user):
            with self.subTest(user.login):
                card = self.card(user)
                self.assertEqual(card.dispute_text, STATEMENT)
                self.assertIn("Version 1: ", card.dispute_title)
                self.assertIn(" disagrees", card.dispute_title)
                self.assertIn("03/02/2026", card.dispute_title)
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertLess(page.index(STATEMENT), page.index("o_pr_next_icon"))

    def test_nobody_above_learns_of_it(self):
        card = self.card(self.director_user)
        for name in ("dispute_title", "dispute_text", "dispute_talk", "dispute_history_html"):
            self.assertFalse(card[name], name)

    def test_the_manager_is_told_without_a_word_of_it(self):
        action = self.card(self.manager_user)._get_next_action()
        self.assertEqual(action["code"], "dispute")
        line = self.env["performance.reminder.line"].search(
            [
                ("review_id", "=", self.review.id),
                ("reminder_id", "=", False),
                ("code", "=", "asked"),
            ]
        )
        self.assertEqual(line.user_id, self.manager_user)
        self.remind()
        told = self.say(self.mails(self.manager_user))
        self.assertIn("Pr Porter disagrees: talk about it, then amend", told)
        self.assertNotIn(STATEMENT, told)

    def test_the_settings_say_how_long_hr_has(self):
        self.company.performance_mediation_days = 3
        other = self.to_proposed(self.review_of(self.cycle, self.worker))
        self.dispute_as(other, self.worker_user)
        mediation = self.env["performance.mediation"].search([("agreement_id", "=", other.id)])
        self.assertEqual(str(mediation.date_deadline), "2026-03-05")

    # ------------------------------------------------------------------
    # The talk of three
    # ------------------------------------------------------------------

    def test_one_click_invites_all_three(self):
        action = self.as_officer.action_plan_talk()
        event = self.mediation.meeting_id
        self.assertEqual(action["res_id"], event.id)
        self.assertEqual(
            event.partner_ids,
            (self.porter_user | self.manager_user | self.officer_user).partner_id,
        )
        self.assertEqual((event.name, event.privacy), ("Conversation", "private"))
        self.assertNotIn(STATEMENT, str(event.description))
        self.assertFalse(event.res_model, "nothing leads from the calendar to the dispute")
        self.as_officer.action_plan_talk()
        self.assertEqual(self.mediation.meeting_id, event, "the second click plans none")
        self.assertTrue(self.as_officer.meeting_text)
        for user in (self.manager_user, self.porter_user):
            self.assertTrue(self.card(user).dispute_talk)
        event.active = False
        self.env.invalidate_all()
        self.assertFalse(self.as_officer.meeting_text)
        self.assertFalse(self.card(self.porter_user).dispute_talk)

    def test_the_hour_is_free_for_all_three(self):
        self.as_officer.action_plan_talk()
        first = self.mediation.meeting_id
        other = self.to_proposed(self.review_of(self.cycle, self.worker))
        self.dispute_as(other, self.worker_user)
        second = self.as_officer.search([("agreement_id", "=", other.id)])
        second.action_plan_talk()
        # The manager and the mediator are taken by the first one.
        self.assertGreaterEqual(second.meeting_id.start, first.stop)

    def test_only_who_mediates_plans_it(self):
        for user in (self.manager_user, self.porter_user, self.director_user):
            with self.assertRaises(AccessError):
                self.mediation.with_user(user).action_plan_talk()
        self.as_officer.answer = ANSWER
        self.as_officer.action_answer()
        with self.assertRaises(UserError):
            self.as_officer.action_plan_talk()

    # ------------------------------------------------------------------
    # The answer
    # ------------------------------------------------------------------

    def answer(self):
        # What the employee has to do before is done.
        self.review.dialogue_ids.with_user(self.porter_user).action_confirm()
        self.as_officer.answer = ANSWER
        self.as_officer.action_answer()

    def next_code(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.card(user)._get_next_action()["code"]

    def test_both_sides_are_told_once_that_hr_has_answered(self):
        both = (self.porter_user, self.manager_user)
        self.answer()
        for user in both:
            self.assertEqual(self.next_code(user), "answer")
        self.remind()
        for user in both:
            told = self.say(self.mails(user))
            self.assertEqual(told.count("HR has answered: read it"), 1, user.login)
            self.assertNotIn(ANSWER, told)
        self.assertNotIn("HR has answered", self.say(self.mails(self.director_user)))
        anchor = f"/my/reviews/{self.review.id}#hr_answer"
        self.assertIn(anchor, " ".join(self.links(self.mails(self.porter_user))))
        self.forget_mails()
        self.remind(date(2026, 3, 3))
        self.assertNotIn("HR has answered", self.say(self.mails()), "nothing twice")

    def test_who_has_read_it_is_not_told_of_it(self):
        self.answer()
        self.agreement.with_user(self.manager_user).action_read_answer()
        self.agreement.with_user(self.manager_user).action_read_answer()
        self.assertNotEqual(self.next_code(self.manager_user), "answer")
        self.assertEqual(self.next_code(self.porter_user), "answer")
        self.remind()
        self.assertNotIn("HR has answered", self.say(self.mails(self.manager_user)))
        self.assertIn("HR has answered", self.say(self.mails(self.porter_user)))
        read = self.as_officer.read_text
        self.assertIn("Pr Manager read it on 03/02/2026", read)
        self.assertIn("Pr Porter has not read it yet", read)

    def test_who_has_handed_the_review_over_is_not_told(self):
        self.answer()
        peer = self.peer_manager
        self.review.with_user(self.officer_user).action_reassign(peer.id, "Moved")
        self.remind()
        self.assertNotIn("HR has answered", self.say(self.mails(self.manager_user)))
        self.assertIn("HR has answered", self.say(self.mails(self.porter_user)))
        self.assertEqual(self.next_code(peer.user_id), "answer")
        told = self.say(self.mails(peer.user_id))
        self.assertEqual(told.count("HR has answered: read it"), 1)

    def test_who_takes_over_what_has_been_read_is_not_told(self):
        self.answer()
        self.agreement.with_user(self.manager_user).action_read_answer()
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        self.remind()
        self.assertNotIn("HR has answered", self.say(self.mails(self.peer_manager_user)))

    def test_a_second_answer_on_the_same_day_is_told_too(self):
        """The one mail of the day has gone: it comes with that of tomorrow."""
        self.answer()
        self.remind()
        self.forget_mails()
        self.answer_again()
        self.remind(date(2026, 3, 3))
        for user in (self.porter_user, self.manager_user):
            told = self.say(self.mails(user))
            self.assertEqual(told.count("HR has answered: read it"), 1, user.login)

    def test_two_answers_before_the_mail_are_told_once(self):
        self.answer()
        self.answer_again()
        self.remind()
        for user in (self.porter_user, self.manager_user):
            told = self.say(self.mails(user))
            self.assertEqual(told.count("HR has answered: read it"), 1, user.login)

    def answer_again(self):
        """Let an amendment be disputed, and let HR answer that as well."""
        self.agreement.with_user(self.manager_user).action_amend()
        second = self.review.agreement_id.with_user(self.manager_user)
        second.action_propose()
        self.dispute_as(second, self.porter_user, "Nor this one")
        mediation = self.env["performance.mediation"].search([("agreement_id", "=", second.id)])
        mediation.with_user(self.officer_user).answer = ANSWER
        mediation.with_user(self.officer_user).action_answer()

    def test_the_employee_reads_it_in_the_portal(self):
        self.answer()
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertIn("HR has answered: read it", page)
        self.assertIn(ANSWER, page, "what waits to be read is not folded")
        page = self.post("/read_answer", agreement_id=self.agreement.id).text
        self.assertNotIn("HR has answered: read it", page)
        self.assertNotIn("I have read it", self.get("?open=agreement").text)
        self.assertTrue(self.agreement.sudo().employee_read_answer_on)

    def test_only_the_two_sides_read_it_and_only_what_there_is(self):
        with self.assertRaises(UserError):
            self.agreement.with_user(self.porter_user).action_read_answer()
        self.answer()
        for user in (self.officer_user, self.director_user, self.outsider_user):
            with self.assertRaises(AccessError):
                self.agreement.with_user(user).action_read_answer()
        for user in (self.officer_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.agreement.with_user(user).read(["reviewer_read_answer_on"])

    def test_a_new_version_is_the_end_of_it(self):
        self.answer()
        self.agreement.with_user(self.manager_user).action_amend()
        second = self.review.agreement_id.with_user(self.manager_user)
        second.action_propose()
        self.assertEqual(self.next_code(self.manager_user), "sign")
        self.assertEqual(self.next_code(self.porter_user), "sign")
        self.sign_as(second)
        self.sign_as(second, self.porter_user)
        for user in (self.porter_user, self.manager_user):
            self.assertNotEqual(self.next_code(user), "answer")
        self.remind()
        self.assertNotIn("HR has answered", self.say(self.mails()))

    # ------------------------------------------------------------------
    # The history
    # ------------------------------------------------------------------

    def test_all_three_read_how_it_went(self):
        self.agreement.with_user(self.manager_user).action_amend()
        second = self.review.agreement_id.with_user(self.manager_user)
        second.action_propose()
        self.dispute_as(second, self.porter_user, "Still too high.")
        self.as_officer.search([("state", "=", "open")]).write(
            {"note": "The manager forgot it.", "answer": ANSWER}
        )
        self.as_officer.search([("state", "=", "open")]).action_answer()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.manager_user, self.porter_user, self.officer_user):
            with self.subTest(user.login):
                card = self.card(user)
                told = str(card.dispute_history_html)
                places = [told.index(each) for each in (STATEMENT, "Still too high.", ANSWER)]
                self.assertEqual(places, sorted(places))
                self.assertNotIn("forgot", told)
                self.assertEqual(card.agreement_id.dispute_history_html, told)
                self.assertFalse(card.dispute_title, "nothing waits any more")
        self.assertIn(ANSWER, str(self.mediation.with_user(self.officer_user).dispute_history_html))
        self.log_in(self.porter_user)
        page = self.get("?open=agreement").text
        for words in (STATEMENT, "Still too high.", ANSWER, "How the dispute went"):
            self.assertIn(words, page)

    def test_without_a_dispute_there_is_no_history(self):
        other = self.to_follow_up(self.review_of(self.cycle, self.worker))
        self.assertFalse(other.review_id.with_user(self.worker_user).dispute_history_html)
