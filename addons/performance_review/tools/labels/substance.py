"""Says whether anything but labels is left of a text."""

import re
from collections.abc import Iterable
from functools import cache

from . import patterns_en, patterns_zh, words_en, words_zh
from .finder import ENGLISH, find_spans
from .lexicon import LATIN, split_words

# What may stand around a label without saying what happened: whom or what it was about, in
# English words and Chinese signs. A clause without a label may say less.
_BESIDE_LABEL = 3, 6
_WITHOUT_LABEL = 1, 3
_FILLERS_EN = frozenset(words_en.FILLERS.split())


def is_only_label(text: str, extra_words: Iterable[str] = ()) -> bool:
    """Say whether `text` labels a person and tells nothing else.

    Anything that could be a fact counts as one: a number, a date, or a clause of its own.

    :param text: plain text, Chinese, English or both; empty (or Odoo's False) is allowed.
    :param extra_words: further words of HR's, as for :func:`find_labels`
    :return: False without a label as well: whether a text is a good fact is not asked here.
    """
    spans = find_spans(text, extra_words)
    if not spans:
        return False
    evidence, clause_end, fillers_zh = _patterns()
    # One sign for each label, so that it is known which clause has one.
    for start, end in reversed(spans):
        text = f"{text[:start]} \0 {text[end:]}"
    if evidence.search(text):
        return False
    for clause in clause_end.split(text):
        words = {word.lower() for word in re.findall(f"[{LATIN}]+", clause)} - _FILLERS_EN
        signs = re.findall("[\u3400-\u9fff]", fillers_zh.sub("", clause))
        most_words, most_signs = _BESIDE_LABEL if "\0" in clause else _WITHOUT_LABEL
        if len(words) > most_words or len(signs) > most_signs:
            return False
    return True


@cache
def _patterns() -> tuple[re.Pattern, ...]:
    evidence = f"{ENGLISH.expand(patterns_en.EVIDENCE)}|{patterns_zh.EVIDENCE}"
    clause_end = f"[.;:,!?()，。；：！？、\n]|{ENGLISH.expand(patterns_en.CONJUNCTIONS)}"
    fillers_zh = sorted(split_words(words_zh.FILLERS), key=len, reverse=True)
    return (
        re.compile(evidence, re.IGNORECASE),
        re.compile(clause_end, re.IGNORECASE),
        re.compile("|".join(map(re.escape, fillers_zh))),
    )
