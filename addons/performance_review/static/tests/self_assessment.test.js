import { describe, expect, test } from "@odoo/hoot";
import { click, edit, queryOne } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { SelfAssessment } from "@performance_review/portal/preparation/self_assessment";
import { startInteraction } from "@web/../tests/public/helpers";
import { patchWithCleanup } from "@web/../tests/web_test_helpers";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";

describe.current.tags("headless");

const PAGE = `
    <div class="o_pr_self_assessment" data-review-id="7">
        <div class="o_pr_question"><textarea data-field="1" data-is-question="1"></textarea></div>
        <span class="o_pr_answered_count"></span>
        <div class="o_pr_save_state"><span class="o_pr_save_error"></span></div>
        <button class="o_pr_submit_confirm">Hand in</button>
        <div class="o_pr_submit_error d-none"></div>
    </div>`;

/** A server that stores one text as the real one does; `lose` swallows its next answers. */
async function open() {
    const server = { text: "", calls: [], lose: 0, isDown: false };
    patchWithCleanup(rpc, {
        async _rpc(url, { changes }) {
            if (!url.startsWith("/my/reviews/7/")) {
                return super._rpc(...arguments);
            }
            if (server.isDown) {
                throw new ConnectionLostError(url);
            }
            server.calls.push(changes.map(({ text, base }) => `${base}>${text}`).join());
            const result = { saved: [], conflicts: {} };
            for (const { field, text, base } of changes) {
                if ([text, base].includes(server.text)) {
                    server.text = text;
                    result.saved.push(field);
                } else {
                    result.conflicts[field] = server.text;
                }
            }
            if (server.lose) {
                server.lose -= 1;
                throw new ConnectionLostError(url);
            }
            return url.endsWith("/submit") ? { ...result, error: "Not yet" } : result;
        },
    });
    await startInteraction(SelfAssessment, PAGE);
    return server;
}

async function type(text) {
    await click("textarea");
    await edit(text);
    await advanceTime(800);
}

test("an answer that is lost is no conflict with what is typed since", async () => {
    const server = await open();
    server.lose = 1;
    await type("I built");
    expect(server.text).toBe("I built");
    expect(".o_pr_save_state").toHaveAttribute("data-state", "failed");
    await type("I built it");
    await animationFrame();
    expect(server.calls).toEqual([">I built", ">I built", "I built>I built it"]);
    expect(server.text).toBe("I built it");
    expect(".o_pr_conflict").toHaveCount(0);
    expect(".o_pr_save_state").toHaveAttribute("data-state", "saved");
});

test("what was typed and taken back meanwhile is taken back on the server too", async () => {
    const server = await open();
    server.lose = 1;
    await type("Wrong");
    await type("");
    await animationFrame();
    expect(server.text).toBe("");
    expect(".o_pr_save_state").toHaveAttribute("data-state", "saved");
});

test("what another window wrote in between is a conflict as before", async () => {
    const server = await open();
    server.lose = 1;
    await type("Mine");
    server.text = "Theirs";
    await type("Mine too");
    await animationFrame();
    expect(".o_pr_conflict").toHaveCount(1);
    expect(queryOne("textarea").value).toBe("Mine too");
    expect(server.text).toBe("Theirs");
});

test("handing in says first whether an earlier text has arrived", async () => {
    const server = await open();
    server.lose = 1;
    await type("Mine");
    server.isDown = true;
    await click("textarea");
    await edit("Mine too");
    await click(".o_pr_submit_confirm");
    await animationFrame();
    expect(".o_pr_submit_error").toHaveText(/no connection/);
    server.isDown = false;
    await advanceTime(500);
    await click(".o_pr_submit_confirm");
    await advanceTime(1000);
    await animationFrame();
    expect(server.text).toBe("Mine too");
    expect(".o_pr_conflict").toHaveCount(0);
    expect(".o_pr_submit_error").toHaveText("Not yet");
});
