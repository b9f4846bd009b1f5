import { describe, expect, test } from "@odoo/hoot";
import { queryFirst } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    patchTranslations,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Plan extends models.Model {
    _name = "plan";

    done = fields.Float();
    steps = fields.Integer();
    _records = [
        { id: 1, done: 0, steps: 0 },
        { id: 2, done: 33.4, steps: 40 },
        { id: 3, done: 99.6, steps: 100 },
        { id: 4, done: 250, steps: 7 },
        { id: 5, done: -20, steps: -3 },
    ];
}

defineMailModels();
defineModels([Plan]);

const RING = ".o_field_widget[name=done] svg.o_performance_ring";
const ARC = `${RING} circle:last-of-type`;
const CIRCUMFERENCE = 2 * Math.PI * 16;

/** Shows one plan in a form. */
function mountRing(resId, arch = `<form><field name="done" widget="performance_ring"/></form>`) {
    return mountView({ type: "form", resModel: "plan", resId, arch });
}

/** How much of the circle is drawn, from 0 to 1. */
function drawnShare() {
    const [drawn] = queryFirst(ARC).getAttribute("stroke-dasharray").split(" ");
    return parseFloat(drawn) / CIRCUMFERENCE;
}

test("shows the percentage as a number and as an arc", async () => {
    await mountRing(2);
    expect(`${RING} text`).toHaveText("33");
    expect(drawnShare()).toBeCloseTo(0.33, { margin: 0.001 });
});

test("says the percentage to those who do not see the ring", async () => {
    await mountRing(2);
    expect(RING).toHaveAttribute("role", "img");
    expect(RING).toHaveAttribute("aria-label", "33% complete");
    expect(`${RING} title`).toHaveText("33% complete");
});

test("its label is translated", async () => {
    patchTranslations({ performance_review: { "%s%% complete": "已完成 %s%%" } });
    await mountRing(2);
    expect(RING).toHaveAttribute("aria-label", "已完成 33%");
});

test("an empty ring draws no arc, not even a dot", async () => {
    await mountRing(1);
    expect(`${RING} text`).toHaveText("0");
    expect(ARC).toHaveAttribute("stroke-opacity", "0");
});

test("a new record counts as nothing done", async () => {
    await mountRing(undefined);
    expect(`${RING} text`).toHaveText("0");
});

test("more than everything is everything", async () => {
    await mountRing(4);
    expect(`${RING} text`).toHaveText("100");
    expect(drawnShare()).toBeCloseTo(1, { margin: 0.001 });
});

test("less than nothing is nothing", async () => {
    await mountRing(5);
    expect(`${RING} text`).toHaveText("0");
    expect(drawnShare()).toBeCloseTo(0, { margin: 0.001 });
});

test("only a complete ring has the colour of success", async () => {
    await mountView({
        type: "kanban",
        resModel: "plan",
        arch: `
            <kanban>
                <templates>
                    <t t-name="card"><field name="steps" widget="performance_ring"/></t>
                </templates>
            </kanban>`,
    });
    const colours = [...document.querySelectorAll(".o_kanban_record svg.o_performance_ring")].map(
        (ring) => ring.querySelector("circle:last-of-type").getAttribute("stroke"),
    );
    expect(colours).toHaveLength(5);
    expect(colours.map((colour) => colour.includes("--success"))).toEqual([
        false,
        false,
        true,
        false,
        false,
    ]);
});

test("follows the value while it is being edited", async () => {
    await mountRing(
        2,
        `<form>
            <field name="done"/>
            <field name="done" widget="performance_ring"/>
        </form>`,
    );
    await contains(".o_field_widget[name=done] input").edit("80");
    expect("svg.o_performance_ring text").toHaveText("80");
});

test("of so many: the arc is the share", async () => {
    Plan._records = [{ id: 1, done: 0, steps: 3 }];
    await mountView({
        type: "form",
        resModel: "plan",
        resId: 1,
        arch: `<form><field name="steps" widget="performance_ring" options="{'total': 6}"/></form>`,
    });
    const ring = "svg.o_performance_ring";
    expect(`${ring} text`).toHaveText("3/6");
    expect(ring).toHaveAttribute("aria-label", "3 of 6 done");
    const drawn = queryFirst(`${ring} circle:last-of-type`).getAttribute("stroke-dasharray");
    expect(parseFloat(drawn) / CIRCUMFERENCE).toBeCloseTo(0.5, { margin: 0.001 });
});
