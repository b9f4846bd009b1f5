from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.performance_review.models.performance_review_steps import STEPS as STEP_TABLE

from .common import PerformanceCommon

STEPS = ["preparation", "dialogue", "agreement", "follow_up", "done"]


@tagged("post_install", "-at_install")
class TestTransitions(PerformanceCommon):
    """One guard for every way to move a review: button, drag, form, portal and RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.portal_review = cls.review_of(cls.cycle, cls.porter)
        cls.as_manager = cls.review.with_user(cls.manager_user)

    def ways_to_move(self, review, target):
        """Return how a client asks for ``target``, name → call without arguments."""
        return {
            "drag, single save": lambda: review.web_save({"state": target}, {"state": {}}),
            "drag, several": lambda: review.write({"state": target}),
            "field": lambda: setattr(review, "state", target),
        }

    @contextmanager
    def catch_bus(self):
        """Collect what is sent to users over the bus: (login, type, message)."""
        sent = []

        def send(user, kind, message, **_kwargs):
            sent.append((user.login, kind, message))

        with patch.object(type(self.env["res.users"]), "_bus_send", send):
            yield sent

    def warnings_in(self, sent):
        return [
            message["message"]
            for _login, kind, message in sent
            if kind == "simple_notification" and message["type"] == "warning"
        ]

    # ------------------------------------------------------------------
    # Strict and advisory
    # ------------------------------------------------------------------

    def test_strict_refuses_with_one_error_naming_all(self):
        self.cycle.require_self_assessment = True
        moves = {**self.ways_to_move(self.as_manager, "dialogue"),
                 "button": self.as_manager.action_next}  # fmt: skip
        for way, move in moves.items():
            with self.subTest(way), self.assertRaises(UserError) as refused:
                move()
            text = str(refused.exception)
            for missing in ("Strengths", "Gaps", "Supports", "self-assessment", "0 of 3"):
                self.assertIn(missing, text, way)
            self.assertIn(self.worker.name, text)
        self.assertEqual(self.review.state, "preparation")

    def test_only_what_is_missing_is_named(self):
        self.fill_sheet(self.review)
        self.review.point_ids.filtered(lambda point: point.kind == "gap")[:1].unlink()
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        text = str(refused.exception)
        self.assertIn("Gaps: 2 of 3", text)
        self.assertNotIn("Strengths", text)
        self.assertNotIn("Supports", text)

    def test_advisory_passes_and_warns_whoever_moves(self):
        self.cycle.gate_mode = "advisory"
        for way in ("button", "drag, single save", "drag, several"):
            review = self.review_of(self.cycle, self.worker).with_user(self.manager_user)
            moves = {**self.ways_to_move(review, "dialogue"), "button": review.action_next}
            with self.subTest(way), self.catch_bus() as sent:
                moves[way]()
                self.assertEqual(review.state, "dialogue")
                (warning,) = self.warnings_in(sent)
                for missing in ("Strengths", "Gaps", "Supports"):
                    self.assertIn(missing, warning)
                self.assertEqual({login for login, kind, _m in sent
                                  if kind == "simple_notification"}, {"pr_manager"})  # fmt: skip
            review.action_previous()

    def test_advisory_is_silent_when_nothing_is_missing(self):
        self.cycle.gate_mode = "advisory"
        self.fill_sheet(self.review)
        with self.catch_bus() as sent:
            self.as_manager.action_next()
        self.assertFalse(self.warnings_in(sent))

    def test_missing_signatures_stop_in_both_modes(self):
        agreement = self.fill_agreement(self.to_agreement(self.review))
        for mode in ("strict", "advisory"):
            self.cycle.gate_mode = mode
            with self.subTest(mode), self.assertRaises(UserError) as refused:
                self.as_manager.action_next()
            self.assertIn("propose", str(refused.exception))
        agreement.action_propose()
        for mode in ("strict", "advisory"):
            self.cycle.gate_mode = mode
            with self.subTest(mode), self.assertRaises(UserError) as refused:
                self.as_manager.write({"state": "follow_up"})
            self.assertIn("Both signatures are missing", str(refused.exception))
        self.sign_as(agreement, self.worker_user, stance="agree")
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("reviewer's signature", str(refused.exception))
        self.assertEqual(self.review.state, "agreement")

    def test_advisory_hard_blockers_are_named_without_the_soft_ones(self):
        self.cycle.gate_mode = "advisory"
        self.as_manager.action_next()
        self.as_manager.action_next()
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("draft", str(refused.exception))
        self.assertNotIn("result goal", str(refused.exception))

    # ------------------------------------------------------------------
    # One step at a time
    # ------------------------------------------------------------------

    def test_no_step_is_skipped(self):
        self.fill_sheet(self.review)
        for review in (self.as_manager, self.review.sudo()):
            for target in ("agreement", "follow_up", "done"):
                with (
                    self.subTest(target, su=review.env.su),
                    self.assertRaises(UserError) as refused,
                ):
                    review.write({"state": target})
                self.assertIn("one step at a time", str(refused.exception))
                self.assertIn("“Dialogue”", str(refused.exception))

    def test_the_superuser_meets_the_same_gate(self):
        with self.assertRaises(UserError) as refused:
            self.review.sudo().write({"state": "dialogue"})
        self.assertIn("Strengths", str(refused.exception))

    def test_back_from_dialogue_and_agreement_while_nothing_is_proposed(self):
        agreement = self.to_agreement(self.review)
        self.as_manager.action_previous()
        self.assertEqual(self.review.state, "dialogue")
        self.as_manager.action_previous()
        self.assertEqual(self.review.state, "preparation")
        with self.assertRaises(UserError):
            self.as_manager.action_previous()
        # Nothing typed in is lost or doubled on the way forth again.
        self.as_manager.action_next()
        self.as_manager.action_next()
        self.assertEqual(self.review.agreement_ids, agreement)
        self.assertEqual(len(self.review.dialogue_ids), 1)

    def test_no_way_back_once_proposed(self):
        agreement = self.to_proposed(self.review)
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_previous()
        self.assertIn("Withdraw or amend", str(refused.exception))
        agreement.with_user(self.manager_user).action_withdraw()
        self.as_manager.action_previous()
        self.assertEqual(self.review.state, "dialogue")

    def test_no_way_back_from_follow_up_and_done(self):
        agreement = self.to_follow_up(self.review)
        for target in STEPS[:3]:
            with self.subTest(target), self.assertRaises(UserError) as refused:
                self.as_manager.write({"state": target})
            self.assertIn("no way back", str(refused.exception))
        agreement.commitment_ids.with_user(self.manager_user).action_outcome_improved()
        self.review.checkpoint_ids.with_user(self.manager_user).action_cancel()
        self.as_manager.action_next()
        self.assertEqual(self.review.date_done, date(2026, 3, 2))
        for target in STEPS[:4]:
            with self.subTest(target), self.assertRaises(UserError) as refused:
                self.as_manager.write({"state": target})
            self.assertIn("no way back", str(refused.exception))
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("is done", str(refused.exception))

    def test_same_step_is_a_no_op(self):
        activities = self.review.activity_ids
        for move in self.ways_to_move(self.as_manager, "preparation").values():
            move()
        self.env.flush_all()
        self.assertEqual(self.review.state, "preparation")
        self.assertFalse(self.review.log_ids)
        self.assertEqual(self.review.activity_ids, activities)

    # ------------------------------------------------------------------
    # Cycle and people
    # ------------------------------------------------------------------

    def test_reviews_of_a_closed_or_draft_cycle_stay(self):
        self.fill_sheet(self.review)
        for state in ("closed", "draft"):
            self.cycle.sudo().state = state
            for review in (self.as_manager, self.review.sudo()):
                with self.subTest(state), self.assertRaises(UserError) as refused:
                    review.action_next()
                self.assertIn("Year 2026", str(refused.exception))
        self.cycle.sudo().state = "launching"
        self.as_manager.action_next()
        self.assertEqual(self.review.state, "dialogue")

    def test_only_the_reviewer_moves(self):
        self.fill_sheet(self.review)
        others = (
            self.worker_user | self.director_user | self.officer_user | self.administrator_user
            | self.outsider_user | self.peer_manager_user | self.porter_user | self.rival_user
            | self.stranger_user | self.foreign_officer_user
        )  # fmt: skip
        for user in others:
            review = self.review.with_user(user)
            moves = {**self.ways_to_move(review, "dialogue"), "button": review.action_next}
            for way, move in moves.items():
                with self.subTest(user.login, way=way), self.assertRaises(AccessError):
                    move()
                self.env.invalidate_all()
        self.assertEqual(self.review.state, "preparation")

    def test_portal_employee_does_not_move_the_own_review(self):
        self.fill_sheet(self.portal_review)
        review = self.portal_review.with_user(self.porter_user)
        for way, move in {
            **self.ways_to_move(review, "dialogue"), "button": review.action_next,
            "same step": lambda: review.write({"state": "preparation"}),
        }.items():  # fmt: skip
            with self.subTest(way), self.assertRaises(AccessError):
                move()
            self.env.invalidate_all()

    def test_an_officer_who_reviews_moves_the_own_team(self):
        self.review.with_user(self.administrator_user).action_reassign(
            self.officer_employee.id, "The manager is on leave"
        )
        self.fill_sheet(self.review)
        with self.assertRaises(AccessError):
            self.as_manager.action_next()
        self.review.with_user(self.officer_user).action_next()
        self.assertEqual(self.review.state, "dialogue")

    # ------------------------------------------------------------------
    # Several at once
    # ------------------------------------------------------------------

    def test_several_at_once_all_or_nothing(self):
        both = (self.review | self.portal_review).with_user(self.manager_user)
        self.fill_sheet(self.review)
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            both.write({"state": "dialogue"})
        self.assertIn(self.porter.name, str(refused.exception))
        self.assertNotIn(self.worker.name, str(refused.exception))
        self.env.invalidate_all()
        self.assertEqual(set(both.mapped("state")), {"preparation"})
        self.fill_sheet(self.portal_review)
        both.write({"state": "dialogue"})
        self.assertEqual(set(both.mapped("state")), {"dialogue"})
        self.assertEqual(len(both.dialogue_id), 2)

    def test_several_refusals_are_told_together(self):
        both = (self.review | self.portal_review).with_user(self.manager_user)
        with self.assertRaises(UserError) as refused:
            both.write({"state": "dialogue"})
        lines = str(refused.exception).split("\n")
        self.assertEqual(len(lines), 2)
        self.assertTrue(any(self.worker.name in line for line in lines))
        self.assertTrue(any(self.porter.name in line for line in lines))

    def test_one_foreign_review_stops_the_drag(self):
        rival_review = self.review_of(self.cycle, self.rival)
        self.fill_sheet(self.review)
        self.fill_sheet(rival_review)
        with self.assertRaises(AccessError):
            (self.review | rival_review).with_user(self.manager_user).write({"state": "dialogue"})
        self.assertEqual(self.review.state, "preparation")

    def test_mixed_drag_moves_only_those_that_are_elsewhere(self):
        self.to_dialogue(self.review)
        self.fill_sheet(self.portal_review)
        both = (self.review | self.portal_review).with_user(self.manager_user)
        both.write({"state": "dialogue"})
        self.assertEqual(set(both.mapped("state")), {"dialogue"})
        self.assertEqual(len(self.review.dialogue_ids), 1)

    def test_a_batch_needs_no_query_per_review(self):
        def reviews(number):
            employees = self.env["hr.employee"].create(
                [
                    {
                        "name": f"Employee {index}",
                        "company_id": self.company.id,
                        "parent_id": self.manager.id,
                    }
                    for index in range(number)
                ]
            )
            batch = self.env["performance.review"].create(
                [{"cycle_id": self.cycle.id, "employee_id": employee.id} for employee in employees]
            )
            self.env["performance.point"].create(
                [
                    {"review_id": review.id, "kind": kind, "name": "x", "fact": "On Monday"}
                    for review in batch
                    for kind in ("strength", "gap", "support")
                    for _index in range(3)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            return batch.with_user(self.manager_user)

        def cost(batch, target):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch.write({"state": target})
            self.env.flush_all()
            return self.cr.sql_log_count - before

        # Odoo writes 100 rows a query, so 0.01 a row and table: the review, its log, its task
        # and what the room of the step begins with.
        batches = _warm_up, few, many = reviews(2), reviews(20), reviews(200)
        for target in ("dialogue", "preparation"):
            costs = {batch: cost(batch, target) for batch in batches}
            with self.subTest(target, costs=list(costs.values())):
                self.assertLessEqual((costs[many] - costs[few]) / 180, 0.05)
        self.assertEqual(len(many.sudo().log_ids), 2 * 200)
        self.assertEqual(len(many.sudo().dialogue_id.topic_ids), 3 * 200)

    # ------------------------------------------------------------------
    # The table of steps
    # ------------------------------------------------------------------

    def test_the_table_names_what_exists(self):
        review = self.env["performance.review"]
        self.assertEqual([step.code for step in STEP_TABLE], list(STEPS))
        for step in STEP_TABLE:
            with self.subTest(step.code):
                if step.deadline:
                    self.assertIn(step.deadline, review._fields)
                if step.activity_type:
                    self.assertTrue(self.env.ref(step.activity_type))
                for name in filter(None, (step.blockers, step.on_enter)):
                    self.assertTrue(callable(getattr(review, name)))

    def test_a_hard_blocker_stops_an_advisory_cycle_too(self):
        self.cycle.sudo().gate_mode = "advisory"
        self.patch(
            type(self.env["performance.review"]),
            "_get_hard_blockers",
            lambda self: frozenset({"strength_missing"}),
        )
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("Strengths", str(refused.exception))
        self.assertNotIn("Gaps", str(refused.exception), "the others only warn")

    def test_in_force_is_asked_of_the_agreement(self):
        agreement = self.to_agreement(self.review)
        Agreement = self.env["performance.agreement"]
        for state, in_force in (
            ("draft", False), ("proposed", False), ("signed", True), ("closed_by_hr", True),
            ("superseded", False),
        ):  # fmt: skip
            agreement.sudo().state = state
            with self.subTest(state):
                self.assertEqual(agreement.is_in_force, in_force)
                found = Agreement.search([("is_in_force", "=", in_force)])
                self.assertIn(agreement.id, found.ids)
                others = Agreement.search([("is_in_force", "!=", in_force)])
                self.assertNotIn(agreement.id, others.ids)

    # ------------------------------------------------------------------
    # get_blockers: what is missing, to those who may know
    # ------------------------------------------------------------------

    def codes(self):
        blockers = self.as_manager.get_blockers()
        for blocker in blockers:
            self.assertEqual(set(blocker), {"code", "message"})
            self.assertIsInstance(blocker["code"], str)
            self.assertTrue(blocker["message"].strip())
        return [blocker["code"] for blocker in blockers]

    def test_codes_along_the_way(self):
        self.assertEqual(self.codes(), ["strength_missing", "gap_missing", "support_missing"])
        self.cycle.require_self_assessment = True
        self.assertIn("self_assessment", self.codes())
        self.submit_self_assessment(self.review)
        self.fill_sheet(self.review)
        self.assertEqual(self.codes(), [])
        self.as_manager.action_next()
        self.assertEqual(self.codes(), ["dialogue_not_held"])
        dialogue = self.review.dialogue_id.with_user(self.manager_user)
        dialogue.write({"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 09:29:00"})
        self.assertEqual(self.codes(), ["dialogue_too_short"])
        dialogue.date_end = "2026-03-02 09:30:00"
        self.assertEqual(self.codes(), [])
        self.as_manager.action_next()
        self.assertEqual(
            self.codes(),
            ["goal_missing", "change_missing", "support_missing", "agreement_not_proposed"],
        )
        agreement = self.fill_agreement(self.review.agreement_id)
        self.assertEqual(self.codes(), ["agreement_not_proposed"])
        agreement.action_propose()
        self.assertEqual(self.codes(), ["agreement_unsigned"])
        self.sign_as(agreement)
        self.assertEqual(self.codes(), ["agreement_unsigned"])
        self.sign_as(agreement, self.worker_user)
        self.assertEqual(self.codes(), ["outcome_missing", "checkpoint_planned"])
        agreement.commitment_ids.with_user(self.manager_user).action_outcome_closed()
        self.assertEqual(self.codes(), ["checkpoint_planned"])
        self.review.checkpoint_ids.with_user(self.manager_user).action_done()
        self.assertEqual(self.codes(), [])
        self.as_manager.action_next()
        self.assertEqual(self.codes(), [])

    def test_a_review_without_agreement_says_so(self):
        self.to_agreement(self.review)
        self.review.agreement_id.sudo().unlink()
        self.assertEqual(self.codes(), ["agreement_missing"])

    def test_who_is_told(self):
        self.assertTrue(self.review.with_user(self.officer_user).get_blockers())
        self.assertTrue(self.review.with_user(self.administrator_user).get_blockers())
        for user in (
            self.worker_user | self.director_user | self.outsider_user | self.peer_manager_user
            | self.porter_user | self.foreign_officer_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.review.with_user(user).get_blockers()

    def test_hr_is_not_told_about_itself(self):
        own = self.review_of(self.cycle, self.officer_employee)
        with self.assertRaises(AccessError):
            own.with_user(self.officer_user).get_blockers()
        self.assertTrue(own.with_user(self.director_user).get_blockers())

    # ------------------------------------------------------------------
    # Activities: one task per step, for the person whose step it is
    # ------------------------------------------------------------------

    def step_activity(self):
        (activity,) = self.review.activity_ids
        return activity

    def test_the_activity_follows_the_step(self):
        expected = {
            "preparation": date(2026, 3, 20),
            "dialogue": date(2026, 4, 10),
            "agreement": date(2026, 4, 30),
        }
        for state, deadline in expected.items():
            activity = self.step_activity()
            self.assertEqual(
                activity.activity_type_id,
                self.env.ref(f"performance_review.mail_activity_type_{state}"),
            )
            self.assertEqual(activity.date_deadline, deadline)
            self.assertEqual(activity.user_id, self.manager_user)
            {
                "preparation": self.to_dialogue,
                "dialogue": self._hold_dialogue,
                "agreement": self._sign,
            }[state](self.review)
        self.assertFalse(self.review.activity_ids)
        self.assertEqual(self.review.state, "follow_up")

    def _hold_dialogue(self, review):
        review.dialogue_id.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
        )
        review.with_user(self.manager_user).action_next()

    def _sign(self, review):
        agreement = self.fill_agreement(review.agreement_id)
        agreement.action_propose()
        self.sign_as(agreement)
        self.sign_as(agreement, self.worker_user)

    def test_steps_back_bring_the_old_task_back(self):
        self.to_dialogue(self.review)
        self.review.with_user(self.manager_user).action_previous()
        self.assertEqual(
            self.step_activity().activity_type_id,
            self.env.ref("performance_review.mail_activity_type_preparation"),
        )

    def test_nobody_becomes_a_follower(self):
        self.to_follow_up(self.review)
        self.assertFalse(self.env["mail.followers"].search([("res_model", "like", "performance.")]))

    def test_summary_in_the_language_of_the_reviewer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        activity_type = self.env.ref("performance_review.mail_activity_type_dialogue")
        activity_type.with_context(lang="zh_CN").summary = "去面谈室对话"
        self.manager_user.lang = "zh_CN"
        self.to_dialogue(self.review)
        self.assertEqual(self.step_activity().summary, "去面谈室对话")

    def test_a_task_of_somebody_else_survives_the_step(self):
        extra = self.review.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.officer_user.id, summary="Call me"
        )
        self.to_dialogue(self.review)
        self.assertIn(extra, self.review.activity_ids)

    def test_handover_takes_the_reviewers_tasks_along_and_no_others(self):
        extra = self.review.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.officer_user.id, summary="Call me"
        )
        step = self.review.activity_ids - extra
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "New team")
        self.assertEqual(step.user_id, self.peer_manager_user)
        self.assertEqual(extra.user_id, self.officer_user)

    def test_deadline_and_overdue_follow_the_cycle(self):
        self.assertEqual(self.review.step_deadline, date(2026, 3, 20))
        self.assertFalse(self.review.is_overdue)
        self.cycle.preparation_deadline = date(2026, 3, 1)
        self.assertEqual(self.review.step_deadline, date(2026, 3, 1))
        self.assertTrue(self.review.is_overdue)
        self.to_follow_up(self.review)
        self.assertEqual(self.review.step_deadline, self.review.next_checkpoint_date)
        self.assertFalse(self.review.is_overdue)
