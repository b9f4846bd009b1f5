import { describe, expect, test } from "@odoo/hoot";
import { advanceTime } from "@odoo/hoot-mock";
import { Outbox } from "@performance_review/backend/interview_room/outbox";
import { ConnectionLostError } from "@web/core/network/rpc";

describe.current.tags("headless");

function makeStorage() {
    const items = new Map();
    return {
        getItem: (name) => items.get(name) ?? null,
        setItem: (name, value) => items.set(name, value),
        removeItem: (name) => items.delete(name),
    };
}

/** An outbox whose server is `send`, and what it has sent and answered. */
function makeOutbox({ storage = makeStorage(), send, isReady } = {}) {
    const sent = [];
    const statuses = [];
    const outbox = new Outbox({
        send: async (changes) => {
            sent.push(JSON.parse(JSON.stringify(changes)));
            return send ? send(changes) : changes.map(({ id }) => ({ id, conflicts: {} }));
        },
        onAnswer: (change) => expect.step(Object.values(change.values).join()),
        onStatus: (status) => statuses.push(status),
        isReady,
        storage,
        name: "outbox",
    });
    return { outbox, sent, statuses, storage };
}

test("many keys make one request, a second later, with the value first seen", async () => {
    const { outbox, sent, statuses, storage } = makeOutbox();
    outbox.put({ row: "topic", id: 1, values: { answer: "I" }, seen: { answer: "" } });
    outbox.put({ row: "topic", id: 1, values: { answer: "It" }, seen: { answer: "I" } });
    outbox.put({ row: "dialogue", id: 9, values: { expectations: "Shared" } });
    expect(sent).toHaveLength(0);
    expect(storage.getItem("outbox")).toMatch(/Shared/);
    await advanceTime(1000);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toHaveLength(2);
    expect(sent[0][0]).toEqual({
        row: "topic",
        id: 1,
        key: "",
        values: { answer: "It" },
        seen: { answer: "" },
        is_gone: false,
    });
    expect.verifySteps(["It", "Shared"]);
    expect(statuses.at(-1)).toBe("saved");
    expect(storage.getItem("outbox")).toBe(null);
});

test("typing goes on while a request is underway", async () => {
    const gates = [];
    const { outbox, sent } = makeOutbox({
        send: (changes) =>
            new Promise((resolve) =>
                gates.push(() => resolve(changes.map(({ id }) => ({ id, conflicts: {} })))),
            ),
    });
    outbox.put({ row: "topic", id: 1, values: { answer: "One" }, seen: { answer: "" } });
    await advanceTime(1000);
    outbox.put({ row: "topic", id: 1, values: { answer: "One two" }, seen: { answer: "" } });
    await advanceTime(5000);
    expect(sent).toHaveLength(1);
    gates.shift()();
    await advanceTime(1000);
    expect(sent).toHaveLength(2);
    // It replaces what was stored meanwhile, which is no text of somebody else's.
    expect(sent[1][0]).toMatchObject({ values: { answer: "One two" }, seen: { answer: "One" } });
    gates.shift()();
    await advanceTime(0);
    expect.verifySteps(["One", "One two"]);
});

test("without a line all is kept, and sent when it is back", async () => {
    let isDown = true;
    const { outbox, sent, statuses, storage } = makeOutbox({
        send: (changes) => {
            if (isDown) {
                throw new ConnectionLostError("/web/dataset/call_kw");
            }
            return changes.map(({ id }) => ({ id, conflicts: {} }));
        },
    });
    outbox.put({ row: "topic", id: 1, values: { answer: "One" }, seen: { answer: "" } });
    await advanceTime(1000);
    expect(statuses.at(-1)).toBe("offline");
    outbox.put({ row: "topic", id: 1, values: { answer: "Two" }, seen: { answer: "One" } });
    expect(storage.getItem("outbox")).toMatch(/Two/);
    isDown = false;
    await advanceTime(3000);
    // The first may have arrived, so it goes again as it was, and the second replaces it.
    expect(sent.at(-1)[0]).toMatchObject({ values: { answer: "One" }, seen: { answer: "" } });
    await advanceTime(1000);
    expect(sent.at(-1)[0]).toMatchObject({ values: { answer: "Two" }, seen: { answer: "One" } });
    expect(statuses.at(-1)).toBe("saved");
    expect.verifySteps(["One", "Two"]);
});

