import re

from odoo import http
from odoo.tests import tagged

from .test_portal import PortalCase

PDF = b"%PDF-1.7 SECRET of the porter"


@tagged("post_install", "-at_install")
class TestPortalAssessmentParts(PortalCase):
    """Concerns, agenda and files on the employee's page, and who downloads what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.appraisal = cls.env["performance.appraisal"].create(
            {
                "employee_id": cls.porter.id,
                "date_start": "2026-01-01",
                "date_end": "2026-03-01",
                "state": "confirmed",
                "goal_ids": [
                    (0, 0, {"name": "Keys returned", "employee_id": cls.porter.id,
                            "target": 10.0, "actual": 7.0, "unit": "keys"})
                ],
            }
        )  # fmt: skip
        cls.review.appraisal_id = cls.appraisal
        cls.goal = cls.appraisal.goal_ids
        cls.key = f"concern:{cls.goal.id}:outside"

    def upload(self, name="Report.pdf", content=PDF, review=None, **data):
        return self.url_open(
            f"/my/reviews/{(review or self.review).id}/files",
            data={"csrf_token": http.Request.csrf_token(self), **data},
            files={"file": (name, content)} if name else {"other": ("x", b"x")},
        )

    def remove(self, file):
        return self.post(f"/files/{file.id}/remove")

    # ------------------------------------------------------------------
    # The page
    # ------------------------------------------------------------------

    def test_figures_stand_beside_the_questions_once_confirmed(self):
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertIn("o_pr_own_figures", page)
        self.assertIn("7 / 10 keys", page)
        self.assertIn("Concerns about my goals", page)
        self.appraisal.state = "draft"
        page = self.get().text
        self.assertNotIn("o_pr_own_figures", page)
        self.assertNotIn("Keys returned", page)

    def test_a_concern_is_saved_like_an_answer(self):
        self.log_in(self.porter_user)
        self.assertEqual(self.save((self.key, "The lock is broken", ""))["saved"], [self.key])
        concern = self.review.concern_ids
        self.assertEqual((concern.goal_id, concern.kind), (self.goal, "outside"))
        conflict = self.save((self.key, "From the desk", ""))
        self.assertEqual(conflict["conflicts"], {self.key: "The lock is broken"})
        self.save((self.key, "The lock is too old", "The lock is broken"))
        self.assertEqual(concern.note, "The lock is too old")
        self.assertIn("The lock is too old", self.get().text)
        self.save((self.key, " ", "The lock is too old"))
        self.assertFalse(self.review.concern_ids)

    def test_concerns_that_are_none_are_refused_in_words(self):
        self.log_in(self.porter_user)
        foreign = self.env["performance.goal"].create(
            {"name": "Secret of the rival", "employee_id": self.rival.id}
        )
        for key in (
            "concern:", "concern:x:outside", f"concern:{self.goal.id}:boring",
            f"concern:{self.goal.id}", f"concern:{foreign.id}:outside", "concern:99999999:outside",
        ):  # fmt: skip
            with self.subTest(key):
                result = self.save((key, "Hm", ""))
                self.assertIn("error", result)
                self.assertNotIn("Secret", result["error"])
        self.assertFalse(self.review.concern_ids)

    def test_files_come_and_go(self):
        self.log_in(self.porter_user)
        answer = self.upload("Über mich.pdf")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Über_mich.pdf", answer.text)
        self.assertNotIn("<html", answer.text)
        file = self.assessment().file_ids
        self.assertEqual(file.name, "Über_mich.pdf")
        self.assertIn(file.url.replace("&", "&amp;"), self.get().text)
        answer = self.remove(file)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("mich.pdf", answer.text)
        self.assertFalse(self.assessment().file_ids)

    def test_refused_files_are_told_in_words(self):
        self.log_in(self.porter_user)
        for name, content, word in (
            ("a.html", b"<script>alert(1)</script>", "a.html"),
            ("a.pdf", b"no such thing", "a.pdf"),
            (None, b"", "Choose a file"),
            ("a.txt", b"", "Choose a file"),
            ("a.pdf", b"%PDF-" + b"x" * 10_000_000, "10.0 MB"),
        ):
            with self.subTest(name):
                answer = self.upload(name, content)
                self.assertEqual(answer.status_code, 422)
                self.assertIn(word, answer.text)
                self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"))
        self.assertFalse(self.assessment().file_ids)

    def test_nobody_adds_to_or_takes_from_another(self):
        self.log_in(self.porter_user)
        self.upload()
        file = self.assessment().file_ids
        for user in (self.rival_user, self.manager_user, self.officer_user):
            self.log_in(user)
            with self.subTest(user.login):
                self.assertEqual(self.upload().status_code, 422)
                self.assertEqual(self.remove(file).status_code, 422)
        own = self.review_of(self.cycle, self.rival)
        self.log_in(self.rival_user)
        self.post(f"/{own.id}/files/{file.id}/remove", base="/my/reviews")
        self.assertTrue(file.exists())
        self.assertEqual(self.assessment().file_ids, file)

    def test_handed_in_all_of_it_can_be_read_and_nothing_changed(self):
        self.log_in(self.porter_user)
        first = str(self.outline.question_ids[0].id)
        self.upload()
        self.save(
            (first, "The bench", ""), (self.key, "The lock", ""), ("agenda", "Shifts\nTools", ""),
            path="/self_assessment/submit",
        )  # fmt: skip
        self.assertEqual(self.assessment().state, "submitted")
        page = self.get("?open=self_assessment").text
        for text in ("The lock", "Outside my control", "<li>Shifts</li>", "Tools", "Report.pdf"):
            self.assertIn(text, page)
        self.assertNotIn("o_pr_file_remove", page)
        self.assertEqual(self.upload("Late.pdf").status_code, 422)
        self.assertEqual(self.remove(self.assessment().file_ids).status_code, 422)
        self.assertIn("error", self.save((self.key, "Too late", "The lock")))

    # ------------------------------------------------------------------
    # Downloads
    # ------------------------------------------------------------------

    def addresses(self, file):
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", file._name), ("res_id", "=", file.id), ("res_field", "!=", False)]
        )
        model = file._name
        return (
            f"/web/content/{model}/{file.id}/content",
            f"/web/content/{model}/{file.id}/content?download=true",
            f"/web/content/{model}/{file.id}/content/page.html?mimetype=text/html",
            f"/web/content?model={model}&id={file.id}&field=content&filename=x.html",
            f"/web/content/{attachment.id}",
            f"/web/image/{model}/{file.id}/content",
            f"/web/image/{model}/{file.id}/content/100x100",
            f"/web/image/{attachment.id}?mimetype=image/svg%2Bxml",
        )

    def assert_download(self, user, file, is_allowed):
        self.log_in(user) if user else self.authenticate(None, None)
        for number, address in enumerate(self.addresses(file)):
            with self.subTest(user=user and user.login, address=address):
                answer = self.url_open(address)
                if not is_allowed:
                    self.assertNotIn(b"SECRET", answer.content)
                    self.assertNotIn("Report", str(answer.headers))
                elif number < 4:  # people of the portal read no rows of attachments
                    self.assertEqual(answer.content, PDF)
                if b"SECRET" in answer.content:
                    headers = answer.headers
                    self.assertTrue(headers["Content-Disposition"].startswith("attachment"))
                    self.assertIn("Report.pdf", headers["Content-Disposition"])
                    self.assertEqual(headers["Content-Type"], "application/octet-stream")
                    self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                    self.assertNotIn("public", headers["Cache-Control"])

    def test_who_downloads_before_and_after_the_reveal(self):
        self.log_in(self.porter_user)
        self.upload()
        file = self.assessment().file_ids
        readers = (self.manager_user, self.officer_user, self.administrator_user)
        others = (
            self.director_user, self.outsider_user, self.rival_user, self.worker_user,
            self.peer_manager_user, self.foreign_officer_user, None,
        )  # fmt: skip
        for user in (*readers, *others):
            self.assert_download(user, file, False)
        self.assert_download(self.porter_user, file, True)
        self.log_in(self.porter_user)
        first = str(self.outline.question_ids[0].id)
        self.save((first, "The bench", ""), path="/self_assessment/submit")
        for user in readers:
            self.assert_download(user, file, False)
        self.fill_sheet(self.review)
        self.review.with_user(self.manager_user).action_submit_sheet()
        self.assertTrue(self.review.revealed_on)
        for user in (self.porter_user, *readers):
            self.assert_download(user, file, True)
        for user in others:
            self.assert_download(user, file, False)

    def test_hr_is_an_employee_in_its_own_review(self):
        """HR downloads what it wrote itself, as an employee; its reviewer after the reveal."""
        self.review = self.review_of(self.cycle, self.officer_employee)
        self.log_in(self.officer_user)
        self.upload()
        file = self.assessment().file_ids
        self.assert_download(self.officer_user, file, True)
        self.assert_download(self.administrator_user, file, False)
        self.assert_download(self.director_user, file, False)
        self.submit(file)
        self.fill_sheet(self.review)
        self.review.with_user(self.director_user).action_submit_sheet()
        self.assert_download(self.director_user, file, True)
        self.assert_download(self.manager_user, file, False)

    def submit(self, file):
        assessment = file.assessment_id.with_user(self.review.employee_user_id)
        assessment.answer_ids[:1].answer = "The bench"
        assessment.action_submit()

    # ------------------------------------------------------------------
    # Neither side's text before its time
    # ------------------------------------------------------------------

    def rpc(self, model, method, *args, **kwargs):
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json=self.build_rpc_payload(
                {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
            ),
        ).text

    def test_nothing_over_rpc_before_its_time(self):
        self.log_in(self.porter_user)
        self.upload("SECRETNAME.pdf")
        self.save((self.key, "SECRET concern", ""), ("agenda", "SECRET item", ""))
        parts = {
            "performance.concern": (self.review.concern_ids, "note"),
            "performance.agenda.item": (self.review.agenda_item_ids, "name"),
            "performance.self.assessment.file": (self.assessment().file_ids, "name"),
        }
        people = (
            self.manager_user, self.director_user, self.officer_user, self.outsider_user,
            self.rival_user, self.foreign_officer_user,
        )  # fmt: skip
        for submitted in (False, True):
            if submitted:
                self.submit(self.assessment().file_ids)
            for user in people:
                self.log_in(user)
                for model, (records, name) in parts.items():
                    with self.subTest(user=user.login, model=model, submitted=submitted):
                        self.assert_nothing_told(model, records.ids, name)
                with self.subTest(user=user.login, submitted=submitted):
                    own = f"/my/reviews/{self.review.id}"
                    for page in (own, f"{own}/section/self_assessment"):
                        self.assertNotIn("SECRET", self.url_open(page).text)
                    told = self.rpc("performance.review", "get_evidence", self.review.ids)
                    self.assertNotIn("SECRET", told)

    def assert_nothing_told(self, model, ids, name):
        card = "performance.review"
        link = {"performance.concern": "concern_ids", "performance.agenda.item": "agenda_item_ids"}
        answers = [
            self.rpc(model, "read", ids, [name]),
            self.rpc(model, "search_read", [], ["display_name", name]),
            self.rpc(model, "name_search", "SECRET"),
            self.rpc(model, "formatted_read_group", [], ["assessment_id", name], ["__count"]),
            self.rpc(model, "export_data", ids, [name, "display_name"]),
            self.rpc(model, "web_read", ids, {name: {}}),
            self.rpc("performance.self.assessment", "search_read", [], ["agenda", "display_name"]),
        ]
        for answer in answers:
            self.assertNotIn("SECRET", answer)
        # An empty answer to a question about what there is says that there is nothing.
        self.assertRegex(self.rpc(model, "search_count", [(name, "like", "SECRET")]), r'": (0|\{)')
        if model in link:
            field = link[model]
            for domain in (
                [("id", "=", self.review.id), (field, "!=", False)],
                [("id", "=", self.review.id), (f"{field}.{name}", "like", "SECRET")],
                [("id", "=", self.review.id), (field, "in", ids)],
            ):
                count = self.rpc(card, "search_count", domain)
                self.assertTrue(re.search(r'": (0|\{)', count), count)
