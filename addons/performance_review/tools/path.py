"""Is a goal on its way? The measurements against the straight path to the target.

House rule: the path is a straight line from the baseline on the first day to the target on the
last one, and whoever is less than ten points of the way behind it is on track.
"""

from datetime import date
from typing import NamedTuple

from .achievement import achievement

TOLERANCE = 10.0  # points of the way
REACHED = "reached"
ON_TRACK = "on_track"
BEHIND = "behind"


class Path(NamedTuple):
    """From where to where a goal goes, and between which days."""

    baseline: float
    target: float
    direction: str
    start: date | None
    end: date | None

    @property
    def has_days(self) -> bool:
        """Say whether there are two days to go between."""
        return bool(self.start and self.end and self.start < self.end)

    def share(self, day: date) -> float:
        """Return how much of the time is over on a day, from 0 to 1."""
        days = (self.end - self.start).days
        return min(max((day - self.start).days / days, 0.0), 1.0)

    def expected(self, day: date) -> float | None:
        """Return where the goal should stand on a day, ``None`` without two days.

        A limit that is not to be exceeded ("at most three", or less of what is below it already)
        is the same on every day.
        """
        if not self.has_days:
            return None
        if (self.target > self.baseline) != (self.direction == "up"):
            return self.target
        return self.baseline + (self.target - self.baseline) * self.share(day)


def standing(path: Path, actual: float, day: date) -> str:
    """Say how a goal stands on a day: ``"reached"``, ``"on_track"`` or ``"behind"``.

    :param path: of the goal.
    :param actual: the newest measurement.
    :param day: the day on which the question is asked; without two days of the path nothing is
        behind before it is over.
    """
    percent = achievement(path.baseline, path.target, actual, path.direction)
    if percent >= 100.0:
        return REACHED
    if not path.has_days:
        return BEHIND if path.end and day > path.end else ON_TRACK
    if (path.target > path.baseline) != (path.direction == "up"):
        return BEHIND
    due = 100.0 * path.share(day)
    return BEHIND if due >= 100.0 or percent < due - TOLERANCE else ON_TRACK


def draw(path, measures, width=240, height=56, padding=4):
    """Place measurements and the path to the target in a picture, days from left to right.

    :param path: of the goal.
    :param measures: (day, value) of each, in the order of the days.
    :param width: of the picture, in pixels.
    :param height: of the picture, in pixels.
    :param padding: free space on every side, in pixels.
    :return: ``{"points": [(x, y), …], "path": [(x, y), (x, y)]}`` to a tenth of a pixel; None
        without two days to go between.
    """
    if not path.has_days:
        return None
    first, last = path.expected(path.start), path.expected(path.end)
    days = [path.start, path.end, *(day for day, _value in measures)]
    values = [first, last, *(value for _day, value in measures)]
    start, span = min(days), max((max(days) - min(days)).days, 1)
    low, high = min(values), max(values)

    def place(day, value):
        share = (value - low) / (high - low) if high > low else 0.5
        return (
            round(padding + (day - start).days / span * (width - 2 * padding), 1),
            round(height - padding - share * (height - 2 * padding), 1),
        )

    return {
        "points": [place(day, value) for day, value in measures],
        "path": [place(path.start, first), place(path.end, last)],
    }
