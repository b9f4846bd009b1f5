import { getPoints } from "./panel";

// What was noted as done well may turn out to be a gap, and a gap as done well after all. A support
// is no fact about the period: it stays where it is.
const OTHER_SIDE = { strength: "gap", gap: "strength" };

/** Say whether a point of one column may be put into another. */
export function canChangeColumn(point, kind) {
    return !point.data.is_frozen && OTHER_SIDE[point.data.kind] === kind;
}

/** Find a column by its place: while a card is dragged, nothing below it takes part in pointing. */
export function findColumn(x, y) {
    return [...document.querySelectorAll(".o_pr_column")].find((column) => {
        const { left, right, top, bottom } = column.getBoundingClientRect();
        return x >= left && x <= right && y >= top && y <= bottom;
    });
}

export function highlight(column) {
    for (const each of document.querySelectorAll(".o_pr_column.o_pr_target")) {
        each.classList.toggle("o_pr_target", each === column);
    }
    column?.classList.add("o_pr_target");
}

/**
 * Put a point at the end of the other column. What is being typed is stored first: the lists of a
 * form know their own points alone, and read them anew.
 *
 * @param {Object} orm
 * @param {Object} panel state shared by the columns
 * @param {Object} record the review
 * @param {Object} point record of the point
 * @param {string} kind the column it goes to
 */
export async function changeColumn(orm, panel, record, point, kind) {
    const from = point.data.kind;
    const index = getPoints(record, from).findIndex(({ id }) => id === point.id);
    if (!(await record.save())) {
        return;
    }
    // One that has just been added has its id by now.
    const { resId } = getPoints(record, from)[index];
    const last = getPoints(record, kind).at(-1);
    const vals = { kind, sequence: last ? last.data.sequence + 10 : 10 };
    // Only a gap has a cause.
    await orm.write(
        "performance.point",
        [resId],
        kind === "gap" ? vals : { ...vals, cause: false },
    );
    panel.moved = { resId, kind };
    await record.model.load();
}
