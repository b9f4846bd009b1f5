from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ..tools import balance
from .test_room import WINDOW, RoomCommon


class MirrorCommon(RoomCommon):
    """A talk with a bit of everything, and its end."""

    def talk(self, dialogue=None, seconds=None):
        """Hold an hour's talk and take the review on to the agreement."""
        dialogue = dialogue or self.dialogue
        dialogue = dialogue.with_user(dialogue.review_id.reviewer_user_id)
        topic = dialogue.topic_ids.filtered(lambda topic: topic.section == "past")[:1]
        topic.write({"is_discussed": True, "answer": "It went well"})
        dialogue.action_count_time(WINDOW, seconds or self.seconds())
        dialogue.write(
            {
                "date_start": "2026-03-02 09:00:00",
                "date_end": "2026-03-02 10:00:00",
                "reviewer_estimate": 50,
                "support_needed": "A second bench",
                "feedback_ids": [
                    Command.create({"behaviour": "Asked first", "suggestion": "Keep asking"}),
                    Command.create({"behaviour": "You are lazy"}),
                ],
                "draft_ids": [Command.create({"kind": "goal", "name": "Twelve benches"})],
            }
        )
        dialogue.review_id.action_next()
        return dialogue

    def seconds(self, employee=300, reviewer=700, future=200, past=800):
        return {
            "past": {
                "spent_seconds": past, "employee_seconds": employee, "reviewer_seconds": reviewer,
            },
            "future": {"spent_seconds": future, "employee_seconds": 0, "reviewer_seconds": 0},
        }  # fmt: skip

    def mirror_of(self, review, user=None):
        domain = [("review_id", "=", review.id)]
        found = self.env["performance.mirror"].sudo().search(domain)
        return found.with_user(user or review.reviewer_user_id)


@tagged("post_install", "-at_install")
class TestSittings(MirrorCommon):
    """Several sittings make one dialogue."""

    def hold_twice(self):
        self.count(past=(600, 120, 480))
        self.dialogue.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 09:40:00"}
        )
        self.dialogue.action_continue()
        second = self.review.dialogue_id.with_user(self.manager_user)
        self.assertNotEqual(second, self.dialogue)
        # As at the end of a request: who led it is written by then.
        self.env.flush_all()
        return second

    def test_time_of_all_sittings_in_one_figure(self):
        second = self.hold_twice()
        room = second.get_room()
        earlier = {section["code"]: section["earlier"] for section in room["sections"]}
        self.assertEqual(earlier["past"]["employee_seconds"], 120)
        self.assertEqual(earlier["future"]["spent_seconds"], 0)
        self.assertEqual([section["spent_seconds"] for section in room["sections"]], [0, 0, 0])
        second.action_count_time(
            WINDOW, {"future": dict.fromkeys(("spent_seconds", "employee_seconds"), 600)
                     | {"reviewer_seconds": 0}}
        )  # fmt: skip
        second.write({"date_start": "2026-03-03 09:00:00", "date_end": "2026-03-03 09:20:00"})
        for dialogue in (self.dialogue, second):
            self.assertEqual(dialogue.sitting_count, 2)
            self.assertEqual(dialogue.whole_duration, 60)
            self.assertAlmostEqual(dialogue.whole_share, 100 * 720 / 1200)
            self.assertAlmostEqual(dialogue.whole_future_share, 50)
        self.review.with_user(self.manager_user).action_next()
        self.env.flush_all()
        own = self.dialogue.with_user(self.worker_user)
        self.assertAlmostEqual(own.whole_share, 60, msg="the employee reads the same figure")
        row = self.env["performance.review.report"].browse(self.review.id)
        self.assertAlmostEqual(row.employee_share, 60)
        self.assertEqual(row.duration, 60)
        self.assertAlmostEqual(self.mirror_of(self.review).employee_share, 60)

    def test_each_sitting_belongs_to_whoever_led_it(self):
        second = self.hold_twice()
        self.review.with_user(self.officer_user).action_reassign(self.director.id, "On leave")
        as_director = second.with_user(self.director_user)
        as_director.write({"date_start": "2026-03-03 09:00:00", "date_end": "2026-03-03 10:00:00"})
        self.review.with_user(self.director_user).action_next()
        mirrors = self.env["performance.mirror"].search([("review_id", "=", self.review.id)])
        by_user = {mirror.user_id: mirror for mirror in mirrors}
        self.assertEqual(set(by_user), {self.manager_user, self.director_user})
        self.assertAlmostEqual(by_user[self.manager_user].employee_share, 20)
        self.assertFalse(by_user[self.director_user].is_measured)


