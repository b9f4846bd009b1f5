from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .test_signal import SignalCommon


@tagged("post_install", "-at_install")
class TestHrStory(SignalCommon, HttpCase):
    """A cycle of HR: set up from the last one, launched, watched, mended, and heard.

    With the verbs behind the buttons, as the officer, and with the pages employees open.
    """

    def as_officer(self, records):
        return records.with_user(self.officer_user)

    def do(self, action):
        """Return the record a dialog works on, as the officer."""
        return self.as_officer(self.env[action["res_model"]]).browse(action["res_id"])

    def add_fallen_out(self):
        """Two people of the company whom no launch can take along yet."""
        user = new_test_user(
            self.env,
            "pr_no_manager",
            groups="base.group_portal",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        Employee = self.env["hr.employee"].with_company(self.company)
        return Employee.create(
            [
                {"name": "Nobody's", "user_id": user.id, "company_id": self.company.id},
                {
                    "name": "Userless",
                    "company_id": self.company.id,
                    "parent_id": self.manager.id,
                },
            ]
        )

    def test_hr_leads_a_cycle(self):
        Cycle = self.as_officer(self.env["performance.cycle"])
        without_manager, without_user = self.add_fallen_out()

        # Set up from the last one, on the guided page.
        cycle = self.do(Cycle.action_copy_last())
        self.assertEqual(cycle.date_start, date(2027, 1, 1))
        cycle.name = "Year 2027"
        self.assertIn("Year 2027", cycle.invitation_preview)
        self.assertIn("No manager: 2", cycle.population_text)
        self.assertIn("No user, so nobody could sign: 1", cycle.population_text)

        # Launched, and everybody in it is asked.
        with freeze_time("2027-03-01"):
            preview = self.do(cycle.action_open_launch())
            self.assertEqual(preview.launch_count, cycle.population_count)
            preview.action_launch()
            self.assertEqual(cycle.state, "open")
            self.assertNotIn(without_manager, cycle.review_ids.sudo().employee_id)

        # After the deadline: who is late, by name; one mail reminds a manager.
        with freeze_time("2027-03-22"):
            cockpit = Cycle.get_cockpit(cycle.id)
            self.assertTrue(cockpit["deadlines"][0]["late_text"])
            late = {row["name"]: row for row in cockpit["waiting"]["reviewer"]["rows"]}
            self.assertTrue(late["Pr Manager"]["is_overdue"])
            cycle.action_remind_waited_for("reviewer", late["Pr Manager"]["id"])
            lines = self.env["performance.reminder.line"].search([("code", "=", "asked")])
            self.assertEqual(lines.user_id, self.manager_user)
            # The deadline moves, with a reason that stays.
            with self.assertRaises(UserError):
                cycle.preparation_deadline = "2027-04-02"
            cycle.action_move_deadline("preparation_deadline", "2027-04-02", "Trade fair")
            self.assertEqual(cycle.event_ids[:1].reason, "Trade fair")

            # Two fell out: HR mends both files, and exactly these two are added.
            left_out = {row["code"]: row["count"] for row in cockpit["left_out"]["rows"]}
            self.assertEqual((left_out["no_manager"], left_out["no_user"]), (2, 1))
            without_manager.parent_id = self.manager
            without_user.user_id = new_test_user(
                self.env,
                "pr_userless",
                groups="base.group_portal",
                company_id=self.company.id,
                company_ids=[Command.set(self.company.ids)],
            )
            self.env.invalidate_all()
            self.assertEqual(Cycle.get_cockpit(cycle.id)["left_out"]["to_add"], 2)
            joining = self.do(cycle.action_open_launch())
            self.assertEqual(joining.launch_names, "Nobody's, Userless")
            before = cycle.review_ids
            joining.action_launch()
            added = (cycle.review_ids - before).sudo().employee_id
            self.assertEqual(added, without_manager | without_user)

        # Five of them name the same obstacle; HR decides and answers.
        reviews = cycle.sudo().review_ids
        crew = reviews.filtered(lambda review: review.employee_id in self.more)
        # Two more are internal employees: one of them named it as well.
        inside = self.review_of(cycle.sudo(), self.worker)
        silent = self.review_of(cycle.sudo(), self.peer_manager)
        self.hold(crew[:5] | inside)
        self.hold(crew[5] | silent, obstacle_theme_id=False)
        self.open(cycle)
        (shown,) = Cycle.get_cockpit(cycle.id)["signals"]
        signal = self.as_officer(self.Signal).browse(shown["id"])
        self.assertEqual(signal.people_text, "At least 5 people of several teams")
        signal.write({"decision": "Two shifts overlap", "answer": "From May shifts overlap"})
        signal.action_answer()
        self.env.invalidate_all()

        # Who raised it reads it in the portal, nobody else does.
        for review, is_told in (
            (crew[0], True), (crew[4], True), (crew[5], False), (inside, True), (silent, False),
        ):  # fmt: skip
            login = review.employee_user_id.login
            self.authenticate(login, login)
            page = self.url_open(f"/my/reviews/{review.id}")
            self.assertEqual(page.status_code, 200)
            self.assertEqual("From May shifts overlap" in page.text, is_told, login)
            self.assertNotIn("Two shifts overlap", page.text)
        # Internal employees read it in the back office too, on the review of their own alone.
        for review, user, is_told in (
            (inside, self.worker_user, True), (silent, self.peer_manager_user, False),
        ):  # fmt: skip
            (row,) = review.with_user(user).read(["signal_answers"])
            self.assertEqual("From May shifts overlap" in row["signal_answers"], is_told)
        for user in (self.officer_user, self.manager_user, self.director_user):
            (row,) = inside.with_user(user).read(["signal_answers"])
            self.assertFalse(row["signal_answers"], user.login)
        for user in (self.manager_user, self.peer_manager_user, self.director_user):
            self.assertFalse(self.Signal.with_user(user).search([]))
            with self.assertRaises(AccessError):
                signal.with_user(user).read(["answer"])
            for review in crew:
                reader = review.with_user(user)
                self.assertFalse(reader.has_access("read") and reader.signal_answers)