test("what an earlier page could not send is sent by the next", async () => {
    const { outbox, storage } = makeOutbox();
    outbox.put({ row: "feedback", key: "k1", values: { behaviour: "Asked" } });
    outbox.stop();
    const { outbox: next, sent } = makeOutbox({ storage });
    const kept = next.restore();
    expect(kept[0].values.behaviour).toBe("Asked");
    await advanceTime(1000);
    expect(sent[0][0]).toMatchObject({ row: "feedback", key: "k1", id: false });
    expect.verifySteps(["Asked"]);
});

test("what was underway when a page ended goes first, as it was", async () => {
    const { outbox, storage } = makeOutbox({ send: () => new Promise(() => {}) });
    outbox.put({ row: "topic", id: 1, values: { answer: "One" }, seen: { answer: "" } });
    await advanceTime(1000);
    outbox.put({ row: "topic", id: 1, values: { answer: "One two" }, seen: { answer: "" } });
    outbox.stop();
    const { outbox: next, sent } = makeOutbox({ storage });
    next.restore();
    await advanceTime(3000);
    expect(sent[0][0]).toMatchObject({ values: { answer: "One" }, seen: { answer: "" } });
    expect(sent[1][0]).toMatchObject({ values: { answer: "One two" }, seen: { answer: "One" } });
    expect.verifySteps(["One", "One two"]);
});

test("a row that the server would not take yet waits, and stays in the storage", async () => {
    const { outbox, sent, statuses, storage } = makeOutbox({
        isReady: ({ values }) => Boolean(values.behaviour),
    });
    outbox.put({ row: "feedback", key: "k1", values: { effect: "So that" } });
    await advanceTime(2000);
    expect(sent).toHaveLength(0);
    expect(storage.getItem("outbox")).toMatch(/So that/);
    expect(statuses.at(-1)).toBe("waiting");
    outbox.put({ row: "feedback", key: "k1", values: { behaviour: "Asked" } });
    await advanceTime(1000);
    expect(sent[0][0].values).toEqual({ effect: "So that", behaviour: "Asked" });
    expect.verifySteps(["So that,Asked"]);
});

test("what is typed while a new row is underway goes to that row", async () => {
    const gates = [];
    const { outbox, sent, statuses } = makeOutbox({
        isReady: ({ id, values }) => Boolean(id || values.behaviour),
        send: (changes) =>
            new Promise((resolve) =>
                gates.push(() => resolve(changes.map(() => ({ id: 7, conflicts: {} })))),
            ),
    });
    outbox.put({ row: "feedback", key: "k1", values: { behaviour: "Asked" } });
    await advanceTime(1000);
    outbox.put({ row: "feedback", key: "k1", values: { effect: "So that" } });
    gates.shift()();
    await advanceTime(1000);
    expect(sent).toHaveLength(2);
    expect(sent[1][0]).toMatchObject({ id: 7, key: "k1", values: { effect: "So that" } });
    gates.shift()();
    await advanceTime(0);
    expect(statuses.at(-1)).toBe("saved");
    expect.verifySteps(["Asked", "So that"]);
});

test("however fast somebody types, no two requests leave within a second", async () => {
    const times = [];
    const { outbox, sent } = makeOutbox({
        send: (changes) => {
            times.push(Date.now());
            return changes.map(({ id }) => ({ id, conflicts: {} }));
        },
    });
    const text = "An answer that takes somebody ten seconds to type";
    for (let typed = 1; typed <= text.length; typed++) {
        outbox.put({ row: "topic", id: 1, values: { answer: text.slice(0, typed) } });
        await advanceTime(200);
        if (typed % 10 === 0) {
            // A change of page sends what waits, and not sooner than a second after the last.
            outbox.flush();
        }
    }
    await advanceTime(2000);
    expect(sent.at(-1)[0].values.answer).toBe(text);
    const gaps = times.slice(1).map((time, index) => time - times[index]);
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps.filter((gap) => gap < 1000)).toEqual([]);
    expect.verifySteps(sent.map(([{ values }]) => values.answer));
});
