import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from unittest import TestCase

from ..tools.digest import canonical_json, read_canonical, sha256_hex, short_code


class TestCanonicalJson(TestCase):
    def test_keys_are_sorted_at_every_depth(self):
        self.assertEqual(
            canonical_json({"b": 1, "a": [{"d": 2, "c": 3}]}), '{"a":[{"c":3,"d":2}],"b":1}'
        )

    def test_same_content_same_text(self):
        self.assertEqual(
            canonical_json({"x": 1, "y": (1, 2)}), canonical_json({"y": [1, 2], "x": 1})
        )

    def test_order_of_a_list_is_content(self):
        self.assertNotEqual(canonical_json([1, 2]), canonical_json([2, 1]))

    def test_plain_values(self):
        self.assertEqual(
            canonical_json([None, True, False, 0, -1, 1.5, "", []]),
            '[null,true,false,0,-1,1.5,"",[]]',
        )
        self.assertEqual(canonical_json("text"), '"text"')
        self.assertEqual(canonical_json({}), "{}")

    def test_unicode_is_kept(self):
        self.assertEqual(canonical_json({"目标": "准时率 ≥ 95% ✓"}), '{"目标":"准时率 ≥ 95% ✓"}')

    def test_quotes_and_line_ends_are_escaped(self):
        self.assertEqual(canonical_json('a"b\n'), '"a\\"b\\n"')

    def test_dates(self):
        self.assertEqual(canonical_json(date(2026, 3, 1)), '"2026-03-01"')
        self.assertEqual(canonical_json(datetime(2026, 3, 1, 9, 5, 7)), '"2026-03-01T09:05:07"')
        zone = timezone(timedelta(hours=8))
        self.assertEqual(
            canonical_json(datetime(2026, 3, 1, 9, tzinfo=zone)), '"2026-03-01T09:00:00+08:00"'
        )

    def test_text_read_back_gives_the_same_text(self):
        data = {
            "z": [1, 2.0, 1e-7, -0.0, 1e20],
            "10": date(2026, 1, 1),
            "9": {"é": None, "e": False, "中": ["\u2028", "\\"]},
        }
        text = canonical_json(data)
        self.assertEqual(canonical_json(json.loads(text, parse_int=float)), text)
        self.assertEqual(canonical_json(read_canonical(text)), text)

    def test_numbers_and_keys_as_rfc_8785_writes_them(self):
        # Its own examples: appendix B, and the order of keys in section 3.2.3 (by UTF-16).
        for number, text in (
            (8.0, "8"), (0.0, "0"), (4.5, "4.5"), (1e30, "1e+30"), (2e-3, "0.002"),
            (333333333.33333329, "333333333.3333333"), (1e21, "1e+21"), (9.5e-7, "9.5e-7"),
        ):  # fmt: skip
            with self.subTest(number=number):
                self.assertEqual(canonical_json(number), text)
        keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\u00f6"]
        written = json.loads(canonical_json(dict.fromkeys(keys)), object_pairs_hook=list)
        self.assertEqual(
            [key for key, _value in written],
            ["\r", "1", "\x80", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"],
        )

    def test_only_the_canonical_text_is_read(self):
        self.assertEqual(read_canonical('{"a":[1,"中"]}'), {"a": [1.0, "中"]})
        for text in ('{"a": 1}', '{"b":1,"a":1}', '{"a":1.0}', '{"a":"\\u4e2d"}', "{", "NaN",
                     '{"a":1,"a":1}'):  # fmt: skip
            with self.subTest(text=text), self.assertRaises(ValueError):
                read_canonical(text)

    def test_numbers_without_a_place(self):
        for value in (float("nan"), float("inf"), float("-inf"), 2**53, -(2**53)):
            with self.subTest(value=value), self.assertRaises(ValueError):
                canonical_json({"deep": [value]})

    def test_types_without_a_place(self):
        for value in ({1, 2}, b"bytes", Decimal("1.5"), object(), 1j, range(3)):
            with self.subTest(value=value), self.assertRaises(TypeError):
                canonical_json([value])

    def test_keys_are_texts(self):
        for key in (1, None, True, 1.5, date(2026, 1, 1)):
            with self.subTest(key=key), self.assertRaises(TypeError):
                canonical_json({"deep": {key: 1}})

    def test_data_that_contains_itself(self):
        data = []
        data.append({"again": data})
        with self.assertRaises(ValueError):
            canonical_json(data)

    def test_same_part_twice_is_no_circle(self):
        part = {"a": 1}
        self.assertEqual(canonical_json([part, part]), '[{"a":1},{"a":1}]')

    def test_argument_is_left_alone(self):
        data = {"day": date(2026, 1, 1), "list": (1,)}
        canonical_json(data)
        self.assertEqual(data, {"day": date(2026, 1, 1), "list": (1,)})


class TestSha256(TestCase):
    def test_known_values(self):
        # FIPS 180-4 example and the digest of nothing.
        self.assertEqual(
            sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        self.assertEqual(
            sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )

    def test_utf8(self):
        # printf '中' | sha256sum
        self.assertEqual(
            sha256_hex("中"), "a567bdaa11367f260f0708391f4d10766b5962f565d9e432f17981a3584fe1e2"
        )

    def test_code_to_compare_by_eye(self):
        self.assertEqual(short_code(sha256_hex("abc")), "ba78-16bf-8f01-cfea")
        self.assertEqual(short_code(""), "---")

    def test_half_a_character(self):
        with self.assertRaises(UnicodeEncodeError):
            sha256_hex("\ud800")
        with self.assertRaises(ValueError):
            canonical_json(["\ud800"])
