from unittest import TestCase

from ..tools.ladder import find_rung, read_days

BEFORE, AFTER = (30, 10, 3, 1), (1, 7, 14)


class TestReadDays(TestCase):
    def test_as_people_type_them(self):
        for text in ("30, 10, 3, 1", "1 3 10 30", "30，10、3,1", "30/10/3/1", "10, 10, 30, 3, 1"):
            with self.subTest(text=text):
                self.assertEqual(read_days(text), BEFORE)
        self.assertEqual(read_days("0"), (0,))

    def test_everything_else(self):
        for text in ("", " ", "soon", "-1", "1.5", "366", "99999", "1 2 3 4 5 6 7 8 9", "١"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                read_days(text)


class TestFindRung(TestCase):
    def rungs(self, days, known=100, after=AFTER):
        return [find_rung(left, known, BEFORE, after) for left in days]

    def test_the_latest_that_has_come(self):
        self.assertEqual(self.rungs((40, 31)), [None, None])
        self.assertEqual(self.rungs((30, 29, 11)), [30, 30, 30])
        self.assertEqual(self.rungs((10, 4, 3, 2, 1, 0)), [10, 10, 3, 3, 1, 1])

    def test_after_the_date(self):
        self.assertEqual(self.rungs((-1, -6, -7, -13, -14, -90)), [-1, -1, -7, -7, -14, -14])
        self.assertEqual(self.rungs((-1, -7, -20), after=(0, 7, 0)), [None, -7, -7])
        self.assertEqual(self.rungs((-1, -20), after=(0, 0, 0)), [None, None])

    def test_what_was_over_when_it_came_up_is_no_news(self):
        self.assertEqual(self.rungs((5, 4, 3, 1), known=5), [None, None, 3, 1])
        self.assertEqual(self.rungs((10, 3), known=10), [None, 3])
        self.assertEqual(self.rungs((0,), known=0), [None])
        # Overdue it is, whenever it came up.
        self.assertEqual(self.rungs((-1,), known=-5), [-1])
