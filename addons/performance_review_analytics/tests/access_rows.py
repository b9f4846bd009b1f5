"""What the access tests of performance_review must know of this addon, see access_common.py."""

from odoo.addons.performance_review.tests.access_common import Line

GENERAL = {
    "cycle event":      {"officer": "r"},
    "sensor count":     {"officer": "r"},
    "bulk act":         {"officer": "r"},
    "signal":           {"reviewer": "rw", "officer": "rwcu"},
    "wizard: deadline": {"officer": "rwcu", "administrator": "c"},
}  # fmt: skip

VERBS = {
    # The owner and HR; nobody of the tests' personas owns one.
    "performance.signal.action_decide": {"reviewer", "officer"},
    "performance.signal.action_answer": {"reviewer", "officer"},
    "performance.cycle.action_move_deadline": {"officer"},
    "performance.cycle.action_launch_all": {"officer"},
    "performance.cycle.action_open_launch_all": {"officer"},
    "performance.cycle.action_copy_last": {"officer"},
    "performance.cycle.action_copy_next": {"officer"},
    "performance.cycle.action_remind_waited_for": {"officer"},
}

# What holds for everybody is no secret.
FIELDS = dict.fromkeys(
    (
        "res.company.performance_manager_minimum",
        "res.company.performance_signal_people",
        "res.company.performance_signal_teams",
    ),
    {"officer", "inside", "portal"},
)

ARGUMENTS = {
    "role": "reviewer",
    "name": "dialogue_deadline",
    "date": "2026-04-20",
    "department_id": 0,
    "code": "no_user",
}


def _signal_values(case):
    return {
        "name": "Why?",
        "theme_id": case.theme.id,
        "cycle_id": case.cycle.id,
        "owner_id": case.manager_user.id,
    }


def _count_values(case):
    return {
        "cycle_id": case.cycle.id,
        "kind": "obstacle",
        "theme_id": case.theme.id,
        "is_total": True,
        "people_count": 5,
    }


def _act_values(case):
    return {
        "cycle_id": case.cycle.id,
        "company_id": case.cycle.company_id.id,
        "author_id": case.officer_user.id,
        "kind": "line",
        "reason": "Trade fair",
    }


def create_records(case):
    case.env["performance.signal"].create(_signal_values(case))
    case.env["performance.sensor.count"].sudo().create(_count_values(case))
    case.env["performance.bulk.act"].sudo().create(_act_values(case))
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
        "sensor count": Line(
            "performance.sensor.count",
            lambda: test.env["performance.sensor.count"].search([("cycle_id", "=", cycle.id)]),
            {"people_count": 10},
            lambda: {**_count_values(test), "kind": "support"},
        ),
        "bulk act": Line(
            "performance.bulk.act",
            lambda: test.env["performance.bulk.act"].search([("cycle_id", "=", cycle.id)]),
            {"reason": "Changed"},
            lambda: _act_values(test),
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
