import { expect, test } from "@odoo/hoot";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { edit, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { Component, useState, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { BestCard } from "@performance_review/backend/interview_room/best_card";
import { contains, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

defineMailModels();

const EMPTY = { behaviour: "", effect: "", suggestion: "", thanks: "", reaction: "" };

async function mountCard(kind, values = {}) {
    const typed = {};
    const feedback = { id: 1, key: "k", point_id: false, ...EMPTY, ...values };
    class Parent extends Component {
        static components = { BestCard };
        static props = ["*"];
        static template = xml`
            <BestCard feedback="feedback" kind="'${kind}'" canWrite="true" kinds="kinds"
                theirs="() => undefined" onSettle="() => {}" onRemove="() => {}"
                onInput.bind="input" onNote.bind="note" />`;

        setup() {
            this.feedback = useState(feedback);
            this.kinds = [["goal", "Goal"]];
        }

        input(name, text) {
            this.feedback[name] = text;
            typed[name] = text;
        }

        note(draftKind, text) {
            expect.step(`${draftKind}: ${text}`);
        }
    }
    await mountWithCleanup(Parent);
    return typed;
}

test("each field has its hint and an example until something is typed", async () => {
    onRpc("get_wording_hint", () => ({ words: [], message: false, question: "" }));
    const typed = await mountCard("strength");
    expect("textarea").toHaveCount(5);
    expect(".o_pr_room_example").toHaveCount(4);
    expect("[data-best=behaviour] .o_pr_room_example").toHaveText(/called the customer back/);
    expect("[data-best=reaction] .o_pr_room_example").toHaveCount(0);
    const described = queryOne("[data-best=effect] textarea").getAttribute("aria-describedby");
    expect(`#${described}`).toHaveText(/He stayed with us/);
    await contains("[data-best=behaviour] textarea").click();
    await edit("Asked first");
    await animationFrame();
    expect(".o_pr_room_example").toHaveCount(3);
    expect(typed).toEqual({ behaviour: "Asked first" });
});

test("a gap has other examples", async () => {
    await mountCard("gap");
    expect("[data-best=behaviour] .o_pr_room_example").toHaveText(/called three times/);
});

test("labels are pointed at while typing, with the question of the point's kind", async () => {
    onRpc("get_wording_hint", ({ args }) => {
        expect.step(args);
        return { words: ["lazy"], message: "“lazy” labels a person.", question: "What happened?" };
    });
    await mountCard("gap");
    await contains("[data-best=behaviour] textarea").click();
    await edit("You are lazy");
    await animationFrame();
    await advanceTime(500);
    await animationFrame();
    expect.verifySteps([["You are lazy", "", "gap"]]);
    expect(queryAllTexts("[data-best=behaviour] .o_pr_hint")[0]).toMatch(/lazy.*What happened/s);
    // What the employee says is not checked.
    await contains("[data-best=reaction] textarea").click();
    await edit("I am lazy");
    await advanceTime(500);
    expect.verifySteps([]);
});

test("without a line typing goes on", async () => {
    onRpc(
        "/web/dataset/call_kw/performance.point/get_wording_hint",
        () => {
            expect.step("asked");
            return new Response("", { status: 502 });
        },
        { pure: true },
    );
    const typed = await mountCard("gap");
    await contains("[data-best=effect] textarea").click();
    await edit("So that");
    await advanceTime(500);
    await animationFrame();
    expect.verifySteps(["asked"]);
    expect(typed).toEqual({ effect: "So that" });
});

test("a suggestion becomes a line of the agreement", async () => {
    await mountCard("gap", { suggestion: "Call first" });
    await contains("[data-best] ~ .o_pr_room_note button[data-kind=goal]").click();
    expect.verifySteps(["goal: Call first"]);
});
