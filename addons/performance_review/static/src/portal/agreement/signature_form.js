import { useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { addLoadingEffect } from "@web/core/utils/ui";
import { redirect } from "@web/core/utils/urls";
import { SignatureForm } from "@portal/signature_form/signature_form";

import { explainFailure } from "../failure";

/**
 * Portal signature with values of its own in the call. A refusal or a lost connection leaves
 * name and drawing as they are, ready for another try; there may be several on one page.
 */
export class ReviewSignatureForm extends SignatureForm {
    setup() {
        super.setup();
        // Odoo's button that chooses the lettering is an icon without a name.
        useEffect(() => {
            this.rootRef.el
                ?.querySelector(".o_web_sign_auto_select_style button")
                ?.setAttribute("aria-label", _t("Lettering of the signature"));
        });
    }

    async onClickSubmit() {
        const restore = addLoadingEffect(this.rootRef.el.querySelector(".o_portal_sign_submit"));
        this.state.error = false;
        // The if-then plans of the employee, ticked once they were read once more.
        const tick = this.rootRef.el.closest(".modal-body")?.querySelector(".o_pr_cues_read");
        let data;
        try {
            data = await rpc(this.props.callUrl, {
                ...this.props.params,
                ...(tick ? { cues_read: tick.checked } : {}),
                name: this.signature.name,
                signature: this.signature.getSignatureImage().split(",")[1] || false,
            });
        } catch (error) {
            data = { error: explainFailure(error) };
        }
        restore();
        if (!data.redirect_url) {
            this.state.error = data.error;
            return;
        }
        const { pathname, search } = window.location;
        redirect(data.redirect_url);
        if (data.redirect_url.split("#")[0] === pathname + search) {
            // Only the part after "#" differs: the browser would stay on the old page.
            window.location.reload();
        }
    }
}

registry
    .category("public_components")
    .add("performance_review.signature_form", ReviewSignatureForm);
