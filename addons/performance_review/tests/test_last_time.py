from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .ring_common import RingCommon

KEYS = {
    "id", "name", "kind", "owner", "owner_label", "outcome", "outcome_label", "percent", "series",
    "is_overdue", "times", "note", "line", "is_taken", "can_take_along", "can_settle",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestLastTime(RingCommon):
    """What both sides promised last time, as each of them may read it."""

    def test_the_first_review_says_so(self):
        for user in (self.manager_user, self.worker_user, self.officer_user):
            found = self.first.with_user(user).get_last_time()
            self.assertEqual((found["cycle"], found["lines"]), ("", []))
            self.assertEqual(
                found["closure"],
                {
                    "rate": None,
                    "closed": 0,
                    "total": 0,
                    "rate_text": "–",
                    "text": "Nothing was due yet",
                },
            )
            self.assertIn("first review of Pr Worker", found["message"])

    def test_every_promise_of_both_sides(self):
        change, support, development = self.sign_first()
        self.record(change, 30.0)
        self.record(change, 70.0)
        change.action_outcome_recurred()
        development.action_outcome_closed()
        review = self.next_year()
        for user in (self.manager_user, self.worker_user, self.officer_user):
            found = review.with_user(user).get_last_time()
            self.assertEqual((found["cycle"], found["message"]), ("Year 2026", ""))
            # Recurred and overdue did not close, one of three did.
            self.assertEqual(found["closure"]["closed"], 1)
            self.assertEqual(found["closure"]["total"], 3)
            self.assertAlmostEqual(found["closure"]["rate"], 100 / 3)
            self.assertEqual(found["closure"]["text"], "1 of 3 kept")
            lines = {line["id"]: line for line in found["lines"]}
            self.assertEqual(found["lines"][0]["id"], support.id, "the manager's own debt first")
            self.assertEqual(set(lines), set((change | support | development).ids))
            for line in found["lines"]:
                self.assertLessEqual(KEYS, set(line))
            mine = lines[change.id]
            self.assertEqual((mine["percent"], mine["series"]), (70.0, [30.0, 70.0]))
            self.assertEqual((mine["outcome"], mine["outcome_label"]), ("recurred", "Came back"))
            self.assertEqual(mine["owner_label"], "Pr Worker")
            self.assertFalse(mine["is_overdue"])
            theirs = lines[support.id]
            self.assertEqual(theirs["owner_label"], "Pr Manager")
            self.assertTrue(theirs["is_overdue"])
            self.assertEqual(theirs["times"], 1)
            self.assertIn("05/15/2026", theirs["note"])

    def test_an_open_promise_that_is_not_due_is_no_failure(self):
        agreement = self.to_proposed(self.first)
        agreement.sudo().commitment_ids.flush_recordset()
        self.sign_as(agreement, self.manager_user)
        self.sign_as(agreement, self.worker_user)
        # Launched while last year still runs, before anything is due.
        second = self.launch(
            name="Half year", date_start=date(2026, 2, 1), date_end=date(2027, 1, 31),
            preparation_deadline=False, dialogue_deadline=False, agreement_deadline=False,
        )  # fmt: skip
        review = self.review_of(second, self.worker).with_user(self.worker_user)
        self.assertEqual(len(review.get_last_time()["lines"]), 2)
        self.assertIsNone(review.get_last_time()["closure"]["rate"])

    def test_progress_of_earlier_versions_counts(self):
        change, _support, _development = self.sign_first()
        self.record(change, 30.0)
        amendment = change.agreement_id.browse(change.agreement_id.action_amend()["res_id"])
        amendment.action_propose()
        self.sign_as(amendment)
        self.sign_as(amendment, self.worker_user)
        newer = amendment.commitment_ids.filtered(lambda line: line.kind == "change")
        self.record(newer, 60.0)
        lines = {line["id"]: line for line in self.next_year().get_last_time()["lines"]}
        self.assertNotIn(change.id, lines, "an older version holds no more")
        self.assertEqual(lines[newer.id]["series"], [30.0, 60.0])

    def test_how_often_it_was_carried(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        draft = self.to_agreement(review.sudo()).sudo()
        draft.commitment_ids.unlink()
        again = draft.commitment_ids.create(
            {"agreement_id": draft.id, "name": "Again", "origin_commitment_id": change.id}
        )
        self.assertEqual(again.times, 2)
        self.assertEqual(again._get_times_text(), "carried from Year 2026, second time")
        self.assertEqual(change._get_times_text(), "")
        third = again.copy({"agreement_id": draft.id, "origin_commitment_id": again.id})
        self.assertIn("third time", third._get_times_text())
        fourth = again.copy({"agreement_id": draft.id, "origin_commitment_id": third.id})
        self.assertIn("4 times", fourth._get_times_text())
        amended = again.copy({"agreement_id": draft.id, **again._prepare_carry_vals()})
        self.assertEqual(amended.times, 2, "an amendment is the same time")
        copied = again.with_user(self.manager_user).copy({"name": "Something else"})
        self.assertEqual((copied.origin_commitment_id.id, copied.times), (False, 1))

    def test_nobody_types_where_it_comes_from(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        draft = self.to_agreement(review.sudo()).with_user(self.manager_user)
        for vals in ({"origin_commitment_id": change.id}, {"times": 5}):
            with self.assertRaises(AccessError):
                draft.commitment_ids.create({"agreement_id": draft.id, "name": "x", **vals})

    def test_others_read_nothing(self):
        self.sign_first()
        review = self.next_year()
        for user in (
            self.outsider_user, self.peer_manager_user, self.rival_user, self.stranger_user,
            self.foreign_officer_user,
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                review.with_user(user).get_last_time()

    def test_a_new_reviewer_reads_no_agreement_of_the_old_one(self):
        self.sign_first()
        self.worker.parent_id = self.peer_manager
        review = self.next_year().with_user(self.peer_manager_user)
        found = review.get_last_time()
        self.assertEqual(found["lines"], [])
        self.assertIn("no agreement of the last review for you", found["message"])
        self.assertEqual(review.get_proposals(), [])
        self.assertTrue(review.with_user(self.worker_user).get_last_time()["lines"])

    def test_the_line_above_reads_what_is_signed(self):
        self.sign_first()
        found = self.next_year().with_user(self.director_user).get_last_time()
        self.assertEqual(len(found["lines"]), 3)

    def test_the_same_queries_for_more(self):
        def ask():
            return review.get_last_time()

        change, _support, _development = self.sign_first()
        self.record(change, 10.0)
        review = self.next_year()
        ask()
        few = self.count_queries(ask)
        agreement = change.sudo().agreement_id
        self.env.cr.execute(
            "INSERT INTO performance_commitment (agreement_id, kind, name, owner, outcome, times, "
            "sequence) SELECT %s, 'support', 'More ' || n, 'reviewer', 'open', 1, n "
            "FROM generate_series(1, 20) n",
            [agreement.id],
        )
        self.env.invalidate_all()
        self.assertEqual(len(ask()["lines"]), 23)
        self.assertEqual(self.count_queries(ask), few)

    def test_the_report_counts_as_the_rule_says(self):
        change, support, _development = self.sign_first()
        Report = self.env["performance.review.report"].with_user(self.administrator_user)
        row = Report.browse(self.first.id)
        self.assertEqual((row.commitment_count, row.closure_rate), (3, 0.0))
        ((rate,),) = Report._read_group([("id", "=", self.first.id)], [], ["closure_rate:avg"])
        self.assertFalse(rate, "nothing is due yet: that is no 0 %")
        self.assertIsNone(rate or None)
        change.action_outcome_improved()
        self.env.invalidate_all()
        self.assertEqual(Report.browse(self.first.id).closure_rate, 100.0)
        support.action_outcome_untouched()
        self.env.invalidate_all()
        self.assertEqual(Report.browse(self.first.id).closure_rate, 50.0)
        review = self.next_year()
        found = review.get_last_time()["closure"]["rate"]
        self.assertAlmostEqual(Report.browse(self.first.id).closure_rate, found, places=6)
        self.assertAlmostEqual(found, 100 / 3)


@tagged("post_install", "-at_install")
class TestRepeats(RingCommon):
    """What was said and agreed on a gap the last times it was one."""

    def gap(self, review, name="Handovers", **vals):
        return (
            self.env["performance.point"]
            .with_user(self.manager_user)
            .create(
                {"review_id": review.id, "kind": "gap", "name": name, "theme_id": self.theme.id}
                | vals
            )
        )

    def test_what_was_said_and_agreed(self):
        self.gap(self.first, fact="On 3 March two orders were lost.")
        change, _support, _development = self.sign_first()
        change.action_outcome_recurred()
        point = self.gap(self.next_year(), "Handovers again")
        self.assertEqual(
            point.get_repeats(),
            [
                {
                    "cycle": "Year 2026",
                    "point": "Handovers",
                    "fact": "On 3 March two orders were lost.",
                    "agreed": [
                        {
                            "name": change.name,
                            "outcome": "recurred",
                            "outcome_label": "Came back",
                        }
                    ],
                }
            ],
        )
        self.assertEqual(len(point.get_repeats()), point.repeat_count)
        self.assertEqual(len(point.with_user(self.officer_user).get_repeats()), 1)

    def test_nothing_without_a_theme_and_for_other_kinds(self):
        self.gap(self.first)
        self.sign_first()
        review = self.next_year()
        self.assertEqual(self.gap(review, theme_id=False).get_repeats(), [])
        self.assertEqual(self.gap(review, kind="support").get_repeats(), [])
        other = self.env["performance.theme"].create({"name": "Order"})
        self.assertEqual(self.gap(review, theme_id=other.id).get_repeats(), [])

    def test_others_read_nothing(self):
        self.gap(self.first)
        self.sign_first()
        review = self.next_year()
        point = self.gap(review)
        self.to_agreement(review.sudo())
        for user in (
            self.worker_user, self.director_user, self.outsider_user, self.peer_manager_user,
            self.rival_user, self.foreign_officer_user,
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                point.with_user(user).get_repeats()

    def test_a_new_reviewer_does_not_read_what_the_old_one_wrote(self):
        self.gap(self.first)
        self.sign_first()
        self.worker.parent_id = self.peer_manager
        review = self.next_year()
        point = (
            self.env["performance.point"]
            .with_user(self.peer_manager_user)
            .create({"review_id": review.id, "kind": "gap", "name": "x", "theme_id": self.theme.id})
        )
        self.assertEqual(point.get_repeats(), [])
        self.assertEqual(point.repeat_count, 1)

    def test_the_same_queries_for_more(self):
        self.gap(self.first)
        self.sign_first()
        point = self.gap(self.next_year())
        point.get_repeats()
        few = self.count_queries(point.get_repeats)
        self.env["performance.point"].sudo().create(
            {"review_id": self.first.id, "kind": "gap", "name": "y", "theme_id": self.theme.id}
        )
        self.assertEqual(len(point.get_repeats()), 2)
        self.assertEqual(self.count_queries(point.get_repeats), few)
