from datetime import date, timedelta
from unittest import TestCase

from ..tools.rhythm import RHYTHMS, checkpoint_dates


class TestCheckpointDates(TestCase):
    def test_rhythms(self):
        self.assertEqual(RHYTHMS, ("monthly", "quarterly", "custom"))

    def test_monthly(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 15), date(2026, 4, 15), "monthly"),
            [date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)],
        )

    def test_the_31st_does_not_drift(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 31), date(2026, 5, 31), "monthly"),
            [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31)],
        )
        self.assertEqual(
            checkpoint_dates(date(2027, 11, 30), date(2028, 3, 30), "monthly"),
            [date(2027, 12, 30), date(2028, 1, 30), date(2028, 2, 29), date(2028, 3, 30)],
        )

    def test_quarterly(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 31), date(2027, 1, 31), "quarterly"),
            [date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31), date(2027, 1, 31)],
        )

    def test_custom(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 1), date(2026, 3, 1), "custom", days=14),
            [
                *(date(2026, 1, 15), date(2026, 1, 29), date(2026, 2, 12)),
                date(2026, 3, 1),  # instead of 26 February, three days before
            ],
        )

    def test_days_mean_nothing_outside_the_custom_rhythm(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 1), date(2026, 3, 1), "monthly", days=3),
            [date(2026, 2, 1), date(2026, 3, 1)],
        )

    def test_end_is_always_the_last(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 1), date(2026, 3, 20), "monthly"),
            [date(2026, 2, 1), date(2026, 3, 1), date(2026, 3, 20)],
        )

    def test_end_before_the_first_step(self):
        for rhythm in ("monthly", "quarterly"):
            self.assertEqual(
                checkpoint_dates(date(2026, 1, 1), date(2026, 1, 20), rhythm), [date(2026, 1, 20)]
            )
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 1), date(2026, 1, 2), "custom", days=90),
            [date(2026, 1, 2)],
        )

    def test_regular_date_less_than_a_week_before_the_end_is_dropped(self):
        start = date(2026, 1, 1)
        for gap, kept in ((1, False), (6, False), (7, True), (8, True)):
            with self.subTest(gap=gap):
                end = date(2026, 2, 1) + timedelta(days=gap)
                expected = [date(2026, 2, 1), end] if kept else [end]
                self.assertEqual(checkpoint_dates(start, end, "monthly"), expected)

    def test_short_custom_rhythm_ends_a_week_before_the_end(self):
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 1), date(2026, 1, 14), "custom", days=3),
            [date(2026, 1, 4), date(2026, 1, 7), date(2026, 1, 14)],
        )
        self.assertEqual(
            checkpoint_dates(date(2026, 1, 1), date(2026, 1, 10), "custom", days=1),
            [date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 10)],
        )

    def test_nothing_without_a_period(self):
        for end in (date(2026, 1, 1), date(2025, 12, 31)):
            self.assertEqual(checkpoint_dates(date(2026, 1, 1), end, "monthly"), [])

    def test_limit_keeps_the_earliest_and_the_end(self):
        start, end = date(2026, 1, 1), date(2036, 1, 1)
        dates = checkpoint_dates(start, end, "monthly")
        self.assertEqual(len(dates), 60)
        self.assertEqual(dates[:2], [date(2026, 2, 1), date(2026, 3, 1)])
        self.assertEqual(dates[-2:], [date(2030, 12, 1), end])
        self.assertEqual(
            checkpoint_dates(start, end, "quarterly", limit=2), [date(2026, 4, 1), end]
        )
        self.assertEqual(checkpoint_dates(start, end, "monthly", limit=1), [end])

    def test_limit_exactly_met(self):
        dates = checkpoint_dates(date(2026, 1, 1), date(2026, 4, 1), "monthly", limit=3)
        self.assertEqual(dates, [date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)])

    def test_end_of_the_calendar(self):
        start, end = date(9999, 10, 15), date(9999, 12, 31)
        self.assertEqual(
            checkpoint_dates(start, end, "monthly"), [date(9999, 11, 15), date(9999, 12, 15), end]
        )
        self.assertEqual(checkpoint_dates(start, end, "quarterly"), [end])
        self.assertEqual(checkpoint_dates(start, end, "custom", days=10**12), [end])

    def test_dates_ascend_and_stay_inside(self):
        start = date(2025, 12, 31)
        for length in range(1, 400, 3):
            end = start + timedelta(days=length)
            for rhythm, days in (("monthly", 0), ("quarterly", 0), ("custom", 5)):
                with self.subTest(length=length, rhythm=rhythm):
                    dates = checkpoint_dates(start, end, rhythm, days, limit=100)
                    self.assertEqual(dates, sorted(set(dates)))
                    self.assertGreater(dates[0], start)
                    self.assertEqual(dates[-1], end)
                    self.assertTrue(all((end - day).days >= 7 for day in dates[:-1]))

    def test_unknown_rhythm(self):
        for rhythm in ("", "weekly", None, False):
            with self.subTest(rhythm=rhythm), self.assertRaises(ValueError):
                checkpoint_dates(date(2026, 1, 1), date(2026, 3, 1), rhythm)

    def test_custom_without_days(self):
        for days in (0, -1):
            with self.subTest(days=days), self.assertRaises(ValueError):
                checkpoint_dates(date(2026, 1, 1), date(2026, 3, 1), "custom", days=days)

        with self.assertRaises(ValueError):
            checkpoint_dates(date(2026, 1, 1), date(2026, 3, 1), "custom")

    def test_limit_below_one(self):
        for limit in (0, -1):
            with self.subTest(limit=limit), self.assertRaises(ValueError):
                checkpoint_dates(date(2026, 1, 1), date(2026, 3, 1), "monthly", limit=limit)

    def test_wrong_arguments_are_refused_even_when_there_is_nothing_to_do(self):
        with self.assertRaises(ValueError):
            checkpoint_dates(date(2026, 1, 1), date(2026, 1, 1), "weekly")
