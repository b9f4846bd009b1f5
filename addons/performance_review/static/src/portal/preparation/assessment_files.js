import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MEGABYTE = 1000000;

/** Adds files to the self-assessment and takes them out, without leaving the page. */
export class AssessmentFiles extends Interaction {
    static selector = ".o_pr_files";
    dynamicContent = {
        "input[type='file']": { "t-on-change": this.upload },
        ".o_pr_file_list": { "t-on-click": this.onClick },
    };

    setup() {
        this.input = this.el.querySelector("input[type='file']");
        this.state = this.el.querySelector(".o_pr_file_state");
        this.submitButton = this.el.closest("form").querySelector(".o_pr_submit");
    }

    async upload() {
        const files = [...this.input.files];
        this.showError("");
        this.setBusy(true);
        for (const file of files) {
            this.state.textContent = _t("Sending %s…", file.name);
            if (!(await this.sendFile(file))) {
                break;
            }
        }
        // So that the same file can be chosen again.
        this.input.value = "";
        this.state.textContent = "";
        this.setBusy(false);
    }

    /** The server refuses a file that is too large as well, but only after it has been sent. */
    async sendFile(file) {
        const { megabytes, url } = this.el.dataset;
        if (file.size > megabytes * MEGABYTE) {
            this.showError(
                _t("“%(name)s” is larger than %(megabytes)s MB.", {
                    name: file.name,
                    megabytes,
                }),
            );
            return false;
        }
        return this.send(url, { file });
    }

    async onClick(ev) {
        const button = ev.target.closest(".o_pr_file_remove");
        if (button) {
            this.showError("");
            button.disabled = true;
            await this.send(button.dataset.url);
            button.disabled = false;
            this.input.focus();
        }
    }

    /**
     * @param {string} url
     * @param {Object} [values]
     * @returns {Promise<boolean>} whether it was done
     */
    async send(url, values = {}) {
        const body = new FormData();
        body.append("csrf_token", this.el.dataset.csrfToken);
        for (const [name, value] of Object.entries(values)) {
            body.append(name, value);
        }
        let response, text;
        try {
            response = await this.waitFor(fetch(url, { method: "POST", body }));
            text = await this.waitFor(response.text());
        } catch {
            this.showError(_t("Not sent: there is no connection. Choose the file again."));
            return false;
        }
        if (response.status === 422) {
            this.showError(text);
        } else if (!response.ok || response.redirected) {
            this.showError(_t("Not sent: log in in another window, then choose the file again."));
        } else {
            this.el.querySelector(".o_pr_file_list").innerHTML = text;
            return true;
        }
        return false;
    }

    /** Nothing is handed in while a file is on its way. */
    setBusy(isBusy) {
        this.input.disabled = isBusy;
        this.submitButton.disabled = isBusy;
    }

    showError(message) {
        const alert = this.el.querySelector(".o_pr_file_error");
        alert.textContent = message;
        alert.classList.toggle("d-none", !message);
    }
}

registry
    .category("public.interactions")
    .add("performance_review.assessment_files", AssessmentFiles);
