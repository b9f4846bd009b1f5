from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .ring_common import RingCommon


@tagged("post_install", "-at_install")
class TestDraft(RingCommon):
    """The draft of the agreement starts from what was prepared and talked about."""

    def suggestions(self, agreement, kind=None):
        """Return what is suggested for ``agreement``, as its reviewer."""
        found = agreement.with_user(self.manager_user).suggestion_ids
        return found.filtered(lambda each: kind in (None, each.kind)).sorted("sequence")

    def point(self, review, kind, name, **vals):
        return (
            self.env["performance.point"]
            .with_user(self.manager_user)
            .create({"review_id": review.id, "kind": kind, "name": name, "fact": "Seen", **vals})
        )

    def result_of_the_period(self, **goals):
        """Return a confirmed appraisal of 2026 with KPIs: name → actual figure of 100."""
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 12, 31),
                "goal_ids": [
                    Command.create(
                        {
                            "name": name,
                            "employee_id": self.worker.id,
                            "metric": "Pieces",
                            "unit": "pcs",
                            "target": 100.0,
                            "actual": actual,
                            "parent_id": self.company_goal.id,
                        }
                    )
                    for name, actual in goals.items()
                ],
            }
        )
        appraisal.action_confirm()
        self.first.sudo().appraisal_id = appraisal
        return appraisal.goal_ids

    # ------------------------------------------------------------------
    # What is suggested
    # ------------------------------------------------------------------

    def test_points_and_talk_become_suggestions(self):
        draft = self.to_agreement(self.first)
        self.assertEqual(
            [(each.kind, each.name, each.owner) for each in self.suggestions(draft)],
            [
                ("change", "gap 0", "employee"),
                ("change", "gap 1", "employee"),
                ("support", "support 0", "reviewer"),
                ("support", "support 1", "reviewer"),
                ("support", "support 2", "reviewer"),
                ("keep", "strength 0", "employee"),
                ("keep", "strength 1", "employee"),
                ("keep", "strength 2", "employee"),
                ("support", "A second bench", "reviewer"),
                ("keep", "Keep asking", "employee"),
            ],
        )
        self.assertFalse(draft.commitment_ids, "nothing is agreed on by itself")
        self.assertFalse(draft.goal_ids)

    def test_each_says_where_it_comes_from(self):
        draft = self.to_agreement(self.first)
        found = {each.name: each for each in self.suggestions(draft)}
        points = {point.name: point for point in self.first.point_ids}
        self.assertEqual(found["gap 0"].origin_point_id, points["gap 0"])
        self.assertEqual(found["gap 0"].origin_text, "Gap")
        self.assertEqual(
            found["Keep asking"].origin_feedback_id, self.first.dialogue_id.feedback_ids
        )
        self.assertEqual(found["Keep asking"].origin_text, "Feedback: Asked before ordering")
        self.assertEqual(found["A second bench"].origin_dialogue_id, self.first.dialogue_id)
        opened = found["gap 0"].action_open_origin()
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), ("performance.review", self.first.id)
        )
        opened = found["Keep asking"].action_open_origin()
        self.assertEqual(opened["res_model"], "performance.dialogue")
        points["strength 0"].sudo().with_context(active_test=False).unlink()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "there no more"):
            found["strength 0"].action_open_origin()
        self.assertEqual(found["strength 0"].name, "strength 0")

    def test_the_strongest_repeat_first(self):
        other = self.env["performance.theme"].create({"name": "Order"})
        self.point(self.first, "gap", "Handover then", theme_id=self.theme.id)
        self.to_agreement(self.first)
        review = self.next_year()
        self.point(review, "gap", "Talks too long", nature="behaviour")
        self.point(review, "gap", "No order", theme_id=other.id)
        self.point(review, "gap", "Handover again", theme_id=self.theme.id)
        draft = self.to_agreement(review.sudo())
        changes = self.suggestions(draft, "change")
        self.assertEqual(changes.mapped("name"), ["Handover again", "Talks too long"])
        self.assertEqual(changes[0].origin_text, "Gap, repeated ×1")
        self.assertEqual(changes[0].theme_id, self.theme)

    def test_what_was_taken_along_comes_with_its_origin(self):
        change, support, development = self.sign_first()
        review = self.next_year()
        (change | support | development).with_user(self.manager_user).action_take_along()
        draft = self.to_agreement(review.sudo())
        found = self.suggestions(draft).filtered("origin_commitment_id")
        self.assertEqual(found.mapped("kind"), ["change", "support", "development"])
        self.assertEqual(found.mapped("owner"), ["employee", "reviewer", "employee"])
        self.assertEqual(found.origin_commitment_id, change | support | development)
        self.assertEqual(found[0].origin_text, "Gap · Taken along from Year 2026")
        self.assertEqual(len(self.suggestions(draft, "change")), 2, "one of two places is taken")
        found.action_accept()
        lines = draft.commitment_ids
        self.assertEqual(lines.mapped("times"), [2, 2, 2])
        self.assertEqual(lines.origin_commitment_id, change | support | development)
        self.assertEqual(lines.origin_point_id, review.point_ids.filtered("commitment_id"))

    def test_open_goals_go_on(self):
        goals = self.result_of_the_period(Delivered=60.0, Tested=100.0, Written=20.0)
        draft = self.to_agreement(self.first)
        found = self.suggestions(draft, "goal")
        self.assertEqual(found.mapped("name"), ["Written", "Delivered"])
        self.assertEqual(found[1].origin_goal_id, goals[0])
        self.assertEqual(found[1].origin_text, "KPI of the period, 60% reached")
        found[1].action_accept()
        goal = draft.goal_ids
        self.assertEqual(
            (goal.name, goal.metric, goal.unit, goal.baseline, goal.target, goal.actual),
            ("Delivered", "Pieces", "pcs", 60.0, 100.0, 60.0),
        )
        self.assertEqual((goal.origin_goal_id, goal.parent_id), (goals[0], self.company_goal))
        self.assertEqual(goal.missing_text, "the means")

    def test_goals_of_the_last_agreement_go_on_with_the_same_reviewer(self):
        self.sign_first()
        review = self.next_year()
        draft = self.to_agreement(review.sudo())
        found = self.suggestions(draft, "goal")
        self.assertEqual(found.mapped("name"), ["Halve the complaints about handovers"])
        self.assertIn("Goal of last time", found.origin_text)

    def test_another_reviewer_is_not_told_the_last_goals(self):
        self.sign_first()
        self.worker.parent_id = self.peer_manager
        review = self.next_year()
        draft = self.to_agreement(review.sudo())
        found = draft.with_user(self.peer_manager_user).suggestion_ids
        self.assertTrue(found)
        self.assertNotIn("goal", found.mapped("kind"))

    def test_a_gap_that_is_a_goal_is_suggested_once(self):
        goals = self.result_of_the_period(Delivered=60.0)
        self.point(self.first, "gap", "Delivered too late", goal_id=goals.id)
        draft = self.to_agreement(self.first)
        self.assertNotIn("Delivered too late", self.suggestions(draft).mapped("name"))
        self.assertEqual(self.suggestions(draft, "goal").mapped("name"), ["Delivered"])

    def test_the_same_words_are_suggested_once(self):
        self.point(self.first, "support", "a second  bench")
        draft = self.to_agreement(self.first)
        names = self.suggestions(draft, "support").mapped(lambda each: each.name.casefold())
        self.assertEqual(names.count("a second bench"), 1)

    # ------------------------------------------------------------------
    # Taking and dropping
    # ------------------------------------------------------------------

    def test_one_click_takes_one_drops(self):
        draft = self.to_agreement(self.first)
        change, other, support = self.suggestions(draft)[:3]
        for _click in range(2):
            change.action_accept()
            other.action_drop()
        line = draft.commitment_ids
        self.assertEqual((line.kind, line.name, line.owner), ("change", "gap 0", "employee"))
        self.assertEqual(line.origin_point_id, change.origin_point_id)
        self.assertEqual(line.origin_text, "Gap")
        self.assertNotIn(change, self.suggestions(draft))
        with self.assertRaisesRegex(UserError, "in the draft already"):
            change.action_drop()
        other.action_restore()
        (change | other).action_restore()
        self.assertEqual((change.state, other.state), ("accepted", "open"))
        support.action_drop()
        draft.with_user(self.manager_user).action_accept_suggestions()
        self.assertEqual(self.suggestions(draft), support)
        self.assertEqual(len(draft.commitment_ids), 9)

    def test_twice_is_once(self):
        draft = self.to_agreement(self.first)
        accepted, dropped = self.suggestions(draft)[:2]
        accepted.action_accept()
        dropped.action_drop()
        before = draft.suggestion_ids.mapped("name")
        review = self.first.with_user(self.manager_user)
        for _time in range(2):
            action = review.action_draft_agreement()
            self.assertEqual((action["res_model"], action["res_id"]), (draft._name, draft.id))
        draft.invalidate_recordset(["suggestion_ids"])
        self.assertCountEqual(draft.suggestion_ids.mapped("name"), before)
        self.assertEqual(len(draft.commitment_ids), 1)
        self.assertEqual(dropped.state, "dropped")
        # What was deleted from the draft was decided on as well.
        draft.with_user(self.manager_user).commitment_ids.unlink()
        review.action_draft_agreement()
        self.assertNotIn("gap 0", self.suggestions(draft).mapped("name"))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            accepted.sudo().copy({"code": dropped.code})

    def test_back_to_the_dialogue_and_on_again(self):
        draft = self.to_agreement(self.first)
        review = self.first.with_user(self.manager_user)
        self.suggestions(draft)[0].action_accept()
        review.action_previous()
        review.dialogue_id.feedback_ids = [
            Command.create({"behaviour": "Came early", "suggestion": "Tell the others"})
        ]
        review.point_ids.filtered(lambda point: point.name == "gap 1").name = "gap one"
        review.action_next()
        names = self.suggestions(draft).mapped("name")
        self.assertIn("Tell the others", names)
        self.assertIn("gap one", names)
        self.assertNotIn("gap 1", names)
        self.assertNotIn("gap 0", names)

    def test_what_is_written_already_is_not_suggested(self):
        self.to_dialogue(self.first)
        agreement = (
            self.env["performance.agreement"]
            .with_user(self.manager_user)
            .create(
                {
                    "review_id": self.first.id,
                    "commitment_ids": [Command.create({"kind": "change", "name": "GAP 0"})],
                }
            )
        )
        self.first.sudo()._mark_drafted()
        self.assertNotIn("gap 0", self.suggestions(agreement).mapped("name"))

    def test_what_nobody_takes_is_not_signed(self):
        draft = self.fill_agreement(self.to_agreement(self.first))
        draft.action_propose()
        shown = str(draft._get_shown_content())
        for name in ("gap 0", "support 0", "strength 0", "Keep asking"):
            self.assertNotIn(name, shown)
        left = self.env["performance.agreement.suggestion"].search(
            [("agreement_id", "=", draft.id)]
        )
        as_reviewer = left.with_user(self.manager_user)[:1]
        for verb in ("action_accept", "action_drop", "action_restore"):
            with self.subTest(verb), self.assertRaisesRegex(UserError, "has been proposed"):
                getattr(as_reviewer, verb)()
        with self.assertRaises(UserError):
            self.first.with_user(self.manager_user).action_draft_agreement()
        self.assertEqual(set(left.mapped("state")), {"open"})
        self.sign_as(draft)
        self.sign_as(draft, self.worker_user)
        self.assertNotIn("gap 0", draft.snapshot)

    def test_an_amendment_keeps_the_origins_and_suggests_nothing(self):
        change, _support, _development = self.sign_first()
        review = self.next_year()
        change.with_user(self.manager_user).action_take_along()
        draft = self.to_agreement(review.sudo())
        self.suggestions(draft).filtered("origin_commitment_id").action_accept()
        self.fill_next(draft.with_user(self.manager_user))
        draft.commitment_ids.filtered(
            lambda line: line.kind == "change" and not line.origin_point_id
        ).unlink()
        lines = draft.commitment_ids.filtered("origin_point_id")
        draft.with_user(self.manager_user).action_propose()
        self.sign_as(draft, self.manager_user)
        self.sign_as(draft, self.worker_user)
        amendment = draft.browse(draft.with_user(self.manager_user).action_amend()["res_id"])
        copies = amendment.commitment_ids.filtered("origin_point_id")
        self.assertEqual(copies.origin_commitment_id, lines.origin_commitment_id)
        self.assertEqual(copies.mapped("times"), lines.mapped("times"))
        self.assertFalse(amendment.suggestion_ids)

    # ------------------------------------------------------------------
    # Who reads what
    # ------------------------------------------------------------------

    def test_others_read_and_decide_nothing(self):
        self.result_of_the_period(Delivered=60.0)
        draft = self.to_agreement(self.first)
        suggestion = draft.suggestion_ids[:1]
        Suggestion = self.env["performance.agreement.suggestion"]
        for user in (
            self.worker_user, self.director_user, self.outsider_user, self.peer_manager_user,
            self.rival_user, self.foreign_officer_user, self.stranger_user,
        ):  # fmt: skip
            with self.subTest(user.login):
                companies = {"allowed_company_ids": user.company_ids.ids}
                mine = Suggestion.with_user(user).with_context(**companies)
                if user.share:
                    with self.assertRaises(AccessError):
                        mine.search([])
                else:
                    self.assertFalse(mine.search([("name", "ilike", "gap")]))
                    self.assertFalse(mine._read_group([], ["kind"], ["__count"]))
                for call in (
                    lambda mine=mine: mine.browse(suggestion.id).read(["name"]),
                    lambda mine=mine: mine.browse(suggestion.id).export_data(["name"]),
                    mine.browse(suggestion.id).action_accept,
                    mine.browse(suggestion.id).action_drop,
                    mine.browse(suggestion.id).action_restore,
                    mine.browse(suggestion.id).action_open_origin,
                    self.first.with_user(user).with_context(**companies).action_draft_agreement,
                    draft.with_user(user).with_context(**companies).action_accept_suggestions,
                ):
                    # Or the sentence that this user exports nothing at all.
                    with self.assertRaises(UserError):
                        call()
        as_officer = suggestion.with_user(self.officer_user)
        self.assertTrue(as_officer.name)
        for verb in ("action_accept", "action_drop", "action_restore"):
            with self.subTest(verb), self.assertRaises(AccessError):
                getattr(as_officer, verb)()

    def test_nobody_types_a_suggestion_or_an_origin(self):
        draft = self.to_agreement(self.first).with_user(self.manager_user)
        suggestion = self.suggestions(draft)[:1]
        for vals in ({"state": "accepted"}, {"name": "x"}, {"origin_point_id": False}):
            with self.subTest(vals), self.assertRaises(AccessError):
                suggestion.write(vals)
        with self.assertRaises(AccessError):
            suggestion.unlink()
        with self.assertRaises(AccessError):
            suggestion.create({"agreement_id": draft.id, "code": "x", "kind": "keep", "name": "x"})
        point = self.first.point_ids[:1]
        for vals in (
            {"origin_point_id": point.id},
            {"origin_feedback_id": self.first.dialogue_id.feedback_ids.id},
            {"origin_dialogue_id": self.first.dialogue_id.id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                draft.commitment_ids.create({"agreement_id": draft.id, "name": "x", **vals})
        with self.assertRaises(AccessError):
            draft.goal_ids.create(
                {"agreement_id": draft.id, "name": "x", "origin_goal_id": self.company_goal.id}
            )

    def test_the_employee_follows_an_origin_once_the_agreement_is_proposed(self):
        draft = self.to_agreement(self.first)
        self.suggestions(draft)[0].action_accept()
        line = draft.commitment_ids
        with self.assertRaises(AccessError):
            line.with_user(self.worker_user).read(["origin_text"])
        self.fill_agreement(draft)
        draft.with_user(self.manager_user).action_propose()
        as_employee = line.with_user(self.worker_user)
        self.assertEqual(as_employee.origin_text, "Gap")
        self.assertEqual(as_employee.origin_point_id.name, "gap 0")
        self.sign_as(draft, self.manager_user)
        self.sign_as(draft, self.worker_user)
        # Who stands above reads the commitment, and no point.
        as_director = line.with_user(self.director_user)
        self.assertEqual(as_director.name, "gap 0")
        self.assertFalse(as_director.origin_text)
        with self.assertRaises(AccessError):
            as_director.origin_point_id.read(["name"])
        self.assertFalse(
            as_director.search([("id", "=", line.id), ("origin_point_id.name", "ilike", "gap")])
        )

    # ------------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------------

    def test_the_same_queries_for_many(self):
        def draft(reviews):
            reviews.env.flush_all()
            reviews.env.invalidate_all()
            before = reviews.env.cr.sql_log_count
            reviews._mark_drafted()
            reviews.env.flush_all()
            return reviews.env.cr.sql_log_count - before

        for review in (self.first, self.review_of(self.first_cycle, self.porter)):
            self.to_agreement(review)
        reviews = self.first_cycle.review_ids.filtered("agreement_id")
        self.assertEqual(len(reviews), 2)
        draft(reviews)
        one, both = draft(reviews[:1]), draft(reviews)
        self.assertEqual(one, both)
