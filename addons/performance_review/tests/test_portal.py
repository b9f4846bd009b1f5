import re
from datetime import date, timedelta

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import PerformanceCommon

PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


class PortalCase(PerformanceCommon, HttpCase):
    """A browser without scripts: what the server answers to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch(name="Spring cycle")
        cls.review = cls.review_of(cls.cycle, cls.porter)

    @property
    def url(self):
        return f"/my/reviews/{self.review.id}"

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def get(self, path="", **kwargs):
        return self.url_open(self.url + path, **kwargs)

    def post(self, path, base=None, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open((self.url if base is None else base) + path, data=data)

    def call(self, path, **params):
        """Return the result of a JSON route; a traceback would fail here."""
        response = self.url_open(self.url + path, json=self.build_rpc_payload(params)).json()
        self.assertNotIn("error", response, response)
        return response["result"]

    def save(self, *changes, path="/self_assessment"):
        keys = ("field", "text", "base")
        return self.call(path, changes=[dict(zip(keys, change, strict=True)) for change in changes])

    def sign(self, **params):
        agreement = self.review.agreement_id
        return self.call(
            "/sign",
            **{
                "agreement_id": agreement.id,
                "fingerprint": self.read_fingerprint(),
                "stance": "agree",
                "name": "Porter",
                **params,
            },
        )

    def read_fingerprint(self):
        """Return what the page of the agreement carries to say which content it shows."""
        return re.search(r'name="fingerprint" value="(\w+)"', self.get().text)[1]

    def assessment(self):
        return self.env["performance.self.assessment"].search([("review_id", "=", self.review.id)])


@tagged("post_install", "-at_install")
class TestPortal(PortalCase):
    # ------------------------------------------------------------------
    # Home and list
    # ------------------------------------------------------------------

    def count(self, *counters):
        payload = self.build_rpc_payload({"counters": list(counters)})
        return self.url_open("/my/counters", json=payload).json()["result"]

    def test_counter_counts_own_reviews_and_not_the_team(self):
        counters = ("performance_review_count", "performance_review_action_count")
        self.log_in(self.porter_user)
        self.assertIn("My reviews", self.url_open("/my").text)
        self.assertEqual(self.count(*counters), dict.fromkeys(counters, 1))
        self.log_in(self.manager_user)
        # The manager is reviewed by the director, and reviews two others.
        self.assertEqual(len(self.cycle.review_ids.filtered("reviewer_id")), 6)
        self.assertEqual(self.count(*counters), dict.fromkeys(counters, 1))
        self.log_in(self.outsider_user)
        self.assertEqual(self.count(*counters), dict.fromkeys(counters, 0))

    def test_list_shows_step_next_action_and_deadline(self):
        self.log_in(self.porter_user)
        page = self.url_open("/my/reviews").text
        for text in ("Spring cycle", "Pr Manager", "Write your self-assessment", "03/20/2026"):
            self.assertIn(text, page)
        self.to_proposed(self.review)
        self.assertIn("Read and sign the agreement", self.url_open("/my/reviews").text)
        self.sign_as(self.review.agreement_id, self.manager_user)
        self.sign_as(self.review.agreement_id, self.porter_user, stance="agree")
        self.review.dialogue_id.with_user(self.porter_user).action_confirm()
        self.assertIn("Next checkpoint on", self.url_open("/my/reviews").text)

    def test_empty_list_says_what_comes(self):
        self.log_in(self.outsider_user)
        page = self.url_open("/my/reviews").text
        self.assertIn("No review yet", page)
        self.assertNotIn("Spring cycle", page)

    def test_list_costs_the_same_with_one_and_with_thirty_reviews(self):
        self.log_in(self.porter_user)
        self.url_open("/my/reviews")  # fills the caches
        one = self.count_queries()
        others = self.env["hr.employee"].search([]) - self.porter
        for number in range(29):
            cycle = self.launch(
                name=f"Cycle {number}", excluded_employee_ids=[Command.set(others.ids)]
            )
            self.submit_self_assessment(cycle.review_ids)
            if number % 2:
                self.to_follow_up(cycle.review_ids)
        self.url_open("/my/reviews")
        thirty = self.count_queries()
        self.assertEqual(self.env["performance.review"].search_count(
            [("employee_user_id", "=", self.porter_user.id)]
        ), 30)  # fmt: skip
        # The first list has neither agreements nor dialogues whose fields would be read.
        self.assertLessEqual(thirty, one + 10)
        more = self.launch(name="One more", excluded_employee_ids=[Command.set(others.ids)])
        self.to_follow_up(more.review_ids)
        self.url_open("/my/reviews")
        self.assertEqual(self.count_queries(), thirty)

    def count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open("/my/reviews").status_code, 200)
        return self.cr.sql_log_count - before

    # ------------------------------------------------------------------
    # Self-assessment
    # ------------------------------------------------------------------

    def test_reading_writes_nothing(self):
        self.log_in(self.porter_user)
        page = self.get()
        self.assertEqual(page.status_code, 200)
        self.assertIn("What went well?", page.text)
        self.assertIn("Nobody reads this before you hand it in", page.text)
        self.assertFalse(self.assessment())

    def test_autosave_stores_and_submission_closes(self):
        self.log_in(self.porter_user)
        first = str(self.outline.question_ids[0].id)
        result = self.save((first, "The bench", ""), ("agenda", "Night shift", ""))
        self.assertEqual(
            result, {"saved": [first, "agenda"], "conflicts": {}, "answered": 1, "total": 3}
        )
        self.assertEqual(self.assessment().state, "draft")
        self.assertEqual(self.assessment().agenda, "Night shift")
        page = self.get().text
        self.assertIn("The bench", page)
        self.assertIn("Finish your self-assessment", page)
        result = self.save((first, "The bench, twice", "The bench"), path="/self_assessment/submit")
        self.assertIn(self.url, result["redirect_url"])
        self.assertEqual(self.assessment().state, "submitted")
        self.assertEqual(self.assessment().answer_ids[0].answer, "The bench, twice")
        page = self.get().text
        self.assertNotIn("<textarea", page)
        self.assertIn("The bench, twice", page)
        late = self.save((first, "Changed after all", "The bench, twice"))
        self.assertIn("can no longer be changed", late["error"])
        self.assertEqual(self.assessment().answer_ids[0].answer, "The bench, twice")

    def test_required_question_stops_the_submission_and_loses_nothing(self):
        self.outline.question_ids[1].is_required = True
        self.log_in(self.porter_user)
        self.assertIn('data-is-required="1"', self.get().text)
        result = self.save(("results", "All done", ""), path="/self_assessment/submit")
        self.assertIn("What is unclear?", result["error"])
        self.assertEqual(self.assessment().state, "draft")
        self.assertEqual(self.assessment().results, "All done")

    def test_text_changed_elsewhere_is_shown_and_not_overwritten(self):
        self.log_in(self.porter_user)
        self.save(("agenda", "From the phone", ""), ("results", "Same", ""))
        result = self.save(("agenda", "From the desk", ""), ("results", "Same", ""))
        self.assertEqual(result["conflicts"], {"agenda": "From the phone"})
        self.assertEqual(result["saved"], ["results"])
        self.assertEqual(self.assessment().agenda, "From the phone")
        # A stale page does not hand in what it does not show.
        result = self.save(("agenda", "", ""), path="/self_assessment/submit")
        self.assertEqual(result["conflicts"], {"agenda": "From the phone"})
        self.assertEqual(self.assessment().state, "draft")

    def test_bad_texts_are_refused_in_words(self):
        self.log_in(self.porter_user)
        for changes in ([{"field": "agenda"}], ["agenda"], [{"field": "agenda", "text": 1}], 7):
            with self.subTest(changes=changes):
                self.assertIn("error", self.call("/self_assessment", changes=changes))
        for field in ("state", "review_id", "0", "999999999"):
            with self.subTest(field=field):
                self.assertIn("no longer asked", self.save((field, "x", ""))["error"])
        self.assertIn("20001", self.save(("agenda", "x" * 20001, ""))["error"])
        self.assertFalse(self.assessment())

    def test_unfinished_self_assessment_closes_with_the_dialogue(self):
        self.log_in(self.porter_user)
        self.save(("agenda", "Night shift", ""))
        self.to_agreement(self.review)
        self.assertIn("did not hand in", self.get().text)
        self.assertIn("error", self.save(("agenda", "Too late", "Night shift")))
        self.assertEqual(self.assessment().agenda, "Night shift")

    # ------------------------------------------------------------------
    # Dialogue
    # ------------------------------------------------------------------

    def test_points_and_dialogue_open_once_it_is_over(self):
        self.log_in(self.porter_user)
        secrets = ("strength 0", "Asked before ordering", "A second bench")
        self.to_dialogue(self.review)
        page = self.get().text
        for secret in secrets:
            self.assertNotIn(secret, page)
        dialogue = self.review.dialogue_id
        refused = self.post("/confirm", dialogue_id=dialogue.id)
        self.assertIn("There is no dialogue to confirm", refused.text)
        dialogue.write(
            {
                "date_start": "2026-03-02 09:00:00",
                "date_end": "2026-03-02 10:00:00",
                "support_needed": "A second bench",
                "feedback_ids": [Command.create({"behaviour": "Asked before ordering"})],
            }
        )
        self.review.with_user(self.manager_user).action_next()
        page = self.get().text
        for secret in secrets:
            self.assertIn(secret, page)
        self.assertIn("Confirm that it took place", page)
        done = self.post("/confirm", dialogue_id=dialogue.id)
        self.assertEqual(done.status_code, 200)
        self.assertTrue(dialogue.employee_confirmed_on)
        self.assertNotIn("Confirm that it took place", done.text)

    def test_pulse_is_given_once_and_by_whole_numbers(self):
        self.to_agreement(self.review)
        self.log_in(self.porter_user)
        names = ("clear_standard", "specific_feedback", "listened_to", "way_forward")
        self.assertIn("without your name", self.get().text)
        pulse = self.env["performance.pulse"].search([("cycle_id", "=", self.cycle.id)])

        def give(**answers):
            return self.post("/my/pulse", base="", cycle_id=self.cycle.id, **answers)

        for bad in ("", "0", "6", "3.5", "abc"):
            with self.subTest(bad=bad):
                page = give(**{**dict.fromkeys(names, "4"), names[0]: bad})
                self.assertEqual(page.status_code, 422)
                self.assertIn("Answer every question with 1 to 5.", page.text)
        self.assertFalse(pulse.answer_count)
        done = give(**dict.fromkeys(names, "4"))
        self.assertIn("counted without your name", done.text)
        # Addresses stand in the server's log: none of them names the review.
        for response in (*done.history, done):
            self.assertNotIn(str(self.review.id), response.url.split("://")[1].split("/", 1)[1])
        self.env.invalidate_all()
        self.assertEqual(pulse.answer_count, 1)
        again = give(**dict.fromkeys(names, "5"))
        self.assertIn("answered once", again.text)
        self.env.invalidate_all()
        self.assertEqual(pulse.answer_count, 1)

    # ------------------------------------------------------------------
    # Agreement
    # ------------------------------------------------------------------

    def test_draft_agreement_stays_with_the_reviewer(self):
        agreement = self.fill_agreement(self.to_agreement(self.review))
        self.log_in(self.porter_user)
        page = self.get()
        self.assertNotIn("Halve the complaints", page.text)
        self.assertNotIn("I agree and sign", page.text)
        pdf = self.get("/agreement.pdf")
        self.assertNotEqual(pdf.headers["Content-Type"], "application/pdf")
        refused = self.call("/sign", agreement_id=agreement.id, stance="agree", name="Porter")
        self.assertIn("not up for signing", refused["error"])
        self.assertFalse(agreement.employee_signed_on)

    def test_proposed_agreement_shows_both_sides_and_three_ways(self):
        self.to_proposed(self.review)
        self.log_in(self.porter_user)
        page = self.get().text
        for text in (
            "Halve the complaints about handovers",
            "Fewer complaints",
            "Confirms every handover in writing",
            "A second bench",
            "I agree and sign",
            "I acknowledge it and sign",
            "I disagree",
        ):
            self.assertIn(text, page)

    def test_drawn_signature_agrees(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        result = self.sign(signature=PNG)
        self.assertTrue(result["force_refresh"])
        self.assertEqual(agreement.employee_stance, "agree")
        self.assertEqual(agreement.employee_signed_name, "Porter")
        self.assertEqual(agreement.employee_signature.decode(), PNG)
        page = self.url_open(result["redirect_url"]).text
        self.assertIn("Your signature is stored", page)
        self.assertIn(PNG[:40], page)
        self.sign_as(agreement, self.manager_user)
        self.assertEqual(self.review.state, "follow_up")
        self.assertIn(agreement.sha256, self.get().text)

    def test_typed_signature_acknowledges(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        self.sign(stance="acknowledge", name="  P. Porter ")
        self.assertEqual(agreement.employee_stance, "acknowledge")
        self.assertEqual(agreement.employee_signed_name, "P. Porter")
        self.assertFalse(agreement.employee_signature)

    def test_bad_signatures_are_refused_in_words(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        for params, sentence in (
            ({"signature": "bm8gaW1hZ2U="}, "no picture"),
            ({"signature": "%%%"}, "no picture"),
            ({"signature": {"a": 1}}, "no picture"),
            ({"stance": "maybe"}, "agree or acknowledge"),
            ({"stance": None}, "agree or acknowledge"),
            ({"name": "  "}, "Type your name"),
            ({"name": 5}, "Type your name"),
            ({"name": "x" * 201}, "too long"),
            ({"agreement_id": "abc"}, "not up for signing"),
            ({"agreement_id": 0}, "not up for signing"),
            ({"fingerprint": "0"}, "has changed"),
        ):
            with self.subTest(params=params):
                self.assertIn(sentence, self.sign(**params)["error"])
        self.assertFalse(agreement.employee_signed_on)

    def test_stale_page_signs_nothing(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        seen = self.read_fingerprint()
        agreement.action_withdraw()
        refused = self.call(
            "/sign", agreement_id=agreement.id, fingerprint=seen, stance="agree", name="Porter"
        )
        self.assertIn("has withdrawn or replaced it", refused["error"])
        refused = self.post(
            "/dispute", agreement_id=agreement.id, fingerprint=seen, reason="My long reason"
        )
        self.assertEqual(refused.status_code, 422)
        self.assertIn("has withdrawn or replaced it", refused.text)
        self.assertIn("My long reason", refused.text)
        # Proposed again under the same number, with other words in it.
        agreement.goal_ids.target = 2.0
        agreement.action_propose()
        refused = self.sign(fingerprint=seen)
        self.assertIn("has changed since you opened this page", refused["error"])
        self.assertFalse(agreement.employee_signed_on)
        self.assertIn("redirect_url", self.sign())
        # Signed twice, from a second window.
        again = self.call(
            "/sign", agreement_id=agreement.id, fingerprint=seen, stance="agree", name="Porter"
        )
        self.assertIn("error", again)

    def test_signature_of_the_reviewer_does_not_make_the_page_stale(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        seen = self.read_fingerprint()
        self.sign_as(agreement, self.manager_user)
        self.assertIn("redirect_url", self.sign(fingerprint=seen))
        self.assertEqual(agreement.state, "signed")

    def test_dispute_keeps_the_words(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        form = {"agreement_id": agreement.id, "fingerprint": self.read_fingerprint()}
        empty = self.post("/dispute", **form, reason="  ")
        self.assertEqual(empty.status_code, 422)
        self.assertIn("Say what you disagree with.", empty.text)
        self.assertEqual(agreement.state, "proposed")
        page = self.post("/dispute", **form, reason="The target is <b>too</b> low")
        self.assertEqual(agreement.state, "disputed")
        self.assertEqual(agreement.dispute_reason, "The target is <b>too</b> low")
        self.assertIn("The target is &lt;b&gt;too&lt;/b&gt; low", page.text)
        self.assertNotIn("I agree and sign", page.text)

    def test_versions_are_listed_and_downloaded(self):
        agreement = self.to_follow_up(self.review)
        agreement.with_user(self.manager_user).action_amend()
        amendment = self.review.agreement_id.with_user(self.manager_user)
        self.log_in(self.porter_user)
        self.assertNotIn("version=2", self.get().text)
        amendment.action_propose()
        page = self.get().text
        self.assertIn("agreement.pdf?version=1", page)
        self.assertIn("agreement.pdf?version=2", page)
        self.assertIn("version 1 holds", re.sub(r"<[^>]+>", "", page))
        self.assertIn("Read and sign version 2", page)
        pdf = self.get("/agreement.pdf?version=1")
        self.assertEqual(pdf.headers["Content-Type"], "application/pdf")
        # Odoo's tests get the page that would be printed.
        self.assertIn("Halve the complaints", pdf.text)

    def test_forms_need_a_token_of_the_session(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        forged = self.url_open(
            self.url + "/dispute", data={"agreement_id": agreement.id, "reason": "Forged"}
        )
        self.assertEqual(forged.status_code, 400)
        self.assertEqual(agreement.state, "proposed")

    # ------------------------------------------------------------------
    # Follow-up
    # ------------------------------------------------------------------

    def progress(self, subject, **data):
        checkpoint = self.review.checkpoint_ids[:1]
        return self.post(
            "/progress", **{"checkpoint_id": checkpoint.id, "subject": subject, **data}
        )

    def test_progress_on_goal_and_commitments(self):
        agreement = self.to_follow_up(self.review)
        goal = agreement.goal_ids
        own = agreement.commitment_ids.filtered(lambda line: line.owner == "employee")
        self.log_in(self.porter_user)
        self.assertIn("A second bench", self.get().text)
        self.progress(f"goal-{goal.id}", figure="6,5", note="Two in spring")
        self.assertEqual(goal.actual, 6.5)
        self.assertEqual(goal.measure_ids.author_id, self.porter_user)
        page = self.progress(f"commitment-{own.id}", figure="40").text
        self.assertEqual(own.percent, 40.0)
        self.assertIn("Two in spring", page)
        self.assertNotIn("<polyline", page)
        page = self.progress(f"goal-{goal.id}", figure="5").text
        self.assertIn("<polyline", page)
        # A note alone does not set the figure back.
        self.progress(f"goal-{goal.id}", figure="", note="Talked to planning")
        self.assertEqual(goal.actual, 5.0)

    def test_bad_progress_is_refused_in_words_and_stays_typed(self):
        agreement = self.to_follow_up(self.review)
        goal, line = agreement.goal_ids, agreement.commitment_ids[0]
        self.log_in(self.porter_user)
        for subject, figure, sentence in (
            (f"goal-{goal.id}", "many", "Type a number"),
            (f"goal-{goal.id}", "nan", "Type a number"),
            (f"goal-{goal.id}", "inf", "Type a number"),
            (f"commitment-{line.id}", "101", "between 0 and 100"),
            (f"commitment-{line.id}", "-1", "between 0 and 100"),
            (f"goal-{self.company_goal.id}", "5", "Choose a goal or a commitment"),
            ("cycle-1", "5", "Choose a goal or a commitment"),
            ("", "5", "Choose a goal or a commitment"),
        ):
            with self.subTest(subject=subject, figure=figure):
                page = self.progress(subject, figure=figure, note="My own note")
                self.assertEqual(page.status_code, 422)
                self.assertIn(sentence, page.text)
                self.assertIn("My own note", page.text)
        page = self.progress(f"goal-{goal.id}", figure="")
        self.assertIn("Type a figure, a note or both", page.text)
        self.assertFalse(self.review.checkpoint_ids.progress_ids)

    def test_progress_on_a_checkpoint_that_is_over_keeps_the_note(self):
        agreement = self.to_follow_up(self.review)
        checkpoint = self.review.checkpoint_ids[0]
        checkpoint.with_user(self.manager_user).action_done()
        self.log_in(self.porter_user)
        page = self.progress(
            f"goal-{agreement.goal_ids.id}",
            checkpoint_id=checkpoint.id,
            figure="5",
            note="My own note",
        )
        self.assertIn("not planned any more", page.text)
        self.assertIn("My own note", page.text)
        self.assertFalse(checkpoint.progress_ids)

    def test_overdue_support_is_seen_by_the_employee(self):
        agreement = self.to_follow_up(self.review)
        self.log_in(self.porter_user)
        self.assertNotIn(">Overdue<", self.get().text)
        support = agreement.commitment_ids.filtered(lambda line: line.kind == "support")
        self.env.cr.execute(
            "UPDATE performance_commitment SET date_deadline = %s WHERE id = %s",
            [date(2026, 2, 1), support.id],
        )
        self.env.invalidate_all()
        self.assertIn(">Overdue<", self.get().text)

    # ------------------------------------------------------------------
    # Incidents
    # ------------------------------------------------------------------

    def test_incident_is_private_until_shared(self):
        self.log_in(self.porter_user)
        self.assertIn("Nothing noted yet", self.url_open("/my/incidents").text)
        page = self.post("/add", base="/my/incidents", name="Found the leak", polarity="positive")
        self.assertIn("Found the leak", page.text)
        incidents = self.env["performance.incident"]
        incident = incidents.search([("author_id", "=", self.porter_user.id)])
        self.assertEqual(incident.employee_id, self.porter)
        by_manager = incidents.with_user(self.manager_user)
        self.assertFalse(by_manager.search([("id", "=", incident.id)]))
        self.post(f"/{incident.id}/share", base="/my/incidents")
        self.assertTrue(by_manager.search([("id", "=", incident.id)]))
        refused = self.post(f"/{incident.id}/delete", base="/my/incidents")
        self.assertEqual(refused.status_code, 422)
        self.assertTrue(incident.exists())

    def test_bad_incident_is_refused_in_words_and_stays_typed(self):
        self.log_in(self.porter_user)
        tomorrow = (date(2026, 3, 2) + timedelta(days=1)).isoformat()
        for data in (
            {"name": " "},
            {"polarity": "neutral"},
            {"date": tomorrow},
            {"date": "soon"},
            {"name": "x" * 501},
        ):
            with self.subTest(data=data):
                form = {"name": "Found it", "polarity": "positive", "effect": "No stop", **data}
                page = self.post("/add", base="/my/incidents", **form)
                self.assertEqual(page.status_code, 422)
                self.assertIn("No stop", page.text)
        self.assertFalse(
            self.env["performance.incident"].search([("author_id", "=", self.porter_user.id)])
        )

    def test_incidents_of_others_are_out_of_reach(self):
        incident = (
            self.env["performance.incident"]
            .with_user(self.rival_user)
            .create(
                {"employee_id": self.rival.id, "name": "Secret leak", "polarity": "positive"}
            )
        )
        self.log_in(self.porter_user)
        self.assertNotIn("Secret leak", self.url_open("/my/incidents").text)
        for verb in ("share", "delete"):
            with self.subTest(verb=verb):
                refused = self.post(f"/{incident.id}/{verb}", base="/my/incidents")
                self.assertNotIn("Secret leak", refused.text)
        self.assertTrue(incident.exists())
        self.assertFalse(incident.shared)
        self.log_in(self.outsider_user)
        self.assertURLEqual(self.url_open("/my/incidents").url, "/my")
        page = self.post("/add", base="/my/incidents", name="Found it", polarity="positive")
        self.assertIn("not linked to an employee", page.text)


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCase):
    """Nobody but the employee gets anything of a review by its address."""

    INTRUDERS = ("rival", "outsider", "manager", "director", "officer", "stranger")

    def intruders(self):
        for name in self.INTRUDERS:
            with self.subTest(intruder=name):
                user = getattr(self, f"{name}_user")
                self.log_in(user)
                yield user

    def assert_sent_home(self, response):
        self.assertURLEqual(response.url, "/my")
        for secret in ("Spring cycle", "Halve the complaints", "Pr Porter"):
            self.assertNotIn(secret, response.text)

    def test_pages_and_pdf(self):
        self.to_follow_up(self.review)
        for _user in self.intruders():
            self.assert_sent_home(self.get())
            self.assert_sent_home(self.get("/agreement.pdf"))
            self.assert_sent_home(self.get("/agreement.pdf?version=1"))

    def test_reviews_that_do_not_exist_look_the_same(self):
        self.log_in(self.rival_user)
        for number in (0, 999999999, 99999999999999999999):
            with self.subTest(number=number):
                self.assert_sent_home(self.url_open(f"/my/reviews/{number}"))
        foreign = self.save(("agenda", "Mine now", ""))
        missing = self.url_open(
            "/my/reviews/999999999/self_assessment",
            json=self.build_rpc_payload({"changes": []}),
        ).json()["result"]
        self.assertEqual(foreign, missing)

    def test_self_assessment(self):
        for _user in self.intruders():
            for path in ("/self_assessment", "/self_assessment/submit"):
                result = self.save(("agenda", "Written by another", ""), path=path)
                self.assertEqual(list(result), ["error"])
        self.assertFalse(self.assessment())

    def test_confirm_and_pulse(self):
        self.to_agreement(self.review)
        dialogue = self.review.dialogue_id
        for _user in self.intruders():
            self.assert_sent_home(self.post("/confirm", dialogue_id=dialogue.id))
            names = ("clear_standard", "specific_feedback", "listened_to", "way_forward")
            answers = dict.fromkeys(names, "1")
            self.post("/my/pulse", base="", cycle_id=self.cycle.id, **answers)
        self.assertFalse(dialogue.employee_confirmed_on)
        self.assertTrue(self.review.with_user(self.porter_user).can_give_pulse)

    def test_sign_and_dispute(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        fingerprint = self.read_fingerprint()
        form = {"agreement_id": agreement.id, "fingerprint": fingerprint}
        for _user in self.intruders():
            result = self.call("/sign", **form, stance="agree", name="Somebody")
            self.assertEqual(list(result), ["error"])
            self.assert_sent_home(self.post("/dispute", **form, reason="No"))
        self.assertEqual(agreement.state, "proposed")
        self.assertFalse(agreement.employee_signed_on or agreement.reviewer_signed_on)

    def test_progress(self):
        agreement = self.to_follow_up(self.review)
        form = {
            "checkpoint_id": self.review.checkpoint_ids[0].id,
            "subject": f"goal-{agreement.goal_ids.id}",
            "figure": "1",
        }
        for _user in self.intruders():
            self.assert_sent_home(self.post("/progress", **form))
        self.assertFalse(self.review.checkpoint_ids.progress_ids)

    def test_records_of_another_review_through_the_own_one(self):
        """The own review in the address, somebody else's record in the form."""
        foreign = self.review
        agreement = self.to_proposed(foreign)
        self.log_in(self.porter_user)
        fingerprint = self.read_fingerprint()
        own = self.review_of(self.cycle, self.worker)
        own_agreement = self.to_follow_up(own)
        self.review = own
        self.log_in(self.worker_user)
        form = {"agreement_id": agreement.id, "fingerprint": fingerprint}
        self.assertIn("error", self.call("/sign", **form, stance="agree", name="Worker"))
        self.post("/dispute", **form, reason="Not mine")
        self.assertEqual(agreement.state, "proposed")
        self.post("/confirm", dialogue_id=foreign.dialogue_id.id)
        self.assertFalse(foreign.dialogue_id.employee_confirmed_on)
        checkpoint = self.env["performance.checkpoint"].create(
            {"review_id": foreign.id, "date": date(2026, 6, 1)}
        )
        for checkpoint_id, goal in (
            (checkpoint.id, own_agreement.goal_ids),
            (own.checkpoint_ids[0].id, agreement.goal_ids),
        ):
            page = self.post(
                "/progress", checkpoint_id=checkpoint_id, subject=f"goal-{goal.id}", figure="1"
            )
            self.assertEqual(page.status_code, 422)
            self.assertNotIn("Pr Porter", page.text)
        self.assertFalse((checkpoint | own.checkpoint_ids).progress_ids)

    def test_everything_asks_for_a_login(self):
        self.authenticate(None, None)
        for path in ("/my/reviews", self.url, self.url + "/agreement.pdf", "/my/incidents"):
            with self.subTest(path=path):
                self.assertIn("/web/login", self.url_open(path).url)

    def test_an_internal_employee_uses_the_portal_too(self):
        self.review = self.review_of(self.cycle, self.worker)
        self.log_in(self.worker_user)
        self.save(("agenda", "Shifts", ""))
        self.assertEqual(self.assessment().agenda, "Shifts")
        self.to_proposed(self.review)
        self.sign(signature=PNG)
        self.assertTrue(self.review.agreement_id.employee_signed_on)


