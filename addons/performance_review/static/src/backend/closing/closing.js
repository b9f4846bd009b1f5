import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { sayList } from "../listing/listing";

const MODEL = "performance.review";
const LINE = "performance.commitment";
const KEPT = ["closed", "improved"];
const STYLES = {
    closed: { icon: "fa-check", tone: "success" },
    improved: { icon: "fa-arrow-up", tone: "success" },
    untouched: { icon: "fa-minus", tone: "warning" },
    recurred: { icon: "fa-refresh", tone: "danger" },
    open: { icon: "fa-circle-o", tone: "secondary" },
};

/** The end of a review: one promise at a time, what was noted of it beside it, one click each. */
export class Closing extends Component {
    static template = "performance_review.Closing";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.reviewId = this.props.action.params.review_id;
        this.state = useState({ data: null, current: null, word: "", reasons: {}, isBusy: false });
        this.word = useRef("word");
        onWillStart(async () => {
            await this.load();
            this.goTo(this.firstOpen);
        });
        useEffect(
            () => this.word.el?.focus({ preventScroll: true }),
            () => [this.state.current],
        );
    }

    async load() {
        this.state.data = await this.orm.call(MODEL, "get_closing", [[this.reviewId]]);
        for (const line of this.lines) {
            this.state.reasons[line.id] ??= line.drop_reason;
        }
    }

    get lines() {
        return this.state.data.lines;
    }

    get line() {
        return this.lines.find(({ id }) => id === this.state.current);
    }

    get firstOpen() {
        return this.lines.find(({ outcome }) => outcome === "open")?.id || null;
    }

    /** What was not kept: it goes on into the next review, or is dropped with a reason. */
    get left() {
        return this.lines.filter(({ outcome }) => !KEPT.includes(outcome));
    }

    get position() {
        return _t("%(number)s of %(total)s", {
            number: this.lines.indexOf(this.line) + 1,
            total: this.lines.length,
        });
    }

    style(outcome) {
        return STYLES[outcome] || STYLES.open;
    }

    points(line) {
        return line.line.points.map((point) => point.join(",")).join(" ");
    }

    lineLabel(line) {
        return _t("Progress so far: %s", sayList(line.series.map((percent) => `${percent}%`)));
    }

    reasonLabel(line) {
        return _t("Why “%s” is dropped", line.name);
    }

    goTo(id) {
        this.state.current = id;
        this.state.word = this.line?.outcome_note || "";
    }

    async store(line, method, args) {
        this.state.isBusy = true;
        try {
            await this.orm.call(LINE, method, [[line.id], ...args]);
            await this.load();
        } finally {
            this.state.isBusy = false;
        }
    }

    /** Store how it turned out and go on to what is still open, after this one and then before. */
    async choose(outcome) {
        if (this.state.isBusy) {
            return;
        }
        const { line } = this;
        await this.store(line, "action_set_outcome", [outcome, this.state.word]);
        const index = this.lines.findIndex(({ id }) => id === line.id);
        const following = [...this.lines.slice(index + 1), ...this.lines.slice(0, index)];
        this.goTo(following.find((each) => each.outcome === "open")?.id || null);
    }

    /** A word that was typed after the choice is stored with it. */
    async keepWord() {
        const { line } = this;
        if (line && line.outcome !== "open" && line.outcome_note !== this.state.word) {
            await this.store(line, "action_set_outcome", [line.outcome, this.state.word]);
        }
    }

    async drop(line) {
        await this.store(line, "action_drop", [this.state.reasons[line.id] || ""]);
    }

    async carryOn(line) {
        this.state.reasons[line.id] = "";
        await this.store(line, "action_carry_on", []);
    }

    async finish() {
        this.state.isBusy = true;
        try {
            await this.orm.call(MODEL, "action_finish", [[this.reviewId]]);
            await this.action.doAction({ type: "ir.actions.act_window_close" });
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("actions").add("performance_closing", Closing);
