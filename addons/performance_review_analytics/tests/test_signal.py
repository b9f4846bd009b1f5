from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.performance_review.tests.common import PerformanceCommon

from ..models import performance_sensor_counting as counting


class SignalCommon(PerformanceCommon):
    """A cycle whose people can be made to raise something."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.more = cls.env["hr.employee"]
        for number in range(8):
            user = new_test_user(
                cls.env,
                f"pr_more_{number}",
                groups="base.group_portal",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            cls.more |= cls.more.create(
                {
                    "name": f"More {number}",
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "parent_id": (cls.manager if number % 2 else cls.peer_manager).id,
                }
            )
        cls.cycle = cls.launch(gate_mode="advisory")
        cls.Signal = cls.env["performance.signal"]
        cls.reviews = cls.env["performance.review"].union(
            *[cls.review_of(cls.cycle, employee) for employee in cls.more]
        )

    @classmethod
    def hold(cls, reviews, **vals):
        """Hold dialogues that come to the same answers."""
        reviews.sudo().write({"state": "dialogue"})
        reviews.dialogue_id.sudo().write(
            {
                "date_start": "2026-03-02 08:00:00",
                "date_end": "2026-03-02 09:00:00",
                "obstacle_theme_id": cls.theme.id,
                **vals,
            }
        )
        reviews.sudo().write({"state": "agreement"})

    def raise_concern(self, reviews, kind="outside"):
        """Let employees hand in a concern about a goal that serves the company's."""
        for review in reviews:
            goal = self.env["performance.goal"].create(
                {
                    "name": "My part",
                    "scope": "employee",
                    "employee_id": review.employee_id.id,
                    "parent_id": self.company_goal.id,
                }
            )
            own = review.with_user(review.employee_user_id)
            own.env["performance.self.assessment"].create({"review_id": review.id})
            own.env["performance.concern"].create(
                {
                    "review_id": review.id,
                    "goal_id": goal.id,
                    "kind": kind,
                    "note": "SECRET complaint",
                }
            )
        reviews.sudo().write({"state": "dialogue"})
        reviews.self_assessment_ids.sudo().write({"state": "submitted"})

    def open(self, cycle=None):
        """Count as if everybody had been heard since the last count.

        That this is waited for is what ``test_small_groups_sensor`` is about.
        """
        cycle = cycle or self.cycle
        Count = self.env["performance.sensor.count"]
        shared = self.env["performance.goal"].search([("scope", "!=", "employee")])
        goals = [counting.get_circle(("goal", None, goal.id, None)) for goal in shared]
        circles = dict.fromkeys([*counting.STAGES, *goals], Count._get_sizes(cycle))
        cycle.sudo().sensor_heard = False
        Count.sudo().search([("cycle_id", "=", cycle.id)]).heard = False
        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(type(Count), "_get_circles", lambda *_args: (circles, circles)):
            return self.Signal._open_of(cycle.sudo())


