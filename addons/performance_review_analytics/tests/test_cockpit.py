from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from lxml import etree

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.performance_review.tests.common import PerformanceCommon
from odoo.addons.performance_review.tests.queries_common import QueryCount


@tagged("post_install", "-at_install")
class TestCockpit(QueryCount, PerformanceCommon):
    """HR's morning screen: figures that open what they count, and nothing about HR herself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.other = cls.review_of(cls.cycle, cls.porter)
        cls.as_officer = cls.cycle.with_user(cls.officer_user)

    def cockpit(self, user=None):
        self.env.invalidate_all()
        Cycle = self.env["performance.cycle"].with_user(user or self.officer_user)
        return Cycle.get_cockpit(self.cycle.id)

    def count_at_night(self):
        cron = self.env.ref("performance_review_analytics.ir_cron_step_days")
        with self.enter_registry_test_mode(), mute_logger("odoo.addons.base.models.ir_cron"):
            cron.method_direct_trigger()

    def found(self, action):
        """Return the records an action opens, as the officer finds them."""
        return self.env[action["res_model"]].with_user(self.officer_user).search(action["domain"])

    def test_every_count_opens_the_reviews_it_counts(self):
        self.to_dialogue(self.review)
        self.to_proposed(self.other)
        for row in self.cockpit()["readiness"]:
            action = self.as_officer.action_open_cockpit_reviews(readiness=row["code"])
            self.assertEqual(len(self.found(action)), row["count"], row["code"])
        counts = {row["code"]: row["count"] for row in self.cockpit()["readiness"]}
        # Six reviews: one in dialogue, one proposed, one HR's own.
        self.assertEqual(counts["self_assessment"], 3)
        self.assertEqual(counts["appointment"], 4)
        self.assertEqual(counts["signature_employee"], 1)
        self.assertEqual(counts["dispute"], 0)

    def test_departments_open_what_they_count(self):
        self.to_dialogue(self.review)
        (row,) = self.cockpit()["departments"]
        self.assertEqual((row["name"], row["total"], row["late"]), ("Workshop", 6, 0))
        self.assertEqual(row["cells"]["preparation"]["count"], 5)
        action = self.as_officer.action_open_cockpit_reviews(
            department_id=row["id"], state="dialogue"
        )
        self.assertEqual(self.found(action), self.review)
        with freeze_time("2026-04-11"):
            (row,) = self.cockpit()["departments"]
            self.assertEqual(row["late"], 6)

    def test_who_has_no_department_is_found_as_well(self):
        self.review.sudo().department_id = False
        row = next(row for row in self.cockpit()["departments"] if not row["id"])
        action = self.as_officer.action_open_cockpit_reviews(department_id=0)
        self.assertEqual((row["name"], row["total"]), ("No department", 1))
        self.assertEqual(self.found(action), self.review)

    def test_the_list_behind_a_figure_is_of_one_cycle_and_tells_the_deadline(self):
        Review = self.env["performance.review"].with_user(self.officer_user)

        def read_columns(code):
            action = self.as_officer.action_open_cockpit_reviews(readiness=code)
            arch = etree.fromstring(Review.get_view(*action["views"][0])["arch"])
            return {node.get("name"): node for node in arch.iterfind("field")}

        # What HR does has a date of its own.
        columns = read_columns("dispute")
        self.assertEqual(columns["cycle_id"].get("optional"), "hide")
        self.assertFalse(columns["next_action_date"].get("column_invisible"))
        columns = read_columns("sheet")
        self.assertEqual(columns["cycle_id"].get("optional"), "hide")
        self.assertEqual(columns["step_deadline"].get("optional"), "show")
        self.assertEqual(columns["readiness"].get("optional"), "show")
        self.assertEqual(columns["next_action_date"].get("column_invisible"), "True")

    def test_deadlines_say_who_has_passed(self):
        self.to_dialogue(self.review)
        first, second, third = self.cockpit()["deadlines"]
        self.assertEqual(first["passed_text"], "1 of 6 have passed this step")
        self.assertEqual((first["text"], first["late_text"]), ("18 days left", ""))
        with freeze_time("2026-03-21"):
            first, second, third = self.cockpit()["deadlines"]
            self.assertEqual((first["text"], first["late_text"]), ("yesterday", "5 late"))
        self.assertEqual(second["passed_text"], "0 of 6 have passed this step")
        self.assertEqual(third["percent"], 0)

    def test_the_ring_says_how_much_of_the_way_is_gone(self):
        self.assertEqual(self.cockpit()["totals"]["percent"], 0)
        self.to_dialogue(self.review)
        # One of six reviews is one of four steps on: 1 of 24.
        totals = self.cockpit()["totals"]
        self.assertEqual(totals["percent"], 4)
        self.assertIn("0 of 6 reviews done", totals["text"])

    def test_waiting_names_people_with_the_oldest_deadline_first(self):
        self.to_dialogue(self.review)
        waiting = self.cockpit()["waiting"]
        names = [row["name"] for row in waiting["reviewer"]["rows"]]
        self.assertEqual(names[:2], [self.director.name, self.manager.name])
        manager = waiting["reviewer"]["rows"][1]
        self.assertEqual(manager["count"], 2)
        self.assertEqual(manager["text"], "Sheet of the manager, Appointment × 2")
        self.assertFalse(manager["is_overdue"])
        employees = {row["name"]: row["text"] for row in waiting["employee"]["rows"]}
        self.assertEqual(employees[self.porter.name], "Self-assessment")
        self.assertNotIn(self.worker.name, employees)

    def test_every_name_opens_what_is_waited_for(self):
        self.to_dialogue(self.review)
        for role, side in self.cockpit()["waiting"].items():
            everybody = self.found(self.as_officer.action_open_cockpit_reviews(role=role))
            found = self.env["performance.review"]
            for row in side["rows"]:
                action = self.as_officer.action_open_cockpit_reviews(role=role, person_id=row["id"])
                reviews = self.found(action)
                self.assertEqual(len(reviews), row["count"], row["name"])
                self.assertIn(row["name"], action["display_name"])
                found |= reviews
            self.assertEqual(everybody, found)
        self.assertNotIn(self.review_of(self.cycle, self.officer_employee), everybody)
        # Of whoever is in no review of hers she learns no name.
        action = self.as_officer.action_open_cockpit_reviews(
            role="employee", person_id=self.director.id
        )
        self.assertNotIn(self.director.name, action["display_name"])
        for wrong in ({"role": "hr"}, {"role": "employee", "person_id": "x"}, {"deadline": "x"}):
            with self.assertRaises(UserError):
                self.as_officer.action_open_cockpit_reviews(**wrong)

    def test_what_is_late_opens_what_it_counts(self):
        self.to_dialogue(self.review)
        with freeze_time("2026-04-11"):
            data = self.cockpit()
            for row in data["deadlines"]:
                reviews = self.found(
                    self.as_officer.action_open_cockpit_reviews(deadline=row["code"])
                )
                self.assertEqual(len(reviews), row["open"], row["code"])
            self.assertEqual([row["late"] for row in data["deadlines"]], [5, 6, 0])
            (row,) = data["departments"]
            late = self.found(
                self.as_officer.action_open_cockpit_reviews(
                    department_id=row["id"], is_overdue=True
                )
            )
            self.assertEqual(len(late), row["late"])

    def test_the_next_step_is_the_most_urgent_one(self):
        def step():
            return self.cockpit()["next"]

        def opened():
            return getattr(self.as_officer, step()["method"])(**step()["options"])

        # Launched a minute ago.
        self.assertEqual(
            step()["text"],
            "Nothing is due from HR today. Next: Preparation deadline, 18 days left.",
        )
        self.assertNotIn("label", step())
        with freeze_time("2026-03-15"):
            self.assertIn("5 days left: 6 have not passed this step.", step()["text"])
            self.assertEqual(len(self.found(opened())), 6)
        with freeze_time("2026-03-21"):
            self.assertIn("and others are late, the first since 03/20/2026.", step()["text"])
            self.assertEqual(step()["label"], "Show them")
        self.dispute_as(self.to_proposed(self.review), self.worker_user)
        self.assertEqual(step()["text"], "Waits for HR: Open dispute × 1")
        self.assertEqual(self.found(opened()), self.review)
        self.cycle.sudo().state = "launching"
        self.assertFalse(step())

    def test_after_the_last_review_the_cycle_is_closed_and_the_next_one_prepared(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_review SET state = 'done' WHERE cycle_id = %s", [self.cycle.id]
        )
        step = self.cockpit()["next"]
        self.assertEqual(step["label"], "Close the cycle")
        self.assertEqual(
            getattr(self.as_officer, step["method"])()["res_model"], "performance.cycle.close"
        )
        self.cycle.sudo().state = "closed"
        step = self.cockpit()["next"]
        self.assertEqual(step["label"], "Prepare the next one")
        draft = self.env["performance.cycle"].browse(
            getattr(self.as_officer, step["method"])()["res_id"]
        )
        # A second click makes no second one.
        step = self.cockpit()["next"]
        self.assertEqual((step["cycle_id"], step["method"]), (draft.id, "action_open_setup"))

    def test_hr_is_told_nothing_about_her_own_review(self):
        data = self.cockpit()
        names = [row["name"] for row in data["waiting"]["employee"]["rows"]]
        self.assertNotIn(self.officer_employee.name, names)
        director = next(
            row for row in data["waiting"]["reviewer"]["rows"] if row["id"] == self.director.id
        )
        # Manager and peer manager; the third one is her own.
        self.assertEqual(director["count"], 2)
        director = next(
            row
            for row in self.cockpit(self.administrator_user)["waiting"]["reviewer"]["rows"]
            if row["id"] == self.director.id
        )
        self.assertEqual(director["count"], 3)

    def test_one_click_reminds_whom_others_wait_for(self):
        Line = self.env["performance.reminder.line"].sudo()
        self.as_officer.action_remind_waited_for("reviewer", self.manager.id)
        self.assertEqual(Line.search([("code", "=", "asked")]).user_id, self.manager_user)
        # Never about HR's own review, and the other side is left alone.
        self.as_officer.action_remind_waited_for("employee")
        reminded = Line.search([("code", "=", "asked")]).user_id
        self.assertIn(self.porter_user, reminded)
        self.assertNotIn(self.officer_user, reminded)
        self.assertNotIn(self.director_user, reminded)
        with self.assertRaises(UserError):
            self.as_officer.action_remind_waited_for("employee", self.director.id)
        for wrong in ("hr", 5, None):
            with self.assertRaises(UserError):
                self.as_officer.action_remind_waited_for(wrong)

    def test_debts_are_what_the_other_side_owes(self):
        self.to_follow_up(self.review)
        (row,) = self.cockpit()["debts"]
        self.assertEqual((row["owner"], row["text"], row["late_text"]), ("reviewer", "1 open", ""))
        action = self.as_officer.action_open_debts()
        self.assertEqual(self.found(action).name, "A second bench")
        self.assertEqual(
            self.found(self.as_officer.action_open_debts("reviewer")).name, "A second bench"
        )
        self.assertFalse(self.found(self.as_officer.action_open_debts("company")))
        with self.assertRaises(UserError):
            self.as_officer.action_open_debts("nobody")
        with freeze_time("2026-05-16"):
            (row,) = self.cockpit()["debts"]
            self.assertEqual(row["late_text"], "1 late")

    def test_days_per_step_from_the_threshold_on(self):
        last = self.launch(
            name="Year 2025", date_start=date(2025, 1, 1), date_end=date(2025, 12, 31)
        )
        logs = self.env["performance.review.log"].sudo()
        for cycle, length in ((self.cycle, 4), (last, 10)):
            for number, review in enumerate(cycle.review_ids[: cycle.pulse_minimum]):
                self.env.cr.execute(
                    "UPDATE performance_review SET create_date = '2026-03-01' WHERE id = %s",
                    [review.id],
                )
                logs.create(
                    {
                        "review_id": review.id,
                        "kind": "step",
                        "old_value": "preparation",
                        "new_value": "dialogue",
                        "date": date(2026, 3, 1 + length + number % 2),
                    }
                )
        self.assertFalse(self.cockpit()["durations"]["rows"], "counted at night")
        self.count_at_night()
        durations = self.cockpit()["durations"]
        self.assertEqual(durations["previous"], "Year 2025")
        (row,) = durations["rows"]
        self.assertEqual(row["code"], "preparation")
        self.assertAlmostEqual(row["days"], 4, delta=1)
        self.assertAlmostEqual(row["before"], 10, delta=1)
        # One person fewer, and it would say something about single ones.
        one = logs.search([("review_id", "in", self.cycle.review_ids.ids)], limit=1)
        self.env.cr.execute("DELETE FROM performance_review_log WHERE id = %s", [one.id])
        self.count_at_night()
        (row,) = self.cockpit()["durations"]["rows"]
        self.assertIsNone(row["days"])

    def test_days_per_step_are_counted_once_more_when_the_cycle_closes(self):
        for review in self.cycle.review_ids[: self.cycle.pulse_minimum]:
            self.to_dialogue(review)
        other = self.launch(
            name="Year 2025", date_start=date(2025, 1, 1), date_end=date(2025, 12, 31)
        )
        self.cycle.review_ids.sudo()._mark_ended("left", "Over")
        for review in other.review_ids[: other.pulse_minimum]:
            self.to_dialogue(review)
        self.as_officer.action_close("Over")
        self.assertEqual(list(self.cycle.sudo().step_days), ["preparation"])
        # Those of a cycle that is over stay, without being counted every night.
        self.env.cr.execute("DELETE FROM performance_review_log")
        self.count_at_night()
        self.assertEqual(list(self.cycle.sudo().step_days), ["preparation"])
        self.assertFalse(other.sudo().step_days)
        with self.assertRaises(AccessError):
            self.as_officer.write({"step_days": {}})

    def test_of_a_large_cycle_the_quick_figures_come_first(self):
        self.to_follow_up(self.review)
        whole = self.cockpit()
        module = "odoo.addons.performance_review_analytics.models.performance_cycle_cockpit"
        with patch(f"{module}.LARGE", 5):
            first = self.cockpit()
            tables = self.as_officer._get_cockpit_tables(self.cycle.id)
        rest = self.as_officer.get_cockpit_rest(self.cycle.id)
        self.assertEqual(first | rest, whole)
        self.assertEqual(set(rest), {"closure", "debts", "left_out"})
        self.assertFalse(set(rest) & set(first))
        # A sheet has them all.
        self.assertEqual(tables, self.as_officer._get_cockpit_tables(self.cycle.id))

    def test_the_pulse_is_shown_from_its_threshold_on_beside_the_last_cycle(self):
        self.cycle.sudo().gate_mode = "advisory"
        last = self.launch(
            name="Year 2025",
            date_start=date(2025, 1, 1),
            date_end=date(2025, 12, 31),
            gate_mode="advisory",
        )
        self.assertEqual(self.cockpit()["pulse"]["rows"], [])
        (self.cycle | last).review_ids.sudo().write({"state": "dialogue"})
        (self.cycle | last).review_ids.sudo().write({"state": "agreement"})
        answers = dict.fromkeys(
            ("clear_standard", "specific_feedback", "listened_to", "way_forward"), 4
        )

        def give(cycle, reviews, mark):
            for review in reviews:
                own = review.with_user(review.employee_user_id)
                own.action_give_pulse({**answers, "listened_to": mark})

        give(self.cycle, self.cycle.review_ids[:4], 5)
        self.assertEqual(self.cockpit()["pulse"]["count"], 0)
        give(self.cycle, self.cycle.review_ids[4], 1)
        give(last, last.review_ids[:5], 2)
        pulse = self.cockpit()["pulse"]
        self.assertEqual((pulse["count"], pulse["previous"]), (5, "Year 2025"))
        row = next(row for row in pulse["rows"] if row["code"] == "listened_to")
        self.assertEqual((row["mean"], row["before"]), ("4.2", "2.0"))
        self.assertEqual(row["bars"], [20, 0, 0, 0, 80])
        # The sixth answer is not seen before the tenth.
        give(self.cycle, self.cycle.review_ids[5], 1)
        self.assertEqual(self.cockpit()["pulse"], pulse)

    def test_people_left_out_are_counted_by_reason(self):
        left_out = self.cockpit()["left_out"]
        self.assertEqual(left_out["to_add"], 0)
        self.assertEqual(
            [(row["code"], row["count"]) for row in left_out["rows"]], [("no_manager", 1)]
        )
        self.env["hr.employee"].create(
            {
                "name": "Newcomer",
                "user_id": self.outsider_user.id,
                "parent_id": self.manager.id,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self.cockpit()["left_out"]["to_add"], 1)

    def test_moving_a_deadline_keeps_the_reason(self):
        self.as_officer.action_move_deadline("dialogue_deadline", "2026-04-20", "Trade fair")
        self.assertEqual(self.cycle.dialogue_deadline, date(2026, 4, 20))
        event = self.as_officer.event_ids[:1]
        self.assertEqual(event.author_id, self.officer_user)
        self.assertEqual((event.old_date, event.new_date), (date(2026, 4, 10), date(2026, 4, 20)))
        self.assertEqual(event.reason, "Trade fair")
        with self.assertRaises(AccessError):
            event.with_user(self.administrator_user).write({"reason": "Other"})

    def test_a_deadline_needs_a_reason_and_a_day_to_come(self):
        for name, day, reason in (
            ("dialogue_deadline", "2026-04-20", " "),
            ("dialogue_deadline", "2026-03-01", "Late"),
            ("dialogue_deadline", "2026-04-10", "As before"),
            ("dialogue_deadline", False, "Never"),
            ("dialogue_deadline", "soon", "Soon"),
            ("date_end", "2026-04-20", "Because"),
            ("agreement_deadline", 7, "Because"),
        ):
            with self.assertRaises(UserError):
                self.as_officer.action_move_deadline(name, day, reason)
        self.assertEqual(self.as_officer.event_ids.mapped("kind"), ["launch"])
        self.assertEqual(self.cycle.dialogue_deadline, date(2026, 4, 10))
        self.as_officer.sudo().state = "closed"
        with self.assertRaises(UserError):
            self.as_officer.action_move_deadline("dialogue_deadline", "2026-04-20", "Late")

    def test_the_dialog_moves_it(self):
        action = self.as_officer.action_open_deadline_wizard()
        wizard = (
            self.env["performance.cycle.deadline"]
            .with_user(self.officer_user)
            .with_context(**action["context"])
            .create(
                {"kind": "agreement_deadline", "new_date": "2026-05-10", "reason": "Trade fair"}
            )
        )
        self.assertEqual(wizard.old_date, date(2026, 4, 30))
        wizard.action_confirm()
        self.assertEqual(self.cycle.agreement_deadline, date(2026, 5, 10))

    def test_the_next_cycle_is_the_last_one_a_year_later(self):
        action = self.env["performance.cycle"].with_user(self.officer_user).action_copy_last()
        draft = self.env["performance.cycle"].browse(action["res_id"])
        self.assertEqual(draft.state, "draft")
        self.assertEqual((draft.date_start, draft.date_end), (date(2027, 1, 1), date(2027, 12, 31)))
        self.assertEqual(draft.preparation_deadline, date(2027, 3, 20))
        self.assertEqual(draft.outline_id, self.outline)
        self.assertFalse(draft.review_ids)

    def test_who_opens_the_app_lands_here(self):
        Review = self.env["performance.review"].with_user(self.administrator_user)
        self.assertEqual(Review.action_land()["tag"], "performance_cycle_cockpit")
        self.cycle.sudo().state = "closed"
        self.assertEqual(Review.action_land()["res_model"], "performance.cycle")

    def test_without_a_cycle_it_says_so(self):
        elsewhere = {"allowed_company_ids": self.other_company.ids}
        Cycle = self.env["performance.cycle"].with_user(self.foreign_officer_user)
        Cycle = Cycle.with_context(**elsewhere)
        self.assertEqual(Cycle.get_cockpit(), {"cycles": []})
        for wrong in (self.cycle.id, 2**31 - 1, "x", -1, [1]):
            with self.assertRaises(UserError):
                Cycle.get_cockpit(wrong)

    def test_it_opens_with_the_one_hr_works_on(self):
        """A pilot is the smaller cycle, and the one that is looked after."""
        Cycle = self.env["performance.cycle"]
        pilot = self.create_cycle(name="Pilot", department_ids=False)
        pilot.sudo().excluded_employee_ids = self.cycle.review_ids.employee_id - self.worker
        colleague = self.administrator_user
        Event = self.env["performance.cycle.event"]
        pilot.with_user(self.officer_user).action_launch()

        def opened(user):
            return Cycle.with_user(user).get_cockpit()["cycle"]["id"]

        self.assertEqual(opened(self.officer_user), pilot.id)
        # Whoever has done nothing yet follows the colleagues, and no job.
        Event.with_user(SUPERUSER_ID)._record("joined", {self.cycle: 1})
        self.assertEqual(opened(colleague), pilot.id)
        Event.with_user(colleague)._record("reminded", {self.cycle: 1})
        self.assertEqual(opened(colleague), self.cycle.id)
        self.assertEqual(opened(self.officer_user), pilot.id)
        pilot.sudo().state = "closed"
        self.assertEqual(opened(self.officer_user), self.cycle.id)

    def test_it_opens_with_the_largest_under_way_however_many_are_closed(self):
        Cycle = self.env["performance.cycle"]
        closed = Cycle.create(
            [
                {
                    "name": f"Later {number}",
                    "company_id": self.company.id,
                    "outline_id": self.outline.id,
                    "date_start": date(2027, 1, 1),
                    "date_end": date(2027, 12, 31),
                }
                for number in range(21)
            ]
        )
        closed.sudo().state = "closed"
        small = closed[:1].copy({"name": "Small"})
        small.sudo().state = "open"
        data = Cycle.with_user(self.officer_user).get_cockpit()
        self.assertEqual(data["cycle"]["id"], self.cycle.id)
        self.assertEqual([each["id"] for each in data["cycles"][:2]], [small.id, self.cycle.id])
        self.assertEqual(len(data["cycles"]), 20)

    def test_only_hr_has_it(self):
        for user in (self.worker_user, self.manager_user, self.director_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.cockpit(user)
            cycle = self.cycle.with_user(user)
            for verb in (
                cycle.action_open_cockpit,
                cycle.action_open_cockpit_reviews,
                cycle.action_open_debts,
                cycle.action_open_deadline_wizard,
                cycle.action_copy_last,
                lambda cycle=cycle: cycle.action_remind_waited_for("reviewer"),
                lambda cycle=cycle: cycle.get_cockpit_rest(cycle.id),
            ):
                with self.assertRaises(AccessError):
                    verb()
            with self.assertRaises(AccessError):
                cycle.action_move_deadline("dialogue_deadline", "2026-04-20", "Mine")

    def test_the_number_of_queries_is_the_number_of_questions(self):
        self.to_follow_up(self.review)
        Cycle = self.env["performance.cycle"].with_user(self.officer_user)
        few = self.count(Cycle.get_cockpit, self.cycle.id)
        self.to_proposed(self.other)
        departments = self.env["hr.department"].create(
            [{"name": f"Department {number}"} for number in range(5)]
        )
        for review, department in zip(self.cycle.review_ids, departments, strict=False):
            review.sudo().department_id = department
        self.assertEqual(self.count(Cycle.get_cockpit, self.cycle.id), few)
        self.assertLessEqual(few, 30)
