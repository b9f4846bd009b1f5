"""How much of a goal has been reached, as a percentage."""

import math

UP = "up"
DOWN = "down"
DIRECTIONS = (UP, DOWN)

# A path of a millionth from baseline to target, or a division by an actual value next to
# zero, gives figures nobody can read, and in the end infinity, which JSON cannot carry.
LIMIT = 1_000_000.0

# The distance between two larger figures may be infinite, and a share of it no number.
_LARGE = 1e300


def same_number(first: float, second: float) -> bool:
    """Tell whether two figures are the same but for the noise of binary fractions.

    :param first: any number.
    :param second: any number.
    :return: True when they differ by less than a billionth of the larger one.
    """
    return math.isclose(first, second, rel_tol=1e-9)


def achievement(baseline: float, target: float, actual: float, direction: str) -> float:
    """Return how far `actual` has come from `baseline` towards `target`, in percent.

    All figures are in the goal's own unit. The rules, in the order in which they are tried:

    ====================================  ==================================================
    target equal to baseline              100 when the target is reached, 0 otherwise
    target on the direction's side of     share of the path: (actual - baseline) /
    the baseline                          (target - baseline)
    less is better, baseline below the    target / actual above the target; below it what is
    target ("at most three complaints")   saved comes on top of 100: none at all gives 200
    more is better, baseline above the    100 when the target is reached, else actual /
    target (contradictory)                target, and 0 when the target is not positive
    ====================================  ==================================================

    :param baseline: value at the start of the period.
    :param target: value agreed upon.
    :param actual: value measured.
    :param direction: ``"up"`` (more is better) or ``"down"`` (less is better).
    :return: percent with two digits; above 100 when the target is exceeded, negative when
        things went the wrong way, never beyond plus or minus `LIMIT`.
    :raise ValueError: for any other direction, or a figure that is not finite.
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"unknown direction: {direction!r}")
    figures = (baseline, target, actual)
    if not all(map(math.isfinite, figures)):
        raise ValueError("baseline, target and actual must be finite numbers")
    if max(map(abs, figures)) > _LARGE:
        figures = tuple(figure / 4 for figure in figures)
    percent = _percent(*figures, direction)
    # The sum turns a negative zero into a plain one.
    return round(max(-LIMIT, min(LIMIT, percent)), 2) + 0.0


def _percent(baseline: float, target: float, actual: float, direction: str) -> float:
    reached = actual >= target if direction == UP else actual <= target
    all_or_nothing = 100.0 if reached else 0.0
    if same_number(target, baseline):
        return all_or_nothing
    if (target > baseline) == (direction == UP):
        return (actual - baseline) / (target - baseline) * 100.0
    if direction == DOWN:
        if target <= 0:
            return target / actual * 100.0 if actual > 0 else all_or_nothing
        # Not target / actual all the way down: that would jump at zero, and less would be worse.
        return 200.0 - actual / target * 100.0 if reached else target / actual * 100.0
    if reached or target <= 0:
        return all_or_nothing
    return actual / target * 100.0