@tagged("post_install", "-at_install")
class TestBalanceOfTalk(MirrorCommon):
    """The six features, read from what is stored, and their hints in words."""

    def test_read_from_what_both_may_read(self):
        self.talk()
        found = self.dialogue._get_sittings()._read_talk()
        self.assertAlmostEqual(found.future_share, 20)
        self.assertAlmostEqual(found.talk_share, 30)
        self.assertEqual(found.future_topics, (0, 1))
        self.assertEqual(found.answers, (1, 1))
        self.assertEqual(found.suggestions, (1, 2))
        self.assertEqual(found.reactions, (0, 2))
        self.assertEqual(found.facts, (10, 11), "nine points and two pieces, one of them a label")
        self.assertTrue(found.has_support and found.has_self_assessment)
        self.assertFalse(found.has_obstacle or found.has_expectations)
        self.assertEqual(found.results, 1)

    def test_without_a_clock_both_estimate(self):
        self.dialogue.write({"reviewer_estimate": 40})
        self.assertEqual(self.dialogue._read_talk().talk_share, 40)
        self.dialogue._mark_estimated(20)
        self.assertEqual(self.dialogue._read_talk().talk_share, 30)

    def test_hints_are_for_the_two_who_talked(self):
        with self.assertRaises(AccessError):
            self.dialogue.with_user(self.worker_user).get_hints()
        self.assertTrue(self.dialogue.get_hints())
        self.talk()
        hints = self.dialogue.get_hints()
        self.assertEqual(
            [hint["feature"] for hint in hints], ["purpose", "tone", "focus", "voice", "result"]
        )
        self.assertEqual(self.dialogue.with_user(self.worker_user).get_hints(), hints)
        self.assertIn(hints[0]["text"], self.dialogue.with_user(self.worker_user).talk_hints)
        for user in (self.officer_user, self.administrator_user, self.director_user):
            dialogue = self.dialogue.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                dialogue.get_hints()
        # HR reads the dialogue, and no hints with it.
        [values] = self.dialogue.with_user(self.officer_user).read(["talk_hints", "mirror_id"])
        self.assertFalse(values["talk_hints"] or values["mirror_id"])


