"""What all measurements share: Odoo without a server, clocks, counters, the table of results."""

import json
import resource
import textwrap
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# "odoo" is no module of its own until one below it is loaded.
from odoo.tools import config  # isort: skip
from odoo import models, sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry

IDS_PARAMETER = "performance_benchmark.ids"


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


@contextmanager
def undone(env):
    """Take back what happens inside: the prepared database stays as it is, whatever comes."""
    env.invalidate_all()
    try:
        yield
        env.flush_all()
    finally:
        env.cr.rollback()
        env.transaction.reset()
        env.invalidate_all()


def store_ids(env, ids):
    """Remember in the database itself what its preparation made (``dict[str, int]``)."""
    env["ir.config_parameter"].set_param(IDS_PARAMETER, json.dumps(ids))
    env.cr.commit()


def load_ids(env):
    """Return what :func:`store_ids` has stored."""
    return json.loads(env["ir.config_parameter"].get_param(IDS_PARAMETER))


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


def vacuum(registry, tables=()):
    """Clear dead rows and renew the statistics, of some tables or of all."""
    with registry.cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute(f"VACUUM (ANALYZE) {', '.join(tables)}")
        cr._cnx.autocommit = False


def stored_values(records):
    """Return the values of all columns, ready for :func:`bare_create`.

    :rtype: list[dict]
    """
    names = [
        name
        for name, field in records._fields.items()
        if field.store and field.column_type and name not in (*models.MAGIC_COLUMNS, "parent_path")
    ]
    values = records.sudo().read(names, load=None)
    for vals in values:
        del vals["id"]
    return values


def bare_create(records, vals_list):
    """Create rows as the ORM does it for every model, without what the model adds."""
    return models.BaseModel.create(records.browse(), vals_list)


def bare_write(records, vals):
    """Write as the ORM does it for every model."""
    return models.BaseModel.write(records, vals)


def bare_unlink(records):
    """Delete as the ORM does it for every model."""
    return models.BaseModel.unlink(records)


def memory_now():
    """Return this process's memory in MB at this moment."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def memory_peak():
    """Return this process's greatest memory so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@dataclass
class Row:
    """One line of the table; without a verdict when nothing is promised."""

    what: str
    measured: str
    floor: str = ""
    figure: str = ""
    wanted: str = ""
    passed: bool | None = None
    note: str = ""


COLUMNS = ("what", "measured", "floor", "figure", "wanted")
VERDICTS = {True: "PASS", False: "FAIL", None: "    "}


def print_table(title, rows):
    """Print the rows and return whether none of them missed what is wanted."""
    lines = [dict(zip(COLUMNS, COLUMNS, strict=True)) | {"figure": "ratio or count"}]
    lines += [{name: getattr(row, name) for name in COLUMNS} for row in rows]
    widths = {name: max(len(line[name]) for line in lines) for name in COLUMNS}
    verdicts = [VERDICTS[None], *(VERDICTS[row.passed] for row in rows)]
    notes = ["", *(row.note for row in rows)]
    print(f"\n  {title}")
    for verdict, line, note in zip(verdicts, lines, notes, strict=True):
        cells = (
            line[name].ljust(widths[name])
            if name in ("what", "wanted")
            else line[name].rjust(widths[name])
            for name in COLUMNS
        )
        print(f"  {verdict}  {'   '.join(cells)}".rstrip(), flush=True)
        if note:
            print(textwrap.fill(note, 100, initial_indent=" " * 10, subsequent_indent=" " * 10))
    print(flush=True)
    return all(row.passed is not False for row in rows)
