from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.performance_review.models.performance_pulse import QUESTIONS

from .dashboard_common import DashboardCommon


@tagged("post_install", "-at_install")
class TestDashboardPulse(DashboardCommon):
    """The pulse of a cycle in the dashboard: whoever leads there sees it from a threshold on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.last = cls.launch_year("Year 2025", 2025)
        cls.set_state(cls.cycle.review_ids | cls.last.review_ids, "agreement")

    @classmethod
    def launch_year(cls, name, year, **vals):
        return cls.launch(
            name=name,
            date_start=f"{year}-01-01",
            date_end=f"{year}-12-31",
            preparation_deadline=False,
            dialogue_deadline=False,
            agreement_deadline=False,
            **vals,
        )

    def give(self, reviews, mark):
        """Answer after the talks of some people."""
        for review in reviews:
            own = review.with_user(review.employee_user_id)
            own.action_give_pulse(dict.fromkeys(QUESTIONS, mark))

    def set_manager_minimum(self, cycle, minimum):
        # It was frozen at the launch.
        self.env.cr.execute(
            "UPDATE performance_cycle SET manager_minimum = %s WHERE id = %s", [minimum, cycle.id]
        )
        self.env.invalidate_all()

    def pulse(self, user, **filters):
        return self.dashboard(user, **{"cycle_id": self.cycle.id, **filters})["pulse"]

    def test_whoever_leads_sees_it_from_the_threshold_on(self):
        readers = (self.officer_user, self.manager_user, self.peer_manager_user, self.director_user)
        self.give(self.reviews_in("Assembly")[:4], 5)
        for user in readers:
            pulse = self.pulse(user)
            self.assertEqual((pulse["count"], pulse["rows"]), (0, []), user.login)
            self.assertEqual(pulse["text"], "Not enough answers: shown from 5 on.")
        self.give(self.reviews_in("Paint")[:1], 1)
        for user in readers:
            pulse = self.pulse(user)
            self.assertEqual(pulse["count"], 5, user.login)
            self.assertEqual([row["mean"] for row in pulse["rows"]], ["4.2"] * 4)
            self.assertEqual(pulse["rows"][0]["bars"], [20, 0, 0, 0, 80])

    def test_managers_have_a_threshold_of_their_own(self):
        self.set_manager_minimum(self.cycle, 7)
        self.give(self.reviews_in("Assembly")[:9], 4)
        self.assertEqual(self.pulse(self.officer_user)["count"], 5)
        pulse = self.pulse(self.manager_user)
        self.assertEqual((pulse["count"], pulse["rows"]), (0, []))
        self.assertEqual(pulse["text"], "Not enough answers: shown from 7 on.")
        self.give(self.reviews_in("Paint")[:1], 4)
        self.assertEqual(self.pulse(self.manager_user)["count"], 10)

    def test_the_smaller_threshold_never_counts(self):
        self.set_manager_minimum(self.cycle, 3)
        self.give(self.reviews_in("Assembly")[:4], 4)
        self.assertEqual(self.pulse(self.manager_user)["count"], 0)
        self.assertIn("from 5 on", self.pulse(self.manager_user)["text"])

    def test_two_days_show_no_single_answer(self):
        self.give(self.reviews_in("Assembly")[:5], 5)
        before = self.pulse(self.manager_user)
        for review in self.reviews_in("Assembly")[5:9]:
            self.give(review, 1)
            self.assertEqual(self.pulse(self.manager_user), before)
        self.give(self.reviews_in("Paint")[:1], 1)
        self.assertEqual(self.pulse(self.manager_user)["rows"][0]["mean"], "3.0")

    def test_beside_the_last_cycle_under_the_same_rule(self):
        self.give(self.reviews_in("Assembly")[:5], 5)
        self.give(self.last.review_ids[:5], 2)
        pulse = self.pulse(self.manager_user)
        self.assertEqual((pulse["previous"], pulse["rows"][0]["before"]), ("Year 2025", "2.0"))
        self.set_manager_minimum(self.last, 6)
        pulse = self.pulse(self.manager_user)
        self.assertEqual((pulse["count"], pulse["previous"]), (5, False))
        self.assertFalse(pulse["rows"][0]["before"])
        self.assertEqual(self.pulse(self.officer_user)["previous"], "Year 2025")

    def test_nothing_of_a_cycle_in_which_somebody_leads_nobody(self):
        of_peer = self.cycle.review_ids.filtered(
            lambda review: review.reviewer_user_id == self.peer_manager_user
        )
        others = (self.cycle.review_ids - of_peer).employee_id
        other = self.launch_year("Of one", 2024, excluded_employee_ids=[Command.set(others.ids)])
        self.assertNotIn(self.manager_user, other.review_ids.reviewer_user_id)
        self.set_state(other.review_ids, "agreement")
        self.give(other.review_ids[:5], 2)
        self.give(self.last.review_ids[:5], 3)
        self.assertEqual(self.pulse(self.peer_manager_user, cycle_id=other.id)["count"], 5)
        self.assertEqual(self.pulse(self.director_user, cycle_id=other.id)["count"], 5)
        names = [cycle["name"] for cycle in self.dashboard(self.manager_user)["cycles"]]
        self.assertNotIn("Of one", names)
        with self.assertRaisesRegex(Exception, "Choose a cycle"):
            self.pulse(self.manager_user, cycle_id=other.id)
        # Nor beside a cycle in which he does.
        own = self.pulse(self.manager_user, cycle_id=self.last.id)
        self.assertEqual((own["count"], own["previous"]), (5, False))
        self.assertEqual(
            self.pulse(self.peer_manager_user, cycle_id=self.last.id)["previous"], "Of one"
        )

    def test_employees_get_nothing(self):
        self.give(self.reviews_in("Assembly")[:5], 5)
        for user in (self.worker_user, self.porter_user, self.outsider_user):
            with self.assertRaises(AccessError):
                self.pulse(user)

    def test_the_whole_cycle_alone(self):
        """A department's, or that of all years, there is not: one histogram for each cycle."""
        self.give(self.reviews_in("Assembly")[:5], 5)
        row = self.departments["Assembly"].id
        self.assertIs(self.pulse(self.officer_user, department=row), False)
        self.assertIs(self.pulse(self.officer_user, figures=["lead"]), False)
        self.assertIs(self.dashboard(self.officer_user, period="all")["pulse"], False)
