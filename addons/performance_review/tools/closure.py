"""The loop-closure rate: of what was agreed, how much came to a good end.

Both sides' promises count alike. A promise that is *closed* or *improved* closed its loop; one
that was left *untouched* or *came back* did not. One that is still *open* counts once its day is
over, as one that was not kept; before that day, or without one, nobody can tell and it does not
count at all. Nothing that counts makes no rate: 0 % would blame people for what is not due yet.

A plan that holds though the employee refused to sign it counts apart, by the same formula, and
never in the first figure: nobody is measured by what only the other side has signed. What HR
closed with both statements kept counts like what both have signed. All five places do it by
:func:`split`: a review, a person, a manager's board, a cycle and the analysis, which says it once
more for the database.
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


class Rates(NamedTuple):
    """What was agreed on by both, and apart what holds without the employee's signature."""

    # ``None`` where there is no such promise at all.
    signed: Closure | None = None
    unsigned: Closure | None = None

    @property
    def total(self) -> int:
        """Return how many promises count, of both kinds."""
        return sum(each.total for each in self if each)


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


def split(groups: Iterable[tuple[str, date | None, bool, int]], today: date) -> Rates:
    """Count promises in groups, those of plans without the employee's signature apart.

    :param groups: (outcome, deadline, whether its plan is unsigned, how many) of each.
    :param today: the day on which the question is asked.
    """
    parts: dict[bool, list] = {False: [], True: []}
    for outcome, deadline, is_unsigned, count in groups:
        parts[bool(is_unsigned)].append((outcome, deadline, count))
    return Rates(*(tally(found, today) if found else None for found in parts.values()))


def add_up(many: Iterable[Rates]) -> Rates:
    """Return several counts as one, each kind for itself.

    :param many: of :func:`split`, each of other promises.
    """

    def add(found: list[Closure]) -> Closure | None:
        if not found:
            return None
        return Closure(sum(each.closed for each in found), sum(each.total for each in found))

    rates = list(many)
    return Rates(
        add([each.signed for each in rates if each.signed is not None]),
        add([each.unsigned for each in rates if each.unsigned is not None]),
    )
