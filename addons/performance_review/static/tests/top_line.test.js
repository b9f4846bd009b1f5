import { describe, expect, test } from "@odoo/hoot";
import { press, queryFirst } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Review extends models.Model {
    _name = "performance.review";

    name = fields.Char();
    state = fields.Selection({
        selection: [
            ["preparation", "Preparation"],
            ["dialogue", "Dialogue"],
        ],
    });
    _records = [
        { id: 1, name: "Wang", state: "preparation" },
        { id: 2, name: "Liu", state: "preparation" },
        { id: 3, name: "Zhou", state: "dialogue" },
    ];
}

defineMailModels();
defineModels([Review]);

const SUMMARY = {
    count: 2,
    minutes_done: 6,
    minutes_left: 14,
    text: "2 people to prepare: 6 minutes done, 14 left",
    next: { id: 2, name: "Liu", text: "Next: Liu, until 03/20/2026" },
};
const LINE = ".o_performance_top_line";

function mountBoard() {
    return mountView({
        type: "kanban",
        resModel: "performance.review",
        groupBy: ["state"],
        arch: `<kanban js_class="performance_pipeline" records_draggable="1">
            <templates><t t-name="card"><field name="name"/></t></templates>
        </kanban>`,
    });
}

test("one line above the board, and a button to the next person", async () => {
    onRpc("get_preparation_summary", () => SUMMARY);
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id, action.name]),
    });
    await mountBoard();
    expect(`${LINE} span:first`).toHaveText(SUMMARY.text);
    expect(`${LINE} [role=progressbar]`).toHaveAttribute("aria-valuenow", "6");
    expect(`${LINE} [role=progressbar]`).toHaveAttribute("aria-valuemax", "20");
    expect(`${LINE} [role=progressbar]`).toHaveAttribute("aria-label", SUMMARY.text);
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(3);
    await contains(`${LINE} button`).click();
    queryFirst(`${LINE} button`).focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([
        ["performance.review", 2, "Liu"],
        ["performance.review", 2, "Liu"],
    ]);
});

test("nothing for whoever has nobody to prepare", async () => {
    onRpc("get_preparation_summary", () => ({ ...SUMMARY, count: 0, next: false }));
    await mountBoard();
    expect(LINE).toHaveCount(0);
    expect(".o_kanban_record:not(.o_kanban_ghost)").toHaveCount(3);
});

test("says when everybody is prepared", async () => {
    onRpc("get_preparation_summary", () => ({ ...SUMMARY, next: false }));
    await mountBoard();
    expect(`${LINE} button`).toHaveCount(0);
    expect(LINE).toHaveText(/Everybody is prepared/);
});

test("follows what happens on the board", async () => {
    let asked = 0;
    onRpc("get_preparation_summary", () => ({ ...SUMMARY, text: `Asked ${++asked}` }));
    await mountBoard();
    const before = asked;
    await contains(".o_kanban_record:contains(Wang)").dragAndDrop(".o_kanban_group:eq(1)");
    await animationFrame();
    expect(asked).toBeGreaterThan(before);
    expect(`${LINE} span:first`).toHaveText(`Asked ${asked}`);
});
