import base64

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.performance_self_assessment_file import FILE_MEGABYTES, FILES_LIMIT
from .common import PerformanceCommon


def encode(content):
    return base64.b64encode(content).decode()


class PartsCase(PerformanceCommon):
    """The worker's review with a confirmed result, and the own self-assessment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appraisal = cls.env["performance.appraisal"].create(
            {
                "employee_id": cls.worker.id,
                "date_start": "2026-01-01",
                "date_end": "2026-03-01",
                "state": "confirmed",
                "goal_ids": [
                    Command.create(
                        {
                            "name": name,
                            "employee_id": cls.worker.id,
                            "target": 10.0,
                            "actual": 5.0,
                        }
                    )
                    for name in ("Complaints", "Handovers")
                ],
            }
        )
        cls.goal, cls.other_goal = cls.appraisal.goal_ids
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_worker = cls.review.with_user(cls.worker_user)
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.assessment = cls.as_worker._get_own_self_assessment()

    def add_concern(self, **vals):
        return self.assessment.concern_ids.create(
            {
                "assessment_id": self.assessment.id,
                "goal_id": self.goal.id,
                "kind": "outside",
                "note": "The supplier decides",
                **vals,
            }
        )

    def add_file(self, name="Report.pdf", content=b"%PDF-1.7 and so on"):
        return self.assessment.file_ids.create(
            {"assessment_id": self.assessment.id, "name": name, "content": encode(content)}
        )

    def hand_in(self):
        self.assessment.answer_ids[:1].answer = "The bench"
        self.assessment.action_submit()

    def reveal(self):
        self.hand_in()
        self.fill_sheet(self.review)
        self.as_manager.action_submit_sheet()
        self.env.invalidate_all()

    def items(self, review, code):
        sources = {source["code"]: source["items"] for source in review._get_evidence()}
        return sources[code]


@tagged("post_install", "-at_install")
class TestConcerns(PartsCase):
    def test_by_the_name_of_the_review(self):
        concern = (
            self.env["performance.concern"]
            .with_user(self.worker_user)
            .create(
                {
                    "review_id": self.review.id,
                    "goal_id": self.goal.id,
                    "kind": "unclear",
                    "note": "Which complaints count?",
                }
            )
        )
        self.assertEqual(concern.assessment_id, self.assessment)
        self.assertEqual(concern.review_id, self.review)
        self.assertEqual(concern.display_name, "Complaints: Unclear")
        self.assertEqual(self.review.concern_ids, concern)

    def test_the_first_concern_begins_the_self_assessment(self):
        review = self.review_of(self.cycle, self.officer_employee)
        goal = self.env["performance.goal"].create(
            {"name": "Own", "employee_id": self.officer_employee.id}
        )
        vals = {"review_id": review.id, "goal_id": goal.id, "kind": "change", "note": "Too low"}
        with self.assertRaises(AccessError):
            self.env["performance.concern"].with_user(self.manager_user).create(vals)
        self.assertFalse(review.self_assessment_ids)
        concern = self.env["performance.concern"].with_user(self.officer_user).create(vals)
        self.assertEqual(review.self_assessment_ids, concern.assessment_id)

    def test_one_of_a_kind_about_a_goal(self):
        self.add_concern()
        self.add_concern(kind="change")
        self.add_concern(goal_id=self.other_goal.id)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            self.add_concern()
            self.env.flush_all()
        self.assertEqual(len(self.assessment.concern_ids), 3)

    def test_it_says_something_about_an_own_goal(self):
        foreign = self.env["performance.goal"].create(
            {"name": "Secret of the porter", "employee_id": self.porter.id}
        )
        for vals in (
            {"note": "  "},
            {"goal_id": foreign.id},
            {"goal_id": self.company_goal.id},
            {"kind": "boring"},
        ):
            with self.subTest(vals), self.assertRaises(UserError) as refused, self.cr.savepoint():
                self.add_concern(**vals)
            self.assertNotIn("Secret", str(refused.exception))
        concern = self.add_concern(theme_id=self.theme.id)
        for vals in (
            {"goal_id": self.other_goal.id},
            {"review_id": self.review_of(self.cycle, self.porter).id},
            {"note": ""},
        ):
            with self.subTest(vals), self.assertRaises(UserError), self.cr.savepoint():
                concern.write(vals)

    def test_goals_to_ask_about_are_those_the_employee_may_read(self):
        self.assertEqual(self.as_worker._get_concern_goals(), self.goal | self.other_goal)
        self.appraisal.state = "draft"
        self.env.invalidate_all()
        self.assertFalse(self.as_worker._get_concern_goals())
        # Without a result of this period no other goal without one is asked about.
        self.review.appraisal_id = False
        self.assertFalse(self.as_worker._get_concern_goals())

    def test_the_last_agreement_is_asked_about(self):
        agreement = self.to_follow_up(self.review)
        following = self.launch(
            name="Year 2027", date_start="2027-01-01", date_end="2027-12-31",
            preparation_deadline=False, dialogue_deadline=False, agreement_deadline=False,
        )  # fmt: skip
        review = self.review_of(following, self.worker).with_user(self.worker_user)
        self.assertEqual(review.sudo().previous_review_id, self.review)
        self.assertIn(agreement.sudo().goal_ids, review._get_concern_goals())

    def test_handed_in_they_stay(self):
        concern = self.add_concern()
        self.hand_in()
        for change in (
            lambda: concern.write({"note": "Changed"}),
            lambda: self.add_concern(kind="change"),
            concern.unlink,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        with self.assertRaises(UserError) as refused:
            self.add_concern(kind="change")
        self.assertIn("submitted", str(refused.exception))

    def test_a_later_step_closes_them(self):
        concern = self.add_concern()
        self.to_agreement(self.review)
        for change in (lambda: concern.write({"note": "Changed"}), concern.unlink):
            with self.assertRaises(UserError) as refused, self.cr.savepoint():
                change()
            self.assertIn("Agreement", str(refused.exception))


@tagged("post_install", "-at_install")
class TestAgenda(PartsCase):
    def names(self):
        return self.assessment.agenda_item_ids.sorted().mapped("name")

    def test_a_line_is_an_item(self):
        self.assessment.agenda = "\n  Training \n\nThe second bench\n"
        self.assertEqual(self.names(), ["Training", "The second bench"])
        self.env.invalidate_all()
        self.assertEqual(self.assessment.agenda, "Training\nThe second bench")
        self.assertEqual(self.review.agenda_item_ids.mapped("name"), self.names())

    def test_what_stays_is_the_same_item(self):
        self.assessment.agenda = "A\nB\nC"
        a, b, c = self.assessment.agenda_item_ids.sorted()
        self.assessment.agenda = "C\nA\nB, in other words\nD"
        self.assertEqual(self.names(), ["C", "A", "B, in other words", "D"])
        self.assertEqual(self.assessment.agenda_item_ids.sorted()[:3], c + a + b)
        self.assessment.agenda = "D"
        self.assertEqual(self.names(), ["D"])
        self.assertFalse((a | b | c).exists())
        self.assessment.agenda = False
        self.assertFalse(self.names())

    def test_the_same_line_twice(self):
        self.assessment.agenda = "A\nA"
        self.assessment.agenda = "A\nA\nA"
        self.assertEqual(self.names(), ["A", "A", "A"])

    def test_a_line_is_no_essay(self):
        with self.assertRaises(UserError) as refused:
            self.assessment.agenda = "x" * 301
        self.assertIn("300", str(refused.exception))

    def test_saving_while_typing_is_no_conflict_with_oneself(self):
        for text, base in (("A\n", ""), ("A\n\n  B", "A\n"), ("A\nB ", "A\n\n  B")):
            result = self.assessment._merge_texts([("agenda", text, base)])
            self.env.invalidate_all()
            self.assertEqual(result["saved"], ["agenda"])
        self.assertEqual(self.names(), ["A", "B"])
        result = self.assessment._merge_texts([("agenda", "Mine", "Something else")])
        self.assertEqual(result["conflicts"], {"agenda": "A\nB"})


@tagged("post_install", "-at_install")
class TestFiles(PartsCase):
    def test_names_are_safe_and_sizes_counted(self):
        file = self.add_file("../a b<script>.PDF")
        self.assertEqual(file.name, "a_b_script.pdf")
        self.assertEqual(file.size, len(b"%PDF-1.7 and so on"))
        self.assertEqual(file.size_text, "1 kB")

    def test_what_runs_by_itself_is_refused(self):
        for name, content in (
            ("page.html", b"<script>alert(1)</script>"),
            ("drawing.svg", b"<svg onload='alert(1)'/>"),
            ("page.pdf", b"<script>alert(1)</script>"),
            ("tool.exe", b"MZ"),
            ("nothing.txt", b""),
            ("no ending", b"text"),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                self.add_file(name, content)
        with self.assertRaises(UserError):
            self.assessment.file_ids.create(
                {"assessment_id": self.assessment.id, "name": "a.txt", "content": 7}
            )

    def test_limits(self):
        with self.assertRaises(UserError) as refused:
            self.add_file(content=b"%PDF-" + b"x" * FILE_MEGABYTES * 1_000_000)
        self.assertIn(f"{FILE_MEGABYTES}.0 MB", str(refused.exception))
        for number in range(FILES_LIMIT):
            self.add_file(f"{number}.txt", b"text")
        with self.assertRaises(UserError) as refused, self.cr.savepoint():
            self.add_file()
        self.assertIn(str(FILES_LIMIT), str(refused.exception))

    def test_they_stay_as_they_are_and_go_until_handed_in(self):
        file = self.add_file()
        for vals in ({"content": encode(b"%PDF-2")}, {"name": "other.html"}, {"size": 1}):
            with self.subTest(vals), self.assertRaises(AccessError):
                file.write(vals)
        file.unlink()
        file = self.add_file()
        self.hand_in()
        with self.assertRaises(UserError):
            self.add_file()
        with self.assertRaises(UserError):
            file.unlink()

    def test_what_carries_the_content_is_guarded_as_well(self):
        """The row of ``ir.attachment`` is as hard to come by as the file."""
        file = self.add_file()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", file._name),
                    ("res_id", "=", file.id),
                    ("res_field", "=", "content"),
                ]
            )
        )
        own = attachment.with_user(self.worker_user)
        self.assertEqual(own.raw, b"%PDF-1.7 and so on")
        for change in (
            lambda: own.write({"raw": b"<script>"}),
            lambda: own.write({"public": True}),
            own.unlink,
            own.generate_access_token,
        ):
            with self.assertRaises(AccessError), self.cr.savepoint():
                change()
        for user in (self.manager_user, self.officer_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                attachment.with_user(user).read(["raw"])
            found = (
                self.env["ir.attachment"]
                .with_user(user)
                .search([("res_model", "=", file._name), ("res_field", "=", "content")])
            )
            self.assertFalse(found)


@tagged("post_install", "-at_install")
class TestPartsAsEvidence(PartsCase):
    CODES = ("result", "concern", "agenda_item", "file")

    def fill(self):
        self.assessment.write({"results": "Two benches\n\nOne course", "agenda": "Training"})
        self.add_concern(theme_id=self.theme.id)
        self.add_file()

    def test_nothing_before_the_reveal(self):
        self.fill()
        for hand_in in (lambda: None, self.hand_in):
            hand_in()
            self.env.invalidate_all()
            for code in self.CODES:
                for user in (self.manager_user, self.officer_user):
                    with self.subTest(code=code, user=user.login):
                        self.assertEqual(self.items(self.review.with_user(user), code), [])

    def test_all_of_it_afterwards(self):
        self.fill()
        self.reveal()
        for user in (self.manager_user, self.officer_user):
            review = self.review.with_user(user)
            self.assertEqual(
                [item["title"] for item in self.items(review, "result")],
                ["Two benches", "One course"],
            )
            concern = self.items(review, "concern")[0]
            self.assertEqual(concern["title"], "Complaints")
            self.assertEqual(concern["figure"], "Outside my control")
            self.assertEqual(concern["note"], "The supplier decides · Handover")
            self.assertEqual(
                [item["title"] for item in self.items(review, "agenda_item")], ["Training"]
            )
            file = self.items(review, "file")[0]
            self.assertEqual(file["title"], "Report.pdf")
            self.assertIn("/web/content/", file["url"])
        # Never to the upper manager, whatever the step.
        for code in self.CODES:
            self.assertEqual(self.items(self.review.with_user(self.director_user), code), [])

    def test_a_goal_out_of_reach_is_named_by_its_kind(self):
        self.fill()
        self.reveal()
        self.goal.sudo().name = "Secret goal"
        self.review.sudo().appraisal_id = False
        self.goal.sudo().manager_user_id = False
        self.env.flush_all()
        self.env.invalidate_all()
        concern = self.items(self.as_manager, "concern")[0]
        self.assertFalse(self.goal.with_user(self.manager_user).has_access("read"))
        self.assertNotIn("Secret", concern["title"])

    def test_the_number_of_items_costs_no_queries(self):
        self.fill()
        self.reveal()

        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.as_manager._get_own_sources()
            return self.cr.sql_log_count - before

        cost()
        few = cost()
        sudo = self.assessment.sudo()
        sudo.agenda = "\n".join(f"Item {number}" for number in range(30))
        sudo.concern_ids.create(
            [
                {
                    "assessment_id": sudo.id,
                    "goal_id": goal.id,
                    "kind": kind,
                    "note": "Hm",
                    "theme_id": self.theme.id,
                }
                for goal in (self.goal, self.other_goal)
                for kind in ("unclear", "conflicting", "change")
            ]
        )
        self.assertEqual(cost(), few)

    def test_the_form_of_the_back_office(self):
        with Form(self.assessment) as form:
            form.agenda = "Training\nThe bench"
            with form.concern_ids.new() as line:
                line.goal_id = self.goal.with_user(self.worker_user)
                line.kind = "unclear"
                line.note = "Which ones?"
            with form.file_ids.new() as line:
                line.name = "Report.pdf"
                line.content = encode(b"%PDF-1.7")
        self.assertEqual(self.review.concern_ids.note, "Which ones?")
        self.assertEqual(self.review.agenda_item_ids.mapped("name"), ["Training", "The bench"])
        self.assertEqual(self.assessment.file_ids.name, "Report.pdf")
