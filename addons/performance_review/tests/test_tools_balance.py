from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st

from ..tools.balance import ENOUGH, FEATURES, Count, Talk, balance, find_weak, read_parts

PART = st.floats(0, 1)
PARTS = st.fixed_dictionaries({feature: st.none() | PART for feature in FEATURES})
COUNT = st.builds(
    lambda found, rest: Count(found, found + rest), st.integers(0, 9), st.integers(0, 9)
)
SHARE = st.none() | st.floats(0, 100)
TALK = st.builds(
    Talk,
    future_share=SHARE,
    talk_share=SHARE,
    share_aim=st.floats(1, 100),
    future_topics=COUNT,
    answers=COUNT,
    suggestions=COUNT,
    reactions=COUNT,
    facts=COUNT,
    has_obstacle=st.booleans(),
    has_support=st.booleans(),
    has_expectations=st.booleans(),
    has_self_assessment=st.booleans(),
    results=st.integers(0, 3),
)
COUNTS = ("future_topics", "answers", "suggestions", "reactions", "facts")
FLAGS = ("has_obstacle", "has_support", "has_expectations", "has_self_assessment")


class TestBalance(TestCase):
    def test_nothing_known_makes_no_figure(self):
        self.assertIsNone(balance(dict.fromkeys(FEATURES)))
        self.assertIsNone(balance({}))

    def test_both_ends(self):
        self.assertEqual(balance(dict.fromkeys(FEATURES, 0.0)), 0)
        self.assertEqual(balance(dict.fromkeys(FEATURES, 1.0)), 100)
        announced = read_parts(Talk(future_share=0.0, talk_share=0.0))
        self.assertEqual(balance(announced), 0)
        whole = Count(4, 4)
        developed = read_parts(
            Talk(45.0, 60.0, 60.0, whole, whole, whole, whole, whole, *[True] * 4, results=3)
        )
        self.assertEqual(balance(developed), 100)

    def test_what_each_feature_is_read_from(self):
        parts = read_parts(
            Talk(
                future_share=20.0,
                talk_share=30.0,
                share_aim=60.0,
                suggestions=Count(1, 2),
                facts=Count(3, 4),
                has_obstacle=True,
                has_support=True,
                answers=Count(1, 2),
                results=1,
            )
        )
        self.assertEqual(parts["purpose"], 0.5)
        self.assertEqual(parts["role"], 0.75)
        self.assertEqual(parts["tone"], 0.5)
        self.assertEqual(parts["focus"], 0.875)
        self.assertAlmostEqual(parts["voice"], 0.5 / 3)
        self.assertAlmostEqual(parts["result"], 1 / 3)
        self.assertEqual(find_weak(parts), ["purpose", "tone", "voice", "result"])

    def test_without_a_clock_the_topics_tell_about_the_future(self):
        parts = read_parts(Talk(future_topics=Count(1, 4)))
        self.assertEqual(parts["purpose"], 0.25)
        self.assertIsNone(parts["tone"], "nobody counted, nobody estimated")
        self.assertIsNone(read_parts(Talk())["purpose"])

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(TALK)
    def test_between_0_and_100(self, talk):
        parts = read_parts(talk)
        self.assertEqual(tuple(parts), FEATURES)
        self.assertTrue(all(part is None or 0 <= part <= 1 for part in parts.values()))
        self.assertTrue(0 <= balance(parts) <= 100)
        self.assertTrue(all(parts[feature] < ENOUGH for feature in find_weak(parts)))

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(PARTS, st.permutations(FEATURES))
    def test_unchanged_by_order(self, parts, order):
        self.assertEqual(balance({feature: parts[feature] for feature in order}), balance(parts))

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(PARTS, st.sampled_from(FEATURES), PART, PART)
    def test_monotone_in_each_part(self, parts, feature, one, other):
        low, high = sorted((one, other))
        self.assertLessEqual(balance({**parts, feature: low}), balance({**parts, feature: high}))

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(TALK, st.data())
    def test_monotone_in_each_fact(self, talk, data):
        """Whatever was done more of makes nothing worse."""
        before = balance(read_parts(talk))
        for name in FLAGS:
            self.assertGreaterEqual(balance(read_parts(talk._replace(**{name: True}))), before)
        for name in COUNTS:
            count = getattr(talk, name)
            more = Count(data.draw(st.integers(count.found, count.total)), count.total)
            self.assertGreaterEqual(balance(read_parts(talk._replace(**{name: more}))), before)
        for name in ("future_share", "talk_share"):
            if getattr(talk, name) is not None:
                more = data.draw(st.floats(getattr(talk, name), 100))
                self.assertGreaterEqual(balance(read_parts(talk._replace(**{name: more}))), before)
        self.assertGreaterEqual(balance(read_parts(talk._replace(results=3))), before)
