"""The loop-closure rate: of what was agreed, how much came to a good end.

Both sides' promises count alike. A promise that is *closed* or *improved* closed its loop; one
that was left *untouched* or *came back* did not. One that is still *open* counts once its day is
over, as one that was not kept; before that day, or without one, nobody can tell and it does not
count at all. Nothing that counts makes no rate: 0 % would blame people for what is not due yet.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

KEPT = ("closed", "improved")
BROKEN = ("untouched", "recurred")
OPEN = "open"


class Closure(NamedTuple):
    """How many promises count, how many of them were kept, and the share of these."""

    closed: int
    total: int

    @property
    def rate(self) -> float | None:
        """Return the share in percent, ``None`` when nothing counts yet."""
        return 100.0 * self.closed / self.total if self.total else None


def is_due(outcome: str, deadline: date | None, today: date) -> bool:
    """Say whether a promise counts by now.

    :param outcome: ``"open"`` or how it ended.
    :param deadline: the day until which it was promised, if one was named.
    :param today: the day on which the question is asked; on its own day a promise is not late.
    """
    return outcome != OPEN or bool(deadline and deadline < today)


def closure(promises: Iterable[tuple[str, date | None]], today: date) -> Closure:
    """Count promises and those that were kept.

    :param promises: (outcome, deadline) of each, see :func:`is_due`.
    :param today: the day on which the question is asked.
    """
    return tally(((outcome, deadline, 1) for outcome, deadline in promises), today)


def tally(groups: Iterable[tuple[str, date | None, int]], today: date) -> Closure:
    """Count promises that come in groups, as a database gives them.

    :param groups: (outcome, deadline, how many) of each, see :func:`is_due`.
    :param today: the day on which the question is asked.
    """
    closed = total = 0
    for outcome, deadline, count in groups:
        if is_due(outcome, deadline, today):
            total += count
            closed += count if outcome in KEPT else 0
    return Closure(closed, total)
