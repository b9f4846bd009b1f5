from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TODAY
from .reminders_common import RemindersMixin
from .ring_common import RingCommon
from .test_portal import PortalCase

LATER = date(2026, 11, 30)  # a Monday


class TargetCommon(RingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sign_first()
        cls.agreement = cls.first.agreement_id
        cls.goal = cls.agreement.goal_ids
        cls.goal._mark_measured(6.0)
        cls.first.dialogue_id.with_user(cls.worker_user).action_confirm()

    def propose(self, user=None, target=6.0, day=LATER, reason="Two plants were merged"):
        user = user or self.manager_user
        self.goal.with_user(user).action_propose_target(target, day, reason)
        return self.first.target_proposal_ids.sorted("id")[-1:]

    def assert_refused(self, sentence, call, *args, kind=UserError):
        with self.assertRaisesRegex(kind, sentence), self.env.cr.savepoint():
            call(*args)


@tagged("post_install", "-at_install")
class TestTarget(TargetCommon):
    """A changed target is a proposal that the other side accepts or declines."""

    def test_holds_once_the_other_side_accepts(self):
        signed = (self.agreement.snapshot, self.agreement.sha256)
        proposal = self.propose()
        self.assertEqual((self.goal.current_target, self.goal.achievement), (4.0, 50.0))
        proposal.with_user(self.worker_user).action_accept("Fine")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.goal.current_target, self.goal.achievement), (6.0, 100.0))
        self.assertEqual(self.goal.current_deadline, LATER)
        self.assertEqual((self.goal.target, self.goal.date_deadline), (4.0, date(2026, 9, 30)))
        self.assertEqual((self.agreement.snapshot, self.agreement.sha256), signed)
        self.assertFalse(self.agreement.with_user(self.worker_user).verify())
        # Path, checkpoints and the words beside what was signed.
        mine = self.goal.with_user(self.manager_user)
        self.assertEqual(mine._prepare_paths()[mine]["standing"], "reached")
        self.assertEqual(mine._say_way(), "from 8 to 6 per month")
        self.assertEqual(self.agreement.date_end, LATER)
        self.assertEqual(max(self.first.checkpoint_ids.mapped("date")), LATER)
        said = "Target changed on 03/02/2026 by agreement of both: 6 per month until 11/30/2026"
        self.assertIn(said, self.agreement.target_change_text)
        [line] = self.first.with_user(self.worker_user).get_targets()
        self.assertEqual(line["talk"]["change"], said)
        # The log.
        self.assertEqual(
            (proposal.target_before, proposal.deadline_before, proposal.answer),
            (4.0, date(2026, 9, 30), "Fine"),
        )
        self.assertEqual(
            (proposal.author_id, proposal.answered_by_id), (self.manager_user, self.worker_user)
        )
        checkpoint = self.first.checkpoint_ids[0]
        entry = self.env["performance.progress"].create(
            {"checkpoint_id": checkpoint.id, "goal_id": self.goal.id, "value": 7.0}
        )
        self.assertEqual(entry.percent, 50.0)

    def test_declined_or_withdrawn_it_leaves_no_trace_but_the_log(self):
        proposal = self.propose(self.worker_user)
        self.assert_refused("A word on it is missing", self.mine(proposal).action_decline, " ")
        self.mine(proposal).action_decline("The plants are separate")
        self.assertEqual((self.goal.current_target, proposal.state), (4.0, "declined"))
        [line] = self.first.with_user(self.worker_user).get_targets()
        self.assertIn("The plants are separate", line["talk"]["settled"][0])
        self.assertTrue(line["talk"]["can_propose"])
        second = self.propose(self.worker_user, target=5.0, day=None)
        self.mine(second, self.worker_user).action_withdraw()
        self.assertEqual((self.goal.current_target, second.state), (4.0, "withdrawn"))
        for verb in (second.action_accept, second.action_withdraw):
            self.assert_refused("is answered already: Withdrawn", verb)
        self.assertFalse(self.first.target_waits_for)

    def mine(self, record, user=None):
        return record.with_user(user or self.manager_user)

    def test_nobody_answers_for_the_other(self):
        proposal = self.propose()
        for user in (self.manager_user, self.director_user, self.officer_user, self.outsider_user):
            for verb in ("action_accept", "action_decline"):
                with self.subTest(user=user.name, verb=verb):
                    self.assert_refused(
                        "", getattr(self.mine(proposal, user), verb), "No", kind=AccessError
                    )
        self.assert_refused(
            "", self.mine(proposal, self.worker_user).action_withdraw, kind=AccessError
        )
        for user in (self.director_user, self.officer_user, self.outsider_user):
            self.assert_refused(
                "",
                self.mine(self.goal, user).action_propose_target,
                5.0,
                None,
                "Why not",
                kind=AccessError,
            )
        self.assertEqual(proposal.state, "open")

    def test_impossible_ones(self):
        past = TODAY - timedelta(days=1)
        for sentence, target, day, reason in (
            ("is missing", 6.0, None, "  "),
            ("300 characters", 6.0, None, "x" * 301),
            ("is the target already", 4.0, None, "Why"),
            ("is the target already", None, "2026-09-30", "Why"),
            ("starts where it should end", 8.0, None, "Why"),
            ("go the other way", 9.0, None, "Why"),
            ("takes a number", "nan", None, "Why"),
            ("takes a date", None, "soon", "Why"),
            ("from today on", None, past, "Why"),
            ("from today on", None, date(2037, 1, 1), "Why"),
        ):
            with self.subTest(target=target, day=day):
                self.assert_refused(
                    sentence, self.mine(self.goal).action_propose_target, target, day, reason
                )
        self.propose()
        self.assert_refused("has been proposed already", self.propose, self.worker_user)
        self.assertEqual(len(self.first.target_proposal_ids), 1)

    def test_one_open_proposal_in_the_database(self):
        proposal = self.propose()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            proposal.sudo().copy()
            self.env.flush_all()

    def test_amendments(self):
        """A new version begins with what holds, and what was proposed for the old one is over."""
        self.propose().with_user(self.worker_user).action_accept()
        self.mine(self.agreement).action_amend()
        draft = self.first.agreement_id
        self.assertEqual((draft.goal_ids.target, draft.goal_ids.date_deadline), (6.0, LATER))
        self.propose(target=5.0, day=None).with_user(self.worker_user).action_accept()
        self.assertEqual(draft.goal_ids.target, 5.0, "the draft goes on from what holds")
        waiting = self.propose(target=3.0, day=None)
        self.mine(draft).action_propose()
        self.assert_refused(
            "neither signed nor withdrawn", waiting.with_user(self.worker_user).action_accept
        )
        self.sign_as(draft, self.worker_user)
        self.sign_as(draft, self.manager_user)
        self.assertEqual(waiting.state, "lapsed")
        self.assertFalse(draft.goal_ids.target_changed_on)
        self.assertEqual(draft.goal_ids.current_target, 5.0)
        self.assertFalse(draft.verify() + self.agreement.verify())
        self.assert_refused("is followed up", self.propose)

    def test_over_when_the_review_is(self):
        proposal = self.propose()
        self.first.with_user(self.officer_user).action_end("Left the company")
        self.assertEqual(proposal.state, "lapsed")
        self.assertFalse(self.first.target_waits_for)


