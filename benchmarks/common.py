"""What all measurements share: Odoo without a server, clocks, counters, the table of results."""

import resource
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# "odoo" is no module of its own until one below it is loaded.
from odoo.tools import config  # isort: skip
from odoo import sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry

TEAM_ACTION = "performance_review.performance_review_action"


def start(database):
    """Load Odoo for one database; its settings come from the file named by ODOO_RC."""
    config.parse_config(
        ["--database", database, "--no-http", "--log-level", "error"], setup_logging=True
    )
    return Registry(database)


@contextmanager
def environment(registry):
    """Yield an environment of the superuser, on a cursor of its own."""
    with registry.cursor() as cr:
        yield Environment(cr, SUPERUSER_ID, {})


@dataclass
class Measured:
    """Seconds and queries of what happened inside ``with measure() as …``."""

    seconds: float = 0.0
    queries: int = 0


@contextmanager
def measure():
    """Count the queries of this process on all cursors: a cron opens its own."""
    measured = Measured()
    queries, began = sql_db.sql_counter, time.perf_counter()
    yield measured
    measured.seconds = time.perf_counter() - began
    measured.queries = sql_db.sql_counter - queries


def memory_now():
    """Return this process's memory in MB at this moment."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def memory_peak():
    """Return this process's greatest memory so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class Row:
    """One line of the table."""

    name: str
    found: str
    wanted: str
    passed: bool


def print_table(rows):
    """Print the rows and return whether all passed."""
    widths = [max(len(getattr(row, name)) for row in rows) for name in ("name", "found", "wanted")]
    print()
    for row in rows:
        verdict = "PASS" if row.passed else "FAIL"
        cells = (row.name.ljust(widths[0]), row.found.rjust(widths[1]), row.wanted.ljust(widths[2]))
        print(f"  {verdict}  {'   '.join(cells)}", flush=True)
    print()
    return all(row.passed for row in rows)
