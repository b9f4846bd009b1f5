"""merge_terms.py EXPORTED TEMPLATE TRANSLATION

Writes Odoo's export as TEMPLATE, without the dates that would differ with every run, and carries
the translations we have over to it as TRANSLATION.
"""

import sys
from pathlib import Path

import polib

# Odoo writes the time of the export and names without meaning here.
VOLATILE = {"POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team"}


def main(exported, template_path, translation_path):
    template = polib.pofile(exported, wrapwidth=100)
    language = Path(translation_path).stem
    for key in VOLATILE:
        template.metadata.pop(key, None)
    template.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    for entry in template:
        entry.occurrences.sort()
    template.save(template_path)

    known = {}
    if Path(translation_path).exists():
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(translation_path)}
    template.metadata.update({"Language": language, "Plural-Forms": "nplurals=1; plural=0;"})
    for entry in template:
        entry.msgstr = known.get(entry.msgid, "")
    template.save(translation_path)

    missing = [entry.msgid for entry in template if not entry.msgstr]
    gone = set(known) - {entry.msgid for entry in template} - {""}
    print(
        f"{translation_path}: {len(template)} terms, {len(missing)} untranslated,"
        f" {len(gone)} no longer used and removed"
    )
    for term in missing:
        print(f"  untranslated: {term!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
