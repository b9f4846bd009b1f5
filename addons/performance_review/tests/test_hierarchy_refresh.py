from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_cycle import CycleCase


@tagged("post_install", "-at_install")
class TestHierarchyRefresh(CycleCase):
    """Who stands above a reviewer is stored on the review: it has to stay true.

    Chief > director > manager > worker: a change at each level reaches the worker's review.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chief_user = cls.stranger_user
        cls.chief_user.write({"company_ids": [(4, cls.company.id)], "company_id": cls.company.id})
        cls.chief = cls.env["hr.employee"].create(
            {"name": "Chief", "user_id": cls.chief_user.id, "company_id": cls.company.id}
        )
        cls.director.parent_id = cls.chief
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)

    def reads(self, user):
        """Say whether ``user`` finds the worker's review."""
        self.env.flush_all()
        Review = self.env["performance.review"].with_user(user)
        return bool(Review.search([("id", "=", self.review.id)]))

    def assertUpper(self, users, review=None):
        review = review or self.review
        self.assertEqual(review.upper_user_ids, users)
        for user in users:
            self.assertTrue(self.reads(user), user.login)

    def test_from_the_launch(self):
        self.assertUpper(self.director_user | self.chief_user)
        self.assertFalse(self.reads(self.outsider_user))
        self.assertFalse(self.reads(self.peer_manager_user))

    def test_manager_moves_below_a_peer(self):
        self.manager.parent_id = self.peer_manager
        self.assertUpper(self.peer_manager_user | self.director_user | self.chief_user)

    def test_manager_leaves_the_line(self):
        self.manager.parent_id = False
        self.assertUpper(self.env["res.users"])
        for user in (self.director_user, self.chief_user):
            self.assertFalse(self.reads(user))
            with self.assertRaises(AccessError):
                self.review.with_user(user).read(["state"])

    def test_director_moves(self):
        self.director.parent_id = False
        self.assertUpper(self.director_user)
        self.assertFalse(self.reads(self.chief_user))

    def test_director_gets_another_user(self):
        self.director.user_id = self.outsider_user
        self.assertUpper(self.outsider_user | self.chief_user)
        self.assertFalse(self.reads(self.director_user))

    def test_chief_loses_the_user(self):
        self.chief.user_id = False
        self.assertUpper(self.director_user)
        self.assertFalse(self.reads(self.chief_user))

    def test_new_top_of_the_company(self):
        owner = self.env["hr.employee"].create(
            {"name": "Owner", "user_id": self.outsider_user.id, "company_id": self.company.id}
        )
        self.chief.parent_id = owner
        self.assertUpper(self.director_user | self.chief_user | self.outsider_user)

    def test_people_taken_over_through_the_managers_own_file(self):
        """The list of subordinates on the manager's form writes the same link."""
        owner = self.env["hr.employee"].create(
            {"name": "Owner", "user_id": self.outsider_user.id, "company_id": self.company.id}
        )
        owner.child_ids = self.chief
        self.assertUpper(self.director_user | self.chief_user | self.outsider_user)

    def test_new_manager_of_the_department(self):
        """Odoo hands the department's people over to its new manager."""
        self.department.manager_id = self.director
        self.director.department_id = False
        new = self.env["hr.employee"].create(
            {"name": "New", "user_id": self.outsider_user.id, "company_id": self.company.id}
        )
        self.department.manager_id = new
        self.assertEqual(self.manager.parent_id, new)
        self.assertUpper(self.outsider_user)

    def test_employee_moves_and_the_review_stays_with_its_reviewer(self):
        self.worker.parent_id = self.peer_manager
        self.assertEqual(self.review.reviewer_id, self.manager)
        self.assertUpper(self.director_user | self.chief_user)

    def test_reassigned_review_has_the_line_of_its_new_reviewer(self):
        self.peer_manager.parent_id = self.chief
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "A new team")
        self.assertUpper(self.chief_user)
        self.assertFalse(self.reads(self.director_user))
        self.assertFalse(self.reads(self.manager_user))

    def test_nobody_stands_above_his_own_review(self):
        """A circle: the director reports to the person the review is about."""
        self.chief.parent_id = False
        self.director.parent_id = self.worker
        self.assertUpper(self.director_user)

    def test_moves_cost_a_bounded_number_of_queries(self):
        for number in range(40):
            self.add_employee(f"Crew{number:02}")
        self.cycle.action_launch()
        self.env.flush_all()

        def cost(parent):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.director.parent_id = parent
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(False)
        self.assertEqual(self.review.upper_user_ids, self.director_user)
        many = cost(self.chief)
        self.assertEqual(self.review.upper_user_ids, self.director_user | self.chief_user)
        # 46 reviews hang below; they are written line by line of the hierarchy, not one by one.
        self.assertLess(many, 46)
