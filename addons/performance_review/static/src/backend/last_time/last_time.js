import { Component, onWillUpdateProps, toRaw, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { sayList } from "../listing/listing";

const OUTCOME_CLASSES = {
    closed: "text-bg-success",
    improved: "text-bg-success",
    untouched: "text-bg-warning",
    recurred: "text-bg-danger",
    open: "text-bg-light border",
};

const KEPT = ["closed", "improved"];
// As many lines leave room for the work below; with more, those that were kept fold away.
const FEW = 3;
// Above the preparation the band opens by itself where all of it fits beside the work.
const hasRoom = () => window.innerHeight >= 1000;

/** What both sides promised last time and what came of it, with one click each for the reviewer. */
export class LastTimeBand extends Component {
    static template = "performance_review.LastTimeBand";
    static props = {
        data: Object,
        isBusy: Boolean,
        isFoldable: { type: Boolean, optional: true },
        onAct: Function,
    };

    setup() {
        this.state = useState({
            isUnfolded: false,
            isOpen: this.opensItself(this.props),
            leaving: false,
            reason: "",
        });
        onWillUpdateProps((next) => {
            if (!this.hasChosen) {
                this.state.isOpen = this.opensItself(next);
            }
        });
    }

    opensItself({ data, isFoldable }) {
        return !isFoldable || (data.lines.some((line) => line.is_overdue) && hasRoom());
    }

    /** One line, so that reading and writing have the screen; what is overdue is said in it. */
    toggle() {
        this.hasChosen = true;
        this.state.isOpen = !this.state.isOpen;
    }

    get overdue() {
        return this.props.data.lines.filter((line) => line.is_overdue).length;
    }

    get overdueLabel() {
        return _t("%s overdue", this.overdue);
    }

    get folded() {
        const { lines } = this.props.data;
        return lines.length > FEW && !this.state.isUnfolded
            ? lines.filter((line) => KEPT.includes(line.outcome))
            : [];
    }

    get shown() {
        return this.props.data.lines.filter((line) => !this.folded.includes(line));
    }

    get unfoldLabel() {
        return _t("Show what was kept (%s)", this.folded.length);
    }

    outcomeClass(line) {
        return OUTCOME_CLASSES[line.outcome];
    }

    points(line) {
        return line.line.points.map((point) => point.join(",")).join(" ");
    }

    takeAlongLabel(line) {
        return _t("Take along: %s", line.name);
    }

    leaveLabel(line) {
        return _t("Drop: %s", line.name);
    }

    /** The reason is asked for in its place, and the click that gives it drops the promise. */
    askReason(line) {
        Object.assign(this.state, { leaving: line.id, reason: "" });
    }

    async leave(line) {
        await this.props.onAct(line, "action_leave", [this.state.reason]);
        this.state.leaving = false;
    }

    settledLabel(line) {
        return _t("Settled: %s", line.name);
    }

    cameBackLabel(line) {
        return _t("Came back: %s", line.name);
    }

    lineLabel(line) {
        return _t("Progress so far: %s", sayList(line.series.map((percent) => `${percent}%`)));
    }
}

/**
 * The band in the form of a review, or of a record with a link to one: `review_field` names it.
 */
export class PerformanceLastTime extends Component {
    static template = "performance_review.PerformanceLastTime";
    static components = { LastTimeBand };
    static props = {
        ...standardWidgetProps,
        reviewField: { type: String, optional: true },
        isFoldable: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ data: null, isBusy: false });
        this.keepLast = new KeepLast();
        this.seen = null;
        // Every save and every reading of the record brings new data, typing does not.
        useRecordObserver(async ({ resId, data, dirty }) => {
            if (!dirty && toRaw(data) !== this.seen) {
                this.seen = toRaw(data);
                const { reviewField } = this.props;
                await this.load(reviewField ? data[reviewField]?.id : resId);
            }
        });
    }

    async load(reviewId) {
        this.state.data = reviewId
            ? await this.keepLast.add(
                  this.orm.call("performance.review", "get_last_time", [[reviewId]]),
              )
            : null;
    }

    /** What is being typed is stored first; afterwards the form shows what the click has made. */
    async act(line, method, args = []) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        const { record } = this.props;
        try {
            if (await record.save()) {
                await this.orm.call("performance.commitment", method, [[line.id], ...args]);
                await record.model.load();
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("view_widgets").add("performance_last_time", {
    component: PerformanceLastTime,
    extractProps: ({ attrs }) => ({
        reviewField: attrs.review_field,
        isFoldable: attrs.foldable === "1",
    }),
    supportedAttributes: [
        { name: "foldable", label: _t("Folds to one line"), type: "boolean" },
        { name: "review_field", label: _t("Link to the review"), type: "string" },
    ],
});
