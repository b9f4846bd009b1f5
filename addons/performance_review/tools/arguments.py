"""What a value from outside may be: texts, numbers, dates, choices, ids, pictures.

Whoever may call a method may call it with anything: with NaN where a number stands, with half
a surrogate in a text, with a list where a name is expected. Every ``read_x`` takes the value and
the label it has for people, and either returns it in its proper type or raises one `UserError`
of one sentence. Limits stand here and nowhere else; the field guard and the verbs share them.
"""

import base64
import binascii
import math
import re
from datetime import date, datetime

from odoo.exceptions import UserError

from .kpi_sheet.reading import MAX_BYTES
from .words import say_list

CODE_LIMIT = 60  # of a technical name
NAME_LIMIT = 200  # characters: the name of a person
POINT_LIMIT = 300  # of a point on the sheet, of a question or an agenda
CHAR_LIMIT = 500  # of a line
REASON_LIMIT = 2000  # of why HR did something
TEXT_LIMIT = 20_000  # of one answer: about eight printed pages
DOCUMENT_LIMIT = 2_000_000  # of many answers together, written by the server
FILE_LIMIT = math.ceil(MAX_BYTES / 3) * 4  # base64 characters of the greatest file that is read
PICTURE_LIMIT = 2_000_000  # base64 characters; a drawn signature has some 20,000

INTEGER_LIMIT = 2**31 - 1
NUMBER_LIMIT = 1e12  # beyond this, figures of a table lose their decimals
FIRST_DATE = date(1900, 1, 1)
LAST_DATE = date(2200, 12, 31)

# PostgreSQL stores neither NUL nor half a surrogate pair.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def read_text(env, value, label, limit=TEXT_LIMIT, required=False):
    """Return ``value`` as a text, ``""`` when there is none.

    :param env: environment of the reader's language
    :param value: what came from outside
    :param str label: name of the value for people, in the language of ``env``
    :param int limit: greatest number of characters
    :param bool required: whether an empty (or blank) text is refused
    :raise UserError: for another type, unstorable characters or a text over its limit
    :rtype: str
    """
    if value is None or value is False:
        value = ""
    if not isinstance(value, str):
        raise UserError(env._("%(field)s takes a text.", field=label))
    if UNSTORABLE.search(value):
        raise UserError(
            env._(
                "%(field)s contains characters that cannot be stored: type the text anew.",
                field=label,
            )
        )
    if len(value) > limit:
        raise UserError(
            env._(
                "%(field)s takes up to %(limit)s characters; this text has %(found)s.",
                field=label,
                limit=limit,
                found=len(value),
            )
        )
    if required and not value.strip():
        raise UserError(env._("%(field)s is missing.", field=label))
    return value


def read_integer(env, value, label, low=-INTEGER_LIMIT, high=INTEGER_LIMIT):
    """Return ``value`` as an ``int`` between ``low`` and ``high``, 0 when there is none.

    :raise UserError: for anything that is not a whole number of this range
    :rtype: int
    """
    number = read_number(env, value, label, low, high)
    if number != int(number):
        raise UserError(env._("%(field)s takes a whole number.", field=label))
    return int(number)


def read_number(env, value, label, low=-NUMBER_LIMIT, high=NUMBER_LIMIT):
    """Return ``value`` as a finite number between ``low`` and ``high``, 0 when there is none.

    :raise UserError: for NaN, the infinities, other types and numbers out of range
    :rtype: int | float
    """
    if value is None or value is False or value == "":
        return 0
    number = value
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            number = None
    if isinstance(number, bool) or not isinstance(number, int | float) or number != number:
        raise UserError(env._("%(field)s takes a number.", field=label))
    # An int may be too great for a float: compared, never converted.
    if not low <= number <= high:
        raise UserError(
            env._(
                "%(field)s takes a number from %(low)s to %(high)s.",
                field=label,
                low=f"{low:,.0f}",
                high=f"{high:,.0f}",
            )
        )
    return number


def read_date(env, value, label, low=FIRST_DATE, high=LAST_DATE):
    """Return ``value`` as a ``date`` between ``low`` and ``high``, ``None`` when there is none.

    :param value: a ``date``, a ``datetime`` or a text in ISO format
    :raise UserError: for anything else, and for a day out of range
    :rtype: datetime.date | None
    """
    if value is None or value is False or value == "":
        return None
    day = value
    if isinstance(value, str):
        try:
            day = datetime.fromisoformat(value.strip())
        except ValueError:
            day = None
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date):
        raise UserError(env._("%(field)s takes a date.", field=label))
    if not low <= day <= high:
        raise UserError(
            env._(
                "%(field)s takes a date from %(low)s to %(high)s.",
                field=label,
                low=low.isoformat(),
                high=high.isoformat(),
            )
        )
    return day


def read_choice(env, value, label, choices, required=True):
    """Return ``value``, one of ``choices``, or ``None`` when there is none.

    :param choices: codes, or the pairs of code and label of a selection
    :param bool required: whether no choice is refused
    :raise UserError: for anything else
    :rtype: str | None
    """
    pairs = [each if isinstance(each, list | tuple) else (each, each) for each in choices]
    if value is None or value is False or value == "":
        value = None
        if not required:
            return None
    if not isinstance(value, str | int) or value not in [code for code, _label in pairs]:
        raise UserError(
            env._(
                "%(field)s takes one of: %(choices)s.",
                field=label,
                choices=say_list(env, (str(name) for _code, name in pairs)),
            )
        )
    return value


def read_id(env, value, label, required=True):
    """Return ``value`` as the id of a record, ``None`` when there is none.

    Whether such a record exists, and who may read it, is the caller's question.

    :param bool required: whether no id is refused
    :raise UserError: for anything that cannot be an id
    :rtype: int | None
    """
    if not required and (value is None or value is False):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= INTEGER_LIMIT:
        raise UserError(env._("%(field)s: choose a record.", field=label))
    return value


def read_ids(env, value, label):
    """Return ``value`` as a list of ids.

    :raise UserError: for anything that is not a list of ids
    :rtype: list[int]
    """
    if value is None or value is False:
        return []
    if not isinstance(value, list | tuple):
        raise UserError(env._("%(field)s takes a list of records.", field=label))
    return [read_id(env, each, label) for each in value]


def read_mapping(env, value, label):
    """Return ``value``, a dictionary with texts as keys.

    :raise UserError: for anything else
    :rtype: dict[str, object]
    """
    if not isinstance(value, dict) or any(not isinstance(key, str) for key in value):
        raise UserError(env._("%(field)s takes answers by name.", field=label))
    return value


def read_picture(env, value, label, limit=PICTURE_LIMIT):
    """Return ``value``, base64 as Odoo stores files, or ``None`` when there is none.

    :param int limit: greatest number of base64 characters
    :raise UserError: for another type, other characters or a file over its limit
    :rtype: str | bytes | None
    """
    if value is None or value is False or value in ("", b""):
        return None
    if not isinstance(value, str | bytes):
        raise UserError(env._("%(field)s takes a file.", field=label))
    if len(value) > limit:
        raise UserError(
            env._(
                "%(field)s takes up to %(limit)s MB.",
                field=label,
                limit=math.ceil(limit * 3 / 4 / 1_000_000 * 10) / 10,
            )
        )
    try:
        base64.b64decode(value)
    except (binascii.Error, ValueError):
        raise UserError(env._("%(field)s takes a file.", field=label)) from None
    return value
