from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PerformanceCommon

WINDOW, OTHER = "window-1", "window-2"


class RoomCommon(PerformanceCommon):
    """A review in the step Dialogue, with a sheet, and its room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.submit_self_assessment(cls.review)
        cls.dialogue = cls.to_dialogue(cls.review).with_user(cls.manager_user)

    def save(self, row, values, record=None, dialogue=None, **change):
        """Store one change as the room does, and return the answer to it."""
        change |= {"row": row, "values": values, "id": record.id if record else False}
        [answer] = (dialogue or self.dialogue).save_room([change])
        return answer

    def count(self, key=WINDOW, take_over=False, **sections):
        """Count as a window of the room does; of each section (spent, employee, reviewer)."""
        names = ("spent_seconds", "employee_seconds", "reviewer_seconds")
        counted = {
            code: dict(zip(names, seconds, strict=True)) for code, seconds in sections.items()
        }
        return self.dialogue.action_count_time(key, counted, take_over)


@tagged("post_install", "-at_install")
class TestRoom(RoomCommon):
    """What stands on the interview room, and what it stores."""

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_only_the_reviewer_has_the_room(self):
        for user in (self.worker_user, self.director_user, self.officer_user, self.outsider_user):
            dialogue = self.dialogue.with_user(user)
            with self.subTest(user.login):
                for call in (
                    dialogue.get_room,
                    dialogue.get_room_evidence,
                    dialogue.action_open_room,
                    lambda dialogue=dialogue: self.save("dialogue", {}, dialogue=dialogue),
                    lambda dialogue=dialogue: dialogue.action_count_time(WINDOW, {}),
                ):
                    with self.assertRaises(AccessError):
                        call()

    def test_it_opens_from_the_review_in_its_step_alone(self):
        action = self.review.with_user(self.manager_user).action_open_room()
        self.assertEqual(action["tag"], "performance_interview_room")
        self.assertEqual(action["target"], "fullscreen")
        self.assertEqual(action["context"]["active_id"], self.dialogue.id)
        early = self.review_of(self.cycle, self.porter).with_user(self.manager_user)
        with self.assertRaisesRegex(UserError, "opens with the step Dialogue"):
            early.action_open_room()

    def hold(self, review):
        review.dialogue_id.with_user(self.manager_user).write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
        )

    def test_the_employees_own_answer_stands_beside_its_question(self):
        answers = self.review.self_assessment_ids.answer_ids
        topics = self.dialogue.get_room()["topics"]
        said = {topic["name"]: topic["own_answer"] for topic in topics}
        for answer in answers:
            if answer.question_text in said:
                self.assertEqual(said[answer.question_text], answer.answer or "")
        self.assertTrue(any(said.values()))
        other = self.to_dialogue(self.review_of(self.cycle, self.porter))
        unread = other.with_user(self.manager_user).get_room()["topics"]
        self.assertFalse(any(topic["own_answer"] for topic in unread), "nothing handed in")

    def test_what_the_employee_wants_to_talk_about_stands_first(self):
        review = self.review_of(self.cycle, self.porter)
        own = self.env["performance.self.assessment"].with_user(self.porter_user)
        vals = {"review_id": review.id, "agenda": "A second bench", "results": "Twelve"}
        own.create(vals).action_submit()
        dialogue = self.to_dialogue(review).with_user(self.manager_user)
        sources = dialogue.get_room()["subjects"]
        subjects = [item["title"] for source in sources for item in source["items"]]
        self.assertEqual(subjects, ["A second bench"])

    # ------------------------------------------------------------------
    # Plan and opening
    # ------------------------------------------------------------------

    def test_the_planned_time_is_that_of_the_appointment(self):
        self.assertEqual(self.dialogue.get_room()["planned_minutes"], self.cycle.min_duration)
        self.review.with_user(self.manager_user).action_plan_meeting("2026-03-10 02:00:00", 60)
        room = self.dialogue.get_room()
        self.assertEqual(room["planned_minutes"], 60)
        minutes = {section["code"]: section["minutes"] for section in room["sections"]}
        self.assertEqual(minutes, {"past": 18, "present": 18, "future": 24})

    def test_opening_words_fit_the_situation(self):
        def situation():
            self.env.invalidate_all()
            return self.dialogue.get_room()["opening"]["situation"]

        self.assertEqual(situation(), "first")
        review = self.review.sudo()
        previous = review.copy({"cycle_id": self.cycle.copy().id, "state": "done"})
        review.previous_review_id = previous
        appraisal = review.appraisal_id
        self.assertEqual(situation(), "any" if not appraisal else situation())
        previous.reviewer_id = self.director
        self.assertEqual(situation(), "new_manager")

    # ------------------------------------------------------------------
    # Storing
    # ------------------------------------------------------------------

    def test_typed_is_stored(self):
        topic = self.dialogue.topic_ids[0]
        answer = self.save(
            "topic", {"answer": "It went well", "is_discussed": True}, topic, seen={"answer": ""}
        )
        self.assertEqual(answer, {"id": topic.id, "conflicts": {}, "refused": ""})
        self.assertEqual((topic.answer, topic.is_discussed), ("It went well", True))
        self.save("dialogue", {"sustainable": "hardly", "sustainable_note": "Too many nights"})
        self.assertEqual(self.dialogue.sustainable, "hardly")
        point = self.dialogue.point_ids[0]
        self.save("dialogue", {"told_point_ids": [Command.set(point.ids)]})
        told = [each["id"] for each in self.dialogue.get_room()["points"] if each["is_told"]]
        self.assertEqual(told, point.ids)

    def test_a_batch_sent_twice_changes_nothing(self):
        point = self.dialogue.point_ids[0]
        for _again in range(2):
            first = self.save(
                "feedback", {"behaviour": "Asked first", "point_id": point.id}, key="f1"
            )
            second = self.save("topic", {"name": "The new hall", "section": "future"}, key="t1")
        self.assertEqual(self.dialogue.feedback_ids.mapped("id"), [first["id"]])
        own = self.dialogue.topic_ids.filtered("own_text")
        self.assertEqual((own.id, own.section), (second["id"], "future"))
        for _again in range(2):
            self.save("feedback", {}, key="f1", is_gone=True)
        self.assertFalse(self.dialogue.feedback_ids)

    def test_what_is_noted_opens_the_draft_of_the_agreement(self):
        line = self.save("draft", {"kind": "change", "name": "Ask before ordering"}, key="d1")
        self.save("draft", {"kind": "goal", "name": "Twelve benches"}, key="d2")
        self.save("draft", {"name": "Ask first, then order"}, self.dialogue.draft_ids[0])
        self.save("draft", {}, key="d2", is_gone=True)
        self.assertEqual(self.dialogue.draft_ids.ids, [line["id"]])
        self.assertTrue(self.save("draft", {"kind": "wish", "name": "More"}, key="d3")["refused"])
        with self.assertRaises(AccessError):
            self.dialogue.with_user(self.worker_user).draft_ids.read(["name"])
        self.hold(self.review)
        self.review.with_user(self.manager_user).action_next()
        own = self.dialogue.with_user(self.worker_user).draft_ids
        self.assertEqual(own.mapped("name"), ["Ask first, then order"])
        suggested = self.review.agreement_id.suggestion_ids
        [noted] = suggested.filtered(lambda each: each.name == "Ask first, then order")
        self.assertEqual((noted.kind, noted.origin_dialogue_id.id), ("change", self.dialogue.id))

    def test_two_windows_see_both_texts(self):
        topic = self.dialogue.topic_ids[0]
        self.save("topic", {"answer": "First window"}, topic, seen={"answer": ""})
        answer = self.save(
            "topic",
            {"answer": "Second window", "is_discussed": True},
            topic,
            seen={"answer": "", "is_discussed": False},
        )
        self.assertEqual(answer["conflicts"], {"answer": "First window"})
        self.assertEqual(topic.answer, "First window", "not overwritten")
        self.assertTrue(topic.is_discussed, "what nobody else has changed is stored")
        self.save("topic", {"answer": "Mine"}, topic, seen={"answer": "First window"})
        self.assertEqual(topic.answer, "Mine")

    def test_one_that_is_refused_stops_no_other(self):
        topic = self.dialogue.topic_ids[0]
        answers = self.dialogue.save_room(
            [
                {"row": "topic", "id": topic.id, "values": {"answer": "x" * 20_001}},
                {"row": "dialogue", "id": self.dialogue.id, "values": {"expectations": "Shared"}},
                {"row": "topic", "id": topic.id + 10**6, "values": {"answer": "Gone"}},
            ]
        )
        self.assertIn("20000", answers[0]["refused"])
        self.assertFalse(answers[1]["refused"])
        self.assertIn("taken this away", answers[2]["refused"])
        self.assertEqual(self.dialogue.expectations, "Shared")

    def test_only_what_the_room_shows_is_stored_through_it(self):
        other = self.to_dialogue(self.review_of(self.cycle, self.porter))
        for row, values, record in (
            ("dialogue", {"date_end": "2026-03-02 09:00:00"}, self.dialogue),
            ("dialogue", {"employee_estimate": 90}, self.dialogue),
            ("topic", {"dialogue_id": other.id}, self.dialogue.topic_ids[0]),
            ("topic", {"answer": "Not mine"}, other.topic_ids[0]),
            ("dialogue", {"reviewer_estimate": 101}, self.dialogue),
            ("note", {}, None),
        ):
            with self.subTest(row=row, values=values):
                self.assertTrue(self.save(row, values, record)["refused"])
        for batch in ("x", [{}] * 201):
            with self.assertRaises(UserError):
                self.dialogue.save_room(batch)

    def test_after_the_dialogue_nothing_is_stored(self):
        self.hold(self.review)
        self.review.with_user(self.manager_user).action_next()
        with self.assertRaisesRegex(UserError, "no longer be changed"):
            self.save("dialogue", {"expectations": "Later"})
        with self.assertRaisesRegex(UserError, "no longer be changed"):
            self.count(past=(10, 0, 0))
        self.assertFalse(self.dialogue.get_room()["can_write"])

    def test_opening_costs_the_same_whatever_stands_on_it(self):
        def cost():
            self.dialogue.get_room()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.dialogue.get_room()
            return self.cr.sql_log_count - before

        self.save("feedback", {"behaviour": "Asked first"}, key="f0")
        self.count(past=(10, 0, 0))
        cost()
        few = cost()
        for number in range(10):
            self.save("feedback", {"behaviour": "Asked first"}, key=f"f{number}")
            self.save("topic", {"name": f"Topic {number}", "section": "past"}, key=f"t{number}")
        self.assertEqual(cost(), few)
        self.assertLessEqual(few, 20)


@tagged("post_install", "-at_install")
class TestTalkTime(RoomCommon):
    """Who spoke how long: counted once, whatever happens to windows and lines."""

    def test_sections_add_up(self):
        self.count(past=(100, 30, 60), future=(300, 200, 80))
        self.count(past=(120, 40, 70))
        self.assertEqual(self.dialogue.employee_seconds, 240)
        self.assertEqual(self.dialogue.reviewer_seconds, 150)
        self.assertAlmostEqual(self.dialogue.employee_share, 100 * 240 / 390)
        self.assertAlmostEqual(self.dialogue.future_share, 100 * 300 / 420)

    def test_old_figures_and_repetitions_change_nothing(self):
        for seconds in ((100, 30, 60), (100, 30, 60), (90, 20, 50)):
            answer = self.count(past=seconds)
            self.assertEqual(answer["sections"]["past"]["spent_seconds"], 100)
        self.assertEqual(self.dialogue.employee_seconds, 30)

    def test_a_second_window_asks_before_it_counts(self):
        self.count(past=(100, 30, 60))
        answer = self.count(OTHER, past=(500, 500, 0))
        self.assertFalse(answer["is_owner"])
        self.assertEqual(self.dialogue.employee_seconds, 30, "nothing is counted twice")
        answer = self.count(OTHER, take_over=True, past=answer["sections"]["past"].values())
        self.assertTrue(answer["is_owner"])
        self.assertFalse(self.count(past=(900, 900, 0))["is_owner"])
        self.assertEqual(self.dialogue.employee_seconds, 30)

    def test_what_is_no_count_is_refused(self):
        for key, sections in (
            (False, {}), ("x" * 65, {}), (WINDOW, {"later": {}}), (WINDOW, "x"),
            (WINDOW, {"past": {"spent_seconds": -1}}),
            (WINDOW, {"past": {"spent_seconds": float("nan")}}),
            (WINDOW, {"past": {"spent_seconds": 10**9}}),
        ):  # fmt: skip
            with self.subTest(sections=sections), self.assertRaises(UserError):
                self.dialogue.action_count_time(key, sections)

    def test_without_the_room_seconds_are_noted_as_before(self):
        self.dialogue.write({"employee_seconds": 60, "reviewer_seconds": 40})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.dialogue.employee_share, 60)
        self.assertEqual(self.dialogue.future_share, 0)

    def test_each_side_estimates_for_itself(self):
        self.save("dialogue", {"reviewer_estimate": 40})
        self.assertEqual(self.dialogue.reviewer_estimate, 40)
        with self.assertRaises(AccessError):
            self.dialogue.employee_estimate = 70
        with self.assertRaises(UserError):
            self.dialogue.action_estimate(70)
        with self.assertRaises(AccessError):
            self.dialogue.with_user(self.worker_user).action_estimate(70)
        self.dialogue.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
        )
        self.review.with_user(self.manager_user).action_next()
        own = self.dialogue.with_user(self.worker_user)
        for wrong in (101, -1, "many", float("nan")):
            with self.assertRaises(UserError):
                own.action_estimate(wrong)
        own.action_estimate(70)
        self.assertEqual(own.employee_estimate, 70)
