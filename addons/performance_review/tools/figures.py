"""Figures as people write them: the one way for pages, mails and paper."""

from odoo.tools.misc import formatLang


def say_number(env, value: float) -> str:
    """Return a figure in the reader's way of writing, without decimals that are zero.

    :param env: an environment in the reader's language.
    :param value: any finite number.
    :return: "6", "6.5" or "6.25" in English, with the separators of the language.
    """
    digits = next((digits for digits in (0, 1) if value == round(value, digits)), 2)
    return formatLang(env, value, digits=digits)


def say_figure(env, value: float, unit: str | None) -> str:
    """Return a figure with its unit, as "6 天" and "80%".

    English and Chinese both write the percent sign without a space (Unicode CLDR, percent
    format ``#,##0%``). The space before other units is a plain one, found by whoever searches
    for it; a page keeps both on one line with ``text-nowrap``.

    :param env: an environment in the reader's language.
    :param value: any finite number.
    :param unit: what is counted, if anything.
    """
    number = say_number(env, value)
    if unit == "%":
        return f"{number}%"
    return " ".join(filter(None, (number, unit)))
