import { animationFrame, delay, drag, edit, press, waitFor } from "@odoo/hoot-dom";
import { addTour } from "./patience";

/**
 * A manager prepares one person completely, from the board to the appointment. Whatever the hand
 * does besides typing is counted: clicks, drags and the keys that end a text.
 */
const MOST_ACTIONS = 25;
const MOST_TABS = 200;

let actions = 0;

function click(trigger, content = "") {
    return {
        content,
        trigger,
        async run(helpers) {
            actions += 1;
            await helpers.click();
        },
    };
}

/** Type into what has the focus and end it with Enter: one action, typing apart. */
function typeAndEnter(trigger, text) {
    return {
        content: `type “${text}”`,
        trigger: `${trigger}:focus`,
        async run() {
            await edit(text);
            actions += 1;
            await press("Enter");
        },
    };
}

function dragTo(trigger, target) {
    return {
        content: `drag ${trigger} to ${target}`,
        trigger,
        async run({ anchor }) {
            actions += 1;
            const { moveTo, drop } = await drag(anchor);
            await animationFrame();
            await moveTo(target);
            await delay(50);
            await drop(target);
        },
    };
}

const card = (kind, text) => `.o_pr_${kind} .o_pr_point:has(textarea:value(${text}))`;
const ring = (kind) => `.o_pr_${kind} .o_performance_ring[aria-label="3 of 3 done"]`;

function expectPrepared() {
    return [
        { content: "strengths", trigger: ring("strength") },
        { content: "gaps", trigger: ring("gap") },
        { content: "supports", trigger: ring("support") },
        {
            content: "every row of the checklist is ticked",
            trigger: ".o_performance_checklist:not(:has(.fa-circle-o)) .fa-check-circle",
        },
    ];
}

addTour("performance_preparation_mouse", {
    url: "/odoo/action-performance_review.performance_review_action",
    steps: () => [
        click(".o_kanban_record:contains(Pr Worker)", "open the card"),
        { trigger: ".o_performance_evidence .o_pr_card" },
        // Strengths: two that are proposed, one that is typed.
        click(".o_pr_strength .o_pr_proposal:contains(Benches built) button"),
        { trigger: card("strength", "Benches built") },
        click(".o_pr_strength .o_pr_proposal:contains(Asked before ordering) button"),
        { trigger: card("strength", "Asked before ordering") },
        click(".o_pr_strength .o_pr_add textarea"),
        typeAndEnter(".o_pr_strength .o_pr_add textarea", "Trains the apprentices"),
        typeAndEnter(".o_pr_strength [name=fact] textarea", "Two of them passed in February."),
        // Gaps: one proposed, one ticked, one dragged.
        click(".o_pr_gap .o_pr_proposal:contains(Complaints) button"),
        { trigger: card("gap", "Complaints") },
        click(".o_pr_card:contains(Days of delay) button.o_pr_tick"),
        { trigger: card("gap", "Days of delay") },
        dragTo(".o_pr_card:contains(Left without a word)", ".o_pr_column.o_pr_gap"),
        { trigger: card("gap", "Left without a word") },
        click(`${card("gap", "Complaints")} button:contains(Outside cause)`),
        // Supports: three of the library.
        click(".o_pr_support header button"),
        ...[1, 2, 3].map((number) => click(`.o_pr_library li:eq(${number}) button`)),
        { trigger: ".o_pr_support .o_pr_point:eq(2)" },
        // The appointment: the first time that suits both.
        click(".o_performance_checklist .o_pr_fold", "unfold what is still missing"),
        click("li[data-code=meeting] button"),
        click(".modal .o_performance_slots button:first"),
        ...expectPrepared(),
        {
            content: "in so few actions",
            trigger: "body",
            run() {
                if (actions > MOST_ACTIONS) {
                    throw new Error(`${actions} actions, at most ${MOST_ACTIONS} are allowed`);
                }
                console.log(`prepared with ${actions} actions besides typing`);
            },
        },
    ],
});

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex]";

function findStops(root) {
    return [...root.querySelectorAll(FOCUSABLE)].filter(
        (element) =>
            element === document.activeElement ||
            (element.tabIndex >= 0 &&
                !element.disabled &&
                element.checkVisibility({ visibilityProperty: true })),
    );
}

