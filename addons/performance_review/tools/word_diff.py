"""What changed between two texts, word by word; Chinese and Japanese character by character."""

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

SAME, OUT, IN = "same", "out", "in"
# Writing without spaces between words: Chinese characters, kana and their punctuation.
CHARACTERS = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
TOKEN = re.compile(
    rf"\s+|\d+(?:[.,]\d+)*|[^\W\d{CHARACTERS}]+|.",
    re.DOTALL,
)
SENTENCE = re.compile(r"[^.!?;\n。！？；]*(?:[.!?;\n。！？；]+\s*|$)")
# Pairs of equal tokens to look at; beyond, whole sentences are compared, or nothing any more.
MOST_PAIRS = 50_000


class Piece(NamedTuple):
    """A part of both texts (``same``), of the old one (``out``) or of the new one (``in``)."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Return how one text became the other.

    The pieces that are not ``in`` make the old text, those that are not ``out`` the new one; what
    was replaced comes before what it was replaced by, and no two neighbours are of one kind.

    :param before: any text
    :param after: any text
    :return: pieces in the order of the texts, none for two empty texts
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    start, end = _count_common(old, new)
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if _count_pairs(middle_old, middle_new) > MOST_PAIRS:
        middle_old, middle_new = (
            [part for part in SENTENCE.findall("".join(tokens)) if part]
            for tokens in (middle_old, middle_new)
        )
    pieces = [Piece(SAME, "".join(old[:start]))]
    if _count_pairs(middle_old, middle_new) > MOST_PAIRS:
        pieces += [Piece(OUT, "".join(middle_old)), Piece(IN, "".join(middle_new))]
    else:
        pieces += _match(middle_old, middle_new)
    pieces.append(Piece(SAME, "".join(old[len(old) - end :])))
    return _tidy(pieces)


def get_before(pieces: list[Piece]) -> str:
    """Return the old text."""
    return "".join(piece.text for piece in pieces if piece.kind != IN)


def get_after(pieces: list[Piece]) -> str:
    """Return the new text."""
    return "".join(piece.text for piece in pieces if piece.kind != OUT)


def _count_common(old, new):
    """Return how many tokens both have at their beginning, and at their end."""
    shorter = min(len(old), len(new))
    start = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    rest = shorter - start
    end = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    return start, end


def _count_pairs(old, new):
    """Return how many pairs of equal tokens there are."""
    counts = Counter(new)
    return sum(count * counts[token] for token, count in Counter(old).items())


def _match(old, new):
    """Return the pieces of two lists of tokens."""
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[i1:i2])))
        else:
            pieces += [Piece(OUT, "".join(old[i1:i2])), Piece(IN, "".join(new[j1:j2]))]
    return pieces


def _tidy(pieces):
    """Join neighbours, and what is parted by nothing but a blank: nobody reads that one by one."""
    tidy = []
    for kind, texts in _group(pieces):
        is_blank = kind == SAME and not texts[0].strip()
        if kind == SAME and not (is_blank and tidy and tidy[-1][0] != SAME):
            tidy.append((SAME, texts))
        elif tidy and tidy[-1][0] != SAME:
            # A change goes on after a blank.
            out, new = tidy[-1][1]
            tidy[-1] = (None, (out + texts[0], new + texts[1]))
        else:
            tidy.append((kind, texts))
    result = []
    for kind, (out, new) in tidy:
        if kind == SAME:
            result.append(Piece(SAME, out))
            continue
        # The blank that was taken along stays outside where nothing follows it.
        blank = _get_common_end(out, new)
        out, new = out[: len(out) - len(blank)], new[: len(new) - len(blank)]
        result += [Piece(OUT, out), Piece(IN, new), Piece(SAME, blank)]
    return _join(piece for piece in result if piece.text)


def _group(pieces):
    """Return runs of what is the same (text twice) and of changes (old text, new text)."""
    groups = []
    for piece in pieces:
        if not piece.text:
            continue
        kind = SAME if piece.kind == SAME else None
        if not groups or groups[-1][0] != kind:
            groups.append([kind, "", ""])
        groups[-1][1] += piece.text if piece.kind != IN else ""
        groups[-1][2] += piece.text if piece.kind != OUT else ""
    return [(kind, (out, new)) for kind, out, new in groups]


def _get_common_end(out, new):
    """Return the blanks with which both texts end."""
    length = 0
    while (
        length < min(len(out), len(new))
        and out[-1 - length] == new[-1 - length]
        and out[-1 - length].isspace()
    ):
        length += 1
    return out[len(out) - length :]


def _join(pieces):
    """Return the pieces with neighbours of one kind in one, what is out before what is in."""
    joined = []
    for kind, (out, new) in _group(pieces):
        if kind == SAME:
            joined.append(Piece(SAME, out))
        else:
            joined += [Piece(OUT, out)] * bool(out) + [Piece(IN, new)] * bool(new)
    return joined
