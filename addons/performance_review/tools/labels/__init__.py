"""Wording that labels a person instead of naming a fact (SPEC P3).

The words are data, one file a language (`words_en`, `words_zh`); `finder` looks for them and
`substance` says whether anything but a label is left of a text.
"""

from .finder import WORDS_EN, WORDS_ZH, find_labels
from .substance import is_only_label
