"""Whatever happens to the job that reminds: nobody is reminded twice, and nobody forgotten.

The disturbances of ``disturbances.py`` run once, in a database of their own: they commit. What
needs no second process (days of downtime, a mail server that is down) is in ``test_reminders.py``.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = """
set -euo pipefail
source scripts/lib/all.sh
provision test
copy_template
export PYTHONPATH=$PYTHONPATH:$PWD/tests
printf 'from disturbances import main\\nmain(env)\\n' |
    odoo shell --database "$COPY" --no-http --log-level critical
"""


@pytest.fixture(scope="module")
def results():
    """Return what the disturbances came to, by name."""
    answer = subprocess.run(
        ["bash", "-c", SCRIPT], cwd=ROOT, env={**os.environ}, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-5000:]
    assert "RESULT " in answer.stdout, answer.stdout[-3000:] + answer.stderr[-5000:]
    return json.loads(answer.stdout.rpartition("RESULT ")[2])


def check_everybody_once(result):
    assert result["users"] == 5
    assert result["mails"] == result["people"] == result["reminders"] == result["users"]
    assert result["waiting"] == 0


def test_killed_in_the_middle_and_started_again(results):
    result = results["kill_in_the_middle"]
    # What was committed is whole, of the batch that was cut off there is nothing.
    assert result["half"]["mails"] == result["half"]["reminders"] == 2
    check_everybody_once(result)


def test_on_two_servers_at_once(results):
    result = results["two_at_once"]
    assert result["said"] == ["done", "done"]
    check_everybody_once(result)


def test_twice_in_a_row(results):
    check_everybody_once(results["one_after_the_other"])
