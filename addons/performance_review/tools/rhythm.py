"""The days on which an agreement is looked at again."""

from collections.abc import Container, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHLY = "monthly"
QUARTERLY = "quarterly"
CUSTOM = "custom"
RHYTHMS = (MONTHLY, QUARTERLY, CUSTOM)

# Two talks within one week say the same thing twice; the closing one is the one to keep.
MIN_DAYS_BEFORE_END = 7

# So far from the day itself another one is looked for: longer than any week of holidays.
SEARCH_DAYS = 14


def checkpoint_dates(
    start: date, end: date, rhythm: str, days: int = 0, limit: int = 60
) -> list[date]:
    """Return the checkpoints of an agreement that runs from `start` to `end`.

    Every date is counted from `start`, not from the one before it: an agreement of the 31st
    meets on the last day of shorter months and on the 31st again afterwards.

    :param start: the day the agreement begins; never a checkpoint itself.
    :param end: its last day; always the last checkpoint. A regular date less than
        `MIN_DAYS_BEFORE_END` days before it is dropped in its favour.
    :param rhythm: ``"monthly"``, ``"quarterly"`` or ``"custom"``.
    :param days: for ``"custom"``, the days from one checkpoint to the next, at least 1.
    :param limit: the greatest number of dates to return, at least 1. When there are more,
        the earliest and `end` are kept.
    :return: ascending dates, none twice; empty when `end` is not after `start`.
    :raise ValueError: for an unknown rhythm, a custom one without days, or a limit below 1.
    """
    if rhythm not in RHYTHMS:
        raise ValueError(f"unknown rhythm: {rhythm!r}")
    if rhythm == CUSTOM and days < 1:
        raise ValueError(f"a custom rhythm needs at least one day, not {days!r}")
    if limit < 1:
        raise ValueError(f"the limit must be at least 1, not {limit!r}")
    if end <= start:
        return []
    dates = []
    for day in _steps(start, rhythm, days):
        if len(dates) == limit - 1 or (end - day).days < MIN_DAYS_BEFORE_END:
            break
        dates.append(day)
    return [*dates, end]


def find_workday(day: date, workdays: Container[date], latest: date | None = None) -> date:
    """Return the day itself if both work on it, else the nearest day on which they do.

    :param day: the wanted one.
    :param workdays: days on which both work.
    :param latest: no day after this one, unless `day` itself is; by default any later day
        within `SEARCH_DAYS` is tried before an earlier one.
    :return: `day` itself where there is no other within `SEARCH_DAYS` on either side.
    """
    later = (day + timedelta(days=count) for count in range(SEARCH_DAYS + 1))
    earlier = (day - timedelta(days=count) for count in range(1, SEARCH_DAYS + 1))
    for found in (*later, *earlier):
        if found in workdays and (latest is None or found <= max(latest, day)):
            return found
    return day


def _steps(start: date, rhythm: str, days: int) -> Iterator[date]:
    count = 0
    while True:
        count += 1
        if rhythm == CUSTOM:
            delta = relativedelta(days=days * count)
        else:
            delta = relativedelta(months=(1 if rhythm == MONTHLY else 3) * count)
        try:
            yield start + delta
        except (OverflowError, ValueError):
            # Past the last day the calendar knows, hence past the end of any agreement.
            return
