import { Component } from "@odoo/owl";

const WIDTH = 64;
const HEIGHT = 20;
const MARGIN = 3;

/** A small line through numbers, the oldest first; nothing for fewer than two. */
export class Line extends Component {
    static template = "performance_review.Line";
    static props = { values: Array, label: String };

    get dots() {
        const { values } = this.props;
        const lowest = Math.min(...values);
        const range = Math.max(...values) - lowest || 1;
        return values.map((value, index) => ({
            x: MARGIN + (index * (WIDTH - 2 * MARGIN)) / (values.length - 1),
            y: HEIGHT - MARGIN - ((value - lowest) / range) * (HEIGHT - 2 * MARGIN),
        }));
    }

    get points() {
        return this.dots.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    }
}
