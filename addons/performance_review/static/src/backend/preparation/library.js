import { Component, onMounted, useRef, useState } from "@odoo/owl";

/** The support library: a click copies an entry, which is then one's own to change. */
export class SupportLibrary extends Component {
    static template = "performance_review.SupportLibrary";
    static props = {
        panel: Object,
        onPick: Function,
        themeId: { type: Number, optional: true },
        close: { type: Function, optional: true },
    };

    setup() {
        this.state = useState({ category: null, picked: [] });
        this.root = useRef("root");
        onMounted(() => this.root.el.querySelector("li button")?.focus());
    }

    get supports() {
        return this.props.panel.supports.filter(
            (support) => !this.props.themeId || support.theme_ids.includes(this.props.themeId),
        );
    }

    get categories() {
        const used = new Set(this.supports.map((support) => support.category));
        return this.props.panel.categories.filter(([code]) => used.has(code));
    }

    get shown() {
        const { category } = this.state;
        return this.supports.filter((support) => !category || support.category === category);
    }

    choose(code) {
        this.state.category = this.state.category === code ? null : code;
    }

    pick(support) {
        this.state.picked.push(support.id);
        this.props.onPick(support);
    }
}
