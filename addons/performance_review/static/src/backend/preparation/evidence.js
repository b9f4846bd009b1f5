import { Component, useRef, useState } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useDraggable } from "@web/core/utils/draggable";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { findColumn, highlight } from "./columns";
import { Line } from "./line";
import { addPoint, canWrite, findPoint, KINDS, usePanel } from "./panel";
import { sayList } from "../listing/listing";

// Sources people have folded stay so from one person to the next.
const folded = new Set();
const KIND_LABELS = {
    strength: _t("Strengths"),
    gap: _t("Gaps"),
    support: _t("Supports"),
};
// Who fills a source that knows nothing yet, and how.
const EMPTY_TEXTS = {
    kpi: _t("HR imports the figures of the period: Cycles, Import results."),
    rating: _t("The result appears here once HR has imported and confirmed it."),
    incident: _t(
        "You and the employee note what happens during the year, under Incidents, and share it.",
    ),
    commitment: _t("What you agree on this time stands here next time."),
    self_assessment: _t("The employee writes it. You read it once your own sheet is handed in."),
};

/** What the period knows, source by source; every piece of it can be made a point. */
export class PerformanceEvidence extends Component {
    static template = "performance_review.PerformanceEvidence";
    static components = { Dropdown, DropdownItem, Line };
    static props = { ...standardWidgetProps };

    setup() {
        this.panel = usePanel(this.props);
        this.action = useService("action");
        this.state = useState({ folded: new Set(folded) });
        this.root = useRef("root");
        this.kinds = KINDS.map((kind) => ({ kind, label: KIND_LABELS[kind] }));
        const { root } = this;
        useDraggable({
            // A card may go wherever the columns are.
            ref: {
                get el() {
                    return root.el?.closest(".o_pr_surface") || root.el;
                },
            },
            elements: ".o_pr_card",
            ignore: "a, button, .o-dropdown",
            enable: () => this.isOpen,
            cursor: "grabbing",
            onDragStart: ({ element, addClass }) => addClass(element, "o_pr_dragged"),
            onDrag: ({ x, y }) => highlight(findColumn(x, y)),
            onDragEnd: () => highlight(null),
            onDrop: ({ element, x, y }) => this.onDrop(element, findColumn(x, y)),
        });
    }

    get isOpen() {
        return canWrite(this.props.record);
    }

    get sources() {
        return this.panel.sources.filter(
            (source) => source.items.length || source.code in EMPTY_TEXTS,
        );
    }

    emptyText(source) {
        return EMPTY_TEXTS[source.code];
    }

    // --------------------------------------------------------------- folding

    isFolded(source) {
        return this.state.folded.has(source.code);
    }

    toggle(source) {
        const set = this.state.folded;
        if (!set.delete(source.code)) {
            set.add(source.code);
        }
        folded[set.has(source.code) ? "add" : "delete"](source.code);
    }

    // --------------------------------------------------------------- drawing

    /** How a goal went: its bar, and the words beside it. */
    bar(item) {
        const share = Math.max(0, Math.min(100, item.figure));
        const level = item.figure >= 100 ? "success" : item.figure >= 70 ? "warning" : "danger";
        return { share, level };
    }

    target({ details }) {
        return this.figure({ figure: details.target, unit: details.unit });
    }

    direction(item) {
        return item.details.direction === "down" ? _t("Less is better") : _t("More is better");
    }

    measuresLabel(item) {
        return _t("Measured: %s", sayList(item.details.measures));
    }

    seriesLabel(item) {
        return _t("So far: %s", sayList(item.series));
    }

    /** What happened, on a line from the first day to the last. */
    timeLine(source) {
        const dated = source.items.filter((item) => item.details.date);
        const days = dated.map((item) => Date.parse(item.details.date));
        const first = Math.min(...days);
        const range = Math.max(...days) - first || 1;
        return dated.map((item, index) => ({
            left: 2 + (96 * (days[index] - first)) / range,
            isGood: item.details.polarity === "positive",
            text: `${item.title} (${item.note})`,
        }));
    }

    outcomeClass(item) {
        return {
            closed: "text-bg-success",
            improved: "text-bg-success",
            untouched: "text-bg-warning",
            recurred: "text-bg-danger",
        }[item.details.outcome];
    }

    /** A figure with its unit, as `tools/figures.py` writes it. */
    figure({ figure, unit }) {
        return `${figure}${unit && unit !== "%" ? " " : ""}${unit || ""}`;
    }

    /** Look closer without leaving the sheet. */
    open({ record }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: record.model,
            res_id: record.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    // --------------------------------------------------------------- points

    taken(item) {
        const found = findPoint(this.props.record, item.point);
        return found && { ...found, label: KIND_LABELS[found.kind] };
    }

    take(item, kind = item.point.kind) {
        return addPoint(this.props.record, kind, item.point);
    }

    tickLabel(item) {
        return _t("Make a point of “%s”", item.title);
    }

    takenLabel(taken) {
        return _t("In “%s”", taken.label);
    }

    onDrop(element, column) {
        const source = this.panel.sources.find(({ code }) => code === element.dataset.source);
        const item = source?.items[Number(element.dataset.index)];
        if (item && column && !this.taken(item)) {
            return this.take(item, column.dataset.anchor);
        }
    }
}

registry.category("view_widgets").add("performance_evidence", { component: PerformanceEvidence });
