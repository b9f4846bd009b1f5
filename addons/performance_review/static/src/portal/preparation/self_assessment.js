import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError, rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { redirect } from "@web/core/utils/urls";
import { Interaction } from "@web/public/interaction";

import { explainFailure } from "../failure";

const SAVE_DELAY = 800; // ms after the last key
const RETRY_DELAY = 10000; // ms, while there is no connection

/** Saves the self-assessment while it is being typed, and hands it in. */
export class SelfAssessment extends Interaction {
    static selector = ".o_pr_self_assessment";
    dynamicContent = {
        textarea: { "t-on-input": this.onInput, "t-on-blur": this.save },
        ".o_pr_save_retry": { "t-on-click": this.save },
        ".o_pr_submit_confirm": { "t-on-click": this.locked(this.submit, true) },
        _window: { "t-on-online": this.save, "t-on-beforeunload": this.onBeforeUnload },
    };

    setup() {
        this.url = `/my/reviews/${this.el.dataset.reviewId}/self_assessment`;
        this.fields = new Map();
        for (const input of this.el.querySelectorAll("textarea[data-field]")) {
            // Browsers fill in what was typed before a reload; what the server sent is the base.
            const base = input.defaultValue;
            this.fields.set(input.dataset.field, { input, base, hasConflict: false });
        }
        // Sent, and never answered: nobody knows whether it arrived.
        this.unsure = [];
        this.saveSoon = this.debounced(this.save, SAVE_DELAY);
        this.state = this.el.querySelector(".o_pr_save_state");
    }

    start() {
        this.countAnswers();
        this.save();
    }

    get unsaved() {
        return [...this.fields].filter(([, field]) => field.input.value !== field.base);
    }

    onInput(ev) {
        ev.currentTarget.closest(".o_pr_question").classList.remove("o_pr_missing");
        this.countAnswers();
        this.countConcerns(ev.currentTarget.closest(".o_pr_concern"));
        this.saveSoon();
    }

    onBeforeUnload(ev) {
        if ((this.unsaved.length || this.unsure.length) && !this.isLeaving) {
            ev.preventDefault();
        }
    }

    countAnswers() {
        const questions = [...this.el.querySelectorAll("[data-is-question]")];
        const answered = questions.filter((input) => input.value.trim()).length;
        for (const counter of this.el.querySelectorAll(".o_pr_answered_count")) {
            counter.textContent = answered;
        }
    }

    /** @param {HTMLElement|null} goal what holds the concerns about one goal */
    countConcerns(goal) {
        if (goal) {
            const inputs = [...goal.querySelectorAll("textarea")];
            const count = inputs.filter((input) => input.value.trim()).length;
            const badge = goal.querySelector(".o_pr_concern_count");
            badge.textContent = count;
            badge.classList.toggle("d-none", !count);
        }
    }

    /**
     * @param {"idle"|"saving"|"saved"|"failed"} state
     * @param {string} [message]
     */
    show(state, message = "") {
        this.state.dataset.state = state;
        this.state.querySelector(".o_pr_save_error").textContent = message;
    }

    /** Saves what differs from the server; one call at a time. */
    async save() {
        clearTimeout(this.retryTimeout);
        if (this.saving) {
            this.isSaveAsked = true;
            return this.saving;
        }
        const changes = this.pick();
        const wasUnsure = Boolean(this.unsure.length);
        if (!changes.length) {
            if (!this.unsaved.length && this.state.dataset.state === "failed") {
                this.show("saved");
            }
            return;
        }
        this.show("saving");
        this.saving = this.send(this.url, changes);
        const result = await this.saving;
        this.saving = null;
        if (result.failure) {
            this.show("failed", result.failure);
            if (result.isOffline) {
                this.retryTimeout = this.waitForTimeout(this.save, RETRY_DELAY);
            }
        } else if (result.error) {
            this.show("failed", result.error);
        } else {
            this.take(changes, result);
        }
        if (this.isSaveAsked || (wasUnsure && !this.unsure.length)) {
            this.isSaveAsked = false;
            return this.save();
        }
    }

