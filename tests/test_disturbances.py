"""Whatever happens to the job that reminds: nobody is reminded twice, and nobody forgotten.

The disturbances of ``disturbances.py`` run once, in a database of their own: they commit. What
needs no second process (days of downtime, a mail server that is down) is in ``test_reminders.py``.
"""

import pytest
from own_database import read_result, run, shell


@pytest.fixture(scope="module")
def results():
    """Return what the disturbances came to, by name."""
    return read_result(run(shell("disturbances")))


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
