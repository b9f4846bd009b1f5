"""What equations say about people, for the proofs that nothing hidden can be computed."""

try:
    import numpy
except ImportError:  # a server that runs the tests of an installed addon
    numpy = None


def find_leak(lines, secrets):
    """Return one of the secrets about which the lines say something, else ``None``.

    They do if leaving its people out takes something away from what the lines determine.

    :param lines: sets of people whose sum a reader knows
    :param secrets: sets of people nothing may be known of
    """
    people = list(frozenset().union(*lines))
    matrix = numpy.array([[person in line for person in people] for line in lines], dtype=float)
    rank = numpy.linalg.matrix_rank(matrix)
    for secret in secrets:
        others = matrix[:, [person not in secret for person in people]]
        if numpy.linalg.matrix_rank(others) < rank if others.size else rank:
            return secret
    return None
