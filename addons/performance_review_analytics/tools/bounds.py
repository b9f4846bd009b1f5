"""Which counts of people may stand beside each other without giving a small group away.

Plain Python. Counts are told in steps, and the reader of a whole and of its parts must not find
out that anybody at all stands behind a part that is kept back: whatever is told, every such part
could be empty.
"""

STEP = 5  # people


def floor(people, minimum):
    """Return what is told of a number of people: a step, or the threshold itself.

    :param int people: how many, at least ``minimum``
    :param int minimum: the threshold
    :rtype: int
    """
    return max(people - people % STEP, minimum)


def highest(told):
    """Return the greatest number of people that would be told in the same way.

    :param int told: as :func:`floor` returns it
    :rtype: int
    """
    return told - told % STEP + STEP - 1


def spare(sizes, minimum):
    """Return how many people the parts kept back can hold if any one of them is empty.

    :param sizes: how many belong to each of these parts
    :param int minimum: the threshold; a part that reaches it is told
    :rtype: int
    """
    rooms = [min(size, minimum - 1) for size in sizes]
    return sum(rooms) - max(rooms, default=0)


def tell(whole, parts, sizes, minimum, known_whole=0, known_parts=None):
    """Return what may be told of a whole and of its parts, never less than before.

    :param int whole: people in all, at least ``minimum``
    :param dict parts: part → people, of the parts that may be told at all
    :param dict sizes: part → how many belong to it, of all parts
    :param int minimum: the threshold
    :param int known_whole: what has been told of the whole
    :param dict known_parts: part → what has been told of it
    :return: what to tell of the whole, and of parts
    :rtype: tuple[int, dict]
    """
    known_parts = known_parts or {}
    told = max(floor(whole, minimum), known_whole)
    # Without enough parts even the smallest whole says that each of them is in it.
    if not known_parts and spare(sizes.values(), minimum) < minimum:
        return told, {}
    shown = {part: floor(people, minimum) for part, people in parts.items()}
    for part, people in known_parts.items():
        shown[part] = max(people, shown.get(part, 0))
    kept_back = [size for part, size in sizes.items() if part not in shown]
    limit = sum(map(highest, shown.values())) + spare(kept_back, minimum)
    if known_whole > limit and not known_parts:
        return told, {}
    return max(min(told, floor(limit, minimum)), known_whole), shown
