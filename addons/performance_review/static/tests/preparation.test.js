import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, queryAllValues, queryFirst } from "@odoo/hoot-dom";
import { animationFrame, runAllTimers } from "@odoo/hoot-mock";
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

class Goal extends models.Model {
    _name = "performance.goal";

    name = fields.Char();
    _records = [
        { id: 3, name: "Complaints" },
        { id: 4, name: "Benches" },
    ];
}

class Theme extends models.Model {
    _name = "performance.theme";

    name = fields.Char();
    _records = [{ id: 5, name: "Handover" }];
}

class Point extends models.Model {
    _name = "performance.point";

    name = fields.Char({ required: true });
    fact = fields.Text();
    kind = fields.Selection({ selection: [["strength", "Strength"], ["gap", "Gap"], ["support", "Support"]] }); // prettier-ignore
    nature = fields.Selection({ selection: [["result", "Result"], ["behaviour", "Behaviour"]], default: "result" }); // prettier-ignore
    cause = fields.Selection({ selection: [["own", "Own cause"], ["outside", "Outside cause"]] }); // prettier-ignore
    sequence = fields.Integer();
    goal_id = fields.Many2one({ relation: "performance.goal" });
    theme_id = fields.Many2one({ relation: "performance.theme" });
    extra = fields.Char({ string: "Of another addon" });
    is_complete = fields.Boolean();
    is_frozen = fields.Boolean();
    repeat_count = fields.Integer();
    label_warning = fields.Char();
    review_id = fields.Many2one({ relation: "performance.review" });

    _records = [
        { id: 11, kind: "gap", name: "Late", fact: "On 3 May", sequence: 10, is_complete: true, theme_id: 5, repeat_count: 1, review_id: 1 },
        { id: 12, kind: "gap", name: "Short", fact: "", sequence: 20, review_id: 1 },
    ]; // prettier-ignore
}

class Review extends models.Model {
    _name = "performance.review";

    name = fields.Char();
    state = fields.Char({ default: "preparation" });
    is_reviewer = fields.Boolean({ default: true });
    sees_preparation = fields.Boolean({ default: true });
    strength_ids = fields.One2many({ relation: "performance.point", relation_field: "review_id" });
    gap_ids = fields.One2many({ relation: "performance.point", relation_field: "review_id" });
    support_ids = fields.One2many({ relation: "performance.point", relation_field: "review_id" });

    _records = [
        { id: 1, name: "Wang", state: "preparation", is_reviewer: true, sees_preparation: true, strength_ids: [], gap_ids: [11, 12], support_ids: [] },
        { id: 2, name: "Liu", state: "preparation", is_reviewer: true, sees_preparation: true, strength_ids: [], gap_ids: [], support_ids: [] },
        { id: 3, name: "Own", state: "done", is_reviewer: false, sees_preparation: false, strength_ids: [], gap_ids: [11], support_ids: [] },
    ]; // prettier-ignore
}

defineMailModels();
defineModels([Goal, Theme, Point, Review]);

const item = (values) => ({
    title: "",
    figure: "",
    unit: "",
    series: [],
    note: "",
    url: "",
    record: false,
    details: {},
    point: {},
    ...values,
});

const COMPLAINTS = item({
    title: "Complaints",
    figure: 50,
    unit: "%",
    series: [20, 50],
    url: "/odoo/performance.goal/3",
    record: { model: "performance.goal", id: 3 },
    details: {
        baseline: "8",
        target: "4",
        actual: "6",
        unit: "per month",
        weight: "2",
        direction: "down",
        measures: [8, 7, 6],
    },
    point: { kind: "gap", nature: "result", name: "Complaints", fact: "6 of 4", goal_id: 3 },
});
const PLAIN = item({
    title: "Praise",
    figure: 5,
    unit: "stars",
    note: "From the customer",
    point: { nature: "result", name: "Praise", fact: "Praise · 5 stars" },
});
const PANEL = {
    sources: [
        { code: "kpi", label: "KPIs", sequence: 10, items: [COMPLAINTS] },
        { code: "incident", label: "Shared incidents", sequence: 30, items: [] },
        { code: "praise", label: "Praise of customers", sequence: 35, items: [PLAIN] },
        { code: "unknown", label: "Of nobody", sequence: 36, items: [] },
    ],
    proposals: [
        {
            code: "goal-4",
            kind: "strength",
            nature: "result",
            name: "Benches",
            fact: "12 of 10",
            goal_id: 4,
            reason: "It went best.",
        },
    ],
    supports: [
        { id: 1, category: "mentor", name: "A mentor", description: "Weekly", theme_ids: [] },
        { id: 3, category: "kpi", name: "A rest", description: "A month", theme_ids: [] },
        { id: 2, category: "kpi", name: "A new target", description: "Agreed", theme_ids: [5] },
    ],
    categories: [
        ["mentor", "Mentor"],
        ["kpi", "Changed KPI"],
    ],
    themes: [{ id: 5, name: "Handover" }],
    min_points: 3,
};

