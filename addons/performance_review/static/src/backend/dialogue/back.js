import { registry } from "@web/core/registry";
import { ControllerNotFoundError } from "@web/webclient/actions/action_service";

async function leave(env, next) {
    try {
        await env.services.action.restore();
    } catch (error) {
        if (!(error instanceof ControllerNotFoundError)) {
            throw error;
        }
        await env.services.action.doAction(next);
    }
}

/**
 * Goes back to where this screen was opened from, so that the breadcrumbs do not grow by what
 * stands in them already. A screen that was opened by its address goes on to `params.next`.
 *
 * Nobody waits for it: leaving asks the form to save what is open, and the form would wait for the
 * button that leaves.
 */
export function goBack(env, action) {
    leave(env, action.params.next);
}

registry.category("actions").add("performance_review_back", goBack);
