"""What the access tests of performance_review must know of this addon, see access_common.py."""

from odoo.addons.performance_review.tests.access_common import Line

GENERAL = {
    "cycle event":      {"officer": "r"},
    "wizard: deadline": {"officer": "rwcu", "administrator": "c"},
}  # fmt: skip

VERBS = {
    "performance.cycle.action_move_deadline": {"officer"},
    "performance.cycle.action_copy_last": {"officer"},
}

ARGUMENTS = {
    "name": "dialogue_deadline",
    "date": "2026-04-20",
}


def create_records(case):
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
    return {
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
