import { Component } from "@odoo/owl";
import { formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { sayList } from "@performance_review/backend/listing/listing";

const { DateTime } = luxon;
const DEADLINES = ["preparation_deadline", "dialogue_deadline", "agreement_deadline"];
// What follows the last deadline has no end of its own here.
const AFTER = 0.2;

/** The deadlines of a cycle as one line from today on, while they are being chosen. */
export class PerformanceCycleCalendar extends Component {
    static template = "performance_review_analytics.Calendar";
    static props = { ...standardWidgetProps };

    /** A part of the line for each step with a deadline, and one for what follows. */
    get parts() {
        const { data } = this.props.record;
        const labels = {
            preparation_deadline: _t("Preparation"),
            dialogue_deadline: _t("Dialogue"),
            agreement_deadline: _t("Agreement"),
        };
        const today = DateTime.now().startOf("day");
        const dates = DEADLINES.filter((name) => data[name]);
        if (!dates.length) {
            return [];
        }
        const first = dates.reduce((day, name) => DateTime.min(day, data[name]), today);
        let start = first;
        const parts = dates.map((name) => {
            const end = data[name];
            const days = Math.max(Math.round(end.diff(start, "days").days), 0);
            const part = { code: name.split("_")[0], label: labels[name], end, days };
            start = DateTime.max(start, end);
            return part;
        });
        const total = parts.reduce((sum, { days }) => sum + days, 0) || 1;
        return [
            ...parts.map((part) => ({
                ...part,
                share: Math.round(100 * (1 - AFTER) * (part.days / total)),
                text: _t("%(step)s until %(date)s", {
                    step: part.label,
                    date: formatDate(part.end),
                }),
                length: _t("%s days", part.days),
            })),
            {
                code: "follow_up",
                label: _t("Follow-up"),
                share: 100 * AFTER,
                text: _t("then checkpoints"),
                length: "",
            },
        ];
    }

    get sentence() {
        return sayList(this.parts.map(({ text }) => text));
    }
}

registry.category("view_widgets").add("performance_cycle_calendar", {
    component: PerformanceCycleCalendar,
});
