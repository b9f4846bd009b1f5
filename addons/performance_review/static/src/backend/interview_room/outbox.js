import { ConnectionLostError } from "@web/core/network/rpc";

// At most one request a second: what is typed is on its way a second later.
const PACE = 1000;
const RETRY = 3000;

/**
 * Sends what is typed, in batches, and keeps it until the server has said that it is stored: in
 * memory, and in the browser's storage for the case that browser or machine end before.
 *
 * A row is known by `row` (its kind) and `id`, or by a `key` of our own until it has an id.
 */
export class Outbox {
    /**
     * @param {Object} options
     * @param {(changes: Object[]) => Promise<Object[]>} options.send
     * @param {(change: Object, answer: Object) => void} options.onAnswer
     * @param {(status: "saved" | "saving" | "waiting" | "offline" | "refused") => void}
     *  options.onStatus "waiting": all is stored but rows that are not ready
     * @param {(change: Object) => boolean} [options.isReady] false for a row that lacks what the
     *  server asks of a new one; it waits
     * @param {Storage} options.storage
     * @param {string} options.name under which the storage keeps what is unsent
     */
    constructor({ send, onAnswer, onStatus, storage, name, isReady = () => true }) {
        Object.assign(this, { send, onAnswer, onStatus, storage, name, isReady });
        this.waiting = new Map();
        this.sending = null;
        this.timer = null;
        this.lastSent = -Infinity;
    }

    static nameOf({ row, id, key }) {
        return `${row}:${key || id}`;
    }

    /** Note a change; later values of a field win, the values first seen stay. */
    put({ row, id = false, key = "", values = {}, seen = {}, isGone = false }) {
        const name = Outbox.nameOf({ row, id, key });
        const before = this.waiting.get(name) || { values: {}, seen: {} };
        this.waiting.set(name, {
            row,
            id: id || before.id || false,
            key,
            values: { ...before.values, ...values },
            seen: { ...seen, ...before.seen },
            is_gone: isGone || Boolean(before.is_gone),
        });
        this.keep();
        this.plan(PACE);
    }

    plan(delay) {
        if (!this.timer) {
            this.onStatus(this.isOffline ? "offline" : "saving");
            this.timer = setTimeout(() => {
                this.timer = null;
                this.flush();
            }, delay);
        }
    }

    /**
     * Send all that waits, now, but never two requests within a second: whoever leaves a page
     * waits for what is left of it. Resolves when it is stored or the line is down.
     */
    async flush() {
        while (this.sending) {
            await this.sending;
        }
        const batch = [...this.waiting.values()].filter(this.isReady);
        if (!batch.length) {
            this.onStatus(this.waiting.size ? "waiting" : "saved");
            return;
        }
        this.sending = this.deliver();
        try {
            await this.sending;
        } finally {
            this.sending = null;
        }
    }

    async deliver() {
        const left = this.lastSent + PACE - Date.now();
        if (left > 0) {
            // A clock that is put back does not hold anything up for longer.
            await new Promise((resolve) => setTimeout(resolve, Math.min(left, PACE)));
        }
        // By now more may have been typed: it goes along.
        const batch = [...this.waiting.values()].filter(this.isReady);
        for (const change of batch) {
            this.waiting.delete(Outbox.nameOf(change));
        }
        this.underway = batch;
        this.lastSent = Date.now();
        try {
            const answers = await this.send(batch);
            this.underway = [];
            this.isOffline = false;
            batch.forEach((change, index) => {
                const later = this.waiting.get(Outbox.nameOf(change));
                if (later) {
                    // Typed while the row was being made: by now it has an id.
                    later.id = answers[index].id || later.id;
                }
                this.onAnswer(change, answers[index]);
            });
        } catch (error) {
            // Nobody knows whether it arrived; sent twice it changes nothing.
            this.takeBack(batch);
            this.underway = [];
            if (!(error instanceof ConnectionLostError)) {
                this.keep();
                this.onStatus("refused");
                throw error;
            }
            this.isOffline = true;
        }
        this.keep();
        if ([...this.waiting.values()].some(this.isReady)) {
            this.plan(this.isOffline ? RETRY : PACE);
        } else {
            this.onStatus(this.waiting.size ? "waiting" : "saved");
        }
    }

    takeBack(batch) {
        const newer = this.waiting;
        this.waiting = new Map(batch.map((change) => [Outbox.nameOf(change), change]));
        for (const [name, change] of newer) {
            const before = this.waiting.get(name);
            this.waiting.set(
                name,
                before
                    ? {
                          ...change,
                          values: { ...before.values, ...change.values },
                          seen: { ...change.seen, ...before.seen },
                      }
                    : change,
            );
        }
    }

    keep() {
        const unsent = [...(this.underway || []), ...this.waiting.values()];
        if (unsent.length) {
            this.storage.setItem(this.name, JSON.stringify(unsent));
        } else {
            this.storage.removeItem(this.name);
        }
    }

    /** What an earlier page could not send, which is sent now. */
    restore() {
        const kept = JSON.parse(this.storage.getItem(this.name) || "[]");
        for (const change of kept) {
            this.put({ ...change, isGone: change.is_gone });
        }
        return kept;
    }

    stop() {
        clearTimeout(this.timer);
        this.timer = null;
    }
}
