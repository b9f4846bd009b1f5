import { Component, onMounted, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { loadOpened } from "../opened/opened";
import { PerformancePulse } from "../pulse/pulse";

/** What HR opens every morning of a cycle; every figure opens the reviews it counts. */
export class PerformanceCockpit extends Component {
    static template = "performance_review_analytics.Cockpit";
    static components = { Layout, PerformancePulse };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.ui = useService("ui");
        this.display = { controlPanel: {} };
        const { params = {} } = this.props.action;
        this.state = useState({ data: null });
        // What the way back from a list opens again.
        useSetupAction({ getLocalState: () => ({ cycleId: this.state.data.cycle?.id || false }) });
        const chosen = this.props.state?.cycleId ?? params.cycle_id ?? false;
        onWillStart(() =>
            chosen
                ? this.load(chosen)
                : loadOpened(this.props.action, ({ cycleId }) => this.load(cycleId)),
        );
        onMounted(() => this.loadRest());
    }

    async load(cycleId) {
        this.state.data = await this.orm.call("performance.cycle", "get_cockpit", [
            cycleId || false,
        ]);
        // What a reload of the page opens again.
        this.props.updateActionState?.({ cycleId: this.state.data.cycle?.id || false });
        this.env.config.setDisplayName(_t("Cockpit"));
    }

    /** Of many reviews some figures take a while: they come when the others stand on the screen. */
    async loadRest() {
        const { data } = this.state;
        if (!data.cycle || data.debts) {
            return;
        }
        const rest = await this.orm.call("performance.cycle", "get_cockpit_rest", [data.cycle.id]);
        if (data === this.state.data) {
            this.state.data = { ...data, ...rest };
        }
    }

    async change(cycleId) {
        await this.load(cycleId);
        return this.loadRest();
    }

    get cycleId() {
        return this.state.data.cycle.id;
    }

    choose(event) {
        return this.change(Number(event.target.value));
    }

    /** Reminds one person, or a whole side; nobody gets a mail more for being asked twice. */
    async remind(role, personId = false) {
        const action = await this.orm.call("performance.cycle", "action_remind_waited_for", [
            [this.cycleId],
            role,
            personId,
        ]);
        return this.action.doAction(action);
    }

    /** Opens what a verb of the cycle returns, and reads the screen anew when that is closed. */
    async do(method, options = {}, cycleId = this.cycleId) {
        const pressed = document.activeElement;
        const action = await this.orm.call("performance.cycle", method, [[cycleId]], options);
        return this.action.doAction(action, {
            onClose: () => {
                // Whoever works with the keyboard goes on where the dialog was opened: a dialog that
                // begins with a field gives the focus back to that field, which is gone by then.
                this.ui.bus.addEventListener(
                    "active-element-changed",
                    () => this.ui.activeElement === document && pressed.focus(),
                    { once: true },
                );
                return this.change(this.cycleId);
            },
        });
    }

    /** The button beside the sentence that says what HR does next. */
    doNext() {
        const { signal_id, method, options, cycle_id } = this.state.data.next;
        return signal_id
            ? this.openSignal(signal_id)
            : this.do(method, options, cycle_id || this.cycleId);
    }

    exportTables() {
        return download({
            url: "/performance_review/cockpit/xlsx",
            data: { cycle_id: this.cycleId },
        });
    }

    openReviews(options) {
        return this.do("action_open_cockpit_reviews", options);
    }

    overdueLabel(name, count) {
        return _t("%(name)s: %(count)s late", { name, count });
    }

    reassignLabel(row) {
        return _t("Change the reviewer of %s", row.name);
    }

    reassign(row) {
        return this.do("action_open_department_reassign", { department_id: row.id || 0 });
    }

    openSensor() {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "performance_cycle_sensor",
            params: { cycle_id: this.cycleId },
        });
    }

    openSignal(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "performance.signal",
            res_id: id,
            views: [[false, "form"]],
        });
    }

    openCycle() {
        return this.do("action_open_setup");
    }

    openCycles() {
        return this.action.doAction("performance_review.performance_cycle_action");
    }

    /** Bars of two medians side by side, in percent of the longest. */
    get longest() {
        const { rows } = this.state.data.durations;
        return Math.max(1, ...rows.flatMap(({ days, before }) => [days || 0, before || 0]));
    }

    width(days) {
        return `width: ${Math.round((100 * (days || 0)) / this.longest)}%`;
    }

    days(number) {
        if (number === null) {
            return "–";
        }
        return _t("%s days", number < 10 ? number : Math.round(number));
    }

    cellLabel(row, step) {
        const { count, late } = row.cells[step.code];
        return late
            ? _t("%(department)s, %(step)s: %(count)s, of them %(late)s late", {
                  department: row.name,
                  step: step.label,
                  count,
                  late,
              })
            : _t("%(department)s, %(step)s: %(count)s", {
                  department: row.name,
                  step: step.label,
                  count,
              });
    }

    get open() {
        return this.state.data.readiness.filter(({ count }) => count);
    }

    get waitingFor() {
        const { reviewer, employee } = this.state.data.waiting;
        return [
            { role: "reviewer", label: _t("Managers waited for: %s", reviewer.total), ...reviewer },
            {
                role: "employee",
                label: _t("Employees waited for: %s", employee.total),
                ...employee,
            },
        ].filter(({ total }) => total);
    }

    get wayText() {
        return _t("Overall progress: %s%", this.state.data.totals.percent);
    }

    get launchText() {
        const { launch_percent } = this.state.data.cycle;
        return _t("Reviews are being created in the background: %s of 100", launch_percent);
    }

    get tooFew() {
        const { minimum } = this.state.data.durations;
        return _t("Counted every night, once %s reviews have left a step.", minimum);
    }

    remindAllLabel(group) {
        return _t("Remind all: %s", group.label);
    }

    remindLabel(person) {
        return _t("Remind %s", person.name);
    }

    moreText({ total, rows }) {
        return _t("and %s more", total - rows.length);
    }

    get medianText() {
        const { previous } = this.state.data.durations;
        return previous
            ? _t("Median of last night; grey: %s", previous)
            : _t("Median of last night");
    }
}

registry.category("actions").add("performance_cycle_cockpit", PerformanceCockpit);
