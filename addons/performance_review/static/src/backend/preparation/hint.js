import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { ConnectionLostError } from "@web/core/network/rpc";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

const NOTHING = { message: false, question: "" };
const DELAY = 400;

/**
 * Says below a text, while it is typed, which of its words label a person, and asks the question
 * that turns them into a fact. It never keeps anybody from going on.
 */
export class WordingHint extends Component {
    static template = "performance_review.WordingHint";
    static props = {
        name: String,
        kind: String,
        fact: { type: String, optional: true },
        message: { optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ hint: null });
        this.ask = useDebounced(this.ask.bind(this), DELAY);
        onWillUpdateProps((next) => {
            if (next.name !== this.props.name || next.fact !== this.props.fact) {
                this.ask(next);
            }
        });
    }

    /** What has been asked last; before that, what the record knows. */
    get hint() {
        return this.state.hint || { message: this.props.message, question: "" };
    }

    async ask({ name, fact = "", kind }) {
        if (!(name + fact).trim()) {
            this.state.hint = NOTHING;
            return;
        }
        try {
            this.state.hint = await this.keepLast.add(
                this.orm.silent.call("performance.point", "get_wording_hint", [name, fact, kind]),
            );
        } catch (error) {
            // Without a line people go on typing, and nobody is pointed at a word.
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }
}
