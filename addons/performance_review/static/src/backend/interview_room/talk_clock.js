export const SECTIONS = ["past", "present", "future"];
export const COUNTERS = ["spent_seconds", "employee_seconds", "reviewer_seconds"];
// Longer than that without a tick, and the laptop was asleep: nobody talked to it.
const ASLEEP = 90_000;

/**
 * Counts who speaks in which section. It adds up what has passed since the last tick, so a slow or
 * throttled window loses nothing, and knows neither a screen nor a server.
 */
export class TalkClock {
    /** @param {() => number} now milliseconds, as of Date.now() */
    constructor(now = () => Date.now()) {
        this.now = now;
        this.speaker = null;
        this.section = SECTIONS[0];
        this.isRunning = false;
        this.counts = Object.fromEntries(
            SECTIONS.map((code) => [code, Object.fromEntries(COUNTERS.map((name) => [name, 0]))]),
        );
        // What the sittings before this one have counted; only read.
        this.earlier = {};
        this.last = this.now();
    }

    /** Add what has passed; returns false when the machine slept and nobody counts as speaking. */
    tick() {
        const now = this.now();
        const passed = now - this.last;
        this.last = now;
        if (!this.isRunning || passed <= 0) {
            return true;
        }
        if (passed > ASLEEP) {
            this.speaker = null;
            return false;
        }
        const counted = this.counts[this.section];
        counted.spent_seconds += passed / 1000;
        if (this.speaker) {
            counted[`${this.speaker}_seconds`] += passed / 1000;
        }
        return true;
    }

    start() {
        this.tick();
        this.isRunning = true;
    }

    stop() {
        this.tick();
        this.isRunning = false;
        this.speaker = null;
    }

    /** @param {"employee" | "reviewer" | null} speaker who speaks from now on */
    speak(speaker) {
        this.tick();
        this.speaker = speaker;
    }

    open(section) {
        this.tick();
        this.section = section;
    }

    /** Take over figures of the server where they are ahead of our own. */
    merge(sections) {
        for (const [code, counted] of Object.entries(sections)) {
            for (const name of COUNTERS) {
                this.counts[code][name] = Math.max(this.counts[code][name], counted[name] || 0);
            }
        }
    }

    /** Forget our own figures: another window has counted the same time. */
    replace(sections) {
        for (const [code, counted] of Object.entries(sections)) {
            for (const name of COUNTERS) {
                this.counts[code][name] = counted[name] || 0;
            }
        }
    }

    /** Whole seconds, as they are stored. */
    get seconds() {
        return Object.fromEntries(
            SECTIONS.map((code) => [
                code,
                Object.fromEntries(
                    COUNTERS.map((name) => [name, Math.floor(this.counts[code][name])]),
                ),
            ]),
        );
    }

    /** Seconds of a section in all sittings: several of them make one dialogue. */
    total(code, name) {
        return this.counts[code][name] + (this.earlier[code]?.[name] || 0);
    }

    /** Seconds of all sections in all sittings. */
    sum(name) {
        return SECTIONS.reduce((total, code) => total + this.total(code, name), 0);
    }

    /** The employee's part of what was said, in percent; null while nobody has spoken. */
    get share() {
        const employee = this.sum("employee_seconds");
        const total = employee + this.sum("reviewer_seconds");
        return total ? (100 * employee) / total : null;
    }

    /** What part of the time went into the future, in percent; null at the beginning. */
    get futureShare() {
        const total = this.sum("spent_seconds");
        return total ? (100 * this.total("future", "spent_seconds")) / total : null;
    }

    /** For a reload: what was counted, and what was going on. */
    dump() {
        const { counts, speaker, section, isRunning, last } = this;
        return { counts, speaker, section, isRunning, last };
    }

    /** Go on after a reload; the seconds it took count, a long absence does not. */
    load(dump) {
        this.merge(dump.counts || {});
        Object.assign(this, {
            speaker: dump.speaker || null,
            section: SECTIONS.includes(dump.section) ? dump.section : SECTIONS[0],
            isRunning: Boolean(dump.isRunning),
            last: dump.last || this.now(),
        });
        return this.tick();
    }
}
