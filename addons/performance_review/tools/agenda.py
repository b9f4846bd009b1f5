"""How the time of a dialogue is spread over its sections.

Every review answers three questions, past, present and future (SPEC, "The method"). What makes
people change is the part about the future (Gnepp et al. 2020), so it gets the largest share. The
shares themselves are a house rule, see docs/METHOD.md.
"""

# Of the planned length, in percent.
SHARES = {"past": 30, "present": 30, "future": 40}


def spread(minutes: int) -> dict[str, int]:
    """Return the minutes of each section; together they are the planned length.

    :param minutes: planned length of the dialogue, not negative.
    """
    parts = {section: minutes * share // 100 for section, share in SHARES.items()}
    # What rounding leaves belongs to the future.
    parts["future"] += minutes - sum(parts.values())
    return parts


def share(part: float, whole: float) -> float:
    """Return ``part`` of ``whole`` in percent, 0 where there is nothing yet."""
    return 100.0 * part / whole if whole else 0.0
