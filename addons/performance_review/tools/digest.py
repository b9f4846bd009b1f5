"""One text for one content, and its fingerprint: what a signature is put under."""

import hashlib
import json
from datetime import date

# What JSON can carry; Odoo's False and None are among them.
JsonValue = dict | list | tuple | str | int | float | bool | date | None


def canonical_json(data: JsonValue) -> str:
    """Return the one JSON text that stands for `data`.

    Reading the text back and calling this again gives the same text, so that a stored
    snapshot can be checked against its fingerprint at any later time.

    :param data: dictionaries with text keys, lists, tuples, texts, numbers, booleans, None,
        dates and datetimes, nested at will.
    :return: JSON with sorted keys and no space between the tokens; dates and datetimes in
        ISO 8601, tuples as lists, characters beyond ASCII as they are.
    :raise ValueError: for NaN or an infinite number, or data that contains itself.
    :raise TypeError: for any other type, and for a key that is not a text: JSON would turn
        1 and "1" into the same key and sort them differently once read back.
    """
    return json.dumps(
        _plain(data, ()),
        allow_nan=False,
        ensure_ascii=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def sha256_hex(text: str) -> str:
    """Return the SHA-256 (FIPS 180-4) of `text` in UTF-8.

    :param text: any text, usually of `canonical_json`.
    :return: 64 hexadecimal digits in lower case.
    :raise UnicodeEncodeError: for half of a surrogate pair, which is no character.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value, parents):
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    if not isinstance(value, (dict, list, tuple)):
        raise TypeError(f"{type(value).__name__} has no place in canonical JSON")
    if id(value) in parents:
        raise ValueError("the data contains itself")
    parents = (*parents, id(value))
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"a key must be a text, not {key!r}")
        return {key: _plain(item, parents) for key, item in value.items()}
    return [_plain(item, parents) for item in value]
