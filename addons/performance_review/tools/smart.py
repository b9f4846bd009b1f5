"""Which of its SMART elements a goal still lacks.

SPEC A1: specific (a text), measurable (metric, unit, baseline, target, direction),
achievable (means), relevant (a parent goal of department or company) and time-bound (a
deadline).
"""

from datetime import date

from .achievement import DIRECTIONS, UP, same_number

ELEMENTS = ("specific", "metric", "unit", "target", "direction", "means", "parent", "deadline")

# Characters without width come along with text pasted from a browser or a chat, and
# `str.strip` does not take them for space.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def missing_elements(
    *,
    name: str | None,
    metric: str | None,
    unit: str | None,
    baseline: float | None,
    target: float | None,
    direction: str | None,
    means: str | None,
    has_parent: bool,
    date_deadline: date | None,
) -> list[str]:
    """Return the codes of the elements that are missing, in the order of `ELEMENTS`.

    Odoo's False stands for an empty value as well as None does.

    :param name: what is to be reached, plain text.
    :param metric: what is measured, plain text.
    :param unit: unit of baseline and target, plain text.
    :param baseline: value at the start; empty counts as 0.
    :param target: value to reach; empty counts as 0.
    :param direction: ``"up"`` or ``"down"``.
    :param means: how it can be reached and with what, plain text.
    :param has_parent: whether the goal serves one of the department or the company.
    :param date_deadline: the day by which it is reached.
    :return: codes out of `ELEMENTS`. ``target`` is missing when it equals the baseline (two
        zeros are two fields nobody filled in). ``direction`` is missing when it is neither
        ``up`` nor ``down``, and when it contradicts the way from baseline to target.
    """
    start, end = baseline or 0.0, target or 0.0
    has_target = not same_number(start, end)
    present = {
        "specific": _has_text(name),
        "metric": _has_text(metric),
        "unit": _has_text(unit),
        "target": has_target,
        # Without a target there is nothing the direction could contradict, and naming it
        # as well would send the reader after two faults where there is one.
        "direction": direction in DIRECTIONS
        and (not has_target or (end > start) == (direction == UP)),
        "means": _has_text(means),
        "parent": bool(has_parent),
        "deadline": bool(date_deadline),
    }
    return [element for element in ELEMENTS if not present[element]]


def _has_text(value: str | None) -> bool:
    return bool(value) and bool(value.translate(_INVISIBLE).strip())
