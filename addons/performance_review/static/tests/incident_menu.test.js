import { describe, expect, getFixture, press, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    mockService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { IncidentMenu } from "@performance_review/backend/incident/incident_menu";

describe.current.tags("desktop");

defineMailModels();

/** Stand on the screen of `controller`, with a server that answers with its own arguments. */
async function mountMenu(controller) {
    onRpc("performance.incident", "get_note_action", ({ args }) => {
        expect.step(args.join(" "));
        return { type: "ir.actions.act_window", res_model: "performance.incident" };
    });
    mockService("action", {
        currentController: controller,
        doAction: (action) => expect.step(action.res_model),
    });
    await mountWithCleanup(IncidentMenu);
}

test("two named buttons open the form to note something", async () => {
    await mountMenu(null);
    expect("button").toHaveCount(2);
    expect("button[data-polarity=positive]").toHaveAttribute("aria-label", "Note what went well");
    expect("button[data-polarity=negative]").toHaveAttribute("aria-label", "Note what went wrong");
    await contains("button[data-polarity=positive]").click();
    await contains("button[data-polarity=negative]").click();
    expect.verifySteps(["positive", "performance.incident", "negative", "performance.incident"]);
});

test("the keyboard reaches both", async () => {
    await mountMenu(null);
    getFixture().querySelector("button[data-polarity=positive]").focus();
    await press("Tab");
    expect("button[data-polarity=negative]").toBeFocused();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["negative", "performance.incident"]);
});

test("an open form says about whom", async () => {
    await mountMenu({
        view: { type: "form" },
        props: { resModel: "performance.review", resId: 3 },
        // The pager has gone on since the form was opened.
        currentState: { resId: 7 },
    });
    await contains("button[data-polarity=positive]").click();
    expect.verifySteps(["positive performance.review 7", "performance.incident"]);
});

test("a list and a new record say nothing about whom", async () => {
    await mountMenu({ view: { type: "list" }, props: { resModel: "performance.review" } });
    await contains("button[data-polarity=positive]").click();
    expect.verifySteps(["positive", "performance.incident"]);
});

test("what is noted can be opened at once", async () => {
    const sayNoted = registry.category("actions").get("performance_incident_noted");
    const services = {
        action: { doAction: ({ res_id }) => expect.step(`open ${res_id}`) },
        notification: {
            add: (message, { buttons: [button] }) => {
                expect.step(`${message} ${button.name}`);
                services.click = button.onClick;
                return () => expect.step("closed");
            },
        },
    };
    const params = { message: "Noted.", label: "Look", open: { res_id: 5 } };
    expect(sayNoted({ services }, { params })).toEqual({ type: "ir.actions.act_window_close" });
    services.click();
    expect.verifySteps(["Noted. Look", "closed", "open 5"]);
});

test("who notes nothing has no buttons", async () => {
    const { isDisplayed } = registry.category("systray").get("performance_review.incident_menu");
    patchWithCleanup(session, { performance_notes_incidents: false });
    expect(isDisplayed()).toBe(false);
    patchWithCleanup(session, { performance_notes_incidents: true });
    expect(isDisplayed()).toBe(true);
});
