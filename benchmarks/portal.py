"""Time of the employee's page against a task's page of Odoo's own portal, side by side."""

import statistics
import time

import common
from visitor import Visitor

ROUNDS, WARM_UP = 100, 5
# Where figures mean nothing anyway.
FEW_ROUNDS, FEW_WARM_UP = 2, 1
RATIO = 1.3


def percentile(values):
    """Return the time that 95 of 100 pages stay below."""
    return statistics.quantiles(values, n=20)[-1]


def run(registry, ids):
    """Measure and return the rows of the table."""
    large = ids["people"] >= 100
    rounds, warm_up = (ROUNDS, WARM_UP) if large else (FEW_ROUNDS, FEW_WARM_UP)
    with common.environment(registry) as env:
        pages = {
            name: (Visitor(env, found["user"]), f"/my/reviews/{found['review']}")
            for name, found in ids["stories"].items()
        }
        peer_visitor = Visitor(env, ids["stories"]["follow_up"]["user"])
        env.cr.commit()
    # A database made without Odoo's project has no such page; the list of ours stands in for it.
    address = f"/my/tasks/{ids['task']}" if "task" in ids else "/my/reviews"
    times = {name: ([], []) for name in pages}
    for number in range(warm_up + rounds):
        for name, page in pages.items():
            # In turn, so that whatever else the machine does hits both.
            pair = list(zip(times[name], (page, (peer_visitor, address)), strict=True))
            for into, (visitor, path) in pair if number % 2 else reversed(pair):
                began = time.perf_counter()
                visitor.open(path)
                if number >= warm_up:
                    into.append(1000 * (time.perf_counter() - began))
    return [_get_row(name, rounds, *found) for name, found in times.items()]


def _get_row(name, rounds, ours, theirs):
    ours, theirs = percentile(ours), percentile(theirs)
    ratio = ours / theirs
    return common.Row(
        f"portal page in {name} / Odoo's task page, p95 of {rounds}",
        f"{ours:.0f} ms",
        f"{theirs:.0f} ms",
        f"{ratio:.2f}",
        f"at most {RATIO}",
        ratio <= RATIO,
    )
