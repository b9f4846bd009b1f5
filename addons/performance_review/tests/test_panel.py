import json
from datetime import date, timedelta

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .ring_common import RingCommon
from .test_queries import get_specification

TEXT = "客户在三月的两次上线会议上反馈，交付的安装包缺少离线升级说明，现场多花了一天。"  # 39 signs
GOALS = 12
MEASURES = 12
CYCLES = 5


@tagged("post_install", "-at_install")
class TestPanel(RingCommon):
    """What stands beside the sheet: one answer, as light with a rich past as with a poor one."""

    def fill_first(self):
        """Sign 12 goals and 10 promises in 2026 and measure each goal 12 times."""
        agreement = self.fill_agreement(self.to_agreement(self.first))
        self.write_plan(agreement)
        agreement.action_propose()
        self.sign_as(agreement, self.first.reviewer_user_id)
        self.sign_as(agreement, self.first.employee_user_id)
        self.env["performance.progress"].with_user(self.manager_user).create(
            [
                {
                    "checkpoint_id": self.first.checkpoint_ids[0].id,
                    "goal_id": goal.id,
                    "value": 8.0 - 0.25 * number,
                }
                for goal in agreement.goal_ids
                for number in range(MEASURES)
            ]
        )
        return agreement

    def write_plan(self, agreement):
        agreement.write(
            {
                "goal_ids": [
                    Command.clear(),
                    *(
                        Command.create(self.goal_vals(name=f"按期交付率 {number}"))
                        for number in range(GOALS)
                    ),
                ],
                "commitment_ids": [
                    Command.create(
                        {
                            "kind": "support",
                            "name": f"{TEXT} {number}",
                            "owner": "reviewer",
                            "date_deadline": date(2026, 6, 30),
                        }
                    )
                    for number in range(8)
                ],
            }
        )

    def add_past(self, review, first_year, years):
        """Give the period and so many years before it 12 KPIs each."""
        appraisals = self.env["performance.appraisal"].create(
            [
                {
                    "employee_id": self.worker.id,
                    "date_start": date(year, 1, 1),
                    "date_end": date(year, 12, 31),
                    "state": "confirmed",
                    "goal_ids": [
                        Command.create(
                            {
                                "name": f"按期交付率 {number}", "unit": "per month",
                                "employee_id": self.worker.id, "baseline": 8.0, "target": 4.0,
                                "actual": 5.0, "direction": "down",
                            }
                        )
                        for number in range(GOALS)
                    ],
                }
                for year in range(first_year, first_year - years - 1, -1)
            ]
        )  # fmt: skip
        review.sudo().appraisal_id = appraisals[0]

    def add_incidents(self, review, number):
        incidents = (
            self.env["performance.incident"]
            .with_user(self.manager_user)
            .create(
                [
                    {
                        "employee_id": self.worker.id,
                        "polarity": "negative" if index % 2 else "positive",
                        "date": date(2027, 1, 4) + timedelta(days=index),
                        "name": f"{TEXT} {index}",
                        "effect": TEXT,
                        "theme_id": self.theme.id,
                    }
                    for index in range(number)
                ]
            )
        )
        incidents.action_share()

    def open_all(self, review):
        """Return the queries of the form and of the panel beside it."""
        Review = self.env["performance.review"].with_user(self.manager_user)
        views = Review.get_views([(False, "form")])
        arch = etree.fromstring(views["views"]["form"]["arch"])
        models = {name: {"fields": info["fields"]} for name, info in views["models"].items()}
        sheet = get_specification(arch, models, Review._name)
        one = Review.browse(review.id)
        one.web_read(sheet)
        one.get_preparation_panel()
        form = self.count_queries(lambda: Review.browse(review.id).web_read(sheet))
        panel = self.count_queries(lambda: Review.browse(review.id).get_preparation_panel())
        return form, panel

    def test_a_rich_past_is_light_and_costs_no_more(self):
        self.fill_first()
        review = self.next_year()
        self.add_past(review, 2027, CYCLES)
        self.add_incidents(review, 12)
        self.fill_sheet(review)
        panel = review.get_preparation_panel()
        items = {source["code"]: source["items"] for source in panel["sources"]}
        self.assertGreaterEqual(sum(map(len, items.values())), 40)
        self.assertEqual(len(items["kpi"]), GOALS)
        for item in items["kpi"]:
            self.assertEqual(len(item["details"]["measures"]), MEASURES)
            self.assertEqual(len(item["series"]), CYCLES + 1)
        # As it goes over the wire: a Chinese sign takes six bytes.
        self.assertLess(len(json.dumps(panel)), 60_000)
        self.open_all(review)  # warms what is read once per process
        form, beside = self.open_all(review)
        self.assertLessEqual(form, 25)
        # Six sources of evidence, proposals, library and themes in one answer.
        self.assertLessEqual(beside, 33)
        self.add_past(review, 2021, CYCLES)
        self.env["performance.appraisal"].search(
            [("employee_id", "=", self.worker.id)], order="date_end desc", limit=1
        ).goal_ids.copy()
        self.add_incidents(review, 24)
        self.fill_sheet(review)
        self.assertEqual(self.open_all(review), (form, beside))

    def test_what_it_brings(self):
        review = self.first.with_user(self.manager_user)
        other = self.env["performance.support.template"].create(
            {"name": "Elsewhere", "company_id": self.other_company.id}
        )
        own = self.env["performance.support.template"].create(
            {"name": "A quiet room", "category": "resources", "theme_ids": self.theme.ids}
        )
        panel = review.get_preparation_panel()
        by_id = {each["id"]: each for each in panel["supports"]}
        self.assertEqual(by_id[own.id]["theme_ids"], self.theme.ids)
        self.assertNotIn(other.id, by_id)
        self.assertIn(("resources", "Resources"), panel["categories"])
        self.assertIn({"id": self.theme.id, "name": "Handover"}, panel["themes"])
        self.assertEqual(panel["min_points"], 3)
        self.assertFalse(panel["proposals"])

    def test_who_gets_it(self):
        self.first.with_user(self.officer_user).get_preparation_panel()
        for user in (self.worker_user, self.director_user, self.peer_manager_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.first.with_user(user).get_preparation_panel()


@tagged("post_install", "-at_install")
class TestEvidencePoints(RingCommon):
    """Whatever stands on the left becomes a point that carries the fact and the link."""

    def find(self, review, code):
        return {
            item["title"]: item
            for source in review._get_evidence()
            if source["code"] == code
            for item in source["items"]
        }

    def take(self, review, item, kind=None):
        vals = {"review_id": review.id, "kind": kind, **item["point"]}
        return self.env["performance.point"].with_user(self.manager_user).create(vals)

    def test_a_goal(self):
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 2, 28),
                "state": "confirmed",
                "goal_ids": [
                    Command.create(
                        {
                            "name": name, "unit": "pieces", "baseline": 2.0, "target": 10.0,
                            "actual": actual, "weight": 2.0, "employee_id": self.worker.id,
                        }
                    )
                    for name, actual in (("Reached", 10.0), ("Missed", 4.0))
                ],
            }
        )  # fmt: skip
        self.first.sudo().appraisal_id = appraisal
        items = self.find(self.first.with_user(self.manager_user), "kpi")
        details = items["Missed"]["details"]
        self.assertEqual(
            (details["baseline"], details["target"], details["actual"], details["weight"]),
            ("2", "10", "4", "2"),
        )
        self.assertEqual((details["direction"], details["unit"]), ("up", "pieces"))
        reached = self.take(self.first, items["Reached"])
        missed = self.take(self.first, items["Missed"])
        self.assertEqual((reached.kind, missed.kind), ("strength", "gap"))
        self.assertEqual(missed.goal_id, appraisal.goal_ids[1])
        self.assertIn("4 of 10", missed.fact)
        # Result and way are looked at both.
        missed.cause = "outside"
        self.assertEqual(missed.cause, "outside")

    def test_what_was_agreed_last_time(self):
        change, support, _development = self.sign_first()
        change.action_outcome_closed()
        goal = change.agreement_id.goal_ids
        self.env["performance.progress"].with_user(self.manager_user).create(
            [
                {
                    "checkpoint_id": self.first.checkpoint_ids[0].id,
                    "goal_id": goal.id,
                    "value": value,
                }
                for value in (7.0, 6.0)
            ]
        )
        review = self.next_year()
        items = self.find(review, "commitment")
        self.assertEqual(next(iter(items)), support.name, "the own debt comes first")
        self.assertTrue(items[support.name]["details"]["is_overdue"])
        self.assertEqual(items[support.name]["details"]["owner"], "reviewer")
        kept, owed = (
            self.take(review, items[change.name]), self.take(review, items[support.name])
        )  # fmt: skip
        self.assertEqual((kept.kind, kept.nature), ("strength", "behaviour"))
        self.assertEqual((owed.kind, owed.commitment_id), ("support", support))
        [item] = self.find(review, "goal").values()
        self.assertEqual(item["details"]["measures"], [7.0, 6.0])
        self.assertEqual(self.take(review, item).goal_id, goal)

    def test_a_plain_source_says_what_it_shows(self):
        """Another addon fills in no point: a click makes one all the same."""
        incident = (
            self.env["performance.incident"]
            .with_user(self.manager_user)
            .create({"employee_id": self.worker.id, "name": "Asked first", "polarity": "positive"})
        )
        item = self.first._prepare_evidence_item(
            incident, "Praise", figure=5, unit="stars", note="From the customer"
        )
        self.assertEqual(
            item["point"],
            {
                "nature": "result",
                "name": "Praise",
                "fact": "Praise · 5 stars · From the customer",
                "incident_id": incident.id,
            },
        )


