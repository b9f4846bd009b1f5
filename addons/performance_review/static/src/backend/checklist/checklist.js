import { Component, toRaw, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

let wasOpen = false;
const FOCUSABLE = "input, textarea, button, a[href], [tabindex='0']";

/** What a preparation still needs: six rows ticked by data, each with the click that does it. */
export class PerformanceChecklist extends Component {
    static template = "performance_review.PerformanceChecklist";
    static props = { ...standardWidgetProps, isFoldable: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ rows: [], isOpen: !this.props.isFoldable || wasOpen });
        this.keepLast = new KeepLast();
        this.seen = null;
        // Every save and every reading of the record brings new data, typing does not.
        useRecordObserver(async ({ resId, data, dirty }) => {
            if (!dirty && toRaw(data) !== this.seen) {
                this.seen = toRaw(data);
                await this.load(resId);
            }
        });
    }

    async load(resId) {
        this.state.rows = resId
            ? await this.keepLast.add(
                  this.orm.call("performance.review", "get_checklist", [[resId]]),
              )
            : [];
    }

    /** Folded to one line until somebody wants it, and then open for the next person, too. */
    toggle() {
        this.state.isOpen = !this.state.isOpen;
        wasOpen = this.state.isOpen;
    }

    get summary() {
        const done = this.state.rows.filter((row) => row.is_done).length;
        return _t("Checklist: %(done)s of %(total)s", { done, total: this.state.rows.length });
    }

    async onClick(row) {
        const { record } = this.props;
        // What is being typed counts for what comes next.
        if (await record.save()) {
            await this.action.doAction(row.action, { onClose: () => record.model.load() });
        }
    }
}

registry.category("view_widgets").add("performance_checklist", {
    component: PerformanceChecklist,
    extractProps: ({ attrs }) => ({ isFoldable: attrs.foldable === "1" }),
    supportedAttributes: [{ name: "foldable", label: _t("Folds to one line"), type: "boolean" }],
});

/**
 * Goes to a part of the form that is open: the evidence or one of the three columns. The part says
 * its name in `data-anchor`; a list of points is known by the name of its field.
 */
export function focusAnchor(env, action) {
    const { anchor } = action.params;
    // Where evidence and sheet share one place, the right one is brought to the front.
    document.dispatchEvent(new CustomEvent("performance_review_focus", { detail: anchor }));
    const part =
        document.querySelector(`.o_form_view [data-anchor="${anchor}"]`) ||
        document.querySelector(`.o_form_view .o_field_widget[name="${anchor}_ids"]`);
    if (!part) {
        return;
    }
    part.scrollIntoView({ block: "center" });
    const target = part.matches(FOCUSABLE) ? part : part.querySelector(FOCUSABLE);
    target?.focus();
}

registry.category("actions").add("performance_review_focus", focusAnchor);
