import { Component, useState } from "@odoo/owl";
import { deserializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The next times both are free; a click on one books it, with the length and place chosen. */
export class PerformanceSlots extends Component {
    static template = "performance_review.PerformanceSlots";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ slots: [], timezone: "", isBusy: false });
        this.keepLast = new KeepLast();
        this.asked = null;
        useRecordObserver(async ({ data }) => {
            // A day that is not chosen is false.
            const day = data.day ? data.day.toISODate() : false;
            const question = [data.review_id?.id, data.duration, day];
            if (question[0] && this.asked !== String(question)) {
                this.asked = String(question);
                await this.load(...question);
            }
        });
    }

    async load(reviewId, duration, day) {
        let answer = { slots: [], timezone: "" };
        try {
            answer = await this.keepLast.add(
                this.orm.silent.call("performance.review", "get_free_slots", [[reviewId]], {
                    duration,
                    day,
                }),
            );
        } catch {
            // The length is too short: what is wrong with it stands below.
        }
        Object.assign(this.state, { slots: answer.slots, timezone: answer.timezone });
    }

    async onClick(slot) {
        const { record } = this.props;
        this.state.isBusy = true;
        try {
            await record.update({ date_start: deserializeDateTime(slot.start) });
            if (await record.save()) {
                const action = await this.orm.call(record.resModel, "action_confirm", [
                    [record.resId],
                ]);
                await this.action.doAction(action);
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("view_widgets").add("performance_slots", { component: PerformanceSlots });
