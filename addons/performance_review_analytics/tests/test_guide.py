from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestGuide(PerformanceCommon):
    """The guides to hand out say what this cycle asks for, in every language people read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.outline.question_ids.with_context(lang="zh_CN")[0].name = "什么做得好？"
        cls.cycle = cls.create_cycle(
            min_points=4, min_duration=45, checkpoint_rhythm="custom", checkpoint_days=20
        ).with_user(cls.officer_user)

    def print(self, audience, user=None):
        """Return the guide as HTML, as HR prints it."""
        report = self.env["ir.actions.report"].with_user(user or self.officer_user)
        report = report.with_company(report.env.user.company_id).sudo()
        name = f"performance_review_analytics.report_guide_{audience}"
        return report._render_qweb_html(name, self.cycle.ids)[0].decode()

    def test_managers_read_the_rules_of_their_cycle(self):
        text = self.print("manager")
        for words in (
            "Guide for managers: Year 2026",
            "at least 4 strengths, 4 gaps and 4 supports",
            "at least 45 minutes, listens at least 50 % of the time, best near 60 %",
            "every 20 days",
            "until 04/10/2026",
            "A step is left once nothing is missing in it.",
            "before the end of 03/20/2026",
            "Read it once both have signed.",
        ):
            self.assertIn(words, text)
        self.cycle.gate_mode = "advisory"
        self.assertIn("although something is missing", self.print("manager"))

    def test_employees_read_theirs(self):
        text = self.print("employee")
        self.assertIn("Guide for employees: Year 2026", text)
        self.assertIn("Your manager", text)
        self.assertIn("“I acknowledge” is not “I agree”", text)
        self.assertNotIn("A label such as", text)

    def test_each_is_asked_the_own_questions(self):
        first, second, _third = self.outline.question_ids
        first.for_self_assessment = False
        second.for_dialogue = False
        manager, employee = self.print("manager"), self.print("employee")
        self.assertIn(first.name, manager)
        self.assertNotIn(second.name, manager)
        self.assertIn(second.name, employee)
        self.assertNotIn(first.name, employee)

    def test_every_language_has_its_pages(self):
        text = self.print("employee")
        self.assertIn('lang="en"', text)
        self.assertIn('lang="zh"', text)
        self.assertIn("什么做得好？", text)
        codes = self.cycle.with_context(lang="zh_CN")._get_guide_languages()
        self.assertEqual(codes[0], "zh_CN")

    def test_without_deadlines(self):
        self.cycle.write(
            {
                "preparation_deadline": False,
                "dialogue_deadline": False,
                "agreement_deadline": False,
            }
        )
        text = self.print("employee")
        self.assertIn("before both have handed in.", text)
        self.assertNotIn("until", text.split("Good to know")[0].split("HR</th>")[1])

    def test_hr_alone_prints_them(self):
        for user, expected in ((self.officer_user, 2), (self.manager_user, 0)):
            bindings = (
                self.env["ir.actions.actions"].with_user(user).get_bindings("performance.cycle")
            )
            names = [action["name"] for action in bindings.get("report", [])]
            self.assertEqual(len([name for name in names if name.startswith("Guide")]), expected)
        # Nor by its address, which asks no menu: this cycle is a draft that HR still changes.
        for user in (
            self.manager_user, self.worker_user, self.porter_user, self.outsider_user,
            self.foreign_officer_user,
        ):  # fmt: skip
            for audience in ("manager", "employee"):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.print(audience, user)

    def test_all_languages_are_one_document(self):
        """The wkhtmltopdf of Debian refuses more than one: nobody could print a guide."""
        page = html.document_fromstring(self.print("manager"))
        self.assertEqual(len(page.find_class("article")), 1)
        self.assertEqual(len(page.find_class("o_pr_guide")), 2)
