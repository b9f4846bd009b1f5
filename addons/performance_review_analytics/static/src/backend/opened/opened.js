import { router } from "@web/core/browser/router";

/**
 * Opens a screen as its address says it was left, for a reload and for the browser's way back: the
 * web client opens an action that has a path without what the action had added to its address.
 *
 * @param {Object} action the client action that is being opened
 * @param {(chosen: Object) => Promise} load opens what was chosen, an empty object for nothing;
 *  it may refuse what is not there for the companies of today
 */
export async function loadOpened(action, load) {
    const { current } = router;
    const isOpened = [action.path, action.tag].includes(current.action);
    const chosen = isOpened ? current : {};
    try {
        await load(chosen);
    } catch (error) {
        if (!isOpened) {
            throw error;
        }
        await load({});
    }
}
