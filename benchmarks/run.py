"""Runs all measurements on one database, which it fills; called by scripts/benchmark."""

import argparse
import json
import subprocess
import sys
from pathlib import Path

import common
import launch
import population
import restart
import screens

HERE = Path(__file__).resolve().parent
FLAT = 1.1


def memory_rows(database, ids):
    """Return the row about memory; a fresh process measures it."""
    command = [sys.executable, str(HERE / "memory.py"), database, json.dumps(ids)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    peaks = json.loads(answer.stdout.splitlines()[-1])
    growth = peaks["end"] / peaks["early"]
    return [
        common.Row(
            f"peak memory after 2000 and after {population.PEOPLE} reviews",
            f"{peaks['early']:.0f} MB and {peaks['end']:.0f} MB",
            f"at most {FLAT:.0%}",
            growth <= FLAT,
        )
    ]


def main():
    """Measure, print the table and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument(
        "--only",
        choices=["launch", "memory", "restart", "screens"],
        action="append",
        help="measure this alone; may be given more than once",
    )
    options = parser.parse_args()
    registry = common.start(options.database)
    print(f"  making {population.PEOPLE} employees and {population.MANAGERS} managers", flush=True)
    with common.environment(registry) as env:
        ids = population.make(env)
        # A history: there are reviews to go on from, and PostgreSQL knows large tables.
        launch.launch(env, ids["last_cycle"])
        # What is left to send of it is taken away with the (empty) small cycle.
        launch.empty(env, ids["few_cycle"])
    parts = {
        "launch": lambda: launch.run(registry, ids),
        "memory": lambda: memory_rows(options.database, ids),
        "restart": lambda: restart.run(registry, options.database, ids),
        "screens": lambda: screens.run(registry, ids),
    }
    rows = []
    for name, part in parts.items():
        if not options.only or name in options.only:
            print(f"  measuring: {name}", flush=True)
            rows += part()
    return 0 if common.print_table(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
