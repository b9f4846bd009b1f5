import re
from datetime import date

from odoo.tests import tagged

from .reminders_common import RemindersMixin
from .test_portal import PortalCase

SOON, LATE = date(2026, 3, 6), date(2026, 3, 25)


@tagged("post_install", "-at_install")
class TestChanges(RemindersMixin, PortalCase):
    """What an amendment changes is shown word by word, and waits for nobody in silence."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.to_follow_up(cls.review)
        cls.first.with_user(cls.manager_user).action_amend()
        cls.second = cls.review.agreement_id.with_user(cls.manager_user)
        cls.second.summary = "We look at handovers every week."
        cls.second.goal_ids.write({"target": 3.0, "date_deadline": "2026-10-31"})
        cls.second.change_ids.name = "Confirms each handover in writing"
        cls.second.support_ids.unlink()
        cls.second.write(
            {
                "commitment_ids": [
                    (
                        0,
                        0,
                        {
                            "kind": "support",
                            "name": "A third bench",
                            "owner": "company",
                            "date_deadline": "2026-06-15",
                        },
                    )
                ]
            }
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def html(self, value):
        return re.sub(r"<(ins|del)\b[^>]*>", r"<\1>", re.sub(r"\s+", " ", str(value)))

    def assertShown(self, html):
        for words in (
            "<del>month</del>", "<ins>week</ins>", "<del>every</del>", "<ins>each</ins>",
            "<ins>A third bench</ins>", "<del>A second bench</del>",
        ):  # fmt: skip
            self.assertIn(words, html)

    def test_goals_commitments_and_summary(self):
        changes = self.second._get_changes()
        self.assertEqual(changes["version"], 1)
        rows = {row["title"]: row for row in changes["rows"]}
        goal = rows["Halve the complaints about handovers"]
        self.assertEqual(
            {part["label"]: [piece.text for piece in part["pieces"] if piece.kind != "same"]
             for part in goal["parts"]},
            {"Target": ["4", "3"], "Deadline": ["09", "10", "30", "31"]},
        )  # fmt: skip
        self.assertEqual(rows["A third bench"]["change"], "added")
        self.assertEqual(rows["A second bench"]["change"], "removed")
        self.assertIsNone(self.first.with_user(self.manager_user)._get_changes())

    def test_on_the_draft_page_and_paper(self):
        self.assertShown(self.html(self.second.changes_html))
        self.log_in(self.porter_user)
        self.assertNotIn("A third bench", self.get("?open=agreement").text)
        self.second.action_propose()
        page = self.get("?open=agreement").text
        self.assertShown(self.html(page))
        self.assertIn('<span class="visually-hidden"> inserted: </span>', page)
        self.assertIn('</ins><span class="visually-hidden"> unchanged: </span><span', page)
        for user in (self.manager_user, self.porter_user):
            self.sign_as(self.second, user)
        self.env.flush_all()
        self.env.invalidate_all()
        printed, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.manager_user)
            ._render_qweb_html("performance_review.action_report_agreement", self.second.ids)
        )
        self.assertShown(self.html(printed.decode()))
        self.assertNotIn("visually-hidden", printed.decode())
        self.assertShown(self.html(self.second.shown_html))
        # Above the reviewer nobody reads the version that no longer holds, nor what it said.
        above = str(self.second.with_user(self.director_user).shown_html)
        self.assertIn("A third bench", above)
        self.assertNotIn("A second bench", above)

    def test_a_version_in_between_that_never_held(self):
        self.second.action_propose()
        self.dispute_as(self.second, self.porter_user)
        self.second.action_amend()
        third = self.review.agreement_id.with_user(self.manager_user)
        changes = third._get_changes()
        self.assertEqual(changes["version"], 1)
        self.assertEqual(
            sorted((row["change"], row["title"]) for row in changes["rows"]),
            [
                ("added", "A third bench"),
                ("changed", "Confirms each handover in writing"),
                ("changed", "Halve the complaints about handovers"),
                ("changed", "Summary"),
                ("removed", "A second bench"),
            ],
        )

    def test_who_has_not_signed_it_is_reminded(self):
        self.second.action_propose()
        self.sign_as(self.second)
        as_employee = self.review.with_user(self.porter_user)._get_next_action()
        self.assertEqual((as_employee["code"], str(as_employee["date"])), ("sign", "2026-03-09"))
        self.forget_mails()
        self.remind(SOON)
        told = self.say(self.mails(self.porter_user, "version 2"))
        self.assertIn("Read and sign version 2 of the agreement", told)
        self.assertNotIn("third bench", told)
        self.assertFalse(self.mails(self.manager_user, "sign version 2"))
        # Nobody above learns of it, however late it is.
        self.forget_mails()
        self.remind(LATE)
        self.assertFalse(self.mails(self.director_user, "version 2"))
        self.assertIn("version 2", self.say(self.mails(self.porter_user, "version 2")))
