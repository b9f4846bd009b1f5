import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const RADIUS = 16;

/** A percentage as a ring: how complete something is, at a glance. */
export class PerformanceRing extends Component {
    static template = "performance_review.PerformanceRing";
    static props = { ...standardFieldProps };

    get percent() {
        const value = this.props.record.data[this.props.name] || 0;
        return Math.max(0, Math.min(100, Math.round(value)));
    }

    get dash() {
        const length = 2 * Math.PI * RADIUS;
        return `${(length * this.percent) / 100} ${length}`;
    }

    get color() {
        return this.percent >= 100 ? "var(--success, #28a745)" : "var(--primary, #714b67)";
    }

    get label() {
        return _t("%s %% complete", this.percent);
    }
}

registry.category("fields").add("performance_ring", {
    component: PerformanceRing,
    displayName: _t("Progress ring"),
    supportedTypes: ["float", "integer"],
});
