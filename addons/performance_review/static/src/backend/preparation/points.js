import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { omit } from "@web/core/utils/objects";
import { useSortable } from "@web/core/utils/sortable_owl";
import { x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Ring } from "../performance_ring/performance_ring";
import { canChangeColumn, changeColumn, findColumn, highlight } from "./columns";
import { WordingHint } from "./hint";
import { SupportLibrary } from "./library";
import { addPoint, findPoint, getPoints, reorder, usePanel } from "./panel";
import { PointCard } from "./point_card";

const WORDS = {
    strength: { label: _t("Strengths"), placeholder: _t("What is done well? Enter adds it.") },
    gap: {
        label: _t("Gaps"),
        placeholder: _t("What falls short of what was agreed? Enter adds it."),
    },
    support: {
        label: _t("Supports"),
        placeholder: _t("What could you or the company do? Enter adds it."),
    },
};

/** One column of the 3×3 sheet: the lines of an ordinary list, drawn as cards. */
export class PointColumn extends Component {
    static template = "performance_review.PointColumn";
    static components = { PointCard, Ring, WordingHint };
    static props = {
        ...standardFieldProps,
        context: { type: Object, optional: true },
        views: { type: Object, optional: true },
    };

    setup() {
        this.panel = usePanel(this.props);
        this.orm = useService("orm");
        this.state = useState({ text: "", isBusy: false, accepted: [] });
        this.root = useRef("root");
        this.input = useRef("input");
        this.library = usePopover(SupportLibrary, { position: "bottom-end" });
        this.focusNext = null;
        const { root } = this;
        useSortable({
            // A point may go into the column beside its own.
            ref: {
                get el() {
                    return root.el?.closest(".o_pr_surface") || root.el;
                },
            },
            elements: `.o_pr_${this.kind} .o_pr_point`,
            handle: ".o_pr_grip",
            enable: () => !this.props.readonly,
            cursor: "grabbing",
            onDrag: ({ element, x, y }) => highlight(this.findTarget(element, x, y)),
            onDrop: ({ element, previous, x, y }) =>
                this.findTarget(element, x, y) || this.onDrop(element, previous),
            onDragEnd: ({ element, x, y }) => {
                highlight(null);
                const target = this.findTarget(element, x, y);
                return target && this.changeColumn(this.find(element), target.dataset.anchor);
            },
        });
        // A point is focused once it is drawn.
        useEffect(() => {
            const { moved } = this.panel;
            if (moved?.kind === this.kind) {
                const point = this.points.find(({ resId }) => resId === moved.resId);
                if (point) {
                    this.panel.moved = null;
                    this.focusNext = { id: point.id, selector: ".o_pr_grip" };
                }
            }
            if (this.focusNext) {
                const { id, selector } = this.focusNext;
                const target = this.root.el?.querySelector(`[data-id="${id}"] ${selector}`);
                if (target) {
                    this.focusNext = null;
                    target.focus();
                }
            }
        });
    }

    get kind() {
        return this.props.name.replace(/_ids$/, "");
    }

    get words() {
        return WORDS[this.kind];
    }

    get points() {
        return getPoints(this.props.record, this.kind);
    }

    get done() {
        return this.points.filter((point) => point.data.is_complete).length;
    }

    get proposals() {
        return this.props.readonly
            ? []
            : this.panel.proposals.filter(
                  (proposal) =>
                      proposal.kind === this.kind &&
                      !this.state.accepted.includes(proposal.code) &&
                      !findPoint(this.props.record, this.values(proposal)),
              );
    }

    values(proposal) {
        return omit(proposal, "code", "reason", "kind");
    }

    // ------------------------------------------------------------------ adding

    async add(vals, selector) {
        this.state.isBusy = true;
        try {
            const point = await addPoint(this.props.record, this.kind, vals);
            if (selector) {
                this.focusNext = { id: point.id, selector };
                this.render();
            }
        } finally {
            this.state.isBusy = false;
        }
    }

    async onKeydown(ev) {
        // While a Chinese word is being composed, Enter chooses it.
        if (ev.key !== "Enter" || ev.isComposing) {
            return;
        }
        ev.preventDefault();
        const name = this.state.text.trim();
        if (name && !this.state.isBusy) {
            this.state.text = "";
            await this.add({ name }, "[name=fact] textarea");
        }
    }

    focusInput() {
        this.input.el?.focus();
    }

    async accept(proposal) {
        const vals = this.values(proposal);
        this.state.accepted.push(proposal.code);
        await this.add(vals, vals.fact ? null : "[name=fact] textarea");
    }

    acceptLabel(proposal) {
        return _t("Accept the proposal “%s”", proposal.name);
    }

    openLibrary(ev) {
        this.library.open(ev.currentTarget, {
            panel: this.panel,
            onPick: (support) => this.add({ name: support.name, fact: support.description }),
        });
    }

    // ------------------------------------------------------------------ order

    find(element) {
        return this.points.find(({ id }) => id === element.dataset.id);
    }

    /** Return the other column a point is held over, if it may go there. */
    findTarget(element, x, y) {
        const column = findColumn(x, y);
        const point = this.find(element);
        return column && point && canChangeColumn(point, column.dataset.anchor) ? column : null;
    }

    async changeColumn(point, kind) {
        if (!this.state.isBusy && canChangeColumn(point, kind)) {
            this.state.isBusy = true;
            try {
                await changeColumn(this.orm, this.panel, this.props.record, point, kind);
            } finally {
                this.state.isBusy = false;
            }
        }
    }

    async move(point, step) {
        const points = this.points;
        const from = points.indexOf(points.find(({ id }) => id === point.id));
        const to = from + step;
        if (to >= 0 && to < points.length) {
            points.splice(to, 0, ...points.splice(from, 1));
            await reorder(points);
            this.focusNext = { id: point.id, selector: ".o_pr_grip" };
            this.render();
        }
    }

    async onDrop(element, previous) {
        const points = this.points;
        const from = points.findIndex(({ id }) => id === element.dataset.id);
        const [point] = points.splice(from, 1);
        const after = previous ? points.findIndex(({ id }) => id === previous.dataset.id) : -1;
        points.splice(after + 1, 0, point);
        await reorder(points);
    }

    async remove(point) {
        const index = this.points.findIndex(({ id }) => id === point.id);
        await this.props.record.data[this.props.name].delete(point);
        const next = this.points[Math.min(index, this.points.length - 1)];
        if (next) {
            this.focusNext = { id: next.id, selector: ".o_pr_grip" };
            this.render();
        } else {
            this.focusInput();
        }
    }
}

registry.category("fields").add("performance_points", {
    component: PointColumn,
    displayName: _t("Column of points"),
    supportedTypes: ["one2many"],
    useSubView: true,
    extractProps: (fieldInfo, dynamicInfo) => {
        const { context, views } = x2ManyField.extractProps(fieldInfo, dynamicInfo);
        return { context, views };
    },
});
