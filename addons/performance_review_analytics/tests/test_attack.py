from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon

MINUTES = 900  # nobody else talked that long
FIGURES = ["duration:max", "employee_share:sum", "__count"]


@tagged("post_install", "-at_install")
class TestAttack(PerformanceCommon):
    """The numbers, over RPC: HR about herself, and whoever has no business in the analysis."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch(gate_mode="advisory")
        cls.own = cls.review_of(cls.cycle, cls.officer_employee)
        for review in cls.cycle.review_ids:
            dialogue = cls.env["performance.dialogue"].create({"review_id": review.id})
            hours = 15 if review == cls.own else 1
            dialogue.write(
                {
                    "date_start": "2026-03-01 05:00:00",
                    "date_end": f"2026-03-01 {5 + hours:02}:00:00",
                }
            )
        cls.env.flush_all()
        cls.core_hr_user = new_test_user(
            cls.env,
            "pr_core_hr",
            groups="hr.group_hr_manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def call(self, user, method, *args, model="performance.review.report", **kwargs):
        self.env.invalidate_all()
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def test_the_secret_is_there(self):
        report = self.env["performance.review.report"]
        self.assertEqual(report.browse(self.own.id).duration, MINUTES)
        self.assertEqual(report.search_count([("duration", "=", MINUTES)]), 1)

    def test_hr_singles_herself_out(self):
        user = self.officer_user
        for domain in (
            [("id", "=", self.own.id)],
            [("id", "not in", (self.cycle.review_ids - self.own).ids)],
            ["!", ("id", "!=", self.own.id)],
            [("employee_user_id", "=", user.id)],
            [("employee_user_id.login", "=", user.login)],
            [("employee_user_id", "any", [("id", "=", user.id)])],
            [("duration", ">=", MINUTES)],
            [("cycle_id.review_ids", "=", self.own.id), ("duration", ">", 60)],
            [("reviewer_id", "=", self.own.reviewer_id.id), ("duration", "!=", 60)],
        ):
            with self.subTest(domain=domain):
                self.assertEqual(self.call(user, "search_count", domain), 0)
                self.assertFalse(self.call(user, "name_search", "", domain))
                self.assertFalse(self.call(user, "search_read", domain, ["duration"]))
                (row,) = self.call(user, "formatted_read_group", domain, [], FIGURES)
                self.assertEqual((row["__count"], row["duration:max"]), (0, False))
                found = self.call(user, "web_read_group", domain, ["cycle_id"], FIGURES)
                self.assertEqual(found["length"], 0)

    def test_no_group_and_no_order_shows_her(self):
        user = self.officer_user
        others = len(self.cycle.review_ids) - 1
        for groupby in (
            [], ["cycle_id"], ["department_id"], ["job_id"], ["reviewer_id"], ["employee_user_id"],
            ["signed_on:day"], ["first_due:day"], ["state"], ["holds_by"], ["duration"],
            ["reviewer_id", "employee_user_id"],
        ):  # fmt: skip
            with self.subTest(groupby=groupby):
                rows = self.call(user, "formatted_read_group", [], groupby, FIGURES)
                self.assertEqual(sum(row["__count"] for row in rows), others)
                self.assertEqual({row["duration:max"] for row in rows}, {60})
                accounts = {row["employee_user_id"][0] for row in rows if "employee_user_id" in row}
                self.assertNotIn(user.id, accounts)
        (first,) = self.call(user, "search_read", [], ["duration"], order="duration desc", limit=1)
        self.assertEqual(first["duration"], 60)
        with self.assertRaises(AccessError):
            self.call(user, "read", [self.own.id], ["duration"])
        user.group_ids |= self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self.call(user, "export_data", [self.own.id], ["duration"])

    def test_whoever_has_no_business_here(self):
        """Core HR, a manager and those above, an employee inside and one on the portal."""
        for user in (
            self.core_hr_user, self.manager_user, self.director_user, self.worker_user,
            self.porter_user, self.outsider_user,
        ):  # fmt: skip
            for method, args in (
                ("search_count", [[]]),
                ("search_read", [[], ["duration"]]),
                ("read", [[self.own.id], ["duration"]]),
                ("name_search", [""]),
                ("formatted_read_group", [[], ["signed_on:day"], FIGURES]),
                ("web_read_group", [[], ["reviewer_id"], FIGURES]),
            ):
                with self.subTest(user.login, method=method), self.assertRaises(AccessError):
                    self.call(user, method, *args)
            for method, args in (
                ("get_cockpit", []),
                ("get_cockpit_rest", [self.cycle.id]),
                ("get_sensor", []),
                ("action_copy_last", [[]]),
            ):
                with self.subTest(user.login, method=method), self.assertRaises(AccessError):
                    self.call(user, method, *args, model="performance.cycle")

    def test_nobody_reads_the_rows_behind_means(self):
        for model in ("performance.practice", "performance.pulse"):
            for user in (
                self.officer_user, self.administrator_user, self.core_hr_user, self.director_user,
                self.manager_user, self.porter_user,
            ):  # fmt: skip
                for method, args in (
                    ("search_count", [[]]),
                    ("search_read", [[]]),
                    ("formatted_read_group", [[], ["cycle_id"], ["__count"]]),
                ):
                    with self.subTest(model, user=user.login), self.assertRaises(AccessError):
                        self.call(user, method, *args, model=model)
