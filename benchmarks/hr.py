"""What HR opens every morning: cockpit and dashboard, of two sizes and of all years."""

import common
from screens import as_in_browser

REPEATS = 7
QUERIES = 30
# Of a cycle ten times as large.
GROWTH = 1.5
ALL_YEARS = 0.3
ALL = {"period": "all"}


def run(registry, ids):
    """Measure and return the rows of the table."""
    with common.environment(registry) as env:
        env = as_in_browser(env, ids["hr_user"]).env
        sizes = f"{ids['tenth']} and {ids['people']} reviews"
        cycles = {"small": ids["tenth_cycle"], "large": ids["current"]}
        rows = [_judge_shown(env, ids["current"])]
        for name, screen, growth in SCREENS:
            calls = {size: (screen, cycle_id) for size, cycle_id in cycles.items()}
            calls |= {"floor": (_count_reviews, cycles["large"]), "menu": (screen, False)}
            rows += _judge_growth(name, sizes, _measure(env, calls), growth)
        rows += _judge_all_years(env)
    return rows


# ------------------------------------------------------------------
# What is opened
# ------------------------------------------------------------------


def _open_cockpit(env, cycle_id):
    """Open what is shown first: of a large cycle the screen asks for the rest when it stands."""
    return env["performance.cycle"].get_cockpit(cycle_id)


def _open_whole_cockpit(env, cycle_id):
    Cycle = env["performance.cycle"]
    data = Cycle.get_cockpit(cycle_id)
    return data if "debts" in data else data | Cycle.get_cockpit_rest(data["cycle"]["id"])


def _open_dashboard(env, cycle_id):
    """Open what is shown first: of a large cycle the screen asks for the rest when it stands."""
    return env["performance.review.report"].get_dashboard({"cycle_id": cycle_id})


def _open_figures(env, cycle_id):
    Report = env["performance.review.report"]
    return Report.get_dashboard({"cycle_id": cycle_id, "figures": list(Report._get_figures())})


def _open_all_years(env, figures):
    return env["performance.review.report"].get_dashboard(ALL | figures)


def _count_reviews(env, cycle_id):
    """Count the reviews of a cycle, or of all, as the ORM alone does it with HR's rights."""
    domain = [("cycle_id", "=", cycle_id)] if cycle_id else []
    env["performance.review"]._read_group(
        domain, ["cycle_id", "department_id", "state", "is_ended"], ["__count"]
    )


# Name, what opens it, and how much longer a cycle ten times as large may take.
SCREENS = (
    ("cockpit", _open_cockpit, GROWTH),
    ("cockpit with all figures", _open_whole_cockpit, None),
    ("dashboard", _open_dashboard, GROWTH),
    ("dashboard with all figures", _open_figures, None),
)


# ------------------------------------------------------------------
# How it is measured and judged
# ------------------------------------------------------------------


def _measure(env, calls, repeats=REPEATS):
    """Return what each call costs: the median of its seconds, and its queries.

    The calls take turns, so that whatever else the machine does falls on all of them. Each has a
    transaction of its own, in a process that is warm.

    :param dict calls: name → (function, argument)
    :rtype: dict[str, common.Measured]
    """
    for function, argument in calls.values():
        function(env, argument)
    seconds = {name: [] for name in calls}
    queries = {}
    for _number in range(repeats):
        for name, (function, argument) in calls.items():
            env.cr.rollback()
            env.invalidate_all()
            with common.measure() as measured:
                function(env, argument)
            seconds[name].append(measured.seconds)
            queries[name] = measured.queries
    env.cr.rollback()
    return {
        name: common.Measured(sorted(found)[repeats // 2], queries[name])
        for name, found in seconds.items()
    }


def _judge_growth(name, sizes, measured, limit):
    small, large, floor = measured["small"], measured["large"], measured["floor"]
    growth = large.seconds / small.seconds
    queries = [measured[call].queries for call in ("small", "large", "menu")]
    return [
        _judge_queries(f"queries of the {name}, {sizes}, from the menu", *queries),
        common.Row(
            f"time of the {name}, {sizes}",
            f"{_say(large)}",
            f"{_say(small)}",
            f"{growth:.2f}",
            f"at most {limit}" if limit else "",
            growth <= limit if limit else None,
        ),
        common.Row(
            f"{name} of the large one / count of its reviews",
            f"{_say(large)}",
            f"{_say(floor)}",
            f"{large.seconds / floor.seconds:.1f}",
        ),
    ]


def _judge_queries(what, *queries):
    return common.Row(
        what,
        ", ".join(map(str, queries)),
        wanted=f"at most {QUERIES}",
        passed=max(queries) <= QUERIES,
    )


def _judge_all_years(env):
    """Judge what is shown first; the screen asks for the other figures when it stands."""
    shown = _open_all_years(env, {})
    rest = [code for code in shown["codes"] if code not in {f["code"] for f in shown["figures"]}]
    measured = _measure(env, {"first": (_open_all_years, {}), "floor": (_count_reviews, None)})
    # All there is of a hundred thousand reviews: seconds, so once is enough.
    measured |= _measure(env, {"rest": (_open_all_years, {"figures": rest})}, 1)
    first, floor = measured["first"], measured["floor"]
    return [
        _judge_queries("queries of the dashboard of all years", first.queries),
        common.Row(
            f"dashboard of all years, {len(shown['cycles'])} cycles / count of their reviews",
            _say(first),
            _say(floor),
            f"{first.seconds / floor.seconds:.1f}",
            f"at most {1000 * ALL_YEARS:.0f} ms",
            first.seconds <= ALL_YEARS,
        ),
        common.Row("… and its other figures", _say(measured["rest"])),
    ]


def _judge_shown(env, cycle_id):
    """Say whether all figures are shown: measuring cells that are hidden would prove nothing."""
    figures = _open_figures(env, cycle_id)["figures"]
    empty = [figure["code"] for figure in figures if not figure["rows"] or figure["empty"]]
    cockpit = _open_whole_cockpit(env, cycle_id)
    for name in ("departments", "durations", "debts"):
        found = cockpit[name]["rows"] if name == "durations" else cockpit[name]
        empty += [] if found else [name]
    empty += [role for role, side in cockpit["waiting"].items() if not side["rows"]]
    return common.Row(
        "cockpit and dashboard show figures everywhere",
        "no" if empty else "yes",
        wanted="yes",
        passed=not empty,
        note=f"nothing in: {', '.join(empty)}" if empty else "",
    )


def _say(measured):
    return f"{1000 * measured.seconds:.0f} ms"
