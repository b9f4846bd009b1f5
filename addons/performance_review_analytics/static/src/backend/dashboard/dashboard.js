import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import { download } from "@web/core/network/download";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { loadOpened } from "../opened/opened";
import { PerformancePulse } from "../pulse/pulse";
import { PerformanceDashboardChart } from "./dashboard_chart";
import { sayList } from "@performance_review/backend/listing/listing";

const MODEL = "performance.review.report";
// What the address of the screen tells of it.
const CHOICES = ["period", "cycle_id", "department"];

/** What came of the reviews: one cycle by departments, or all years. */
export class PerformanceDashboard extends Component {
    static template = "performance_review_analytics.Dashboard";
    static components = { Layout, PerformanceDashboardChart, PerformancePulse };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null, filters: {} });
        // What the way back from a list opens again.
        useSetupAction({ getLocalState: () => ({ filters: this.state.filters }) });
        onWillStart(() =>
            this.props.state?.filters
                ? this.load(this.props.state.filters)
                : loadOpened(this.props.action, (chosen) => {
                      const names = CHOICES.filter((name) => (chosen[name] ?? false) !== false);
                      return this.load(
                          Object.fromEntries(names.map((name) => [name, chosen[name]])),
                      );
                  }),
        );
        onMounted(() => this.loadRest());
    }

    async load(filters) {
        this.state.data = await this.orm.call(MODEL, "get_dashboard", [filters]);
        this.state.filters = filters;
        this.env.config.setDisplayName(_t("Dashboard"));
        this.props.updateActionState?.(
            Object.fromEntries(CHOICES.map((name) => [name, filters[name]])),
        );
    }

    /** Of many reviews some figures take a while: they come when the others stand on the screen. */
    async loadRest() {
        const { data, filters } = this.state;
        const known = data.figures.map(({ code }) => code);
        const figures = (data.codes || []).filter((code) => !known.includes(code));
        if (!figures.length) {
            return;
        }
        const rest = await this.orm.call(MODEL, "get_dashboard", [{ ...filters, figures }]);
        if (filters === this.state.filters) {
            this.state.data = { ...data, figures: [...data.figures, ...rest.figures] };
        }
    }

    async change(filters) {
        await this.load(filters);
        return this.loadRest();
    }

    choosePeriod({ target: { value } }) {
        return this.change(
            value === "all" ? { period: "all" } : { period: "cycle", cycle_id: Number(value) },
        );
    }

    chooseDepartment({ target: { value } }) {
        const filters = { ...this.state.filters };
        delete filters.department;
        return this.change(value === "" ? filters : { ...filters, department: Number(value) });
    }

    get isAll() {
        return this.state.data.period === "all";
    }

    get rowTitle() {
        return this.isAll ? _t("Cycle") : _t("Department");
    }

    get shown() {
        return this.state.data.figures.filter(({ empty }) => !empty);
    }

    /** Charts of nothing would hide those of something: these stand in one list at the end. */
    get hidden() {
        return this.state.data.figures.filter(({ empty }) => empty);
    }

    get isLoading() {
        const { codes, figures } = this.state.data;
        return codes.length > figures.length;
    }

    titleOf(figure) {
        if (figure.code === "repeats") {
            return _t("Theme");
        }
        return ["balance", "future"].includes(figure.code) ? _t("Cycle") : this.rowTitle;
    }

    /** What is opened by a row: reviews of a department, or of a cycle; of a theme none. */
    filtersOf(figure, row) {
        if (figure.code === "repeats") {
            return null;
        }
        const { cycle_id, department } = this.state.data;
        if (this.isAll || ["balance", "future"].includes(figure.code)) {
            return { cycle_id: row.key, ...(department === false ? {} : { department }) };
        }
        return { cycle_id, department: row.key };
    }

    async open(figure, row) {
        const filters = this.filtersOf(figure, row);
        if (filters) {
            const action = await this.orm.call(MODEL, "action_open_dashboard_reviews", [filters]);
            return this.action.doAction(action);
        }
    }

    describe(figure) {
        const rows = figure.rows
            .filter(({ value }) => value !== null)
            .map(({ label, text }) => `${label} ${text}`);
        return _t("%(figure)s (%(unit)s): %(rows)s", {
            figure: figure.label,
            unit: figure.unit,
            rows: sayList(rows),
        });
    }

    totalText(figure) {
        return figure.unit === "%" ? figure.total.text : `${figure.total.text} ${figure.unit}`;
    }

    countText({ counts_talks, total }) {
        return counts_talks ? _t("talks: %s", total.count) : _t("%s people", total.count);
    }

    countTitle({ counts_talks }) {
        return counts_talks ? _t("Number of talks") : _t("Number of people");
    }

    openLabel(row) {
        return _t("Open the reviews of %s", row.label);
    }

    download(table = false) {
        return download({
            url: "/performance_review/dashboard/xlsx",
            data: { filters: JSON.stringify(this.state.filters), table: table || "" },
        });
    }
}

registry.category("actions").add("performance_dashboard", PerformanceDashboard);