@tagged("post_install", "-at_install")
class TestMirror(MirrorCommon):
    """The private card of whoever led a talk."""

    def test_what_stands_on_the_card(self):
        self.talk()
        mirror = self.dialogue.mirror_id
        self.assertEqual(self.dialogue.action_open_mirror()["res_id"], mirror.id)
        card = mirror.get_card()
        values = {figure["code"]: figure["value"] for figure in card["figures"]}
        self.assertEqual(
            {code: values[code] for code in values if code != "balance"},
            {"employee_share": 30, "reviewer_estimate": 50, "employee_estimate": None,
             "future_share": 20, "facts": 91, "promises": None},
        )  # fmt: skip
        covered = [each["code"] for each in card["sections"] if each["is_covered"]]
        self.assertEqual(covered, ["past"])
        self.assertEqual([each["code"] for each in card["features"]], list(balance.FEATURES))
        self.assertEqual(values["balance"], balance.balance(mirror.parts))
        self.assertTrue(0 < values["balance"] < 100)
        self.assertTrue(card["features"][0]["hint"])

    def test_the_employees_estimate_comes_later(self):
        self.talk()
        before = self.mirror_of(self.review).balance
        self.dialogue.with_user(self.worker_user).action_estimate(40)
        mirror = self.mirror_of(self.review)
        self.assertEqual(mirror.employee_estimate, 40)
        self.assertEqual(mirror.balance, before, "measured is measured")

    def test_own_promises_of_last_time(self):
        review = self.review_of(self.cycle, self.porter)
        agreement = self.to_follow_up(review)
        promise = agreement.commitment_ids.filtered(lambda line: line.owner == "reviewer")
        promise.with_user(self.manager_user).action_set_outcome("closed")
        other = agreement.commitment_ids - promise
        other.with_user(self.manager_user).action_set_outcome("untouched")
        self.review.sudo().previous_review_id = review
        self.talk()
        mirror = self.mirror_of(self.review)
        self.assertEqual((mirror.kept_count, mirror.due_count), (1, 1), "his own alone")

    def test_the_line_over_the_talks(self):
        self.talk()
        second = self.to_dialogue(self.review_of(self.cycle, self.porter))
        self.talk(second, self.seconds(employee=500, reviewer=500))
        card = self.mirror_of(self.review_of(self.cycle, self.porter)).get_card()
        self.assertEqual(card["count"], 2)
        [spoke] = [each for each in card["figures"] if each["code"] == "employee_share"]
        self.assertEqual(spoke["series"], [30, 50])
        self.assertEqual(len(spoke["line"]["points"]), 2)

    def test_going_back_writes_it_anew(self):
        self.talk()
        as_manager = self.review.with_user(self.manager_user)
        as_manager.action_previous()
        self.dialogue.expectations = "Shared"
        as_manager.action_next()
        mirror = self.mirror_of(self.review)
        self.assertEqual(len(mirror), 1)
        self.assertAlmostEqual(mirror.parts["voice"], 3 / 4)

    def test_nobody_else_gets_it(self):
        """Over RPC, each person and every way to read; the same after a handover."""
        self.talk()
        mirror = self.mirror_of(self.review)
        personas = (
            self.worker_user, self.porter_user, self.director_user, self.officer_user,
            self.administrator_user, self.outsider_user, self.peer_manager_user,
            self.foreign_officer_user, self.env.ref("base.user_admin"),
        )  # fmt: skip
        for user in personas:
            self.refuse_all(mirror, user)
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        for user in personas:
            self.refuse_all(mirror, user)
        self.assertTrue(mirror.with_user(self.manager_user).get_card(), "it stays his")
        self.env.invalidate_all()
        [values] = mirror.with_user(self.manager_user).read(["review_id"])
        self.assertNotIn(self.worker.name, values["review_id"][1], "no longer his to read")

    def refuse_all(self, mirror, user):
        context = {"context": {"allowed_company_ids": user.company_ids.ids}}
        env = self.env(user=user.id, context=context["context"])

        def call(model, method, *args):
            return call_kw(env[model], method, list(args), dict(context))

        with self.subTest(user.login):
            for method, args in (
                ("read", (mirror.ids, ["balance"])),
                ("get_card", (mirror.ids,)),
                ("export_data", (mirror.ids, ["balance"])),
                ("write", (mirror.ids, {"balance": 100})),
            ):
                # Exporting is refused to whoever may export nothing at all.
                with self.assertRaises(UserError):
                    call("performance.mirror", method, *args)
            # The portal has no access to the model at all, everybody else finds nothing.
            found = []
            with suppress(AccessError):
                found += call("performance.mirror", "search_read", [], ["balance"])
                found += call("performance.mirror", "formatted_read_group", [], ["user_id"])
            self.assertFalse(found)
            dialogue = env["performance.dialogue"].browse(self.dialogue.id)
            if dialogue.has_access("read"):
                [values] = call("performance.dialogue", "read", dialogue.ids, ["mirror_id"])
                self.assertFalse(values["mirror_id"])
            with self.assertRaises(AccessError):
                call("performance.dialogue", "action_open_mirror", dialogue.ids)