const column = (kind, extra = "") => `
    <field name="${kind}_ids" widget="performance_points" readonly="not is_reviewer"
           context="{'default_kind': '${kind}'}">
        <list editable="bottom">
            <field name="sequence" widget="handle"/><field name="kind" column_invisible="True"/>
            <field name="is_frozen" column_invisible="True"/><field name="nature"/>
            <field name="name" widget="text"/><field name="fact" widget="text"/>
            <field name="goal_id"/><field name="theme_id"/><field name="cause"/>
            <field name="repeat_count"/><field name="label_warning"/><field name="is_complete"/>
            ${extra}
        </list>
    </field>`;

async function mountSurface({ resId = 1, panel = PANEL, extra = "" } = {}) {
    onRpc("performance.review", "get_preparation_panel", ({ args }) => {
        expect.step(`panel ${args[0][0]}`);
        return panel;
    });
    await mountView({
        type: "form",
        resModel: "performance.review",
        resId,
        resIds: [1, 2],
        arch: `<form>
            <field name="state" invisible="1"/><field name="is_reviewer" invisible="1"/>
            <field name="sees_preparation" invisible="1"/>
            <div class="o_pr_surface">
                <widget name="performance_preparation_tabs"/>
                <widget name="performance_evidence"/>
                ${column("strength")}${column("gap", extra)}${column("support")}
            </div>
        </form>`,
    });
}

const names = (kind) => queryAllValues(`.o_pr_${kind} .o_pr_name textarea`);

test("evidence source by source; what is unknown is a plain card", async () => {
    await mountSurface();
    expect.verifySteps(["panel 1"]);
    expect(".o_pr_source").toHaveCount(3);
    expect("[data-source=kpi] .o_pr_card").toHaveText(/8 → 6\/4 per month/);
    expect("[data-source=kpi] .progress-bar").toHaveAttribute("style", "width: 50%");
    expect("[data-source=kpi] .o_pr_line").toHaveCount(2);
    expect("[data-source=kpi] .o_pr_line:first").toHaveAttribute("aria-label", "Measured: 8, 7, 6");
    expect("[data-source=incident] .o_pr_empty").toHaveText(/share it/);
    expect("[data-source=praise] .o_pr_card").toHaveText(/Praise\s+5 stars\s+From the customer/);
});

test("a source folds and stays folded for the next person", async () => {
    await mountSurface();
    await contains("[data-source=kpi] h4 button").click();
    expect("[data-source=kpi] .o_pr_card").toHaveCount(0);
    expect("[data-source=kpi] h4 button").toHaveAttribute("aria-expanded", "false");
    await contains(".o_pager_next").click();
    expect("[data-source=kpi] .o_pr_card").toHaveCount(0);
    await contains("[data-source=kpi] h4 button").click();
    expect("[data-source=kpi] .o_pr_card").toHaveCount(1);
    expect.verifySteps(["panel 1", "panel 2"]);
});

test("ticking a card makes a point with fact and link, stored with the form", async () => {
    onRpc("performance.review", "web_save", ({ args }) => {
        const [, , vals] = args[1].gap_ids[0];
        expect.step([vals.name, vals.fact, vals.goal_id, vals.kind]);
    });
    await mountSurface();
    await contains("[data-source=kpi] button.o_pr_tick").click();
    expect(names("gap")).toEqual(["Late", "Short", "Complaints"]);
    expect("[data-source=kpi] .o_pr_tick.text-success").toHaveAttribute("aria-label", "In “Gaps”");
    await contains(".o_form_button_save").click();
    expect.verifySteps(["panel 1", ["Complaints", "6 of 4", 3, "gap"], "panel 1"]);
});

test("what suggests no column asks for one", async () => {
    await mountSurface();
    await contains("[data-source=praise] button.o_pr_tick").click();
    await contains(".o-dropdown-item:contains(Supports)").click();
    expect(names("support")).toEqual(["Praise"]);
    expect.verifySteps(["panel 1"]);
});

