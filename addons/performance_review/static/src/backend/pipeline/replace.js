import { registry } from "@web/core/registry";

/** Opens `params.next` in the place of the screen that asks, which leaves the breadcrumbs. */
export function replaceScreen(env, action) {
    const { breadcrumbs = [] } = env.services.action.currentController?.config || {};
    return env.services.action.doAction(action.params.next, {
        index: Math.max(breadcrumbs.length - 1, 0),
    });
}

registry.category("actions").add("performance_review_replace", replaceScreen);
