import base64
import io

from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import PerformanceCommon

REPORT = "performance_review.action_report_agreement"


@tagged("post_install", "-at_install")
class TestReport(PerformanceCommon):
    """The printed agreement, and the view behind HR's analysis."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.porter)

    def render(self, agreement, user):
        self.env.flush_all()
        self.env.invalidate_all()
        html, _kind = (
            self.env["ir.actions.report"].with_user(user)._render_qweb_html(REPORT, agreement.ids)
        )
        return html.decode() if isinstance(html, bytes) else str(html)

    def sign(self, image=None):
        agreement = self.to_proposed(self.review)
        self.sign_as(agreement, self.manager_user, name="M. Manager")
        self.sign_as(
            agreement, self.porter_user, signature=image, name="P. Porter", stance="acknowledge"
        )
        return agreement.sudo()

    # ------------------------------------------------------------------
    # The agreement on paper
    # ------------------------------------------------------------------

    def test_opens_with_the_newest_cycle(self):
        action = self.env.ref("performance_review.performance_review_report_action")
        self.assertIn("search_default_newest_cycle", action.context)
        domain = [("cycle_id.is_newest", "=", True)]
        Report = self.env["performance.review.report"].with_user(self.officer_user)
        newest = self.launch(
            name="Year 2027", date_start="2027-01-01", date_end="2027-12-31",
            preparation_deadline=False, dialogue_deadline=False, agreement_deadline=False,
        )  # fmt: skip
        self.create_cycle(name="Draft", date_start="2028-01-01", date_end="2028-12-31")
        self.launch(name="Year 2020", date_start="2020-01-01", date_end="2020-12-31")
        self.assertEqual(Report.search(domain).cycle_id, newest.with_user(self.officer_user))
        self.assertTrue(newest.is_newest)

    def test_both_sides_print_all_that_was_signed(self):
        stream = io.BytesIO()
        Image.new("RGB", (40, 20), "white").save(stream, "PNG")
        image = base64.b64encode(stream.getvalue()).decode()
        agreement = self.sign(image)
        for user in (self.manager_user, self.porter_user, self.officer_user, self.director_user):
            html = self.render(agreement, user)
            with self.subTest(user.login):
                for text in (
                    self.porter.name, self.manager.name, "Year 2026",
                    "We look at handovers every month.", "Halve the complaints about handovers",
                    "A checklist and a second reading", "Fewer complaints",
                    "Confirms every handover in writing", "A second bench", "M. Manager",
                    "P. Porter", "I acknowledge it", agreement.sha256, image,
                ):  # fmt: skip
                    self.assertIn(text, html)

    def test_nothing_of_preparation_dialogue_and_notes(self):
        self.env["performance.note"].with_user(self.manager_user).create(
            {"review_id": self.review.id, "body": "Ask about the move"}
        )
        self.submit_self_assessment(self.review)
        html = self.render(self.sign(), self.manager_user)
        for text in (
            "Ask about the move", "gap 0", "strength 1", "was seen", "Asked before ordering",
            "I finished the new bench in time.",
        ):  # fmt: skip
            self.assertNotIn(text, html)

    def test_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["performance_review"], ["zh_CN"])
        agreement = self.sign()
        self.porter_user.lang = "zh_CN"
        chinese = self.render(agreement, self.porter_user)
        english = self.render(agreement, self.manager_user)
        self.assertIn("Result goals", english)
        self.assertNotIn("Result goals", chinese)
        self.assertIn("共识", chinese)
        self.assertIn("Halve the complaints about handovers", chinese, "what was typed stays")

    def test_letterhead_stands_in_the_body_and_supports_come_first(self):
        self.company.write({"street": "1 Long Road", "city": "Tampere"})
        html = self.render(self.sign(), self.manager_user)
        order = [
            html.index(text)
            for text in (
                "Review Works", "1 Long Road", "Agreement, version 1", "A second bench",
                "Halve the complaints", "Confirms every handover", "M. Manager", "SHA-256",
            )
        ]  # fmt: skip
        self.assertEqual(order, sorted(order))
        self.assertEqual(html.count("<body"), 1)
        paper = self.env.ref(REPORT).paperformat_id
        self.assertLess(paper.margin_top, 20, "no room is kept for a header that is not there")

    def test_figures_as_people_write_them(self):
        agreement = self.fill_agreement(self.to_agreement(self.review))
        agreement.goal_ids.write({"baseline": 12.5, "target": 6.0, "unit": "天"})
        agreement.action_propose()
        html = self.render(agreement, self.manager_user)
        self.assertIn("6 天", html)
        self.assertIn("12.5 天", html)
        self.assertNotIn("6.0", html)

    def test_unsigned_says_so(self):
        html = self.render(self.to_proposed(self.review), self.porter_user)
        self.assertEqual(html.count("Not signed"), 2)
        self.assertNotIn("SHA-256", html)

    def test_a_disputed_agreement_prints_both_statements(self):
        agreement = self.to_proposed(self.review)
        self.dispute_as(agreement, self.porter_user, "Not with this staff")
        agreement.with_user(self.officer_user).action_close_by_hr("It stands for now")
        html = self.render(agreement, self.porter_user)
        self.assertIn("Not with this staff", html)
        self.assertIn("It stands for now", html)

    def test_text_is_not_markup(self):
        agreement = self.fill_agreement(self.to_agreement(self.review))
        agreement.summary = "<script>alert(1)</script>"
        agreement.goal_ids.means = "<b>bold</b>"
        agreement.action_propose()
        html = self.render(agreement, self.manager_user)
        self.assertNotIn("<script>alert(1)</script>", html)
        self.assertIn("&lt;script&gt;", html)
        self.assertNotIn("<b>bold</b>", html)

    def test_strangers_print_nothing(self):
        agreement = self.sign()
        for user in (self.rival_user, self.outsider_user, self.worker_user, self.stranger_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.render(agreement, user)

    def test_a_draft_is_not_printed_by_the_employee(self):
        agreement = self.to_agreement(self.review)
        with self.assertRaises(AccessError):
            self.render(agreement, self.porter_user)
        self.assertIn("Agreement, version 1", self.render(agreement, self.manager_user))

    def test_the_button_prints(self):
        agreement = self.sign()
        action = agreement.with_user(self.manager_user).action_print()
        self.assertEqual(action["report_name"], "performance_review.report_agreement")
        with self.assertRaises(AccessError):
            agreement.with_user(self.outsider_user).action_print()

    # ------------------------------------------------------------------
    # Analysis
    # ------------------------------------------------------------------

    def row(self, review=None, user=None):
        user = user or self.administrator_user
        return (
            self.env["performance.review.report"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .search([("id", "=", (review or self.review).id)])
        )

    def test_one_row_per_review(self):
        rows = (
            self.env["performance.review.report"]
            .with_user(self.administrator_user)
            .search([("cycle_id", "=", self.cycle.id)])
        )
        self.assertEqual(set(rows.ids), set(self.cycle.review_ids.ids))
        row = self.row()
        self.assertEqual(row.department_id.sudo(), self.department)
        self.assertEqual(row.state, "preparation")
        self.assertFalse(row.commitment_count or row.closure_rate or row.days_to_sign)

    def test_unsaved_changes_are_seen(self):
        self.to_dialogue(self.review)
        self.assertEqual(self.row().state, "dialogue")

    def test_figures_of_the_agreement_in_force(self):
        first = self.sign()
        lines = first.commitment_ids.with_user(self.manager_user)
        lines[0].action_outcome_improved()
        row = self.row()
        self.assertEqual((row.commitment_count, row.settled_count), (2, 1))
        self.assertEqual(row.closure_rate, 100.0, "what is not due yet does not count")
        lines[1].action_outcome_recurred()
        self.env.invalidate_all()
        self.assertEqual(self.row().closure_rate, 50.0)
        second = first.with_user(self.manager_user)
        second = second.browse(second.action_amend()["res_id"])
        second.action_propose()
        self.sign_as(second)
        self.sign_as(second, self.porter_user)
        self.env.invalidate_all()
        self.assertEqual(self.row().commitment_count, 2, "versions are not added up")
        self.assertEqual(self.row().closure_rate, 50.0)

    def test_talk_share_only_where_it_was_measured(self):
        dialogue = self.to_dialogue(self.review).with_user(self.manager_user)
        dialogue.write({"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 09:50:00"})
        row = self.row()
        self.assertEqual(row.duration, 50.0)
        Report = self.env["performance.review.report"].with_user(self.administrator_user)
        domain = [("cycle_id", "=", self.cycle.id)]
        ((average,),) = Report._read_group(domain, [], ["employee_share:avg"])
        self.assertFalse(average)
        dialogue.write({"employee_seconds": 60, "reviewer_seconds": 40})
        ((average,),) = Report._read_group(domain, [], ["employee_share:avg"])
        self.assertEqual(average, 60.0, "a talk nobody measured is no 0 %")

    def test_hr_alone_analyses_and_not_itself(self):
        for user in (self.manager_user, self.worker_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.row(user=user)
        own = self.review_of(self.cycle, self.officer_employee)
        self.assertFalse(self.row(own, self.officer_user))
        self.assertTrue(self.row(own, self.administrator_user))
        self.assertFalse(self.row(user=self.foreign_officer_user))
