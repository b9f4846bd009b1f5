from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.performance_review.tests.common import PerformanceCommon

from ..tools.small_groups import REST
from .dashboard_common import DashboardCommon


@tagged("post_install", "-at_install")
class TestPilot(PerformanceCommon):
    """A few teams first; nothing launches the others but HR, beside what the pilot found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.create_cycle(pilot_manager_ids=[Command.set(cls.manager.ids)])
        cls.as_officer = cls.cycle.with_user(cls.officer_user)

    def preview(self, action):
        return self.env[action["res_model"]].with_user(self.officer_user).browse(action["res_id"])

    def test_the_teams_of_the_pilot_are_launched_alone(self):
        wizard = self.preview(self.as_officer.action_open_launch())
        self.assertEqual(wizard.launch_count, 2)
        self.assertIn("Not in the pilot", wizard.line_ids.mapped("reason"))
        wizard.action_launch()
        self.assertTrue(self.cycle.is_pilot)
        self.assertEqual(self.cycle.review_ids.employee_id, self.worker | self.porter)
        # Neither late joiners nor the nightly job take others along.
        with self.assertRaises(UserError):
            self.as_officer.action_launch()
        self.cycle.joins_daily = True
        with self.enter_registry_test_mode():
            self.env.ref("performance_review.ir_cron_join").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(self.cycle.review_ids), 2)
        # And it is nothing to mend.
        codes = [
            row["code"] for row in self.as_officer.get_cockpit(self.cycle.id)["left_out"]["rows"]
        ]
        self.assertNotIn("pilot", codes)
        self.assertTrue(self.as_officer.get_cockpit(self.cycle.id)["is_pilot"])

    def test_what_it_found_stands_beside_the_launch_for_everybody(self):
        self.cycle.action_launch()
        wizard = self.preview(self.as_officer.action_open_launch_all())
        self.assertEqual(wizard.launch_count, 4)
        for words in ("0 of 2 reviews done", "Self-assessment × 2", "No manager × 1", "Pulse:"):
            self.assertIn(words, wizard.pilot_text)
        wizard.action_launch()
        self.assertFalse(self.cycle.is_pilot)
        self.assertEqual(len(self.cycle.review_ids), 6)

    def test_departments_with_those_below_them(self):
        below = self.env["hr.department"].create(
            {"name": "Below", "parent_id": self.department.id, "company_id": self.company.id}
        )
        self.worker.department_id = below
        self.cycle.write(
            {
                "pilot_manager_ids": [Command.clear()],
                "pilot_department_ids": [Command.set(below.ids)],
            }
        )
        self.cycle.action_launch()
        self.assertEqual(self.cycle.review_ids.employee_id, self.worker)

    def test_a_pilot_of_everybody_ends_without_a_launch(self):
        self.cycle.pilot_department_ids = self.department
        self.cycle.action_launch()
        self.as_officer.action_launch_all()
        self.assertFalse(self.cycle.is_pilot)
        self.assertEqual(self.cycle.state, "open")

    def test_the_dialog_offers_what_will_happen(self):
        arch = etree.fromstring(
            self.env["performance.cycle.preview"]
            .with_user(self.officer_user)
            .get_view(view_type="form")["arch"]
        )

        def offered(**values):
            return [
                button.get("string")
                for button in arch.iterfind(".//button[@name='action_launch']")
                if not safe_eval(button.get("invisible"), values)
            ]

        draft = {"cycle_state": "draft", "is_whole": False}
        under_way = {"cycle_state": "open", "has_pilot": True}
        for values, words in (
            ({**draft, "has_pilot": False, "launch_count": 3}, ["Launch"]),
            ({**draft, "has_pilot": True, "launch_count": 3}, ["Launch the pilot"]),
            ({**draft, "has_pilot": True, "launch_count": 0}, []),
            ({**under_way, "is_whole": True, "launch_count": 3}, ["Launch for everybody"]),
            # A pilot of everybody ends as well.
            ({**under_way, "is_whole": True, "launch_count": 0}, ["Launch for everybody"]),
            ({**under_way, "is_whole": False, "launch_count": 3}, ["Add them"]),
            ({**under_way, "is_whole": False, "launch_count": 0}, []),
        ):
            with self.subTest(values):
                self.assertEqual(offered(**values), words)

    def test_only_hr_and_only_by_the_verb(self):
        self.cycle.action_launch()
        with self.assertRaises(AccessError):
            self.as_officer.is_pilot = False
        for user in (self.manager_user, self.worker_user, self.director_user):
            cycle = self.cycle.with_user(user)
            for verb in (cycle.action_launch_all, cycle.action_open_launch_all):
                with self.assertRaises(AccessError):
                    verb()
        # The next cycle begins without a pilot.
        draft = self.cycle.copy()
        self.assertFalse(draft.is_pilot or draft.has_pilot)


@tagged("post_install", "-at_install")
class TestFiguresAfterPilot(DashboardCommon):
    """Who comes after the pilot has rows as well; nobody changes a row by coming later."""

    def test_departments_after_the_pilot_have_rows_of_their_own(self):
        cycle = self.create_cycle(
            name="With a pilot",
            pilot_department_ids=[Command.set(self.departments["Assembly"].ids)],
        )
        cycle.action_launch()
        rows = {name: str(each.id) for name, each in self.departments.items()}
        self.assertEqual(set(cycle.figure_groups), {rows["Assembly"]})
        cycle.action_launch_all()
        self.env.flush_all()
        groups = cycle.figure_groups
        for name in ("Assembly", "Paint"):
            self.assertEqual(groups[rows[name]], self.departments[name].id, name)
        for name in ("Store", "Lab"):
            self.assertEqual(groups[rows[name]], REST, name)
        # One who was moved takes nobody's figure along to a new row.
        other = self.departments["Lab"].copy({"name": "Office"})
        cycle.review_ids.filtered(
            lambda review: review.department_id == self.departments["Paint"]
        ).sudo().department_id = other
        self.env["hr.employee"].create(
            {
                "name": "Late",
                "company_id": self.company.id,
                "department_id": other.id,
                "parent_id": self.manager.id,
                "user_id": self.people[0].user_id.copy({"login": "pr_late"}).id,
            }
        )
        cycle.action_launch()
        self.env.flush_all()
        self.assertEqual(cycle._get_figure_row(other.id), REST)
