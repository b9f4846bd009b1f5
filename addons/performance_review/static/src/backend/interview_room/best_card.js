import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { WordingHint } from "../preparation/hint";
import { NoteButtons } from "./note_buttons";
import { RoomText } from "./room_text";

export const BEST = ["behaviour", "effect", "suggestion", "thanks", "reaction"];

/**
 * One piece of BEST feedback: a hint and a worked example for each field, and the same check for
 * words that label a person as on the sheet. What the employee says to it is nobody's to check.
 */
export class BestCard extends Component {
    static template = "performance_review.BestCard";
    static components = { NoteButtons, RoomText, WordingHint };
    static props = {
        feedback: Object,
        // Of the prepared point it came from; a card of one's own is asked like a gap.
        kind: String,
        canWrite: Boolean,
        kinds: Array,
        theirs: Function,
        onInput: Function,
        onSettle: Function,
        onNote: Function,
        onRemove: Function,
    };

    get fields() {
        const examples = this.examples;
        return [
            {
                name: "behaviour",
                label: _t("Behaviour"),
                placeholder: _t("In Tuesday's call you … (seen or heard by you)"),
            },
            {
                name: "effect",
                label: _t("Effect"),
                placeholder: _t("… and so the customer … (what it led to)"),
            },
            {
                name: "suggestion",
                label: _t("Suggestion"),
                placeholder: _t("Keep it, or next time …"),
            },
            {
                name: "thanks",
                label: _t("Thanks / Trust"),
                placeholder: _t("Thank you for … / I trust you to …"),
            },
            {
                name: "reaction",
                label: _t("What was said to it"),
                placeholder: _t("In one line, in their words"),
            },
        ].map((field) => ({ ...field, example: examples[field.name] || "" }));
    }

    get examples() {
        if (this.props.kind === "strength") {
            return {
                behaviour: _t("On Tuesday you called the customer back before he asked."),
                effect: _t("He stayed with us and ordered again in the same week."),
                suggestion: _t("Please do the same with the next delay."),
                thanks: _t("Thank you: I know that call was not easy."),
            };
        }
        return {
            behaviour: _t("On Tuesday the customer called three times before we answered."),
            effect: _t("He took the next order elsewhere, and two people had to explain it."),
            suggestion: _t("Next time, call on the first day, even without a date to give."),
            thanks: _t("I trust you to find the right words: you did in March."),
        };
    }

    isChecked(field) {
        return this.props.canWrite && field.name !== "reaction";
    }
}
