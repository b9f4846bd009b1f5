"""Turns a language's words and patterns into something that finds them fast.

Nearly every word of a text is none of ours. So a pattern names the words without which it
cannot apply, its keys, and is tried around those only; it is compiled when it is first
needed. Knows nothing of what the words mean.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache

# Latin letters only: an English word in the middle of a Chinese sentence stands without
# spaces, and `\b` sees no border there.
LATIN = r"0-9A-Za-z_\u00c0-\u024f"
START = rf"(?<![{LATIN}])"
END = rf"(?![{LATIN}])"
APOSTROPHE = "['\u2019]"
_FIXED = {"latin": LATIN, "start": START, "end": END, "apostrophe": APOSTROPHE}
# The letters of a key that are looked up, at most.
_KEY_LENGTH = 6


def split_words(text: str) -> tuple[str, ...]:
    """Return the words of a data text, which stand there separated by commas."""
    words = (" ".join(word.split()) for word in re.split(r",(?:\s+|$)", text.strip()))
    return tuple(word for word in words if word)


@lru_cache(maxsize=1024)
def compile_words(words: tuple[str, ...]) -> re.Pattern:
    """Return a pattern for any of `words`, case and the width of spaces apart."""
    # Longest first, as an alternation takes the first that fits.
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_word_pattern, ordered)), re.IGNORECASE)


def _word_pattern(word: str) -> str:
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    pattern = re.sub("['\u2019]", APOSTROPHE, pattern).replace(r"\-", r"[-\s\u2010\u2011]")
    # A border is asked for only where the word ends with a letter: "C++" has none.
    before = START if re.match(rf"[{LATIN}]", word) else ""
    after = END if re.search(rf"[{LATIN}]$", word) else ""
    return f"{before}{pattern}{after}"


class Lexicon:
    """The words and patterns of one language.

    :param words: a module with the text `WORDS` and the texts of `VOCABULARY`
    :param patterns: a module with the fragments of `GRAMMAR` and with `PATTERNS`, pairs of keys
        and a pattern
    :param in_words: whether the language puts spaces between its words
    :param reach: how many signs before and behind its key a match may go
    """

    def __init__(self, words, patterns, *, in_words: bool, reach: int):
        self.words = split_words(words.WORDS)
        self._vocabulary = words.VOCABULARY
        self._grammar = patterns.GRAMMAR
        self._sources = patterns.PATTERNS
        self._in_words = in_words
        self._reach = reach

    def find_all(self, text: str) -> Iterator[re.Match]:
        """Yield where a word of the list stands or a pattern applies, in no special order."""
        places: dict[int, list[int]] = {}
        for place, token in self._tokens(text):
            for words, numbers in self._lookup(token):
                if words and (match := compile_words(words).match(text, place)):
                    yield match
                for number in numbers:
                    places.setdefault(number, []).append(place)
        for number, keys in places.items():
            for start, end in self._windows(keys, len(text)):
                for match in self._pattern(number).finditer(text, start, end):
                    # A window's edge is no end of a text: only what holds a key counts.
                    first = bisect_left(keys, match.start())
                    if first < len(keys) and keys[first] < match.end():
                        yield match

    def patterns(self) -> Iterator[re.Pattern]:
        """Yield every pattern, compiled."""
        return map(self._pattern, range(len(self._sources)))

    def expand(self, pattern: str) -> str:
        """Put what `{name}` stands for into `pattern`."""

        def entry(match):
            name = match[1]
            if name in _FIXED:
                return _FIXED[name]
            if name in self._grammar:
                return self.expand(self._grammar[name])
            words = sorted(split_words(self._vocabulary[name]), key=len, reverse=True)
            return self.expand("(?:{})".format("|".join(words)).replace(" ", r"\s+"))

        return re.sub(r"\{([a-z_]+)\}", entry, pattern)

    @cache  # noqa: B019 (two lexicons, as long as the process)
    def _pattern(self, number: int) -> re.Pattern:
        pattern = self.expand(self._sources[number][1])
        return re.compile(pattern + (END if self._in_words else ""), re.IGNORECASE | re.MULTILINE)

    def _tokens(self, text: str) -> Iterator[tuple[int, str]]:
        if self._in_words:
            for match in re.finditer(f"[{LATIN}]+", text):
                yield match.start(), match[0].lower()
        else:
            for match in self._first_signs.finditer(text):
                yield match.start(), text[match.start() : match.start() + 2]

    def _lookup(self, token: str) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
        index, lengths = self._index
        if found := index.get(f"{token}."):
            yield found
        for length in lengths:
            if length > len(token):
                break
            if found := index.get(token[:length]):
                yield found

    def _windows(self, places: list[int], length: int) -> Iterator[tuple[int, int]]:
        start = end = 0
        for place in places:
            if end and place - self._reach > end:
                yield start, end
                end = 0
            if not end:
                start = max(0, place - self._reach)
            end = min(length, place + self._reach)
        if end:
            yield start, end

    @cached_property
    def _index(self) -> tuple[dict[str, tuple], list[int]]:
        """What each key leads to, words and numbers of patterns, and how long keys are.

        A key with a full stop is a whole word, others are the beginning of one.
        """
        words: dict[str, list[str]] = {}
        for word in self.words:
            first = re.match(f"[{LATIN}]+", word)
            key = f"{first[0].lower()}." if self._in_words and first else word[:2]
            words.setdefault(key, []).append(word)
        numbers: dict[str, list[int]] = {}
        for number, (keys, _pattern) in enumerate(self._sources):
            for key in {key for item in split_words(keys) for key in self._keys(item)}:
                numbers.setdefault(key, []).append(number)
        index = {
            key: (tuple(words.get(key, ())), tuple(numbers.get(key, ())))
            for key in {*words, *numbers}
        }
        return index, sorted({len(key) for key in index if not key.endswith(".")})

    def _keys(self, item: str) -> Iterable[str]:
        if name := re.fullmatch(r"\{([a-z_]+)\}", item):
            for word in split_words(self._vocabulary[name[1]]):
                yield from self._keys(word)
            return
        literal, rest = re.fullmatch(r"(\w+)(.*)", item).groups()
        if rest.startswith("?"):  # the last letter may be missing
            literal = literal[:-1]
        if not self._in_words:
            yield literal[:2]
        elif not rest or rest[0] in " -":
            yield f"{literal}."
            if rest.startswith("-?"):  # may be written in one
                yield (literal + re.match(r"\w*", rest[2:])[0])[:_KEY_LENGTH]
        else:
            yield literal[:_KEY_LENGTH]

    @cached_property
    def _first_signs(self) -> re.Pattern:
        signs = {key[0] for key in self._index[0]}
        return re.compile("[{}]".format("".join(sorted(signs))))
