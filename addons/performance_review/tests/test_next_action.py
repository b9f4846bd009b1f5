from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import TODAY, PerformanceCommon
from .test_queries import QueryCase


class NextActionCase(PerformanceCommon):
    """One review, read by everybody who may read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)

    def ask(self, user, review=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return (review or self.review)._get_next_action(user)

    def assert_next(self, user, code, text=None, method=None, day=None, is_overdue=False):
        """Check what ``user`` reads; who is given a method has something to do."""
        action = self.ask(user)
        self.assertEqual(action["code"], code)
        if text:
            self.assertIn(text, action["text"])
        self.assertEqual(action["method"] or None, method)
        self.assertEqual(action["is_waiting"], not method)
        self.assertEqual(bool(action["label"]), bool(method))
        self.assertEqual(action["date"] or None, day)
        self.assertEqual(action["is_overdue"], is_overdue)
        if method:
            self.assertTrue(callable(getattr(self.review, method)))
        return action

    def plan_meeting(self, start="2026-03-10 02:00:00"):
        event = (
            self.env["calendar.event"]
            .with_user(self.manager_user)
            .create({"name": "Talk", "start": start, "stop": start})
        )
        self.review._mark_meeting_planned(event)


@tagged("post_install", "-at_install")
class TestEmployee(NextActionCase):
    """What the employee reads, step by step."""

    def test_self_assessment_until_it_is_handed_in(self):
        deadline = date(2026, 3, 20)
        action = self.assert_next(
            self.worker_user,
            "self_assessment",
            "Write your",
            "action_open_self_assessment",
            deadline,
        )
        self.assertEqual(action["anchor"], "self_assessment")
        assessment = self.review.with_user(self.worker_user)._get_own_self_assessment()
        assessment.answer_ids[0].answer = "The bench"
        self.assert_next(
            self.worker_user, "self_assessment", "Finish", "action_open_self_assessment", deadline
        )
        self.cycle.preparation_deadline = TODAY - timedelta(days=1)
        self.assert_next(
            self.worker_user,
            "self_assessment",
            method="action_open_self_assessment",
            day=self.cycle.preparation_deadline,
            is_overdue=True,
        )

    def test_waits_for_the_invitation_and_then_for_the_day(self):
        self.submit_self_assessment(self.review)
        self.assert_next(self.worker_user, "invitation", "Pr Manager will invite you")
        self.plan_meeting()
        self.worker_user.tz = "Asia/Shanghai"
        action = self.assert_next(self.worker_user, "appointment", "Your dialogue")
        self.assertIn("10:00", action["text"])
        self.assertIn("(Asia/Shanghai)", action["text"])
        self.assertNotIn("10:00:00", action["text"])
        self.plan_meeting("2026-02-20 09:00:00")
        self.assert_next(self.worker_user, "record", "writes down the dialogue")

    def test_sheet_of_the_reviewer_changes_nothing_for_the_employee(self):
        self.submit_self_assessment(self.review)
        before = self.ask(self.worker_user)
        self.fill_sheet(self.review, number=2)
        self.assertEqual(self.ask(self.worker_user), before)
        self.fill_sheet(self.review, number=1)
        self.assertEqual(self.ask(self.worker_user), before)

    def test_draft_of_the_agreement_changes_nothing_for_the_employee(self):
        agreement = self.to_agreement(self.review)
        self.review.dialogue_id.with_user(self.worker_user).action_confirm()
        before = self.ask(self.worker_user)
        self.assertEqual(before["code"], "agreement")
        self.fill_agreement(agreement)
        self.assertEqual(self.ask(self.worker_user), before)

    def test_confirms_signs_waits_and_follows_up(self):
        agreement = self.to_agreement(self.review)
        self.assert_next(self.worker_user, "confirm", "took place", method="action_open_dialogue")
        self.fill_agreement(agreement).action_propose()
        # Signing comes first.
        self.assert_next(
            self.worker_user, "sign", "Read and sign the agreement", "action_open_agreement",
            date(2026, 4, 30),
        )  # fmt: skip
        self.review.dialogue_id.with_user(self.worker_user).action_confirm()
        self.sign_as(agreement, self.worker_user, stance="agree")
        self.assert_next(self.worker_user, "signature", "signature of Pr Manager is missing")
        self.sign_as(agreement, self.manager_user)
        first = self.review.checkpoint_ids[0].date
        self.assert_next(
            self.worker_user, "checkpoint", "Next checkpoint on", "action_open_checkpoint", first
        )
        self.review.checkpoint_ids[0].date = TODAY - timedelta(days=3)
        self.assert_next(
            self.worker_user, "checkpoint", "is overdue", "action_open_checkpoint",
            TODAY - timedelta(days=3), True,
        )  # fmt: skip
        self.review.checkpoint_ids.with_user(self.manager_user).action_cancel()
        self.assert_next(self.worker_user, "checkpoints_over")
        agreement.commitment_ids.with_user(self.manager_user).action_set_outcome("closed")
        self.review.with_user(self.manager_user).action_next()
        self.assert_next(self.worker_user, "done")

    def test_own_dispute(self):
        agreement = self.to_proposed(self.review)
        self.review.dialogue_id.with_user(self.worker_user).action_confirm()
        self.dispute_as(agreement, self.worker_user, "No")
        self.assert_next(self.worker_user, "dispute", "HR looks into your disagreement")


@tagged("post_install", "-at_install")
class TestReviewer(NextActionCase):
    """What the reviewer reads, step by step."""

    def test_sheet_appointment_and_self_assessment(self):
        user, preparation, dialogue = self.manager_user, date(2026, 3, 20), date(2026, 4, 10)
        self.assert_next(user, "prepare", "0 of 9 points", "action_open_review", preparation)
        # More of one kind than asked for does not make up for another.
        self.env["performance.point"].with_user(user).create(
            [
                {"review_id": self.review.id, "kind": "gap", "name": f"Gap {n}", "fact": "Seen"}
                for n in range(4)
            ]
        )
        self.assert_next(user, "prepare", "3 of 9 points", "action_open_review", preparation)
        self.fill_sheet(self.review)
        self.assert_next(user, "submit_sheet", "hand it in", "action_submit_sheet", preparation)
        self.review.with_user(user).action_do_next()
        self.assert_next(user, "appointment", "Pr Worker", "action_open_meeting", dialogue)
        self.plan_meeting()
        self.manager_user.tz = "Asia/Shanghai"
        self.cycle.require_self_assessment = True
        self.assert_next(user, "self_assessment", "has not handed in", day=preparation)
        self.submit_self_assessment(self.review)
        self.assert_next(
            user, "enter_dialogue", "10:00 AM (Asia/Shanghai)", "action_next", dialogue
        )

    def test_dialogue(self):
        user, deadline = self.manager_user, date(2026, 4, 10)
        dialogue = self.to_dialogue(self.review).with_user(user)
        self.assert_next(user, "appointment", "Plan", "action_open_meeting", deadline)
        self.plan_meeting()
        self.assert_next(user, "start_dialogue", "Dialogue with", "action_open_room", deadline)
        dialogue.date_start = "2026-03-02 09:00:00"
        self.assert_next(user, "end_dialogue", "end it", "action_open_room", deadline)
        dialogue.date_end = "2026-03-02 09:20:00"
        self.assert_next(
            user, "continue_dialogue", "20 of at least 30", "action_open_dialogue", deadline
        )
        dialogue.date_end = "2026-03-02 10:00:00"
        self.assert_next(user, "enter_agreement", "write down", "action_next", deadline)
        action = self.review.with_user(user).action_do_next()
        self.assertEqual(action["tag"], "soft_reload")
        self.assertEqual(self.review.state, "agreement")

    def test_agreement(self):
        user, deadline = self.manager_user, date(2026, 4, 30)
        method = "action_open_agreement"
        agreement = self.to_agreement(self.review)
        self.assert_next(user, "complete", "Complete the agreement", method, deadline)
        self.fill_agreement(agreement)
        self.assert_next(user, "propose", "propose it to Pr Worker", method, deadline)
        agreement.with_user(user).action_propose()
        self.assert_next(user, "sign", "Sign the agreement", method, deadline)
        self.sign_as(agreement, user)
        self.assert_next(user, "signature", "signature of Pr Worker is missing", day=deadline)
        late = TODAY - timedelta(days=1)
        self.cycle.write(dict.fromkeys(
            ("preparation_deadline", "dialogue_deadline", "agreement_deadline"), late
        ))  # fmt: skip
        self.assert_next(user, "signature", day=late, is_overdue=True)

    def test_signature_after_the_employee(self):
        agreement = self.to_proposed(self.review)
        self.sign_as(agreement, self.worker_user, stance="agree")
        self.assert_next(
            self.manager_user, "sign", "Pr Worker has signed", "action_open_agreement",
            date(2026, 4, 30),
        )  # fmt: skip

    def test_dispute(self):
        agreement = self.to_proposed(self.review)
        self.dispute_as(agreement, self.worker_user, "No")
        self.assert_next(
            self.manager_user, "dispute", "Pr Worker disagrees", "action_open_agreement",
            date(2026, 4, 30),
        )  # fmt: skip

    def test_follow_up_until_done(self):
        user = self.manager_user
        agreement = self.to_follow_up(self.review)
        self.assert_next(user, "next_checkpoint", "Next checkpoint on")
        checkpoint = self.review.checkpoint_ids[0].with_user(user)
        checkpoint.date = TODAY
        self.assert_next(user, "checkpoint", "Note the checkpoint", "action_open_checkpoint", TODAY)
        opened = self.review.with_user(user).action_do_next()
        self.assertEqual(opened["tag"], "performance_noting")
        self.assertEqual(opened["params"], {"checkpoint_id": checkpoint.id})
        # A new version to sign is more pressing than a date of today.
        agreement.with_user(user).action_amend()
        self.assert_next(user, "checkpoint", method="action_open_checkpoint", day=TODAY)
        amendment = self.review.agreement_id.with_user(user)
        amendment.action_propose()
        week = TODAY + timedelta(days=7)
        self.assert_next(user, "sign", method="action_open_agreement", day=week)
        self.sign_as(amendment)
        self.sign_as(amendment, self.worker_user, stance="agree")
        self.review.checkpoint_ids.with_user(user).action_done()
        end = amendment.date_end
        self.assert_next(user, "outcome", "2 commitments", "action_open_closing", end)
        amendment.commitment_ids[0].with_user(user).action_set_outcome("closed")
        self.assert_next(user, "outcome", "the last commitment", "action_open_closing", end)
        amendment.commitment_ids[1].with_user(user).action_set_outcome("closed")
        self.assert_next(user, "finish", "finish the review", "action_open_closing")
        self.review.with_user(user).action_next()
        self.assert_next(user, "done")

    def test_closed_cycle_asks_for_nothing(self):
        self.cycle.sudo().state = "closed"
        self.assert_next(self.manager_user, "closed")


@tagged("post_install", "-at_install")
class TestReaders(NextActionCase):
    """HR, the line above and strangers; and what the screens get."""

    def test_hr_mediates_and_has_nothing_else_to_do(self):
        user = self.officer_user
        self.assert_next(user, "nothing", "Nothing to do for HR")
        agreement = self.to_proposed(self.review)
        self.assert_next(user, "nothing")
        self.dispute_as(agreement, self.worker_user, "No")
        mediation = self.env["performance.mediation"].search([("agreement_id", "=", agreement.id)])
        day = mediation.date_deadline
        self.assertTrue(day)
        self.assert_next(user, "mediate", "Pr Worker disagrees", "action_open_mediation", day)
        opened = self.review.with_user(user).action_do_next()
        self.assertEqual((opened["res_model"], opened["res_id"]), (mediation._name, mediation.id))
        agreement.with_user(user).action_close_by_hr("Heard")
        self.assert_next(user, "nothing")

    def test_hr_gives_a_review_without_a_reviewer_to_somebody(self):
        # Whoever reviews is stamped: only an account that is closed leaves the review alone.
        self.manager_user.active = False
        action = self.ask(self.officer_user)
        self.assertEqual(action["code"], "reviewer")

    def test_officer_is_nothing_but_the_employee_of_the_own_review(self):
        own = self.review_of(self.cycle, self.officer_employee)
        self.assertEqual(self.ask(self.officer_user, own)["code"], "self_assessment")

    def test_upper_manager_learns_the_step_and_no_dispute(self):
        user = self.director_user
        self.assert_next(user, "line", "Preparation", day=date(2026, 3, 20))
        agreement = self.to_proposed(self.review)
        proposed = self.ask(user)
        self.assertEqual(proposed["code"], "line")
        self.dispute_as(agreement, self.worker_user, "No")
        self.assertEqual(self.ask(user), proposed)
        self.assertNotIn("disagree", str(proposed))
        agreement.with_user(self.officer_user).action_close_by_hr("Heard")
        self.assert_next(user, "next_checkpoint", "Next checkpoint on")

    def test_who_may_not_read_the_review_learns_nothing(self):
        for user in (self.outsider_user, self.rival_user, self.foreign_officer_user):
            with self.subTest(user=user.login):
                action = self.ask(user)
                self.assertEqual((action["code"], action["text"]), ("nothing", ""))
                with self.assertRaises(AccessError):
                    self.review.with_user(user).action_do_next()

    def test_each_reader_has_fields_of_their_own(self):
        expected = {
            self.worker_user: ("Write", "action_open_self_assessment"),
            self.manager_user: ("Prepare", "action_open_review"),
            self.officer_user: (False, False),
            self.director_user: (False, False),
        }
        for user, values in expected.items():
            with self.subTest(user=user.login):
                review = self.review.with_user(user)
                self.assertEqual((review.next_action_label, review.next_action_method), values)
                self.assertTrue(review.next_action_text)
                self.assertEqual(review.next_action_date or False, self.ask(user)["date"])
        # What was read before a change is not read after it.
        self.fill_sheet(self.review)
        self.assertEqual(
            self.review.with_user(self.manager_user).next_action_method, "action_submit_sheet"
        )

    def test_do_next_opens_the_review_where_there_is_nothing_to_do(self):
        for user in (self.director_user, self.officer_user):
            action = self.review.with_user(user).action_do_next()
            self.assertEqual((action["res_model"], action["res_id"]), (
                "performance.review", self.review.id,
            ))  # fmt: skip

    def test_times_are_said_in_the_zone_of_the_reader(self):
        moment = date(2026, 3, 10)
        self.plan_meeting("2026-03-10 02:00:00")
        moment = self.review.meeting_id.start
        self.worker_user.tz = False
        calendar = self.worker.resource_calendar_id.copy({"name": "Day", "tz": "Asia/Kolkata"})
        self.worker.resource_calendar_id = calendar
        for change, said in (
            (lambda: None, "07:30 AM (Asia/Kolkata)"),
            (lambda: self.worker_user.write({"tz": "Europe/Berlin"}), "03:00 AM (Europe/Berlin)"),
        ):
            change()
            self.assertIn(said, self.worker_user._say_moment(moment))
        self.outsider_user.tz = False
        self.outsider_user.company_id.resource_calendar_id.tz = "Asia/Shanghai"
        self.assertIn("10:00 AM (Asia/Shanghai)", self.outsider_user._say_moment(moment))


@tagged("post_install", "-at_install")
class TestNextActionQueries(QueryCase):
    """As many queries for a hundred reviews as for ten, in every step at once."""

    @classmethod
    def spread(cls, reviews):
        """Take the reviews to different steps, so that every sentence is needed."""
        walks = (
            cls.fill_sheet,
            cls.to_dialogue,
            cls.to_proposed,
            cls.to_follow_up,
            cls.to_agreement,
        )
        for index, review in enumerate(reviews):
            walks[index % len(walks)](review)

    def test_queries_do_not_grow(self):
        self.cycle.excluded_employee_ids = [Command.set(self.everybody.ids + self.crew[110:].ids)]
        self.cycle.action_launch()
        reviews = self.cycle.review_ids
        self.spread(reviews.filtered(lambda review: not review.point_ids))
        few, many = reviews[3:13], reviews[3:103]
        for user in (self.manager_user, self.officer_user, self.director_user):
            with self.subTest(user=user.login):
                cost = self.count(lambda user=user: few._get_next_actions(user))
                self.assertEqual(self.count(lambda user=user: many._get_next_actions(user)), cost)
                # 20 for the reviewer, with the cards, cycles and goals, when this was written.
                self.assertLessEqual(cost, 20)
