import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

/** Beside the talk: prepared points, told or not, what the period knows, what is agreed so far. */
export class AtHand extends Component {
    static template = "performance_review.AtHand";
    static props = {
        room: Object,
        // Nothing until it has come.
        evidence: { type: [Array, { value: null }] },
        tab: String,
        onTab: Function,
        onTell: Function,
        onFeedback: Function,
        canWrite: Boolean,
        kinds: Array,
        onDraft: Function,
        onEdit: Function,
        onRemove: Function,
    };

    get untold() {
        return this.props.room.points.filter((point) => !point.is_told).length;
    }

    get groups() {
        return ["strength", "gap", "support"]
            .map((kind) => ({
                kind,
                points: this.props.room.points.filter((point) => point.kind === kind),
            }))
            .filter((group) => group.points.length);
    }

    get tabs() {
        return [
            { code: "points", label: _t("Points"), count: this.untold },
            { code: "evidence", label: _t("Evidence"), count: 0 },
            { code: "drafts", label: _t("Agreement"), count: this.props.room.drafts.length },
        ];
    }

    get evidence() {
        return this.props.evidence.filter((source) => source.items.length);
    }

    placeholder(line) {
        return line.kind === "change" ? _t("When … happens, I …") : _t("What, and until when");
    }

    line(series) {
        const top = Math.max(...series, 1);
        const step = 60 / Math.max(series.length - 1, 1);
        return series.map((value, index) => `${index * step},${18 - (16 * value) / top}`).join(" ");
    }
}
