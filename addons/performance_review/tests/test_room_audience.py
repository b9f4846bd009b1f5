from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import PerformanceCommon
from .full_record import FullRecord

# Keys of a row that say where it stands, or what the screen does with it, and nothing else.
PLACES = {"key", "is_told", "point_id"}
MODELS = {
    "topics": ("performance.dialogue.topic", {"own_answer", *PLACES}),
    "feedback": ("performance.feedback", PLACES),
    "drafts": ("performance.dialogue.draft", PLACES),
    "points": ("performance.point", PLACES),
}


@tagged("post_install", "-at_install")
class TestRoomAudience(PerformanceCommon):
    """Two people sit in front of it: what stands on the room is what the employee may read.

    The whole room of a full record, field by field over RPC, with a portal employee.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        record = FullRecord(cls, cls.porter)
        record.live_before()
        record.prepare()
        cls.add_private(record.review)
        record.move_on()
        record.talk()
        cls.review = record.review
        dialogue = cls.review.dialogue_id.with_user(cls.manager_user)
        dialogue.draft_ids = [(0, 0, {"kind": "goal", "name": "Twelve benches"})]
        dialogue.told_point_ids = dialogue.point_ids[:2]
        dialogue.reviewer_estimate = 55
        dialogue.action_count_time("window", {"future": {
            "spent_seconds": 900, "employee_seconds": 500, "reviewer_seconds": 300,
        }})  # fmt: skip
        cls.env.flush_all()
        cls.room = dialogue.get_room()
        cls.evidence = dialogue.get_room_evidence()
        cls.last_time = cls.review.with_user(cls.manager_user).get_last_time()
        cls.hints = dialogue.get_hints()
        record.move_on()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def add_private(cls, review):
        """What the reviewer knows and keeps: an incident, a note, a result to confirm."""
        as_manager = cls.env(user=cls.manager_user.id)
        as_manager["performance.incident"].create(
            {"employee_id": cls.porter.id, "polarity": "negative", "name": "KEPT incident"}
        )
        as_manager["performance.note"].create({"review_id": review.id, "body": "KEPT note"})

    def read_own(self, model, ids, names):
        """Return what the employee reads of these records over RPC, by id."""
        env = self.env(user=self.porter_user.id)
        rows = call_kw(env[model], "read", [list(ids), sorted(names)], {"load": None})
        return {row.pop("id"): row for row in rows}

    def assert_same(self, shown, read, place):
        self.assertEqual(shown or False, read or False, place)

    def test_every_row_and_every_field(self):
        for part, (model, others) in MODELS.items():
            rows = self.room[part]
            self.assertTrue(rows, f"{part}: nothing to compare")
            names = set(rows[0]) - others - {"id"}
            stored = self.read_own(model, [row["id"] for row in rows], names)
            labels = {}
            if part == "topics":
                labels = dict(self.env[model]._fields["kind"]._description_selection(self.env))
            for row in rows:
                self.assertEqual(set(row) - others - {"id"}, names)
                for name in names:
                    read = stored[row["id"]][name]
                    read = labels.get(read, read) if name == "kind" else read
                    self.assert_same(row[name], read, f"{part}.{name}")

    def test_told_points_and_the_points_of_feedback(self):
        dialogue = self.review.dialogue_id
        [values] = self.read_own("performance.dialogue", dialogue.ids, ["told_point_ids"]).values()
        told = [point["id"] for point in self.room["points"] if point["is_told"]]
        self.assertEqual(sorted(told), sorted(values["told_point_ids"]))
        self.assertTrue(told)

    def test_the_employees_own_answers(self):
        env = self.env(user=self.porter_user.id)
        own = call_kw(
            env["performance.self.assessment.answer"],
            "search_read",
            [[("assessment_id.review_id", "=", self.review.id)], ["question_id", "answer"]],
            {"load": None},
        )
        answers = {row["answer"].strip() for row in own}
        shown = {topic["own_answer"] for topic in self.room["topics"] if topic["own_answer"]}
        self.assertTrue(shown)
        self.assertLessEqual(shown, answers)

    def test_the_present_and_the_estimates(self):
        shown = {**self.room["calibration"]}
        choices = shown.pop("choices")
        [stored] = self.read_own(
            "performance.dialogue", self.review.dialogue_id.ids, shown
        ).values()
        for name, value in shown.items():
            self.assert_same(value, stored[name], name)
        self.assertEqual(len(choices), 5)

    def test_the_card_and_the_time(self):
        env = self.env(user=self.porter_user.id)
        [card] = call_kw(
            env["performance.review"],
            "read",
            [self.review.ids, ["name", "reviewer_id", "display_name"]],
            {},
        )
        self.assertEqual(self.room["employee"], card["name"])
        self.assertEqual(self.room["reviewer"], card["reviewer_id"][1])
        self.assertIn(self.room["cycle"], card["display_name"])
        names = {"date_start", "date_end"}
        [stored] = self.read_own(
            "performance.dialogue", self.review.dialogue_id.ids, names
        ).values()
        for name in names:
            self.assertEqual(self.room[name], str(stored[name]))
        lines = self.env["performance.dialogue.section"].search(
            [("dialogue_id", "=", self.review.dialogue_id.id)]
        )
        counters = {"spent_seconds", "employee_seconds", "reviewer_seconds"}
        stored = {
            row["section"]: row
            for row in self.read_own(lines._name, lines.ids, {"section", *counters}).values()
        }
        for section in self.room["sections"]:
            for name in counters:
                read = stored.get(section["code"], {}).get(name, 0)
                self.assertEqual(section[name], read)
                self.assertEqual(section["earlier"][name], 0)

    def test_evidence_is_that_of_the_employees_own_rights(self):
        """Every item, down to its line of figures, is what the employee's rights bring as well."""
        own = {
            source["code"]: source["items"]
            for source in self.review.with_user(self.porter_user)._get_evidence()
        }
        compared = 0
        for source in (*self.evidence, *self.room["subjects"]):
            found = [
                {name: item[name] for name in ("title", "figure", "unit", "series", "note")}
                for item in own[source["code"]]
            ]
            for item in source["items"]:
                compared += 1
                self.assertIn(item, found, source["code"])
        self.assertGreater(compared, 40)

    def test_last_time_and_hints(self):
        env = self.env(user=self.porter_user.id)
        own = call_kw(env["performance.review"], "get_last_time", [self.review.ids], {})
        # What a click would do is the reviewer's.
        acts = {"can_take_along", "can_settle", "is_taken"}

        def plain(lines):
            return sorted(
                ({name: line[name] for name in set(line) - acts} for line in lines),
                key=lambda line: line["id"],
            )

        self.assertTrue(own["lines"])
        self.assertEqual(plain(self.last_time["lines"]), plain(own["lines"]))
        self.assertEqual(self.last_time["closure"], own["closure"])
        dialogue = self.review.dialogue_id
        hints = call_kw(env["performance.dialogue"], "get_hints", [dialogue.ids], {})
        self.assertEqual(hints, self.hints)

    def test_nothing_that_is_kept(self):
        self.assertNotIn("KEPT", str(self.room))
        self.assertNotIn("KEPT", str(self.evidence) + str(self.last_time))
        parts = {
            "id", "review_id", "employee", "reviewer", "cycle", "can_write", "opening",
            "date_start", "date_end", "planned_minutes", "min_minutes", "floor", "aim",
            "sections", "calibration", "subjects", *MODELS,
        }  # fmt: skip
        self.assertEqual(set(self.room), parts, "a new part needs a comparison here")
