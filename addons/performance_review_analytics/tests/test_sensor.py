from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .test_signal import SignalCommon


class SensorCommon(SignalCommon):
    """Three departments, so that they can be told apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.departments = cls.env["hr.department"].create(
            [
                {"name": name, "company_id": cls.company.id, "manager_id": cls.manager.id}
                for name in ("Assembly", "Dispatch")
            ]
        )
        assembly, dispatch = cls.departments
        cls.reviews.sudo().department_id = assembly
        rest = cls.cycle.review_ids - cls.reviews
        rest[:4].sudo().department_id = dispatch
        cls.rest = rest
        cls.Count = cls.env["performance.sensor.count"]

    def counts(self, user=None, **wanted):
        self.env.invalidate_all()
        rows = self.Count.with_user(user or self.officer_user).search(
            [(name, "=", value) for name, value in wanted.items()]
        )
        return [(row.department_id.name or "", row.is_total, row.people_count) for row in rows]

    def sensor(self, user=None):
        self.env.invalidate_all()
        Cycle = self.env["performance.cycle"].with_user(user or self.officer_user)
        return Cycle.get_sensor(self.cycle.id)


@tagged("post_install", "-at_install")
class TestSensor(SensorCommon, TransactionCase):
    """Counts by theme, department and parent goal, and nothing of small groups."""

    def test_departments_from_the_threshold_on(self):
        self.hold(self.reviews[:4])
        self.open()
        self.assertFalse(self.counts())
        self.assertFalse(self.sensor()["groups"])
        self.hold(self.reviews[4])
        self.open()
        self.assertEqual(self.counts(), [("", True, 5), ("Assembly", False, 5)])
        # Four of Dispatch: neither a row of theirs, nor seen in the whole.
        self.hold(self.rest[:4])
        self.open()
        self.assertEqual(self.counts(is_total=False), [("Assembly", False, 5)])
        self.assertEqual(self.counts(is_total=True), [("", True, 5)])
        (group,) = self.sensor()["groups"]
        (row,) = group["rows"]
        self.assertEqual((row["label"], row["text"]), ("Handover", "at least 5 people"))
        self.assertEqual(list(row["cells"]), [self.departments[0].id])
        signal = self.env["performance.signal"].browse(row["signal"]["id"])
        self.assertEqual(signal.people_count, 5)

    def test_one_team_of_a_department_is_not_told(self):
        self.reviews[:5].sudo().write({"reviewer_id": self.manager.id})
        self.hold(self.reviews[:5])
        self.hold(self.rest.filtered(lambda review: review.reviewer_id != self.manager)[:1])
        self.open()
        self.assertEqual(self.counts(), [("", True, 5)])

    def test_numbers_never_fall_and_closed_cycles_stand_still(self):
        self.hold(self.reviews)
        self.open()
        before = self.counts()
        self.reviews.dialogue_id.sudo().obstacle_theme_id = False
        self.open()
        self.assertEqual(self.counts(), before)
        # Reading, and reading again a talk later, shows the same.
        self.hold(self.rest[:1])
        self.assertEqual(self.counts(), before)
        self.open()
        self.assertEqual(self.counts(), before)

    def test_too_few_departments_say_so(self):
        self.cycle.review_ids.sudo().department_id = self.departments[0]
        self.hold(self.reviews)
        self.open()
        self.assertEqual(self.counts(), [("", True, 5)])
        self.assertIn("Departments are not told apart", self.sensor()["rule"])

    def test_supports_by_theme_open_no_signal(self):
        self.env["performance.point"].create(
            [
                {
                    "review_id": review.id,
                    "kind": "support",
                    "name": "SECRET bench",
                    "theme_id": self.theme.id,
                }
                for review in self.reviews[:5]
            ]
        )
        self.open()
        self.assertFalse(self.counts(), "nothing has been handed in")
        self.reviews.sudo().write({"state": "dialogue"})
        self.assertFalse(self.open())
        self.assertEqual(self.counts(kind="support", is_total=True), [("", True, 5)])
        self.assertNotIn("SECRET", str(self.sensor()))

    def test_a_goal_tells_its_owner_and_hr(self):
        self.company_goal.owner_user_id = self.director_user
        self.raise_concern(self.reviews[:4])
        self.open()
        goal = self.company_goal.with_user(self.director_user)
        self.assertFalse(goal.sensor_ids)
        self.raise_concern(self.reviews[4])
        self.open()
        for user in (self.director_user, self.officer_user):
            goal = self.company_goal.with_user(user)
            goal.invalidate_recordset()
            self.assertEqual(goal.sensor_ids.people_count, 5)
            self.assertEqual(goal.sensor_ids.concern_kind, "outside")
            self.assertNotIn("SECRET", str(goal.sensor_ids.read()))
        (group,) = self.sensor()["groups"]
        self.assertEqual(group["rows"][0]["label"], "Fewer complaints: Outside my control")
        # Its owner reads the whole and no department; others read nothing.
        self.assertEqual(self.counts(self.director_user), [("", True, 5)])
        for user in (self.manager_user, self.worker_user, self.outsider_user):
            goal = self.company_goal.with_user(user)
            goal.invalidate_recordset()
            self.assertFalse(goal.sensor_ids)
            self.assertFalse(goal.search([("sensor_ids.people_count", ">", 0)]))
            self.assertFalse(goal.search([("sensor_ids", "!=", False)]))

    def test_the_manager_of_a_department_owns_its_goal_first(self):
        goal = self.env["performance.goal"].create(
            {"name": "Faster", "scope": "department", "department_id": self.departments[0].id}
        )
        self.assertEqual(goal.owner_user_id, self.manager_user)
        # Whoever edits departments moves no reader.
        self.departments[0].manager_id = self.peer_manager
        self.assertEqual(goal.owner_user_id, self.manager_user)
        with self.assertRaises(AccessError):
            goal.with_user(self.peer_manager_user).owner_user_id = self.peer_manager_user

    def test_nobody_else_reads_or_writes_counts(self):
        self.hold(self.reviews)
        self.open()
        row = self.Count.search([("cycle_id", "=", self.cycle.id)], limit=1)
        core_hr = new_test_user(
            self.env,
            "pr_core_hr",
            groups="hr.group_hr_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        for user in (
            self.worker_user,
            self.manager_user,
            self.director_user,
            self.outsider_user,
            core_hr,
        ):
            with self.subTest(user.login):
                self.assertFalse(self.Count.with_user(user).search([]))
                self.assertFalse(
                    self.Count.with_user(user)._read_group([], ["kind"], ["people_count:sum"])[0:]
                )
                with self.assertRaises(AccessError):
                    self.sensor(user)
        with self.assertRaises(AccessError):
            self.Count.with_user(self.porter_user).search([])
        with self.assertRaises(AccessError):
            self.sensor(self.porter_user)
        as_officer = row.with_user(self.officer_user)
        for call in (
            lambda: as_officer.write({"people_count": 500}),
            lambda: as_officer.copy(),
            lambda: as_officer.unlink(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_hr_reads_no_more_for_being_among_them(self):
        own = self.review_of(self.cycle, self.officer_employee)
        self.hold(self.reviews[:4] | own)
        self.open()
        # Her own department is hidden from her like any other small group.
        self.assertEqual(self.counts(), [("", True, 5)])

    def test_other_cycles_and_companies(self):
        Cycle = self.env["performance.cycle"]
        for wrong in (2**31 - 1, "x", [1]):
            with self.assertRaises(UserError):
                Cycle.with_user(self.officer_user).get_sensor(wrong)
        foreign = Cycle.with_user(self.foreign_officer_user).with_context(
            allowed_company_ids=self.other_company.ids
        )
        self.assertEqual(foreign.get_sensor(), {"cycles": []})
        with self.assertRaises(UserError):
            foreign.get_sensor(self.cycle.id)
