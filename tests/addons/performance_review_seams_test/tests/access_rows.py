"""What the access tests of performance_review must know of this addon, see access_common.py."""

from odoo.addons.performance_review.tests.access_common import Line

# The steps:        prep   dialogue  draft    proposed  signed   done
MATRIX = {
    "praise": {
        "employee": "r",
        "reviewer": "r",
        "officer":  "rwcu",
    },
}  # fmt: skip


def create_records(case):
    case.env["performance.praise"].create(
        [{"employee_id": employee.id, "name": "Came at night"} for employee in case.people]
    )


def review_lines(test, review):
    employee = review.employee_id
    return {
        "praise": Line(
            "performance.praise",
            lambda: (
                test.env["performance.praise"].search([("employee_id", "=", employee.id)])
                or test.env["performance.praise"].create(
                    {"employee_id": employee.id, "name": "Came at night"}
                )
            ),
            {"name": "Changed"},
            lambda: {"employee_id": employee.id, "name": "One more"},
        )
    }
