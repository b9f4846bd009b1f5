"""The demo data: an addon of its own, which nobody gets without asking.

Most tests tell the story in their own transaction, into the database that has none.
"""

import ast
from datetime import timedelta
from unittest.mock import patch

from own_database import ROOT, run

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file

from odoo.addons.performance_review import hooks
from odoo.addons.performance_review.tools import digest
from odoo.addons.performance_review_demo.telling import Story

MODULE = "performance_review_demo"
# As scripts/run prints them.
LOGINS = ("hr.lin", "director.zhao", "manager.chen", "employee.wang", "portal.liu")


def read_manifest(addon):
    path = ROOT / "addons" / addon / "__manifest__.py"
    return ast.literal_eval(path.read_text(encoding="utf-8"))


@tagged("post_install", "-at_install")
class TestProduction(TransactionCase):
    """Who installs the product alone gets nobody else's story."""

    def find_module(self):
        return self.env["ir.module.module"].search([("name", "=", MODULE)])

    def test_the_product_comes_without_a_story(self):
        self.assertFalse(read_manifest("performance_review").get("demo"))
        self.assertFalse(read_manifest(MODULE).get("auto_install"))
        self.assertEqual(self.find_module().state, "uninstalled")
        self.assertNotIn("performance.demo", self.env)
        self.assertFalse(self.env["performance.cycle"].search_count([]))

    def test_the_demo_flag_alone_brings_it_along(self):
        core = self.env.ref("base.module_performance_review")
        self.assertFalse(core.demo)
        hooks.post_init_hook(self.env)
        self.assertEqual(self.find_module().state, "uninstalled")
        core.demo = True
        hooks.post_init_hook(self.env)
        self.assertEqual(self.find_module().state, "to install")


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.last_mail = cls.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        for name in read_manifest(MODULE)["data"]:
            convert_file(cls.env, MODULE, name, {}, "init")
        Story(cls.env).tell()
        cls.current = cls.env.ref(f"{MODULE}.demo_cycle_current")
        cls.previous = cls.env.ref(f"{MODULE}.demo_cycle_previous")

    def get_user(self, name):
        return self.env.ref(f"{MODULE}.demo_user_{name}")

    def get_review(self, name, cycle=None):
        return (cycle or self.current).review_ids.filtered(
            lambda review: review.employee_user_id == self.get_user(name)
        )

    def test_every_step_of_the_open_cycle_is_populated(self):
        self.assertEqual(self.current.state, "open")
        counts = dict(
            self.env["performance.review"]._read_group(
                [("cycle_id", "=", self.current.id)], ["state"], ["__count"]
            )
        )
        self.assertEqual(set(counts), {"preparation", "dialogue", "agreement", "follow_up"})
        self.assertGreaterEqual(min(counts.values()), 3)
        self.assertEqual(
            set(self.current.review_ids.agreement_id.mapped("state")),
            {"draft", "proposed", "disputed", "signed", "refused"},
        )

    def test_every_review_belongs_to_its_manager(self):
        team = self.env["performance.review"].search(
            [("reviewer_user_id", "=", self.get_user("chen").id), ("state", "!=", "done")]
        )
        self.assertEqual(len(team), 8)
        self.assertIn(self.get_user("zhao"), team.upper_user_ids)

    def test_the_finished_cycle_has_every_outcome(self):
        self.assertEqual(self.previous.state, "closed")
        self.assertEqual(set(self.previous.review_ids.mapped("state")), {"done"})
        self.assertEqual(
            set(self.previous.review_ids.agreement_ids.commitment_ids.mapped("outcome")),
            {"open", "closed", "improved", "untouched", "recurred"},
        )
        self.assertEqual(self.get_review("wang").previous_review_id.cycle_id, self.previous)

    def test_signed_agreements_match_their_fingerprint(self):
        signed = (self.previous | self.current).review_ids.agreement_ids.filtered(
            lambda agreement: agreement.state == "signed"
        )
        self.assertGreater(len(signed), 10)
        for agreement in signed:
            self.assertEqual(
                agreement.snapshot, digest.canonical_json(agreement._prepare_snapshot())
            )
            self.assertEqual(agreement.sha256, digest.sha256_hex(agreement.snapshot))
            self.assertLess(agreement.employee_signed_on, fields.Datetime.now())

    def test_the_story_goes_on_from_here(self):
        """The portal employee signs, the manager finishes the talk: as in a demonstration."""
        review = self.get_review("liu")
        agreement = review.agreement_id.with_user(self.get_user("liu"))
        agreement.action_sign(stance="agree", fingerprint=agreement.fingerprint)
        self.assertEqual(review.state, "follow_up")
        self.assertTrue(review.checkpoint_ids)
        talk = self.get_review("zhou").dialogue_id.with_user(self.get_user("chen"))
        talk.date_end = talk.date_start + timedelta(minutes=45)
        talk.action_finish()
        self.assertEqual(talk.review_id.state, "agreement")

    def test_the_cockpit_opens_with_the_annual_reviews(self):
        cockpit = self.env["performance.cycle"].with_user(self.get_user("lin")).get_cockpit()
        self.assertEqual(
            cockpit["cycle"]["id"], self.env.ref("performance_review_demo.demo_cycle_current").id
        )

    def test_something_is_late_and_something_is_ahead(self):
        today = fields.Date.today()
        late = self.env["performance.review"].search([("state", "=", "preparation")])
        self.assertEqual(len(late.filtered("is_overdue")), 1)
        following = self.current.review_ids.filtered(lambda review: review.state == "follow_up")
        self.assertTrue(any(following.checkpoint_ids.mapped("is_overdue")))
        for review in following:
            self.assertGreater(max(review.checkpoint_ids.mapped("date")), today)
            self.assertLess(min(review.checkpoint_ids.mapped("date")), today)
        overdue_supports = following.agreement_id.support_ids.filtered(
            lambda line: line.outcome == "open" and line.date_deadline < today
        )
        self.assertTrue(overdue_supports)
        course = self.get_review("wang").agreement_id.goal_ids.sorted("sequence")[0]
        self.assertGreaterEqual(len(set(course.measure_ids.mapped("date"))), 3)

    def test_gaps_that_came_back_are_counted(self):
        gaps = self.get_review("liu").gap_ids
        self.assertTrue(any(gap.repeat_count for gap in gaps))

    def test_last_time_stands_at_the_head_of_a_preparation(self):
        """One promise of the manager's own is overdue, and progress draws its line."""
        review = self.get_review("zheng").with_user(self.get_user("chen"))
        self.assertEqual(review.state, "preparation")
        found = review.get_last_time()
        self.assertEqual(found["closure"]["closed"], 3)
        self.assertEqual(found["closure"]["total"], 4)
        first = found["lines"][0]
        self.assertTrue(first["is_overdue"])
        self.assertEqual(first["owner"], "reviewer")
        self.assertTrue(first["can_take_along"] and first["can_settle"])
        self.assertTrue(any(line["line"] for line in found["lines"]))
        # Whom the manager talked with last year has a band of promises as well.
        chen = self.get_user("chen")
        later = self.current.review_ids.filtered(
            lambda each: chen == each.reviewer_user_id == each.previous_review_id.reviewer_user_id
        )
        self.assertGreater(len(later), 3)
        for each in later.with_user(chen):
            self.assertGreaterEqual(len(each.get_last_time()["lines"]), 2, each.name)

    def test_a_draft_starts_from_what_was_prepared(self):
        drafts = self.current.review_ids.agreement_id.filtered(lambda each: each.state == "draft")
        self.assertTrue(drafts)
        for draft in drafts:
            self.assertTrue(draft.suggestion_ids)

    def test_no_point_of_the_demo_labels_a_person(self):
        points = (self.previous | self.current).review_ids.point_ids
        self.assertFalse([point.name for point in points if point.label_warning])

    def test_pulse_is_above_the_threshold(self):
        for cycle in (self.previous, self.current):
            pulse = self.env["performance.pulse"].search([("cycle_id", "=", cycle.id)])
            self.assertGreaterEqual(pulse.shown_count, cycle.pulse_minimum)

    def test_the_company_is_large_enough_for_figures(self):
        """Who looks around finds figures: of two departments, of the year that goes on."""
        chosen = {"cycle_id": self.current.id}
        for name, codes in (
            ("lin", {"completion", "lead", "closure", "debt", "length", "share", "future",
                     "balance", "stance", "dispute", "refusal", "repeats"}),
            ("zhao", {"completion", "lead", "closure", "debt", "length", "share", "future",
                      "balance", "stance", "dispute", "refusal", "repeats"}),
        ):  # fmt: skip
            report = self.env["performance.review.report"].with_user(self.get_user(name))
            data = report.get_dashboard(chosen)
            filled = {figure["code"] for figure in data["figures"] if not figure["empty"]}
            self.assertGreaterEqual(filled, codes, name)
            self.assertGreaterEqual(data["pulse"]["count"], 15)
        sensor = self.env["performance.cycle"].with_user(self.get_user("lin"))
        sensor = sensor.get_sensor(self.current.id)
        rows = {group["code"]: group["rows"] for group in sensor["groups"]}
        self.assertGreaterEqual(set(rows), {"obstacle", "goal", "sustainable", "support"})
        # What is told of a goal is told of those who have it, here of one department alone.
        self.assertTrue(all(row["count"] for row in rows["goal"]))
        self.assertTrue(any(row["cells"] for row in rows["obstacle"]))

    def test_the_logins_work(self):
        for login in LOGINS:
            user = self.env["res.users"].search([("login", "=", login)])
            credential = {"type": "password", "login": login, "password": login}
            user.with_user(user)._check_credentials(credential, {"interactive": False})
        self.assertFalse(self.get_user("liu")._is_internal())
        if self.env["res.lang"]._get_data(code="zh_CN"):
            self.assertEqual(self.get_user("chen").lang, "zh_CN")
            self.assertEqual(self.get_user("zhao").lang, "en_US")

    def test_free_times_lie_between_appointments_and_by_day(self):
        sheets = self.current.review_ids.filtered(lambda review: review.state == "preparation")
        for review in sheets:
            manager = review.reviewer_user_id
            found = review.with_user(manager).get_free_slots()
            self.assertTrue(found["slots"], review.name)
            self.assertIn(found["timezone"], ("Asia/Shanghai", "Europe/Berlin"))
            for slot in found["slots"]:
                clashes = review.with_user(manager).get_meeting_clashes(slot["start"], 60)
                self.assertFalse(clashes)
        busy = self.env["calendar.event"].search(
            [("partner_ids", "=", self.get_user("chen").partner_id.id)]
        )
        self.assertGreater(len(busy), 4)

    def test_nobody_gets_mail(self):
        self.assertFalse(
            self.env["mail.mail"].search_count(
                [("id", ">", self.last_mail), ("state", "=", "outgoing")]
            )
        )

    def test_tasks_are_in_the_language_of_who_has_them(self):
        tasks = self.env["mail.activity"].search([("user_id", "=", self.get_user("chen").id)])
        self.assertGreater(len(tasks), 3)
        for task in tasks.filtered("summary"):
            self.assertRegex(task.summary, r"[\u4e00-\u9fff]")

    def test_an_update_leaves_everything_as_the_users_have_it(self):
        self.get_user("chen").password = "another password"
        self.env.ref(f"{MODULE}.demo_employee_guo").parent_id = False
        for name in read_manifest(MODULE)["data"]:
            convert_file(self.env, MODULE, name, {}, "update")
        self.assertFalse(self.env.ref(f"{MODULE}.demo_employee_guo").parent_id)
        credential = {"type": "password", "login": "manager.chen", "password": "another password"}
        user = self.get_user("chen")
        user.with_user(user)._check_credentials(credential, {"interactive": False})

    def test_telling_again_changes_nothing(self):
        before = self.env["performance.review"].search_count([])
        self.assertFalse(Story(self.env).tell())
        self.assertEqual(self.env["performance.review"].search_count([]), before)

    def test_periods_are_whole_years_whatever_the_day(self):
        demo = Story(self.env)
        first = fields.Date.to_date("2027-12-20")
        for offset in range(450):
            today = first + timedelta(days=offset)
            with patch.object(fields.Date, "today", return_value=today):
                start, end = demo._get_period(0)
                before_start, before_end = demo._get_period(1)
                workday = demo._workday(0)
            self.assertEqual(before_end + timedelta(days=1), start)
            self.assertEqual((before_start.month, before_start.day), (start.month, start.day))
            self.assertLess(end, today)
            self.assertLess(workday.weekday(), 5)
            self.assertLess((workday - today).days, 3)


# Installed for real, with everything that only an installation does.
INSTALL = """
prepare() { quietly demo odoo --database "$COPY" --stop-after-init --no-http "$@"; }
prepare --init performance_review_demo
prepare --update performance_review
sql "$COPY" "SELECT count(*) FROM performance_review"
sql "$COPY" "SELECT name ->> 'zh_CN' FROM hr_job WHERE name ->> 'en_US' = 'Line Leader'"
"""


def test_installing_the_addon_tells_the_story():
    count, job = run(INSTALL).split()
    assert int(count) > 25
    assert job == "产线组长"
