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
    _records = [
        { id: 1, name: "Wang" },
        { id: 2, name: "Liu" },
    ];
}

defineMailModels();
defineModels([Review]);

const BOOK = { type: "ir.actions.act_window", name: "Book it", res_model: "wizard" };
const ROWS = [
    { code: "points", label: "Points", is_done: false, detail: "2 of 3", action: false },
    { code: "meeting", label: "Meeting booked", is_done: false, detail: "Not yet", action: BOOK },
    { code: "self_assessment", label: "Received", is_done: true, detail: "Here", action: false },
];

function mountChecklist(arch = "", options = "") {
    return mountView({
        type: "form",
        resModel: "performance.review",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="name"/><widget name="performance_checklist" ${options}/>${arch}</form>`,
    });
}

test("one line each, ticked or with its click", async () => {
    onRpc("get_checklist", () => ROWS);
    await mountChecklist();
    expect(".o_performance_checklist li").toHaveCount(3);
    expect(".o_performance_checklist").toHaveAttribute("aria-label", "Checklist: 1 of 3");
    expect("li[data-code=self_assessment] .fa-check-circle").toHaveCount(1);
    expect("li[data-code=points] button").toHaveCount(0);
    expect("li[data-code=meeting] button").toHaveText("Book it");
    expect("li[data-code=meeting] button").toHaveAttribute("aria-label", "Meeting booked: Book it");
});

test("folds to one line, and stays open for the next person", async () => {
    onRpc("get_checklist", () => ROWS);
    await mountChecklist("", `foldable="1"`);
    expect(".o_performance_checklist li").toHaveCount(0);
    expect(".o_pr_fold").toHaveText("Checklist: 1 of 3");
    expect(".o_pr_fold .fa-circle-o").toHaveCount(2);
    await contains(".o_pr_fold").click();
    expect(".o_pr_fold").toHaveAttribute("aria-expanded", "true");
    expect("li[data-code=meeting] button").toHaveText("Book it");
    await contains(".o_pager_next").click();
    expect(".o_performance_checklist li").toHaveCount(3);
    await contains(".o_pr_fold").click();
    expect(".o_performance_checklist li").toHaveCount(0);
});

test("its click does it and the rows are asked for anew", async () => {
    let rows = ROWS;
    onRpc("get_checklist", () => rows);
    mockService("action", {
        doAction(action, { onClose }) {
            expect.step(action.name);
            rows = [{ ...ROWS[1], is_done: true, action: false }];
            return onClose();
        },
    });
    await mountChecklist();
    await contains("li[data-code=meeting] button").click();
    expect.verifySteps(["Book it"]);
    expect("li[data-code=meeting] .fa-check-circle").toHaveCount(1);
    expect(".o_performance_checklist button").toHaveCount(0);
});

test("by keyboard as well", async () => {
    onRpc("get_checklist", () => ROWS);
    mockService("action", { doAction: (action) => expect.step(action.name) });
    await mountChecklist();
    queryFirst("li[data-code=meeting] button").focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["Book it"]);
});

test("the next record has its own rows, asked for once", async () => {
    onRpc("get_checklist", ({ args }) => {
        expect.step(args[0][0]);
        return args[0][0] === 1 ? ROWS : ROWS.slice(0, 1);
    });
    await mountChecklist();
    await contains(".o_pager_next").click();
    expect(".o_performance_checklist li").toHaveCount(1);
    expect.verifySteps([1, 2]);
});

test("goes to the part of the form it names", async () => {
    const focus = {
        type: "ir.actions.client",
        tag: "performance_review_focus",
        name: "Add a point",
        params: { anchor: "gap" },
    };
    onRpc("get_checklist", () => [{ ...ROWS[0], action: focus }]);
    await mountChecklist(`<div data-anchor="gap"><input class="o_target"/></div>`);
    await contains("li[data-code=points] button").click();
    expect("input.o_target").toBeFocused();
});