/** What Tab goes to next or before, in the order of the page: a browser's own Tab, step by step. */
function tab(isBack) {
    // The days of a date field open beside it, and Tab goes on in the form.
    const layers = document.querySelectorAll(".modal, .o_popover:not(:has(.o_datetime_picker))");
    const stops = [document, ...layers].map(findStops).findLast((found) => found.length);
    const index = stops.indexOf(document.activeElement);
    if (document.activeElement.closest(".o_field_date, .o_field_datetime")) {
        // The days close with the key that leaves their field; open, they take the next Enter.
        document.activeElement.dispatchEvent(
            new window.KeyboardEvent("keydown", {
                key: "Tab",
                shiftKey: Boolean(isBack),
                bubbles: true,
            }),
        );
    }
    const next = isBack ? (index > 0 ? index : stops.length) - 1 : (index + 1) % stops.length;
    stops[next].focus();
}

/** Go on with Tab until what is meant has the focus, as somebody without a mouse does. */
async function tabTo(selector, isBack = false) {
    const target = await waitFor(selector, { timeout: 5000 });
    const seen = [];
    for (let count = 0; count < MOST_TABS; count++) {
        const { activeElement } = document;
        if (activeElement === target) {
            return;
        }
        seen.push(activeElement.getAttribute("aria-label") || activeElement.className);
        tab(isBack);
        if (document.activeElement.closest(".o_field_date, .o_field_datetime")) {
            // Its days are open a moment later, and only then is there something to close.
            await delay(100);
        }
    }
    throw new Error(`the keyboard does not reach ${selector}: ${seen.slice(-20).join(" > ")}`);
}

function pressOn(selector, key = "Enter", isBack = false) {
    return {
        content: `${key} on ${selector}`,
        trigger: selector,
        async run() {
            await tabTo(selector, isBack);
            // A dialog that has just opened may still move the focus to its first field.
            await delay(200);
            await tabTo(selector, isBack);
            await press(key);
        },
    };
}

function typePoint(kind, name, fact) {
    return [
        {
            content: `go to the column ${kind}`,
            trigger: `.o_pr_${kind} .o_pr_add textarea`,
            run: () => tabTo(`.o_pr_${kind} .o_pr_add textarea`),
        },
        typeAndEnter(`.o_pr_${kind} .o_pr_add textarea`, name),
        typeAndEnter(`.o_pr_${kind} [name=fact] textarea`, fact),
    ];
}

addTour("performance_preparation_keyboard", {
    steps: () => [
        { trigger: ".o_performance_evidence .o_pr_card" },
        // Evidence is ticked from the keys as well.
        pressOn(".o_pr_card:contains(Benches built) button.o_pr_tick"),
        { trigger: card("strength", "Benches built") },
        pressOn(".o_pr_card:contains(Complaints) button.o_pr_tick"),
        { trigger: card("gap", "Complaints") },
        ...typePoint("strength", "Trains the apprentices", "Two of them passed in February."),
        pressOn(".o_pr_strength .o_pr_proposal:contains(Asked before ordering) button"),
        { trigger: card("strength", "Asked before ordering") },
        ...typePoint("gap", "Two late handovers", "On 3 and 9 February."),
        ...typePoint("gap", "No list of parts", "The parts of bench 4 were ordered twice."),
        ...typePoint("support", "A second bench", "For the work that waits."),
        ...typePoint("support", "An hour a week with me", "For the questions that come up."),
        pressOn(".o_pr_support header button"),
        { trigger: ".o_pr_library li:first button:focus", run: () => press("Enter") },
        { trigger: ".o_pr_support .o_pr_point:eq(2)", run: () => press("Escape") },
        // The last one is the most important: first place.
        {
            content: "move up",
            trigger: ".o_pr_support .o_pr_point:eq(2) .o_pr_grip",
            async run() {
                await tabTo(".o_pr_support .o_pr_point:eq(2) .o_pr_grip");
                await press(["Alt", "ArrowUp"]);
            },
        },
        { trigger: ".o_pr_support .o_pr_point:eq(1) .o_pr_grip:focus" },
        // Done well it is not, after all: the other column and back, with the keys.
        {
            content: "to the other column",
            trigger: card("strength", "Trains the apprentices"),
            async run() {
                await tabTo(`${card("strength", "Trains the apprentices")} .o_pr_grip`, true);
                await press(["Alt", "ArrowRight"]);
            },
        },
        {
            content: "and back",
            trigger: `${card("gap", "Trains the apprentices")} .o_pr_grip:focus`,
            run: () => press(["Alt", "ArrowLeft"]),
        },
        { trigger: `${card("strength", "Trains the apprentices")} .o_pr_grip:focus` },
        pressOn(".o_performance_checklist .o_pr_fold", "Enter", true),
        pressOn("li[data-code=meeting] button"),
        // Saved; the first time that suits both is booked with the key that presses any button.
        pressOn(".modal .o_performance_slots button:first"),
        ...expectPrepared(),
    ],
});
