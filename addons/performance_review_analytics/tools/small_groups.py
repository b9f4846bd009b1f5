"""Which departments stand in one row, so that no figure of a small one can be computed.

A row is shown alone from the threshold on; all smaller departments together are one row more. Where
these are too few as well, the smallest of the others joins them: else their figure would be the
whole less all that is shown. Every person is in exactly one row, and whatever is shown of more than
one row is made of rows that are shown, so nothing is left to compute.
"""

# All that do not stand alone; the row of those without a department is 0, the others have ids.
REST = -1


def merge(counts, minimum):
    """Return in which row each department stands.

    :param dict counts: id of the department, ``0`` for none → number of people
    :param int minimum: from how many people on a row is shown
    :return: id of the department → the same id, or :data:`REST`
    :rtype: dict[int, int]
    """
    rest = {key for key, count in counts.items() if count < minimum}
    alone = sorted(set(counts) - rest, key=lambda key: (counts[key], key))
    while rest and alone and sum(counts[key] for key in rest) < minimum:
        rest.add(alone.pop(0))
    return {key: REST if key in rest else key for key in counts}
