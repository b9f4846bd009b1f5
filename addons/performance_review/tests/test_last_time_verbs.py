from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .ring_common import RingCommon

VERBS = ("action_take_along", "action_settle", "action_came_back")


@tagged("post_install", "-at_install")
class TestLastTimeVerbs(RingCommon):
    """What one click in the band "Last time" does, and for whom."""

    def line_of(self, review, line):
        """Return ``line`` as the band of ``review`` shows it to its user."""
        return next(each for each in review.get_last_time()["lines"] if each["id"] == line.id)

    def finish_first(self, **outcomes):
        """Finish the review of 2026 with the outcomes that are given, whatever is missing."""
        self.first_cycle.gate_mode = "advisory"
        self.first.with_user(self.manager_user).action_next()
        self.assertEqual(self.first.state, "done")

    def test_what_is_taken_along_becomes_a_point(self):
        change, support, development = self.sign_first()
        self.record(change, 40.0)
        change.action_outcome_recurred()
        review = self.next_year()
        lines = (change | support | development).with_user(self.manager_user)
        self.assertTrue(all(each["can_take_along"] for each in review.get_last_time()["lines"]))
        lines.action_take_along()
        points = review.point_ids.sorted("id")
        self.assertEqual(points.mapped("kind"), ["gap", "support", "support"])
        self.assertEqual(points.mapped("nature"), ["behaviour", "result", "result"])
        self.assertEqual(points.mapped("name"), lines.mapped("name"))
        self.assertEqual(points.commitment_id, lines)
        self.assertEqual(points[0].theme_id, self.theme)
        self.assertEqual(
            points[0].fact,
            "Agreed in Year 2026 · until 06/30/2026 · Came back · 40%",
        )
        self.assertEqual(points.mapped("is_complete"), [True] * 3)
        for each in review.get_last_time()["lines"]:
            self.assertEqual((each["is_taken"], each["can_take_along"]), (True, False))

    def test_twice_is_once(self):
        change, support, _development = self.sign_first()
        review = self.next_year()
        line = change.with_user(self.manager_user)
        for _click in range(2):
            line.action_take_along()
            line.action_came_back()
            support.with_user(self.manager_user).action_settle()
        self.assertEqual(len(review.point_ids), 1)
        self.assertEqual((change.outcome, support.outcome), ("recurred", "closed"))

    def test_what_is_dropped_says_why_and_is_proposed_no_more(self):
        change, support, development = self.sign_first()
        self.finish_first()
        review = self.next_year()
        mine = change.with_user(self.manager_user)
        with self.assertRaisesRegex(UserError, "is missing"):
            mine.action_leave("  ")
        for user in (self.worker_user, self.director_user, self.officer_user):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                change.with_user(user).action_leave("No")
        self.assertTrue(self.line_of(review, change)["can_leave"])
        mine.action_leave("The bench is gone")
        mine.action_leave("Twice is once")
        self.assertEqual(
            (change.drop_reason, change.drop_review_id), ("The bench is gone", review.sudo())
        )
        shown = self.line_of(review, change)
        self.assertIn("dropped: The bench is gone", shown["note"])
        self.assertFalse(shown["can_leave"])
        self.assertNotIn(change.id, [each["commitment_id"] for each in review.get_proposals()])
        self.assertIn("bench is gone", str(review.with_user(self.worker_user).get_last_time()))
        # Thought better of.
        mine.action_take_along()
        self.assertFalse(change.drop_reason)
        with self.assertRaisesRegex(UserError, "taken along"):
            mine.action_leave("No")
        support.with_user(self.manager_user).action_settle()
        with self.assertRaisesRegex(UserError, "nothing to drop"):
            support.with_user(self.manager_user).action_leave("No")
        self.assertEqual(development.outcome, "open")

    def test_a_point_that_was_made_by_hand_counts(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        review.point_ids.create(
            {"review_id": review.id, "kind": "gap", "name": "Mine", "commitment_id": change.id}
        )
        self.assertTrue(self.line_of(review, change)["is_taken"])
        change.with_user(self.manager_user).action_take_along()
        self.assertEqual(review.point_ids.mapped("name"), ["Mine"])
        self.assertNotIn(change.id, [each["commitment_id"] for each in review.get_proposals()])

    def test_kept_and_to_be_widened_is_a_strength(self):
        agreement = self.fill_agreement(self.to_agreement(self.first))
        keep = agreement.commitment_ids.create(
            {"agreement_id": agreement.id, "kind": "keep", "name": "Asks before ordering"}
        )
        agreement.action_propose()
        self.sign_as(agreement)
        self.sign_as(agreement, self.worker_user)
        keep.action_outcome_improved()
        review = self.next_year()
        keep.with_user(self.manager_user).action_take_along()
        self.assertEqual(review.point_ids.kind, "strength")

    def test_into_the_draft_once_there_is_one(self):
        change, support, _development = self.sign_first()
        review = self.next_year()
        draft = self.to_agreement(review.sudo()).with_user(self.manager_user)
        before = draft.commitment_ids
        line = support.with_user(self.manager_user)
        for _click in range(2):
            line.action_take_along()
        taken = draft.commitment_ids - before
        self.assertEqual(
            (taken.kind, taken.name, taken.owner, taken.origin_commitment_id, taken.times),
            ("support", "A second bench", "reviewer", support, 2),
        )
        self.assertFalse(taken.date_deadline, "a day that is over is not agreed on again")
        self.assertEqual(taken.outcome, "open")
        self.assertTrue(self.line_of(review, support)["is_taken"])
        # Once it is proposed it stays as it is.
        self.fill_next(draft).action_propose()
        self.assertFalse(self.line_of(review, change)["can_take_along"])
        with self.assertRaisesRegex(UserError, "has been proposed"):
            change.with_user(self.manager_user).action_take_along()
        self.assertTrue(self.line_of(review, change)["can_settle"])

    def test_the_outcome_counts_at_once(self):
        change, support, development = self.sign_first()
        review = self.next_year()
        self.assertEqual(review.get_last_time()["closure"]["text"], "0 of 3 kept")
        development.with_user(self.manager_user).action_settle("improved")
        support.with_user(self.manager_user).action_settle()
        change.with_user(self.manager_user).action_came_back()
        found = review.get_last_time()
        self.assertEqual(found["closure"]["text"], "2 of 3 kept")
        self.assertEqual(
            {each["id"]: each["outcome"] for each in found["lines"]},
            {change.id: "recurred", support.id: "closed", development.id: "improved"},
        )
        # The review of 2026 still runs: a slip is corrected.
        support.with_user(self.manager_user).action_came_back()
        self.assertEqual(support.outcome, "recurred")

    def test_a_review_that_is_done_keeps_its_outcomes(self):
        change, support, _development = self.sign_first()
        change.action_outcome_improved()
        review = self.next_year()
        self.finish_first()
        fixed = change.with_user(self.manager_user)
        self.assertFalse(self.line_of(review, change)["can_settle"])
        with self.assertRaisesRegex(UserError, "its outcomes stay"):
            fixed.action_came_back()
        fixed.action_settle("improved")
        fixed.action_take_along()
        self.assertEqual(review.point_ids.commitment_id, change)
        # What it left open is settled here, and may be corrected here.
        self.assertTrue(self.line_of(review, support)["can_settle"])
        support.with_user(self.manager_user).action_settle()
        self.assertEqual((support.outcome, support.outcome_review_id), ("closed", review))
        support.with_user(self.manager_user).action_came_back()
        self.assertEqual(support.outcome, "recurred")
        with self.assertRaisesRegex(UserError, "its outcomes stay"):
            support.with_user(self.manager_user).action_outcome_closed()

    def test_nothing_without_an_open_review_that_follows(self):
        change, _support, _development = self.sign_first()
        for verb in VERBS:
            with self.subTest(verb), self.assertRaisesRegex(UserError, "No open review"):
                getattr(change.with_user(self.manager_user), verb)()
        review = self.next_year()
        review.sudo().action_end("Left the company")
        for verb in VERBS:
            with self.subTest(verb), self.assertRaisesRegex(UserError, "No open review"):
                getattr(change.with_user(self.manager_user), verb)()
        shown = self.line_of(review, change)
        self.assertEqual((shown["can_take_along"], shown["can_settle"]), (False, False))

    def test_only_what_holds(self):
        change, _support, _development = self.sign_first()
        amendment = change.agreement_id.browse(change.agreement_id.action_amend()["res_id"])
        self.next_year()
        draft_line = amendment.commitment_ids[:1].with_user(self.manager_user)
        for verb in VERBS:
            with self.subTest(verb), self.assertRaisesRegex(UserError, "an agreement that holds"):
                getattr(draft_line, verb)()

    def test_other_words_are_refused(self):
        change, _support, _development = self.sign_first()
        self.next_year()
        for outcome in ("recurred", "open", "x", 7, None, ["closed"]):
            with self.subTest(outcome), self.assertRaises(UserError):
                change.with_user(self.manager_user).action_settle(outcome)
        self.assertEqual(change.outcome, "open")

    def test_others_do_nothing(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        for user in (
            self.worker_user, self.officer_user, self.director_user, self.peer_manager_user,
            self.outsider_user, self.rival_user, self.stranger_user, self.foreign_officer_user,
            self.administrator_user,
        ):  # fmt: skip
            for verb in VERBS:
                with self.subTest(user=user.login, verb=verb), self.assertRaises(AccessError):
                    getattr(change.with_user(user), verb)()
        self.assertFalse(review.sudo().point_ids)
        self.assertEqual(change.outcome, "open")
        with self.assertRaises(AccessError):
            change.with_user(self.manager_user).outcome_review_id = review

    def test_a_new_reviewer_does_nothing_about_what_is_not_to_be_read(self):
        change, _support, _development = self.sign_first()
        self.worker.parent_id = self.peer_manager
        self.next_year()
        for user in (self.peer_manager_user, self.manager_user):
            for verb in VERBS:
                with self.subTest(user=user.login, verb=verb), self.assertRaises(AccessError):
                    getattr(change.with_user(user), verb)()

    def test_the_employee_does_not_learn_of_the_sheet(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        change.with_user(self.manager_user).action_take_along()
        for user in (self.worker_user, self.director_user):
            shown = self.line_of(review.with_user(user), change)
            self.assertEqual(
                (shown["is_taken"], shown["can_take_along"], shown["can_settle"]), (False,) * 3
            )
        self.assertTrue(self.line_of(review.with_user(self.officer_user), change)["is_taken"])
        self.to_agreement(review.sudo())
        self.assertTrue(self.line_of(review.with_user(self.worker_user), change)["is_taken"])


@tagged("post_install", "-at_install")
class TestPortalLastTime(RingCommon, HttpCase):
    """The same band on the employee's page."""

    def open_as(self, user, review):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/my/reviews/{review.id}").text

    def test_the_employee_reads_and_cannot_act(self):
        change, support, _development = self.sign_first()
        self.record(change, 30.0)
        self.record(change, 70.0)
        change.action_outcome_recurred()
        review = self.next_year()
        change.with_user(self.manager_user).action_take_along()
        page = self.open_as(self.worker_user, review)
        self.assertIn("0 of 3 kept", page)
        self.assertIn("0%", page)
        self.assertIn("Came back", page)
        self.assertIn("o_pr_sparkline", page)
        self.assertLess(page.index(support.name), page.index(change.name), "the debt first")
        self.assertLess(page.index("0 of 3 kept"), page.index("What went well?"), "at the head")
        for secret in ("Take along", "Taken along", "action_take_along", "Agreed in Year 2026 ·"):
            self.assertNotIn(secret, page)

    def test_a_first_review_has_no_band(self):
        page = self.open_as(self.worker_user, self.first)
        self.assertNotIn("Last time", page)
