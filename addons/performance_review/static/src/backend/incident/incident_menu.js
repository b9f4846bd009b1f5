import { Component } from "@odoo/owl";
import { useCommand } from "@web/core/commands/command_hook";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/** Two buttons on every screen: note what went well or wrong, while it is fresh. */
export class IncidentMenu extends Component {
    static template = "performance_review.IncidentMenu";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        for (const { polarity, label } of this.buttons) {
            useCommand(label, () => this.note(polarity), { global: true });
        }
    }

    get buttons() {
        return [
            { polarity: "positive", icon: "fa-thumbs-o-up", label: _t("Note what went well") },
            { polarity: "negative", icon: "fa-thumbs-o-down", label: _t("Note what went wrong") },
        ];
    }

    /** Model and id of the record whose form is open, if any: the note is about that person. */
    get screen() {
        const controller = this.action.currentController;
        if (controller?.view?.type !== "form") {
            return [];
        }
        const resId = controller.currentState?.resId ?? controller.props?.resId;
        return resId ? [controller.props.resModel, resId] : [];
    }

    async note(polarity) {
        const action = await this.orm.call("performance.incident", "get_note_action", [
            polarity,
            ...this.screen,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("systray").add(
    "performance_review.incident_menu",
    {
        Component: IncidentMenu,
        isDisplayed: () => Boolean(session.performance_notes_incidents),
    },
    { sequence: 40 },
);
