from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .ring_common import RingCommon

VALUES = {
    "kind", "nature", "name", "fact", "goal_id", "incident_id", "theme_id", "commitment_id",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestProposals(RingCommon):
    """Points that the period and the last agreement suggest."""

    def propose(self, review, prefix=""):
        found = review.with_user(self.manager_user).get_proposals()
        return {each["code"]: each for each in found if each["code"].startswith(prefix)}

    def take(self, review, proposal):
        """Make a proposal a point as the screen does."""
        return (
            self.env["performance.point"]
            .with_user(self.manager_user)
            .create({"review_id": review.id, **{name: proposal[name] for name in VALUES}})
        )

    def add_result(self, *achieved, **vals):
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 2, 28),
                "state": "confirmed",
                "goal_ids": [
                    Command.create(
                        {
                            "name": f"KPI {index}", "unit": "pieces", "target": 10.0,
                            "actual": actual, "employee_id": self.worker.id, **vals,
                        }
                    )
                    for index, actual in enumerate(achieved)
                ],
            }
        )  # fmt: skip
        self.first.sudo().appraisal_id = appraisal
        return appraisal.goal_ids

    def note(self, name, polarity, share=True, **vals):
        incident = (
            self.env["performance.incident"]
            .with_user(self.manager_user)
            .create({"employee_id": self.worker.id, "name": name, "polarity": polarity, **vals})
        )
        if share:
            incident.action_share()
        return incident

    def test_best_and_worst_kpi(self):
        goals = self.add_result(9.0, 12.0, 4.0)
        found = self.propose(self.first)
        self.assertEqual(set(found), {f"goal-{goals[1].id}", f"goal-{goals[2].id}"})
        best, worst = found[f"goal-{goals[1].id}"], found[f"goal-{goals[2].id}"]
        self.assertEqual((best["kind"], best["goal_id"]), ("strength", goals[1].id))
        self.assertEqual((worst["kind"], worst["nature"]), ("gap", "result"))
        self.assertIn("4 of 10 pieces", worst["fact"])
        self.assertIn("3 KPIs", worst["reason"])
        for proposal in found.values():
            self.assertEqual(set(proposal), VALUES | {"code", "reason"})
            point = self.take(self.first, proposal)
            self.assertTrue(point.is_complete)
            self.assertFalse(point.label_warning)
        self.assertFalse(self.propose(self.first), "taken is not proposed again")

    def test_one_kpi_is_one_thing_or_the_other(self):
        goal = self.add_result(12.0)
        self.assertEqual([each["kind"] for each in self.propose(self.first).values()], ["strength"])
        goal.sudo().actual = 7.0
        self.assertEqual([each["kind"] for each in self.propose(self.first).values()], ["gap"])

    def test_reached_is_no_gap_and_nothing_no_strength(self):
        goals = self.add_result(10.0, 12.0)
        self.assertEqual(set(self.propose(self.first)), {f"goal-{goals[1].id}"})
        goals.sudo().write({"actual": 0.0})
        self.assertEqual([each["kind"] for each in self.propose(self.first).values()], ["gap"])

    def test_incidents_by_polarity_once_shared(self):
        good = self.note("Asked first", "positive", effect="No wrong part")
        bad = self.note("Forgot to ask", "negative", theme_id=self.theme.id)
        self.note("Between us", "negative", share=False)
        self.note("Long ago", "negative", date=date(2025, 6, 1))
        found = self.propose(self.first)
        self.assertEqual(set(found), {f"incident-{good.id}", f"incident-{bad.id}"})
        mine = found[f"incident-{good.id}"]
        self.assertEqual((mine["kind"], mine["nature"]), ("strength", "behaviour"))
        self.assertIn("No wrong part", mine["fact"])
        theirs = found[f"incident-{bad.id}"]
        self.assertEqual((theirs["kind"], theirs["theme_id"]), ("gap", self.theme.id))
        self.assertTrue(self.take(self.first, theirs).is_complete)
        self.assertEqual(set(self.propose(self.first)), {f"incident-{good.id}"})

    def test_what_last_time_left_open(self):
        change, support, development = self.sign_first()
        change.action_outcome_recurred()
        review = self.next_year()
        found = self.propose(review, "commitment-")
        self.assertEqual(
            [each["commitment_id"] for each in found.values()],
            [support.id, change.id, development.id],
            "the own debt of the manager's side comes first",
        )
        first, second, third = found.values()
        self.assertEqual((first["kind"], first["nature"]), ("support", "result"))
        self.assertIn("Your own side owes this", first["reason"])
        self.assertEqual((second["kind"], second["nature"]), ("gap", "behaviour"))
        self.assertEqual(second["theme_id"], self.theme.id)
        self.assertIn("Agreed in Year 2026", second["fact"])
        self.assertIn("Came back", second["fact"])
        self.assertEqual(third["kind"], "support")
        for proposal in found.values():
            self.assertTrue(self.take(review, proposal).is_complete)
        self.assertFalse(self.propose(review, "commitment-"))

    def test_what_was_kept_is_not_proposed(self):
        lines = self.sign_first()
        for line in lines:
            line.action_outcome_closed()
        self.assertFalse(self.propose(self.next_year(), "commitment-"))

    def test_an_amended_promise_was_taken_already(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        self.take(review, self.propose(review)[f"commitment-{change.id}"])
        amendment = change.agreement_id.browse(change.agreement_id.action_amend()["res_id"])
        amendment.goal_ids.date_deadline = date(2027, 9, 1)
        amendment.action_propose()
        self.sign_as(amendment)
        self.sign_as(amendment, self.worker_user)
        newer = amendment.commitment_ids.filtered(lambda line: line.kind == "change")
        found = self.propose(review, "commitment-")
        self.assertEqual(len(found), 2)
        self.assertNotIn(f"commitment-{newer.id}", found)

    def test_a_gap_returns_with_its_theme(self):
        self.env["performance.point"].with_user(self.manager_user).create(
            {
                "review_id": self.first.id, "kind": "gap", "name": "Handovers",
                "fact": "On 3 March two orders were lost.", "theme_id": self.theme.id,
            }
        )  # fmt: skip
        change, _support, _development = self.sign_first()
        change.action_outcome_recurred()
        review = self.next_year()
        found = self.propose(review)
        self.assertFalse([code for code in found if code.startswith("repeat-")], "said once")
        proposal = found[f"commitment-{change.id}"]
        self.assertIn("“Handover” was a gap in Year 2026.", proposal["reason"])
        point = self.take(review, proposal)
        self.assertEqual((point.theme_id, point.repeat_count), (self.theme, 1))
        self.assertEqual(len(point.get_repeats()), 1)

    def test_a_gap_nothing_was_agreed_on_returns_without_a_fact(self):
        other = self.env["performance.theme"].create({"name": "Order"})
        gap = self.env["performance.point"].with_user(self.manager_user).create(
            {
                "review_id": self.first.id, "kind": "gap", "name": "Untidy bench",
                "fact": "On 3 March a tool was missing.", "theme_id": other.id,
            }
        )  # fmt: skip
        self.sign_first()
        review = self.next_year()
        proposal = self.propose(review)[f"repeat-{gap.id}"]
        self.assertEqual((proposal["name"], proposal["fact"]), ("Untidy bench", ""))
        point = self.take(review, proposal)
        self.assertFalse(point.is_complete, "what was seen then is no fact of today")
        self.assertNotIn(f"repeat-{gap.id}", self.propose(review))

    def test_a_settled_theme_does_not_return(self):
        gap = self.env["performance.point"].with_user(self.manager_user).create(
            {
                "review_id": self.first.id, "kind": "gap", "name": "Handovers",
                "fact": "On 3 March two orders were lost.", "theme_id": self.theme.id,
            }
        )  # fmt: skip
        change, _support, _development = self.sign_first()
        change.action_outcome_improved()
        self.assertNotIn(f"repeat-{gap.id}", self.propose(self.next_year()))

    def test_nothing_once_points_are_closed(self):
        self.add_result(12.0)
        self.to_agreement(self.first)
        self.assertEqual(self.propose(self.first), {})

    def test_who_is_shown_them(self):
        self.add_result(12.0)
        self.assertTrue(self.first.with_user(self.officer_user).get_proposals())
        for user in (
            self.worker_user, self.director_user, self.outsider_user, self.peer_manager_user,
            self.stranger_user, self.foreign_officer_user,
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.first.with_user(user).get_proposals()
        own = self.review_of(self.first_cycle, self.officer_employee)
        with self.assertRaises(AccessError):
            own.with_user(self.officer_user).get_proposals()

    def test_a_draft_is_no_promise_of_last_time(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        Point = self.env["performance.point"].with_user(self.manager_user)
        drafted = self.to_agreement(review.sudo())
        line = self.fill_agreement(drafted).commitment_ids[0]
        review.action_previous()
        for wrong in (line, self.other_promise()):
            with self.subTest(wrong.sudo().name), self.assertRaises(UserError):
                Point.create(
                    {"review_id": review.id, "kind": "gap", "name": "x", "commitment_id": wrong.id}
                )
        Point.create(
            {"review_id": review.id, "kind": "gap", "name": "x", "commitment_id": change.id}
        )

    def other_promise(self):
        """Return a signed commitment of somebody else with the same reviewer."""
        review = self.review_of(self.first_cycle, self.porter)
        agreement = self.fill_agreement(self.to_agreement(review))
        agreement.goal_ids.date_deadline = date(2027, 9, 1)
        agreement.commitment_ids.date_deadline = date(2027, 9, 1)
        agreement.action_propose()
        self.sign_as(agreement)
        self.sign_as(agreement, self.porter_user)
        return agreement.commitment_ids[0]

    def test_the_same_queries_for_more(self):
        self.add_result(12.0, 4.0)
        self.note("One", "negative", theme_id=self.theme.id)
        ask = self.first.with_user(self.manager_user).get_proposals
        ask()
        few = self.count_queries(ask)
        for number in range(15):
            self.note(f"More {number}", "negative", theme_id=self.theme.id)
        self.assertEqual(len(ask()), 18)
        self.assertEqual(self.count_queries(ask), few)