test("a card is dragged to a column", async () => {
    await mountSurface();
    const { drop } = await contains("[data-source=kpi] .o_pr_card b").drag();
    await drop(".o_pr_column.o_pr_strength");
    await animationFrame();
    expect(names("strength")).toEqual(["Complaints"]);
    expect.verifySteps(["panel 1"]);
});

test("type and Enter adds, the fact comes next, Enter goes on", async () => {
    await mountSurface();
    await contains(".o_pr_strength .o_pr_add textarea").edit("Asks first", { confirm: false });
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect(names("strength")).toEqual(["Asks first"]);
    expect(".o_pr_strength [name=fact] textarea").toBeFocused();
    await contains(".o_pr_strength [name=fact] textarea").edit("Twice in May", { confirm: false });
    await press("Enter");
    await animationFrame();
    expect(".o_pr_strength .o_pr_add textarea").toBeFocused();
    expect(".o_pr_strength .o_pr_add textarea").toHaveValue("");
    expect(".o_pr_strength [name=fact] textarea").toHaveValue("Twice in May");
    expect.verifySteps(["panel 1"]);
});

test("one click accepts a proposal, and it is proposed no more", async () => {
    await mountSurface();
    expect(".o_pr_strength .o_pr_proposal").toHaveText(/Benches\s+It went best\./);
    await contains(".o_pr_strength .o_pr_proposal button").click();
    expect(names("strength")).toEqual(["Benches"]);
    expect(".o_pr_proposal").toHaveCount(0);
    expect.verifySteps(["panel 1"]);
});

test("a label is hinted at while typing, with one question for many keys", async () => {
    onRpc("performance.point", "get_wording_hint", ({ args }) => {
        expect.step(args);
        return { words: ["lazy"], message: "“lazy” labels a person", question: "What happened?" };
    });
    await mountSurface();
    await contains(".o_pr_gap .o_pr_add textarea").edit("He is lazy", { confirm: false });
    await runAllTimers();
    await animationFrame();
    expect(".o_pr_gap .o_pr_add .o_pr_hint").toHaveText(/labels a person\s+What happened\?/);
    expect.verifySteps(["panel 1", ["He is lazy", "", "gap"]]);
});

test("order by Alt and arrows, and away by Alt and Delete", async () => {
    await mountSurface();
    queryFirst(".o_pr_gap .o_pr_point:last-child .o_pr_grip").focus();
    await press(["alt", "ArrowUp"]);
    await animationFrame();
    await animationFrame();
    expect(names("gap")).toEqual(["Short", "Late"]);
    expect(".o_pr_gap .o_pr_point:first-child .o_pr_grip").toBeFocused();
    await press(["alt", "Delete"]);
    await animationFrame();
    await animationFrame();
    expect(names("gap")).toEqual(["Late"]);
    expect(".o_pr_gap .o_pr_point:first-child .o_pr_grip").toBeFocused();
    expect.verifySteps(["panel 1"]);
});

test("a gap that is none is dragged over to the strengths, but never to the supports", async () => {
    onRpc("performance.point", "write", ({ args }) => {
        expect.step(args);
        return true;
    });
    await mountSurface();
    const grip = ".o_pr_gap .o_pr_point:first-child .o_pr_grip";
    await (await contains(grip).drag()).drop(".o_pr_column.o_pr_support");
    await animationFrame();
    await (await contains(grip).drag()).drop(".o_pr_column.o_pr_strength");
    await animationFrame();
    await animationFrame();
    // Stored, and the form is read anew.
    expect.verifySteps([
        "panel 1",
        [[11], { kind: "strength", sequence: 10, cause: false }],
        "panel 1",
    ]);
});

test("what was handed in stays in its column", async () => {
    Point._records[0].is_frozen = true;
    onRpc("performance.point", "write", () => expect.step("write"));
    await mountSurface();
    queryFirst(".o_pr_gap .o_pr_point:first-child .o_pr_grip").focus();
    await press(["alt", "ArrowLeft"]);
    await animationFrame();
    expect.verifySteps(["panel 1"]);
});

test("the ring counts what is complete", async () => {
    await mountSurface();
    expect(".o_pr_gap .o_performance_ring").toHaveAttribute("aria-label", "1 of 3 done");
    expect.verifySteps(["panel 1"]);
});

