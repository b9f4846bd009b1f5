import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The one verb of a row, as a button: what its reader does next on this review. */
export class NextAction extends Component {
    static template = "performance_review.NextAction";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ isBusy: false });
    }

    get label() {
        return this.props.record.data[this.props.name];
    }

    async onClick() {
        const { record } = this.props;
        this.state.isBusy = true;
        try {
            // What is being typed counts for what comes next.
            if (await record.save()) {
                const action = await this.orm.call(record.resModel, "action_do_next", [
                    [record.resId],
                ]);
                await this.action.doAction(action, { onClose: () => record.model.load() });
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("fields").add("performance_next_action", {
    component: NextAction,
    displayName: _t("Next step"),
    supportedTypes: ["char"],
});
