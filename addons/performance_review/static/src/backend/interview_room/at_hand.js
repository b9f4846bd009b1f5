import { Component } from "@odoo/owl";

/** Beside the talk: prepared points, told or not, and what the period knows. */
export class AtHand extends Component {
    static template = "performance_review.AtHand";
    static props = {
        room: Object,
        tab: String,
        onTab: Function,
        onTell: Function,
        onFeedback: Function,
        canWrite: Boolean,
    };

    get untold() {
        return this.props.room.points.filter((point) => !point.is_told).length;
    }

    get kinds() {
        return ["strength", "gap", "support"]
            .map((kind) => ({
                kind,
                points: this.props.room.points.filter((point) => point.kind === kind),
            }))
            .filter((group) => group.points.length);
    }

    get evidence() {
        return this.props.room.evidence.filter((source) => source.items.length && !source.is_own);
    }

    line(series) {
        const top = Math.max(...series, 1);
        const step = 60 / Math.max(series.length - 1, 1);
        return series.map((value, index) => `${index * step},${18 - (16 * value) / top}`).join(" ");
    }
}
