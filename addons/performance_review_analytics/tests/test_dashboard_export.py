import io
import json

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.performance_review.models.performance_pulse import QUESTIONS
from odoo.addons.performance_review.tests.common import PerformanceCommon

DASHBOARD = "/performance_review/dashboard/xlsx"
COCKPIT = "/performance_review/cockpit/xlsx"
SENSOR = "/performance_review/sensor/xlsx"


@tagged("post_install", "-at_install")
class TestDashboardExport(PerformanceCommon, HttpCase):
    """The tables as a workbook: what the screen shows, as text where somebody typed it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.department.name = "=1+1"
        cls.cycle.name = "@SUM(A1)"

    def export(self, path, user, **values):
        """Return the answer to what the screen posts."""
        user.password = user.login
        self.authenticate(user.login, user.login)
        return self.url_open(path, {"csrf_token": Request.csrf_token(self), **values})

    def sheets_of(self, response):
        """Return the sheets of a workbook: title → rows."""
        self.assertEqual(response.status_code, 200, response.text[:300])
        book = load_workbook(io.BytesIO(response.content))
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    self.assertNotEqual(cell.data_type, "f", cell.value)
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    def test_all_tables_of_the_dashboard(self):
        sheets = self.sheets_of(self.export(DASHBOARD, self.officer_user, filters="{}"))
        self.assertEqual(len(sheets), 13)
        heading, row, total = sheets["Reviews done"]
        self.assertEqual(heading[0], "'@SUM(A1)")
        self.assertEqual(row, ("'=1+1", 5, 0, 0, 0, 0, 0, 5))
        self.assertEqual(total[0], "All shown")
        self.assertIn("Too few people yet", sheets["Lead time"][-1])

    def test_one_table(self):
        response = self.export(
            DASHBOARD,
            self.officer_user,
            filters=json.dumps({"period": "all"}),
            table="completion",
        )
        self.assertEqual(list(self.sheets_of(response)), ["Reviews done"])

    def give_pulse(self, first, last):
        """Answer after the talks of some people, all questions with 4."""
        reviews = self.cycle.review_ids[first:last]
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_review SET state = 'agreement' WHERE id IN %s",
            [tuple(reviews.ids)],
        )
        self.env.invalidate_all()
        for review in reviews:
            own = review.with_user(review.employee_user_id)
            own.action_give_pulse(dict.fromkeys(QUESTIONS, 4))
        self.env.flush_all()

    def test_the_pulse_from_its_threshold_on(self):
        self.give_pulse(0, 4)
        sheets = self.sheets_of(self.export(DASHBOARD, self.officer_user, filters="{}"))
        self.assertEqual(
            [row[0] for row in sheets["Pulse"]],
            ["'@SUM(A1)", "Not enough answers: shown from 5 on."],
        )
        self.assertFalse(any(any(row[1:]) for row in sheets["Pulse"][1:]))
        self.give_pulse(4, 5)
        for path, values in (
            (DASHBOARD, {"filters": "{}", "table": "pulse"}),
            (COCKPIT, {"cycle_id": self.cycle.id}),
        ):
            sheets = self.sheets_of(self.export(path, self.officer_user, **values))
            heading, *rows, note = sheets["Pulse"]
            self.assertEqual(heading[1:], (*(f"{mark} of 5 (%)" for mark in range(1, 6)), "Mean"))
            self.assertEqual([row[1:] for row in rows], [(0, 0, 0, 100, 0, 4)] * len(QUESTIONS))
            self.assertIn("5 answers", note[0])

    def test_no_pulse_of_a_part_or_of_all_years(self):
        self.give_pulse(0, 5)
        for filters in ({"period": "all"}, {"department": self.department.id}):
            sheets = self.sheets_of(
                self.export(DASHBOARD, self.officer_user, filters=json.dumps(filters))
            )
            self.assertNotIn("Pulse", sheets)

    def test_managers_have_their_own_threshold_of_the_pulse(self):
        self.give_pulse(0, 5)
        self.env.cr.execute(
            "UPDATE performance_cycle SET manager_minimum = 7 WHERE id = %s", [self.cycle.id]
        )
        self.env.invalidate_all()
        sheets = self.sheets_of(self.export(DASHBOARD, self.manager_user, filters="{}"))
        self.assertEqual(sheets["Pulse"][-1][0], "Not enough answers: shown from 7 on.")

    def test_the_tables_of_the_sensor(self):
        sheets = self.sheets_of(self.export(SENSOR, self.officer_user, cycle_id=self.cycle.id))
        self.assertEqual(list(sheets), ["How it is counted"])
        self.env["performance.sensor.count"].create(
            [
                {
                    "cycle_id": self.cycle.id,
                    "kind": "obstacle",
                    "theme_id": self.theme.id,
                    "people_count": 5,
                    **place,
                }
                for place in ({"is_total": True}, {"department_id": self.department.id})
            ]
        )
        sheets = self.sheets_of(self.export(SENSOR, self.officer_user, cycle_id=self.cycle.id))
        heading, row, note = next(iter(sheets.values()))
        self.assertEqual(heading, ("'@SUM(A1)", "All departments", "'=1+1", "Signal", "Owner"))
        self.assertEqual(row, (self.theme.name, 5, 5, None, None))
        self.assertEqual(note[0], "A figure means: at least so many people.")
        self.assertIn("from 5 people", sheets["How it is counted"][-1][0])

    def test_a_manager_below_the_threshold_gets_no_figure(self):
        sheets = self.sheets_of(self.export(DASHBOARD, self.manager_user, filters="{}"))
        self.assertEqual(len(sheets["Reviews done"]), 3)
        self.assertFalse(any(sheets["Reviews done"][1][6:]))

    def test_the_tables_of_the_cockpit(self):
        sheets = self.sheets_of(self.export(COCKPIT, self.officer_user, cycle_id=self.cycle.id))
        self.assertEqual(sheets["Departments"][1][0], "'=1+1")
        self.assertIn("What is missing", sheets)
        self.assertEqual(sheets["Deadlines"][1][2], "0 of 6 have passed this step")
        self.assertEqual(len(sheets["What many people report"]), 1)
        names = [row[0] for row in sheets["Waited for"]]
        self.assertIn(self.manager.name, names)

    def test_only_who_sees_the_screen_gets_the_sheet(self):
        for path, user in (
            (DASHBOARD, self.worker_user), (DASHBOARD, self.porter_user),
            (COCKPIT, self.manager_user), (COCKPIT, self.worker_user),
            (SENSOR, self.manager_user), (SENSOR, self.director_user), (SENSOR, self.porter_user),
        ):  # fmt: skip
            response = self.export(path, user, filters="{}", cycle_id=self.cycle.id)
            self.assertNotIn("spreadsheet", response.headers["Content-Type"], user.login)
        for wrong in ("[", "[]", '{"cycle_id": "x"}', '{"period": "week"}'):
            response = self.export(DASHBOARD, self.officer_user, filters=wrong)
            self.assertNotIn("spreadsheet", response.headers["Content-Type"], wrong)
