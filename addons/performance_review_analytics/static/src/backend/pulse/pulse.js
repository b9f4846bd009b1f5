import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** The pulse of a cycle, a line per question, as cockpit and dashboard show it. */
export class PerformancePulse extends Component {
    static template = "performance_review_analytics.Pulse";
    static props = { pulse: Object };

    get previousText() {
        return _t("Second figure: %s", this.props.pulse.previous);
    }
}
