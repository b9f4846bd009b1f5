"""The pivot of the analysis: one cycle, as it opens, and all years."""

import common

from odoo.tools.safe_eval import safe_eval

ACTION = "performance_review.performance_review_report_action"
REPEATS = 5
SHARE = 0.5


def run(registry, ids):
    """Measure and return the rows of the table."""
    with common.environment(registry) as env:
        chosen = opens_with_a_cycle(env, ids)
        one, queries = _measure(env, ids, [("cycle_id", "=", ids["current"])])
        every, all_queries = _measure(env, ids, [])
        floor = _measure_bare(env, ids)
    return [
        common.Row(
            "the analysis opens with one cycle chosen",
            "yes" if chosen else "no",
            "",
            "",
            "yes",
            chosen,
        ),
        common.Row(
            f"pivot of one cycle, {ids['people']} reviews / count of its reviews by step",
            f"{1000 * one:.0f} ms, {queries} queries",
            f"{1000 * floor:.0f} ms",
            f"{one / floor:.1f}",
        ),
        common.Row(
            "pivot of one cycle / of all years",
            f"{1000 * one:.0f} ms, {queries} queries",
            f"{1000 * every:.0f} ms, {all_queries} queries",
            f"{one / every:.2f}",
            f"at most {SHARE}",
            one / every <= SHARE,
        ),
    ]


def opens_with_a_cycle(env, ids):
    """Say whether the action of the menu filters by cycle."""
    action = env["ir.actions.actions"].with_user(ids["hr_user"])._for_xml_id(ACTION)
    context = action.get("context") or "{}"
    if isinstance(context, str):
        context = safe_eval(context, {"uid": ids["hr_user"], "active_id": False})
    return any(key.startswith("search_default_") and "cycle" in key for key in context) or (
        "cycle" in str(action.get("domain"))
    )


def _measure(env, ids, domain):
    """Return the median of seconds, and the queries, of the pivot as HR opens it."""
    Report = env["performance.review.report"].with_user(ids["hr_user"])
    rows, column = "department_id", "state"
    measures = ["closure_rate:avg", "commitment_count:sum", "employee_share:avg", "__count"]

    def open_pivot():
        return Report.formatted_read_grouping_sets(
            domain, [[], [rows], [column], [rows, column]], measures
        )

    return _repeat(env, open_pivot)


def _measure_bare(env, ids):
    def count():
        env["performance.review"]._read_group(
            [("cycle_id", "=", ids["current"])], ["department_id", "state"], ["__count"]
        )

    return _repeat(env, count)[0]


def _repeat(env, call):
    call()
    seconds = []
    for _number in range(REPEATS):
        env.invalidate_all()
        with common.measure() as measured:
            call()
        seconds.append(measured.seconds)
    env.cr.rollback()
    return sorted(seconds)[REPEATS // 2], measured.queries
