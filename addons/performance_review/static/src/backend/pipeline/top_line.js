import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";

/** One line above the board: how far all preparations are, and the button to the next person. */
export class PerformanceTopLine extends Component {
    static template = "performance_review.TopLine";
    static props = {
        model: Object,
        // What of the board changes the sums, see `PipelineRenderer.signature`.
        signature: String,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ summary: { count: 0, next: false } });
        this.keepLast = new KeepLast();
        onWillStart(() => this.load());
        onWillUpdateProps(({ signature }) => {
            if (signature !== this.props.signature) {
                this.load();
            }
        });
    }

    async load() {
        // A card that is dragged stands in its new column before that is stored.
        await this.props.model.mutex?.getUnlockedDef();
        this.state.summary = await this.keepLast.add(
            this.orm.silent.call("performance.review", "get_preparation_summary", []),
        );
    }

    get total() {
        return this.state.summary.minutes_done + this.state.summary.minutes_left;
    }

    get percent() {
        return this.total ? Math.round((100 * this.state.summary.minutes_done) / this.total) : 0;
    }

    /** The loop-closure rate, once anything that was promised is due. */
    get closure() {
        const { closure } = this.state.summary;
        return closure?.count ? closure : null;
    }

    openPromises() {
        return this.action.doAction("performance_review.performance_commitment_action_people");
    }

    openNext() {
        const { id, name } = this.state.summary.next;
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "performance.review",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}
