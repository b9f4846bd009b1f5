import { registry } from "@web/core/registry";
import { ControllerNotFoundError } from "@web/webclient/actions/action_service";

/**
 * Goes back to where this screen was opened from, so that the breadcrumbs do not grow by what
 * stands in them already. A screen that was opened by its address goes on to `params.next`.
 */
export async function goBack(env, action) {
    try {
        await env.services.action.restore();
    } catch (error) {
        if (!(error instanceof ControllerNotFoundError)) {
            throw error;
        }
        return action.params.next;
    }
}

registry.category("actions").add("performance_review_back", goBack);
