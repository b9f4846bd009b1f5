from datetime import date

from odoo.tests import tagged

from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortalFollowUp(PortalCase):
    """The plan of both sides and the employee's progress on it."""

    def progress(self, subject, **data):
        checkpoint = self.review.checkpoint_ids[:1]
        return self.post(
            "/progress", **{"checkpoint_id": checkpoint.id, "subject": subject, **data}
        )

    def test_progress_on_goal_and_commitments(self):
        agreement = self.to_follow_up(self.review)
        goal = agreement.goal_ids
        own = agreement.commitment_ids.filtered(lambda line: line.owner == "employee")
        self.log_in(self.porter_user)
        self.assertIn("A second bench", self.get().text)
        self.progress(f"goal-{goal.id}", figure="6,5", note="Two in spring")
        self.assertEqual(goal.actual, 6.5)
        self.assertEqual(goal.measure_ids.author_id, self.porter_user)
        page = self.progress(f"commitment-{own.id}", figure="40").text
        self.assertEqual(own.percent, 40.0)
        self.assertIn("Two in spring", page)
        self.assertNotIn("<polyline", page)
        # Figure and unit stand together, whatever the template is broken into.
        for said in (">4 per month<", ">6.5 per month<", ">40%<"):
            self.assertIn(said, page)
        page = self.progress(f"goal-{goal.id}", figure="5").text
        self.assertIn("<polyline", page)
        # A note alone does not set the figure back.
        self.progress(f"goal-{goal.id}", figure="", note="Talked to planning")
        self.assertEqual(goal.actual, 5.0)

    def test_bad_progress_is_refused_in_words_and_stays_typed(self):
        agreement = self.to_follow_up(self.review)
        goal, line = agreement.goal_ids, agreement.commitment_ids[0]
        self.log_in(self.porter_user)
        for subject, figure, sentence in (
            (f"goal-{goal.id}", "many", "Type a number"),
            (f"goal-{goal.id}", "nan", "Type a number"),
            (f"goal-{goal.id}", "inf", "Type a number"),
            (f"commitment-{line.id}", "101", "between 0 and 100"),
            (f"commitment-{line.id}", "-1", "between 0 and 100"),
            (f"goal-{self.company_goal.id}", "5", "Choose a goal or a commitment"),
            ("cycle-1", "5", "Choose a goal or a commitment"),
            ("", "5", "Choose a goal or a commitment"),
        ):
            with self.subTest(subject=subject, figure=figure):
                page = self.progress(subject, figure=figure, note="My own note")
                self.assertEqual(page.status_code, 422)
                self.assertIn(sentence, page.text)
                self.assertIn("My own note", page.text)
        page = self.progress(f"goal-{goal.id}", figure="")
        self.assertIn("Type a figure, a note or both", page.text)
        self.assertFalse(self.review.checkpoint_ids.progress_ids)

    def test_progress_on_a_checkpoint_that_is_over_keeps_the_note(self):
        agreement = self.to_follow_up(self.review)
        checkpoint = self.review.checkpoint_ids[0]
        checkpoint.with_user(self.manager_user).action_done()
        self.log_in(self.porter_user)
        page = self.progress(
            f"goal-{agreement.goal_ids.id}",
            checkpoint_id=checkpoint.id,
            figure="5",
            note="My own note",
        )
        self.assertIn("not planned any more", page.text)
        self.assertIn("My own note", page.text)
        self.assertFalse(checkpoint.progress_ids)

    def test_overdue_support_is_seen_by_the_employee(self):
        agreement = self.to_follow_up(self.review)
        self.log_in(self.porter_user)
        self.assertNotIn(">Overdue<", self.get().text)
        support = agreement.commitment_ids.filtered(lambda line: line.kind == "support")
        self.env.cr.execute(
            "UPDATE performance_commitment SET date_deadline = %s WHERE id = %s",
            [date(2026, 2, 1), support.id],
        )
        self.env.invalidate_all()
        self.assertIn(">Overdue<", self.get().text)

    def test_plan_moves_with_the_progress_at_once(self):
        agreement = self.to_follow_up(self.review)
        own = agreement.commitment_ids.filtered(lambda line: line.owner == "employee")
        self.log_in(self.porter_user)
        page = self.progress(f"commitment-{own.id}", figure="40").text
        self.assertIn('aria-valuenow="40"', page)
        page = self.progress(f"goal-{agreement.goal_ids.id}", figure="6").text
        self.assertIn('aria-valuenow="50"', page)
        # Also under the version that comes after it.
        agreement.with_user(self.manager_user).action_amend()
        amendment = self.review.agreement_id
        amendment.with_user(self.manager_user).action_propose()
        self.sign_as(amendment, self.manager_user)
        self.sign_as(amendment, self.porter_user, stance="agree")
        page = self.get().text
        self.assertIn('aria-valuenow="40"', page)
        self.assertIn('aria-valuenow="50"', page)

    def test_step_with_progress_of_the_employee_is_not_overdue(self):
        agreement = self.to_follow_up(self.review)
        self.review.dialogue_id.with_user(self.porter_user).action_confirm()
        checkpoint = self.review.checkpoint_ids[0]
        checkpoint.date = date(2026, 2, 27)
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertIn("The checkpoint of 02/27/2026 is overdue", page)
        self.assertIn(">Overdue<", page)
        page = self.progress(f"goal-{agreement.goal_ids.id}", figure="6").text
        self.assertNotIn("is overdue", page)
        self.assertNotIn(">Overdue<", page)
        self.assertIn("The checkpoint of 02/27/2026 is recorded", page)
        action = self.review._get_next_action(self.porter_user)
        self.assertTrue(action["is_waiting"])
        # The manager has not looked at it yet, but is not told off for it.
        action = self.review._get_next_action(self.manager_user)
        self.assertEqual((action["code"], action["is_overdue"]), ("checkpoint", False))
