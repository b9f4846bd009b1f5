from datetime import date

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PerformanceCommon

KEYS = {"title", "figure", "unit", "series", "note", "url", "record", "details", "point"}


@tagged("post_install", "-at_install")
class TestEvidence(PerformanceCommon):
    """What the period knows, as reviewer and HR are shown it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.create_appraisal(2024, 2.0, "confirmed")
        cls.last = cls.create_appraisal(2025, 5.0, "confirmed")
        cls.now = cls.create_appraisal(2026, 8.0, "confirmed")
        cls.others = cls.create_appraisal(2026, 9.0, "confirmed", employee=cls.porter)
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_reviewer = cls.review.with_user(cls.manager_user)

    @classmethod
    def create_appraisal(cls, year, actual, state, employee=None, **vals):
        employee = employee or cls.worker
        goal = {
            "name": "Benches built", "unit": "pieces", "employee_id": employee.id,
            "baseline": 0.0, "target": 10.0, "actual": actual,
        }  # fmt: skip
        return cls.env["performance.appraisal"].create(
            {
                "employee_id": employee.id,
                "date_start": date(year, 1, 1),
                "date_end": date(year, 12, 31),
                "state": state,
                "goal_ids": [Command.create({**goal, **vals})],
            }
        )

    def items(self, code, review=None):
        """Return the items of one source, as ``review`` (the reviewer's) reads them."""
        review = self.as_reviewer if review is None else review
        by_code = {source["code"]: source for source in review._get_evidence()}
        return by_code[code]["items"]

    def note_incident(self, name, user=None, share=True, **vals):
        incident = (
            self.env["performance.incident"]
            .with_user(user or self.manager_user)
            .create({"employee_id": self.worker.id, "name": name, "polarity": "negative", **vals})
        )
        if share:
            incident.action_share()
        return incident

    def test_every_item_has_what_was_promised(self):
        self.note_incident("Asked before ordering")
        codes = []
        for source in self.as_reviewer._get_evidence():
            self.assertEqual(set(source), {"code", "label", "sequence", "items"})
            codes.append(source["code"])
            for item in source["items"]:
                self.assertEqual(set(item), KEYS)
                self.assertEqual(item["url"], f"/odoo/{item['record']._name}/{item['record'].id}")
        # Other addons may add their own.
        ours = {"kpi", "rating", "incident", "commitment", "self_assessment"}
        self.assertLessEqual(ours, set(codes))
        self.assertEqual(len(codes), len(set(codes)))

    def test_kpi_with_its_trend(self):
        self.assertEqual(self.review.appraisal_id, self.now)
        [item] = self.items("kpi")
        self.assertEqual(item["title"], "Benches built")
        self.assertEqual((item["figure"], item["unit"]), (80.0, "%"))
        self.assertEqual(item["series"], [20.0, 50.0, 80.0])
        self.assertEqual(item["note"], "8 of 10 pieces")
        self.assertEqual(item["record"], self.now.goal_ids)

    def test_a_result_nobody_confirmed_is_no_history(self):
        self.last.action_reset("Counted twice")
        self.assertEqual(self.items("kpi")[0]["series"], [20.0, 80.0])

    def test_another_kpi_is_another_line(self):
        self.last.goal_ids.name = "Benches repaired"
        self.assertEqual(self.items("kpi")[0]["series"], [20.0, 80.0])

    def test_results_newest_first(self):
        self.now.rating_id = self.env.ref("performance_review.performance_rating_b")
        items = self.items("rating")
        self.assertEqual([item["figure"] for item in items], [80.0, 50.0, 20.0])
        self.assertEqual(items[0]["series"], [20.0, 50.0, 80.0])
        self.assertEqual(items[0]["note"], self.now.rating_id.name)
        self.assertIn("2026", items[0]["title"])

    def test_incidents_of_the_period_once_shared(self):
        shared = self.note_incident("Asked first", polarity="positive", effect="No wrong part")
        # Nor does the author see it as evidence before the employee may know of it.
        self.note_incident("Between us", share=False)
        self.note_incident("Long ago", date=date(2025, 12, 31))
        [item] = self.items("incident")
        self.assertEqual(item["record"], shared)
        self.assertEqual((item["title"], item["figure"]), ("Asked first", "Went well"))
        self.assertIn("No wrong part", item["note"])

    def test_last_agreement_with_what_became_of_it(self):
        agreement = self.to_follow_up(self.review)
        change = agreement.commitment_ids.filtered(lambda line: line.kind == "change")
        checkpoint = self.review.checkpoint_ids[0]
        for percent in (30.0, 70.0):
            self.env["performance.progress"].with_user(self.manager_user).create(
                {
                    "checkpoint_id": checkpoint.id,
                    "commitment_id": change.id,
                    "percent": percent,
                }
            )
        (agreement.commitment_ids - change).with_user(self.manager_user).action_set_outcome(
            "untouched"
        )
        change.with_user(self.manager_user).action_set_outcome("improved")
        self.review.checkpoint_ids.with_user(self.manager_user).action_done()
        self.as_reviewer.action_next()
        following = self.review_of(
            self.launch(
                name="Year 2027",
                date_start=date(2027, 1, 1),
                date_end=date(2027, 12, 31),
                preparation_deadline=date(2027, 3, 20),
                dialogue_deadline=date(2027, 4, 10),
                agreement_deadline=date(2027, 4, 30),
            ),
            self.worker,
        ).with_user(self.manager_user)
        self.assertEqual(following.previous_review_id, self.review)
        items = {item["record"]: item for item in self.items("commitment", following)}
        self.assertEqual(set(items), set(agreement.commitment_ids))
        self.assertEqual(items[change]["figure"], "Improved")
        self.assertEqual(items[change]["series"], [30.0, 70.0])
        self.assertEqual(items[change]["note"], "Change")
        # Whoever reviews now without having a right to last year's plan does not read it here.
        self.assertTrue(self.items("commitment", following.with_user(self.officer_user)))
        self.assertFalse(self.items("commitment", following.with_user(self.peer_manager_user)))

    def test_self_assessment_after_the_reveal(self):
        assessment = self.submit_self_assessment(self.review)
        self.assertFalse(self.items("self_assessment"))
        self.fill_sheet(self.review)
        self.as_reviewer.action_submit_sheet()
        self.env.invalidate_all()
        items = self.items("self_assessment")
        self.assertEqual(len(items), len(assessment.answer_ids))
        self.assertEqual(items[0]["title"], "What went well?")
        self.assertEqual(items[0]["note"], "I finished the new bench in time.")

    def test_who_is_shown_it(self):
        self.assertTrue(self.as_reviewer.get_evidence())
        self.assertTrue(self.review.with_user(self.officer_user).get_evidence())
        for user in (
            self.worker_user, self.director_user, self.outsider_user, self.peer_manager_user,
            self.stranger_user, self.foreign_officer_user,
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).get_evidence()

    def test_officer_is_not_shown_the_own_evidence(self):
        review = self.review_of(self.cycle, self.officer_employee)
        with self.assertRaises(AccessError):
            review.with_user(self.officer_user).get_evidence()

    def test_a_client_gets_plain_values_in_order(self):
        sources = self.as_reviewer.get_evidence()
        self.assertEqual(
            [source["sequence"] for source in sources],
            sorted(source["sequence"] for source in sources),
        )
        [item] = sources[0]["items"]
        self.assertEqual(item["record"], {"model": "performance.goal", "id": self.now.goal_ids.id})

    def test_twenty_items_cost_what_one_costs(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.as_reviewer._get_evidence()
            return self.env.cr.sql_log_count - before

        self.note_incident("One")
        count()
        few = count()
        for number in range(20):
            self.note_incident(f"Incident {number}")
        self.now.goal_ids = [
            Command.create({"name": f"KPI {number}", "employee_id": self.worker.id, "target": 5.0})
            for number in range(20)
        ]
        self.assertEqual(len(self.items("kpi")), 21)
        self.assertEqual(count(), few)

    def test_evidence_makes_a_point_complete(self):
        point = (
            self.env["performance.point"]
            .with_user(self.manager_user)
            .create({"review_id": self.review.id, "kind": "gap", "name": "Slow"})
        )
        self.assertFalse(point.is_complete)
        self.assertLessEqual({"goal_id", "incident_id"}, point._get_evidence_fields())
        point.goal_id = self.now.goal_ids
        self.assertTrue(point.is_complete)
        self.now.goal_ids.unlink()
        self.assertFalse(point.is_complete)
