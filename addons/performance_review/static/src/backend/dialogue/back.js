import { registry } from "@web/core/registry";

/**
 * Goes back to the review a dialogue was opened from: its form, read anew, takes the place of both,
 * so that the breadcrumbs do not grow by what stands in them already.
 */
export function goBack(env, action) {
    const { breadcrumbs = [] } = env.services.action.currentController?.config || {};
    return env.services.action.doAction(action.params.next, {
        index: Math.max(breadcrumbs.length - 2, 0),
    });
}

registry.category("actions").add("performance_review_back", goBack);
