from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ring_common import RingCommon
from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestNoting(RingCommon):
    """A checkpoint goes through the whole plan on one screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.change, cls.support, cls.development = cls.sign_first()
        cls.goal = cls.first.agreement_id.goal_ids
        cls.checkpoint = cls.first.checkpoint_ids[0]

    def mine(self, user=None):
        return self.checkpoint.with_user(user or self.manager_user)

    def test_all_of_the_plan(self):
        found = self.mine().get_noting()
        names = {
            group["label"]: [line["name"] for line in group["lines"]] for group in found["groups"]
        }
        self.assertEqual(
            names,
            {
                "Goals": [self.goal.name],
                "Behaviours": [self.change.name],
                "What Pr Worker owes": [self.development.name],
                "What the manager's side owes": [self.support.name],
            },
        )
        self.assertTrue(found["is_reviewer"])
        self.assertFalse(self.mine(self.worker_user).get_noting()["is_reviewer"])

    def test_what_is_settled_is_not_asked_for(self):
        self.support.with_user(self.manager_user).action_set_outcome("closed")
        labels = [group["label"] for group in self.mine().get_noting()["groups"]]
        self.assertNotIn("What the manager's side owes", labels)

    def test_figure_word_and_tick(self):
        self.mine().action_note(
            [
                {"subject": f"goal-{self.goal.id}", "figure": 0, "note": "None in May"},
                {"subject": f"commitment-{self.change.id}", "observed": "seen", "note": "Monday"},
                {"subject": f"commitment-{self.support.id}", "is_done": True},
                {"subject": f"commitment-{self.development.id}", "figure": "", "note": " "},
            ],
            "All of it",
            True,
        )
        self.assertEqual(self.goal.actual, 0.0)
        self.assertEqual(set(self.mine().progress_ids.mapped("note")), {"None in May", ""})
        self.assertEqual(self.support.with_user(self.manager_user).percent, 100.0)
        self.assertEqual(self.change.observation_ids.mapped("note"), ["Monday"])
        self.assertFalse(self.development.progress_ids)
        self.assertEqual((self.checkpoint.state, self.checkpoint.note), ("done", "All of it"))
        with self.assertRaises(UserError):
            self.mine().action_note([])

    def test_the_employee_notes_and_does_not_end_it(self):
        line = {"subject": f"commitment-{self.development.id}", "figure": "40"}
        self.mine(self.worker_user).action_note([line], "Not mine to write")
        self.assertEqual(self.checkpoint.progress_ids.author_id, self.worker_user)
        self.assertFalse(self.checkpoint.note)
        with self.assertRaises(AccessError):
            self.mine(self.worker_user).action_note([line], None, True)

    def test_others_do_not(self):
        for user in (self.director_user, self.officer_user, self.outsider_user):
            for verb in ("get_noting", "action_open_noting"):
                with self.subTest(user=user.name), self.assertRaises(AccessError):
                    getattr(self.mine(user), verb)()
            with self.assertRaises(AccessError):
                self.mine(user).action_note([])

    def test_all_or_nothing(self):
        foreign = self.company_goal
        good = {"subject": f"commitment-{self.change.id}", "figure": 50}
        for bad in (
            {"subject": f"goal-{foreign.id}", "figure": 5},
            {"subject": "cycle-1", "figure": 5},
            {"subject": f"commitment-{self.change.id}", "figure": 101},
            {"subject": f"commitment-{self.change.id}", "figure": float("nan")},
            {"subject": f"commitment-{self.support.id}", "observed": "seen"},
            {"subject": f"commitment-{self.change.id}", "observed": "perhaps"},
            {},
            "text",
        ):
            with (
                self.subTest(bad=bad),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self.mine().action_note([good, bad])
            self.env.invalidate_all()
            self.assertFalse(self.checkpoint.progress_ids)

    def test_on_track_or_behind(self):
        """From 8 on 2 March to 4 on 30 September: 6 is half way in the middle of June."""
        [line] = self.mine().get_noting()["groups"][0]["lines"]
        self.assertEqual(line["path"]["standing"], "on_track")
        self.travel_to(date(2026, 6, 15))
        [line] = self.mine().get_noting()["groups"][0]["lines"]
        self.assertEqual(line["path"]["standing"], "behind")
        self.assertEqual(line["path"]["text"], "Behind: 8, expected by today 6.02 per month")
        self.mine().action_note([{"subject": f"goal-{self.goal.id}", "figure": 6}])
        [line] = self.mine().get_noting()["groups"][0]["lines"]
        self.assertEqual(line["path"]["standing"], "on_track")
        self.assertEqual(len(line["path"]["drawing"]["points"]), 1)

    def test_the_cue_is_asked_until_something_was_seen(self):
        self.env.cr.execute(
            "UPDATE performance_commitment SET cue = 'When …' WHERE id = %s", (self.change.id,)
        )
        self.env.invalidate_all()
        [line] = self.mine().get_noting()["groups"][1]["lines"]
        self.assertTrue(line["asks_cue"])
        self.change.with_user(self.worker_user).action_observe_seen()
        [line] = self.mine().get_noting()["groups"][1]["lines"]
        self.assertFalse(line["asks_cue"])
        self.assertEqual([dot["result"] for dot in line["dots"]], ["seen"])

    def test_several_people_in_a_row(self):
        second = self.review_of(self.first_cycle, self.porter)
        self.to_follow_up(second)
        self.assertFalse(self.mine().get_noting()["next"], "nothing of the other is due")
        self.travel_to(date(2026, 7, 1))
        following = self.mine().get_noting()["next"]
        self.assertEqual(following["id"], second.checkpoint_ids[0].id)
        self.assertIn("Pr Porter", following["text"])
        self.assertFalse(self.mine(self.worker_user).get_noting()["next"])

    def test_as_many_queries_for_a_long_history(self):
        few = self.count_queries(self.mine().get_noting)
        for percent in range(1, 20):
            self.record(self.change, float(percent))
            self.change.with_user(self.manager_user).action_observe_seen()
        self.assertLessEqual(self.count_queries(self.mine().get_noting), few)


@tagged("post_install", "-at_install")
class TestPortalNoting(PortalCase):
    """The employee notes all of his part at once, on a phone as well."""

    def test_several_lines_at_once(self):
        agreement = self.to_follow_up(self.review)
        goal = agreement.goal_ids
        own = agreement.commitment_ids.filtered(lambda line: line.owner == "employee")
        theirs = agreement.commitment_ids - own
        checkpoint = self.review.checkpoint_ids[0]
        self.log_in(self.porter_user)
        page = self.get("?open=checkpoints").text
        self.assertIn(f"figure_goal-{goal.id}", page)
        self.assertIn(f"figure_commitment-{theirs.id}", page)
        form = {
            "checkpoint_id": checkpoint.id,
            f"figure_goal-{goal.id}": "6,5",
            f"word_goal-{goal.id}": "Two in spring",
            f"observed_commitment-{own.id}": "missed",
            f"word_commitment-{own.id}": "Left early",
            f"done_commitment-{theirs.id}": "on",
        }
        page = self.post("/note", **form).text
        self.assertEqual(goal.actual, 6.5)
        self.assertEqual(own.observation_ids.mapped("note"), ["Left early"])
        self.assertEqual(theirs.percent, 100.0)
        for said in ("Two in spring", "Left early", "○"):
            self.assertIn(said, page)
        self.assertEqual(checkpoint.state, "planned")
        page = self.post("/note", **{**form, f"figure_goal-{goal.id}": "many"})
        self.assertEqual(page.status_code, 422)
        self.assertIn("Type a number", page.text)
        self.assertIn("many", page.text)
        self.assertIn("Left early", page.text)
        self.assertIn("Type a figure", self.post("/note", checkpoint_id=checkpoint.id).text)
        self.assertEqual(len(checkpoint.progress_ids), 2)
        theirs.with_user(self.manager_user).action_set_outcome("closed")
        self.assertNotIn(f"figure_commitment-{theirs.id}", self.get("?open=checkpoints").text)