@tagged("post_install", "-at_install")
class TestPortalPhone(PortalCase):
    """On a phone nothing sticks out, and typing saves itself."""

    frozen_time = False
    browser_size = "360x640"
    touch_enabled = True

    def look(self, path, code):
        """Run ``code`` on a page with all sections unfolded; it throws to fail."""
        self.browser_js(
            path,
            f"""
            (async () => {{
                document.querySelectorAll("details").forEach((el) => (el.open = true));
                {code}
                console.log("test successful");
            }})().catch((error) => console.error(error.message));
            """,
            ready="document.body.getAttribute('is-ready') === 'true'",
            login=self.porter_user.login,
        )

    def assert_nothing_sticks_out(self, path):
        self.look(
            path,
            """
            const width = document.documentElement.clientWidth;
            const wide = [...document.querySelectorAll("#wrapwrap *")].filter(
                (el) => el.checkVisibility() && el.getBoundingClientRect().right > width + 1
            );
            if (document.documentElement.scrollWidth > width || wide.length) {
                throw new Error("sticks out: " + wide.map((el) => el.outerHTML.slice(0, 120)));
            }
            """,
        )

    def test_nothing_sticks_out_in_any_step(self):
        long_word = "Donaudampfschifffahrtsgesellschaft" * 4
        self.env["performance.incident"].with_user(self.porter_user).create(
            {"employee_id": self.porter.id, "name": long_word, "polarity": "positive"}
        )
        self.assert_nothing_sticks_out("/my/incidents")
        self.assert_nothing_sticks_out(self.url)
        agreement = self.fill_agreement(self.to_agreement(self.review))
        in_a_year = date.today() + timedelta(days=365)
        agreement.goal_ids.write({"name": long_word, "unit": long_word, "date_deadline": in_a_year})
        agreement.commitment_ids.write({"name": long_word, "date_deadline": in_a_year})
        agreement.action_propose()
        self.assert_nothing_sticks_out("/my/reviews")
        self.assert_nothing_sticks_out(self.url)
        self.sign_as(agreement, self.manager_user)
        self.sign_as(agreement, self.porter_user, signature=PNG, name=long_word)
        for value in (7.0, 6.0):
            self.env["performance.progress"].with_user(self.porter_user).create(
                {
                    "checkpoint_id": self.review.checkpoint_ids[0].id,
                    "goal_id": agreement.goal_ids.id,
                    "value": value,
                    "note": long_word,
                }
            )
        self.assert_nothing_sticks_out(self.url)

    def test_typing_saves_itself(self):
        self.look(
            self.url,
            """
            const input = document.querySelector("#o_pr_text_agenda");
            input.value = "Typed on the phone";
            input.dispatchEvent(new InputEvent("input", { bubbles: true }));
            const state = document.querySelector(".o_pr_save_state");
            for (let tries = 0; state.dataset.state !== "saved"; tries++) {
                if (tries > 200) {
                    throw new Error("not saved");
                }
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            """,
        )
        self.assertEqual(self.assessment().agenda, "Typed on the phone")
