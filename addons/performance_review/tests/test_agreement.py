from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestAgreement(PerformanceCommon):
    """What a draft needs, what a proposal freezes, how it changes, how a dispute ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.draft = cls.to_agreement(cls.review).with_user(cls.manager_user)

    def propose(self):
        self.fill_agreement(self.draft).action_propose()
        return self.draft

    def sign(self):
        self.sign_as(self.propose())
        self.sign_as(self.draft, self.worker_user, stance="agree")
        return self.draft

    def missing(self, agreement=None):
        return {
            blocker["code"]: blocker["message"]
            for blocker in (agreement or self.draft).sudo()._get_missing()
        }

    def assert_not_proposed(self, *texts):
        with self.assertRaises(UserError) as refused:
            self.draft.action_propose()
        for text in texts:
            self.assertIn(text, str(refused.exception))
        self.assertEqual(self.draft.state, "draft")

    # ------------------------------------------------------------------
    # What a draft needs
    # ------------------------------------------------------------------

    def test_an_empty_draft_says_all_at_once(self):
        self.assert_not_proposed("result goal", "behaviours to change", "support owed by")
        self.assertEqual(set(self.missing()), {"goal_missing", "change_missing", "support_missing"})
        self.assertEqual(len(self.draft.missing_text.split("\n")), 3)

    def test_a_complete_draft_misses_nothing(self):
        self.fill_agreement(self.draft)
        self.assertFalse(self.missing())
        self.assertFalse(self.draft.missing_text)

    def test_each_smart_element_is_missed_by_name(self):
        self.fill_agreement(self.draft)
        elements = {
            "specific text": {"name": "\u200b"},
            "a metric": {"metric": " "},
            "a unit": {"unit": False},
            "a target that differs": {"baseline": 0.0, "target": 0.0},
            "a direction that fits": {"direction": "up"},
            "the means": {"means": False},
            "the goal of department or company": {"parent_id": False},
            "a deadline": {"date_deadline": False},
        }
        goal = self.draft.goal_ids
        for words, vals in elements.items():
            with self.subTest(words):
                goal.write(self.goal_vals(parent_id=self.company_goal.id))
                self.assertFalse(self.missing())
                goal.write(vals)
                self.assertEqual(set(self.missing()), {"goal_incomplete"})
                self.assertIn(words, goal.missing_text)
                self.assertNotIn(", ", goal.missing_text)
                self.assert_not_proposed(words)

    def test_all_elements_at_once_in_one_sentence(self):
        self.draft.goal_ids = [Command.create({"name": "Better", "target": 0.0})]
        message = self.missing()["goal_incomplete"]
        for words in ("Better", "a metric", "a unit", "a target", "the means", "a deadline"):
            self.assertIn(words, message)

    def test_every_incomplete_goal_is_named(self):
        self.fill_agreement(self.draft)
        self.draft.goal_ids = [
            Command.create(self.goal_vals(name="First", unit=False)),
            Command.create(self.goal_vals(name="Second", means=False)),
        ]
        self.assert_not_proposed("“First” still needs: a unit", "“Second” still needs: the means")

    def test_one_or_two_changes(self):
        self.fill_agreement(self.draft)
        for number, code in ((0, "change_missing"), (1, None), (2, None), (3, "change_excess")):
            self.draft.change_ids.unlink()
            self.draft.change_ids = [
                Command.create({"kind": "change", "name": f"Change {index}"})
                for index in range(number)
            ]
            with self.subTest(number):
                self.assertEqual(set(self.missing()), {code} if code else set())
        self.assert_not_proposed("3 behaviours")

    def test_support_is_owed_by_the_managers_side_and_dated(self):
        self.fill_agreement(self.draft)
        support = self.draft.support_ids
        support.owner = "employee"
        self.assertEqual(set(self.missing()), {"support_missing"})
        for owner in ("reviewer", "hr", "company"):
            with self.subTest(owner):
                support.write({"owner": owner, "date_deadline": date(2026, 5, 15)})
                self.assertFalse(self.missing())
                support.date_deadline = False
                self.assertEqual(set(self.missing()), {"support_undated"})
        support.copy({"owner": "employee", "date_deadline": date(2026, 5, 15)})
        self.assertEqual(set(self.missing()), {"support_undated"})

    def test_weights_of_zero_in_total(self):
        self.fill_agreement(self.draft)
        self.draft.goal_ids.weight = 0
        self.assert_not_proposed("add up to 0")
        self.draft.goal_ids = [Command.create(self.goal_vals(weight=0.5))]
        self.assertFalse(self.missing())

    def test_dates_lie_ahead(self):
        self.fill_agreement(self.draft)
        goal, support = self.draft.goal_ids, self.draft.support_ids
        for record, label in ((goal, goal.name), (support, support.name)):
            for day, words in (
                (date(1900, 1, 1), "which is over"),
                (date(2026, 3, 1), "which is over"),
                (date(2036, 3, 3), "within the next 10 years"),
                (date(2200, 12, 31), "within the next 10 years"),
            ):
                with self.subTest(record=record._name, day=day):
                    record.date_deadline = day
                    self.assertEqual(set(self.missing()), {"deadline_impossible"})
                    self.assert_not_proposed(f"“{label}” would be due on", words)
            with self.assertRaisesRegex(UserError, "takes a date from"):
                record.date_deadline = date(9999, 12, 31)
            for day in (date(2026, 3, 2), date(2036, 3, 2)):
                record.date_deadline = day
                self.assertFalse(self.missing())

    def test_something_is_due_later(self):
        self.fill_agreement(self.draft)
        self.draft.goal_ids.date_deadline = date(2026, 3, 2)
        self.draft.commitment_ids.date_deadline = date(2026, 3, 2)
        self.assertEqual(set(self.missing()), {"end_missing"})
        self.assert_not_proposed("later date")

    def test_what_was_agreed_before_may_be_over(self):
        first = self.sign()
        first.support_ids.action_outcome_closed()
        with freeze_time(date(2026, 8, 3)):
            second = first.browse(first.action_amend()["res_id"])
            self.assertFalse(self.missing(second), "the support of May was kept")
            second.support_ids.date_deadline = date(2026, 7, 1)
            self.assertEqual(set(self.missing(second)), {"deadline_impossible"})

    def test_what_is_missing_changes_while_typing(self):
        with Form(self.draft) as form:
            self.assertEqual(len(form.missing_text.split("\n")), 3)
            with form.change_ids.new() as line:
                line.name = "Confirms every handover in writing"
            self.assertNotIn("behaviours to change", form.missing_text)
            with form.support_ids.new() as line:
                line.name = "A second bench"
                # A new line starts with a deadline.
                self.assertEqual(line.date_deadline, date(2026, 12, 31))
                line.date_deadline = False
            self.assertIn("Give the support a date", form.missing_text)
            with form.support_ids.edit(0) as line:
                line.date_deadline = date(2026, 5, 15)
            self.assertEqual(form.missing_text, "Add at least one result goal.")
            form.change_ids.remove(0)
            self.assertIn("behaviours to change", form.missing_text)

    def test_it_runs_until_its_last_date(self):
        self.fill_agreement(self.draft)
        self.assertEqual(self.draft.date_end, date(2026, 9, 30))
        self.draft.support_ids.date_deadline = date(2026, 12, 1)
        self.assertEqual(self.draft.date_end, date(2026, 12, 1))
        self.draft.support_ids.unlink()
        self.assertEqual(self.draft.date_end, date(2026, 9, 30))

    # ------------------------------------------------------------------
    # Proposing and withdrawing
    # ------------------------------------------------------------------

    def test_only_the_reviewer_proposes(self):
        self.fill_agreement(self.draft)
        for user in (
            self.worker_user | self.officer_user | self.administrator_user | self.director_user
            | self.outsider_user | self.porter_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.draft.with_user(user).action_propose()
        self.assertEqual(self.draft.state, "draft")

    def test_only_in_its_step_and_only_once(self):
        self.fill_agreement(self.draft)
        self.as_manager.action_previous()
        self.assert_not_proposed("after the dialogue")
        self.as_manager.action_next()
        self.draft.action_propose()
        with self.assertRaises(UserError) as refused:
            self.draft.action_propose()
        self.assertIn("Only a draft", str(refused.exception))

    def test_a_proposal_freezes_everything_for_everybody(self):
        agreement = self.propose()
        goal, line = agreement.goal_ids, agreement.change_ids
        other = self.to_agreement(self.review_of(self.cycle, self.porter))
        other_goal = self.fill_agreement(other).goal_ids
        other_line = other.change_ids
        for user in (self.manager_user, self.env.user):
            own = agreement.with_user(user)
            goal, line = goal.with_user(user), line.with_user(user)
            changes = {
                "summary": lambda own=own: own.write({"summary": "Other"}),
                "goal": lambda goal=goal: goal.write({"target": 5.0}),
                "goal, each field": lambda goal=goal: goal.write({"weight": 3.0}),
                "goal by command": lambda own=own, goal=goal: own.write(
                    {"goal_ids": [Command.update(goal.id, {"name": "Other"})]}
                ),
                "goal added": lambda own=own: own.write(
                    {"goal_ids": [Command.create(self.goal_vals())]}
                ),
                "goal created": lambda goal=goal: goal.create(
                    self.goal_vals(agreement_id=agreement.id)
                ),
                "goal deleted": goal.unlink,
                "goal deleted by command": lambda own=own, goal=goal: own.write(
                    {"goal_ids": [Command.delete(goal.id)]}
                ),
                "goals cleared": lambda own=own: own.write({"goal_ids": [Command.clear()]}),
                "goal moved in": lambda user=user: other_goal.with_user(user).write(
                    {"agreement_id": agreement.id}
                ),
                "goal linked": lambda own=own: own.write(
                    {"goal_ids": [Command.link(other_goal.id)]}
                ),
                "line": lambda line=line: line.write({"name": "Other"}),
                "line deadline": lambda line=line: line.write({"date_deadline": "2027-01-01"}),
                "line owner": lambda line=line: line.write({"kind": "keep"}),
                "line by command": lambda own=own, line=line: own.write(
                    {"change_ids": [Command.update(line.id, {"name": "Other"})]}
                ),
                "line created": lambda line=line: line.create(
                    {"agreement_id": agreement.id, "kind": "keep", "name": "x"}
                ),
                "line added": lambda own=own: own.write(
                    {"support_ids": [Command.create({"kind": "support", "name": "x"})]}
                ),
                "line deleted": line.unlink,
                "line moved in": lambda user=user: other_line.with_user(user).write(
                    {"agreement_id": agreement.id}
                ),
                "agreement deleted": own.unlink,
            }
            for way, change in changes.items():
                # The rule or the guard, whichever is asked first.
                with self.subTest(way, by=user.login), self.assertRaises(UserError):
                    change()
                self.env.invalidate_all()
        self.assertFalse(self.missing(agreement))

    def test_the_guard_says_what_to_do_instead(self):
        agreement = self.propose()
        with self.assertRaises(UserError) as refused:
            agreement.sudo().summary = "Other"
        self.assertIn("amend it", str(refused.exception))

    def test_withdrawing_opens_the_draft_again(self):
        agreement = self.propose()
        agreement.action_withdraw()
        self.assertEqual(agreement.state, "draft")
        self.assertFalse(agreement.proposed_on)
        agreement.summary = "Better words"
        self.assertFalse(self.env["performance.agreement"].with_user(self.worker_user).search([]))
        with self.assertRaises(UserError) as refused:
            agreement.action_withdraw()
        self.assertIn("Only a proposal", str(refused.exception))

    def test_no_withdrawing_after_a_signature_nor_by_others(self):
        agreement = self.propose()
        for user in (self.worker_user, self.officer_user, self.director_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                agreement.with_user(user).action_withdraw()
        self.sign_as(agreement, self.worker_user)
        with self.assertRaises(UserError) as refused:
            agreement.action_withdraw()
        self.assertIn("amend", str(refused.exception))

    def test_the_mail_goes_to_the_employee_alone_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("performance_review.mail_template_agreement_proposed")
        template.with_context(lang="zh_CN").write(
            {"subject": "请阅读并签署共识", "body_html": "<p>你好</p>"}
        )
        self.worker_user.lang = "zh_CN"
        before = self.env["mail.mail"].search([])
        self.propose()
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.subject, "请阅读并签署共识")
        self.assertIn("你好", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.worker_user.partner_id)
        self.assertFalse(mail.email_to)
        self.assertFalse(mail.email_cc)
        self.assertEqual(mail.state, "outgoing")
        self.assertFalse(mail.attachment_ids)

    def test_the_mail_names_neither_goals_nor_points(self):
        before = self.env["mail.mail"].search([])
        self.propose()
        body = (self.env["mail.mail"].search([]) - before).body_html
        self.assertIn(f"/my/reviews/{self.review.id}", body)
        for text in (*self.draft.goal_ids.mapped("name"), *self.review.point_ids.mapped("name")):
            self.assertNotIn(text, body)

    # ------------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------------

    def test_versions_count_per_review_also_in_one_create(self):
        self.propose()
        other = self.review_of(self.cycle, self.porter)
        rival = self.review_of(self.cycle, self.rival)
        created = self.env["performance.agreement"].create(
            [
                {"review_id": self.review.id},
                {"review_id": other.id, "state": "superseded"},
                {"review_id": rival.id},
                {"review_id": other.id},
            ]
        )
        self.assertEqual(created.mapped("version"), [2, 1, 1, 2])
        self.assertEqual(other.agreement_id, created[3])
        self.assertEqual(self.review.agreement_id, created[0])

    def test_one_draft_at_a_time(self):
        with self.assertRaises(Exception) as refused, self.cr.savepoint():
            self.draft.create({"review_id": self.review.id})
        self.assertNotIsInstance(refused.exception, AssertionError)
        with self.assertRaises(UserError) as refused:
            self.draft.action_amend()
        self.assertIn("draft already", str(refused.exception))

    def test_the_old_version_holds_until_the_new_one_is_signed(self):
        first = self.sign()
        checkpoints = self.review.checkpoint_ids
        action = first.action_amend()
        second = first.browse(action["res_id"])
        self.assertEqual(second.version, 2)
        self.assertEqual(second.summary, first.summary)
        self.assertEqual(second.goal_ids.mapped("name"), first.goal_ids.mapped("name"))
        self.assertEqual(len(second.commitment_ids), len(first.commitment_ids))
        self.assertEqual(self.as_manager.plan_goal_ids, first.goal_ids)
        second.goal_ids.date_deadline = date(2026, 12, 31)
        second.action_propose()
        self.env.invalidate_all()
        self.assertEqual(first.state, "signed")
        self.assertEqual(self.as_manager.plan_goal_ids, first.goal_ids)
        self.sign_as(second)
        self.assertEqual(first.state, "signed")
        self.sign_as(second, self.worker_user, stance="acknowledge")
        self.assertEqual((first.state, second.state), ("superseded", "signed"))
        self.env.invalidate_all()
        self.assertEqual(self.as_manager.plan_goal_ids, second.goal_ids)
        self.assertEqual(self.as_manager.plan_commitment_ids, second.commitment_ids)
        self.assertEqual(self.review.state, "follow_up")
        # The dates there were stay, those up to the new end are added.
        self.assertTrue(checkpoints <= self.review.checkpoint_ids)
        added = (self.review.checkpoint_ids - checkpoints).sorted("date")
        self.assertEqual(
            added.mapped("date"), [date(2026, 11, 2), date(2026, 12, 2), date(2026, 12, 31)]
        )

    def test_an_amendment_keeps_progress_and_outcomes(self):
        first = self.sign()
        checkpoint = self.review.checkpoint_ids[0].with_user(self.manager_user)
        second = first.browse(first.action_amend()["res_id"])
        checkpoint.progress_ids = [
            Command.create({"goal_id": first.goal_ids.id, "value": 6.0}),
            Command.create({"commitment_id": first.change_ids.id, "percent": 40.0}),
        ]
        first.support_ids.action_outcome_closed()
        second.change_ids = [Command.create({"kind": "change", "name": "A new one"})]
        second.action_propose()
        self.sign_as(second)
        self.sign_as(second, self.worker_user)
        self.assertEqual(second.goal_ids.actual, 6.0)
        self.assertEqual(second.support_ids.outcome, "closed")
        old, new = second.change_ids.sorted("id")
        self.assertEqual((old.percent, old.outcome), (40.0, "open"))
        self.assertEqual((new.percent, new.outcome), (0.0, "open"))
        blockers = {each["code"]: each["message"] for each in self.as_manager.get_blockers()}
        self.assertIn("2 commitments", blockers["outcome_missing"])

    def test_only_the_newest_version_is_amended_by_its_reviewer(self):
        first = self.sign()
        for user in (self.worker_user, self.officer_user, self.director_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                first.with_user(user).action_amend()
        second = first.browse(first.action_amend()["res_id"])
        self.assertFalse(first.can_amend)
        second.action_propose()
        with self.assertRaises(UserError) as refused:
            first.action_amend()
        self.assertIn("newer version", str(refused.exception))
        with self.assertRaises(UserError) as refused:
            second.action_amend()
        self.assertIn("withdraw", str(refused.exception))
        self.assertFalse(second.can_amend)
        self.sign_as(second)
        self.env.invalidate_all()
        self.assertTrue(second.can_amend)
        third = first.browse(second.action_amend()["res_id"])
        self.assertEqual(third.version, 3)
        third.action_propose()
        self.assertEqual(second.state, "superseded")

    def test_origin_is_not_typed_in(self):
        self.fill_agreement(self.draft)
        foreign = self.fill_agreement(self.to_agreement(self.review_of(self.cycle, self.porter)))
        with self.assertRaises(AccessError):
            self.draft.goal_ids.origin_id = foreign.goal_ids
        with self.assertRaises(AccessError):
            self.draft.change_ids.origin_id = foreign.change_ids

    def test_server_fields_are_not_typed_in(self):
        for vals in (
            {"state": "signed"}, {"employee_signed_on": "2026-03-01"}, {"sha256": "0" * 64},
            {"snapshot": "{}"}, {"version": 9}, {"employee_stance": "agree"},
            {"employee_signed_name": "Pr Worker"}, {"date_start": "2026-03-01"},
            {"hr_statement": "x"}, {"dispute_reason": "x"}, {"proposed_on": "2026-03-01"},
        ):  # fmt: skip
            with self.subTest(vals), self.assertRaises(AccessError):
                self.draft.write(vals)
            with self.subTest(vals), self.assertRaises(AccessError):
                self.draft.create({"review_id": self.review.id, **vals})
        with self.assertRaises(AccessError):
            self.draft.review_id = self.review_of(self.cycle, self.porter)

    def test_a_behaviour_is_the_employees_own(self):
        self.fill_agreement(self.draft)
        with self.assertRaises(ValidationError):
            self.draft.change_ids.owner = "reviewer"

    # ------------------------------------------------------------------
    # Dispute
    # ------------------------------------------------------------------

    def dispute(self, reason="The target leaves out the sick leave."):
        self.dispute_as(self.propose(), self.worker_user, reason)
        return self.draft

    def hr_task(self):
        return self.mediation().activity_ids

    def mediation(self, review=None):
        return self.env["performance.mediation"].search(
            [("agreement_id.review_id", "=", (review or self.review).id)]
        )

    def test_a_dispute_needs_a_reason_and_becomes_hrs_task(self):
        agreement = self.propose()
        for reason in ("", "   ", None):
            with self.subTest(reason), self.assertRaises(UserError):
                self.dispute_as(agreement, self.worker_user, reason)
        self.dispute_as(agreement, self.worker_user, " Too much. ")
        self.assertEqual(agreement.state, "disputed")
        self.assertEqual(agreement.dispute_reason, "Too much.")
        task = self.hr_task()
        self.assertEqual(task.user_id, self.officer_user)
        self.assertEqual(task.date_deadline, date(2026, 3, 9))
        self.assertEqual(self.mediation().date_deadline, date(2026, 3, 9))
        self.assertNotIn(task.activity_type_id, self.review.activity_ids.activity_type_id)
        for sign in (agreement.action_sign, agreement.with_user(self.worker_user).action_sign):
            with self.assertRaises(UserError):
                sign()
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("disputed", str(refused.exception))

    def test_only_the_employee_disputes_and_before_signing(self):
        agreement = self.propose()
        for user in (self.manager_user, self.officer_user, self.director_user, self.porter_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dispute_as(agreement, user, "No")
        self.sign_as(agreement, self.worker_user)
        with self.assertRaises(UserError):
            self.dispute_as(agreement, self.worker_user, "After all")

    def test_nothing_to_dispute_in_a_draft(self):
        with self.assertRaises(AccessError):
            self.dispute_as(self.draft, self.worker_user, "No")

    def test_the_mediator_is_never_a_party(self):
        own = self.review_of(self.cycle, self.officer_employee)
        agreement = self.fill_agreement(self.to_agreement(own))
        agreement.action_propose()
        self.dispute_as(agreement, self.officer_user, "No")
        task = self.mediation(own).activity_ids
        self.assertTrue(task.user_id)
        self.assertTrue(
            task.user_id.has_group("performance_review.group_performance_review_officer")
        )
        self.assertNotEqual(task.user_id, self.officer_user)

    def test_hr_gets_the_task_also_when_nobody_is_named_on_the_cycle(self):
        self.cycle.user_id = False
        self.dispute()
        self.assertTrue(
            self.hr_task().user_id.has_group("performance_review.group_performance_review_officer")
        )

    def test_hr_closes_with_both_statements(self):
        agreement = self.dispute()
        with self.assertRaises(UserError):
            agreement.with_user(self.officer_user).action_close_by_hr("  ")
        agreement.with_user(self.officer_user).action_close_by_hr("The target stands for now.")
        self.assertEqual(agreement.state, "closed_by_hr")
        self.assertEqual(agreement.dispute_reason, "The target leaves out the sick leave.")
        self.assertEqual(agreement.hr_statement, "The target stands for now.")
        self.assertTrue(agreement.sha256)
        self.assertEqual(self.review.state, "follow_up")
        self.assertTrue(self.review.checkpoint_ids)
        self.assertFalse(self.hr_task())
        self.assertEqual(agreement.date_start, date(2026, 3, 2))

    def test_who_may_not_close(self):
        agreement = self.dispute()
        for user in (self.manager_user, self.worker_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                agreement.with_user(user).action_close_by_hr("Closed")
        self.review.with_user(self.administrator_user).action_reassign(
            self.officer_employee.id, "The manager left"
        )
        with self.assertRaises(AccessError):
            agreement.with_user(self.officer_user).action_close_by_hr("I am the reviewer now")
        agreement.with_user(self.administrator_user).action_close_by_hr("Closed")

    def test_only_a_disputed_version_is_closed(self):
        with self.assertRaises(UserError):
            self.propose().with_user(self.officer_user).action_close_by_hr("Closed")

    def test_a_dispute_ends_with_a_new_version_signed_by_both(self):
        first = self.dispute()
        second = first.browse(first.action_amend()["res_id"])
        self.assertFalse(second.dispute_reason)
        second.goal_ids.target = 5.0
        second.action_propose()
        self.assertEqual(first.state, "superseded")
        self.assertEqual(first.dispute_reason, "The target leaves out the sick leave.")
        self.assertTrue(self.hr_task(), "the task stays until both have signed")
        self.sign_as(second, self.worker_user, stance="agree")
        self.sign_as(second)
        self.assertEqual(second.state, "signed")
        self.assertEqual(self.review.state, "follow_up")
        self.assertFalse(self.hr_task())

    def test_a_disputed_amendment_closed_by_hr_takes_over(self):
        first = self.sign()
        second = first.browse(first.action_amend()["res_id"])
        second.action_propose()
        self.dispute_as(second, self.worker_user, "No")
        self.assertEqual(self.as_manager.plan_goal_ids, first.goal_ids)
        second.with_user(self.officer_user).action_close_by_hr("It stands")
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("superseded", "closed_by_hr"))
        self.assertEqual(self.as_manager.plan_goal_ids, second.goal_ids)
        third = first.browse(second.action_amend()["res_id"])
        third.action_propose()
        self.sign_as(third)
        self.sign_as(third, self.worker_user)
        self.assertEqual((second.state, third.state), ("superseded", "signed"))

    def test_the_wizards_of_the_back_office(self):
        agreement = self.propose()
        Dispute = self.env["performance.agreement.dispute"]
        Dispute.with_user(self.worker_user).create(
            {"agreement_id": agreement.id, "statement": "No"}
        ).action_confirm()
        self.assertEqual(agreement.state, "disputed")
        Dispute.with_user(self.officer_user).create(
            {"agreement_id": agreement.id, "statement": "It stands"}
        ).action_confirm()
        self.assertEqual(agreement.state, "closed_by_hr")

    # ------------------------------------------------------------------
    # The review is over
    # ------------------------------------------------------------------

    def test_done_locks_the_agreement(self):
        agreement = self.sign()
        amendment = agreement.browse(agreement.action_amend()["res_id"])
        agreement.commitment_ids.action_outcome_closed()
        self.review.checkpoint_ids.with_user(self.manager_user).action_done()
        self.as_manager.action_next()
        self.assertFalse(agreement.can_amend)
        for refused in (
            amendment.action_propose,
            agreement.action_amend,
            lambda: amendment.write({"summary": "Other"}),
            lambda: amendment.commitment_ids.write({"name": "Other"}),
        ):
            with self.assertRaises(UserError):
                refused()
        amendment.sudo().unlink()
        with self.assertRaises(UserError):
            agreement.create({"review_id": self.review.id})

    def test_a_pending_amendment_holds_the_review(self):
        agreement = self.sign()
        agreement.commitment_ids.action_outcome_closed()
        self.review.checkpoint_ids.with_user(self.manager_user).action_done()
        amendment = agreement.browse(agreement.action_amend()["res_id"])
        amendment.action_propose()
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("Version 2", str(refused.exception))
        self.cycle.gate_mode = "advisory"
        self.as_manager.action_next()
        with self.assertRaises(UserError) as refused:
            self.sign_as(amendment, self.worker_user)
        self.assertIn("is done", str(refused.exception))
        with self.assertRaises(UserError):
            self.dispute_as(amendment, self.worker_user, "No")
