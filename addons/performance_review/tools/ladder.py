"""When somebody is told about a date: days before it, and days after it has passed."""

LONGEST = 365  # days; what is further away is no reminder
MOST = 8  # rungs; more is nagging


def read_days(text: str) -> tuple[int, ...]:
    """Return the days of a ladder as somebody types them.

    :param text: whole numbers with commas or spaces between them: ``"30, 10, 3, 1"``
    :return: each once, the greatest first
    :raise ValueError: for anything else, for none, for more than `MOST`, and for a number that
        is not between 0 and `LONGEST`
    """
    words = text.replace("，", ",").replace("、", ",").replace("/", ",").replace(",", " ").split()
    if not words or any(not (word.isascii() and word.isdigit()) for word in words):
        raise ValueError("no days")
    days = {int(word) for word in words if len(word) <= 4}
    if len(words) > MOST or any(len(word) > 4 for word in words) or max(days) > LONGEST:
        raise ValueError("too many days")
    return tuple(sorted(days, reverse=True))


def find_rung(left: int, known: int, before: tuple[int, ...], after: tuple[int, ...]) -> int | None:
    """Return the one rung that holds today: the latest that has come, all earlier ones are past.

    Whoever asks on every day and remembers the answers says each rung once, and after days of
    silence only the last of those that were missed.

    :param left: days from today until the date, negative once it has passed
    :param known: days from when the thing came up until the date; a rung that was over by then is
        no news
    :param before: days before the date
    :param after: days after the date; 0 stands for never
    :return: days before the date, negative ones after it, or ``None`` as long as there is none
    """
    if left >= 0:
        return min((days for days in before if left <= days < known), default=None)
    return min((-days for days in after if 0 < days <= -left), default=None)
