"""One server that reminds, one person at a time and slowly; see ``disturbances.py``.

It says on its standard output when it has committed something, and when it is done.
"""

import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as clock
from unittest.mock import patch

from odoo.tools import config  # isort: skip
from odoo import api, fields
from odoo.modules.registry import Registry

PAUSE = 0.3  # seconds between the work of a batch and its commit
COMMITTED, DONE = "committed", "done"
MODULE = "odoo.addons.performance_review.models.performance_reminder_run"


def get_day():
    """Return a Wednesday, on which everybody works."""
    return date.today() + timedelta(days=(2 - date.today().weekday()) % 7)


def serve(database):
    """Do the job once, one person at a time."""
    config.parse_config(["--database", database, "--no-http", "--log-level", "critical"])
    registry = Registry(database)
    noon = datetime.combine(get_day(), clock(12))
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        Cron, Reminder = type(env["ir.cron"]), type(env["performance.reminder"])
        commit, remind = Cron._commit_progress, Reminder._remind_batch

        def say_committed(cron, *args, **kwargs):
            answer = commit(cron, *args, **kwargs)
            print(COMMITTED, flush=True)
            return answer

        def take_time(reminders, told):
            result = remind(reminders, told)
            env.flush_all()
            time.sleep(PAUSE)
            return result

        with (
            patch(f"{MODULE}.BATCH", 1),
            patch.object(fields.Datetime, "now", lambda *_args: noon),
            patch.object(Cron, "_commit_progress", say_committed),
            patch.object(Reminder, "_remind_batch", take_time),
        ):
            env["performance.reminder"]._cron_remind()
            cr.commit()
    print(DONE, flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
