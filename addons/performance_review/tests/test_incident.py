from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .browser_common import BrowserCase
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

    def note_form(self, user, polarity="positive", screen=None):
        """Return the form that the systray opens for ``user`` on the form of ``screen``."""
        Incident = self.env["performance.incident"].with_user(user)
        where = (screen._name, screen.id) if screen else ()
        action = Incident.get_note_action(polarity, *where)
        self.assertEqual(action["target"], "new")
        return Form(Incident.with_context(**action["context"]), view=action["view_id"][0])

    def test_ten_seconds_in_the_form(self):
        for polarity in ("positive", "negative"):
            # What is left to do is one sentence and one click.
            with self.note_form(self.worker_user, polarity) as form:
                form.name = "Stopped the line in time"
            with self.subTest(polarity):
                self.assertEqual(form.record.polarity, polarity)
                self.assertEqual(form.record.employee_id.sudo(), self.worker)
                self.assertEqual(form.record.author_id, self.worker_user)
                self.assertEqual(str(form.record.date), "2026-03-02")
                self.assertFalse(form.record.shared)
                told = form.record.action_noted()
                self.assertIn("Only you can read it", told["params"]["message"])
        with self.assertRaises(UserError):
            self.env["performance.incident"].get_note_action("indifferent")

    def test_whoever_leads_others_says_whom(self):
        form = self.note_form(self.manager_user)
        self.assertFalse(form.employee_id)
        self.assertTrue(form.has_few_candidates)
        self.assertEqual(
            set(form.candidate_ids[:].ids), set((self.manager | self.worker | self.porter).ids)
        )

    def test_the_reviewer_finds_the_reviewed(self):
        review = self.review_of(self.cycle, self.worker)
        review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        for user, found in ((self.peer_manager_user, True), (self.director_user, False)):
            candidates = self.env["performance.incident"].with_user(user)._get_candidates()
            with self.subTest(user.login):
                self.assertEqual(self.worker.id in candidates.ids, found)

    def test_a_large_team_is_searched(self):
        self.env["hr.employee"].create(
            [
                {
                    "name": f"E{number}",
                    "parent_id": self.manager.id,
                    "company_id": self.company.id,
                }
                for number in range(9)
            ]
        )
        self.assertFalse(self.note_form(self.manager_user).has_few_candidates)

    def test_about_whom_the_screen_is(self):
        review = self.review_of(self.cycle, self.worker)
        public = self.env["hr.employee.public"].browse(self.worker.id)
        for screen in (review, public, self.worker):
            user = self.manager_user
            if screen == self.worker:
                user.group_ids += self.env.ref("hr.group_hr_user")
            with self.subTest(screen._name):
                form = self.note_form(user, screen=screen)
                self.assertEqual(form.employee_id.id, self.worker.id)
                action = screen.with_user(user).action_note_negative()
                self.assertEqual(
                    action["context"],
                    {"default_polarity": "negative", "default_employee_id": self.worker.id},
                )

    def test_nobody_is_preset_who_is_out_of_reach(self):
        rivals = self.review_of(self.cycle, self.rival)
        public = self.env["hr.employee.public"].browse(self.rival.id)
        Incident = self.env["performance.incident"].with_user(self.manager_user)
        for where in (
            (rivals._name, rivals.id), (public._name, public.id), ("res.users", 1),
            ("no.model", 1), ("performance.review", "1"), ("performance.review", 0), ([], 1),
        ):  # fmt: skip
            with self.subTest(where):
                context = Incident.get_note_action("positive", *where)["context"]
                self.assertEqual(context, {"default_polarity": "positive"})

    def test_buttons_on_the_employee_form(self):
        public = self.env["hr.employee.public"].with_user(self.manager_user)
        can = {
            employee: public.browse(employee.id).can_note_incidents
            for employee in (self.worker, self.manager, self.rival, self.director)
        }
        self.assertEqual(
            can,
            {self.worker: True, self.manager: True, self.rival: False, self.director: False},
        )

    def test_who_will_read_it_is_said_before(self):
        own = self.note(self.worker_user)
        hr = "HR: Pr Administrator, Pr Officer"
        self.assertEqual(own.readers_text.splitlines(), ["Pr Manager (manager)", hr])
        review = self.review_of(self.cycle, self.worker)
        review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        by_manager = self.note(self.peer_manager_user)
        self.assertEqual(
            by_manager.readers_text.splitlines(),
            ["Pr Worker (employee)", "Pr Manager (manager)", hr],
        )
        own.invalidate_recordset(["readers_text"])
        self.assertEqual(
            own.readers_text.splitlines(),
            ["Pr Manager (manager)", "Pr Peer Manager (reviewer)", hr],
        )

    def test_what_is_said_is_what_happens(self):
        """Those named are those who read it once it is shared, and nobody else."""
        for author, employee in (
            (self.worker_user, self.worker), (self.manager_user, self.worker),
            (self.porter_user, self.porter), (self.director_user, self.officer_employee),
        ):  # fmt: skip
            incident = self.note(author, employee)
            told = incident.readers_text.replace("HR: ", "").replace("\n", ", ")
            named = {name.split(" (")[0].lower() for name in told.split(", ")}
            incident.action_share()
            readers = {f"pr {login.replace('_', ' ')}" for login in self.readers(incident)}
            with self.subTest(author.login):
                self.assertEqual(named, readers - {author.name.lower()})
                self.assertFalse(incident.readers_text, "nobody asks any more")

    def test_many_of_hr_are_counted(self):
        group = self.env.ref("performance_review.group_performance_review_officer")
        self.peer_manager_user.group_ids += group
        self.director_user.group_ids += group
        self.outsider_user.group_ids += group
        self.assertIn("and 2 more", self.note(self.worker_user).readers_text)

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


@tagged("post_install", "-at_install")
class TestIncidentBrowser(PerformanceCommon, BrowserCase):
    """Three actions from any screen to a note, a fourth one to share it."""

    frozen_time = False

    def test_note_from_the_systray(self):
        path = "/odoo/action-performance_review.performance_review_action"
        self.warm_up(path, self.manager_user)
        self.start_tour(path, "performance_incident", login=self.manager_user.login, timeout=180)
        incident = self.env["performance.incident"].search(
            [("author_id", "=", self.manager_user.id)]
        )
        self.assertEqual(incident.employee_id, self.porter)
        self.assertEqual(incident.polarity, "negative")
        self.assertEqual(incident.name, "Shipped without the second reading")
        self.assertTrue(incident.shared)

    def test_buttons_for_employees_alone(self):
        employee = self.url_info(self.worker_user)
        self.assertTrue(employee["performance_notes_incidents"])
        self.assertFalse(self.url_info(self.administrator_user)["performance_notes_incidents"])

    def url_info(self, user):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request("/web/session/get_session_info", {})
