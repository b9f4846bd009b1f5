import io

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.pdf import PdfFileReader

from odoo.addons.performance_review.tests.common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestBoard(PerformanceCommon):
    """One page for the board, in the language of whoever prints it, also with many departments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.cycle = cls.launch()
        departments = cls.env["hr.department"].create(
            [{"name": f"A department with a long name, number {number}"} for number in range(40)]
        )
        people = cls.env["hr.employee"].create(
            [{"name": f"Person {number}", "company_id": cls.company.id} for number in range(200)]
        )
        cls.env["performance.review"].sudo().create(
            [
                {
                    "cycle_id": cls.cycle.id,
                    "employee_id": person.id,
                    "department_id": departments[number % 40].id,
                    "company_id": cls.company.id,
                }
                for number, person in enumerate(people)
            ]
        )
        cls.cycle.sudo().figure_groups = False
        cls.cycle.sudo()._compute_figure_groups()

    def report(self, user, lang="en_US"):
        user.lang = lang
        return self.env["ir.actions.report"].with_user(user).with_context(lang=lang).sudo()

    def test_the_page_says_what_the_dashboard_shows(self):
        name = "performance_review_analytics.report_board"
        html = self.report(self.officer_user)._render_qweb_html(name, self.cycle.ids)[0].decode()
        self.assertIn("Reviews at a glance: Year 2026", html)
        self.assertIn("and 29 departments more", html)
        # What lies on a table says whose it is and from when.
        self.assertIn(f"{self.company.name} · 01/01/2026 to 12/31/2026 · as of 03/02/2026", html)
        self.assertIn("Reviews done", html)
        html = self.report(self.officer_user, "zh_CN")._render_qweb_html(name, self.cycle.ids)[0]
        self.assertIn('lang="zh"', html.decode())

    def test_it_is_one_page(self):
        report = self.report(self.officer_user).with_context(force_report_rendering=True)
        name = "performance_review_analytics.report_board"
        content, kind = report._render_qweb_pdf(name, self.cycle.ids)
        if kind != "pdf":
            self.skipTest("wkhtmltopdf is not installed")
        self.assertEqual(len(PdfFileReader(io.BytesIO(content)).pages), 1)

    def test_hr_alone(self):
        with self.assertRaises(AccessError):
            self.cycle.with_user(self.manager_user).sudo()._prepare_board()
