"""What the access tests of performance_review must know of this addon, see access_common.py."""

from odoo.addons.performance_review.tests.access_common import Line

GENERAL = {
    "cycle event":      {"officer": "r"},
    "signal":           {"reviewer": "rw", "officer": "rwcu"},
    "wizard: deadline": {"officer": "rwcu", "administrator": "c"},
}  # fmt: skip

VERBS = {
    # The owner and HR; nobody of the tests' personas owns one.
    "performance.signal.action_decide": {"reviewer", "officer"},
    "performance.signal.action_answer": {"reviewer", "officer"},
    "performance.cycle.action_move_deadline": {"officer"},
    "performance.cycle.action_copy_last": {"officer"},
    "performance.cycle.action_remind_waited_for": {"officer"},
}

# What holds for everybody is no secret.
FIELDS = dict.fromkeys(
    (
        "res.company.performance_signal_people",
        "res.company.performance_signal_teams",
    ),
    {"officer", "inside", "portal"},
)

ARGUMENTS = {
    "role": "reviewer",
    "name": "dialogue_deadline",
    "date": "2026-04-20",
}


def _signal_values(case):
    return {
        "name": "Why?",
        "theme_id": case.theme.id,
        "cycle_id": case.cycle.id,
        "owner_id": case.manager_user.id,
    }


def create_records(case):
    case.env["performance.signal"].create(_signal_values(case))
    case.env["performance.cycle.event"].sudo().create(
        {
            "cycle_id": case.cycle.id,
            "kind": "dialogue_deadline",
            "new_date": "2026-04-20",
            "reason": "Trade fair",
        }
    )


def general_lines(test):
    cycle = test.cycle
    values = {
        "cycle_id": cycle.id,
        "kind": "dialogue_deadline",
        "new_date": "2026-04-20",
        "reason": "Trade fair",
    }
    officer = test.officer_user
    signal = test.env["performance.signal"].search([("cycle_id", "=", cycle.id)], limit=1)
    return {
        "signal": Line(
            "performance.signal",
            lambda: signal,
            {"decision": "Changed"},
            lambda: {**_signal_values(test), "kind": "sustainable", "theme_id": False},
        ),
        "cycle event": Line(
            "performance.cycle.event",
            lambda: test.env["performance.cycle.event"].search([("cycle_id", "=", cycle.id)]),
            {"reason": "Changed"},
            lambda: values,
        ),
        "wizard: deadline": Line(
            "performance.cycle.deadline",
            lambda: test.env["performance.cycle.deadline"].with_user(officer).create(values),
            {"reason": "Changed"},
            lambda: values,
        ),
    }
