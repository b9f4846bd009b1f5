import csv
import io
import json
import zipfile

from lxml import etree

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from ..tools.spreadsheet_text import as_text
from .common import PerformanceCommon

TEXTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1", "{=1+1}", "＝1+1")
CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@tagged("post_install", "-at_install")
class TestExports(PerformanceCommon, HttpCase):
    """What people type leaves as a text, through the routes that the web client uses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer_user.group_ids = [Command.link(cls.env.ref("base.group_allow_export").id)]
        cls.officer_user.password = "pr_officer_secret"
        cls.goals = cls.env["performance.goal"].create(
            [
                {"name": text, "scope": "company", "company_id": cls.company.id, "target": -2.5}
                for text in TEXTS
            ]
        )

    def export(self, kind, fields, records, **params):
        """Return what the export dialog of the web client would download."""
        self.authenticate("pr_officer", "pr_officer_secret")
        described = records.fields_get([name.split("/")[0] for name in fields], ["type", "string"])
        data = {
            "model": records._name,
            "fields": [
                {
                    "name": name,
                    "label": name,
                    "type": described[name.split("/")[0]]["type"],
                    "store": True,
                }
                for name in fields
            ],
            "ids": records.ids,
            "domain": [],
            "import_compat": False,
            "context": {"allowed_company_ids": self.company.ids},
            **params,
        }
        response = self.post(f"/web/export/{kind}", data)
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response.content

    def post(self, route, data):
        token = Request.csrf_token(self)
        return self.url_open(route, data={"data": json.dumps(data), "csrf_token": token})

    def read_xlsx(self, content):
        """Return the sheet's tree and all its texts."""
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
            strings = etree.fromstring(book.read("xl/sharedStrings.xml"))
        return sheet, ["".join(each.itertext()) for each in strings.iter(f"{CELL}si")]

    def assert_no_formula(self, content):
        sheet, texts = self.read_xlsx(content)
        self.assertFalse(list(sheet.iter(f"{CELL}f")), "a formula is alive")
        return sheet, texts

    def test_csv(self):
        content = self.export("csv", ["name", "target"], self.goals).decode()
        rows = list(csv.reader(io.StringIO(content, newline="")))[1:]
        self.assertEqual([name for name, _target in rows], [f"'{text}" for text in TEXTS])

    def test_xlsx(self):
        sheet, texts = self.assert_no_formula(self.export("xlsx", ["name", "target"], self.goals))
        for text in ("=1+1", "@SUM(A1)", "{=1+1}"):
            self.assertIn(f"'{text}", texts)
        numbers = [
            float(cell.find(f"{CELL}v").text)
            for cell in sheet.iter(f"{CELL}c")
            if cell.get("t") != "s" and cell.find(f"{CELL}v") is not None
        ]
        self.assertEqual(numbers, [-2.5] * len(TEXTS), "a number became a text")

    def test_titles_of_groups(self):
        _sheet, texts = self.assert_no_formula(
            self.export("xlsx", ["name", "target"], self.goals, groupby=["name"])
        )
        self.assertIn("'=1+1 (1)", texts)

    def test_lines_of_another_model(self):
        """Exported from the employee, the goal's text is as harmless."""
        self.worker.name = "=Worker"
        cycle = self.launch()
        review = self.review_of(cycle, self.worker)
        self.env["performance.point"].create(
            {"review_id": review.id, "kind": "strength", "name": "=1+1", "fact": "@here"}
        )
        review.cycle_id.name = "=Cycle"
        _sheet, texts = self.assert_no_formula(
            self.export("xlsx", ["employee_id/name", "cycle_id/name", "point_ids/name"], review)
        )
        self.assertIn("'=Worker", texts)
        employee = self.worker.sudo().with_context(import_compat=False)
        rows = employee._export_rows([["performance_review_ids", "point_ids", "name"]])
        self.assertEqual(rows, [["'=1+1"]])

    def test_report(self):
        cycle = self.launch(name="=1+1")
        self.env.flush_all()
        report = self.env["performance.review.report"].with_user(self.officer_user)
        report = report.search([("cycle_id", "=", cycle.id)])
        self.assertTrue(report)
        self.assert_no_formula(self.export("xlsx", ["cycle_id"], report))
        self.assertIn("'=1+1", self.export("csv", ["cycle_id"], report).decode())

    def test_pivot(self):
        self.authenticate("pr_officer", "pr_officer_secret")
        table = {
            "model": "performance.review.report",
            "title": "Review analysis",
            "measure_count": 1,
            "col_group_headers": [[{"title": "=1+1", "width": 1, "height": 1}]],
            "measure_headers": [{"title": "=2+2", "is_bold": False}],
            "rows": [
                {
                    "title": "=3+3",
                    "indent": 0,
                    "values": [{"value": -4.5}, {"value": "=4+4", "is_bold": True}],
                }
            ],
        }
        response = self.post("/web/pivot/export_xlsx", table)
        self.assertEqual(response.status_code, 200)
        sheet, texts = self.assert_no_formula(response.content)
        self.assertLessEqual({"'=1+1", "'=2+2", "'=3+3", "'=4+4"}, set(texts))
        self.assertIn("-4.5", [value.text for value in sheet.iter(f"{CELL}v")])

    def test_other_types_stay(self):
        for value in (-5, -5.5, True, False, None, b"=1", ("=1", 2), "5 = 5", ""):
            self.assertEqual(as_text(value), value)
            self.assertIs(type(as_text(value)), type(value))
