"""What the tests of translations share, for every addon of ours."""

import io
import re
from pathlib import Path

import polib

from odoo.tools import file_path
from odoo.tools.translate import trans_export

HINT = "run scripts/i18n, then fill in the empty msgstr of i18n/zh_CN.po"
# What a translation may move about but neither lose nor invent.
PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sdf%]|{{.*?}}|</?\w[^>]*>", re.DOTALL)
# Words of attributes that a reader sees; the rest of a tag stays as it is.
READ_ATTRIBUTE = re.compile(r'\b(title|alt|placeholder|aria-label|string)="[^"]*"')
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# A half-width sign right behind a Chinese character.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?()]")
# The name of a person, which may be Latin, right beside a Chinese character.
_NAMES = r"%\((?:employee|reviewer|manager|person|name|names|owner|user|author|who|by)\)s"
NAME_IN_CHINESE = re.compile(rf"[\u4e00-\u9fff]{_NAMES}|{_NAMES}[\u4e00-\u9fff]")
# The same in both languages, or a sign instead of a word.
NOT_CHINESE = {"ID", "PDF", "SHA-256", "of"}


def find_file(module, name):
    """Return the path of a file in an addon's ``i18n/``."""
    return Path(file_path(f"{module}/i18n/{name}"))


def _placeholders(text):
    return sorted(READ_ATTRIBUTE.sub(r'\1=""', found) for found in PLACEHOLDER.findall(text))


class TranslationFiles:
    """The files in ``i18n/`` of an addon are complete and true to its code; for a test case."""

    # Name of the addon.
    module = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = polib.pofile(str(find_file(cls.module, f"{cls.module}.pot")))
        cls.chinese = polib.pofile(str(find_file(cls.module, "zh_CN.po")))

    def assertNone(self, terms, message):
        """Fail, naming each of ``terms``, unless there are none."""
        if terms:
            listed = "\n".join(f"  {term!r}" for term in sorted(terms))
            self.fail(f"{message}:\n{listed}")

    def test_template_is_current(self):
        buffer = io.BytesIO()
        trans_export(None, [self.module], buffer, "po", self.env)
        exported = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
        committed = {entry.msgid for entry in self.template}
        self.assertNone(exported - committed, f"Terms missing in {self.module}.pot ({HINT})")
        self.assertNone(committed - exported, f"Stale terms in {self.module}.pot ({HINT})")

    def test_chinese_has_every_term(self):
        wanted = {entry.msgid for entry in self.template}
        known = {entry.msgid for entry in self.chinese if entry.msgstr.strip()}
        self.assertNone(wanted - known, f"Terms without Chinese ({HINT})")
        self.assertNone(
            {entry.msgid for entry in self.chinese} - wanted, f"Stale terms in zh_CN.po ({HINT})"
        )
        self.assertNone([entry.msgid for entry in self.chinese if entry.fuzzy], "Fuzzy terms")
        self.assertNone(
            [entry.msgid for entry in self.chinese.obsolete_entries()], "Obsolete terms"
        )

    def test_chinese_is_chinese(self):
        def plain(text):
            return PLACEHOLDER.sub("", text)

        self.assertNone(
            [
                entry.msgid
                for entry in self.chinese
                if entry.msgid not in NOT_CHINESE
                and re.search(r"[a-z]{2}", plain(entry.msgid))
                # An expression, not a text.
                and "object." not in plain(entry.msgid)
                and not CHINESE.search(entry.msgstr)
            ],
            "Terms whose translation is no Chinese",
        )
        self.assertNone(
            [entry.msgstr for entry in self.chinese if HALF_WIDTH.search(plain(entry.msgstr))],
            "Chinese with half-width punctuation",
        )

    def test_placeholders_are_kept(self):
        self.assertNone(
            [
                entry.msgid
                for entry in self.chinese
                if _placeholders(entry.msgid) != _placeholders(entry.msgstr)
            ],
            "Placeholders or tags differ in the translation of",
        )

    def test_names_stand_apart(self):
        """A name may be Latin or Chinese: no space, and no lack of one, is right beside both."""
        self.assertNone(
            [entry.msgstr for entry in self.chinese if NAME_IN_CHINESE.search(entry.msgstr)],
            "Put a colon or brackets between a name and Chinese",
        )

    def test_outer_spaces_are_kept(self):
        def outer(text):
            stripped = text.strip()
            return text.partition(stripped)[::2]

        self.assertNone(
            [entry.msgid for entry in self.chinese if outer(entry.msgid) != outer(entry.msgstr)],
            "Leading or trailing spaces differ in the translation of",
        )
