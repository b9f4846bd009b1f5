import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
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

class Commitment extends models.Model {
    _name = "performance.commitment";
}

class Room extends models.Model {
    _name = "room";

    review_id = fields.Many2one({ relation: "performance.review" });
    _records = [{ id: 5, review_id: 2 }];
}

defineMailModels();
defineModels([Review, Commitment, Room]);

const LINE = {
    id: 11,
    name: "A second bench",
    owner_label: "Chen",
    note: "until May",
    outcome: "open",
    outcome_label: "Open",
    percent: 40,
    percent_text: "40%",
    series: [10, 40],
    line: {
        points: [
            [4, 28],
            [116, 4],
        ],
        target_y: null,
    },
    is_overdue: true,
    is_taken: false,
    can_take_along: true,
    can_settle: true,
};
const SETTLED = {
    ...LINE,
    id: 12,
    name: "Confirms in writing",
    outcome: "closed",
    outcome_label: "Closed",
    line: null,
    is_overdue: false,
    is_taken: true,
    can_take_along: false,
};

function answer(...lines) {
    return {
        cycle: "Year 2026",
        closure: { rate: 50, rate_text: "50%", closed: 1, total: 2, text: "1 of 2 kept" },
        lines,
        message: lines.length ? "" : "This is the first review.",
    };
}

function mountBand(options = "") {
    return mountView({
        type: "form",
        resModel: "performance.review",
        resId: 1,
        resIds: [1, 2],
        arch: `<form><field name="name"/><widget name="performance_last_time" ${options}/></form>`,
    });
}

test("above the sheet one line says what was kept and what is overdue", async () => {
    onRpc("get_last_time", () => answer(LINE, SETTLED));
    await mountBand(`foldable="1"`);
    // A desktop of the test runner has no room for all of it.
    expect(".o_performance_last_time li").toHaveCount(0);
    expect(".o_pr_fold").toHaveText(/1 of 2 kept\s*1 overdue/);
    await contains(".o_pr_fold").click();
    expect(".o_performance_last_time li").toHaveCount(2);
    await contains(".o_pager_next").click();
    expect(".o_performance_last_time li").toHaveCount(2);
});

test("every promise with what came of it", async () => {
    onRpc("get_last_time", () => answer(LINE, SETTLED));
    await mountBand();
    expect(".o_performance_last_time .display-6").toHaveText("50%");
    expect(".o_performance_last_time_rate").toHaveText(/1 of 2 kept/);
    expect("li[data-id='11'] .badge").toHaveText("Overdue");
    expect("li[data-id='11'] svg").toHaveAttribute("aria-label", "Progress so far: 10%, 40%");
    expect("li[data-id='12'] .badge").toHaveText("Closed");
    expect("li[data-id='12'] svg").toHaveCount(0);
    expect(queryAllTexts("li[data-id='11'] button")).toEqual([
        "Take along",
        "Settled",
        "Came back",
    ]);
    expect("li[data-id='12']").toHaveText(/Taken along/);
    expect(queryAllTexts("li[data-id='12'] button")).toEqual(["Came back"]);
});

test("a sentence where there is nothing", async () => {
    onRpc("get_last_time", () => answer());
    await mountBand();
    expect(".o_performance_last_time").toHaveText(/This is the first review\./);
    expect(".o_performance_last_time li").toHaveCount(0);
});

test("who may not act has no buttons", async () => {
    onRpc("get_last_time", () => answer({ ...LINE, can_take_along: false, can_settle: false }));
    await mountBand();
    expect(".o_performance_last_time button").toHaveCount(0);
});

test("a click stores what is typed, acts once and shows what has become of it", async () => {
    let lines = [LINE];
    const done = new Deferred();
    onRpc("get_last_time", () => answer(...lines));
    onRpc("performance.review", "web_save", () => expect.step("saved"));
    onRpc("performance.commitment", "action_take_along", async ({ args }) => {
        expect.step(args[0][0]);
        await done;
        lines = [{ ...LINE, is_taken: true, can_take_along: false }];
        return true;
    });
    await mountBand();
    await contains("[name=name] input").edit("Wang Wei", { confirm: false });
    await contains("li[data-id='11'] button:contains(Take along)").click();
    expect("li[data-id='11'] button").not.toBeEnabled();
    done.resolve();
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["saved", 11]);
    expect("li[data-id='11']").toHaveText(/Taken along/);
    expect("li[data-id='11'] button:contains(Take along)").toHaveCount(0);
});

test("what does not go on is dropped with its reason", async () => {
    onRpc("get_last_time", () => answer({ ...LINE, can_leave: true }));
    onRpc("performance.commitment", "action_leave", ({ args }) => {
        expect.step(args.flat());
        return true;
    });
    await mountBand();
    await contains("button[aria-label='Drop: A second bench']").click();
    expect(".o_pr_leave button").not.toBeEnabled();
    await contains(".o_pr_leave input").edit("The bench is gone", { confirm: false });
    await contains(".o_pr_leave button").click();
    await animationFrame();
    expect.verifySteps([[11, "The bench is gone"]]);
    expect(".o_pr_leave").toHaveCount(0);
});

test("by keyboard as well", async () => {
    onRpc("get_last_time", () => answer(LINE));
    onRpc("performance.commitment", "action_settle", () => {
        expect.step("settled");
        return true;
    });
    await mountBand();
    expect("button:contains(Settled)").toHaveAttribute("aria-label", "Settled: A second bench");
    queryFirst("button:contains(Settled)").focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["settled"]);
});

test("stands in the form of another record as well", async () => {
    onRpc("get_last_time", ({ args }) => {
        expect.step(args[0][0]);
        return answer(LINE);
    });
    await mountView({
        type: "form",
        resModel: "room",
        resId: 5,
        arch: `<form>
            <field name="review_id" invisible="1"/>
            <widget name="performance_last_time" review_field="review_id"/>
        </form>`,
    });
    expect(".o_performance_last_time li").toHaveCount(1);
    expect.verifySteps([2]);
});

test("of many promises those that were kept unfold with one click", async () => {
    const kept = [21, 22, 23].map((id) => ({ ...SETTLED, id }));
    onRpc("get_last_time", () => answer(LINE, ...kept));
    await mountBand();
    expect("li[data-id]").toHaveCount(1);
    await contains("button:contains(Show what was kept (3))").click();
    expect("li[data-id]").toHaveCount(4);
    expect("button:contains(Show what was kept)").toHaveCount(0);
});
