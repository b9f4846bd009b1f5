"""Looks for wording that labels a person, with the words and patterns of each language.

The rule behind them: a point is worth talking about when it names a result or a behaviour
that could be filmed or counted. "Unprofessional" cannot, "left the meeting twice without a
word" can. A label beside a fact is pointed at as well, since the label is what will be heard.

It is a hint by rules, not a judgement: it does not know who is spoken of, and it prefers
silence over pointing at an ordinary sentence. HR adds words of its own.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from . import patterns_en, patterns_zh, words_en, words_zh
from .lexicon import START, Lexicon, compile_words

ENGLISH = Lexicon(words_en, patterns_en, in_words=True, reach=100)
CHINESE = Lexicon(words_zh, patterns_zh, in_words=False, reach=30)
WORDS_EN = ENGLISH.words
WORDS_ZH = CHINESE.words
_OTHER_SUBJECTS = frozenset(words_en.OTHER_SUBJECTS.split())
# How far a Chinese subject is looked for.
_CONTEXT_ZH = 24


def find_labels(text: str, extra_words: Iterable[str] = ()) -> list[str]:
    """Return the words and phrases in `text` that label a person.

    :param text: plain text, Chinese, English or both; empty (or Odoo's False) is allowed.
    :param extra_words: further words of HR's; case and the width of spaces do not count.
        Words with Latin letters are found as whole words, others wherever they stand. The
        built-in exceptions do not apply to them. Blank ones are ignored.
    :return: what was found, as it stands in the text, in order of appearance. Each once
        (case apart); of two that overlap the one that begins first, then the longer.
    """
    found: dict[str, str] = {}
    for start, end in find_spans(text, extra_words):
        label = text[start:end]
        found.setdefault(" ".join(label.casefold().split()), label)
    return list(found.values())


def find_spans(text: str, extra_words: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return where the labels of `text` begin and end, in order and without overlaps.

    :param text: as for :func:`find_labels`
    :param extra_words: as for :func:`find_labels`
    """
    if not text:
        return []
    spans = [*_built_in_spans(text), *_extra_spans(text, extra_words)]
    kept = []
    free_from = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= free_from:
            free_from = end
            kept.append((start, end))
    return kept


def _built_in_spans(text: str) -> Iterator[tuple[int, int]]:
    spans = [*_spans_en(text), *_spans_zh(text)]
    if spans:
        # Most texts have no label, and need not be searched for exceptions.
        excepted = bytearray(len(text))
        for match in _exceptions().finditer(text):
            excepted[match.start() : match.end()] = b"x" * len(match[0])
        for start, end in spans:
            if not any(excepted[start:end]):
                yield start, end


def _spans_en(text: str) -> Iterator[tuple[int, int]]:
    for match in ENGLISH.find_all(text):
        groups = match.groupdict()
        if "label" not in groups:
            yield match.span()
        elif not _is_other_subject(groups.get("subject")):
            yield match.span("label")


def _spans_zh(text: str) -> Iterator[tuple[int, int]]:
    for match in CHINESE.find_all(text):
        if not _is_about_others(text, *match.span()):
            yield match.span()


def _is_other_subject(word: str | None) -> bool:
    word = (word or "").lower()
    singulars = {word, word.removesuffix("s"), re.sub("ies$", "y", word)}
    # "sensor 4 was unreliable": people have no numbers.
    return word.isdigit() or not singulars.isdisjoint(_OTHER_SUBJECTS)


def _is_about_others(text: str, start: int, end: int) -> bool:
    before, after, personal = _subjects_zh()
    if after.match(text, end):
        return True
    if personal.search(text, start, end):
        return False
    subject = before.search(text, max(0, start - _CONTEXT_ZH), start)
    return bool(subject) and not subject["towards"]


def _extra_spans(text: str, extra_words: Iterable[str]) -> Iterator[tuple[int, int]]:
    words = tuple(sorted({" ".join(word.split()) for word in extra_words if word} - {""}))
    if words:
        for match in compile_words(words).finditer(text):
            yield match.span()


@cache
def _exceptions() -> re.Pattern:
    english = (f"{START}{item}" for item in words_en.EXCEPTIONS)
    return re.compile("|".join([*english, *words_zh.EXCEPTIONS]), re.IGNORECASE)


@cache
def _subjects_zh() -> tuple[re.Pattern, ...]:
    # 对客户态度恶劣 is about the one who is reviewed, 客户态度恶劣 is not.
    parts = (patterns_zh.SUBJECT_BEFORE, patterns_zh.SUBJECT_AFTER, patterns_zh.PERSONAL)
    return tuple(re.compile(CHINESE.expand(part)) for part in parts)