@tagged("post_install", "-at_install")
class TestWordingHint(RingCommon):
    """What is said while somebody types."""

    def hint(self, *args, user=None):
        return (
            self.env["performance.point"]
            .with_user(user or self.manager_user)
            .get_wording_hint(*args)
        )

    def test_a_label_and_the_question_that_makes_it_a_fact(self):
        found = self.hint("He is unprofessional", "", "gap")
        self.assertEqual(found["words"], ["unprofessional"])
        self.assertIn("unprofessional", found["message"])
        self.assertTrue(found["question"].endswith("?"))
        self.assertNotEqual(
            found["question"], self.hint("unprofessional", "", "strength")["question"]
        )
        self.assertTrue(self.hint("他不专业")["words"])

    def test_a_fact_is_left_alone(self):
        self.assertEqual(
            self.hint("Two late handovers", "On 3 and 9 February the list came after noon."),
            {"words": [], "message": False, "question": ""},
        )

    def test_odd_values_break_nothing(self):
        self.assertEqual(self.hint(None, False, None)["words"], [])
        self.assertEqual(self.hint("x" * 100_000)["words"], [])
        self.assertEqual(self.hint(["lazy"], {"a": 1})["words"], [])

    def test_it_is_for_those_who_write_points(self):
        with self.assertRaises(AccessError):
            self.hint("lazy", user=self.porter_user)