@tagged("post_install", "-at_install")
class TestPractice(MirrorCommon):
    """Means for HR: of enough people, and never by one more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaders = [
            new_test_user(
                cls.env, f"pr_leader_{number}", groups="base.group_user",
                company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
            )
            for number in range(11)
        ]  # fmt: skip

    def lead(self, *numbers, share=40.0, users=()):
        """Let people have led a talk each."""
        reviews = self.cycle.review_ids
        users = users or [self.leaders[number] for number in numbers]
        self.env["performance.mirror"].create(
            [
                {
                    "user_id": user.id,
                    "review_id": reviews[number % len(reviews)].id,
                    "cycle_id": self.cycle.id,
                    "company_id": self.company.id,
                    "date": "2026-03-02",
                    "is_measured": bool(share),
                    "employee_share": share,
                    "covered": {"past": True, "future": False},
                    "fact_count": 8,
                    "said_count": 10,
                    "balance": 60,
                    "parts": {"focus": 0.2, "tone": 0.9, "role": None},
                }
                for number, user in enumerate(users)
            ]
        )
        self.env["performance.practice"]._take_in(self.cycle)
        self.env.invalidate_all()
        return self.cycle.with_user(self.officer_user).practice_text

    def test_from_five_people_on_and_by_five(self):
        self.assertEqual(self.lead(0, 1, 2, 3), "Too few people have led a talk")
        five = self.lead(4)
        self.assertIn("employees spoke 40% (5 people)", five)
        self.assertIn("sections covered 50%", five)
        self.assertIn("facts, not labels 80%", five)
        # Without a figure: beside the talk share that of the tone would say who differs.
        self.assertTrue(five.endswith("furthest from developing: Focus"), five)
        for number in range(5, 9):
            self.assertEqual(self.lead(number, share=100.0), five, "nobody is worked out")
        self.assertIn("employees spoke 70% (10 people)", self.lead(9, share=100.0))

    def test_a_figure_that_few_people_have_is_not_shown(self):
        text = self.lead(0, 1, 2, 3, 4, share=0.0)
        self.assertIn("balance 60%", text)
        self.assertNotIn("employees spoke", text)
        text = self.lead(5, 6, 7, 8, 9, share=30.0)
        self.assertIn("employees spoke 30% (5 people)", text)
        self.assertIn("balance 60% (10 people)", text)

    def test_the_threshold_is_the_one_of_the_launch(self):
        self.company.performance_pulse_minimum = 3
        self.assertEqual(self.lead(0, 1, 2), "Too few people have led a talk")

    def test_each_person_counts_once(self):
        self.lead(0, 1, 2, 3)
        again = self.env["performance.mirror"].search([("user_id", "=", self.leaders[0].id)])
        again.copy({"review_id": self.cycle.review_ids[-1].id})
        self.env["performance.practice"]._take_in(self.cycle)
        self.assertFalse(self.env["performance.practice"].search([]))

    def test_nobody_in_hr_is_counted(self):
        """She reads the means, and would take her own talk away from them."""
        self.lead(0, 1, 2, 3)
        text = self.lead(users=self.officer_user | self.administrator_user, share=100.0)
        self.assertEqual(text, "Too few people have led a talk")
        self.assertIn("employees spoke 40% (5 people)", self.lead(4))

    def test_it_costs_the_same_however_many_talks_there_were(self):
        Practice, Mirror = self.env["performance.practice"], self.env["performance.mirror"]

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Practice._take_in(self.cycle)
            # The database counts: not one mirror is fetched.
            cached = [each for each in Mirror.search([]) if "balance" in each._cache]
            self.assertFalse(cached)
            return self.env.cr.sql_log_count - before

        self.lead(0, 1, 2, 3, 4)
        few = count()
        first = Mirror.search([], limit=1)
        for review in self.cycle.review_ids - first.review_id:
            first.copy({"review_id": review.id})
        self.assertEqual(count(), few)

    def test_the_row_is_nobodys_and_tells_no_time(self):
        self.lead(0, 1, 2, 3, 4)
        row = self.env["performance.practice"].search([])
        self.assertNotIn("write_date", row._fields)
        for user in (self.officer_user, self.administrator_user, self.manager_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                row.with_user(user).read(["shown"])
        with self.assertRaises(AccessError):
            self.cycle.with_user(self.manager_user).read(["practice_text"])
