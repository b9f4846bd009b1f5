import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";

/**
 * Says in one sentence why a call did not work. The text stays on the page in every case.
 *
 * @param {Error} error
 * @returns {string}
 */
export function explainFailure(error) {
    if (error instanceof ConnectionLostError) {
        return _t("Not saved: there is no connection. Your text stays here.");
    }
    if (error.exceptionName === "odoo.http.SessionExpiredException") {
        return _t("Not saved: you were logged out. Log in in another window, then try again here.");
    }
    return _t("Not saved: the server did not answer as expected. Your text stays here.");
}
