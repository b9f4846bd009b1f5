import { registry } from "@web/core/registry";

// Milliseconds, the most that Odoo takes. By itself a step waits ten seconds, and a machine that is
// busy with something else needs longer for the first look at a form.
const PATIENCE = 60000;

/**
 * Register a tour whose steps wait as long as a busy machine may need.
 *
 * @param {string} name
 * @param {{ url?: string, steps: () => Object[] }} tour
 */
export function addTour(name, tour) {
    registry.category("web_tour.tours").add(name, {
        ...tour,
        steps: () => tour.steps().map((step) => ({ timeout: PATIENCE, ...step })),
    });
}
