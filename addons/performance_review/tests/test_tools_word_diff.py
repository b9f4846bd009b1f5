import time
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..tools.word_diff import IN, OUT, SAME, Piece, compare, get_after, get_before

TEXTS = st.text(alphabet="ab 。，目标降到４4.5\n!", max_size=60)


class TestWordDiff(TestCase):
    """What changed in a text, as one reads it."""

    def test_words(self):
        self.assertEqual(
            compare("Confirms handovers in writing", "Confirms every handover in writing"),
            [
                Piece(SAME, "Confirms "),
                Piece(OUT, "handovers"),
                Piece(IN, "every handover"),
                Piece(SAME, " in writing"),
            ],
        )

    def test_chinese_by_characters(self):
        self.assertEqual(
            compare("每月投诉降到四件", "每季投诉降到三件。"),
            [
                Piece(SAME, "每"), Piece(OUT, "月"), Piece(IN, "季"), Piece(SAME, "投诉降到"),
                Piece(OUT, "四"), Piece(IN, "三"), Piece(SAME, "件"), Piece(IN, "。"),
            ],
        )  # fmt: skip

    def test_a_figure_is_one_word(self):
        self.assertEqual(compare("to 4.5", "to 4.25"), [
            Piece(SAME, "to "), Piece(OUT, "4.5"), Piece(IN, "4.25"),
        ])  # fmt: skip

    def test_nothing_and_everything(self):
        self.assertEqual(compare("", ""), [])
        self.assertEqual(compare("same", "same"), [Piece(SAME, "same")])
        self.assertEqual(compare("", "new"), [Piece(IN, "new")])
        self.assertEqual(compare("old", ""), [Piece(OUT, "old")])

    def test_the_longest_texts_take_no_longer_than_a_blink(self):
        # The same few words again and again, where every one fits every other.
        start = time.monotonic()
        pieces = compare("目标" * 10_000, "标目，" * 6_666)
        self.assertEqual(get_before(pieces), "目标" * 10_000)
        pieces = compare("a。" * 10_000, "b。" * 10_000)
        self.assertEqual(get_after(pieces), "b。" * 10_000)
        compare("目标" * 160, "标目，" * 155)
        self.assertLess(time.monotonic() - start, 5)

    @given(TEXTS, TEXTS)
    def test_both_texts_come_back(self, before, after):
        pieces = compare(before, after)
        self.assertEqual(get_before(pieces), before)
        self.assertEqual(get_after(pieces), after)
        self.assertTrue(all(piece.text for piece in pieces))
        kinds = [piece.kind for piece in pieces]
        self.assertNotIn((IN, OUT), set(zip(kinds, kinds[1:], strict=False)))
        self.assertFalse([a for a, b in zip(kinds, kinds[1:], strict=False) if a == b])
        self.assertEqual(before == after, not ({IN, OUT} & set(kinds)))

    @given(st.text(max_size=200), st.text(max_size=200))
    def test_any_text_comes_back(self, before, after):
        pieces = compare(before, after)
        self.assertEqual((get_before(pieces), get_after(pieces)), (before, after))
