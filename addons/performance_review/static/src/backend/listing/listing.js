import { _t } from "@web/core/l10n/translation";

/** Words one after the other, with the mark the reader's language puts between them. */
export function sayList(words) {
    // Of the two placeholders nothing is left but what stands between them.
    return [...words].join(_t("%(word)s, %(next_word)s", { word: "", next_word: "" }));
}
