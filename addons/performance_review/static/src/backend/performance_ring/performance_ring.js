import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const RADIUS = 16;

/** A ring that fills: a percentage, or with `total` a number of so many. */
export class Ring extends Component {
    static template = "performance_review.PerformanceRing";
    static props = { value: Number, total: { type: Number, optional: true } };

    get value() {
        return this.props.value;
    }

    get percent() {
        const value = this.props.total ? (100 * this.value) / this.props.total : this.value;
        return Math.max(0, Math.min(100, Math.round(value)));
    }

    get dash() {
        const length = 2 * Math.PI * RADIUS;
        return `${(length * this.percent) / 100} ${length}`;
    }

    get color() {
        return this.percent >= 100 ? "var(--success, #28a745)" : "var(--primary, #714b67)";
    }

    get text() {
        return this.props.total ? `${this.value}/${this.props.total}` : this.percent;
    }

    get label() {
        if (this.props.total) {
            return _t("%(done)s of %(total)s done", { done: this.value, total: this.props.total });
        }
        return _t("%s%% complete", this.percent);
    }
}

/** How complete something is, at a glance: the ring of a field's value. */
export class PerformanceRing extends Ring {
    static props = { ...standardFieldProps, total: { type: Number, optional: true } };

    get value() {
        return this.props.record.data[this.props.name] || 0;
    }
}

registry.category("fields").add("performance_ring", {
    component: PerformanceRing,
    displayName: _t("Progress ring"),
    supportedTypes: ["float", "integer"],
    supportedOptions: [{ label: _t("Of how many"), name: "total", type: "number" }],
    extractProps: ({ options }) => ({ total: options.total }),
});
