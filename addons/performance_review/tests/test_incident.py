from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestIncident(PerformanceCommon):
    """The two-button log: private until shared, final from then on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()

    def note(self, author, employee=None, **vals):
        return (
            self.env["performance.incident"]
            .with_user(author)
            .create(
                {
                    "employee_id": (employee or self.worker).id,
                    "name": "Stopped the line in time",
                    "polarity": "positive",
                    **vals,
                }
            )
        )

    def readers(self, incident):
        users = (
            self.worker_user | self.manager_user | self.director_user | self.officer_user
            | self.administrator_user | self.outsider_user | self.peer_manager_user
            | self.porter_user | self.foreign_officer_user
        )  # fmt: skip
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            user.login.removeprefix("pr_")
            for user in users
            if self.env["performance.incident"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .search_count([("id", "=", incident.id)])
        }

    def test_private_until_shared(self):
        everybody = {"worker", "manager", "officer", "administrator"}
        for author in (self.manager_user, self.worker_user):
            incident = self.note(author, effect="No scrap")
            with self.subTest(author.login):
                self.assertEqual(self.readers(incident), {author.login.removeprefix("pr_")})
                incident.action_share()
                self.assertEqual(self.readers(incident), everybody)

    def test_a_portal_employee_notes_and_shares(self):
        incident = self.note(self.porter_user, self.porter)
        self.assertEqual(incident.author_id, self.porter_user)
        self.assertEqual(self.readers(incident), {"porter"})
        incident.action_share()
        self.assertIn("manager", self.readers(incident))

    def test_hr_does_not_read_about_itself(self):
        about_hr = self.note(self.director_user, self.officer_employee)
        self.assertEqual(self.readers(about_hr), {"director"})
        about_hr.action_share()
        # As the employee, like everybody else.
        self.assertEqual(self.readers(about_hr), {"director", "officer", "administrator"})

    def test_who_notes_about_whom(self):
        for author in (
            self.director_user, self.officer_user, self.administrator_user, self.outsider_user,
            self.peer_manager_user, self.porter_user,
        ):  # fmt: skip
            with self.subTest(author.login), self.assertRaises(UserError):
                self.note(author)

    def test_the_reviewer_notes_too(self):
        review = self.review_of(self.cycle, self.worker)
        review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        self.assertTrue(self.note(self.peer_manager_user))
        self.assertTrue(self.note(self.manager_user), "still the manager")

    def test_the_author_is_not_chosen(self):
        with self.assertRaises(AccessError):
            self.note(self.manager_user, author_id=self.worker_user.id)
        incident = self.note(self.manager_user)
        with self.assertRaises(AccessError):
            incident.author_id = self.worker_user
        with self.assertRaises(AccessError):
            incident.employee_id = self.porter

    def test_the_author_corrects_and_deletes_while_private(self):
        incident = self.note(self.manager_user)
        incident.write({"name": "Stopped both lines", "polarity": "negative", "date": "2026-02-20"})
        incident.unlink()
        self.assertFalse(incident.exists())

    def test_nobody_else_touches_it(self):
        incident = self.note(self.manager_user)
        for shared in (False, True):
            if shared:
                incident.action_share()
            for user in (self.worker_user, self.officer_user, self.director_user):
                own = incident.with_user(user)
                for name, act in {
                    "write": lambda own=own: own.write({"effect": "x"}),
                    "unlink": own.unlink,
                    "share": own.action_share,
                }.items():
                    with self.subTest(user.login, act=name, shared=shared):
                        with self.assertRaises(AccessError):
                            act()
                        self.env.invalidate_all()

    def test_shared_stays_as_it_is(self):
        incident = self.note(self.manager_user, effect="No scrap")
        incident.action_share()
        incident.action_share()
        for vals in (
            {"name": "Other"}, {"effect": "Other"}, {"date": "2026-01-01"},
            {"polarity": "negative"},
        ):  # fmt: skip
            with self.subTest(vals), self.assertRaises(UserError) as refused:
                incident.write(vals)
            self.assertIn("stays as it is", str(refused.exception))
        with self.assertRaises(UserError):
            incident.unlink()
        with self.assertRaises(AccessError):
            incident.shared = False
        incident.theme_id = self.theme
        self.assertEqual(incident.effect, "No scrap")

    def test_the_goal_is_the_employees(self):
        goals = {
            employee: self.env["performance.goal"].create(
                {"name": "Output", "employee_id": employee.id, "target": 10.0}
            )
            for employee in (self.worker, self.porter)
        }
        self.note(self.manager_user, goal_id=goals[self.worker].id)
        with self.assertRaises(UserError) as refused:
            self.note(self.manager_user, goal_id=goals[self.porter].id)
        self.assertIn("somebody else", str(refused.exception))

    def test_ten_seconds_in_the_form(self):
        for name, polarity in (("positive", "positive"), ("negative", "negative")):
            action = self.env.ref(f"performance_review.performance_incident_action_{name}")
            Incident = self.env["performance.incident"].with_user(self.worker_user)
            with Form(Incident.with_context(default_polarity=polarity)) as form:
                form.name = "Stopped the line in time"
            with self.subTest(name):
                self.assertIn(polarity, action.context)
                self.assertEqual(form.record.polarity, polarity)
                self.assertEqual(form.record.employee_id.sudo(), self.worker)
                self.assertEqual(str(form.record.date), "2026-03-02")
                self.assertFalse(form.record.shared)

    def test_the_manager_picks_the_employee_in_the_form(self):
        with Form(self.env["performance.incident"].with_user(self.manager_user)) as form:
            form.employee_id = self.worker.with_user(self.manager_user)
            form.name = "Late again"
            form.polarity = "negative"
        self.assertEqual(form.record.author_id, self.manager_user)

    def test_one_says_whether_it_went_well(self):
        Incident = self.env["performance.incident"].with_user(self.worker_user)
        for polarity in ({}, {"polarity": False}):
            with self.subTest(polarity), self.assertRaises(UserError) as refused:
                Incident.create({"employee_id": self.worker.id, "name": "Found it", **polarity})
            self.assertIn("went well or wrong", str(refused.exception))

    def test_nothing_has_happened_tomorrow(self):
        for act in (
            lambda: self.note(self.worker_user, date="2026-03-03"),
            lambda: self.note(self.worker_user).write({"date": "2027-01-01"}),
        ):
            with self.subTest(), self.assertRaises(UserError) as refused, self.cr.savepoint():
                act()
            self.assertIn("today or earlier", str(refused.exception))
        self.assertTrue(self.note(self.worker_user, date="2026-03-02"))

    def test_a_blank_name_says_nothing(self):
        with self.assertRaises(UserError):
            self.note(self.worker_user, name="  \n ")

    def test_a_text_over_its_limit(self):
        with self.assertRaises(UserError) as refused:
            self.note(self.worker_user, name="x" * 501)
        self.assertIn("500", str(refused.exception))
