"""How far a talk developed instead of judged: the balance of a dialogue (SPEC D6).

An evaluative talk and a developmental one differ in six features. Each is read from what was
stored while two people talked, as a number from 0 (judged) to 1 (developed), or ``None`` where
nothing tells. The balance is the mean of what is known, in percent. What each part rests on is
said in docs/METHOD.md. It is a mirror for whoever led the talk, never a grade and never for pay.
"""

from collections.abc import Mapping
from math import fsum
from typing import NamedTuple

from .agenda import SHARES

FEATURES = ("purpose", "role", "tone", "focus", "voice", "result")
# What a talk may leave behind for the agreement, see performance.dialogue.draft.
RESULTS = 3
# From here on a feature needs no hint.
ENOUGH = 0.6


class Count(NamedTuple):
    """How many of ``total`` have what is asked for."""

    found: int
    total: int

    @property
    def part(self) -> float | None:
        return self.found / self.total if self.total else None


class Talk(NamedTuple):
    """What is stored of a talk, all sittings together, as far as a feature is read from it."""

    # Share of the counted time spent on the future and the employee's share of what was said, in
    # percent; None where nobody counted or estimated.
    future_share: float | None = None
    talk_share: float | None = None
    # The share that is aimed at, of the settings.
    share_aim: float = 60.0
    # Topics about the future that were talked about, of all there are.
    future_topics: Count = Count(0, 0)
    # Topics talked about that carry what the employee said to them.
    answers: Count = Count(0, 0)
    # Pieces of BEST feedback with a suggestion, and with the employee's reaction.
    suggestions: Count = Count(0, 0)
    reactions: Count = Count(0, 0)
    # Points and feedback that name a fact without labelling a person, of all there are.
    facts: Count = Count(0, 0)
    has_obstacle: bool = False
    has_support: bool = False
    has_expectations: bool = False
    has_self_assessment: bool = False
    # Kinds of lines noted for the agreement: goal, behaviour, support.
    results: int = 0


def read_parts(talk: Talk) -> dict[str, float | None]:
    """Return the six features of a talk, each 0 to 1, or ``None`` where nothing tells."""
    if talk.future_share is None:
        purpose = talk.future_topics.part
    else:
        purpose = _ratio(talk.future_share, SHARES["future"])
    return {
        # To announce a rating, or to plan what comes next.
        "purpose": purpose,
        # Judge or coach: says what to try, and asks what would help.
        "role": _mean(talk.suggestions.part, float(talk.has_support)),
        # One-way or two-way.
        "tone": None if talk.talk_share is None else _ratio(talk.talk_share, talk.share_aim),
        # Blame for the past, or facts and causes.
        "focus": _mean(talk.facts.part, float(talk.has_obstacle)),
        # The employee's part: silent, or speaks and shapes the plan.
        "voice": _mean(
            talk.answers.part,
            talk.reactions.part,
            float(talk.has_expectations),
            float(talk.has_self_assessment),
        ),
        # A score and an "understood", or goals, behaviours and supports.
        "result": min(1.0, talk.results / RESULTS),
    }


def balance(parts: Mapping[str, float | None]) -> int | None:
    """Return the balance in percent, 0 to 100; ``None`` when no part is known.

    :param parts: feature → 0 to 1, see :func:`read_parts`; every known one counts alike.
    """
    # Exact, so that neither the order of the parts nor rounding shows in the last digit.
    known = [part for part in parts.values() if part is not None]
    return round(100 * fsum(known) / len(known)) if known else None


def find_weak(parts: Mapping[str, float | None]) -> list[str]:
    """Return the features that are worth a hint, in their order.

    :param parts: see :func:`read_parts`.
    """
    return [
        feature
        for feature in FEATURES
        if parts.get(feature) is not None and parts[feature] < ENOUGH
    ]


def _ratio(part: float, aim: float) -> float:
    return min(1.0, part / aim) if aim > 0 else 1.0


def _mean(*parts: float | None) -> float | None:
    known = [part for part in parts if part is not None]
    return fsum(known) / len(known) if known else None
