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
        // Sent, and never answered: nobody knows whether it arrived.
        this.unsure = [];
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
        if (!this.hasReady) {
            this.onStatus(this.waiting.size ? "waiting" : "saved");
            return;
        }
        const wasUnsure = this.unsure.length;
        this.sending = this.deliver();
        try {
            await this.sending;
        } finally {
            this.sending = null;
        }
        if (wasUnsure && !this.isOffline) {
            await this.flush();
        }
    }

    get hasReady() {
        return Boolean(this.unsure.length || [...this.waiting.values()].some(this.isReady));
    }

    async deliver() {
        const left = this.lastSent + PACE - Date.now();
        if (left > 0) {
            // A clock that is put back does not hold anything up for longer.
            await new Promise((resolve) => setTimeout(resolve, Math.min(left, PACE)));
        }
        // Sent twice as it was, it changes nothing. Sent with what was typed since, it would look
        // like a text of somebody else's in between.
        let batch = this.unsure;
        if (!batch.length) {
            // By now more may have been typed: it goes along.
            batch = [...this.waiting.values()].filter(this.isReady);
            for (const change of batch) {
                this.waiting.delete(Outbox.nameOf(change));
            }
        }
        this.unsure = [];
        this.underway = batch;
        this.lastSent = Date.now();
        try {
            const answers = await this.send(batch);
            this.underway = [];
            this.isOffline = false;
            batch.forEach((change, index) => {
                const later = this.waiting.get(Outbox.nameOf(change));
                if (later) {
                    this.follow(later, change, answers[index]);
                }
                this.onAnswer(change, answers[index]);
            });
        } catch (error) {
            this.underway = [];
            if (error instanceof ConnectionLostError) {
                this.unsure = batch;
            } else {
                this.takeBack(batch);
                this.keep();
                this.onStatus("refused");
                throw error;
            }
            this.isOffline = true;
        }
        this.keep();
        if (this.hasReady) {
            this.plan(this.isOffline ? RETRY : PACE);
        } else {
            this.onStatus(this.waiting.size ? "waiting" : "saved");
        }
    }

    /** What was typed while a change was underway replaces what that change has stored. */
    follow(later, change, answer) {
        // A row that was being made has an id by now.
        later.id = answer.id || later.id;
        for (const [name, value] of Object.entries(change.values)) {
            if (name in later.seen && !answer.refused && !(name in answer.conflicts)) {
                later.seen[name] = value;
            }
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
        const unsent = [...this.unsure, ...(this.underway || []), ...this.waiting.values()];
        if (unsent.length) {
            this.storage.setItem(this.name, JSON.stringify(unsent));
        } else {
            this.storage.removeItem(this.name);
        }
    }

    /** What an earlier page could not send, which is sent now. */
    restore() {
        const kept = JSON.parse(this.storage.getItem(this.name) || "[]");
        const names = kept.map(Outbox.nameOf);
        kept.forEach((change, index) => {
            // Of two changes of a row the first was underway when the page ended.
            if (names.indexOf(names[index]) === index && names.lastIndexOf(names[index]) > index) {
                this.unsure.push(change);
            } else {
                this.put({ ...change, isGone: change.is_gone });
            }
        });
        return kept;
    }

    stop() {
        clearTimeout(this.timer);
        this.timer = null;
    }
}
