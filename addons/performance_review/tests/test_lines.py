from odoo.tests import tagged

from ..models.performance_agreement_snapshot import FORM, has_form
from ..tools import digest
from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestLines(PerformanceCommon):
    """Lines of an agreement are read at once, across its versions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.review_of(cls.launch(), cls.worker)
        cls.first = cls.to_follow_up(cls.review)

    def amend(self):
        """Return the next version, signed by both."""
        self.review.agreement_id.with_user(self.manager_user).action_amend()
        amendment = self.review.agreement_id
        amendment.with_user(self.manager_user).action_propose()
        self.sign_as(amendment, self.manager_user)
        self.sign_as(amendment, self.worker_user)
        return amendment

    def count(self, call):
        """Return what ``call`` returns, and its queries."""
        before = self.env.cr.sql_log_count
        return call(), self.env.cr.sql_log_count - before

    def fresh(self, record):
        """Return a record that has been read, with nothing else in the cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        record.mapped("display_name")
        return record

    def test_lines_come_with_what_they_say(self):
        agreement = self.fresh(self.first.sudo())
        names, queries = self.count(lambda: agreement.commitment_ids.mapped("name"))
        self.assertEqual(len(names), 2)
        self.assertEqual(queries, 1)
        goals, queries = self.count(lambda: agreement.goal_ids.mapped("means"))
        self.assertEqual(len(goals), 1)
        self.assertEqual(queries, 1)

    def test_lines_are_those_of_the_reader(self):
        outsiders = self.outsider_user | self.rival_user
        for user in outsiders:
            found = self.env["performance.goal"].with_user(user)
            found = found.search_fetch([("agreement_id", "=", self.first.id)], ["agreement_id"])
            self.assertFalse(found)

    def test_every_version_of_a_line_is_found(self):
        versions = [self.first]
        costs = set()
        for _amendment in range(3):
            versions.append(self.amend())
            for name in ("goal_ids", "commitment_ids"):
                lines = self.fresh(versions[-1].sudo())[name]
                carried_by, queries = self.count(lines._get_versions)
                costs.add(queries)
                for version in versions:
                    for line, newest in zip(version[name], lines, strict=True):
                        self.assertEqual(carried_by[line.id], [newest.id])
                self.assertEqual(len(carried_by), len(versions) * len(lines))
        # At most one for the versions before, and at most one for which agreements they are of.
        self.assertLessEqual(max(costs), 2)
        self.assertFalse(self.env["performance.goal"]._get_versions())

    def test_what_is_recorded_counts_in_every_later_version(self):
        own = self.first.commitment_ids.filtered(lambda line: line.owner == "employee")
        Progress = self.env["performance.progress"].with_user(self.worker_user)
        entry = Progress.create(
            {
                "checkpoint_id": self.review.checkpoint_ids[0].id,
                "commitment_id": own.id,
                "percent": 40,
            }
        )
        self.amend()
        newest = self.amend().commitment_ids.filtered(lambda line: line.owner == "employee")
        newest = newest.with_user(self.worker_user)
        self.assertEqual(Progress._get_newest("commitment_id", newest), {newest: entry})
        # The same from what has been read already, whatever else is among it.
        everything = self.review.checkpoint_ids.with_user(self.worker_user).progress_ids
        self.assertEqual(Progress._get_newest("commitment_id", newest, everything), {newest: entry})
        self.assertFalse(Progress._get_newest("commitment_id", newest, Progress)[newest])

    # ------------------------------------------------------------------
    # Versions, and what a signed one holds
    # ------------------------------------------------------------------

    def test_readable_versions_are_those_of_the_reader(self):
        self.first.with_user(self.manager_user).action_amend()
        draft = self.review.agreement_id
        self.assertEqual(draft.state, "draft")
        seen = {
            self.manager_user: draft | self.first,
            self.officer_user: draft | self.first,
            self.worker_user: self.first,
            self.director_user: self.first,
        }
        # Whoever has read them before in the same transaction, past all rules.
        self.assertEqual(self.review.sudo().readable_agreement_ids, draft | self.first)
        for user, versions in seen.items():
            with self.subTest(user.login):
                review = self.review.with_user(user)
                self.assertEqual(review.readable_agreement_ids.ids, versions.ids)
                self.assertEqual(review.agreement_state, versions[0].state)
                self.assertEqual(review.plan_goal_ids.ids, self.first.goal_ids.ids)
                self.assertEqual(review.plan_commitment_ids.ids, self.first.commitment_ids.ids)

    def test_the_form_of_a_snapshot_is_what_is_signed(self):
        def keys(content):
            if not isinstance(content, dict):
                return None
            return {key: keys(value) for key, value in content.items()}

        # Nothing was signed before the first version: "previous" is empty there.
        self.assertEqual(keys(self.first._prepare_snapshot()), keys(FORM))
        signed = digest.read_canonical(self.first.snapshot)
        self.assertTrue(has_form(signed, FORM))
        for key in FORM:
            self.assertFalse(has_form({k: v for k, v in signed.items() if k != key}, FORM), key)

    def test_what_the_page_shows_is_what_the_paper_shows(self):
        proposal = self.to_proposed(self.review_of(self.review.cycle_id, self.porter))
        for agreement in self.first, proposal:
            paper = agreement.with_user(self.manager_user)._get_shown_content()
            page = agreement.with_user(self.manager_user)._get_shown_content(with_frame=False)
            self.assertEqual({name: paper[name] for name in page if name != "reviewer"}, {
                name: page[name] for name in page if name != "reviewer"
            })  # fmt: skip
            self.assertEqual(page["reviewer"]["name"], paper["reviewer"]["name"])
