import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** What I owe and what I am owed, side by side, what is overdue first. */
export class Ledger extends Component {
    static template = "performance_review.Ledger";
    // Without `onOpen` its lines lead nowhere: they belong to the review that is open.
    static props = { ledger: Object, onOpen: { type: Function, optional: true } };

    get sides() {
        const { mine, theirs, overdue } = this.props.ledger;
        return [
            { code: "mine", label: _t("What I owe"), lines: mine, overdue: overdue.mine },
            { code: "theirs", label: _t("What I am owed"), lines: theirs, overdue: overdue.theirs },
        ];
    }

    about(line) {
        const { is_team: isTeam } = this.props.ledger;
        // Of the employee's own promise the name once is enough.
        const owner = isTeam && line.owner !== line.employee && _t("Owner: %s", line.owner);
        return [isTeam ? line.employee : line.owner, owner, line.due].filter(Boolean).join(" · ");
    }
}

/** The ledger of one review, in its form. */
export class LedgerWidget extends Component {
    static template = "performance_review.LedgerWidget";
    static components = { Ledger };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ ledger: null });
        this.keepLast = new KeepLast();
        useRecordObserver(async ({ resId, dirty }) => {
            if (!dirty) {
                this.state.ledger = resId
                    ? await this.keepLast.add(
                          this.orm.call("performance.review", "get_ledger", [[resId]]),
                      )
                    : null;
            }
        });
    }
}

/** The ledger of all of somebody's reviews, as a screen of its own. */
export class LedgerScreen extends Component {
    static template = "performance_review.LedgerScreen";
    static components = { Ledger };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ ledger: null });
        onWillStart(async () => {
            this.state.ledger = await this.orm.call("performance.review", "get_ledger", [[]]);
        });
    }

    open({ review_id: resId, employee: name }) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name,
            res_model: "performance.review",
            res_id: resId,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("performance_ledger", { component: LedgerWidget });
registry.category("actions").add("performance_ledger", LedgerScreen);
