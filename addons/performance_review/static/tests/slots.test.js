import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    makeServerError,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Review extends models.Model {
    _name = "performance.review";

    name = fields.Char();
    _records = [{ id: 5, name: "Wang" }];
}

class Booking extends models.Model {
    _name = "booking";

    review_id = fields.Many2one({ relation: "performance.review" });
    date_start = fields.Datetime();
    duration = fields.Integer();
    day = fields.Date();
    location = fields.Char();
    _records = [{ id: 1, review_id: 5, date_start: "2026-03-09 02:00:00", duration: 60 }];
}

defineMailModels();
defineModels([Review, Booking]);

const SLOTS = [
    { start: "2026-03-09 02:00:00", label: "Mon 10:00" },
    { start: "2026-03-09 06:00:00", label: "Mon 14:00" },
];

function mountBooking() {
    return mountView({
        type: "form",
        resModel: "booking",
        resId: 1,
        arch: `<form>
            <field name="review_id" invisible="1"/>
            <field name="date_start" invisible="1"/>
            <field name="duration"/>
            <field name="day"/>
            <field name="location"/>
            <widget name="performance_slots"/>
        </form>`,
    });
}

function offered() {
    return queryAllTexts(".o_performance_slots button");
}

test("offers what is free for both, and says in which zone", async () => {
    onRpc("performance.review", "get_free_slots", ({ args, kwargs }) => {
        expect.step([args[0], kwargs.duration, kwargs.day]);
        return { slots: SLOTS, timezone: "Asia/Shanghai" };
    });
    await mountBooking();
    expect(offered()).toEqual(["Mon 10:00", "Mon 14:00"]);
    expect(".o_performance_slots h3").toHaveText("Free for both (Asia/Shanghai)");
    expect.verifySteps([[[5], 60, false]]);
});

test("one click books, with the length and the place chosen", async () => {
    onRpc("performance.review", "get_free_slots", () => ({ slots: SLOTS, timezone: "UTC" }));
    onRpc("booking", "web_save", ({ args }) => {
        expect.step([args[1].date_start, args[1].location]);
    });
    onRpc("booking", "action_confirm", ({ args }) => {
        expect.step(`confirm ${args[0]}`);
        return { type: "ir.actions.act_window_close" };
    });
    mockService("action", { doAction: (action) => expect.step(action.type) });
    await mountBooking();
    await contains(".o_field_widget[name=location] input").edit("Room 4");
    await contains(".o_performance_slots button:eq(1)").click();
    expect.verifySteps([
        ["2026-03-09 06:00:00", "Room 4"],
        "confirm 1",
        "ir.actions.act_window_close",
    ]);
    expect(".o_performance_slots button:eq(0)").toBeEnabled();
});

test("by keyboard as well", async () => {
    onRpc("performance.review", "get_free_slots", () => ({ slots: SLOTS, timezone: "UTC" }));
    onRpc("booking", "action_confirm", () => {
        expect.step("confirm");
        return { type: "ir.actions.act_window_close" };
    });
    mockService("action", { doAction: () => {} });
    await mountBooking();
    queryFirst(".o_performance_slots button").focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["confirm"]);
});

test("another length asks again, another place does not", async () => {
    onRpc("performance.review", "get_free_slots", ({ kwargs }) => {
        expect.step(kwargs.duration);
        return { slots: kwargs.duration > 60 ? [] : SLOTS, timezone: "UTC" };
    });
    await mountBooking();
    await contains(".o_field_widget[name=location] input").edit("Room 4");
    expect.verifySteps([60]);
    await contains(".o_field_widget[name=duration] input").edit("90");
    await animationFrame();
    expect.verifySteps([90]);
    expect(offered()).toEqual([]);
    expect(".o_performance_slots p").toHaveText(
        "No time is free for both: try another day or length.",
    );
});

test("a refused question leaves the form as it is", async () => {
    onRpc("performance.review", "get_free_slots", () => {
        throw makeServerError({ message: "Plan at least 30 minutes" });
    });
    await mountBooking();
    expect(offered()).toEqual([]);
    expect(".o_field_widget[name=duration] input").toHaveValue("60");
});

test("who has taken the time meanwhile is told, and may choose again", async () => {
    expect.errors(1);
    onRpc("performance.review", "get_free_slots", () => ({ slots: SLOTS, timezone: "UTC" }));
    onRpc("booking", "action_confirm", () => {
        throw makeServerError({ message: "Planned already" });
    });
    await mountBooking();
    await contains(".o_performance_slots button:eq(1)").click();
    await animationFrame();
    expect.verifyErrors(["Planned already"]);
    expect(".o_performance_slots button:eq(0)").toBeEnabled();
});
