import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { ListTextField } from "@web/views/fields/text/text_field";
import { Field } from "@web/views/fields/field";
import { WordingHint } from "./hint";
import { SupportLibrary } from "./library";
import { addPoint } from "./panel";
import { Repeats } from "./repeats";

// Drawn by the card itself; whatever else a view puts into the list is shown under “More”.
const OWN = new Set([
    "sequence",
    "employee_id",
    "kind",
    "is_frozen",
    "nature",
    "name",
    "fact",
    "goal_id",
    "theme_id",
    "cause",
    "repeat_count",
    "label_warning",
    "is_complete",
    "seen_values",
]);
const GOAL_MODEL = "performance.goal";
// The keys go to the column that stands there on the screen.
const SIDES = { ArrowLeft: "strength", ArrowRight: "gap" };

/** One point: name and fact as text, all else in place below it. */
export class PointCard extends Component {
    static template = "performance_review.PointCard";
    static components = { Field, ListTextField, WordingHint };
    static props = {
        point: Object,
        review: Object,
        columns: Array,
        readonly: Boolean,
        panel: Object,
        onDone: Function,
        onMove: Function,
        onChangeColumn: Function,
        onRemove: Function,
    };

    setup() {
        this.state = useState({ typed: {}, isOpen: false });
        this.library = usePopover(SupportLibrary, { position: "left" });
        this.repeats = usePopover(Repeats, { position: "bottom" });
    }

    get data() {
        return this.props.point.data;
    }

    /** What was handed in stays as it was; its order, theme and cause may still change. */
    get isFixed() {
        return this.props.readonly || this.data.is_frozen;
    }

    get placeholders() {
        return {
            name: _t("In one line"),
            fact:
                this.data.kind === "support"
                    ? _t("Why would it help? What is it an answer to?")
                    : _t("When, what, with what effect?"),
        };
    }

    // ------------------------------------------------------------------ text

    onInput(name, ev) {
        this.state.typed[name] = ev.target.value;
    }

    text(name) {
        return this.state.typed[name] ?? this.data[name] ?? "";
    }

    onKeydown(ev) {
        if (ev.isComposing) {
            return;
        }
        if (ev.altKey && (ev.key === "ArrowUp" || ev.key === "ArrowDown")) {
            ev.preventDefault();
            ev.stopPropagation();
            if (!this.props.readonly) {
                this.props.onMove(ev.key === "ArrowUp" ? -1 : 1);
            }
        } else if (ev.altKey && ev.key in SIDES && ev.target.matches(".o_pr_grip")) {
            // In a text these keys go from word to word.
            ev.preventDefault();
            ev.stopPropagation();
            this.props.onChangeColumn(SIDES[ev.key]);
        } else if (ev.altKey && ev.key === "Delete" && !this.isFixed) {
            ev.preventDefault();
            this.props.onRemove();
        } else if (ev.key === "Enter" && !ev.shiftKey && ev.target.matches("textarea")) {
            ev.preventDefault();
            const fact = ev.currentTarget.querySelector("[name=fact] textarea");
            if (ev.target !== fact && fact) {
                fact.focus();
            } else {
                this.props.onDone();
            }
        }
    }

    // ------------------------------------------------------------------ in place

    selection(name) {
        return this.props.point.fields[name].selection;
    }

    label(name) {
        return this.selection(name).find(([code]) => code === this.data[name])?.[1];
    }

    toggleNature() {
        const nature = this.data.nature === "result" ? "behaviour" : "result";
        return this.props.point.update({ nature });
    }

    setCause(cause) {
        return this.props.point.update({ cause: this.data.cause === cause ? false : cause });
    }

    get themes() {
        return this.options(this.props.panel.themes, this.data.theme_id);
    }

    get goals() {
        const goals = this.props.panel.sources.flatMap((source) =>
            source.items
                .filter((item) => item.record?.model === GOAL_MODEL)
                .map((item) => ({ id: item.record.id, name: item.title })),
        );
        return this.options(goals, this.data.goal_id);
    }

    /** What may be chosen, and what is chosen already though it is not on offer any more. */
    options(offered, chosen) {
        return !chosen || offered.some(({ id }) => id === chosen.id)
            ? offered
            : [...offered, { id: chosen.id, name: chosen.display_name }];
    }

    choose(name, options, ev) {
        const found = options.find(({ id }) => id === Number(ev.target.value));
        return this.props.point.update({
            [name]: found ? { id: found.id, display_name: found.name } : false,
        });
    }

    get link() {
        return this.data.incident_id || this.data.commitment_id;
    }

    get more() {
        return this.props.columns.filter(
            (column) =>
                column.type === "field" &&
                !OWN.has(column.name) &&
                column.column_invisible !== "True" &&
                column.column_invisible !== "1",
        );
    }

    fieldInfo(column) {
        return { ...column, readonly: this.isFixed ? "True" : column.readonly };
    }

    async toggleMore() {
        this.state.isOpen = !this.state.isOpen;
        if (!this.props.readonly) {
            await this.props.point.switchMode(this.state.isOpen ? "edit" : "readonly");
        }
    }

    // ------------------------------------------------------------------ panels

    get repeatText() {
        return _t("Repeated ×%s", this.data.repeat_count + 1);
    }

    async openRepeats(ev) {
        const target = ev.currentTarget;
        const { point, review } = this.props;
        if (point.resId && !point.dirty) {
            this.repeats.open(target, { pointId: point.resId });
            return;
        }
        const list = review.data[`${this.data.kind}_ids`];
        const index = list.records.findIndex(({ id }) => id === point.id);
        // The question is about a point that is stored.
        if (await review.save()) {
            const saved = review.data[`${this.data.kind}_ids`].records[index];
            const root = document.querySelector(`[data-id="${saved.id}"] .o_pr_repeat`);
            this.repeats.open(root || target, { pointId: saved.resId });
        }
    }

    get offersSupports() {
        return this.data.kind === "gap" && this.data.theme_id && !this.props.readonly;
    }

    openSupports(ev) {
        const gap = this.data.name;
        this.library.open(ev.currentTarget, {
            panel: this.props.panel,
            themeId: this.data.theme_id.id,
            onPick: (support) =>
                addPoint(this.props.review, "support", {
                    name: support.name,
                    fact: _t("For the gap “%(gap)s”. %(description)s", {
                        gap,
                        description: support.description,
                    }),
                    theme_id: this.data.theme_id.id,
                }),
        });
    }
}
