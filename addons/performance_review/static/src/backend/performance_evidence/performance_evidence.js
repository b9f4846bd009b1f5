import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const WIDTH = 72;
const HEIGHT = 20;
const MARGIN = 3;

/** What the period knows, source by source; asked for when the page is opened. */
export class PerformanceEvidence extends Component {
    static template = "performance_review.PerformanceEvidence";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ sources: [] });
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.props.record.resId) {
                return this.load(next.record.resId);
            }
        });
    }

    async load(resId) {
        const sources = resId
            ? await this.orm.call("performance.review", "get_evidence", [[resId]])
            : [];
        this.state.sources = sources.filter((source) => source.items.length);
    }

    /** Points of the line through earlier periods, for an svg polyline; none for one period. */
    line(series) {
        if (series.length < 2) {
            return "";
        }
        const lowest = Math.min(...series);
        const range = Math.max(...series) - lowest || 1;
        return series
            .map((value, index) => {
                const x = MARGIN + (index * (WIDTH - 2 * MARGIN)) / (series.length - 1);
                const y = HEIGHT - MARGIN - ((value - lowest) / range) * (HEIGHT - 2 * MARGIN);
                return `${x.toFixed(1)},${y.toFixed(1)}`;
            })
            .join(" ");
    }

    /** A figure with its unit, as `tools/figures.py` writes it. */
    figure({ figure, unit }) {
        return `${figure}${unit && unit !== "%" ? " " : ""}${unit || ""}`;
    }

    lineLabel(series) {
        return _t("So far: %s", series.join(", "));
    }
}

registry.category("view_widgets").add("performance_evidence", { component: PerformanceEvidence });
