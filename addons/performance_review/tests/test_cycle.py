from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..wizards import performance_cycle_preview
from .common import TODAY, PerformanceCommon


class CycleCase(PerformanceCommon):
    """A small company whose people differ in everything a population asks for.

    ``everybody`` are those whom a launch without any filter reaches; the director, who has
    no manager, is not among them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.everybody = (
            cls.manager | cls.peer_manager | cls.worker | cls.porter | cls.rival
        ) | cls.officer_employee

    @classmethod
    def matched(cls, **vals):
        """Return the employees whom a cycle with these values would give a review."""
        cycle = cls.create_cycle(**vals).with_user(cls.officer_user)
        return cycle._get_employees().search(cycle._get_launch_domain())

    @classmethod
    def preview(cls, cycle):
        """Return the preview that HR sees before launching ``cycle``."""
        action = cycle.with_user(cls.officer_user).action_open_launch()
        return cls.env[action["res_model"]].with_user(cls.officer_user).browse(action["res_id"])

    @classmethod
    def add_employee(cls, name, with_user=True, **vals):
        """Return one more employee under the manager."""
        user = cls.env["res.users"]
        if with_user:
            user = user.create({"name": name, "login": name.lower(), "email": f"{name}@x.test"})
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "parent_id": cls.manager.id,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestPopulation(CycleCase):
    """C1: who takes part."""

    def test_without_a_filter_the_company(self):
        self.assertEqual(self.matched(), self.everybody)

    def test_departments_with_those_below(self):
        team = self.env["hr.department"].create(
            {"name": "Team", "parent_id": self.department.id, "company_id": self.company.id}
        )
        elsewhere = self.env["hr.department"].create(
            {"name": "Yard", "company_id": self.company.id}
        )
        self.worker.department_id = team
        self.porter.department_id = elsewhere
        self.assertEqual(
            self.matched(department_ids=[Command.set(self.department.ids)]),
            self.everybody - self.porter,
        )
        self.assertEqual(self.matched(department_ids=[Command.set(team.ids)]), self.worker)
        self.assertEqual(
            self.matched(department_ids=[Command.set((team | elsewhere).ids)]),
            self.worker | self.porter,
        )

    def test_jobs_and_tags_narrow_each_other(self):
        tag = self.env["hr.employee.category"].create({"name": "Night shift"})
        self.porter.category_ids = tag
        self.assertEqual(self.matched(job_ids=[Command.set(self.job.ids)]), self.worker)
        self.assertEqual(self.matched(category_ids=[Command.set(tag.ids)]), self.porter)
        both = {"job_ids": [Command.set(self.job.ids)], "category_ids": [Command.set(tag.ids)]}
        self.assertFalse(self.matched(**both))
        self.worker.category_ids = tag
        self.assertEqual(self.matched(**both), self.worker)

    def test_seniority_by_the_first_version_of_the_file(self):
        # Everybody's file begins today, but the worker's with a version of last year.
        self.worker.version_id.date_version = TODAY - timedelta(days=365)
        self.worker.create_version({"date_version": TODAY - timedelta(days=10)})
        self.assertEqual(self.matched(min_seniority_days=365), self.worker)
        self.assertFalse(self.matched(min_seniority_days=366))
        self.assertEqual(self.matched(min_seniority_days=0), self.everybody)

    def test_seniority_by_the_contract_where_there_is_one(self):
        old_file = TODAY - timedelta(days=400)
        (self.worker | self.porter).version_id.date_version = old_file
        self.worker.version_id.contract_date_start = TODAY - timedelta(days=30)
        # The file is old, the contract is not: the contract counts.
        self.assertEqual(self.matched(min_seniority_days=90), self.porter)
        self.assertEqual(self.matched(min_seniority_days=30), self.worker | self.porter)

    def test_nobody_who_has_been_here_longer(self):
        self.worker.version_id.contract_date_start = TODAY - timedelta(days=80)
        # A second contract makes nobody new.
        self.porter.version_id.contract_date_start = TODAY - timedelta(days=700)
        self.porter.version_id.contract_date_end = TODAY - timedelta(days=21)
        self.porter.create_version(
            {
                "date_version": TODAY - timedelta(days=20),
                "contract_date_start": TODAY - timedelta(days=20),
                "contract_date_end": False,
            }
        )
        self.assertEqual(self.matched(max_seniority_days=100), self.everybody - self.porter)
        self.assertEqual(self.matched(min_seniority_days=80, max_seniority_days=100), self.worker)
        self.assertFalse(self.matched(min_seniority_days=81, max_seniority_days=100))

    def test_left_out_by_name(self):
        self.assertEqual(
            self.matched(excluded_employee_ids=[Command.set(self.worker.ids)]),
            self.everybody - self.worker,
        )

    def test_people_who_left_and_other_companies_do_not_take_part(self):
        self.rival.active = False
        self.env["hr.employee"].create(
            {"name": "Stranger", "company_id": self.other_company.id, "parent_id": self.manager.id}
        )
        self.assertEqual(self.matched(), self.everybody - self.rival)


@tagged("post_install", "-at_install")
class TestPreview(CycleCase):
    """C2: what the preview says before anything happens."""

    def test_counts_and_reasons(self):
        self.add_employee("Userless", with_user=False)
        self.add_employee("Managerless", parent_id=False)
        self.add_employee("Portalled", parent_id=self.porter.id)
        # Two reasons at once: the first one is named, nobody counts twice.
        excluded = self.add_employee("Excluded", with_user=False, parent_id=False)
        boss = self.add_employee("Boss")
        boss.parent_id = boss
        cycle = self.create_cycle(excluded_employee_ids=[Command.set(excluded.ids)])
        preview = self.preview(cycle)
        found = {line.reason: (line.count, line.names) for line in preview.line_ids}
        self.assertEqual(
            found,
            {
                "Left out by name": (1, "Excluded"),
                "No user, so nobody could sign": (1, "Userless"),
                "No manager": (2, "Managerless, Pr Director"),
                "The manager has no internal user": (1, "Portalled"),
                "Employee and manager are the same person": (1, "Boss"),
            },
        )
        self.assertEqual(preview.launch_count, len(self.everybody))
        self.assertEqual(
            preview.match_count, preview.launch_count + sum(preview.line_ids.mapped("count"))
        )
        self.assertFalse(cycle.review_ids)

    def test_late_joiners_are_named_under_a_title_of_their_own(self):
        cycle = self.create_cycle()
        as_hr = cycle.with_user(self.officer_user)
        self.assertEqual(as_hr.action_open_launch()["name"], "Launch")
        self.assertIn("Pr Worker", self.preview(cycle).launch_names)
        cycle.action_launch()
        self.add_employee("Late Lena")
        self.add_employee("Late Otto")
        self.add_employee("Late Userless", with_user=False)
        self.assertEqual(as_hr.action_open_launch()["name"], "Add late joiners")
        preview = self.preview(cycle)
        self.assertEqual(preview.launch_names, "Late Lena, Late Otto")
        self.assertEqual(preview.launch_count, 2)
        left_out = {line.reason: line.names for line in preview.line_ids}
        self.assertIn("Late Userless", left_out["No user, so nobody could sign"])
        before = cycle.review_ids
        preview.action_launch()
        self.assertEqual(
            sorted((cycle.review_ids - before).mapped("name")), ["Late Lena", "Late Otto"]
        )

    def test_many_names_are_counted(self):
        self.patch(performance_cycle_preview, "NAMED_TO_ADD", 2)
        preview = self.preview(self.create_cycle())
        self.assertTrue(preview.launch_names.endswith(f"and {preview.launch_count - 2} more"))

    def test_users_who_cannot_log_in_are_none(self):
        self.porter_user.active = False
        self.peer_manager_user.active = False
        preview = self.preview(self.create_cycle())
        found = {line.reason: line.names for line in preview.line_ids}
        self.assertEqual(found["No user, so nobody could sign"], "Pr Peer Manager, Pr Porter")
        self.assertEqual(found["The manager has no internal user"], "Pr Rival")

    def test_second_file_of_the_same_person_is_no_manager(self):
        user = self.env["res.users"].create({"name": "Twin", "login": "twin"})
        manager, employee = self.env["hr.employee"].create(
            [
                {"name": "Twin A", "user_id": user.id, "company_id": self.other_company.id},
                {"name": "Twin B", "user_id": user.id, "company_id": self.company.id},
            ]
        )
        employee.parent_id = manager
        self.assertNotIn(employee, self.matched())

    def test_launch_from_the_preview(self):
        cycle = self.create_cycle()
        action = self.preview(cycle).action_launch()
        # The dialog closes over the form it was opened from, with its breadcrumbs.
        self.assertEqual(action, {"type": "ir.actions.act_window_close"})
        self.assertEqual(cycle.review_ids.employee_id, self.everybody)

    def test_those_in_the_cycle_are_named_as_such(self):
        cycle = self.launch()
        newcomer = self.add_employee("Newcomer")
        preview = self.preview(cycle)
        found = {line.reason: line.count for line in preview.line_ids}
        self.assertEqual(found["Already in the cycle"], len(self.everybody))
        self.assertEqual(preview.launch_count, 1)
        preview.action_launch()
        self.assertEqual(cycle.review_ids.employee_id, self.everybody | newcomer)

    def test_only_hr_of_the_company(self):
        cycle = self.create_cycle()
        for user in (self.outsider_user, self.manager_user, self.foreign_officer_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                cycle.with_user(user).action_open_launch()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["performance.cycle.preview"].with_user(user).create({"cycle_id": cycle.id})


@tagged("post_install", "-at_install")
class TestCycleValues(CycleCase):
    """What a cycle accepts, and the sentence for what it does not."""

    def test_thresholds_come_from_the_settings(self):
        self.company.write({"performance_min_points": 2, "performance_min_duration": 45})
        values = {"name": "Defaults", "outline_id": self.outline.id}
        cycle = self.env["performance.cycle"].with_user(self.officer_user).create(values)
        self.assertEqual((cycle.min_points, cycle.min_duration), (2, 45))
        self.assertEqual(cycle.company_id, self.company)
        cycle.write({"min_points": 4, "min_duration": 60})
        self.assertEqual(self.company.performance_min_points, 2)

    def test_a_new_cycle_in_the_form(self):
        form = Form(self.env["performance.cycle"].with_user(self.officer_user))
        form.name = "Year"
        cycle = form.save()
        self.assertEqual((cycle.date_start, cycle.date_end), (date(2026, 1, 1), date(2026, 12, 31)))
        self.assertEqual(cycle.state, "draft")
        self.assertTrue(cycle.outline_id)

    def test_a_copy_starts_from_the_beginning(self):
        cycle = self.launch()
        copy = cycle.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.review_ids)

    def test_the_state_moves_by_verbs_alone(self):
        cycle = self.create_cycle().with_user(self.officer_user)
        for values in ({"state": "open"}, {"close_reason": "x"}, {"launch_total": 3}):
            with self.subTest(values), self.assertRaises(AccessError):
                cycle.write(values)

    def test_launched_cycles_stay(self):
        draft = self.create_cycle(name="Mistake").with_user(self.officer_user)
        draft.unlink()
        cycle = self.launch().with_user(self.officer_user)
        with self.assertRaises(UserError) as refused:
            cycle.unlink()
        self.assertIn("“Year 2026” has been launched and stays", str(refused.exception))

    def test_company_of_a_launched_cycle_stays(self):
        cycle = self.launch()
        with self.assertRaises(ValidationError) as refused:
            cycle.company_id = self.other_company
        self.assertIn("The company of a launched cycle stays", str(refused.exception))


@tagged("post_install", "-at_install")
class TestCycleBounds(CycleCase):
    """Bad values: one clear sentence each, nothing stored."""

    def refuse(self, record, vals):
        """Return the sentence a user gets for writing ``vals``."""
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation) as refused:
            record.write(vals)
            record.flush_recordset()
        record.invalidate_recordset()
        return record._sql_error_to_message(refused.exception)

    def test_cycle(self):
        cycle = self.create_cycle()
        for vals, sentence in (
            (
                {"date_end": date(2025, 12, 31)},
                "The period ends before it starts: check both dates.",
            ),
            (
                {"dialogue_deadline": date(2026, 3, 19)},
                "The deadlines follow each other: preparation, dialogue, agreement.",
            ),
            (
                {"agreement_deadline": date(2026, 4, 9)},
                "The deadlines follow each other: preparation, dialogue, agreement.",
            ),
            (
                {"dialogue_deadline": False, "agreement_deadline": date(2026, 3, 19)},
                "The deadlines follow each other: preparation, dialogue, agreement.",
            ),
            (
                {"checkpoint_rhythm": "custom", "checkpoint_days": 0},
                "Checkpoints need at least one day between them.",
            ),
            ({"min_points": 0}, "Ask for at least one point of each kind."),
            ({"min_duration": 9}, "Less than ten minutes is no review: choose ten or more."),
            ({"min_seniority_days": -1}, "Seniority cannot be below 0 days."),
            ({"max_seniority_days": -1}, "Seniority cannot be below 0 days."),
            (
                {"min_seniority_days": 90, "max_seniority_days": 80},
                "The maximum seniority lies below the minimum: nobody would take part.",
            ),
        ):
            with self.subTest(vals):
                self.assertEqual(self.refuse(cycle, vals), sentence)

    def test_deadlines_may_be_equal_or_absent(self):
        same = date(2026, 5, 1)
        names = ("preparation_deadline", "dialogue_deadline", "agreement_deadline")
        cycle = self.create_cycle(**dict.fromkeys(names, same))
        cycle.write({"preparation_deadline": False})
        cycle.write(dict.fromkeys(names, False))
        self.env.flush_all()

    def test_settings(self):
        for vals, sentence in (
            ({"performance_min_points": 0}, "Ask for at least one point of each kind."),
            ({"performance_min_duration": 5}, "Less than ten minutes is no review"),
            ({"performance_pulse_minimum": 2}, "Fewer than three answers would give people away"),
            ({"performance_share_floor": 70.0}, "The floor of the talk share"),
            ({"performance_share_aim": 101.0}, "The floor of the talk share"),
            ({"performance_share_floor": 0.0}, "The floor of the talk share"),
        ):
            with self.subTest(vals):
                self.assertIn(sentence, self.refuse(self.company, vals))


@tagged("post_install", "-at_install")
class TestSettings(CycleCase):
    def test_settings_belong_to_the_company(self):
        settings = self.env["res.config.settings"].create(
            {"performance_min_points": 5, "performance_min_duration": 40}
        )
        settings.execute()
        self.assertEqual(self.company.performance_min_points, 5)
        self.assertEqual(self.company.performance_min_duration, 40)
        self.assertEqual(self.other_company.performance_min_points, 3)
        self.assertEqual(self.create_cycle().min_points, 5)

    def test_settings_refuse_what_the_company_refuses(self):
        values = {"performance_min_duration": 5}
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env["res.config.settings"].create(values).execute()
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestCloseAndReopen(CycleCase):
    """C5: with a reason, and only once every review is done."""

    def answer(self, cycle, reason):
        """Fill in the dialog that the cycle's button opens."""
        action = cycle.action_open_close_wizard()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.officer_user)
            .with_context(**action["context"])
        )
        form.reason = reason
        wizard = form.save()
        return wizard.action_confirm()

    def test_open_reviews_are_named(self):
        for number in range(3):
            self.add_employee(f"Another{number}")
        cycle = self.launch().with_user(self.officer_user)
        self.to_dialogue(self.review_of(cycle.sudo(), self.worker))
        with self.assertRaises(UserError) as refused:
            cycle.action_close("Enough")
        sentence = str(refused.exception)
        self.assertIn("“Year 2026” cannot be closed yet.", sentence)
        self.assertIn("Another0 (Preparation)", sentence)
        self.assertIn("and 4 more", sentence)
        self.assertEqual(cycle.state, "open")

    def test_a_single_open_review_with_its_step(self):
        cycle = self.launch(
            excluded_employee_ids=[Command.set((self.everybody - self.worker).ids)]
        ).with_user(self.officer_user)
        self.to_dialogue(cycle.sudo().review_ids)
        with self.assertRaises(UserError) as refused:
            cycle.action_close("Enough")
        self.assertIn("Still under way: Pr Worker (Dialogue).", str(refused.exception))

    def test_close_and_reopen_with_reasons(self):
        cycle = self.launch().with_user(self.officer_user)
        cycle.sudo().review_ids.with_context(tracking_disable=True)._write({"state": "done"})
        cycle.sudo().review_ids.invalidate_recordset()
        self.assertEqual(cycle.done_count, len(self.everybody))
        self.assertEqual(cycle.done_percent, 100.0)
        self.answer(cycle, "All talks are held")
        self.assertEqual((cycle.state, cycle.close_reason), ("closed", "All talks are held"))
        with self.assertRaises(UserError) as refused:
            cycle.action_close("Again")
        self.assertIn("is not open", str(refused.exception))
        with self.assertRaises(UserError) as refused:
            cycle.action_launch()
        self.assertIn("“Year 2026” is closed: reopen it first.", str(refused.exception))
        self.answer(cycle, "Two came back from leave")
        self.assertEqual((cycle.state, cycle.reopen_reason), ("open", "Two came back from leave"))
        self.assertEqual(cycle.close_reason, "All talks are held")
        with self.assertRaises(UserError):
            cycle.action_reopen("Again")

    def test_dialog_asks_for_the_reason(self):
        cycle = self.launch().with_user(self.officer_user)
        action = cycle.action_open_close_wizard()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.officer_user)
            .with_context(**action["context"])
        )
        with self.assertRaisesRegex(AssertionError, "reason"):
            form.save()

    def test_drafts_cannot_be_closed(self):
        with self.assertRaises(UserError):
            self.create_cycle().with_user(self.officer_user).action_close("Why not")

    def test_only_hr(self):
        cycle = self.launch()
        for user in (self.manager_user, self.worker_user, self.foreign_officer_user):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    cycle.with_user(user).action_close("Mine")
                with self.assertRaises(AccessError):
                    cycle.with_user(user).action_reopen("Mine")

    def test_reviews_of_a_cycle(self):
        cycle = self.launch().with_user(self.officer_user)
        action = cycle.action_open_reviews()
        reviews = self.env[action["res_model"]].with_user(self.officer_user)
        self.assertEqual(reviews.search(action["domain"]), cycle.review_ids)
