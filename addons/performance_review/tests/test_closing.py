from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..tools.closure import closure
from .ring_common import RingCommon

OUTCOMES = ("closed", "improved", "untouched", "recurred")


@tagged("post_install", "-at_install")
class TestClosing(RingCommon, HttpCase):
    """A review ends by saying of every promise how it turned out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.change, cls.support, cls.development = cls.sign_first()
        cls.lines = cls.change | cls.support | cls.development
        cls.as_manager = cls.first.with_user(cls.manager_user)

    def mine(self, line):
        return line.with_user(self.manager_user)

    def test_one_at_a_time_with_its_history(self):
        self.record(self.change, 20.0).note = "Half of them"
        self.record(self.change, 80.0)
        found = self.as_manager.get_closing()
        self.assertEqual(
            [line["name"] for line in found["lines"]],
            self.as_manager.plan_commitment_ids.mapped("name"),
        )
        self.assertEqual([code for code, _label in found["outcomes"]], list(OUTCOMES))
        [shown] = [line for line in found["lines"] if line["id"] == self.change.id]
        self.assertEqual([entry["figure"] for entry in shown["entries"]], ["80%", "20%"])
        self.assertEqual(shown["entries"][1]["note"], "Half of them")
        self.assertEqual(shown["entries"][1]["author"], "Pr Manager")
        self.assertIn(str(len(self.first.checkpoint_ids)), found["cancelled"])

    def test_a_word_and_what_goes_on(self):
        self.mine(self.change).action_set_outcome("untouched", " No time in spring ")
        self.assertEqual(self.change.outcome_note, "No time in spring")
        self.mine(self.change).action_set_outcome("recurred")
        self.assertEqual(self.change.outcome_note, "No time in spring", "what is left out stays")
        self.mine(self.change).action_drop("Others do it now")
        self.mine(self.change).action_carry_on()
        self.assertFalse(self.change.drop_reason)
        self.mine(self.change).action_drop("Others do it now")
        self.mine(self.support).action_set_outcome("untouched")
        self.mine(self.development).action_set_outcome("closed")
        with self.assertRaises(UserError) as refused:
            self.mine(self.development).action_drop("Why not")
        self.assertIn("was kept", str(refused.exception))
        for nothing in ("", "  ", None):
            with self.assertRaises(UserError):
                self.mine(self.change).action_drop(nothing)
        self.as_manager.action_finish()
        self.assertEqual(self.first.state, "done")
        for verb in ("action_drop", "action_set_outcome"):
            with self.assertRaises(UserError):
                getattr(self.mine(self.change), verb)("closed")
        # The next preparation opens with what goes on, and knows why the rest does not.
        review = self.next_year()
        proposed = {each["commitment_id"] for each in review.get_proposals()}
        self.assertEqual(proposed & set(self.lines.ids), set(self.support.ids))
        notes = {line["id"]: line["note"] for line in review.get_last_time()["lines"]}
        self.assertIn("dropped: Others do it now", notes[self.change.id])
        self.assertIn("No time in spring", notes[self.change.id])

    def test_what_was_kept_is_not_dropped(self):
        self.mine(self.change).action_set_outcome("recurred")
        self.mine(self.change).action_drop("Others do it now")
        self.mine(self.change).action_set_outcome("improved")
        self.assertFalse(self.change.drop_reason)

    def test_finishing_cancels_what_is_planned_and_nothing_else(self):
        done = self.first.checkpoint_ids[0].with_user(self.manager_user)
        done.action_done()
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            self.as_manager.action_finish()
        self.assertIn("outcome", str(refused.exception))
        self.env.invalidate_all()
        self.assertIn("planned", self.first.checkpoint_ids.mapped("state"))
        self.mine(self.lines).action_set_outcome("closed")
        self.as_manager.action_finish()
        self.assertEqual(set((self.first.checkpoint_ids - done).mapped("state")), {"cancelled"})
        self.assertEqual(done.state, "done")
        self.assertFalse(self.first.checkpoint_ids.activity_ids)
        with self.assertRaises(UserError):
            self.as_manager.action_finish()

    def test_an_amendment_takes_word_and_reason_over(self):
        self.mine(self.change).action_set_outcome("untouched", "No time")
        self.mine(self.change).action_drop("Others do it now")
        agreement = self.first.agreement_id.with_user(self.manager_user)
        amendment = agreement.browse(agreement.action_amend()["res_id"])
        amendment.action_propose()
        self.sign_as(amendment)
        self.sign_as(amendment, self.worker_user)
        line = amendment.commitment_ids.filtered(lambda each: each.kind == "change")
        self.assertEqual(
            (line.outcome, line.outcome_note, line.drop_reason),
            ("untouched", "No time", "Others do it now"),
        )

    def test_an_amendment_under_way_is_named(self):
        self.first.agreement_id.with_user(self.manager_user).action_amend()
        self.first.agreement_id.with_user(self.manager_user).action_propose()
        self.assertIn("Version 2", "".join(self.as_manager.get_closing()["missing"]))

    def test_others_do_not(self):
        for user in (self.worker_user, self.director_user, self.officer_user, self.outsider_user):
            review = self.first.with_user(user)
            for verb in ("get_closing", "action_finish", "action_open_closing"):
                with self.subTest(user=user.name, verb=verb), self.assertRaises(AccessError):
                    getattr(review, verb)()

    def test_history_of_earlier_reviews(self):
        self.mine(self.lines).action_set_outcome("untouched", "No bench came")
        self.as_manager.action_finish()
        review = self.next_year()
        self.mine(self.change).action_take_along()
        draft = self.to_agreement(review.sudo()).with_user(self.manager_user)
        draft.suggestion_ids.filtered("origin_commitment_id").action_accept()
        draft.commitment_ids.date_deadline = date(2027, 9, 1)
        draft.goal_ids = [Command.create(self.goal_vals(date_deadline=date(2027, 9, 1)))]
        if not draft.commitment_ids.filtered(lambda line: line.kind == "support"):
            draft.commitment_ids = [
                Command.create(
                    {"kind": "support", "name": "A lamp", "date_deadline": date(2027, 9, 1)}
                )
            ]
        draft.action_propose()
        self.sign_as(draft)
        self.sign_as(draft, self.worker_user)
        shown = {line["name"]: line["earlier"] for line in review.get_closing()["lines"]}
        self.assertEqual(shown[self.change.name], ["Year 2026: Untouched · No bench came"])

    # ------------------------------------------------------------------ the rate

    def test_one_rate_on_every_screen(self):
        """Review, person, board, cycle: each equals what the rule counts by hand."""
        for line, outcome in zip(self.lines, ("closed", "recurred"), strict=False):
            self.mine(line).action_set_outcome(outcome)
        self.travel_to(date(2026, 10, 1))  # the third is overdue
        today = date(2026, 10, 1)
        by_hand = closure([(line.outcome, line.date_deadline) for line in self.lines], today)
        self.assertEqual(by_hand, (1, 3))
        text = "33% (1 of 3 kept)"
        self.assertEqual(self.as_manager.closure_text, text)
        self.assertEqual(self.as_manager.get_closing()["person"], text)
        board = self.env["performance.review"].with_user(self.manager_user)
        self.assertEqual(
            board.get_preparation_summary()["closure"],
            {"count": 3, "rate": "33%", "text": "1 of 3 kept", "unsigned": ""},
        )
        self.assertEqual(self.first_cycle.with_user(self.officer_user).closure_text, text)
        for user in (self.worker_user, self.manager_user):
            person = self.env["hr.employee.public"].with_user(user).browse(self.worker.id)
            self.assertEqual(person.performance_closure, text)
            domain = person.action_open_promises()["domain"]
            found = self.env["performance.commitment"].with_user(user).search(domain)
            self.assertEqual(found.sudo(), self.lines)

    def test_a_second_review_counts_in_the_persons_rate_alone(self):
        self.mine(self.lines).action_set_outcome("closed")
        self.as_manager.action_finish()
        review = self.next_year()
        agreement = self.fill_next(self.to_agreement(review.sudo()))
        agreement.action_propose()
        self.sign_as(agreement)
        self.sign_as(agreement, self.worker_user)
        self.assertEqual(review.closure_text, "Nothing was due yet")
        agreement.commitment_ids[0].with_user(self.manager_user).action_set_outcome("untouched")
        self.env.invalidate_all()
        self.assertEqual(review.closure_text, "0% (0 of 1 kept)")
        self.assertEqual(review.get_closing()["person"], "75% (3 of 4 kept)")
        cycles = (self.first_cycle | review.sudo().cycle_id).with_user(self.officer_user)
        self.assertEqual(cycles.mapped("closure_text"), ["100% (3 of 3 kept)", "0% (0 of 1 kept)"])

    def test_the_rate_of_somebody_is_for_two_people(self):
        self.mine(self.lines).action_set_outcome("closed")
        for user in (self.director_user, self.officer_user, self.outsider_user, self.rival_user):
            person = self.env["hr.employee.public"].with_user(user)
            if user == self.rival_user:
                with self.assertRaises(AccessError):
                    person.browse(self.worker.id).read(["performance_closure"])
                continue
            self.assertFalse(person.browse(self.worker.id).performance_closure, user.name)
        board = self.env["performance.review"].with_user(self.director_user)
        self.assertFalse(board.get_preparation_summary()["closure"]["count"])

    def test_the_employee_reads_it_in_the_portal(self):
        self.mine(self.change).action_set_outcome("recurred", "Back since May")
        self.mine(self.change).action_drop("A colleague does it")
        self.mine(self.support | self.development).action_set_outcome("closed")
        self.env.flush_all()
        self.authenticate(self.worker_user.login, self.worker_user.login)
        page = self.url_open(f"/my/reviews/{self.first.id}").text
        for text in ("Back since May", "A colleague does it", "67% (2 of 3 kept)"):
            self.assertIn(text, page)
        self.assertIn("67% (2 of 3 kept)", self.url_open("/my/reviews").text)

    def test_as_many_queries_for_many_promises(self):
        first = self.count_queries(self.as_manager.get_closing)
        agreement = self.first.agreement_id.sudo()
        agreement.flush_recordset()
        for line in self.lines.sudo():
            for _each in range(4):
                self.record(self.change, 50.0)
            line.flush_recordset()
        self.assertLessEqual(self.count_queries(self.as_manager.get_closing), first)
