"""What a cell of the spreadsheet says: its text, its number, its direction."""

import math
import re
import unicodedata

from ..achievement import DOWN, UP
from .columns import COLUMNS, DOWN_WORDS, UP_WORDS

# Characters without width, which `str.split` does not take for space.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def cell_text(value: object) -> str:
    """Return a cell as text without surplus space; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).translate(INVISIBLE).split())


def identifier(value: object) -> str:
    """Return an e-mail address or number as it is stored.

    Undone: full-width characters, and what keeps or loses the zeros of a number on its way
    through a spreadsheet (10023.0, '0042, ="0042").
    """
    text = unicodedata.normalize("NFKC", cell_text(value))
    text = re.sub(r'^="(.*)"$', r"\1", text).removeprefix("'").strip()
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def shown(value: object) -> str:
    """Return a cell as an error message quotes it."""
    text = cell_text(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


# 1,234,567 with one kind of separator throughout, none before a leading zero.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([,. '])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.ASCII)


def read_number_cell(value: object) -> float:
    """Return a finite float.

    :raise ValueError: for anything else, also for a truth value, a date, and text that is
        not wholly a number.
    """
    if isinstance(value, bool):
        raise ValueError("a truth value is not a number")
    if isinstance(value, str):
        value = _plain_number(value)
    elif not isinstance(value, (int, float)):
        raise ValueError(f"{type(value).__name__} is not a number")
    try:
        number = float(value)
    except OverflowError as error:
        raise ValueError("too large") from error
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _plain_number(text: str) -> str:
    """Return a number's text in Python's notation."""
    text = unicodedata.normalize("NFKC", text.translate(INVISIBLE))
    text = text.replace("\u2212", "-").replace("\u2019", "'")
    text = " ".join(text.split()).removesuffix("%").rstrip().lower()
    sign = text[:1] if text[:1] in ("+", "-") else ""
    digits = text[len(sign) :].lstrip()
    # The last point or comma is decimal if it stands alone; what is left of it may be
    # grouped, by another sign than the decimal one.
    mark = max(digits.rfind("."), digits.rfind(","))
    whole, fraction = (digits[:mark], digits[mark + 1 :]) if mark >= 0 else (digits, None)
    if fraction is not None and (
        digits.count(digits[mark]) > 1 or (digits[mark] == "," and _GROUPED.fullmatch(digits))
    ):
        whole, fraction = digits, None
    grouped = _GROUPED.fullmatch(whole)
    if grouped and (fraction is None or grouped[1] != digits[mark]):
        whole = whole.replace(grouped[1], "")
    plain = sign + whole + ("" if fraction is None else f".{fraction}")
    if not _PLAIN.fullmatch(plain):
        raise ValueError("not a number")
    return plain


def read_direction(value: object) -> str | None:
    text = cell_text(value)
    return _DIRECTION_OF_WORD.get(normal(text)) if text else UP


def normal(value: object) -> str:
    """Return a header or keyword as it is compared.

    Full-width characters count as their narrow form; case, space, punctuation and hints in
    brackets do not count: "目标值 (必填) *" is "目标值".
    """
    text = unicodedata.normalize("NFKC", cell_text(value)).casefold()
    bare = re.sub(r"[(\[{\u3010\u3014].*?(?:[)\]}\u3011\u3015]|$)", "", text)
    for candidate in (bare, text):
        letters = "".join(filter(str.isalnum, candidate))
        if letters:
            return letters
    # Arrows and signs; some of them carry an invisible choice between text and picture.
    return text.replace("\ufe0e", "").replace("\ufe0f", "")


KEY_OF_HEADER = {normal(header): key for key, headers in COLUMNS.items() for header in headers}
_DIRECTION_OF_WORD = {
    **{normal(word): UP for word in UP_WORDS},
    **{normal(word): DOWN for word in DOWN_WORDS},
}
