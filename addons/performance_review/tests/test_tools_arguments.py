import re
from datetime import date, datetime
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..tools import arguments

LABEL = "Your answer"
NO_TEXT = (5, 0, 1.5, True, [], ["a"], {}, b"bytes")
NO_NUMBER = (float("nan"), "nan", "many", [], {}, True, b"1")
NO_ID = (0, -1, 2**31, 1e999, float("nan"), 1.0, "", "x", "²", "9" * 30, True, [], [1], {}, b"1")


@tagged("post_install", "-at_install")
class TestArguments(TransactionCase):
    """Whatever comes from outside is read, or refused with one sentence that names it."""

    def assert_refused(self, read, values, *args, **kwargs):
        for value in values:
            with self.subTest(value=value), self.assertRaises(UserError) as refused:
                read(self.env, value, LABEL, *args, **kwargs)
            message = refused.exception.args[0]
            self.assertIn(LABEL, message)
            self.assertEqual(message.count("."), 1 + message.count("..."), message)

    def test_text(self):
        read = arguments.read_text
        self.assertEqual(read(self.env, "我 said\n\tso 🙂", LABEL), "我 said\n\tso 🙂")
        for nothing in (None, False, ""):
            self.assertEqual(read(self.env, nothing, LABEL), "")
        self.assert_refused(read, NO_TEXT)
        self.assert_refused(read, ("a\0b", "\ud800", "x\udfff"))
        self.assertEqual(len(read(self.env, "x" * 200, LABEL, limit=200)), 200)
        self.assert_refused(read, ("x" * 201,), limit=200)
        self.assert_refused(read, ("x" * (arguments.TEXT_LIMIT + 1),))

    def test_required_text(self):
        self.assert_refused(arguments.read_text, (None, False, "", " \n"), required=True)
        self.assertEqual(arguments.read_text(self.env, " a", LABEL, required=True), " a")

    def test_number(self):
        read = arguments.read_number
        for value in (5, 5.5, -0.25, 0):
            self.assertEqual(read(self.env, value, LABEL), value)
        self.assertEqual(read(self.env, "5.5", LABEL), 5.5)
        self.assertEqual(read(self.env, None, LABEL), 0)
        self.assert_refused(read, NO_NUMBER)
        self.assert_refused(read, (float("inf"), float("-inf"), 1e999, 1e13, 10**400, "inf"))
        self.assert_refused(read, (-1, 101), low=0, high=100)

    def test_integer(self):
        read = arguments.read_integer
        self.assertEqual(read(self.env, 5.0, LABEL), 5)
        self.assertEqual(read(self.env, "5", LABEL), 5)
        self.assertEqual(read(self.env, 2**31 - 1, LABEL), 2**31 - 1)
        self.assert_refused(read, (5.5, 2**31, -(2**40), 1e999, *NO_NUMBER))

    def test_date(self):
        read = arguments.read_date
        day = date(2026, 3, 2)
        for value in (day, datetime(2026, 3, 2, 9), "2026-03-02", "2026-03-02 09:00:00"):
            self.assertEqual(read(self.env, value, LABEL), day)
        self.assertIsNone(read(self.env, False, LABEL))
        self.assert_refused(read, ("9999-01-01", "1899-12-31", date(2201, 1, 1)))
        self.assert_refused(read, ("soon", "2026-13-01", "99999-01-01", 5, [], {}, True))
        self.assert_refused(read, (date(2026, 3, 1),), low=day)

    def test_choice(self):
        read = arguments.read_choice
        choices = [("agree", "I agree"), ("acknowledge", "I acknowledge it")]
        self.assertEqual(read(self.env, "agree", LABEL, choices), "agree")
        self.assertEqual(read(self.env, "a", LABEL, ["a", "b"]), "a")
        self.assertIsNone(read(self.env, None, LABEL, choices, required=False))
        self.assert_refused(read, (None, False, "", "no", 5, [], ["agree"], {}), choices)
        with self.assertRaisesRegex(UserError, "I agree, I acknowledge it"):
            read(self.env, "no", LABEL, choices)

    def test_ids(self):
        self.assertEqual(arguments.read_id(self.env, 7, LABEL), 7)
        self.assertEqual(arguments.read_id(self.env, "7", LABEL), 7)
        self.assertIsNone(arguments.read_id(self.env, False, LABEL, required=False))
        self.assert_refused(arguments.read_id, (None, False, *NO_ID))
        self.assertEqual(arguments.read_ids(self.env, [7, 8], LABEL), [7, 8])
        self.assertEqual(arguments.read_ids(self.env, None, LABEL), [])
        self.assert_refused(arguments.read_ids, (7, "7", {7: 8}, [None], [1e999]))

    def test_each_limit_is_said_in_one_place(self):
        """A number beside a field would be the second place, and the first one forgotten."""
        addons = Path(__file__).resolve().parents[2]
        said = re.compile(r"\bsize=\d|^[A-Z_]*(NAME|TEXT|CHAR|REASON|POINT|PICTURE)_LIMIT\b", re.M)
        files = [*addons.glob("*/models/*.py"), *addons.glob("*/wizards/*.py")]
        self.assertGreater(len(files), 50)
        for file in files:
            with self.subTest(file=file.name):
                self.assertIsNone(said.search(file.read_text(encoding="utf-8")))

    def test_mapping(self):
        answers = {"useful": 4}
        self.assertIs(arguments.read_mapping(self.env, answers, LABEL), answers)
        self.assert_refused(arguments.read_mapping, (None, [], "x", 5, {1: 2}))

    def test_picture(self):
        read = arguments.read_picture
        self.assertEqual(read(self.env, "aGk=", LABEL), "aGk=")
        self.assertEqual(read(self.env, b"aGk=", LABEL), b"aGk=")
        for nothing in (None, False, "", b""):
            self.assertIsNone(read(self.env, nothing, LABEL))
        self.assert_refused(read, (5, ["aGk="], "a", "ü", {"a": 1}))
        # One full stop of the sentence and one of the number.
        with self.assertRaisesRegex(UserError, r"Your answer takes up to 1\.5 MB\."):
            read(self.env, "A" * (arguments.PICTURE_LIMIT + 4), LABEL)
