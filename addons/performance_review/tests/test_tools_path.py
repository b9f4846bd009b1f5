from datetime import date, timedelta
from random import Random
from unittest import TestCase

from ..tools.path import BEHIND, ON_TRACK, REACHED, Path, draw, standing

START, END = date(2026, 1, 1), date(2026, 4, 11)  # a hundred days
HALF = START + timedelta(days=50)


class TestPath(TestCase):
    def test_expected(self):
        up = Path(0.0, 10.0, "up", START, END)
        self.assertEqual(
            [
                up.expected(day)
                for day in (START - timedelta(9), START, HALF, END, date(2027, 1, 1))
            ],
            [0.0, 0.0, 5.0, 10.0, 10.0],
        )
        self.assertEqual(Path(8.0, 4.0, "down", START, END).expected(HALF), 6.0)
        self.assertEqual(Path(0.0, 3.0, "down", START, END).expected(START), 3.0, "at most three")
        for start, end in ((None, END), (START, None), (END, START), (START, START)):
            self.assertIsNone(Path(0.0, 10.0, "up", start, end).expected(HALF))

    def test_standing(self):
        up = Path(0.0, 10.0, "up", START, END)
        for actual, found in ((10.0, REACHED), (5.0, ON_TRACK), (4.0, ON_TRACK), (3.9, BEHIND)):
            self.assertEqual(standing(up, actual, HALF), found, actual)
        self.assertEqual(standing(up, 9.9, END), BEHIND, "on the last day nothing is to come")
        down = Path(8.0, 4.0, "down", START, END)
        self.assertEqual(standing(down, 7.5, HALF), BEHIND)
        self.assertEqual(standing(down, 6.0, HALF), ON_TRACK)
        limit = Path(0.0, 3.0, "down", START, END)
        self.assertEqual([standing(limit, n, HALF) for n in (0.0, 3.0, 4.0)],
                         [REACHED, REACHED, BEHIND])  # fmt: skip
        self.assertEqual(standing(Path(0.0, 0.0, "down", START, END), 0.0, HALF), REACHED)
        no_start = Path(0.0, 10.0, "up", None, END)
        self.assertEqual(standing(no_start, 1.0, HALF), ON_TRACK)
        self.assertEqual(standing(no_start, 1.0, END + timedelta(1)), BEHIND)

    def test_drawing(self):
        up = Path(0.0, 10.0, "up", START, END)
        found = draw(up, [(START, 0.0), (HALF, 10.0)])
        self.assertEqual(found["path"], [(4.0, 52.0), (236.0, 4.0)])
        self.assertEqual(found["points"], [(4.0, 52.0), (120.0, 4.0)])
        self.assertIsNone(draw(Path(0.0, 10.0, "up", None, END), []))

    def test_properties(self):
        """Whatever is measured: within the picture, and more of the good is never worse."""
        random = Random(8)
        rank = (BEHIND, ON_TRACK, REACHED)
        for _round in range(300):
            baseline, target = random.uniform(-50, 50), random.uniform(-50, 50)
            way = Path(baseline, target, random.choice(("up", "down")), START, END)
            day = START + timedelta(days=random.randint(-10, 120))
            actual, more = random.uniform(-80, 80), random.uniform(0, 20)
            better = actual + more if way.direction == "up" else actual - more
            self.assertLessEqual(
                rank.index(standing(way, actual, day)), rank.index(standing(way, better, day))
            )
            measures = [
                (START + timedelta(days=random.randint(-5, 110)), random.uniform(-80, 80))
                for _each in range(random.randint(0, 6))
            ]
            drawn = draw(way, sorted(measures))
            for x, y in (*drawn["points"], *drawn["path"]):
                self.assertTrue(4 <= x <= 236 and 4 <= y <= 52)
