"""Texts in files that a spreadsheet opens: what somebody typed must not run as a formula."""

# What a spreadsheet takes for a formula (or for the way to one) when a cell begins with it; the
# wide forms are what a Chinese or Japanese keyboard types.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "{=", "＝", "＋", "－", "＠")


def as_text(value):
    """Return ``value`` so that a spreadsheet shows it as text; all but texts stay as they are.

    :param value: of any type
    :return: a text that begins like a formula with an apostrophe before it
    """
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
