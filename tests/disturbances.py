"""What may happen to the job that reminds, with real processes in a database of its own.

Run inside ``odoo shell`` by ``test_disturbances.py``, which reads what this prints; the processes
are those of ``reminding_server.py``.
"""

import json
import signal
import subprocess
import sys
import time
from datetime import timedelta

import reminding_server
from contention import Contest
from reminding_server import COMMITTED, PAUSE, get_day

from odoo.fields import Command


class Servers(Contest):
    """People with something due in three days, and servers that remind them."""

    @classmethod
    def set_up_due(cls, env):
        cls.set_up(env)
        people = (cls.worker | cls.porter | cls.rival).ids
        others = cls.env["hr.employee"].search([("id", "not in", people)]).ids
        cycle = cls.launch(
            name="Disturbed",
            preparation_deadline=get_day() + timedelta(days=3),
            dialogue_deadline=False,
            agreement_deadline=False,
            excluded_employee_ids=[Command.set(others)],
        )
        cls.users = cycle.review_ids.employee_user_id | cycle.review_ids.reviewer_user_id
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE performance_review SET create_date = create_date - interval '60 days'"
        )
        cls.env.cr.commit()

    @classmethod
    def start(cls):
        return subprocess.Popen(
            [sys.executable, reminding_server.__file__, cls.env.cr.dbname],
            stdout=subprocess.PIPE,
            text=True,
        )

    @classmethod
    def forget(cls):
        cls.env.cr.execute("DELETE FROM performance_reminder_line")
        cls.env.cr.execute("DELETE FROM performance_reminder")
        cls.env.cr.execute("DELETE FROM mail_mail")
        cls.env.cr.commit()
        cls.env.invalidate_all()

    @classmethod
    def count(cls):
        """Return how many people there are, mails, people with one, reminders and memories."""
        cls.env.cr.rollback()
        cls.env.cr.execute(
            """
            SELECT count(DISTINCT mail.id), count(DISTINCT rel.res_partner_id),
                   (SELECT count(*) FROM performance_reminder),
                   (SELECT count(*) FROM performance_reminder_line WHERE reminder_id IS NULL)
              FROM mail_mail AS mail
              JOIN mail_mail_res_partner_rel AS rel ON rel.mail_mail_id = mail.id
             WHERE mail.performance_reminder_id IS NOT NULL
            """
        )
        mails, people, reminders, waiting = cls.env.cr.fetchone()
        return {
            "users": len(cls.users),
            "mails": mails,
            "people": people,
            "reminders": reminders,
            "waiting": waiting,
        }


def kill_in_the_middle():
    """End a server with SIGKILL in its third batch, then let another one go on."""
    server = Servers.start()
    for _number in range(3):  # the beginning and two batches
        assert server.stdout.readline().strip() == COMMITTED
    time.sleep(PAUSE / 3)
    server.send_signal(signal.SIGKILL)
    server.wait()
    half = Servers.count()
    Servers.start().communicate()
    return {"half": half, **Servers.count()}


def two_at_once():
    """Let two servers do the job at the same moment."""
    servers = [Servers.start(), Servers.start()]
    said = [server.communicate()[0].split()[-1] for server in servers]
    return {"said": said, **Servers.count()}


def one_after_the_other():
    """Let the job run twice in a row."""
    for _number in range(2):
        Servers.start().communicate()
    return Servers.count()


def main(env):
    """Print what came of all disturbances as JSON, after the word ``RESULT``."""
    Servers.set_up_due(env)
    results = {}
    for disturb in (kill_in_the_middle, two_at_once, one_after_the_other):
        results[disturb.__name__] = disturb()
        Servers.forget()
    print(f"\nRESULT {json.dumps(results)}")
