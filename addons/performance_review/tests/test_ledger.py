from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .ring_common import RingCommon


@tagged("post_install", "-at_install")
class TestLedger(RingCommon):
    """What I owe and what I am owed, of one review and of a whole team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.change, cls.support, cls.development = cls.sign_first()

    def names(self, ledger):
        return [[line["name"] for line in ledger[side]] for side in ("mine", "theirs")]

    def test_both_sides_of_one_review(self):
        own = [self.change.name, self.development.name]
        ledger = self.first.with_user(self.manager_user).get_ledger()
        self.assertEqual(self.names(ledger), [[self.support.name], own])
        self.assertFalse(ledger["is_team"])
        ledger = self.first.with_user(self.worker_user).get_ledger()
        self.assertEqual(self.names(ledger), [own, [self.support.name]])

    def test_what_is_overdue_comes_first_for_both(self):
        self.travel_to(date(2026, 7, 1))
        # The change is overdue since 30 June, the support since 15 May.
        for user, overdue in (
            (self.manager_user, {"mine": 1, "theirs": 1}),
            (self.worker_user, {"mine": 1, "theirs": 1}),
        ):
            ledger = self.first.with_user(user).get_ledger()
            self.assertEqual(ledger["overdue"], overdue)
            for side in ("mine", "theirs"):
                marks = [line["is_overdue"] for line in ledger[side]]
                self.assertEqual(marks, sorted(marks, reverse=True))

    def test_what_is_done_or_settled_is_owed_no_more(self):
        self.record(self.support, 100.0)
        self.change.with_user(self.manager_user).action_outcome_closed()
        ledger = self.first.with_user(self.manager_user).get_ledger()
        self.assertEqual(self.names(ledger), [[], [self.development.name]])

    def test_a_whole_team(self):
        second = self.review_of(self.first_cycle, self.porter)
        self.to_follow_up(second)
        Review = self.env["performance.review"]
        ledger = Review.with_user(self.manager_user).get_ledger()
        self.assertTrue(ledger["is_team"])
        self.assertEqual([len(ledger[side]) for side in ("mine", "theirs")], [2, 3])
        self.assertEqual({line["employee"] for line in ledger["mine"]}, {"Pr Worker", "Pr Porter"})
        # The line above and HR have no part in it.
        for user in (self.director_user, self.officer_user, self.outsider_user):
            ledger = Review.with_user(user).get_ledger()
            self.assertEqual(self.names(ledger), [[], []], user.name)
        with self.assertRaises(AccessError):
            self.first.with_user(self.outsider_user).get_ledger()

    def test_what_the_company_owes_is_the_reviewers(self):
        self.env.cr.execute(
            "UPDATE performance_commitment SET owner = 'company', owner_user_id = NULL "
            "WHERE id = %s",
            (self.support.id,),
        )
        self.env.invalidate_all()
        ledger = self.first.with_user(self.manager_user).get_ledger()
        self.assertIn(self.support.name, self.names(ledger)[0])
        ledger = self.first.with_user(self.worker_user).get_ledger()
        self.assertIn(self.support.name, self.names(ledger)[1])

    def test_as_many_queries_for_a_larger_team(self):
        Review = self.env["performance.review"].with_user(self.manager_user)
        few = self.count_queries(Review.get_ledger)
        self.to_follow_up(self.review_of(self.first_cycle, self.porter))
        self.assertLessEqual(self.count_queries(Review.get_ledger), few)
