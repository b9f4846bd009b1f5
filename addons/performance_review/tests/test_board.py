from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestBoard(PerformanceCommon):
    """The board: what is due first stands on top, what is late is marked, tasks are found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.other = cls.review_of(cls.cycle, cls.porter)

    def board(self, user):
        """Return the reviewer's cards in the order of the board."""
        view = self.env.ref("performance_review.performance_review_view_kanban")
        order = view.arch.split('default_order="')[1].partition('"')[0]
        Review = self.env["performance.review"].with_user(user)
        return Review.search([("reviewer_user_id", "=", user.id)], order=order)

    def find(self, model, user, *names):
        """Return what the filters of a search view find for ``user``."""
        Model = self.env[model].with_user(user)
        arch = Model.get_view(
            self.env.ref(
                f"{model.replace('.', '_')}_view_search".replace(
                    "performance_", "performance_review.performance_", 1
                )
            ).id,
            "search",
        )["arch"]
        domain = []
        for name in names:
            text = arch.split(f'name="{name}"')[1].split('domain="')[1].partition('"')[0]
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            domain += safe_eval(text, {"uid": user.id})
        return Model.search(domain)

    def test_deadline_follows_the_step(self):
        self.assertEqual(self.review.step_deadline, date(2026, 3, 20))
        self.to_dialogue(self.review)
        self.assertEqual(self.review.step_deadline, date(2026, 4, 10))

    def test_deadline_follows_the_cycle(self):
        self.cycle.preparation_deadline = date(2026, 3, 25)
        self.assertEqual(self.review.step_deadline, date(2026, 3, 25))

    def test_deadline_in_follow_up_is_the_next_checkpoint(self):
        self.to_follow_up(self.review)
        first, second = self.review.checkpoint_ids.sorted("date")[:2]
        self.assertEqual(self.review.step_deadline, first.date)
        first.with_user(self.manager_user).action_done()
        self.assertEqual(self.review.step_deadline, second.date)
        (self.review.checkpoint_ids - first).with_user(self.manager_user).action_cancel()
        self.assertFalse(self.review.step_deadline)

    def test_what_is_due_first_stands_first(self):
        self.to_dialogue(self.review)
        self.assertEqual(self.board(self.manager_user), self.other | self.review)
        # Nothing to do any more for one of them: it goes to the end.
        self.env.cr.execute(
            "UPDATE performance_review SET step_deadline = NULL WHERE id = %s", [self.other.id]
        )
        self.env.invalidate_all()
        self.assertEqual(self.board(self.manager_user), self.review | self.other)

    def test_overdue_is_marked_and_found(self):
        Review = self.env["performance.review"].with_user(self.manager_user)
        led = [("reviewer_user_id", "=", self.manager_user.id)]
        self.assertFalse(Review.search([*led, ("is_overdue", "=", True)]))
        self.to_dialogue(self.review)
        with freeze_time("2026-03-21"):
            self.env.invalidate_all()
            self.assertEqual(Review.search([*led, ("is_overdue", "=", True)]), self.other)
            self.assertTrue(self.other.is_overdue)
            self.assertFalse(self.review.is_overdue)

    def test_upper_manager_sees_no_untrue_ring(self):
        self.fill_sheet(self.review, 1)
        self.assertTrue(self.review.with_user(self.manager_user).sees_preparation)
        self.assertTrue(self.review.with_user(self.officer_user).sees_preparation)
        self.assertFalse(self.review.with_user(self.director_user).sees_preparation)
        self.assertFalse(self.review.with_user(self.worker_user).sees_preparation)
        own = self.review_of(self.cycle, self.officer_employee)
        self.assertFalse(own.with_user(self.officer_user).sees_preparation)

    def test_systray_opens_the_tasks_it_counts(self):
        for model in ("performance.review", "performance.checkpoint"):
            for name in ("filter_activities_my", "activities_overdue", "activities_upcoming_all"):
                with self.subTest(model=model, filter=name):
                    self.find(model, self.manager_user, name)
        waiting = self.find(
            "performance.review",
            self.manager_user,
            "filter_activities_my",
            "activities_upcoming_all",
        )
        self.assertEqual(waiting, self.review | self.other)
        with freeze_time("2026-03-20"):
            self.env.invalidate_all()
            self.to_dialogue(self.review)
            today = self.find(
                "performance.review", self.manager_user, "filter_activities_my", "activities_today"
            )
            self.assertEqual(today, self.other)
