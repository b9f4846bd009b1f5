import { registry } from "@web/core/registry";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { PerformanceTopLine } from "./top_line";

export class PipelineRenderer extends KanbanRenderer {
    static template = "performance_review.PipelineRenderer";
    static components = { ...KanbanRenderer.components, PerformanceTopLine };

    /** Where each card stands, and what it says: when this changes, so do the sums above. */
    get signature() {
        return this.getGroupsOrRecords()
            .flatMap(({ group, record }) =>
                group
                    ? [group.value, ...group.list.records.map((each) => this.sign(each))]
                    : [this.sign(record)],
            )
            .join("|");
    }

    sign({ resId, data }) {
        return `${resId} ${data.checklist_done} ${data.next_action_text}`;
    }
}

registry.category("views").add("performance_pipeline", {
    ...kanbanView,
    Renderer: PipelineRenderer,
});