@tagged("post_install", "-at_install")
class TestSignal(SignalCommon):
    """Signals open from enough people of enough teams on, and answer those who raised them."""

    def test_from_five_people_of_two_teams_on(self):
        self.hold(self.reviews[:4])
        self.assertFalse(self.open())
        self.hold(self.reviews[4])
        signal = self.open()
        self.assertEqual((signal.kind, signal.theme_id), ("obstacle", self.theme))
        self.assertEqual(signal.owner_id, self.officer_user)
        self.assertEqual(signal.people_text, "At least 5 people of several teams")
        self.assertTrue(signal.date_deadline)
        # One more talk is not seen in the number, and a second run opens nothing.
        self.hold(self.reviews[5])
        self.assertFalse(self.open())
        self.assertEqual(signal.people_count, 5)

    def test_one_team_alone_is_told_to_nobody(self):
        self.reviews.sudo().write({"reviewer_id": self.manager.id})
        self.hold(self.reviews)
        self.assertFalse(self.open())

    def test_talks_under_way_and_other_cycles_do_not_count(self):
        self.hold(self.reviews, date_end=False)
        self.assertFalse(self.open())

    def test_several_sittings_are_one_person(self):
        self.hold(self.reviews[:4])
        for review in self.reviews[:4]:
            self.env["performance.dialogue"].create(
                {"review_id": review.id, "obstacle_theme_id": self.theme.id}
            ).sudo().write({"date_end": "2026-03-02 10:00:00"})
        self.assertFalse(self.open())

    def test_it_cannot_go_on_like_this(self):
        self.hold(self.reviews, obstacle_theme_id=False, sustainable="partly")
        self.assertFalse(self.open())
        self.reviews.dialogue_id.sudo().sustainable = "no"
        self.reviews[0].dialogue_id.sudo().sustainable = "hardly"
        self.assertEqual(self.open().kind, "sustainable")

    def test_concerns_about_goals_of_one_parent(self):
        self.raise_concern(self.reviews[:5])
        self.reviews.self_assessment_ids.sudo().write({"state": "draft"})
        self.assertFalse(self.open(), "nothing has been handed in")
        self.reviews.self_assessment_ids.sudo().write({"state": "submitted"})
        signal = self.open()
        self.assertEqual((signal.goal_id, signal.concern_kind), (self.company_goal, "outside"))
        self.assertIn("Fewer complaints", signal.name)
        self.assertIn("Outside my control", signal.name)
        texts = [str(value) for value in signal.sudo().read()[0].values()]
        self.assertNotIn("SECRET", " ".join(texts))

    def test_the_count_goes_up_in_steps_and_never_down(self):
        self.hold(self.reviews[:5])
        signal = self.open()
        rest = self.cycle.review_ids - self.reviews[:5]
        self.hold(rest[:5])
        self.open()
        self.assertEqual(signal.people_count, 10)
        rest[:5].dialogue_id.sudo().obstacle_theme_id = False
        self.open()
        self.assertEqual(signal.people_count, 10)

    def test_the_job_counts_cycles_under_way_alone(self):
        self.hold(self.reviews)
        job = self.env.ref("performance_review_analytics.ir_cron_signals")

        def run():
            with self.enter_registry_test_mode():
                job.method_direct_trigger()
            return len(self.Signal.search([("cycle_id", "=", self.cycle.id)]))

        self.cycle.sudo().state = "closed"
        self.assertEqual(run(), 0)
        self.cycle.sudo().state = "open"
        self.assertEqual(run(), 1)
        self.assertEqual(run(), 1)

    def test_hr_opens_one_by_hand_and_is_told_no_number(self):
        self.hold(self.reviews[:4])
        signal = self.Signal.with_user(self.officer_user).create(
            {"name": "Who decides?", "theme_id": self.theme.id, "cycle_id": self.cycle.id}
        )
        self.assertEqual(signal.people_text, "Fewer than 5 people, or of one team")
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            signal.copy()
            self.env.flush_all()

    def test_a_subject_is_needed(self):
        Signal = self.Signal.with_user(self.officer_user)
        for vals in ({}, {"kind": "goal", "theme_id": self.theme.id}):
            with self.assertRaises(UserError) as refused:
                Signal.create({"name": "Why?", "cycle_id": self.cycle.id, **vals})
            self.assertIn("choose", str(refused.exception))
        with self.assertRaises(UserError):
            Signal.create({"name": "x" * 301, "theme_id": self.theme.id, "cycle_id": self.cycle.id})

    def test_thresholds_are_frozen_at_the_launch(self):
        for name in ("signal_people", "signal_teams"):
            with self.assertRaises(UserError):
                self.cycle.with_user(self.officer_user).write({name: 3})
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.create_cycle(signal_people=2)
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self.create_cycle(signal_teams=1)

    # ------------------------------------------------------------------
    # Owner and answer
    # ------------------------------------------------------------------

    def test_an_owner_decides_and_answers_and_no_more(self):
        self.hold(self.reviews)
        signal = self.open()
        signal.with_user(self.officer_user).owner_id = self.director_user
        own = signal.with_user(self.director_user)
        with self.assertRaises(UserError):
            own.action_decide()
        own.decision = "The shift lead decides"
        own.action_decide()
        with self.assertRaises(UserError):
            own.action_answer()
        own.answer = "The shift lead does"
        with freeze_time("2026-03-05"):
            own.action_answer()
        self.assertEqual(str(signal.answered_on), "2026-03-05 00:00:00")
        with self.assertRaises(UserError):
            own.answer = "Nobody does"
        with self.assertRaises(UserError):
            own.action_answer()
        for vals in ({"theme_id": self.theme.id}, {"owner_id": self.worker_user.id}, {"name": "x"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                own.write(vals)
        for vals in ({"state": "open"}, {"people_count": 99}, {"answered_on": False}):
            with self.subTest(vals), self.assertRaises(AccessError):
                signal.with_user(self.officer_user).write(vals)
        for user in (self.manager_user, self.worker_user, self.outsider_user):
            with self.subTest(user.login):
                self.assertFalse(self.Signal.with_user(user).search([]))
                with self.assertRaises(AccessError):
                    signal.with_user(user).action_answer()

    def test_what_a_signal_is_about_stays(self):
        """A count belongs to what was counted, an answer to those who asked."""
        self.hold(self.reviews)
        as_hr = self.open().with_user(self.officer_user)
        other = self.theme.copy({"name": "Tools"})
        for vals in (
            {"theme_id": other.id},
            {"kind": "sustainable"},
            {"kind": "goal", "goal_id": self.company_goal.id, "concern_kind": "outside"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                as_hr.write(vals)
        # A form sends what has not changed as well.
        as_hr.write({"kind": "obstacle", "theme_id": self.theme.id, "name": "Who hands over?"})
        by_hand = self.Signal.with_user(self.officer_user).create(
            {"name": "Which tools?", "theme_id": other.id, "cycle_id": self.cycle.id}
        )
        by_hand.write({"kind": "sustainable", "decision": "None", "answer": "None"})
        by_hand.action_answer()
        with self.assertRaises(UserError):
            by_hand.write({"kind": "obstacle"})
        with self.assertRaises(UserError):
            by_hand.unlink()
        as_hr.unlink()

    def test_the_answer_reaches_those_who_raised_it_and_nobody_else(self):
        self.hold(self.reviews[:5])
        other = self.reviews[5]
        self.hold(other, obstacle_theme_id=False)
        signal = self.open()
        signal.write({"decision": "We decide", "answer": "The shift lead does"})
        one = self.reviews[0].with_user(self.reviews[0].employee_user_id)
        self.assertFalse(one._get_signal_answers())
        signal.action_answer()
        self.env.invalidate_all()
        for review in self.reviews[:5]:
            own = review.with_user(review.employee_user_id)
            self.assertEqual(own._get_signal_answers()[0]["answer"], "The shift lead does")
            self.assertIn("The shift lead does", own.signal_answers)
            self.assertIn("signals", [row["code"] for row in own._get_portal_sections()])
        own = other.with_user(other.employee_user_id)
        self.assertFalse(own.signal_answers)
        self.assertNotIn("signals", [row["code"] for row in own._get_portal_sections()])
        # That somebody gets one would tell who it was.
        for user in (self.manager_user, self.peer_manager_user, self.officer_user):
            for review in self.reviews:
                reader = review.with_user(user)
                if reader.has_access("read"):
                    self.assertFalse(reader.signal_answers)


@tagged("post_install", "-at_install")
class TestSignalPortal(SignalCommon, HttpCase):
    """The answer on the employee's page."""

    def test_the_page_shows_the_answer(self):
        self.hold(self.reviews[:5])
        self.hold(self.reviews[5], obstacle_theme_id=False)
        signal = self.open()
        signal.write({"decision": "We decide", "answer": "The shift lead does <b>it</b>"})
        signal.action_answer()
        for review, is_told in ((self.reviews[0], True), (self.reviews[5], False)):
            user = review.employee_user_id
            self.authenticate(user.login, user.login)
            page = self.url_open(f"/my/reviews/{review.id}")
            self.assertEqual(page.status_code, 200)
            self.assertEqual("The shift lead does &lt;b&gt;" in page.text, is_told)
            self.assertNotIn("We decide", page.text)
