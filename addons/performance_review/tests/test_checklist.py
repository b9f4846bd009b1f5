from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..models.performance_review_checklist import CHECKS
from .common import TODAY, PerformanceCommon


@tagged("post_install", "-at_install")
class TestChecklist(PerformanceCommon):
    """The six rows of a preparation: ticked by data, told only to whom they concern."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appraisal = cls.env["performance.appraisal"].create(
            {
                "employee_id": cls.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 3, 1),
                "score": 90.0,
                "goal_ids": [
                    Command.create(
                        {
                            "name": "On time",
                            "employee_id": cls.worker.id,
                            "target": 10.0,
                            "actual": 7.0,
                        }
                    )
                ],
            }
        )
        cls.appraisal.action_confirm()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)

    def rows(self, review=None):
        review = self.as_manager if review is None else review
        self.env.invalidate_all()
        return {row["code"]: row for row in review.get_checklist()}

    def done(self, review=None):
        return {code for code, row in self.rows(review).items() if row["is_done"]}

    def note_incident(self, author=None, day=TODAY, share=False):
        incident = (
            self.env["performance.incident"]
            .with_user(author or self.manager_user)
            .create(
                {
                    "employee_id": self.worker.id,
                    "name": "Rang the customer first",
                    "polarity": "positive",
                    "date": day,
                }
            )
        )
        if share:
            incident.action_share()
        return incident

    def test_six_rows_with_a_click_for_each(self):
        rows = self.as_manager.get_checklist()
        self.assertEqual([row["code"] for row in rows], [check.code for check in CHECKS])
        self.assertEqual(len(rows), 6)
        for row in rows:
            with self.subTest(row["code"]):
                self.assertFalse(row["is_done"])
                self.assertTrue(row["label"] and row["detail"])
                # The self-assessment is up to somebody else.
                self.assertEqual(bool(row["action"]), row["code"] != "self_assessment")
        self.assertEqual(sum(check.minutes for check in CHECKS), 10)

    def test_goals_are_reviewed_when_a_point_takes_one_up(self):
        points = self.fill_sheet(self.review)
        self.assertNotIn("goals", self.done())
        points[0].goal_id = self.appraisal.goal_ids
        self.assertIn("goals", self.done())
        self.assertEqual(self.rows()["goals"]["detail"], "1 of 1 taken up in a point")
        self.assertFalse(self.rows()["goals"]["action"])

    def test_without_figures_a_result_is_what_there_is_to_review(self):
        review = self.review_of(self.cycle, self.porter).with_user(self.manager_user)
        self.assertNotIn("goals", self.done(review))
        vals = {"review_id": review.id, "kind": "gap", "name": "Late", "fact": "On 3 February"}
        point = self.env["performance.point"].with_user(self.manager_user).create(vals)
        point.nature = "behaviour"
        self.assertNotIn("goals", self.done(review))
        point.nature = "result"
        self.assertIn("goals", self.done(review))

    def test_feedback_is_an_incident_of_the_period_that_one_may_read(self):
        self.note_incident(self.worker_user)
        self.note_incident(day=date(2025, 12, 31))
        self.assertNotIn("feedback", self.done())
        own = self.note_incident()
        self.assertIn("feedback", self.done())
        as_officer = self.review.with_user(self.officer_user)
        self.assertNotIn("feedback", self.done(as_officer))
        own.action_share()
        self.assertIn("feedback", self.done(as_officer))
        self.assertEqual(self.rows(as_officer)["feedback"]["detail"], "1 incidents")

    def test_points_count_by_kind_as_the_cycle_asks(self):
        points = self.fill_sheet(self.review)
        self.assertLessEqual({"points", "supports"}, self.done())
        points.filtered(lambda point: point.kind == "gap")[0].fact = False
        rows = self.rows()
        self.assertFalse(rows["points"]["is_done"])
        self.assertEqual(rows["points"]["detail"], "3 of 3 and 2 of 3")
        self.assertEqual(rows["points"]["action"]["params"], {"anchor": "gap"})
        self.cycle.min_points = 2
        self.assertIn("points", self.done())
        self.assertEqual(self.rows()["points"]["label"], "2 strengths and 2 gaps")

    def test_the_meeting_is_booked_while_it_stands(self):
        self.as_manager.action_plan_meeting("2026-03-09 10:00:00", 60)
        rows = self.rows()
        self.assertTrue(rows["meeting"]["is_done"])
        self.assertIn("(UTC)", rows["meeting"]["detail"])
        self.review.meeting_id.active = False
        self.assertNotIn("meeting", self.done())

    def test_a_dialogue_that_was_held_needs_no_meeting(self):
        dialogue = self.to_dialogue(self.review).with_user(self.manager_user)
        self.assertNotIn("meeting", self.done())
        dialogue.write({"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"})
        self.assertIn("meeting", self.done())

    def test_the_self_assessment_is_told_and_read_after_the_reveal_only(self):
        self.submit_self_assessment(self.review)
        row = self.rows()["self_assessment"]
        self.assertTrue(row["is_done"])
        self.assertFalse(row["action"])
        self.fill_sheet(self.review)
        self.as_manager.action_submit_sheet()
        action = self.rows()["self_assessment"]["action"]
        self.assertEqual(action["res_model"], "performance.self.assessment")

    def test_only_reviewer_and_hr_have_a_checklist(self):
        self.fill_sheet(self.review)
        for user in (
            self.worker_user, self.director_user, self.peer_manager_user, self.outsider_user,
            self.rival_user, self.foreign_officer_user,
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).get_checklist()
        own = self.review_of(self.cycle, self.officer_employee).with_user(self.officer_user)
        with self.assertRaises(AccessError):
            own.get_checklist()

    def test_hr_reads_and_has_nothing_to_click(self):
        rows = self.rows(self.review.with_user(self.officer_user))
        self.assertEqual([row["action"] for row in rows.values()], [False] * 6)

    def test_the_ring_tells_an_employee_nothing(self):
        self.fill_sheet(self.review)
        self.env.invalidate_all()
        self.assertEqual(self.as_manager.checklist_done, 2)
        self.assertEqual(self.review.with_user(self.officer_user).checklist_done, 2)
        for user in (self.worker_user, self.director_user):
            with self.subTest(user.login):
                self.assertEqual(self.review.with_user(user).checklist_done, 0)

    def test_all_six_complete_the_ring(self):
        self.note_incident()
        self.fill_sheet(self.review)[0].goal_id = self.appraisal.goal_ids
        self.as_manager.action_plan_meeting("2026-03-09 10:00:00", 60)
        self.submit_self_assessment(self.review)
        self.env.invalidate_all()
        self.assertEqual(self.done(), {check.code for check in CHECKS})
        self.assertEqual(self.as_manager.checklist_done, 6)

    def test_the_ring_costs_the_same_for_many_cards(self):
        reviews = self.cycle.review_ids.filtered(
            lambda review: review.reviewer_user_id == self.manager_user
        ).with_user(self.manager_user)
        self.assertGreater(len(reviews), 1)

        def count(records):
            # Each in a process that has read the same rules and fields already.
            for _round in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                records._origin.with_prefetch().mapped("checklist_done")
            return self.env.cr.sql_log_count - before

        self.note_incident(day=TODAY - timedelta(days=3))
        own = self.as_manager.with_prefetch(self.review.ids)
        self.assertEqual(count(own), count(reviews))
