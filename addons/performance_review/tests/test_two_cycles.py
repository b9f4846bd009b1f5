from datetime import date

from odoo.fields import Command
from odoo.tests import tagged

from .ring_common import RingCommon


@tagged("post_install", "-at_install")
class TestTwoCycles(RingCommon):
    """The end of one cycle is the beginning of the next: nobody types anything twice."""

    def test_the_second_preparation_knows_the_first(self):
        # 2026: a gap with a theme is prepared, and three promises are signed.
        self.env["performance.point"].with_user(self.manager_user).create(
            {
                "review_id": self.first.id,
                "kind": "gap",
                "name": "Handovers get lost",
                "fact": "On 3 March two orders were lost.",
                "theme_id": self.theme.id,
            }
        )
        change, support, development = self.sign_first()
        # Follow-up: it gets better, comes back, and the manager forgets the bench.
        self.record(change, 60.0)
        self.record(change, 20.0)
        change.with_user(self.manager_user).action_outcome_recurred()
        development.with_user(self.manager_user).action_outcome_improved()

        # 2027: a new cycle is launched, and the manager opens the empty sheet.
        review = self.next_year()
        self.assertFalse(review.point_ids)
        self.assertEqual(review.previous_review_id, self.first)

        # What is overdue, first of all the manager's own debt.
        found = review.get_last_time()
        self.assertEqual(found["cycle"], "Year 2026")
        self.assertEqual(found["closure"]["text"], "1 of 3 kept")
        lines = {line["name"]: line for line in found["lines"]}
        self.assertEqual(found["lines"][0]["name"], support.name)
        self.assertTrue(lines[support.name]["is_overdue"])
        self.assertEqual(lines[support.name]["owner_label"], "Pr Manager")
        # What came back, with the line of its progress.
        self.assertEqual(lines[change.name]["outcome"], "recurred")
        self.assertEqual(lines[change.name]["series"], [60.0, 20.0])
        self.assertEqual(lines[development.name]["outcome"], "improved")

        # The same as evidence and as points to be, with what is repeated.
        evidence = {source["code"]: source for source in review.get_evidence()}
        titles = [item["title"] for item in evidence["commitment"]["items"]]
        self.assertCountEqual(titles, [change.name, support.name, development.name])
        proposals = {each["commitment_id"]: each for each in review.get_proposals()}
        self.assertEqual(set(proposals) - {False}, {change.id, support.id})
        self.assertIn("came back", proposals[change.id]["reason"])
        self.assertIn("“Handover” was a gap in Year 2026", proposals[change.id]["reason"])
        self.assertIn("Your own side owes this", proposals[support.id]["reason"])

        # One click each, and the sheet knows how often.
        (change | support).with_user(self.manager_user).action_take_along()
        gap = review.gap_ids
        self.assertEqual((gap.name, gap.theme_id, gap.repeat_count), (change.name, self.theme, 1))
        self.assertTrue(gap.is_complete)
        self.assertEqual(gap.get_repeats()[0]["fact"], "On 3 March two orders were lost.")
        self.assertEqual(review.support_ids.commitment_id, support)

        # On through the talk into the draft, and signed for the second time.
        draft = self.to_agreement(review.sudo()).with_user(self.manager_user)
        taken = draft.suggestion_ids.filtered("origin_commitment_id")
        self.assertEqual(taken.origin_commitment_id, change | support)
        taken.action_accept()
        draft.suggestion_ids.filtered(
            lambda each: each.name == "Halve the complaints about handovers"
        ).action_accept()
        draft.commitment_ids.date_deadline = date(2027, 9, 1)
        draft.goal_ids.write({"date_deadline": date(2027, 9, 30)})
        draft.action_propose()
        self.sign_as(draft)
        self.sign_as(draft, self.worker_user)
        again = draft.commitment_ids.filtered(lambda line: line.kind == "change")
        self.assertEqual(again._get_times_text(), "carried from Year 2026, second time")

        # 2028: the third preparation says so.
        self.travel_to(date(2028, 3, 6))
        third = self.launch(
            name="Year 2028",
            date_start=date(2028, 1, 1),
            date_end=date(2028, 12, 31),
            preparation_deadline=date(2028, 3, 20),
            dialogue_deadline=date(2028, 4, 10),
            agreement_deadline=date(2028, 4, 30),
        )
        last = self.review_of(third, self.worker).with_user(self.manager_user)
        shown = {line["name"]: line for line in last.get_last_time()["lines"]}
        self.assertEqual(shown[change.name]["times"], 2)
        self.assertIn("second time", shown[change.name]["note"])
        self.assertTrue(shown[support.name]["is_overdue"])

    def test_the_rate_of_band_and_report_is_one(self):
        """Every outcome, before and after its day, with and without a day."""
        agreement = self.fill_agreement(self.to_agreement(self.first))
        agreement.commitment_ids = [
            Command.create(
                {"kind": "development", "name": f"{month}", "date_deadline": day, "owner": owner}
            )
            for month, day in (
                ("none", False),
                ("soon", date(2027, 2, 28)),
                ("late", date(2027, 9, 1)),
            )
            for owner in ("employee", "reviewer", "hr", "company")
            for _each in range(5)
        ]
        agreement.action_propose()
        self.sign_as(agreement)
        self.sign_as(agreement, self.worker_user)
        outcomes = ("open", "closed", "improved", "untouched", "recurred")
        lines = agreement.commitment_ids.filtered(lambda line: line.kind == "development")
        for index, line in enumerate(lines):
            line.with_user(self.manager_user).action_set_outcome(outcomes[index % 5])
        review = self.next_year()
        Report = self.env["performance.review.report"].with_user(self.administrator_user)
        for kept in range(0, len(lines), 7):
            lines[kept].with_user(self.manager_user).action_set_outcome("closed")
            self.env.flush_all()
            self.env.invalidate_all()
            found = review.get_last_time()
            rate = Report.browse(self.first.id).closure_rate
            self.assertAlmostEqual(rate, found["closure"]["rate"], places=6)
            self.assertLess(
                found["closure"]["total"], len(found["lines"]), "not everything is due yet"
            )
