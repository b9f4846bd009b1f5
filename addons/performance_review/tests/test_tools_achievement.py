import math
from unittest import TestCase

from ..tools.achievement import DIRECTIONS, LIMIT, achievement, same_number


class TestAchievement(TestCase):
    def check(self, expected, baseline, target, actual, direction):
        with self.subTest(baseline=baseline, target=target, actual=actual, direction=direction):
            found = achievement(baseline, target, actual, direction)
            self.assertEqual(found, expected)
            self.assertIsInstance(found, float)
            self.assertFalse(math.copysign(1, found) < 0 and found == 0, "negative zero")

    def test_directions(self):
        self.assertEqual(DIRECTIONS, ("up", "down"))

    def test_up_is_the_share_of_the_path(self):
        self.check(0.0, 50, 100, 50, "up")
        self.check(50.0, 50, 100, 75, "up")
        self.check(100.0, 50, 100, 100, "up")
        self.check(90.0, 0, 200, 180, "up")
        self.check(25.0, -10, 10, -5, "up")
        self.check(50.0, -30, -10, -20, "up")

    def test_up_may_exceed_the_target_or_fall_behind_the_baseline(self):
        self.check(150.0, 50, 100, 125, "up")
        self.check(-40.0, 50, 100, 30, "up")

    def test_down_is_the_share_of_the_path(self):
        self.check(0.0, 14, 6, 14, "down")
        self.check(75.0, 14, 6, 8, "down")
        self.check(100.0, 14, 6, 6, "down")
        self.check(125.0, 14, 6, 4, "down")
        self.check(-25.0, 14, 6, 16, "down")
        self.check(50.0, 10, 0, 5, "down")
        self.check(100.0, 10, 0, 0, "down")

    def test_down_without_a_usable_baseline_compares_with_the_target(self):
        self.check(100.0, 0, 3, 3, "down")
        self.check(50.0, 0, 3, 6, "down")
        self.check(133.33, 0, 3, 2, "down")
        self.check(200.0, 0, 3, 0, "down")
        self.check(233.33, 0, 3, -1, "down")
        self.check(0.0, -5, 0, 4, "down")
        self.check(-50.0, -10, -5, 10, "down")
        self.check(0.0, -10, -5, -4, "down")
        self.check(0.0, -10, -5, 0, "down")
        self.check(100.0, -10, -5, -5, "down")

    def test_target_equal_to_baseline_is_all_or_nothing(self):
        self.check(100.0, 95, 95, 95, "up")
        self.check(100.0, 95, 95, 99, "up")
        self.check(0.0, 95, 95, 94.9, "up")
        self.check(100.0, 5, 5, 5, "down")
        self.check(100.0, 5, 5, 1, "down")
        self.check(0.0, 5, 5, 5.1, "down")
        self.check(100.0, 0, 0, 0, "up")
        self.check(0.0, 0, 0, 1, "down")

    def test_target_equal_to_baseline_but_for_binary_noise(self):
        self.check(0.0, 0.3, 0.1 + 0.2, 0.2, "up")
        self.check(0.0, 0.1 + 0.2, 0.3, 0.4, "down")

    def test_up_below_the_baseline_is_contradictory_and_stays_sane(self):
        self.check(100.0, 100, 80, 80, "up")
        self.check(100.0, 100, 80, 120, "up")
        self.check(50.0, 100, 80, 40, "up")
        self.check(-25.0, 100, 80, -20, "up")
        self.check(50.0, 5, 0.5, 0.25, "up")
        self.check(0.0, 5, 0, -1, "up")
        self.check(0.0, 5, -2, -3, "up")
        self.check(100.0, 5, -2, -2, "up")

    def test_two_digits(self):
        self.check(33.33, 0, 3, 1, "up")
        self.check(66.67, 0, 3, 2, "up")
        self.check(66.67, 3, 0, 1, "down")
        self.check(0.0, 1, 3, 1.000001, "up")
        self.check(0.0, 1, 3, 0.999999, "up")

    def test_figures_stay_finite(self):
        self.assertEqual(LIMIT, 1e6)
        self.check(LIMIT, 0, 1e-12, 1, "up")
        self.check(-LIMIT, 0, 1e-12, -1, "up")
        self.check(200.0, 0, 1, 5e-324, "down")
        self.check(50.0, -1.7e308, 1.7e308, 0, "up")
        self.check(100.0, -1.7e308, 1.7e308, 1.7e308, "up")
        self.check(LIMIT, 0, 5e-324, 1, "up")

    def test_unknown_direction(self):
        for direction in ("", "UP", "left", None, False):
            with self.subTest(direction=direction), self.assertRaises(ValueError):
                achievement(0, 1, 1, direction)

    def test_unknown_direction_also_when_the_target_is_the_baseline(self):
        with self.assertRaises(ValueError):
            achievement(1, 1, 1, "sideways")

    def test_figures_that_are_no_numbers(self):
        for figures in ((math.nan, 1, 1), (0, math.inf, 1), (0, 1, -math.inf)):
            with self.subTest(figures=figures), self.assertRaises(ValueError):
                achievement(*figures, "up")


class TestSameNumber(TestCase):
    def test_noise_is_the_same(self):
        self.assertTrue(same_number(0.1 + 0.2, 0.3))
        self.assertTrue(same_number(0, 0.0))
        self.assertTrue(same_number(-5, -5))

    def test_a_difference_people_can_see_is_not(self):
        self.assertFalse(same_number(0, 1e-12))
        self.assertFalse(same_number(1, 1.000001))
        self.assertFalse(same_number(5, -5))
