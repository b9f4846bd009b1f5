import { reactive, toRaw, useState } from "@odoo/owl";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { getFieldContext, useRecordObserver } from "@web/model/relational_model/utils";

export const KINDS = ["strength", "gap", "support"];
const OPEN_STATES = ["preparation", "dialogue"];
const EMPTY = {
    sources: [],
    proposals: [],
    supports: [],
    categories: [],
    themes: [],
    min_points: 3,
};

/**
 * What stands beside the points of one form: evidence, proposals, the library of supports. The
 * evidence and the three columns are widgets of their own, so that each can be placed and left out
 * by an ordinary view; they share one panel, which is asked for once whenever the record is read.
 */
class Panel {
    constructor(orm) {
        this.orm = orm;
        this.keepLast = new KeepLast();
        this.seen = null;
        // `moved`: the point that has just changed its column, to be found there again.
        this.state = reactive({ ...EMPTY, isLoaded: false, moved: null });
    }

    async observe({ resId, data, dirty }) {
        if (dirty || toRaw(data) === this.seen) {
            return;
        }
        this.seen = toRaw(data);
        // The employee reads the points when the dialogue is over, and nothing beside them.
        const answer =
            resId && data.sees_preparation
                ? await this.keepLast.add(
                      this.orm.call("performance.review", "get_preparation_panel", [[resId]]),
                  )
                : EMPTY;
        Object.assign(this.state, answer, { isLoaded: true });
    }
}

const panels = new WeakMap();

/** Return the panel of the form a widget stands in, as a state of the widget. */
export function usePanel(props) {
    const orm = useService("orm");
    const model = toRaw(props.record.model);
    if (!panels.has(model)) {
        panels.set(model, new Panel(orm));
    }
    const panel = panels.get(model);
    useRecordObserver((record) => panel.observe(record));
    return useState(panel.state);
}

/** Say whether points may be written now, by whoever looks at the form. */
export function canWrite(record) {
    return Boolean(record.data.is_reviewer) && OPEN_STATES.includes(record.data.state);
}

export function getPoints(record, kind) {
    const list = record.data[`${kind}_ids`];
    return list
        ? [...list.records].sort(
              (a, b) =>
                  a.data.sequence - b.data.sequence ||
                  // What has just been added has no number yet and comes last.
                  (a.resId || Infinity) - (b.resId || Infinity) ||
                  0,
          )
        : [];
}

/**
 * Find the point that rests on a piece of evidence, in whatever column.
 *
 * @param {Object} record the review
 * @param {Object} vals values of a point to be
 */
export function findPoint(record, vals) {
    const links = Object.keys(vals).filter((name) => name.endsWith("_id") && name !== "theme_id");
    for (const kind of KINDS) {
        for (const point of getPoints(record, kind)) {
            const linked = links.some((name) => point.data[name]?.id === vals[name]);
            if (linked || (!links.length && point.data.name === vals.name)) {
                return { kind, point };
            }
        }
    }
    return null;
}

/**
 * Add a point to a column, as a line of the ordinary list: it is saved with the form.
 *
 * @param {Object} record the review
 * @param {string} kind the column
 * @param {Object} vals values of the point
 */
export async function addPoint(record, kind, vals) {
    const name = `${kind}_ids`;
    const last = getPoints(record, kind).at(-1);
    const defaults = { ...vals, kind, sequence: last ? last.data.sequence + 10 : 10 };
    const context = getFieldContext(record, name);
    for (const [field, value] of Object.entries(defaults)) {
        if (field in record.data[name].activeFields) {
            context[`default_${field}`] = value;
        }
    }
    return record.data[name].addNewRecord({ position: "bottom", mode: "readonly", context });
}

/** Put a point before or after its neighbours: the numbers of its column are written anew. */
export async function reorder(points) {
    for (const [index, point] of points.entries()) {
        const sequence = 10 * (index + 1);
        if (point.data.sequence !== sequence) {
            await point.update({ sequence });
        }
    }
}
