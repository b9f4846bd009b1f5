"""Which counts of people may stand beside each other without giving anybody away.

Plain Python. Counts are told in steps, of a whole and of its parts, again and again. Whoever reads
them all knows who had been heard by then, and may be one of them himself. He must neither find out
that anybody at all stands behind a part that is kept back: whatever is told, it could be empty. Nor
that somebody is among those counted: of those who were heard, be it since the last count, there is
nobody who could not be left out. ``tests/test_small_groups_sensor.py`` tries all that may have
happened.
"""

STEP = 5  # people
# The reader, who knows what he said himself, and one more who may have said nothing.
MARGIN = 2


def floor(people, minimum):
    """Return what is told of a number of people: a step, or the threshold itself.

    :param int people: how many
    :param int minimum: the threshold
    :return: 0 below the threshold
    :rtype: int
    """
    return max(people - people % STEP, minimum) if people >= minimum else 0


def is_due(heard, before, minimum):
    """Say whether enough more people have been heard to count again.

    :param int heard: how many have been heard
    :param int before: how many had been at the last count, 0 if there was none
    :param int minimum: the threshold
    :rtype: bool
    """
    return heard - before >= STEP and heard >= minimum + MARGIN


def get_most(told, others, minimum):
    """Return how many people of a part there can be, for whoever knows what is told.

    :param int told: of the whole, 0 for nothing
    :param int others: of the other parts
    :param int minimum: the threshold
    :rtype: int
    """
    return (told - told % STEP + STEP - 1 if told else minimum - 1) - others


def step_up(people, minimum, known, heard, before, margin=MARGIN):
    """Return what may be told of a number of people, counted again.

    :param int people: how many
    :param int minimum: the threshold
    :param int known: what has been told, 0 for nothing
    :param int heard: how many have been heard
    :param int before: how many had been at the last count, 0 if there was none
    :param int margin: how many of those heard since then must be left who may have said nothing
    :return: never less than what has been told; 0 for nothing
    :rtype: int
    """
    if not is_due(heard, before, minimum):
        return known
    most = min(get_most(known, 0, minimum), before) + heard - before - margin
    return max(known, floor(min(people, most), minimum))


def fit(heard, minimum):
    """Return how much may be told of a whole that is not told apart, any one part being empty.

    Of the others some may be a step above the threshold, as long as all of them are kept back.

    :param heard: how many of each part have been heard
    :param int minimum: the threshold
    :return: 0 where there are too few parts
    :rtype: int
    """
    heard = list(heard)
    room = _get_room(heard, minimum)
    if room < minimum:
        return 0
    steps = [max(count - minimum + 1 - MARGIN, 0) // STEP * STEP for count in heard]
    return floor(room + sum(steps) - max(steps), minimum)


def tell(whole, parts, heard, sizes, minimum, before=None, known_whole=0, known_parts=None):
    """Return what may be told of a whole and of its parts, never less than before.

    :param int whole: people in all
    :param dict parts: part → people, of the parts that may be told at all
    :param dict heard: part → how many of it have been heard, of all parts
    :param dict sizes: part → how many belong to it
    :param int minimum: the threshold
    :param dict before: as ``heard``, at the last count of each part; with ``None`` all of them at
        the last count of the whole
    :param int known_whole: what has been told of the whole, 0 for nothing
    :param dict known_parts: part → what has been told of it
    :return: what to tell of the whole, and of parts; 0 and none for nothing
    :rtype: tuple[int, dict]
    """
    before, known_parts = before or {}, known_parts or {}
    last = before.get(None, {})
    everybody, earlier = sum(heard.values()), sum(last.values())
    if not is_due(everybody, earlier, minimum):
        return known_whole, known_parts
    # So many that somebody of a small part would have to be among them is too many.
    small = max((count for count in heard.values() if count < minimum), default=0)
    margin = max(MARGIN, small + 1)
    told = step_up(whole, minimum, known_whole, everybody, earlier, margin)
    # With so few parts, which does not hang on what anybody says, they are never told apart.
    if not fit(sizes.values(), minimum):
        return told, {}
    shown = {
        part: step_up(
            parts.get(part, 0),
            minimum,
            known_parts.get(part, 0),
            heard.get(part, 0),
            before.get(part, 0),
        )
        for part in {**known_parts, **parts}
    }
    shown = {part: people for part, people in shown.items() if people}
    kept_back = [count for part, count in heard.items() if part not in shown]
    together = sum(shown.values())
    # Nor so many that those heard since then in one part that is kept back would have to be.
    moved = (heard[part] - last.get(part, 0) for part in heard if part not in shown)
    margin = max([margin, *(count + 1 for count in moved)])
    limit = min(
        together + _get_room(kept_back, minimum),
        step_up(whole, minimum, known_whole, everybody, earlier, margin),
    )
    apart = max(known_whole, together, floor(limit, minimum))
    if known_parts:
        return apart, shown
    alone = max(min(told, fit(heard.values(), minimum)), known_whole)
    # The whole comes first, as in many small parts there are many people; and what was told of it
    # must not have to be the same people.
    if not alone or together < alone or apart < known_whole + together:
        return alone, {}
    return apart, shown


def count_next(told, shown, heard, minimum, before=None):
    """Return how many had been heard at the last count of each part, for the next one.

    A part is counted when enough more of it have been heard; and when the whole was, if what is
    told of that says something about the part.

    :param int told: of the whole, as :func:`tell` returns it
    :param dict shown: of the parts, as :func:`tell` returns it
    :param dict heard: as for :func:`tell`
    :param int minimum: the threshold
    :param dict before: as for :func:`tell`
    :rtype: dict
    """
    before = before or {}
    if not is_due(sum(heard.values()), sum(before.get(None, {}).values()), minimum):
        return before
    together = sum(shown.values())
    counted = {
        part: count
        for part, count in heard.items()
        if is_due(count, before.get(part, 0), minimum)
        or get_most(told, together - shown.get(part, 0), minimum) < count
    }
    return {**before, **counted, None: dict(heard)}


def _get_room(heard, minimum):
    """Return how many people parts that are kept back can hold, any one of them being empty."""
    rooms = [min(count, minimum - 1) for count in heard]
    # One of them may be the reader, who knows that there is room for one less.
    return max(sum(rooms) - max(rooms, default=0) - 1, 0)
