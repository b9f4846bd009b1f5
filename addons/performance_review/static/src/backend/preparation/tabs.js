import { Component, onMounted, useExternalListener, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Where evidence and sheet do not fit side by side, one of the two at a time. */
export class PreparationTabs extends Component {
    static template = "performance_review.PreparationTabs";
    static props = { ...standardWidgetProps };

    setup() {
        this.root = useRef("root");
        this.state = useState({ tab: "sheet" });
        onMounted(() => this.show(this.state.tab));
        useExternalListener(document, "focusin", (ev) => this.bringUp(ev.target));
        // Who is sent to a part of the form finds it.
        useExternalListener(document, "performance_review_focus", ({ detail }) =>
            this.show(detail === "evidence" ? "evidence" : "sheet"),
        );
    }

    show(tab) {
        this.state.tab = tab;
        const surface = this.root.el?.closest(".o_pr_surface");
        if (surface) {
            surface.dataset.tab = tab;
        }
    }

    /** Whoever begins to write sees the evidence beside it: the surface fills the screen. */
    bringUp(target) {
        const surface = this.root.el?.closest(".o_pr_surface");
        if (surface?.contains(target) && !this.isUp) {
            this.isUp = true;
            surface.scrollIntoView({ block: "start" });
        }
    }

    onKeydown(ev) {
        if (ev.key === "ArrowLeft" || ev.key === "ArrowRight") {
            this.show(this.state.tab === "sheet" ? "evidence" : "sheet");
            this.root.el.querySelector("[aria-selected=true]")?.focus();
        }
    }
}

registry.category("view_widgets").add("performance_preparation_tabs", {
    component: PreparationTabs,
});
