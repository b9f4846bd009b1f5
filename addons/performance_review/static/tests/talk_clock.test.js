import { describe, expect, test } from "@odoo/hoot";
import { TalkClock } from "@performance_review/backend/interview_room/talk_clock";

describe.current.tags("headless");

const MINUTE = 60_000;

function makeClock() {
    const time = { now: 0 };
    const clock = new TalkClock(() => time.now);
    const pass = (milliseconds, step = 1000) => {
        for (const end = time.now + milliseconds; time.now < end;) {
            time.now += step;
            clock.tick();
        }
    };
    return { clock, pass, time };
}

test("nothing counts before it is started", () => {
    const { clock, pass } = makeClock();
    clock.speak("employee");
    pass(MINUTE);
    expect(clock.sum("spent_seconds")).toBe(0);
    expect(clock.share).toBe(null);
});

test("what earlier sittings counted is shown along and not sent again", () => {
    const { clock, pass } = makeClock();
    clock.earlier = {
        past: { spent_seconds: 50, employee_seconds: 30, reviewer_seconds: 20 },
        future: { spent_seconds: 10, employee_seconds: 0, reviewer_seconds: 0 },
    };
    clock.start();
    clock.open("future");
    clock.speak("reviewer");
    pass(10_000);
    expect(clock.share).toBe(50);
    expect(Math.round(clock.futureShare)).toBe(29);
    expect(clock.total("future", "spent_seconds")).toBe(20);
    expect(clock.seconds.past.spent_seconds).toBe(0);
    expect(clock.seconds.future.spent_seconds).toBe(10);
});

test("who speaks, and in which section", () => {
    const { clock, pass } = makeClock();
    clock.start();
    pass(10_000);
    clock.speak("employee");
    pass(60_000);
    clock.open("future");
    pass(30_000);
    clock.speak("reviewer");
    pass(30_000);
    clock.speak(null);
    pass(10_000);
    expect(clock.seconds.past).toEqual({
        spent_seconds: 70,
        employee_seconds: 60,
        reviewer_seconds: 0,
    });
    expect(clock.seconds.future).toEqual({
        spent_seconds: 70,
        employee_seconds: 30,
        reviewer_seconds: 30,
    });
    expect(clock.share).toBe(75);
    expect(clock.futureShare).toBe(50);
});

test("a throttled window loses nothing, a sleeping machine counts nothing", () => {
    const { clock, pass, time } = makeClock();
    clock.start();
    clock.speak("employee");
    pass(MINUTE, 20_000);
    expect(clock.seconds.past.employee_seconds).toBe(60);
    time.now += 60 * MINUTE;
    expect(clock.tick()).toBe(false);
    expect(clock.speaker).toBe(null);
    expect(clock.seconds.past.employee_seconds).toBe(60);
});

test("a clock that is set back subtracts nothing", () => {
    const { clock, pass, time } = makeClock();
    clock.start();
    pass(MINUTE);
    time.now -= 30_000;
    clock.tick();
    pass(10_000);
    expect(clock.seconds.past.spent_seconds).toBe(70);
});

test("a reload goes on where it was, the seconds it took included", () => {
    const { clock, pass, time } = makeClock();
    clock.start();
    clock.speak("reviewer");
    clock.open("present");
    pass(MINUTE);
    const dump = JSON.parse(JSON.stringify(clock.dump()));
    time.now += 5000;
    const reloaded = new TalkClock(() => time.now);
    reloaded.merge({ present: { spent_seconds: 50, employee_seconds: 0, reviewer_seconds: 50 } });
    reloaded.load(dump);
    expect(reloaded.seconds.present.reviewer_seconds).toBe(65);
    expect([reloaded.speaker, reloaded.section]).toEqual(["reviewer", "present"]);
    time.now += 60 * MINUTE;
    const next = new TalkClock(() => time.now);
    next.load(dump);
    expect(next.seconds.present.reviewer_seconds).toBe(60);
    expect(next.speaker).toBe(null);
});

test("the server's figures count where they are ahead", () => {
    const { clock } = makeClock();
    clock.merge({ past: { spent_seconds: 30, employee_seconds: 20, reviewer_seconds: 0 } });
    clock.merge({ past: { spent_seconds: 10, employee_seconds: 25, reviewer_seconds: 0 } });
    expect(clock.seconds.past).toEqual({
        spent_seconds: 30,
        employee_seconds: 25,
        reviewer_seconds: 0,
    });
});

test("what another window has counted as well counts once", () => {
    const { clock, pass } = makeClock();
    clock.start();
    clock.speak("employee");
    pass(MINUTE);
    clock.stop();
    clock.replace({ past: { spent_seconds: 40, employee_seconds: 30, reviewer_seconds: 0 } });
    clock.start();
    clock.speak("employee");
    pass(10_000);
    expect(clock.seconds.past).toEqual({
        spent_seconds: 50,
        employee_seconds: 40,
        reviewer_seconds: 0,
    });
});
