import { Component } from "@odoo/owl";

/** What was just said becomes a line of the agreement to be: one click, one kind. */
export class NoteButtons extends Component {
    static template = "performance_review.NoteButtons";
    static props = { kinds: Array, text: String, onNote: Function };
}
