"""Makes the databases of the measurements and measures in them; called by scripts/benchmark."""

import argparse
import sys

import analysis
import common
import hr
import kpi
import launch
import managers
import memory
import moves
import population
import portal
import reminders
import restart
import scenery
import screens

# By the database they work in: one with a launch behind it, which they change for good, or one
# full of reviews, in which they take back whatever they do.
LAUNCHES = {
    "launch": lambda registry, ids: launch.run(registry, ids),
    "memory": lambda registry, ids: memory.run(registry.db_name, ids),
    "restart": lambda registry, ids: restart.run(registry, registry.db_name, ids),
    "reminders": lambda registry, ids: reminders.run(registry, registry.db_name, ids),
}
SCENES = {
    "kpi": kpi.run,
    "screens": screens.run,
    "portal": portal.run,
    "moves": moves.run,
    "managers": managers.run,
    "analysis": analysis.run,
    "hr": hr.run,
}


def make_company(registry, reviews):
    """Fill a new database with people and last year's launch."""
    with common.environment(registry) as env:
        ids = population.make(env, population.Scale(reviews))
        # A history: there are reviews to go on from, and PostgreSQL knows large tables.
        launch.launch(env, ids["last_cycle"])
        # What is left to send of it is taken away with the (empty) small cycle.
        launch.empty(env, ids["few_cycle"])
        common.store_ids(env, ids)


def make_scenery(registry):
    """Fill a database that has a company with full reviews."""
    with common.environment(registry) as env:
        scenery.make(env, common.load_ids(env))
    common.vacuum(registry)


def main():
    """Make or measure; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--make-company", type=int, metavar="REVIEWS")
    parser.add_argument("--make-scenery", action="store_true")
    parser.add_argument("--measure", nargs="+", choices=[*LAUNCHES, *SCENES], default=[])
    options = parser.parse_args()
    registry = common.start(options.database)
    if options.make_company:
        make_company(registry, options.make_company)
    if options.make_scenery:
        make_scenery(registry)
    with common.environment(registry) as env:
        ids = common.load_ids(env)
    passed = True
    for name in options.measure:
        rows = (LAUNCHES | SCENES)[name](registry, ids)
        passed = common.print_table(name, rows) and passed
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
