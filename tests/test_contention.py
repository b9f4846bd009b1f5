"""Who acts at the same moment as somebody else is answered, and nothing happens twice.

The contests of ``contention.py`` run once, in a database of their own: they commit.
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
printf 'from contention import main\\nmain(env)\\n' |
    odoo shell --database "$COPY" --no-http --log-level critical
"""
MODES = ("overlapping", "stale")


@pytest.fixture(scope="module")
def results():
    """Return what the contests came to, by ``"name, mode"``."""
    answer = subprocess.run(
        ["bash", "-c", SCRIPT], cwd=ROOT, env={**os.environ}, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-5000:]
    assert "RESULT " in answer.stdout, answer.stdout[-3000:] + answer.stderr[-5000:]
    return json.loads(answer.stdout.rpartition("RESULT ")[2])


def count(result, kind):
    """Return how many contenders were ``done`` or ``told``; everybody is one of the two."""
    broken = [answer for answer in result["answers"] if answer[0] not in ("done", "told")]
    assert not broken
    return sum(answer[0] == kind for answer in result["answers"])


def sentences(result):
    """Return what those were told who came too late."""
    return [answer[1] for answer in result["answers"] if answer[0] == "told"]


@pytest.mark.parametrize("mode", MODES)
def test_four_first_autosaves_make_one_self_assessment(results, mode):
    result = results[f"autosave, {mode}"]
    assert count(result, "done") == 4
    assert result["records"] == 1
    assert result["rows"] == result["questions"]
    assert result["lost"] == []


@pytest.mark.parametrize("mode", MODES)
def test_the_second_of_two_texts_is_told_of_the_first(results, mode):
    result = results[f"one text, {mode}"]
    assert count(result, "done") == 2
    conflicts = [answer[1] for answer in result["answers"]]
    assert {} in conflicts
    assert {"results": result["text"]} in conflicts


@pytest.mark.parametrize("mode", MODES)
def test_one_answer_to_an_agreement(results, mode):
    result = results[f"sign or dispute, {mode}"]
    assert count(result, "done") == 1
    assert "\n" not in sentences(result)[0]
    assert result["state"] in ("signed", "disputed")
    assert result["disputed"] == (result["state"] == "disputed")
    assert result["signed"][0] == (result["state"] == "signed")
    assert result["mediations"] == (result["state"] == "disputed")
    assert result["faults"] == []


@pytest.mark.parametrize("mode", MODES)
def test_one_signature_of_one_person(results, mode):
    result = results[f"sign twice, {mode}"]
    assert count(result, "done") == 1
    assert result["state"] == "signed"
    assert result["step"] == "follow_up"
    days = result["checkpoint_days"]
    assert days
    assert len(days) == len(set(days))
    assert result["faults"] == []


@pytest.mark.parametrize("mode", MODES)
def test_both_sides_sign_at_once(results, mode):
    result = results[f"both sign, {mode}"]
    # Whoever was told to look again has not signed; nobody signs unseen.
    assert count(result, "done") == sum(result["signed"]) >= 1
    assert result["state"] == ("signed" if all(result["signed"]) else "proposed")
    days = result["checkpoint_days"]
    assert len(days) == len(set(days))
    assert result["faults"] == []


@pytest.mark.parametrize("mode", MODES)
def test_one_proposal(results, mode):
    result = results[f"propose, {mode}"]
    assert count(result, "done") == 1
    assert len(sentences(result)) == 1
    assert (result["state"], result["versions"], result["mails"]) == ("proposed", 1, 1)


@pytest.mark.parametrize("mode", MODES)
def test_one_appointment(results, mode):
    result = results[f"appointment, {mode}"]
    assert count(result, "done") >= 1
    assert result["events"] == 1


@pytest.mark.parametrize("mode", MODES)
def test_one_pulse_a_person(results, mode):
    result = results[f"pulse twice, {mode}"]
    assert count(result, "done") == 1
    assert (result["count"], result["fives"]) == (1, 1)


@pytest.mark.parametrize("mode", MODES)
def test_two_people_answer_the_pulse(results, mode):
    result = results[f"two pulses, {mode}"]
    assert count(result, "done") == 2
    assert (result["count"], result["fives"]) == (2, 2)


@pytest.mark.parametrize("mode", MODES)
def test_one_step_on(results, mode):
    result = results[f"step, {mode}"]
    count(result, "done")
    assert (result["step"], result["dialogues"], result["logged"]) == ("dialogue", 1, 1)
