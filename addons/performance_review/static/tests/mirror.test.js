import { describe, expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop");

class Mirror extends models.Model {
    _name = "performance.mirror";

    name = fields.Char();
    _records = [{ id: 3, name: "Talk" }];
}

class Dialogue extends models.Model {
    _name = "performance.dialogue";

    mirror_id = fields.Many2one({ relation: "performance.mirror" });
    _records = [
        { id: 1, mirror_id: 3 },
        { id: 2, mirror_id: false },
    ];
}

defineMailModels();
defineModels([Mirror, Dialogue]);

const CARD = {
    count: 2,
    figures: [
        {
            code: "employee_share",
            label: "The employee spoke",
            value: 48,
            text: "at least 50%",
            series: [30, 48],
            line: {
                points: [
                    [4, 28],
                    [116, 4],
                ],
                target_y: null,
            },
        },
        { code: "balance", label: "Balance", value: 61, text: "", series: [61], line: null },
        { code: "promises", label: "Promises", value: null, text: "", series: [], line: null },
    ],
    sections: [
        { code: "past", label: "Past", is_covered: true },
        { code: "future", label: "Future", is_covered: false },
    ],
    features: [
        {
            code: "tone",
            label: "Tone",
            judged: "One-way",
            developed: "Two-way",
            part: 40,
            hint: "Ask, and wait.",
        },
        {
            code: "role",
            label: "Part",
            judged: "Judge",
            developed: "Coach",
            part: null,
            hint: "",
        },
    ],
};

test("figures, the line over the talks, and the features as what they are", async () => {
    onRpc("get_card", ({ args }) => {
        expect.step(args[0]);
        return CARD;
    });
    await mountView({
        type: "form",
        resModel: "performance.mirror",
        resId: 3,
        arch: `<form><widget name="performance_mirror"/></form>`,
    });
    expect.verifySteps([[3]]);
    expect("[data-figure=employee_share] b").toHaveText("48%");
    expect("[data-figure=employee_share] polyline").toHaveAttribute("points", "4,28 116,4");
    expect("[data-figure=balance] b").toHaveText("61");
    expect("[data-figure=promises] b").toHaveText("–");
    expect("[data-covered=yes]").toHaveText(/Past/);
    expect("[data-covered=no]").toHaveText(/not touched/);
    expect("[data-feature=tone] .o_performance_mirror_fill").toHaveAttribute("style", "width: 40%");
    expect("[data-feature=tone]").toHaveText(/Ask, and wait/);
    expect("[data-feature=role] .o_performance_mirror_fill").toHaveCount(0);
    expect(".o_performance_mirror").toHaveText(/You alone read this.*never used for pay/s);
});

test("a record without a mirror shows and asks nothing", async () => {
    onRpc("get_card", () => expect.step("asked"));
    await mountView({
        type: "form",
        resModel: "performance.dialogue",
        resId: 2,
        arch: `<form>
            <field name="mirror_id" invisible="1"/>
            <widget name="performance_mirror" mirror_field="mirror_id"/>
        </form>`,
    });
    expect(".o_performance_mirror").toHaveCount(0);
    expect.verifySteps([]);
});
