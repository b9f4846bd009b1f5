"""A day of reminders among a hundred thousand checkpoints, of which few are due.

Each run is a process of its own, so that its memory is that of this run alone. Checkpoints are
rows made with SQL: all that is measured is the job that looks through them.
"""

import json
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

import common

from odoo import fields

EACH = 10  # checkpoints of a review
NOTHING = 25  # queries of a run with nothing to say
SPREAD = 0.1  # how far two figures may differ that should be the same


def run(registry, database, ids):
    """Measure and return the rows of the table."""
    total = ids["people"] * EACH
    due = max(total // 20, 2)
    runs = {}
    for name, planned, due_now in (
        ("nothing", total, 0),
        ("half", total, due // 2),
        ("all", total, due),
        ("fewer", total // 2, due),
    ):
        _prepare(registry, ids, planned, due_now)
        command = [sys.executable, __file__, database]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        runs[name] = json.loads(answer.stdout.splitlines()[-1])
        print(f"  {name}: {runs[name]}", flush=True)
    nothing, half, full, fewer = (runs[name] for name in ("nothing", "half", "all", "fewer"))
    told = due + full["managers"]
    each = full["queries"] / full["mails"]
    growth = full["queries"] / fewer["queries"]
    memory = full["memory"] - fewer["memory"]
    return [
        common.Row(
            f"nothing due of {total} checkpoints",
            f"{nothing['seconds']:.2f} s",
            figure=f"{nothing['queries']} queries",
            wanted=f"at most {NOTHING}",
            passed=nothing["queries"] <= NOTHING,
        ),
        common.Row(
            f"{due} due of {total}: mails, each person's once",
            f"{full['mails']} in {full['seconds']:.1f} s",
            figure=f"{each:.2f} queries a mail",
            wanted=f"{told} mails",
            passed=full["mails"] == full["people"] == told,
        ),
        common.Row(
            f"{due // 2} due of {total}",
            f"{half['mails']} in {half['seconds']:.1f} s",
            figure=f"{half['queries'] / half['mails']:.2f} queries a mail",
        ),
        common.Row(
            f"queries with {total} and with {total // 2} planned, {due} due",
            str(full["queries"]),
            str(fewer["queries"]),
            f"{growth:.2f}",
            f"at most {1 + SPREAD:.2f}",
            growth <= 1 + SPREAD,
        ),
        common.Row(
            "memory of these two runs",
            f"{full['memory']:.0f} MB",
            f"{fewer['memory']:.0f} MB",
            f"{memory:+.0f} MB",
            f"at most {SPREAD:.0%} more",
            memory <= max(fewer["memory"] * SPREAD, 5),
            note=f"With half of it due it is {half['memory']:.0f} MB, with nothing due "
            f"{nothing['memory']:.0f} MB.",
        ),
        common.Row(
            "run a second time: mails",
            str(full["again"]),
            wanted="0",
            passed=full["again"] == 0,
        ),
    ]


def _prepare(registry, ids, planned, due):
    """Plan checkpoints for last year's reviews: ``due`` of them, of different people, are near."""
    with common.environment(registry) as env:
        cr = env.cr
        for table in ("performance_reminder_line", "performance_reminder", "mail_mail"):
            cr.execute(f"DELETE FROM {table}")
        cr.execute("DELETE FROM mail_message WHERE message_type = 'email_outgoing'")
        cr.execute("DELETE FROM performance_checkpoint")
        # Nothing else is due: neither a step nor a commitment.
        cr.execute(
            "UPDATE performance_review SET state = 'follow_up', step_deadline = NULL"
            " WHERE state != 'follow_up' OR step_deadline IS NOT NULL"
        )
        cr.execute(
            "UPDATE performance_commitment SET date_deadline = %s",
            (_today() + timedelta(days=200),),
        )
        # Nor a version that waits for a signature, which in follow-up is an amendment.
        cr.execute(
            "UPDATE performance_agreement SET state = 'superseded'"
            " WHERE state IN ('proposed', 'disputed')"
        )
        cr.execute(
            """
            INSERT INTO performance_checkpoint (review_id, date, kind, state, create_date)
            SELECT review.id,
                   CASE WHEN number <= %s THEN %s::date ELSE %s::date + number %% 28 END,
                   'scheduled', 'planned', %s
              FROM generate_series(1, %s) AS number
              JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place
                      FROM performance_review WHERE cycle_id = %s) AS review
                ON review.place = 1 + (number - 1) %% %s
            """,
            (
                due,
                _today() + timedelta(days=3),
                _today() + timedelta(days=200),
                datetime(2020, 1, 1),
                planned,
                ids["last_cycle"],
                ids["people"],
            ),
        )
        cr.commit()
    common.vacuum(
        registry,
        ("performance_checkpoint", "performance_review", "performance_reminder_line",
         "performance_reminder", "mail_mail", "mail_message"),
    )  # fmt: skip


def _today():
    """Return a Wednesday."""
    today = date.today()
    return today + timedelta(days=(2 - today.weekday()) % 7)


def measure(registry):
    """Run the job twice at noon and return what the first run cost, and the mails of the second."""
    noon = datetime.combine(_today(), time(12))
    with common.environment(registry) as env:
        # What is read once per process is no part of it.
        env["performance.review"].search([], limit=1).read()
        env["performance.reminder"]._find_days(env.user, noon)
        env.invalidate_all()
        before = common.memory_now()
        with patch.object(fields.Datetime, "now", lambda *_args: noon):
            with common.measure() as measured:
                env["performance.reminder"]._cron_remind()
            memory = common.memory_peak() - before
            env.cr.commit()
            mails, people = _count(env)
            env["performance.reminder"]._cron_remind()
            env.cr.commit()
            again = _count(env)[0] - mails
        env.cr.execute(
            """
            SELECT count(DISTINCT reminder.user_id)
              FROM performance_reminder AS reminder
              JOIN performance_review AS review ON review.reviewer_user_id = reminder.user_id
            """
        )
        (managers,) = env.cr.fetchone()
    return {
        "seconds": measured.seconds,
        "queries": measured.queries,
        "memory": memory,
        "mails": mails,
        "people": people,
        "managers": managers,
        "again": again,
    }


def _count(env):
    env.cr.execute(
        """
        SELECT count(*), count(DISTINCT rel.res_partner_id)
          FROM mail_mail AS mail
          JOIN mail_mail_res_partner_rel AS rel ON rel.mail_mail_id = mail.id
         WHERE mail.performance_reminder_id IS NOT NULL
        """
    )
    return env.cr.fetchone()


if __name__ == "__main__":
    print(json.dumps(measure(common.start(sys.argv[1]))))
