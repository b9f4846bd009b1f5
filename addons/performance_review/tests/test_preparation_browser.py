from datetime import date

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestPreparationBrowser(PerformanceCommon, HttpCase):
    """A manager prepares a person in a real browser, with the mouse and with the keys alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        appraisal = cls.env["performance.appraisal"].create(
            {
                "employee_id": cls.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 2, 28),
                "state": "confirmed",
                "goal_ids": [
                    Command.create(
                        {
                            "name": name, "unit": unit, "baseline": baseline, "target": target,
                            "actual": actual, "direction": direction,
                            "employee_id": cls.worker.id,
                        }
                    )
                    for name, unit, baseline, target, actual, direction in (
                        ("Benches built", "pieces", 0.0, 10.0, 12.0, "up"),
                        ("Complaints", "per month", 8.0, 4.0, 7.0, "down"),
                        ("Days of delay", "days", 9.0, 3.0, 6.0, "down"),
                    )
                ],
            }
        )  # fmt: skip
        incidents = (
            cls.env["performance.incident"]
            .with_user(cls.manager_user)
            .create(
                [
                    {
                        "employee_id": cls.worker.id,
                        "date": day,
                        "polarity": polarity,
                        "name": name,
                        "effect": effect,
                    }
                    for day, polarity, name, effect in (
                        (date(2026, 1, 20), "positive", "Asked before ordering", "No wrong part"),
                        (date(2026, 2, 10), "negative", "Left without a word", "A night shift"),
                    )
                ]
            )
        )
        incidents.action_share()
        cls.review = cls.review_of(cls.launch(), cls.worker)
        cls.review.appraisal_id = appraisal
        cls.submit_self_assessment(cls.review)

    def assertPrepared(self):
        self.env.invalidate_all()
        review = self.review.with_user(self.manager_user)
        for kind in ("strength", "gap", "support"):
            points = review.point_ids.filtered(lambda point, kind=kind: point.kind == kind)
            self.assertEqual(len(points), 3, kind)
            self.assertTrue(all(points.mapped("is_complete")), kind)
        missing = {row["code"] for row in review.get_checklist() if not row["is_done"]}
        self.assertFalse(missing)
        return review

    def test_with_the_mouse_in_25_actions(self):
        """The tour counts what the hand does besides typing, and fails above 25."""
        self.start_tour(
            "/odoo", "performance_preparation_mouse", login=self.manager_user.login, timeout=180
        )
        review = self.assertPrepared()
        self.assertTrue(review.meeting_id)
        by_name = {point.name: point for point in review.point_ids}
        goals = {goal.name: goal for goal in review.appraisal_id.goal_ids}
        self.assertEqual(by_name["Complaints"].goal_id, goals["Complaints"])
        self.assertEqual(by_name["Complaints"].cause, "outside")
        self.assertEqual(by_name["Days of delay"].goal_id, goals["Days of delay"])
        self.assertEqual(by_name["Left without a word"].incident_id.polarity, "negative")

    def test_with_the_keyboard_alone(self):
        self.start_tour(
            f"/odoo/action-performance_review.performance_review_action/{self.review.id}",
            "performance_preparation_keyboard",
            login=self.manager_user.login,
            timeout=180,
        )
        review = self.assertPrepared()
        self.assertTrue(review.meeting_id)
        self.assertEqual(review.support_ids[:2].mapped("name")[0], "A second bench")
