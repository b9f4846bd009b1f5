import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";
import { _t } from "@web/core/l10n/translation";

// Dark enough to be told from white, and from each other without their hue.
const STEP_COLOURS = ["#8a8d93", "#5aa7d6", "#c8891a", "#7b5ea7", "#1d7f4e"];
const COLOUR = "#2a6f97";
const BAR_HEIGHT = 30;
const FRAME_HEIGHT = 110;
// Beside a single bar the axis still has room for its title.
const LEAST_HEIGHT = 84;
// In letters; a Chinese character is as wide as two.
const LABEL_WIDTH = 20;
const FIRST_WIDE = 0x2e80;

/** A figure as bars. What it shows stands in a table as well, for whoever does not see it. */
export class PerformanceDashboardChart extends Component {
    static template = "performance_review_analytics.DashboardChart";
    static props = {
        figure: Object,
        rowTitle: String,
        open: Function,
    };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.figure],
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get rows() {
        return this.props.figure.rows.filter(({ value }) => value !== null);
    }

    get height() {
        const bars = Math.max(BAR_HEIGHT * this.rows.length, LEAST_HEIGHT);
        return `height: ${FRAME_HEIGHT + bars}px`;
    }

    /** A label beside its bar; the whole name is in the tooltip and in the table. */
    shorten(label) {
        let width = 0;
        for (let index = 0; index < label.length; index++) {
            width += label.charCodeAt(index) < FIRST_WIDE ? 1 : 2;
            if (width > LABEL_WIDTH) {
                return `${label.slice(0, index).trimEnd()}…`;
            }
        }
        return label;
    }

    /** Whose axis ends at 100, so that bars of different charts can be compared. */
    get isOfHundred() {
        const { code, unit } = this.props.figure;
        return unit === "%" || code === "balance";
    }

    get valueTitle() {
        return this.props.figure.steps ? _t("Reviews") : this.props.figure.unit;
    }

    get datasets() {
        const { figure } = this.props;
        if (!figure.steps) {
            return [
                {
                    label: `${figure.label} (${figure.unit})`,
                    data: this.rows.map(({ value }) => value),
                    backgroundColor: COLOUR,
                },
            ];
        }
        return figure.steps.map((label, index) => ({
            label,
            data: this.rows.map(({ parts }) => parts[index]),
            backgroundColor: STEP_COLOURS[index % STEP_COLOURS.length],
        }));
    }

    draw() {
        this.chart?.destroy();
        if (!this.canvas.el) {
            return;
        }
        const { figure, rowTitle } = this.props;
        const stacked = Boolean(figure.steps);
        const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.chart = new window.Chart(this.canvas.el, {
            type: "bar",
            data: { labels: this.rows.map(({ label }) => label), datasets: this.datasets },
            options: {
                indexAxis: "y",
                datasets: { bar: { maxBarThickness: BAR_HEIGHT } },
                maintainAspectRatio: false,
                animation: calm ? false : { duration: 300 },
                onClick: (event, [bar]) => bar && this.props.open(this.rows[bar.index]),
                scales: {
                    x: {
                        stacked,
                        beginAtZero: true,
                        max: this.isOfHundred && !stacked ? 100 : undefined,
                        ticks: { precision: 0 },
                        title: { display: true, text: this.valueTitle },
                    },
                    y: {
                        stacked,
                        ticks: { callback: (index) => this.shorten(this.rows[index].label) },
                        title: { display: true, text: rowTitle },
                    },
                },
                plugins: { legend: { display: true, position: "bottom" } },
            },
        });
    }
}
