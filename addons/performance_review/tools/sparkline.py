"""Coordinates of a small line of measurements, for an inline SVG."""


def sparkline(values, target=None, width=120, height=32, padding=4):
    """Place measurements from left to right, the largest on top.

    :param values: numbers in the order in which they were measured.
    :param target: number to aim at, drawn as a level line; None for no line.
    :param width: of the picture, in pixels.
    :param height: of the picture, in pixels.
    :param padding: free space on every side, in pixels, for round ends and the last dot.
    :return: ``{"points": [(x, y), …], "target_y": y or None}`` with coordinates rounded to a
        tenth of a pixel; None for fewer than two values, which make no line.
    """
    if len(values) < 2:
        return None
    scale = [*values, target] if target is not None else list(values)
    lowest, highest = min(scale), max(scale)

    def place(value):
        if highest == lowest:
            return round(height / 2, 1)
        share = (value - lowest) / (highest - lowest)
        return round(height - padding - share * (height - 2 * padding), 1)

    step = (width - 2 * padding) / (len(values) - 1)
    return {
        "points": [
            (round(padding + index * step, 1), place(value)) for index, value in enumerate(values)
        ],
        "target_y": None if target is None else place(target),
    }
