"""One text for one content, and its fingerprint: what a signature is put under."""

import hashlib
import json
from datetime import date

import rfc8785

# What JSON can carry; Odoo's False and None are among them.
JsonValue = dict | list | tuple | str | int | float | bool | date | None


def canonical_json(data: JsonValue) -> str:
    """Return the one JSON text that stands for `data`, as RFC 8785 has it.

    Whoever checks a fingerprint, in whatever language, arrives at the same bytes (the text
    in UTF-8); reading the text back and calling this again gives the same text.

    :param data: dictionaries with text keys, lists, tuples, texts, numbers, booleans, None,
        dates and datetimes, nested at will.
    :return: JSON with sorted keys and no space between the tokens; dates and datetimes in
        ISO 8601, tuples as lists, characters beyond ASCII as they are, numbers in their
        shortest form (8.0 is ``8``).
    :raise ValueError: for NaN or an infinite number, an integer no JSON number can hold,
        half a character, or data that contains itself.
    :raise TypeError: for any other type, and for a key that is not a text: JSON would turn
        1 and "1" into the same key.
    """
    return rfc8785.dumps(_plain(data, ())).decode()


def read_canonical(text: str) -> JsonValue:
    """Return what a canonical text says.

    :param text: a text of `canonical_json`.
    :return: the data; numbers are floats, as everywhere in JSON.
    :raise ValueError: for a text that is no JSON, or says its content in another way.
    """
    data = json.loads(text, parse_int=float)
    if canonical_json(data) != text:
        raise ValueError("not in the canonical form")
    return data


def sha256_hex(text: str) -> str:
    """Return the SHA-256 (FIPS 180-4) of `text` in UTF-8.

    :param text: any text, usually of `canonical_json`.
    :return: 64 hexadecimal digits in lower case.
    :raise UnicodeEncodeError: for half of a surrogate pair, which is no character.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def short_code(sha256: str) -> str:
    """Return the beginning of a fingerprint, to compare by eye.

    :param sha256: 64 hexadecimal digits.
    :return: the first 16 of them, in groups of four: ``"ba78-16bf-8f01-cfea"``.
    """
    return "-".join(sha256[start : start + 4] for start in range(0, 16, 4))


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
