import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { LastTimeBand } from "../last_time/last_time";
import { AtHand } from "./at_hand";
import { BEST, BestCard } from "./best_card";
import { NoteButtons } from "./note_buttons";
import { Outbox } from "./outbox";
import { RoomText } from "./room_text";
import { SECTIONS, TalkClock } from "./talk_clock";

const MODEL = "performance.dialogue";
const SECOND = 1000;
// The clock is stored every few seconds; between two of them the browser's storage keeps it.
const COUNT_EVERY = 5;
const NEARLY_OVER = 0.8;
const CALIBRATION = [
    "expectations", "obstacle_theme_id", "sustainable", "sustainable_note", "support_needed",
    "reviewer_estimate",
]; // prettier-ignore

function makeKey() {
    return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
}

/** The hour itself: one dialogue on the whole screen, for the two people in front of it. */
export class InterviewRoom extends Component {
    static template = "performance_review.InterviewRoom";
    static components = { AtHand, BestCard, LastTimeBand, NoteButtons, RoomText };
    static props = { ...standardActionServiceProps };
    static target = "fullscreen";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.dialogueId = this.props.action.context.active_id;
        this.state = useState({
            page: "opening",
            status: "saved",
            isOwner: true,
            hasKeys: true,
            hand: "points",
            ownTopic: "",
            conflicts: {},
            hints: [],
            lastTime: null,
            evidence: null,
            themes: [],
            isBusy: false,
            room: null,
        });
        // A reloaded page goes on counting, a second one asks before.
        this.key = browser.sessionStorage.getItem(this.storageName("key")) || makeKey();
        browser.sessionStorage.setItem(this.storageName("key"), this.key);
        this.clock = useState(new TalkClock());
        this.outbox = new Outbox({
            send: (changes) =>
                this.orm.silent.call(MODEL, "save_room", [[this.dialogueId], changes]),
            onAnswer: (change, answer) => this.onAnswer(change, answer),
            onStatus: (status) => (this.state.status = status),
            isReady: (change) => this.isStorable(change),
            storage: browser.localStorage,
            name: this.storageName("outbox"),
        });
        onWillStart(() => this.load());
        this.timer = setInterval(() => this.tick(), SECOND);
        this.ticks = 0;
        onWillUnmount(() => {
            clearInterval(this.timer);
            this.outbox.flush();
            this.outbox.stop();
            this.count();
        });
        useExternalListener(window, "pagehide", () => this.keepClock());
        useBus(rpcBus, "RPC:RESPONSE", () => {
            if (this.state.status === "offline") {
                this.outbox.flush();
            }
        });
        for (const [key, act] of Object.entries(this.hotkeys)) {
            useHotkey(key, () => this.state.hasKeys && act(), { bypassEditableProtection: true });
        }
        useHotkey("escape", () => this.leave(), { bypassEditableProtection: true });
    }

    get hotkeys() {
        return {
            "alt+e": () => this.speak("employee"),
            "alt+m": () => this.speak("reviewer"),
            "alt+p": () => this.speak(null),
        };
    }

    storageName(what) {
        return `performance_room_${this.dialogueId}_${what}`;
    }

    // ------------------------------------------------------------------
    // Loading
    // ------------------------------------------------------------------

    async load() {
        this.state.room = await this.orm.call(MODEL, "get_room", [[this.dialogueId]]);
        this.stored = this.readStored();
        this.clock.merge(Object.fromEntries(this.room.sections.map((each) => [each.code, each])));
        this.clock.earlier = Object.fromEntries(
            this.room.sections.map((each) => [each.code, each.earlier]),
        );
        const dump = JSON.parse(browser.localStorage.getItem(this.storageName("clock")) || "null");
        if (dump && this.isRunning) {
            this.clock.load(dump);
            if (dump.page) {
                this.state.page = dump.page;
            }
        }
        if (this.isRunning) {
            this.clock.start();
        }
        for (const change of this.outbox.restore()) {
            this.applyKept(change);
        }
        this.fill(this.state.page);
        if (this.state.page === "opening") {
            // Fetched when the page is opened, it would push away what one is about to click.
            this.fill("past");
        }
        if (this.isRunning) {
            await this.count();
        }
    }

    /** What the server holds by now, by row and field: an edit says which value it replaces. */
    readStored() {
        const stored = { [`dialogue:${this.dialogueId}`]: {} };
        for (const name of CALIBRATION) {
            stored[`dialogue:${this.dialogueId}`][name] = this.room.calibration[name];
        }
        for (const topic of this.room.topics) {
            stored[Outbox.nameOf({ row: "topic", id: topic.id })] = { ...topic };
        }
        for (const line of this.room.drafts) {
            stored[Outbox.nameOf({ row: "draft", ...line })] = { ...line };
        }
        for (const feedback of this.room.feedback) {
            stored[Outbox.nameOf({ row: "feedback", ...feedback })] = { ...feedback };
        }
        return stored;
    }

    /** Show what an earlier page could not send. */
    applyKept({ row, id, key, values, is_gone: isGone }) {
        if (row === "dialogue") {
            Object.assign(this.room.calibration, values);
            return;
        }
        const rows = this.rowsOf(row);
        const found = rows.find((each) => (key ? each.key === key : each.id === id));
        if (found && isGone) {
            rows.splice(rows.indexOf(found), 1);
        } else if (found) {
            Object.assign(found, values);
        } else if (!isGone) {
            const empty = {
                topic: this.makeTopic(),
                feedback: this.makeFeedback(),
                draft: { kind: "change", name: "" },
            }[row];
            rows.push({ ...empty, ...values, id, key });
        }
    }

    rowsOf(row) {
        return { topic: this.room.topics, feedback: this.room.feedback, draft: this.room.drafts }[
            row
        ];
    }

    get room() {
        return this.state.room;
    }

    get canWrite() {
        return this.room.can_write;
    }

    get isRunning() {
        return Boolean(this.room.date_start && !this.room.date_end && this.room.can_write);
    }

    // ------------------------------------------------------------------
    // Time
    // ------------------------------------------------------------------

    tick() {
        if (!this.room || !this.isRunning) {
            return;
        }
        if (!this.clock.tick()) {
            this.notification.add(_t("The screen was asleep: the talk clock is paused."), {
                type: "info",
            });
        }
        this.keepClock();
        this.ticks += 1;
        if (this.ticks % COUNT_EVERY === 0) {
            this.count();
        }
    }

    keepClock() {
        if (this.room && this.state.isOwner) {
            const dump = { ...this.clock.dump(), page: this.state.page };
            browser.localStorage.setItem(this.storageName("clock"), JSON.stringify(dump));
        }
    }

    async count(takeOver = false) {
        if (!this.room?.date_start || !this.canWrite || (!this.state.isOwner && !takeOver)) {
            return;
        }
        try {
            const answer = await this.orm.silent.call(MODEL, "action_count_time", [
                [this.dialogueId], this.key, this.clock.seconds, takeOver,
            ]); // prettier-ignore
            this.state.isOwner = answer.is_owner;
            if (answer.is_owner) {
                this.clock.merge(answer.sections);
            } else {
                this.clock.stop();
                this.clock.replace(answer.sections);
            }
        } catch {
            // The browser keeps counting, and the next figures hold these.
        }
    }

    async takeOver() {
        await this.count(true);
        if (this.state.isOwner) {
            this.clock.start();
        }
    }

    speak(who) {
        if (this.isRunning && this.state.isOwner) {
            this.clock.speak(who);
            // Stored at once: what was said is over.
            this.count();
        }
    }

    async start() {
        await this.orm.call(MODEL, "action_start", [[this.dialogueId]]);
        const [{ date_start: start }] = await this.orm.read(
            MODEL,
            [this.dialogueId],
            ["date_start"],
        );
        this.room.date_start = start;
        this.clock.start();
        this.open("past");
    }

    open(page) {
        this.state.page = page;
        if (SECTIONS.includes(page)) {
            this.clock.open(page);
        }
        this.fill(page);
    }

    /** Fetch what stands on a page and nowhere else, once the page is opened. */
    async fill(page) {
        try {
            if (page === "closing") {
                await this.loadHints();
            } else if (page === "past" && !this.state.lastTime) {
                await this.loadLastTime();
            } else if (page === "present" && !this.state.themes.length) {
                this.state.themes = await this.orm.silent.searchRead(
                    "performance.theme",
                    [],
                    ["name"],
                );
            }
        } catch (error) {
            // Without a line the page stands without it, and is filled when it is next opened.
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    /** What would have made this talk develop more; the server reads it from what is stored. */
    async loadHints() {
        await Promise.all([this.outbox.flush(), this.count()]);
        this.state.hints = await this.orm.silent.call(MODEL, "get_hints", [[this.dialogueId]]);
    }

    /** Show another part of what lies at hand; the evidence is fetched when it is asked for. */
    async take(tab) {
        this.state.hand = tab;
        if (tab === "evidence" && !this.state.evidence) {
            this.state.evidence = await this.orm.call(MODEL, "get_room_evidence", [
                [this.dialogueId],
            ]);
        }
    }

    async loadLastTime() {
        this.state.lastTime = await this.orm.silent.call("performance.review", "get_last_time", [
            [this.room.review_id],
        ]);
    }

    /** What a promise of last time came to, or that it is taken along as a point. */
    async settleLastTime(line, method, args = []) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await this.orm.call("performance.commitment", method, [[line.id], ...args]);
            await this.loadLastTime();
            const { points } = await this.orm.call(MODEL, "get_room", [[this.dialogueId]]);
            this.room.points = points;
        } finally {
            this.state.isBusy = false;
        }
    }

    say(seconds) {
        const minutes = Math.floor(Math.abs(seconds) / 60);
        const rest = String(Math.floor(Math.abs(seconds) % 60)).padStart(2, "0");
        return `${minutes}:${rest}`;
    }

    /** One section of the agenda: how much of its time is gone, in colour and in words. */
    describe(section) {
        const planned = section.minutes * 60;
        const spent = this.clock.total(section.code, "spent_seconds");
        const left = planned - spent;
        const code = left < 0 ? "over" : spent >= planned * NEARLY_OVER ? "near" : "running";
        const minutes = Math.ceil(Math.abs(left) / 60);
        const text = {
            over: _t("%s min over", minutes),
            near: _t("nearly over: %s min", minutes),
            running: _t("%(left)s of %(planned)s min left", {
                left: minutes,
                planned: section.minutes,
            }),
        }[code];
        return { code, text, percent: planned ? Math.min(100, (100 * spent) / planned) : 0 };
    }

    get share() {
        return this.clock.share === null ? null : Math.round(this.clock.share);
    }

    get shareText() {
        if (this.share === null) {
            return _t("Tap who speaks; or do not, and both of you estimate at the end.");
        }
        if (this.share < this.room.floor) {
            return _t("%(employee)s should speak more: at least half of the time", {
                employee: this.room.employee,
            });
        }
        return this.share < this.room.aim
            ? _t("Fair; agreement comes easiest near %s%%", Math.round(this.room.aim))
            : _t("Well balanced");
    }

    get futureText() {
        const share = this.clock.futureShare;
        return share === null ? "" : _t("Future: %s%% of the time", Math.round(share));
    }

    // ------------------------------------------------------------------
    // Typing
    // ------------------------------------------------------------------

    isStorable({ row, id, values, is_gone: isGone }) {
        const needed = { feedback: "behaviour", draft: "name" }[row];
        return Boolean(!needed || id || isGone || values[needed]?.trim());
    }

    theirs(row, record, name) {
        return this.state.conflicts[`${Outbox.nameOf({ row, ...record })}.${name}`];
    }

    edit(row, record, name, value) {
        const rowName = Outbox.nameOf({ row, ...record });
        record[name] = value;
        const seen = this.stored[rowName] || {};
        this.outbox.put({
            row,
            id: record.id,
            key: record.key,
            values: { [name]: value },
            seen: name in seen ? { [name]: seen[name] } : {},
        });
    }

    editCalibration(name, value) {
        this.edit("dialogue", this.calibration, name, value);
    }

    get calibration() {
        return Object.assign(this.room.calibration, { id: this.dialogueId });
    }

    onAnswer(change, answer) {
        const rowName = Outbox.nameOf(change);
        const stored = (this.stored[rowName] ||= {});
        for (const [name, value] of Object.entries(change.values)) {
            if (name in answer.conflicts) {
                this.state.conflicts[`${rowName}.${name}`] = answer.conflicts[name] || "";
                stored[name] = answer.conflicts[name];
            } else {
                stored[name] = value;
            }
        }
        if (answer.refused) {
            this.notification.add(answer.refused, { type: "warning" });
        }
        if (change.key && answer.id) {
            const made = this.rowsOf(change.row).find((each) => each.key === change.key);
            if (made) {
                made.id = answer.id;
            }
        }
    }

    /** Two windows wrote into one field: keep this text, or take the other one. */
    settle(row, record, name, keepMine) {
        const place = `${Outbox.nameOf({ row, ...record })}.${name}`;
        const theirs = this.state.conflicts[place];
        delete this.state.conflicts[place];
        if (keepMine) {
            this.edit(row, record, name, record[name]);
        } else {
            record[name] = theirs;
        }
    }

    // ------------------------------------------------------------------
    // Topics
    // ------------------------------------------------------------------

    get prompt() {
        return _t("What was said. What else?");
    }

    get futurePrompt() {
        return _t("What was said. And what would help?");
    }

    get calibrationLabels() {
        return {
            expectations: _t("Are the expectations still shared? What has changed?"),
            sustainable_note: _t("Why, or why not"),
            support_needed: _t("Which support is worth most right now?"),
        };
    }

    topicsOf(section) {
        return this.room.topics.filter((topic) => topic.section === section);
    }

    countOf(section) {
        const topics = this.topicsOf(section);
        return { done: topics.filter((topic) => topic.is_discussed).length, total: topics.length };
    }

    answerTopic(topic, text) {
        this.edit("topic", topic, "answer", text);
        if (text.trim() && !topic.is_discussed) {
            this.edit("topic", topic, "is_discussed", true);
        }
    }

    makeTopic(section) {
        return {
            id: false, key: makeKey(), name: "", section, kind: "", hint: "",
            is_discussed: false, answer: "", own_answer: "",
        }; // prettier-ignore
    }

    addTopic(section) {
        const name = this.state.ownTopic.trim();
        if (name) {
            this.room.topics.push({ ...this.makeTopic(section), name });
            const topic = this.room.topics.at(-1);
            this.outbox.put({ row: "topic", key: topic.key, values: { name, section } });
            this.state.ownTopic = "";
        }
    }

    // ------------------------------------------------------------------
    // BEST feedback
    // ------------------------------------------------------------------

    /** How the wording of a piece of feedback is asked about: like the point it came from. */
    kindOf({ point_id: pointId }) {
        return this.room.points.find((point) => point.id === pointId)?.kind || "gap";
    }

    makeFeedback() {
        const empty = Object.fromEntries(BEST.map((name) => [name, ""]));
        return { id: false, key: makeKey(), point_id: false, ...empty };
    }

    addFeedback(point) {
        this.room.feedback.push({
            ...this.makeFeedback(),
            point_id: point?.id || false,
            behaviour: point ? point.fact || point.name : "",
        });
        const feedback = this.room.feedback.at(-1);
        if (point) {
            this.outbox.put({
                row: "feedback",
                key: feedback.key,
                values: { point_id: point.id, behaviour: feedback.behaviour },
            });
            this.tell(point, true);
        }
        this.open("feedback");
    }

    /** Whether something was typed that the server does not take without a behaviour. */
    get hasLooseFeedback() {
        return this.room.feedback.some(
            (feedback) =>
                !feedback.id &&
                !feedback.behaviour.trim() &&
                BEST.some((name) => feedback[name].trim()),
        );
    }

    removeFeedback(feedback) {
        this.room.feedback.splice(this.room.feedback.indexOf(feedback), 1);
        this.outbox.put({ row: "feedback", id: feedback.id, key: feedback.key, isGone: true });
    }

    tell(point, isTold) {
        point.is_told = isTold;
        const told = this.room.points.filter((each) => each.is_told).map((each) => each.id);
        this.outbox.put({
            row: "dialogue",
            id: this.dialogueId,
            values: { told_point_ids: [[6, 0, told]] },
        });
    }

    // ------------------------------------------------------------------
    // Noted for the agreement
    // ------------------------------------------------------------------

    get draftKinds() {
        return [
            ["goal", _t("Goal")],
            ["change", _t("Behaviour")],
            ["support", _t("Support")],
        ];
    }

    addDraft(kind, text) {
        const name = text.trim().slice(0, 500);
        const key = makeKey();
        this.room.drafts.push({ id: false, key, kind, name });
        this.outbox.put({ row: "draft", key, values: { kind, name } });
        this.state.hand = "drafts";
    }

    removeDraft(line) {
        this.room.drafts.splice(this.room.drafts.indexOf(line), 1);
        this.outbox.put({ row: "draft", id: line.id, key: line.key, isGone: true });
    }

    // ------------------------------------------------------------------
    // Closing
    // ------------------------------------------------------------------

    /** What is still untouched, in words; nothing when all was talked about. */
    get missing() {
        const missing = [];
        for (const section of this.room.sections) {
            const { done, total } = this.countOf(section.code);
            if (total && !done) {
                missing.push(_t("Nothing talked about in “%s”", section.label));
            }
        }
        if (!this.room.feedback.some((feedback) => feedback.behaviour.trim())) {
            missing.push(_t("No BEST feedback given"));
        }
        if (!this.room.drafts.length) {
            missing.push(_t("Nothing noted for the agreement yet"));
        }
        if (!this.room.calibration.support_needed.trim()) {
            missing.push(_t("Not asked which support is needed most"));
        }
        const minutes = Math.floor(this.clock.sum("spent_seconds") / 60);
        if (minutes < this.room.min_minutes) {
            missing.push(
                _t("%(minutes)s of at least %(needed)s minutes", {
                    minutes,
                    needed: this.room.min_minutes,
                }),
            );
        }
        return missing;
    }

    get estimateLabel() {
        return _t("Your own estimate: how much of the time did %(employee)s speak?", {
            employee: this.room.employee,
        });
    }

    get estimateText() {
        const estimate = this.room.calibration.reviewer_estimate;
        return estimate ? `${estimate}%` : _t("not estimated yet");
    }

    get steps() {
        return [
            { code: "opening", label: _t("Opening") },
            ...this.room.sections.map((each) => ({ ...each, isTimed: true })),
            { code: "feedback", label: _t("BEST feedback") },
            { code: "closing", label: _t("Closing") },
        ];
    }

    get statusText() {
        return {
            saved: _t("Saved"),
            saving: _t("Saving…"),
            waiting: _t("A card is stored once its behaviour is filled in"),
            offline: _t("No connection: go on, it is sent later"),
            refused: _t("Not saved"),
        }[this.state.status];
    }

    async finish() {
        await this.outbox.flush();
        if (this.hasLooseFeedback) {
            this.open("feedback");
            this.notification.add(
                _t("One feedback lacks its behaviour: fill it in or take it away."),
                {
                    type: "warning",
                },
            );
            return;
        }
        if (!["saved", "waiting"].includes(this.state.status)) {
            this.notification.add(_t("Not all is stored yet: wait for the connection."), {
                type: "warning",
            });
            return;
        }
        await this.count();
        const action = await this.orm.call(MODEL, "action_finish", [[this.dialogueId]]);
        this.clock.stop();
        this.room.date_end = true;
        browser.localStorage.removeItem(this.storageName("clock"));
        await this.action.doAction(action);
    }

    async leave() {
        await this.outbox.flush();
        this.keepClock();
        const action = await this.orm.call(MODEL, "action_back_to_review", [[this.dialogueId]]);
        await this.action.doAction(action);
    }
}

registry.category("actions").add("performance_interview_room", InterviewRoom);
