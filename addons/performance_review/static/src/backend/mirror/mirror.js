import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { sayList } from "../listing/listing";

/**
 * The private card of whoever led a talk: figures, the line over all talks, and the six features
 * as what they are.
 *
 * Stands in the form of a mirror, or of a record with a link to one: `mirror_field` names it.
 */
export class PerformanceMirror extends Component {
    static template = "performance_review.PerformanceMirror";
    static props = { ...standardWidgetProps, mirrorField: { type: String, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ card: null });
        this.keepLast = new KeepLast();
        this.seen = null;
        useRecordObserver(async ({ resId, data }) => {
            const { mirrorField } = this.props;
            const mirrorId = mirrorField ? data[mirrorField]?.id : resId;
            if (mirrorId && mirrorId !== this.seen) {
                this.seen = mirrorId;
                this.state.card = await this.keepLast.add(
                    this.orm.call("performance.mirror", "get_card", [[mirrorId]]),
                );
            }
        });
    }

    get countText() {
        const { count } = this.state.card;
        return count === 1 ? _t("Your first talk") : _t("The lines: your %s talks so far", count);
    }

    points(figure) {
        return figure.line.points.map((point) => point.join(",")).join(" ");
    }

    lineLabel(figure) {
        return _t("%(label)s over your talks: %(figures)s", {
            label: figure.label,
            figures: sayList(figure.series.map((value) => this.say(figure, value))),
        });
    }

    say(figure, value) {
        return figure.code === "balance" ? `${value}` : `${value}%`;
    }

    featureLabel(feature) {
        return feature.part === null
            ? _t("%s: not known", feature.label)
            : _t("%(label)s: %(part)s of 100 from “%(judged)s” to “%(developed)s”", feature);
    }
}

registry.category("view_widgets").add("performance_mirror", {
    component: PerformanceMirror,
    extractProps: ({ attrs }) => ({ mirrorField: attrs.mirror_field }),
    supportedAttributes: [
        { name: "mirror_field", label: _t("Link to the mirror"), type: "string" },
    ],
});