    /**
     * What to send. Sent twice as it was, it changes nothing; sent with what was typed since, it
     * would look like a text of somebody else's in between.
     */
    pick() {
        return this.unsure.length
            ? this.unsure
            : this.unsaved
                  .filter(([, field]) => !field.hasConflict)
                  .map(([name, field]) => ({
                      field: name,
                      text: field.input.value,
                      base: field.base,
                  }));
    }

    async send(url, changes) {
        try {
            const result = await rpc(url, { changes }, { silent: true });
            this.unsure = [];
            return result;
        } catch (error) {
            const isOffline = error instanceof ConnectionLostError;
            if (isOffline) {
                this.unsure = changes.filter(({ text, base }) => text !== base);
            }
            return { failure: explainFailure(error), isOffline };
        }
    }

    /** Notes what the server has stored, and shows what somebody else changed meanwhile. */
    take(changes, result) {
        for (const change of changes) {
            if (result.saved.includes(change.field)) {
                this.fields.get(change.field).base = change.text;
            }
        }
        for (const [name, text] of Object.entries(result.conflicts)) {
            this.showConflict(this.fields.get(name), text);
        }
        if (this.hasConflicts) {
            this.show(
                "failed",
                _t("A text was changed in another window: choose which one stays."),
            );
        } else {
            this.show("saved");
        }
    }

    get hasConflicts() {
        return [...this.fields.values()].some((field) => field.hasConflict);
    }

    showConflict(field, text) {
        field.hasConflict = true;
        const box = document.createElement("div");
        box.className = "o_pr_conflict alert alert-warning";
        box.setAttribute("role", "alert");
        const heading = document.createElement("div");
        heading.className = "fw-semibold";
        heading.textContent = _t("Changed in another window to:");
        const other = document.createElement("div");
        other.className = "o_pr_text my-2";
        other.textContent = text || _t("(empty)");
        const settle = () => {
            field.base = text;
            field.hasConflict = false;
            box.remove();
            this.countAnswers();
            this.show(this.hasConflicts ? "failed" : "saved");
            this.save();
        };
        const keep = this.makeButton(_t("Keep mine"), settle);
        const take = this.makeButton(_t("Take the other text"), () => {
            field.input.value = text;
            settle();
        });
        box.append(heading, other, keep, take);
        field.input.after(box);
    }

    makeButton(label, onClick) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-sm btn-outline-dark me-2";
        button.textContent = label;
        this.addListener(button, "click", onClick);
        return button;
    }

    async submit() {
        this.saveSoon.cancel();
        await this.saving;
        this.showRefusal("");
        if (this.unsure.length) {
            await this.save();
        }
        if (this.unsure.length) {
            this.showRefusal(this.state.querySelector(".o_pr_save_error").textContent);
            return;
        }
        const changes = [...this.fields].map(([name, field]) => ({
            field: name,
            text: field.input.value,
            base: field.base,
        }));
        const result = await this.send(`${this.url}/submit`, changes);
        if (result.redirect_url) {
            this.isLeaving = true;
            redirect(result.redirect_url);
            return;
        }
        if (result.saved) {
            this.take(changes, result);
        }
        for (const { input } of this.fields.values()) {
            const isMissing = input.dataset.isRequired && !input.value.trim();
            input.closest(".o_pr_question").classList.toggle("o_pr_missing", Boolean(isMissing));
        }
        this.showRefusal(
            result.failure ||
                result.error ||
                _t("A text was changed in another window: choose which one stays."),
        );
    }

    showRefusal(message) {
        const alert = this.el.querySelector(".o_pr_submit_error");
        alert.textContent = message;
        alert.classList.toggle("d-none", !message);
    }
}

registry.category("public.interactions").add("performance_review.self_assessment", SelfAssessment);
