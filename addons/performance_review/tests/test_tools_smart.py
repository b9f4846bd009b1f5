from datetime import date
from unittest import TestCase

from ..tools.smart import ELEMENTS, missing_elements

COMPLETE = {
    "name": "Answer every ticket within a day",
    "metric": "Tickets answered within 24 hours",
    "unit": "%",
    "baseline": 82.0,
    "target": 95.0,
    "direction": "up",
    "means": "A second person on the early shift",
    "has_parent": True,
    "date_deadline": date(2026, 12, 31),
}
EMPTY = {
    "name": "",
    "metric": "",
    "unit": "",
    "baseline": 0.0,
    "target": 0.0,
    "direction": "",
    "means": "",
    "has_parent": False,
    "date_deadline": None,
}


class TestMissingElements(TestCase):
    def check(self, expected, **changes):
        with self.subTest(**changes):
            self.assertEqual(missing_elements(**{**COMPLETE, **changes}), expected)

    def test_order_of_the_elements(self):
        self.assertEqual(
            ELEMENTS,
            ("specific", "metric", "unit", "target", "direction", "means", "parent", "deadline"),
        )

    def test_complete(self):
        self.check([])
        self.check([], baseline=0.0)
        self.check([], target=-3.0, baseline=-4.0)
        self.check([], direction="down", baseline=14.0, target=6.0)
        self.check([], direction="down", baseline=14.0, target=0.0)

    def test_nothing_filled_in(self):
        self.assertEqual(missing_elements(**EMPTY), list(ELEMENTS))

    def test_odoo_writes_empty_values_as_false(self):
        self.assertEqual(missing_elements(**dict.fromkeys(COMPLETE, False)), list(ELEMENTS))
        self.assertEqual(missing_elements(**dict.fromkeys(COMPLETE)), list(ELEMENTS))

    def test_each_element_is_missed_by_its_own_name(self):
        for field, element in (
            ("name", "specific"),
            ("metric", "metric"),
            ("unit", "unit"),
            ("means", "means"),
        ):
            for blank in ("", " ", "\t\n", "\u3000\u00a0", "\u200b", " \ufeff ", None, False):
                self.check([element], **{field: blank})
        self.check(["parent"], has_parent=False)
        self.check(["deadline"], date_deadline=None)
        self.check(["deadline"], date_deadline=False)

    def test_one_character_is_text(self):
        for field in ("name", "metric", "unit", "means"):
            self.check([], **{field: "%"})

    def test_several_missing_keep_the_order(self):
        self.check(["specific", "unit", "deadline"], date_deadline=None, unit=" ", name="")

    def test_target_equal_to_baseline_is_no_target(self):
        self.check(["target"], baseline=95.0)
        self.check(["target"], baseline=0.0, target=0.0)
        self.check(["target"], baseline=None, target=None)
        self.check(["target"], baseline=None, target=0.0)
        self.check(["target"], baseline=0.3, target=0.1 + 0.2)
        self.check(["target"], baseline=95.0, direction="down")

    def test_empty_figures_count_as_zero(self):
        self.check([], baseline=None)
        self.check([], baseline=5.0, target=None, direction="down")

    def test_direction(self):
        for direction in ("", None, False, "UP", "sideways"):
            self.check(["direction"], direction=direction)

    def test_direction_against_the_figures(self):
        self.check(["direction"], baseline=95.0, target=82.0, direction="up")
        self.check(["direction"], baseline=6.0, target=14.0, direction="down")

    def test_missing_target_and_direction(self):
        self.check(["target", "direction"], baseline=95.0, direction="")

    def test_arguments_are_named(self):
        with self.assertRaises(TypeError):
            missing_elements(*COMPLETE.values())
