from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from .common import PerformanceCommon

SHIPPED = ("general", "leader", "feedforward", "probation")


@tagged("post_install", "-at_install")
class TestOutlineChoice(PerformanceCommon):
    """Which outline a review gets: the most particular one, on the day of the launch."""

    def outline_for(self, name, **vals):
        return self.env["performance.outline"].create({"name": name, **vals})

    def test_a_department_has_it_from_the_nearest_above(self):
        Department = self.env["hr.department"]
        vals = {"company_id": self.company.id}
        works = Department.create({"name": "Works", **vals})
        self.department.parent_id = works
        line = Department.create({"name": "Line", "parent_id": self.department.id, **vals})
        shift = Department.create({"name": "Shift", "parent_id": line.id, **vals})
        self.porter.department_id = shift
        self.rival.department_id = works
        self.worker.department_id = line
        top = self.outline_for("Works", department_ids=[Command.set(works.ids)])
        near = self.outline_for("Line", department_ids=[Command.set(line.ids)])
        for_job = self.outline_for("Fitters", job_ids=[Command.set(self.job.ids)])
        cycle = self.launch()
        found = {
            employee: self.review_of(cycle, employee).outline_id
            for employee in (self.worker, self.porter, self.rival, self.manager)
        }
        self.assertEqual(
            found,
            {self.worker: for_job, self.porter: near, self.rival: top, self.manager: top},
        )

    def test_the_first_in_the_list_counts(self):
        later = self.outline_for("Later", job_ids=[Command.set(self.job.ids)], sequence=20)
        first = self.outline_for("First", job_ids=[Command.set(self.job.ids)], sequence=5)
        by_job, _departments = self.env["performance.outline"]._find_for(self.company)
        self.assertEqual(by_job[self.job.id], first)
        first.action_archive()
        by_job, _departments = self.env["performance.outline"]._find_for(self.company)
        self.assertEqual(by_job[self.job.id], later)

    def test_the_review_keeps_the_outline_of_its_launch(self):
        cycle = self.launch()
        review = self.review_of(cycle, self.worker)
        self.outline_for("Fitters", job_ids=[Command.set(self.job.ids)])
        self.assertEqual(review.outline_id, self.outline)

    def test_the_search_costs_the_same_for_many_departments(self):
        def departments(number):
            return self.env["hr.department"].create(
                [{"name": f"D{index}", "parent_id": self.department.id} for index in range(number)]
            )

        self.outline_for("Workshop", department_ids=[Command.set(self.department.ids)])
        counts = []
        for number in (1, 20):
            departments(number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            _jobs, found = self.env["performance.outline"]._find_for(self.company)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(len(found), 22)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestOutlineInUse(PerformanceCommon):
    """A question that has been asked is retired or replaced; nobody's answer loses its words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.review_of(cls.launch(), cls.worker)
        cls.questions = cls.outline.with_user(cls.administrator_user).question_ids
        cls.question = cls.questions[0]

    def ask(self):
        return (
            self.env["performance.self.assessment"]
            .with_user(self.worker_user)
            .create({"review_id": self.review.id})
        )

    def test_free_until_asked(self):
        self.assertFalse(any(self.questions.mapped("is_in_use")))
        self.question.write({"name": "What went very well?", "section": "present"})
        self.questions[2].unlink()
        self.assertEqual(len(self.outline.question_ids), 2)

    def test_words_stay_once_asked(self):
        self.ask()
        for vals in (
            {"name": "Other"}, {"hint": "Other"}, {"section": "future"}, {"kind": "develop"},
            {"outline_id": self.env.ref("performance_review.performance_outline_general").id},
        ):  # fmt: skip
            with self.subTest(vals), self.assertRaises(UserError) as refused:
                self.question.write(vals)
            self.assertIn("“What went well?” has been asked already", str(refused.exception))
        with self.assertRaises(UserError) as refused:
            self.question.unlink()
        self.assertIn("retire it instead", str(refused.exception))
        # What says nothing else than before may be sent, and what is no text may change.
        self.question.write({"name": "What went well?", "hint": False, "section": "past"})
        self.question.write({"sequence": 50, "is_required": True})

    def test_asked_in_a_dialogue_counts_too(self):
        topics = self.to_dialogue(self.review).topic_ids
        self.assertEqual(topics.question_id, self.outline.question_ids)
        self.assertTrue(self.question.is_in_use)
        with self.assertRaises(UserError):
            self.question.name = "Other"

    def test_a_translation_may_be_added_but_not_changed(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.ask()
        self.question.update_field_translations("name", {"zh_CN": "什么做得好？"})
        self.assertEqual(self.question.with_context(lang="zh_CN").name, "什么做得好？")
        for changed in ({"zh_CN": "别的问题？"}, {"en_US": "Other"}):
            with self.subTest(changed), self.assertRaises(UserError):
                self.question.update_field_translations("name", changed)
        with self.assertRaises(AccessError):
            self.question.with_user(self.officer_user).update_field_translations(
                "name", {"zh_CN": "别的问题？"}
            )

    def test_a_retired_question_is_asked_nobody_else(self):
        asked = self.ask()
        asked.answer_ids[0].answer = "The bench"
        self.question.action_archive()
        self.assertNotIn(self.question, self.outline.question_ids)
        self.assertIn(self.question, self.outline.retired_question_ids)
        self.assertEqual(self.outline.question_count, 2)
        # Whoever has it before them keeps it, with its answer.
        self.assertEqual(asked.answer_ids[0].question_text, "What went well?")
        self.assertEqual(asked.answer_ids[0].answer, "The bench")
        other = self.review_of(self.review.cycle_id, self.porter)
        sections = other.with_user(self.porter_user)._get_self_assessment_questions(
            self.env["performance.self.assessment"]
        )
        names = [row["name"] for section in sections for row in section["questions"]]
        self.assertEqual(names, ["What is unclear?", "What next?"])
        topics = self.to_dialogue(other).topic_ids
        self.assertEqual(topics.mapped("name"), names)
        self.question.action_unarchive()
        self.assertIn(self.question, self.outline.question_ids)

    def test_replace_puts_another_one_in_its_place(self):
        answer = self.ask().answer_ids[0]
        answer.answer = "The bench"
        successor = self.env["performance.outline.question"].browse(
            self.question.action_replace()["res_id"]
        )
        successor.with_user(self.administrator_user).name = "What are you content with?"
        self.assertFalse(self.question.active)
        self.assertEqual(answer.question_text, "What went well?")
        self.env.flush_all()
        self.outline.invalidate_recordset()
        self.assertEqual(
            self.outline.question_ids.mapped("name"),
            ["What are you content with?", "What is unclear?", "What next?"],
        )
        with self.assertRaises(AccessError):
            self.questions[1].with_user(self.officer_user).action_replace()

    def test_an_outline_of_reviews_is_not_deleted(self):
        outline = self.outline.with_user(self.administrator_user)
        with self.assertRaises(UserError) as refused:
            outline.unlink()
        self.assertIn("“Short outline” belongs to cycles or reviews", str(refused.exception))
        copy = outline.copy()
        self.assertEqual(copy.name, "Short outline (copy)")
        self.assertEqual(copy.question_ids.mapped("name"), self.questions.mapped("name"))
        copy.question_ids[0].name = "Free to change"
        copy.unlink()

    def test_only_who_configures_is_told(self):
        self.ask()
        self.assertTrue(self.question.is_in_use)
        for user in (self.officer_user, self.manager_user):
            self.assertFalse(self.question.with_user(user).is_in_use)

    def test_the_form(self):
        self.ask()
        with Form(self.outline.with_user(self.administrator_user)) as form:
            with form.question_ids.new() as line:
                line.name = "Anything else?"
                line.section = "future"
            with self.assertRaises(AssertionError), form.question_ids.edit(0) as line:
                line.name = "Other"
        self.assertEqual(self.outline.question_ids[-1].name, "Anything else?")


@tagged("post_install", "-at_install")
class TestShippedOutlines(PerformanceCommon):
    """The four outlines everybody starts with."""

    def test_each_has_all_sections_kinds_and_something_required(self):
        for code in SHIPPED:
            outline = self.env.ref(f"performance_review.performance_outline_{code}")
            questions = outline.question_ids
            with self.subTest(code):
                self.assertTrue(outline.description)
                self.assertEqual(set(questions.mapped("section")), {"past", "present", "future"})
                self.assertEqual(set(questions.mapped("kind")), {"review", "reflect", "develop"})
                required = questions.filtered("is_required")
                self.assertTrue(required)
                self.assertTrue(all(required.mapped("for_self_assessment")))
                self.assertTrue(all(questions.mapped("hint")))

    def test_no_question_is_asked_in_two_of_them(self):
        names = [
            question.name
            for code in SHIPPED
            for question in self.env.ref(
                f"performance_review.performance_outline_{code}"
            ).question_ids
        ]
        self.assertEqual(len(names), len(set(names)))


@tagged("post_install", "-at_install")
class TestOutlinePreview(PerformanceCommon, HttpCase):
    """HR reads an outline as those see it who are asked."""

    frozen_time = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outline.question_ids[1].for_self_assessment = False
        cls.outline.question_ids[2].write({"is_required": True, "for_dialogue": False})

    def open_preview(self, user, outline=None):
        self.authenticate(user.login, user.login)
        action = (outline or self.outline).action_preview()
        self.assertEqual(action["type"], "ir.actions.act_url")
        return self.url_open(action["url"])

    def labels(self, page, pane):
        found = html.fromstring(page.text).xpath(f"//*[@id='o_pr_pane_{pane}']//label")
        return [" ".join(label.text_content().split()) for label in found]

    def test_both_views(self):
        page = self.open_preview(self.administrator_user)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(
            self.labels(page, "employee"), ["What went well?", "What next? * (required)"]
        )
        self.assertEqual(self.labels(page, "reviewer"), ["What went well?", "What is unclear?"])
        # It has nothing to save to.
        self.assertNotIn("o_pr_self_assessment", page.text)

    def test_retired_ones(self):
        self.outline.question_ids[0].action_archive()
        self.outline.action_archive()
        page = self.open_preview(self.administrator_user)
        self.assertNotIn("What went well?", page.text)
        self.assertEqual(self.labels(page, "employee"), ["What next? * (required)"])

    def test_nothing_for_the_portal_and_other_companies(self):
        self.outline.company_id = self.company
        for user in (self.porter_user, self.foreign_officer_user):
            with self.subTest(user.login):
                page = self.open_preview(user)
                self.assertEqual(page.status_code, 404)
                self.assertNotIn("What went well?", page.text)
