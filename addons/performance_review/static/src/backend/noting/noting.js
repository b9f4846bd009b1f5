import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { TargetTalk } from "../targets/targets";

const MODEL = "performance.checkpoint";
const TONES = { reached: "success", on_track: "success", behind: "danger" };

/** One checkpoint on one screen: a figure, a word and a tick for every line of the plan. */
export class Noting extends Component {
    static template = "performance_review.Noting";
    static components = { TargetTalk };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ data: null, note: "", lines: {}, isBusy: false });
        onWillStart(() => this.load(this.props.action.params.checkpoint_id));
    }

    async load(checkpointId) {
        const data = await this.orm.call(MODEL, "get_noting", [[checkpointId]]);
        const keys = data.groups.flatMap(({ lines }) => lines.map(({ key }) => key));
        this.state.lines = Object.fromEntries(
            keys.map((key) => [key, { figure: "", note: "", is_done: false, observed: false }]),
        );
        this.state.note = data.note;
        this.state.data = data;
    }

    /** What the plan says by now; what has been typed stays. */
    async refresh() {
        this.state.data = await this.orm.call(MODEL, "get_noting", [[this.state.data.id]]);
    }

    tone(line) {
        return TONES[line.path.standing];
    }

    join(points) {
        return points.map((point) => point.join(",")).join(" ");
    }

    observe(key, result) {
        const line = this.state.lines[key];
        line.observed = line.observed === result ? false : result;
    }

    /** What was typed or ticked; a figure is understood with a comma, too. */
    get changes() {
        return Object.entries(this.state.lines)
            .map(([subject, line]) => ({
                subject,
                note: line.note.trim(),
                figure: `${line.figure}`.trim().replace(",", "."),
                is_done: line.is_done,
                observed: line.observed,
            }))
            .filter((line) => line.note || line.figure || line.is_done || line.observed);
    }

    /**
     * @param {boolean} isOver the checkpoint took place
     * @param {number|false} nextId the checkpoint to go on with
     */
    async store(isOver, nextId = false) {
        const { data } = this.state;
        this.state.isBusy = true;
        try {
            const note = data.is_reviewer ? this.state.note : null;
            await this.orm.call(MODEL, "action_note", [[data.id], this.changes, note, isOver]);
            if (nextId) {
                await this.load(nextId);
            } else {
                await this.action.doAction({ type: "ir.actions.act_window_close" });
            }
        } finally {
            this.state.isBusy = false;
        }
    }
}

registry.category("actions").add("performance_noting", Noting);
