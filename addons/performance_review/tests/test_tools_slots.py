from datetime import UTC, date, datetime, time, timedelta
from unittest import TestCase
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ..tools.slots import Person, find_clashes, find_slots, get_free_times

ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu",
    "Australia/Lord_Howe", "America/St_Johns", "Pacific/Chatham", "UTC",
)  # fmt: skip
# Weeks in which clocks change somewhere, forward and back, and one in which none does.
WEEKS = (date(2026, 3, 7), date(2026, 3, 28), date(2026, 4, 4), date(2026, 9, 26),
         date(2026, 10, 3), date(2026, 10, 24), date(2026, 10, 31), date(2026, 6, 1))  # fmt: skip
DAYS = 4

zones = st.sampled_from(ZONES).map(ZoneInfo)
weeks = st.sampled_from(WEEKS)
minutes_of_day = st.integers(0, 24 * 60 - 1)


@st.composite
def people(draw, week):
    """Somebody in a zone, with hours on some days and times that are taken."""
    zone = draw(zones)

    def moment(day, minute):
        at = time(minute // 60, minute % 60)
        return datetime.combine(week + timedelta(days=day), at, tzinfo=zone)

    def interval(longest):
        return st.tuples(
            st.integers(-1, DAYS), minutes_of_day, st.integers(1, longest)
        ).map(lambda drawn: (
            moment(drawn[0], drawn[1]),
            moment(drawn[0], drawn[1]) + timedelta(minutes=drawn[2]),
        ))  # fmt: skip

    hours = draw(st.lists(interval(12 * 60), min_size=1, max_size=5))
    busy = draw(st.lists(interval(5 * 60), max_size=6))
    return Person(tuple(hours), tuple(busy))


@st.composite
def questions(draw):
    week = draw(weeks)
    start = datetime.combine(week, time(), tzinfo=UTC)
    return {
        "people": draw(st.lists(people(week), min_size=1, max_size=3)),
        "minutes": draw(st.integers(10, 240)),
        "start": start + timedelta(minutes=draw(st.integers(0, 24 * 60))),
        "stop": start + timedelta(days=DAYS),
        "zone": draw(zones),
        "step": draw(st.sampled_from((15, 30, 60))),
        "limit": draw(st.integers(1, 12)),
        "per_day": draw(st.integers(1, 4)),
    }


def covered(start, stop, intervals):
    """Say whether every minute of a time lies in one of the intervals, the slow and sure way."""
    minute = start
    while minute < stop:
        if not any(
            begin.astimezone(UTC) <= minute and minute + timedelta(minutes=1) <= end.astimezone(UTC)
            for begin, end in intervals
        ):
            return False
        minute += timedelta(minutes=1)
    return True


class SlotCase(TestCase):
    def at(self, zone, *moment):
        return datetime(*moment, tzinfo=ZoneInfo(zone))


class TestSlotProperties(SlotCase):
    """What holds for all people, zones and weeks, also when clocks change."""

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(questions())
    def test_a_slot_is_free_inside_the_hours_and_long_enough(self, question):
        slots = find_slots(**question)
        length = timedelta(minutes=question["minutes"])
        self.assertLessEqual(len(slots), question["limit"])
        for slot in slots:
            self.assertEqual(slot.stop - slot.start, length)
            self.assertEqual(slot.start.utcoffset(), timedelta())
            self.assertGreaterEqual(slot.start, question["start"])
            self.assertLessEqual(slot.stop, question["stop"])
            local = slot.start.astimezone(question["zone"])
            self.assertEqual((local.minute % question["step"], local.second), (0, 0))
            for person in question["people"]:
                self.assertTrue(covered(slot.start, slot.stop, person.hours))
                for begin, end in person.busy:
                    self.assertTrue(
                        slot.stop <= begin.astimezone(UTC) or end.astimezone(UTC) <= slot.start
                    )

    @settings(max_examples=150, deadline=None, derandomize=True)
    @given(questions())
    def test_slots_come_in_order_and_not_all_on_one_day(self, question):
        slots = find_slots(**question)
        for earlier, later in zip(slots, slots[1:], strict=False):
            self.assertLessEqual(earlier.stop, later.start)
        days = [slot.start.astimezone(question["zone"]).date() for slot in slots]
        for day in days:
            self.assertLessEqual(days.count(day), question["per_day"])

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(questions())
    def test_the_first_one_is_the_first_there_is(self, question):
        slots = find_slots(**question)
        length = timedelta(minutes=question["minutes"])
        last = slots[0].start if slots else question["stop"] - length + timedelta(minutes=1)
        moment = question["start"].astimezone(UTC).replace(second=0)
        while moment < last:
            local = moment.astimezone(question["zone"])
            if local.minute % question["step"] == 0:
                clashes = find_clashes(dict(enumerate(question["people"])), moment, moment + length)
                self.assertTrue(clashes, f"{moment} was free for all")
            moment += timedelta(minutes=5)

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(questions())
    def test_what_is_offered_does_not_clash(self, question):
        named = dict(enumerate(question["people"]))
        for slot in find_slots(**question):
            self.assertEqual(find_clashes(named, slot.start, slot.stop), {})

    @settings(max_examples=100, deadline=None, derandomize=True)
    @given(questions())
    def test_free_times_are_in_order_and_apart(self, question):
        free = get_free_times(question["people"], question["start"], question["stop"])
        for start, stop in free:
            self.assertLess(start, stop)
        for (_start, stop), (start, _stop) in zip(free, free[1:], strict=False):
            self.assertLess(stop, start)


class TestSlots(SlotCase):
    """Examples that can be checked by hand."""

    def find(self, people, minutes=60, zone="UTC", start=None, days=7, **options):
        start = start or self.at("UTC", 2026, 3, 2)
        return [
            slot.start.astimezone(ZoneInfo(zone)).strftime("%d.%m. %H:%M")
            for slot in find_slots(
                people, minutes, start, start + timedelta(days=days), ZoneInfo(zone), **options
            )
        ]

    def day(self, zone, day, start=9, stop=17, month=3):
        return (self.at(zone, 2026, month, day, start), self.at(zone, 2026, month, day, stop))

    def test_a_morning_and_an_afternoon_of_each_day(self):
        people = [Person((self.day("UTC", 2), self.day("UTC", 3)))] * 2
        self.assertEqual(
            self.find(people), ["02.03. 09:00", "02.03. 16:00", "03.03. 09:00", "03.03. 16:00"]
        )

    def test_what_either_has_in_the_calendar_is_left_out(self):
        taken = Person((self.day("UTC", 2),), (self.day("UTC", 2, 9, 12),))
        other = Person((self.day("UTC", 2),), (self.day("UTC", 2, 13, 17),))
        self.assertEqual(self.find([taken, other]), ["02.03. 12:00"])
        self.assertEqual(self.find([taken, other], minutes=61), [])

    def test_only_hours_that_both_have(self):
        shanghai = Person((self.day("Asia/Shanghai", 2, 9, 18),))
        berlin = Person((self.day("Europe/Berlin", 2, 9, 17),))
        self.assertEqual(
            self.find([shanghai, berlin], zone="Asia/Shanghai"), ["02.03. 16:00", "02.03. 17:00"]
        )

    def test_nobody_talks_over_lunch(self):
        hours = (self.day("UTC", 2, 9, 12), self.day("UTC", 2, 13, 17))
        people = [Person(hours)] * 2
        for minutes, found in ((180, ["02.03. 09:00", "02.03. 13:00"]), (240, ["02.03. 13:00"])):
            with self.subTest(minutes=minutes):
                self.assertEqual(self.find(people, minutes=minutes), found)

    def test_hours_that_touch_are_one(self):
        hours = (self.day("UTC", 2, 9, 10), self.day("UTC", 2, 10, 11))
        self.assertEqual(self.find([Person(hours)], minutes=120), ["02.03. 09:00"])

    def test_slots_begin_at_full_and_half_hours_of_ones_own_clock(self):
        hours = ((self.at("UTC", 2026, 3, 2, 9, 10), self.at("UTC", 2026, 3, 2, 11)),)
        self.assertEqual(self.find([Person(hours)]), ["02.03. 09:30"])
        self.assertEqual(
            self.find([Person(hours)], zone="Asia/Kathmandu"), ["02.03. 15:00"]
        )  # fmt: skip

    def test_the_night_the_clocks_go_forward_is_an_hour_shorter(self):
        zone = "Europe/Berlin"
        night = Person(((self.at(zone, 2026, 3, 29, 1), self.at(zone, 2026, 3, 29, 4)),))
        start = self.at("UTC", 2026, 3, 28)
        self.assertEqual(
            self.find([night], 120, zone, start, per_day=9), ["29.03. 01:00"]
        )  # fmt: skip
        self.assertEqual(self.find([night], 121, zone, start), [])

    def test_the_night_the_clocks_go_back_is_an_hour_longer(self):
        zone = "Europe/Berlin"
        night = Person(((self.at(zone, 2026, 10, 25, 1), self.at(zone, 2026, 10, 25, 4)),))
        start = self.at("UTC", 2026, 10, 24)
        self.assertEqual(len(self.find([night], 60, zone, start, per_day=9)), 4)
        self.assertEqual(len(self.find([night], 240, zone, start)), 1)

    def test_a_length_has_to_be_one(self):
        for options in ({"minutes": 0}, {"step": 0}, {"limit": 0}, {"per_day": -1}):
            with self.subTest(options), self.assertRaises(ValueError):
                self.find([Person((self.day("UTC", 2),))], **options)

    def test_why_somebody_cannot(self):
        people = {
            "free": Person((self.day("UTC", 2),)),
            "busy": Person((self.day("UTC", 2),), (self.day("UTC", 2, 10, 11),)),
            "away": Person((self.day("UTC", 2, 9, 10),)),
            "never": Person(()),
        }
        start, stop = self.at("UTC", 2026, 3, 2, 9, 30), self.at("UTC", 2026, 3, 2, 10, 30)
        self.assertEqual(
            find_clashes(people, start, stop), {"busy": "busy", "away": "away", "never": "away"}
        )
