import { Component, useRef } from "@odoo/owl";
import { useAutoresize } from "@web/core/utils/autoresize";

let nextId = 1;

/** A text of the room, stored while it is typed; what another window wrote stands below it. */
export class RoomText extends Component {
    static template = "performance_review.RoomText";
    static props = {
        label: String,
        value: String,
        placeholder: { type: String, optional: true },
        example: { type: String, optional: true },
        readonly: { type: Boolean, optional: true },
        isLabelHidden: { type: Boolean, optional: true },
        theirs: { optional: true },
        onInput: Function,
        onSettle: Function,
    };

    setup() {
        this.id = `o_pr_room_text_${nextId++}`;
        useAutoresize(useRef("text"), { minimumHeight: 38 });
    }

    get hasConflict() {
        return this.props.theirs !== undefined;
    }
}
