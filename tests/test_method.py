"""docs/METHOD.md says what the code does."""

import re
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from odoo.addons.performance_review.models.performance_review_checklist import CHECKS

ROOT = Path(__file__).resolve().parents[1]
# The first author and the year.
CITED = re.compile(r"([A-Z]\w+)(?:, [A-Z]\w+)*(?: & [A-Z]\w+| et al\.)? (\d{4})")


@tagged("post_install", "-at_install")
class TestMethodPage(TransactionCase):
    """The figures of the page are those of the product, and every rule names its source."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = (ROOT / "docs/METHOD.md").read_text(encoding="utf-8")
        cls.rows = [
            [cell.strip() for cell in line.strip("|\n").split(" | ")]
            for line in cls.text.splitlines()
            if line.startswith("| ")
        ]

    def find(self, first):
        """Return the cells of the row whose first cell is ``first``."""
        return next(
            [cell.strip(" |") for cell in row] for row in self.rows if row[0].strip(" |*") == first
        )

    def test_minutes_of_the_checklist(self):
        rows = (
            "Goals and key figures reviewed", "Feedback collected", "Strengths and gaps",
            "Supports", "Meeting booked", "Self-assessment received",
        )  # fmt: skip
        told = [int(self.find(row)[1]) for row in rows]
        self.assertEqual(told, [check.minutes for check in CHECKS])
        self.assertEqual(self.find("A person")[1], f"**{sum(told)}**")

    def test_thresholds(self):
        company = self.env["res.company"].new({})
        for row, values in (
            ("Points of each kind", [company.performance_min_points]),
            ("Minimum length of a dialogue", [company.performance_min_duration]),
            (
                "Employee's talk share, floor and aim",
                [int(company.performance_share_floor), int(company.performance_share_aim)],
            ),
            ("Pulse answers to show an average", [company.performance_pulse_minimum]),
            (
                "People and teams for a signal",
                [company.performance_signal_people, company.performance_signal_teams],
            ),
            (
                "Days before a date on which people are reminded",
                list(company._get_performance_ladder()[0]),
            ),
            (
                "Days overdue until both sides, the upper manager, HR are told",
                list(company._get_performance_ladder()[1]),
            ),
            (
                "Behaviours to change in one agreement",
                [self.env["performance.agreement"]._get_change_limit()],
            ),
        ):
            with self.subTest(row):
                told = [int(number) for number in re.findall(r"\d+", self.find(row)[1])]
                self.assertEqual(told, values)

    def test_every_rule_has_a_source_and_every_source_is_listed(self):
        rules = self.text.split("## Thresholds")[0]
        sources = self.text.split("## Sources")[1]
        tables = re.findall(r"\| Rule \|.*?\n\n", rules, re.DOTALL)
        self.assertTrue(tables)
        for row in "".join(tables).splitlines():
            if not row.startswith("| ") or row.startswith("| Rule"):
                continue
            source = row.strip("| ").rsplit(" | ", 1)[1]
            with self.subTest(row):
                self.assertRegex(source, r"House rule|\d{4}")
                for author, year in CITED.findall(source):
                    self.assertRegex(sources, rf"(?s){author}.*?\({year}\)")