@tagged("post_install", "-at_install")
class TestTargetTold(RemindersMixin, TargetCommon):
    """The other side is told that there is something to answer, and not what."""

    def test_next_step_and_mail(self):
        self.remind()  # what the launch has left to tell
        self.forget_mails()
        self.propose()
        for user, code in ((self.worker_user, "target"), (self.manager_user, "next_checkpoint")):
            action = self.first.with_user(user)._get_next_action()
            self.assertEqual(action["code"], code)
            self.assertNotIn("merged", action["text"])
        opened = self.first.with_user(self.worker_user).action_do_next()
        self.assertEqual(opened["tag"], "performance_targets")
        self.remind(TODAY + timedelta(days=1))
        self.assertNotIn("target", self.say(self.mails(self.manager_user)))
        said = self.say(self.mails(self.worker_user))
        self.assertIn("Another target of yours is proposed", said)
        self.assertNotIn("merged", said)
        self.forget_mails()
        self.remind(TODAY + timedelta(days=1))
        self.assertFalse(self.mails())
        # Left lying it comes again, for that side alone.
        self.remind(TODAY + timedelta(days=8))
        self.assertIn("Another target", self.say(self.mails(self.worker_user)))
        self.assertNotIn("target", self.say(self.mails(self.director_user)))
        self.forget_mails()
        self.first.target_proposal_ids.with_user(self.worker_user).action_accept()
        self.remind(TODAY + timedelta(days=10))
        self.assertNotIn("Another target", self.say(self.mails()))

    def test_the_reviewer_is_told_who(self):
        self.propose(self.worker_user)
        action = self.first.with_user(self.manager_user)._get_next_action()
        self.assertEqual(action["text"], "Pr Worker proposes another target: accept or decline it")
        self.assertEqual(self.first.target_waits_for, "reviewer")


@tagged("post_install", "-at_install")
class TestPortalTarget(PortalCase):
    """The employee's part, on a phone."""

    def test_propose_and_answer(self):
        agreement = self.to_follow_up(self.review)
        self.review.dialogue_id.with_user(self.porter_user).action_confirm()
        goal = agreement.goal_ids
        self.log_in(self.porter_user)
        self.assertIn("Propose another target", self.get().text)
        form = {"goal_id": goal.id, "target": "5,5", "date_deadline": "", "reason": "Merged"}
        page = self.post("/target", **{**form, "target": "many"})
        self.assertEqual(page.status_code, 422)
        self.assertIn("Merged", page.text)
        page = self.post("/target", **form).text
        self.assertIn("Pr Porter proposes 5.5 per month", page)
        proposal = self.review.target_proposal_ids
        answer = {"proposal_id": proposal.id, "answer": "accept"}
        self.assertEqual(self.post("/target/answer", **answer).status_code, 422)
        self.post("/target/answer", **{**answer, "answer": "withdraw"})
        self.assertEqual(proposal.state, "withdrawn")
        goal.with_user(self.manager_user).action_propose_target(5.0, None, "Merged")
        answer["proposal_id"] = self.review.target_proposal_ids.sorted("id")[-1:].id
        self.assertIn("Another target of yours is proposed", self.get().text)
        page = self.post("/target/answer", **{**answer, "answer": "decline"})
        self.assertIn("is missing", page.text)
        page = self.post("/target/answer", **answer).text
        self.assertEqual(goal.current_target, 5.0)
        # The signed figure stands there still, and beside it what holds.
        for said in (">4 per month<", "by agreement of both: 5 per month"):
            self.assertIn(said, page)
        self.assertIn("o_pr_target_changes", self.get("?open=agreement").text)
        foreign = self.to_follow_up(self.review_of(self.review.cycle_id, self.worker))
        page = self.post("/target", **{**form, "goal_id": foreign.goal_ids.id})
        self.assertIn("Choose a goal of your plan", page.text)
        self.assertFalse(foreign.review_id.target_proposal_ids)
