import { describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, queryFirst } from "@odoo/hoot-dom";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Review extends models.Model {
    _name = "performance.review";

    name = fields.Char();
    _records = [{ id: 7, name: "Li" }];
}

defineMailModels();
defineModels([Review]);

const BLOCK = ".o_performance_evidence";

/** Shows a review whose evidence is `sources`. */
function mountEvidence(sources) {
    onRpc("performance.review", "get_evidence", ({ args }) => {
        expect.step(args[0]);
        return sources;
    });
    return mountView({
        type: "form",
        resModel: "performance.review",
        resId: 7,
        arch: `<form><widget name="performance_evidence"/></form>`,
    });
}

const item = (values) => ({
    title: "",
    figure: "",
    unit: "",
    series: [],
    note: "",
    url: "",
    record: false,
    ...values,
});

test("shows each source that knows something, with figure, line and link", async () => {
    await mountEvidence([
        {
            code: "kpi",
            label: "KPIs",
            sequence: 10,
            items: [
                item({
                    title: "Complaints",
                    figure: 80,
                    unit: "%",
                    series: [20, 50, 80],
                    note: "6 of 4",
                    url: "/odoo/performance.goal/3",
                }),
            ],
        },
        { code: "incident", label: "Shared incidents", sequence: 30, items: [] },
    ]);
    expect.verifySteps([[7]]);
    expect(`${BLOCK} section`).toHaveCount(1);
    expect(`${BLOCK} h4`).toHaveText("KPIs");
    expect(`${BLOCK} a[href="/odoo/performance.goal/3"]`).toHaveText("Complaints");
    expect(`${BLOCK} b`).toHaveText("80%");
    expect(`${BLOCK} li`).toHaveText(/6 of 4/);
    const points = queryFirst(`${BLOCK} polyline`).getAttribute("points").split(" ");
    expect(points).toHaveLength(3);
    expect(`${BLOCK} svg`).toHaveAttribute("aria-label", "So far: 20, 50, 80");
});

test("one period is no line, and no figure is no figure", async () => {
    await mountEvidence([
        { code: "x", label: "X", sequence: 1, items: [item({ title: "Said", series: [1] })] },
    ]);
    expect.verifySteps([[7]]);
    expect(`${BLOCK} svg`).toHaveCount(0);
    expect(`${BLOCK} b`).toHaveCount(0);
    expect(`${BLOCK} a`).toHaveCount(0);
    expect(`${BLOCK} li`).toHaveText("Said");
});

test("a unit stands apart from its figure, a percent sign does not", async () => {
    const items = [
        item({ title: "Illness", figure: 6, unit: "天" }),
        item({ title: "Result", figure: 0, unit: "%" }),
        item({ title: "Handover", figure: "Improved" }),
    ];
    await mountEvidence([{ code: "x", label: "X", sequence: 1, items }]);
    expect.verifySteps([[7]]);
    expect(queryAllTexts(`${BLOCK} b`)).toEqual(["6 天", "0%", "Improved"]);
});

test("says so when nothing is known", async () => {
    await mountEvidence([]);
    expect.verifySteps([[7]]);
    expect(BLOCK).toHaveText("Nothing has been recorded for this period yet.");
});
