"""The shapes in which the story of the demo is told: plain values, no records.

Days count from today, the past is negative, so that the demo never looks stale. Themes are
named by the end of their external id, goals of company and departments likewise.
"""

from typing import NamedTuple


class Point(NamedTuple):
    """A strength, gap or support of a preparation sheet; `kpi` is its evidence.

    A support may be one of the library: `library` is its key there, and says what the point says.
    """

    name: str = ""
    fact: str = ""
    theme: str = ""
    nature: str = "result"
    kpi: str = ""
    library: str = ""


class Support(NamedTuple):
    """An entry of the library of supports that all managers of the company share."""

    name: str
    description: str
    category: str
    themes: tuple = ()


class Concern(NamedTuple):
    """What an employee finds wrong with a KPI; `kind` as in the model."""

    kpi: str
    kind: str
    note: str
    theme: str = ""


class Appointment(NamedTuple):
    """What somebody's calendar holds besides; the hours are those of China."""

    name: str
    day: int
    hour: int
    minutes: int
    people: tuple


class Talk(NamedTuple):
    """A dialogue; `share` is the employee's part of the talk time in percent.

    Without minutes it is still going on.
    """

    day: int
    minutes: int
    share: int
    expectations: str = ""
    obstacle: str = ""
    sustainable: str = ""
    support: str = ""
    feedback: tuple = ()  # of (behaviour, effect, suggestion, thanks)
    answers: tuple = ()  # of (number of the topic, what was said)


class Goal(NamedTuple):
    """A result goal; the direction follows from baseline and target."""

    name: str
    metric: str
    unit: str
    baseline: float
    target: float
    means: str
    parent: str
    day: int


class Duty(NamedTuple):
    """A commitment; its kind is the list it stands in."""

    name: str
    day: int
    owner: str = ""
    theme: str = ""
    outcome: str = "open"
    cue: str = ""  # "when … happens, I …", of a behaviour


class Plan(NamedTuple):
    """What an agreement holds."""

    summary: str
    goals: tuple = ()
    keep: tuple = ()
    change: tuple = ()
    support: tuple = ()
    development: tuple = ()


class Check(NamedTuple):
    """A checkpoint with its progress entries (subject, number, value, note, by).

    `subject` is ``"goal"`` or a kind of commitment, `number` counts within it, `value` is
    the measured one of a goal or the percentage of a commitment, `by` is ``"reviewer"`` or
    ``"employee"``. With ``"seen"`` or ``"missed"`` as subject, behaviour `number` to change was
    observed.
    """

    day: int
    note: str
    entries: tuple = ()
    done: bool = True


class NewTarget(NamedTuple):
    """Another target of goal `number`, proposed `by` one side and, with an answer, settled.

    `answer` is ``"accept"``, ``"decline"`` or nothing as long as it waits.
    """

    day: int
    by: str
    number: int
    target: float
    reason: str
    answer: str = ""
    word: str = ""


class Incident(NamedTuple):
    """A critical incident; `author` is a person of the story."""

    about: str
    author: str
    day: int
    polarity: str
    name: str
    effect: str = ""
    theme: str = ""
    shared: bool = True
