from datetime import date, timedelta
from itertools import product
from random import Random
from unittest import TestCase

from ..tools.closure import BROKEN, KEPT, OPEN, Rates, add_up, closure, is_due, split

TODAY = date(2026, 3, 2)
OUTCOMES = (*KEPT, *BROKEN, OPEN)
DEADLINES = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
EVERY = tuple(product(OUTCOMES, DEADLINES))


class TestClosure(TestCase):
    def test_nothing_makes_no_rate(self):
        self.assertIsNone(closure([], TODAY).rate)
        self.assertIsNone(closure([(OPEN, None), (OPEN, TODAY)], TODAY).rate, "nobody can tell yet")

    def test_what_ended_counts_whatever_its_day(self):
        for deadline in DEADLINES:
            for outcome in KEPT:
                self.assertEqual(closure([(outcome, deadline)], TODAY), (1, 1))
            for outcome in BROKEN:
                self.assertEqual(closure([(outcome, deadline)], TODAY), (0, 1))

    def test_what_is_open_counts_once_its_day_is_over(self):
        self.assertEqual(
            [is_due(OPEN, deadline, TODAY) for deadline in DEADLINES], [False, True, False, False]
        )
        self.assertEqual(closure([(OPEN, DEADLINES[1])], TODAY).rate, 0.0)

    def test_rate(self):
        promises = [("closed", None), ("improved", None), ("recurred", None), (OPEN, TODAY)]
        self.assertEqual(closure(promises, TODAY), (2, 3))
        self.assertAlmostEqual(closure(promises, TODAY).rate, 66.67, places=2)

    def test_what_is_not_signed_counts_apart(self):
        late = DEADLINES[1]
        found = split(
            [("closed", None, False, 2), (OPEN, late, False, 1), ("untouched", None, True, 4)],
            TODAY,
        )
        self.assertEqual(found, Rates((2, 3), (0, 4)))
        self.assertEqual(found.total, 7)
        self.assertEqual(split([], TODAY), Rates(None, None))
        not_due = split([(OPEN, TODAY, True, 1)], TODAY)
        self.assertEqual(not_due, Rates(None, (0, 0)), "promised, and nobody can tell yet")
        self.assertEqual(add_up([found, not_due, found]), Rates((4, 6), (0, 8)))
        self.assertEqual(add_up([]), Rates(None, None))

    def test_properties(self):
        """Whatever was promised: bounds, order, adding up, and what one more promise does."""
        random = Random(6)
        for _round in range(300):
            promises = random.choices(EVERY, k=random.randint(0, 12))
            more = random.choices(EVERY, k=random.randint(0, 12))
            found, other = closure(promises, TODAY), closure(more, TODAY)
            self.assertTrue(0 <= found.closed <= found.total <= len(promises))
            self.assertTrue(found.rate is None or 0 <= found.rate <= 100)
            self.assertEqual(closure(reversed(promises), TODAY), found)
            both = closure(promises + more, TODAY)
            self.assertEqual(both.closed, found.closed + other.closed)
            self.assertEqual(both.total, found.total + other.total)
            # Time alone makes nothing better, and a promise kept makes nothing worse.
            later = closure(promises, TODAY + timedelta(days=400))
            self.assertGreaterEqual(later.total, found.total)
            self.assertEqual(later.closed, found.closed)
            kept = closure([*promises, ("closed", None)], TODAY)
            self.assertGreaterEqual(kept.rate, found.rate or 0)
