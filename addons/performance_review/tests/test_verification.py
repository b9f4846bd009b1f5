import json

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import digest
from .common import PerformanceCommon
from .test_signatures import drawn

REPORT = "performance_review.action_report_agreement"


@tagged("post_install", "-at_install")
class TestVerification(PerformanceCommon):
    """A signed version says what was signed, and every change of it is found and named."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.porter)
        cls.agreement = cls.to_proposed(cls.review)
        cls.sign_as(cls.agreement, cls.porter_user, signature=drawn(), name="P. Porter")
        cls.sign_as(cls.agreement, cls.manager_user)
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.readers = cls.porter_user | cls.manager_user | cls.director_user | cls.officer_user

    def change(self, record, **values):
        """Change a row behind the back of every guard."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = %s",
                SQL.identifier(record._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
                ),
                record.id,
            )
        )
        self.env.invalidate_all()

    def faults(self, user=None):
        return self.agreement.with_user(user or self.porter_user).verify()

    def assert_fault(self, *words):
        for user in self.readers:
            text = "\n".join(self.faults(user))
            for word in words:
                self.assertIn(word, text)
        own = self.agreement.with_user(self.manager_user)
        self.assertFalse(own.is_verified)
        self.assertEqual(own.verification, "\n".join(self.faults(self.manager_user)))

    def render(self, user=None, agreement=None):
        self.env.flush_all()
        self.env.invalidate_all()
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(user or self.porter_user)
            ._render_qweb_html(REPORT, (agreement or self.agreement).ids)
        )
        return html.decode() if isinstance(html, bytes) else str(html)

    # ------------------------------------------------------------------
    # Verifying
    # ------------------------------------------------------------------

    def test_all_is_well_for_everybody_who_may_read_it(self):
        for user in self.readers | self.administrator_user:
            with self.subTest(user.login):
                self.assertEqual(self.faults(user), [])
        own = self.agreement.with_user(self.porter_user)
        self.assertTrue(own.is_verified)
        self.assertIn(digest.short_code(own.sha256), own.verification)
        for user in self.worker_user | self.rival_user | self.outsider_user | self.stranger_user:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.faults(user)

    def test_nothing_to_check_before_both_have_signed(self):
        other = self.to_agreement(self.review_of(self.cycle, self.worker))
        self.assertEqual(other.with_user(self.manager_user).verify(), [])
        self.fill_agreement(other).action_propose()
        self.sign_as(other, self.worker_user)
        self.assertEqual(other.with_user(self.worker_user).verify(), [])
        self.assertFalse(other.is_verified or other.verification)

    def test_a_byte_of_snapshot_or_fingerprint(self):
        agreement = self.agreement
        snapshot, sha256 = agreement.snapshot, agreement.sha256
        for values in (
            {"snapshot": snapshot.replace("P. Porter", "P. Forger")},
            {"snapshot": snapshot + " "},
            {"sha256": sha256[:-1] + ("0" if sha256[-1] != "0" else "1")},
        ):
            self.change(agreement, snapshot=snapshot, sha256=sha256)
            self.assertEqual(self.faults(), [])
            self.change(agreement, **values)
            with self.subTest(values=str(values)[:60]):
                self.assert_fault("do not belong together")
        for values in ({"snapshot": None}, {"sha256": None}):
            self.change(agreement, snapshot=snapshot, sha256=sha256)
            self.change(agreement, **values)
            with self.subTest(values=values):
                self.assert_fault("is missing")

    def test_a_snapshot_forged_with_its_fingerprint(self):
        content = json.loads(self.agreement.snapshot)
        forgeries = {
            "not in the form": json.dumps(content),
            "“Target” of “Halve the complaints about handovers”": digest.canonical_json(
                {**content, "goals": [{**content["goals"][0], "target": 7.0}]}
            ),
            "belongs to another agreement": digest.canonical_json(
                {**content, "record": {**content["record"], "id": self.agreement.id + 1}}
            ),
            "in which agreements are stored": digest.canonical_json({"version": 1}),
            "agreements are stored": digest.canonical_json([1]),
        }
        for words, text in forgeries.items():
            self.change(self.agreement, snapshot=text, sha256=digest.sha256_hex(text))
            with self.subTest(words):
                self.assert_fault(words)
                self.render()

    def test_each_row_it_came_from(self):
        agreement, goal = self.agreement, self.agreement.goal_ids
        change, support = agreement.change_ids, agreement.support_ids
        for record, values, words in (
            (goal, {"name": "Other"}, ("“Goal” of “Halve the complaints about handovers”",)),
            (goal, {"metric": "Other"}, ("“Metric”",)),
            (goal, {"unit": "Other"}, ("“Unit”",)),
            (goal, {"baseline": 9.0}, ("“Baseline”",)),
            (goal, {"target": 3.5}, ("“Target”",)),
            (goal, {"direction": "up"}, ("“Direction”",)),
            (goal, {"weight": 2.0}, ("“Weight”",)),
            (goal, {"means": "Other"}, ("“Means”",)),
            (goal, {"date_deadline": "2026-10-01"}, ("“Deadline”",)),
            (goal, {"parent_id": None}, ("“Contributes to”",)),
            (change, {"name": "Other"}, ("“Commitment” of “Confirms every handover",)),
            (support, {"owner": "hr"}, ("“Owner” of “A second bench”",)),
            (support, {"kind": "development"}, ("“Kind” of “A second bench”",)),
            (support, {"date_deadline": "2027-01-01"}, ("“Until” of “A second bench”",)),
            (agreement, {"summary": "Other"}, ("“Summary”",)),
            (agreement, {"employee_stance": "acknowledge"}, ("“Stance of the employee”",)),
            (agreement, {"employee_signed_name": "Other"}, ("“Name signed by the employee”",)),
            (agreement, {"reviewer_signed_name": "Other"}, ("“Name signed by the reviewer”",)),
            (agreement, {"reviewer_signed_on": "2026-01-01"}, ("“Signed by the reviewer on”",)),
            (agreement, {"employee_signature": None}, ("“Signature of the employee”",)),
            (agreement, {"hr_statement": "Other"}, ("“Statement of HR”",)),
            (agreement, {"dispute_reason": "Other"}, ("“The employee disagrees”",)),
        ):
            with self.subTest(values), self.env.cr.savepoint() as point:
                self.change(record, **values)
                self.assert_fault(*words)
                self.assertEqual(len(self.faults()), 1)
                point.rollback()
            self.env.invalidate_all()
        self.assertEqual(self.faults(), [])

    def test_rows_added_and_taken_away(self):
        self.env.cr.execute(
            SQL(
                "INSERT INTO performance_commitment (agreement_id, kind, owner, name, outcome) "
                "VALUES (%s, 'change', 'employee', 'Works on Sundays', 'open')",
                self.agreement.id,
            )
        )
        self.change(self.agreement.goal_ids, agreement_id=None)
        self.assert_fault(
            "“Works on Sundays” was added after signing",
            "“Halve the complaints about handovers” was signed and is no longer there",
        )

    def amend(self):
        own = self.agreement.with_user(self.manager_user)
        second = own.browse(own.action_amend()["res_id"])
        second.action_propose()
        self.sign_as(second)
        self.sign_as(second, self.porter_user)
        return second

    def test_versions_are_chained(self):
        second = self.amend()
        self.assertEqual(
            json.loads(second.sudo().snapshot)["previous"],
            {"version": 1, "sha256": self.agreement.sha256},
        )
        self.assertEqual(second.verify(), [])
        self.assertEqual(self.faults(), [])
        # Whoever forges the first version with its own fingerprint has not forged the second.
        content = json.loads(self.agreement.snapshot)
        text = digest.canonical_json({**content, "summary": "Forged"})
        self.change(self.agreement, snapshot=text, sha256=digest.sha256_hex(text), summary="Forged")
        self.assertIn("Version 2, which builds on this one", self.faults()[0])
        self.assertIn("Version 1, on which this one builds, was changed", second.verify()[0])
        self.change(self.agreement, snapshot=None, sha256=None)
        self.assertIn(
            "Version 1, which was signed before, was added or removed", second.verify()[0]
        )

    def test_what_goes_on_afterwards_is_no_fault(self):
        commitments = self.agreement.commitment_ids.with_user(self.manager_user)
        commitments.action_outcome_closed()
        checkpoint = self.review.checkpoint_ids[0].with_user(self.porter_user)
        checkpoint.progress_ids.create(
            {"checkpoint_id": checkpoint.id, "goal_id": self.agreement.goal_ids.id, "value": 5.0}
        )
        self.porter.name = "Married Name"
        self.porter_user.login = "other_login"
        self.company_goal.name = "Renamed"
        self.cycle.name = "Renamed"
        self.assertEqual(self.faults(), [])

    def test_closed_by_hr_is_sealed_too(self):
        other = self.to_proposed(self.review_of(self.cycle, self.worker))
        self.dispute_as(other, self.worker_user, "Not with this staff")
        other.with_user(self.officer_user).action_close_by_hr("It stands")
        self.assertEqual(other.with_user(self.worker_user).verify(), [])
        self.change(other, hr_statement="It does not stand")
        self.assertIn("Statement of HR", other.with_user(self.worker_user).verify()[0])

    # ------------------------------------------------------------------
    # Showing
    # ------------------------------------------------------------------

    def test_paper_form_and_page_show_what_was_signed(self):
        before = self.render()
        for text in ("Pr Porter", "Pr Manager", "Year 2026", "Fewer complaints", "Review Works"):
            self.assertIn(text, before)
        self.porter.name = "Renamed Porter"
        self.manager.name = "Renamed Manager"
        self.cycle.name = "Renamed Year"
        self.company.name = "Renamed Works"
        self.company_goal.name = "Renamed goal"
        self.change(self.agreement.goal_ids, name="Renamed of the row", target=7.0)
        after = self.render()
        form = self.agreement.with_user(self.manager_user).shown_html
        shown = self.agreement.with_user(self.porter_user)._get_shown_content()
        for text in ("Pr Porter", "Pr Manager", "Year 2026", "Fewer complaints", "Halve the"):
            with self.subTest(text):
                self.assertIn(text, after)
                self.assertIn(text, form)
                self.assertIn(text, str(shown))
        for page in (after, form, str(shown)):
            self.assertNotIn("Renamed", page.replace("“Goal” of", ""))
        self.assertIn("no longer says what was signed", after)

    def test_the_outcome_stands_on_paper_and_form(self):
        code = digest.short_code(self.agreement.sha256)
        for html in (self.render(), self.agreement.with_user(self.manager_user).shown_html):
            self.assertIn(f"Verified ✓ {code}", html)
            self.assertIn(self.agreement.sha256, html)
        self.change(self.agreement, summary="Other")
        for html in (self.render(), self.agreement.with_user(self.manager_user).shown_html):
            self.assertNotIn("Verified ✓", html)
            self.assertIn("“Summary” no longer says what was signed.", html)

    def test_a_proposal_shows_its_rows(self):
        other = self.fill_agreement(self.to_agreement(self.review_of(self.cycle, self.worker)))
        other.goal_ids.write({"baseline": 8.5, "target": 6.0, "unit": "天"})
        other.action_propose()
        shown = other.with_user(self.worker_user)._get_shown_content()
        self.assertEqual(shown["goals"][0]["target_text"], "6")
        self.assertEqual(shown["goals"][0]["baseline_text"], "8.5")
        self.assertEqual(str(shown["date_end"]), "2026-09-30")
        self.assertEqual(shown["sha256"], "")
        self.assertEqual(shown["faults"], [])
        self.assertFalse(other.shown_html)
        html = self.render(self.worker_user, other)
        self.assertIn("6 天", html)
        self.assertNotIn("6.0", html)
        for user in self.director_user | self.outsider_user:
            with self.assertRaises(AccessError):
                other.with_user(user)._get_shown_content()

    def test_a_drawing_that_is_another_one_is_not_shown(self):
        self.assertIn("data:image/png", self.render())
        self.change(self.agreement, employee_signature=drawn(size=(80, 40)).encode())
        self.assertNotIn("data:image/png", self.render())
