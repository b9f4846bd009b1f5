import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const PROPOSAL = "performance.target.proposal";

/** What both sides say to the target of one goal: propose another one, accept or decline it. */
export class TargetTalk extends Component {
    static template = "performance_review.TargetTalk";
    static props = {
        talk: Object,
        unit: { type: String, optional: true },
        onDone: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            isOpen: false,
            target: "",
            deadline: "",
            reason: "",
            word: "",
            isBusy: false,
        });
    }

    async call(model, method, ids, args) {
        this.state.isBusy = true;
        try {
            await this.orm.call(model, method, [ids, ...args]);
            Object.assign(this.state, {
                isOpen: false,
                target: "",
                deadline: "",
                reason: "",
                word: "",
            });
            await this.props.onDone();
        } finally {
            this.state.isBusy = false;
        }
    }

    /** A figure is understood with a comma, too; what is left empty stays as it is. */
    propose() {
        const { target, deadline, reason } = this.state;
        const figure = `${target}`.trim().replace(",", ".");
        return this.call(
            "performance.goal",
            "action_propose_target",
            [this.props.talk.goal_id],
            [figure || null, deadline || null, reason],
        );
    }

    answer(method) {
        const args = method === "action_withdraw" ? [] : [this.state.word];
        return this.call(PROPOSAL, method, [this.props.talk.open.id], args);
    }
}

/** All goals of a plan with their targets, for whoever has one to propose or to answer. */
export class Targets extends Component {
    static template = "performance_review.Targets";
    static components = { TargetTalk };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ goals: [] });
        onWillStart(() => this.load());
    }

    async load() {
        const { review_id } = this.props.action.params;
        this.state.goals = await this.orm.call("performance.review", "get_targets", [[review_id]]);
    }
}

registry.category("actions").add("performance_targets", Targets);
