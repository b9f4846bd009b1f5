import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

const SEEN = "seen_values";

/**
 * Sends, with what is changed in a record, the values it showed before: the server tells whoever
 * saves second what has changed meanwhile (see `performance.version.guard`). Models without that
 * guard have no such field, and nothing is sent for them.
 */
patch(Record.prototype, {
    _getChanges(_changes, options = {}) {
        const result = super._getChanges(...arguments);
        if (!this.resId || !(SEEN in this.fields) || options.withReadonly) {
            return result;
        }
        const seen = {};
        for (const name of Object.keys(result)) {
            const type = this.fields[name].type;
            if (name in this._values && !["one2many", "many2many", "binary"].includes(type)) {
                seen[name] = this._formatServerValue(type, this._values[name]);
            }
        }
        if (Object.keys(seen).length) {
            result[SEEN] = seen;
        }
        return result;
    },
});
