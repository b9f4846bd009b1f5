import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** Keeps a form from being sent twice, and from being sent into nothing. */
export class PortalForm extends Interaction {
    static selector = "form.o_pr_form";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        _window: { "t-on-pageshow": () => (this.isSent = false) },
        "select[name='subject']": { "t-on-change": this.showUnit },
    };

    start() {
        this.showUnit();
    }

    onSubmit(ev) {
        if (this.isSent) {
            ev.preventDefault();
            return;
        }
        if (!navigator.onLine) {
            ev.preventDefault();
            this.showOffline();
            return;
        }
        this.isSent = true;
    }

    showOffline() {
        let alert = this.el.querySelector(".o_pr_offline");
        if (!alert) {
            alert = document.createElement("div");
            alert.className = "o_pr_offline alert alert-danger py-2 mt-2";
            alert.setAttribute("role", "alert");
            this.insert(alert, this.el.querySelector(".modal-body") || this.el);
        }
        alert.textContent = _t("Not sent: there is no connection. Your text stays here.");
    }

    /** The figure of a goal is in the goal's unit, that of a commitment in percent. */
    showUnit() {
        const subject = this.el.querySelector("select[name='subject']");
        if (subject) {
            const unit = subject.selectedOptions[0]?.dataset.unit || "";
            const label = this.el.querySelector(".o_pr_unit");
            label.textContent = unit;
            label.classList.toggle("d-none", !unit);
        }
    }
}

/** Unfolds the section that an address or a button leads to; keeps the address reloadable. */
export class ReviewPage extends Interaction {
    static selector = ".o_pr_review";
    dynamicContent = {
        _window: { "t-on-hashchange": this.unfold },
        "a[href^='#']": { "t-on-click": (ev) => this.unfold(ev.currentTarget.hash) },
    };

    start() {
        this.unfold();
        const { url } = this.el.dataset;
        const { pathname } = window.location;
        if (pathname.startsWith(`${url}/`) || pathname === "/my/pulse") {
            // A refused form was answered under its own address, which cannot be opened.
            history.replaceState(history.state, "", url);
        }
    }

    unfold(hash) {
        const id = (typeof hash === "string" ? hash : window.location.hash).slice(1);
        const target = id && document.getElementById(id);
        const section = target && this.el.contains(target) && target.closest("details");
        if (section && !section.open) {
            section.open = true;
            target.scrollIntoView();
        }
    }
}

/** Fetches what stands in a folded section when it is opened, by mouse, key or address. */
export class LazySection extends Interaction {
    static selector = "details.o_pr_lazy";
    dynamicContent = { _root: { "t-on-toggle": this.onToggle } };

    start() {
        this.onToggle();
    }

    async onToggle() {
        if (!this.el.open || this.isAsked) {
            return;
        }
        this.isAsked = true;
        const body = this.el.querySelector(".o_pr_section_body");
        body.setAttribute("aria-busy", "true");
        try {
            const response = await this.waitFor(fetch(this.el.dataset.url));
            // A session that is over leads to the login; a language only adds to the address.
            if (!response.ok || !response.url.endsWith(this.el.dataset.url)) {
                throw new Error(response.statusText);
            }
            body.innerHTML = await this.waitFor(response.text());
            this.services["public.interactions"].startInteractions(body);
        } catch {
            // The link that is there without scripts leads to the same.
            this.isAsked = false;
        }
        body.removeAttribute("aria-busy");
    }
}

/** Opens a dialog again whose form was refused. */
export class RefusedModal extends Interaction {
    static selector = ".modal[data-open]";

    start() {
        window.Modal.getOrCreateInstance(this.el).show();
    }
}

registry.category("public.interactions").add("performance_review.portal_form", PortalForm);
registry.category("public.interactions").add("performance_review.review_page", ReviewPage);
registry.category("public.interactions").add("performance_review.lazy_section", LazySection);
registry.category("public.interactions").add("performance_review.refused_modal", RefusedModal);
