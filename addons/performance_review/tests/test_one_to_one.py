from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY
from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestOneToOne(PortalCase):
    """Between the checkpoints: held by the reviewer, asked for by the employee."""

    def setUp(self):
        super().setUp()
        self.to_follow_up(self.review)
        self.as_manager = self.review.with_user(self.manager_user)
        self.as_employee = self.review.with_user(self.porter_user)

    def test_held_today_with_its_agenda(self):
        Incident = self.env["performance.incident"]
        shared = Incident.with_user(self.porter_user).create(
            {"employee_id": self.porter.id, "name": "Found the leak", "polarity": "positive"}
        )
        shared.action_share()
        own = Incident.with_user(self.porter_user).create(
            {"employee_id": self.porter.id, "name": "Mine alone", "polarity": "negative"}
        )
        before = self.review.checkpoint_ids
        action = self.as_manager.action_one_to_one()
        added = self.review.checkpoint_ids - before
        self.assertEqual((added.kind, added.date), ("one_to_one", TODAY))
        self.assertEqual(action["params"], {"checkpoint_id": added.id})
        found = added.with_user(self.manager_user).get_noting()
        self.assertEqual([each["name"] for each in found["incidents"]], [shared.name])
        self.assertTrue(found["groups"])
        found = added.with_user(self.porter_user).get_noting()
        self.assertCountEqual(
            [each["name"] for each in found["incidents"]], [shared.name, own.name]
        )
        # Twice is once.
        self.assertEqual(self.as_manager.action_one_to_one()["params"], action["params"])

    def test_from_the_employee(self):
        person = self.env["hr.employee.public"].with_user(self.manager_user).browse(self.porter.id)
        self.assertTrue(person.is_followed)
        self.assertEqual(person.action_one_to_one()["tag"], "performance_noting")
        other = person.browse(self.worker.id)
        self.assertFalse(other.is_followed)
        with self.assertRaises(UserError):
            other.action_one_to_one()

    def test_asked_for(self):
        self.as_employee.action_request_one_to_one(date(2026, 3, 10), " The second bench ")
        [asked] = self.review.checkpoint_ids.filtered(lambda each: each.kind == "one_to_one")
        self.assertEqual((asked.date, asked.note), (date(2026, 3, 10), "The second bench"))
        self.assertEqual(asked.activity_ids.user_id, self.manager_user)
        with self.assertRaises(UserError) as refused:
            self.as_employee.action_request_one_to_one(date(2026, 3, 11), "Again")
        self.assertIn("already", str(refused.exception))

    def test_what_is_refused(self):
        for day, topic in (
            (date(2026, 3, 1), "Yesterday"),
            (date(2026, 3, 7), "A Saturday"),
            (None, "No day"),
            ("soon", "No day"),
            (date(2026, 3, 10), " "),
        ):
            with self.subTest(topic=topic), self.assertRaises(UserError), self.env.cr.savepoint():
                self.as_employee.action_request_one_to_one(day, topic)
        for user in (self.manager_user, self.director_user, self.officer_user):
            with self.assertRaises(AccessError):
                self.review.with_user(user).action_request_one_to_one(date(2026, 3, 10), "x")
        for user in (self.porter_user, self.director_user, self.officer_user):
            with self.assertRaises(AccessError):
                self.review.with_user(user).action_one_to_one()

    def test_in_the_portal(self):
        self.log_in(self.porter_user)
        self.assertIn("Ask for a one-to-one", self.get("?open=checkpoints").text)
        page = self.post("/one_to_one", date="2026-03-07", topic="The second bench")
        self.assertEqual(page.status_code, 422)
        self.assertIn("working day", page.text)
        self.assertIn("The second bench", page.text)
        page = self.post("/one_to_one", date="2026-03-10", topic="The second bench").text
        self.assertIn("The one-to-one is planned", page)
        self.assertIn("The second bench", page)
        self.assertNotIn("Ask for a one-to-one", page)
