"""Who acts at the same moment as somebody else is answered, and nothing happens twice.

The contests of ``contention.py`` run once, in a database of their own: they commit.
"""

import pytest
from own_database import read_result, run, shell

MODES = ("overlapping", "stale")


@pytest.fixture(scope="module")
def results():
    """Return what the contests came to, by ``"name, mode"``."""
    return read_result(run(shell("contention")))


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


@pytest.mark.parametrize("mode", MODES)
def test_one_amendment(results, mode):
    result = results[f"amend twice, {mode}"]
    assert count(result, "done") == 1
    assert len(sentences(result)) == 1
    assert result["states"] == ["signed", "draft"]
    assert result["lines"][0] == result["lines"][1]


@pytest.mark.parametrize("mode", MODES)
def test_all_that_was_acknowledged_is_recorded_once(results, mode):
    result = results[f"progress, {mode}"]
    assert count(result, "done") >= 1
    assert result["measured"] == sorted(result["acknowledged"])
    assert result["recorded"] == sorted(10 * figure for figure in result["acknowledged"])
    assert result["actual_is_newest"]


@pytest.mark.parametrize("mode", MODES)
def test_one_statement_closes_a_dispute(results, mode):
    result = results[f"close by HR, {mode}"]
    assert count(result, "done") == 1
    words = ("First", "Second")
    [said] = [
        word for word, answer in zip(words, result["answers"], strict=True) if answer[0] == "done"
    ]
    assert (result["state"], result["step"], result["statement"]) == (
        "closed_by_hr", "follow_up", said,
    )  # fmt: skip
    assert result["mediations"] == [["closed", said]]
    assert result["faults"] == []
    assert len(result["checkpoint_days"]) == len(set(result["checkpoint_days"]))


@pytest.mark.parametrize("mode", MODES)
def test_a_review_is_finished_once(results, mode):
    result = results[f"finish, {mode}"]
    assert count(result, "done") >= 1
    assert (result["step"], result["logged"], result["tasks"]) == ("done", 1, 0)
    assert result["checkpoints"] == ["cancelled"]


TARGETS = {
    "accept": ("accepted", 3.0),
    "decline": ("declined", 4.0),
    "withdraw": ("withdrawn", 4.0),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["accept or decline", "accept twice", "accept or withdraw"])
def test_one_answer_to_a_proposed_target(results, name, mode):
    result = results[f"{name}, {mode}"]
    assert count(result, "done") == 1
    state, target = TARGETS[result["done"][0]]
    assert (result["states"], result["target"]) == ([state], target)
    assert (result["signed"], result["waits_for"], result["faults"]) == (4.0, False, [])


@pytest.mark.parametrize("mode", MODES)
def test_one_proposal_of_a_target(results, mode):
    result = results[f"both propose, {mode}"]
    assert count(result, "done") == 1
    assert len(sentences(result)) == 1
    assert (result["states"], result["target"]) == (["open"], 4.0)
    proposer = [answer[0] for answer in result["answers"]].index("done")
    assert result["waits_for"] == ("reviewer", "employee")[proposer]
