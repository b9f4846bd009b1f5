import { Component, onWillStart, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** What was said on the same theme before, what was agreed on and what came of it. */
export class Repeats extends Component {
    static template = "performance_review.Repeats";
    static props = { pointId: Number, close: { type: Function, optional: true } };

    setup() {
        const orm = useService("orm");
        this.state = useState({ repeats: [] });
        onWillStart(async () => {
            this.state.repeats = await orm.call("performance.point", "get_repeats", [
                [this.props.pointId],
            ]);
        });
    }
}
