import io
import json

from openpyxl import load_workbook

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon

DASHBOARD = "/performance_review/dashboard/xlsx"
COCKPIT = "/performance_review/cockpit/xlsx"


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
        self.assertEqual(len(sheets), 12)
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

    def test_a_manager_below_the_threshold_gets_no_figure(self):
        sheets = self.sheets_of(self.export(DASHBOARD, self.manager_user, filters="{}"))
        self.assertEqual(len(sheets["Reviews done"]), 3)
        self.assertFalse(any(sheets["Reviews done"][1][6:]))

    def test_the_tables_of_the_cockpit(self):
        sheets = self.sheets_of(self.export(COCKPIT, self.officer_user, cycle_id=self.cycle.id))
        self.assertEqual(sheets["Departments"][1][0], "'=1+1")
        self.assertIn("What is missing", sheets)
        names = [row[0] for row in sheets["Waited for"]]
        self.assertIn(self.manager.name, names)

    def test_only_who_sees_the_screen_gets_the_sheet(self):
        for path, user in (
            (DASHBOARD, self.worker_user), (DASHBOARD, self.porter_user),
            (COCKPIT, self.manager_user), (COCKPIT, self.worker_user),
        ):  # fmt: skip
            response = self.export(path, user, filters="{}", cycle_id=self.cycle.id)
            self.assertNotIn("spreadsheet", response.headers["Content-Type"], user.login)
        for wrong in ("[", "[]", '{"cycle_id": "x"}', '{"period": "week"}'):
            response = self.export(DASHBOARD, self.officer_user, filters=wrong)
            self.assertNotIn("spreadsheet", response.headers["Content-Type"], wrong)
