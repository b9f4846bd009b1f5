"""When two people can talk: times inside the hours of both that nothing else takes.

Plain Python over moments with a time zone; everything is compared in UTC, so a slot is as long as
it says on the days the clocks change, too.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

# Slots begin at the full and the half hour of whoever books.
STEP = 30


class Person(NamedTuple):
    """When somebody works, and what has been taken of it; pairs of moments with a time zone."""

    hours: tuple
    busy: tuple = ()


class Slot(NamedTuple):
    """A time both can talk, in UTC."""

    start: datetime
    stop: datetime


def _merge(intervals):
    """Return intervals in UTC, in order, without empty ones, those that touch as one."""
    merged = []
    for start, stop in sorted(
        (start.astimezone(UTC), stop.astimezone(UTC)) for start, stop in intervals
    ):
        if start >= stop:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return merged


def _intersect(one, other):
    """Return what two merged lists of intervals have in common."""
    common = []
    index = position = 0
    while index < len(one) and position < len(other):
        start = max(one[index][0], other[position][0])
        stop = min(one[index][1], other[position][1])
        if start < stop:
            common.append((start, stop))
        if one[index][1] < other[position][1]:
            index += 1
        else:
            position += 1
    return common


def _subtract(intervals, taken):
    """Return merged intervals without those taken."""
    left = []
    for start, stop in intervals:
        for taken_start, taken_stop in taken:
            if taken_stop <= start or taken_start >= stop:
                continue
            if start < taken_start:
                left.append((start, taken_start))
            start = max(start, taken_stop)
            if start >= stop:
                break
        if start < stop:
            left.append((start, stop))
    return left


def _round_up(moment, zone, step):
    """Return the first moment from this one on that a clock in ``zone`` shows as full.

    :param int step: minutes of an hour that are full, 30 for 10:00 and 10:30
    """
    moment = moment.astimezone(UTC)
    if moment.second or moment.microsecond:
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    # A clock that is changed on the way may leave the beat once; it is found again after that.
    for _try in range(3):
        past = moment.astimezone(zone).minute % step
        if not past:
            break
        moment += timedelta(minutes=step - past)
    return moment


def get_free_times(people, start, stop):
    """Return the times from ``start`` to ``stop`` in which all people work and have nothing else.

    :param people: iterable of :class:`Person`
    :param datetime start: with a time zone
    :param datetime stop: with a time zone
    :return: ordered pairs of UTC moments that do not touch
    :rtype: list[tuple[datetime, datetime]]
    """
    free = _merge([(start, stop)])
    for person in people:
        free = _subtract(_intersect(free, _merge(person.hours)), _merge(person.busy))
    return free


def find_slots(people, minutes, start, stop, zone, step=STEP, limit=6, per_day=2):
    """Return the next times at which all people can talk for so long.

    Slots do not overlap each other. So that there is a choice, no day has more than ``per_day``,
    and what a day has more is left out evenly: with two a day they are its first and its last.

    :param people: iterable of :class:`Person`
    :param int minutes: length, more than zero
    :param datetime start: no slot begins earlier; with a time zone
    :param datetime stop: no slot ends later; with a time zone
    :param tzinfo zone: whose clock and whose days count
    :param int step: slots begin at so many full minutes of that clock
    :param int limit: how many slots at most
    :param int per_day: how many of them on one day at most
    :rtype: list[Slot]
    :raise ValueError: for a length, a step or a number that is not above zero
    """
    if min(minutes, step, limit, per_day) <= 0:
        raise ValueError("A slot has a length, and there is at least one.")
    length = timedelta(minutes=minutes)
    days = {}
    for free_start, free_stop in get_free_times(people, start, stop):
        begin = _round_up(free_start, zone, step)
        while begin + length <= free_stop:
            day = begin.astimezone(zone).date()
            if (
                day not in days
                and sum(min(len(found), per_day) for found in days.values()) >= limit
            ):
                return _choose(days, limit, per_day)
            days.setdefault(day, []).append(Slot(begin, begin + length))
            begin = _round_up(begin + length, zone, step)
    return _choose(days, limit, per_day)


def _choose(days, limit, per_day):
    chosen = []
    for found in days.values():
        if len(found) > per_day:
            last = len(found) - 1
            places = (
                [round(place * last / (per_day - 1)) for place in range(per_day)]
                if per_day > 1
                else [0]
            )
            found = [found[place] for place in places]
        chosen += found
    return chosen[:limit]


def find_clashes(people, start, stop):
    """Say who cannot talk from ``start`` to ``stop``, and why.

    :param dict people: anything → :class:`Person`
    :param datetime start: with a time zone
    :param datetime stop: with a time zone
    :return: the same keys → ``"busy"``, something else is in the way, or ``"away"``, it is not
        all inside the hours; who can is left out
    :rtype: dict
    """
    asked = _merge([(start, stop)])
    clashes = {}
    for key, person in people.items():
        if _intersect(asked, _merge(person.busy)):
            clashes[key] = "busy"
        elif _subtract(asked, _merge(person.hours)):
            clashes[key] = "away"
    return clashes
