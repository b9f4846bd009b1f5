from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestCommitment(PerformanceCommon):
    """What both sides owe, and how each duty ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.agreement = cls.fill_agreement(cls.to_agreement(cls.review))

    def sign(self):
        self.agreement.action_propose()
        self.sign_as(self.agreement)
        self.sign_as(self.agreement, self.worker_user)
        return self.agreement.commitment_ids

    def create_line(self, **vals):
        return self.agreement.commitment_ids.create(
            {"agreement_id": self.agreement.id, "name": "x", **vals}
        )

    def test_the_owner_follows_the_kind_unless_chosen(self):
        owners = {"keep": "employee", "change": "employee", "support": "reviewer",
                  "development": "employee"}  # fmt: skip
        for kind, owner in owners.items():
            with self.subTest(kind):
                self.assertEqual(self.create_line(kind=kind).owner, owner)
        self.assertEqual(self.create_line(kind="support", owner="hr").owner, "hr")
        self.assertEqual(self.create_line(kind="development", owner="company").owner, "company")

    def test_the_person_behind_the_owner(self):
        people = {"employee": self.worker_user, "reviewer": self.manager_user,
                  "hr": self.officer_user, "company": self.env["res.users"]}  # fmt: skip
        for owner, user in people.items():
            with self.subTest(owner):
                self.assertEqual(
                    self.create_line(kind="support", owner=owner).owner_user_id.sudo(), user
                )

    def test_the_person_follows_reviewer_and_hr(self):
        by_reviewer = self.create_line(kind="support", owner="reviewer").sudo()
        by_hr = self.create_line(kind="support", owner="hr").sudo()
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Left")
        self.cycle.user_id = self.administrator_user
        self.assertEqual(by_reviewer.owner_user_id, self.peer_manager_user)
        self.assertEqual(by_hr.owner_user_id, self.administrator_user)

    def test_behaviours_are_the_employees_own(self):
        for kind in ("keep", "change"):
            for owner in ("reviewer", "hr", "company"):
                with self.subTest(kind, owner=owner), self.assertRaises(ValidationError) as refused:
                    self.create_line(kind=kind, owner=owner)
                self.assertIn("is a support", str(refused.exception))

    def test_the_lists_of_the_form_hold_their_kind(self):
        self.agreement.write(
            {
                "keep_ids": [Command.create({"kind": "keep", "name": "Keeps asking"})],
                "development_ids": [
                    Command.create({"kind": "development", "name": "Welding course"})
                ],
            }
        )
        self.env.invalidate_all()
        kinds = ("keep_ids", "change_ids", "support_ids", "development_ids")
        for name in kinds:
            with self.subTest(name):
                self.assertEqual(self.agreement[name].mapped("kind"), [name.removesuffix("_ids")])
        self.assertEqual(len(self.agreement.commitment_ids), 4)

    # ------------------------------------------------------------------
    # Outcomes
    # ------------------------------------------------------------------

    def test_no_outcome_before_the_signature(self):
        line = self.agreement.change_ids
        for step in (lambda: None, self.agreement.action_propose):
            step()
            with self.assertRaises(UserError) as refused:
                line.action_set_outcome("closed")
            self.assertIn("signed", str(refused.exception))

    def test_each_outcome_has_its_button(self):
        line = self.sign()[0]
        for outcome in ("closed", "improved", "untouched", "recurred"):
            with self.subTest(outcome):
                self.assertTrue(getattr(line, f"action_outcome_{outcome}")())
                self.assertEqual(line.outcome, outcome)
        line.action_set_outcome("open")
        self.assertEqual(line.outcome, "open")

    def test_a_word_that_is_no_outcome(self):
        line = self.sign()[0]
        for word in ("won", "", None):
            with self.subTest(word), self.assertRaises(UserError):
                line.action_set_outcome(word)

    def test_only_the_reviewer_records_it(self):
        lines = self.sign()
        for user in (
            self.worker_user | self.officer_user | self.administrator_user | self.director_user
            | self.outsider_user | self.porter_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                lines.with_user(user).action_set_outcome("closed")
        with self.assertRaises(AccessError):
            lines.write({"outcome": "closed"})
        self.assertEqual(set(lines.mapped("outcome")), {"open"})

    def test_one_foreign_line_stops_all(self):
        lines = self.sign()
        own = self.review_of(self.cycle, self.rival)
        foreign = self.fill_agreement(self.to_agreement(own))
        foreign.action_propose()
        with self.assertRaises(AccessError):
            (lines | foreign.commitment_ids.with_user(self.manager_user)).action_set_outcome(
                "closed"
            )
        self.env.invalidate_all()
        self.assertEqual(set(lines.mapped("outcome")), {"open"})

    def test_finishing_needs_every_outcome_and_settled_checkpoints(self):
        lines = self.sign()
        checkpoints = self.review.checkpoint_ids.with_user(self.manager_user)
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("2 commitments have no outcome", str(refused.exception))
        self.assertIn(f"{len(checkpoints)} checkpoints", str(refused.exception))
        lines[0].action_outcome_untouched()
        checkpoints[0].action_cancel()
        checkpoints[1:].action_done()
        with self.assertRaises(UserError) as refused:
            self.as_manager.action_next()
        self.assertIn("1 commitments", str(refused.exception))
        self.assertNotIn("checkpoints are", str(refused.exception))
        lines[1].action_outcome_closed()
        self.as_manager.action_next()
        self.assertEqual(self.review.state, "done")
        self.assertEqual(self.review.date_done, date(2026, 3, 2))

    def test_done_locks_the_outcomes(self):
        lines = self.sign()
        lines.action_outcome_closed()
        self.review.checkpoint_ids.with_user(self.manager_user).action_done()
        self.as_manager.action_next()
        with self.assertRaises(UserError) as refused:
            lines.action_outcome_recurred()
        self.assertIn("is done", str(refused.exception))
        self.assertEqual(set(lines.mapped("outcome")), {"closed"})

    def test_advisory_finishes_with_open_duties_and_tidies_up(self):
        self.cycle.gate_mode = "advisory"
        lines = self.sign()
        self.as_manager.action_next()
        self.assertEqual(self.review.state, "done")
        self.assertEqual(set(lines.mapped("outcome")), {"open"})
        self.assertEqual(set(self.review.checkpoint_ids.mapped("state")), {"cancelled"})
        self.assertFalse(self.review.checkpoint_ids.activity_ids, "nobody is reminded any more")

    def test_the_plan_shows_what_is_in_force_to_each_reader(self):
        self.assertFalse(self.as_manager.plan_commitment_ids)
        lines = self.sign()
        self.env.invalidate_all()
        for user in (self.manager_user, self.worker_user, self.director_user, self.officer_user):
            with self.subTest(user.login):
                own = self.review.with_user(user)
                self.assertEqual(own.plan_commitment_ids.sudo(), lines.sudo())
                self.assertEqual(own.plan_goal_ids.sudo(), self.agreement.goal_ids.sudo())

    def test_a_commitment_stays_in_its_agreement(self):
        other = self.to_agreement(self.review_of(self.cycle, self.porter))
        with self.assertRaises(AccessError):
            self.agreement.change_ids.agreement_id = other
        with self.assertRaises(UserError):
            self.create_line(name="x" * 501)
