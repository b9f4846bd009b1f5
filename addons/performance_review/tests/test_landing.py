from odoo.tests import tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestLanding(PerformanceCommon):
    """The app opens where its user has something to do, and invents nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)

    def land(self, user):
        """Return the model and the xmlid of the screen the app's menu opens for ``user``."""
        menu = self.env.ref("performance_review.menu_root")
        action = menu.with_user(user).action.with_user(user).run()
        found = self.env["ir.actions.act_window"].browse(action["id"])
        return found.get_external_id()[found.id].partition(".")[2]

    def test_reviewer_lands_on_the_team(self):
        self.assertEqual(self.land(self.manager_user), "performance_review_action")

    def test_employee_lands_on_the_own_review(self):
        self.assertEqual(self.land(self.worker_user), "performance_review_action_mine")

    def test_officer_with_an_own_review_lands_there(self):
        own = self.review_of(self.cycle, self.officer_employee)
        self.assertEqual(own.state, "preparation")
        self.assertEqual(self.land(self.officer_user), "performance_review_action_mine")

    def test_officer_without_one_lands_on_the_cycles(self):
        # Which screen of cycles that is, the addon of what HR looks at says.
        Review = self.env["performance.review"].with_user(self.administrator_user)
        self.assertEqual(Review._get_landing(), "cycles")

    def test_upper_manager_lands_on_the_line_below(self):
        # The director leads the reviews of the managers until those are over.
        led = self.cycle.review_ids.filtered(
            lambda review: review.reviewer_user_id == self.director_user
        )
        self.assertEqual(self.land(self.director_user), "performance_review_action")
        self.env.cr.execute(
            "UPDATE performance_review SET state = 'done' WHERE id IN %s", [tuple(led.ids)]
        )
        self.env.invalidate_all()
        self.assertEqual(self.land(self.director_user), "performance_review_action_line")

    def test_outsider_reads_what_to_expect(self):
        self.assertEqual(self.land(self.outsider_user), "performance_review_action_mine")

    def test_no_screen_invents_records(self):
        views = self.env["ir.ui.view"].search(
            [("model", "=like", "performance.%"), ("arch_db", "ilike", "sample=")]
        )
        self.assertFalse(views.mapped("xml_id"))
