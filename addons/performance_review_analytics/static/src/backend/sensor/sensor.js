import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { loadOpened } from "../opened/opened";

/** What many people report, by department: never fewer than the threshold, never a name. */
export class PerformanceSensor extends Component {
    static template = "performance_review_analytics.Sensor";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        // What the way back from a list opens again.
        useSetupAction({ getLocalState: () => ({ cycleId: this.state.data.cycle?.id || false }) });
        const { params = {} } = this.props.action;
        const chosen = this.props.state?.cycleId ?? params.cycle_id ?? false;
        onWillStart(() =>
            chosen
                ? this.load(chosen)
                : loadOpened(this.props.action, ({ cycleId }) => this.load(cycleId)),
        );
    }

    async load(cycleId) {
        this.state.data = await this.orm.call("performance.cycle", "get_sensor", [
            cycleId || false,
        ]);
        // What a reload of the page opens again.
        this.props.updateActionState?.({ cycleId: this.state.data.cycle?.id || false });
        this.env.config.setDisplayName(_t("Sensor"));
    }

    choose(event) {
        return this.load(Number(event.target.value));
    }

    exportTables() {
        return download({
            url: "/performance_review/sensor/xlsx",
            data: { cycle_id: this.state.data.cycle.id },
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

    cellLabel(department, cell) {
        return `${department.name}: ${cell.text}`;
    }
}

registry.category("actions").add("performance_cycle_sensor", PerformanceSensor);