test("repeated opens what was said and agreed", async () => {
    onRpc("performance.point", "get_repeats", ({ args }) => {
        expect.step(args[0]);
        return [
            {
                cycle: "Year 2025",
                point: "Late again",
                fact: "Four times",
                agreed: [{ name: "Confirms", outcome: "recurred", outcome_label: "Came back" }],
            },
        ];
    });
    await mountSurface();
    expect(".o_pr_repeat").toHaveText("Repeated ×2");
    await contains(".o_pr_repeat").click();
    expect(".o_pr_repeats").toHaveText(
        /Year 2025\s+Late again\s+Four times\s+Came back\s*Confirms/,
    );
    expect.verifySteps(["panel 1", [11]]);
});

test("the library copies, and a gap offers what fits its theme", async () => {
    await mountSurface();
    await contains(".o_pr_support header button").click();
    expect(".o_pr_library li").toHaveCount(3);
    expect(".o_pr_library li:first button").toBeFocused();
    await contains(".o_pr_library [role=group] button:contains(Mentor)").click();
    expect(".o_pr_library li").toHaveCount(1);
    await contains(".o_pr_library li button").click();
    expect(names("support")).toEqual(["A mentor"]);
    expect(".o_pr_library li button").not.toBeEnabled();
    await press("Escape");
    await animationFrame();
    await contains(".o_pr_gap .o_pr_point:first-child .o_pr_offer").click();
    expect(queryAllTexts(".o_pr_library li")).toEqual(["A new target Agreed"].map((text) => text.replace(" Agreed", "\nAgreed"))); // prettier-ignore
    await contains(".o_pr_library li button").click();
    expect(names("support")).toEqual(["A mentor", "A new target"]);
    expect(".o_pr_support .o_pr_point:last-child [name=fact] textarea").toHaveValue(
        "For the gap “Late”. Agreed",
    );
    expect.verifySteps(["panel 1"]);
});

test("nature, theme, goal and cause in place", async () => {
    await mountSurface();
    const card = ".o_pr_gap .o_pr_point:last-child";
    queryFirst(`${card} [name=name] textarea`).focus();
    await animationFrame();
    await contains(`${card} button:contains(Result)`).click();
    expect(`${card} button:contains(Behaviour)`).toHaveCount(1);
    await contains(`${card} select[name=goal_id]`).select("3");
    await contains(`${card} button:contains(Outside cause)`).click();
    expect(`${card} button:contains(Outside cause)`).toHaveAttribute("aria-pressed", "true");
    await contains(`${card} select[name=theme_id]`).select("5");
    expect(`${card} .o_pr_offer`).toHaveCount(1);
    expect.verifySteps(["panel 1"]);
});

test("what another view adds to the list is found under More", async () => {
    await mountSurface({ extra: `<field name="extra"/>` });
    const card = ".o_pr_gap .o_pr_point:first-child";
    queryFirst(`${card} [name=name] textarea`).focus();
    await animationFrame();
    await contains(`${card} button[aria-label=More]`).click();
    expect(`${card} .o_pr_more`).toHaveText(/Of another addon/);
    await contains(`${card} .o_pr_more input`).edit("Theirs");
    expect(`${card} .o_pr_more input`).toHaveValue("Theirs");
    expect.verifySteps(["panel 1"]);
});

test("whoever only reads writes nothing, and asks for nothing beside the points", async () => {
    await mountSurface({ resId: 3 });
    expect(".o_pr_gap .o_pr_point").toHaveCount(1);
    expect(".o_pr_column textarea").toHaveCount(0);
    expect(".o_pr_grip").toHaveCount(0);
    expect.verifySteps([]);
});

test("a card is looked at closer without leaving the sheet", async () => {
    mockService("action", {
        doAction: (action) => expect.step([action.res_model, action.res_id, action.target]),
    });
    await mountSurface();
    await contains("[data-source=kpi] a.o_pr_title").click();
    expect.verifySteps(["panel 1", ["performance.goal", 3, "new"]]);
});

test("one tab at a time where there is no room for two", async () => {
    await mountSurface();
    expect(".o_pr_surface").toHaveAttribute("data-tab", "sheet");
    // Hidden on a screen as wide as this one.
    queryFirst(".o_pr_tabs button:contains(Evidence)").click();
    await animationFrame();
    expect(".o_pr_surface").toHaveAttribute("data-tab", "evidence");
    expect(".o_pr_tabs button:contains(Evidence)").toHaveAttribute("aria-selected", "true");
    expect.verifySteps(["panel 1"]);
});
