from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .test_portal import PortalCase


@tagged("post_install", "-at_install")
class TestPortalSelfAssessment(PortalCase):
    """The self-assessment: saved while it is typed, handed in once."""

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
        self.assertIn("did not hand in", self.get("?open=self_assessment").text)
        self.assertIn("error", self.save(("agenda", "Too late", "Night shift")))
        self.assertEqual(self.assessment().agenda, "Night shift")

    def test_nothing_at_all_cannot_be_handed_in(self):
        self.log_in(self.porter_user)
        result = self.save(("agenda", "Night shift", ""), path="/self_assessment/submit")
        self.assertIn("Answer a question or write down a result", result["error"])
        self.assertEqual(self.assessment().state, "draft")
        # What was typed stays.
        self.assertEqual(self.assessment().agenda, "Night shift")
        with self.assertRaisesRegex(UserError, "Answer a question"):
            self.assessment().with_user(self.porter_user).action_submit()
        self.save(("results", "  ", ""))
        with self.assertRaisesRegex(UserError, "Answer a question"):
            self.assessment().with_user(self.porter_user).action_submit()
        result = self.save(("results", "All done", "  "), path="/self_assessment/submit")
        self.assertIn("redirect_url", result)

    def test_first_texts_of_two_windows_meet(self):
        """Both store the first text: the second finds the record of the first, and merges."""
        self.log_in(self.porter_user)
        model = type(self.env["performance.self.assessment"])
        create, refused = model.create, []

        def create_once(records, vals_list):
            if not refused:
                refused.append(True)
                raise UniqueViolation("performance_self_assessment_one_per_review")
            return create(records, vals_list)

        with patch.object(model, "create", create_once):
            with self.assertRaises(ConcurrencyError):
                self.review.with_user(self.porter_user)._get_own_self_assessment()
            refused.clear()
            result = self.save(("agenda", "From the second window", ""))
        self.assertTrue(refused)
        self.assertEqual(result["saved"], ["agenda"])
        self.assertEqual(self.assessment().agenda, "From the second window")
        result = self.save(("results", "From the first window", ""))
        self.assertEqual(result["saved"], ["results"])
        self.assertEqual(len(self.assessment()), 1)
        self.assertEqual(self.assessment().agenda, "From the second window")

    def test_characters_that_cannot_be_stored_cost_one_sentence_and_no_text(self):
        self.log_in(self.porter_user)
        self.save(("agenda", "Night shift", ""))
        for text in ("Night\0shift", "Half \ud83d a smile"):
            with self.subTest(text=text):
                result = self.save(("agenda", text, "Night shift"))
                self.assertIn("cannot be stored", result["error"])
        self.assertEqual(self.assessment().agenda, "Night shift")
        for changes in ({"a": 1}, [None], [{"field": "agenda", "text": [], "base": ""}], "agenda"):
            with self.subTest(changes=changes):
                self.assertIn(
                    "cannot be read", self.call("/self_assessment", changes=changes)["error"]
                )

    def test_page_says_when_others_can_read(self):
        self.log_in(self.porter_user)
        self.assertIn("at the latest after 03/20/2026.", self.get().text)
        self.submit_self_assessment(self.review)
        self.assertIn("at the latest after 03/20/2026.", self.get().text)
        self.fill_sheet(self.review)
        self.assertIn("at the latest after 03/20/2026.", self.get().text)
        self.review.with_user(self.manager_user).action_submit_sheet()
        self.assertIn("can read it at once", self.get().text)


@tagged("post_install", "-at_install")
class TestPortalIncidents(PortalCase):
    """The two-button log of the employee."""

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

    def test_incident_with_theme_and_goal(self):
        own, foreign = (
            self.env["performance.appraisal"]
            .create(
                [
                    {
                        "employee_id": employee.id,
                        "date_start": date(2025, 1, 1),
                        "date_end": date(2025, 12, 31),
                        "state": "confirmed",
                        "goal_ids": [
                            Command.create(
                                {
                                    "name": f"Output of {employee.name}",
                                    "employee_id": employee.id,
                                    "target": 10.0,
                                }
                            )
                        ],
                    }
                    for employee in (self.porter, self.rival)
                ]
            )
            .goal_ids
        )
        self.log_in(self.porter_user)
        page = self.url_open("/my/incidents").text
        self.assertIn(self.theme.name, page)
        self.assertIn(own.name, page)
        self.assertNotIn(foreign.name, page)
        note = {"name": "Found the leak", "polarity": "positive", "theme_id": self.theme.id}
        for goal_id, stored in ((own.id, own), (foreign.id, False), ("x", False), ("", False)):
            with self.subTest(goal_id):
                self.post("/add", base="/my/incidents", **note, goal_id=goal_id)
                incident = self.env["performance.incident"].search(
                    [("author_id", "=", self.porter_user.id)], order="id desc", limit=1
                )
                self.assertEqual(incident.theme_id, self.theme)
                self.assertEqual(incident.goal_id.id, stored and stored.id)
        # A theme that has gone in the meantime is no fault of whoever typed the sentence.
        self.post("/add", base="/my/incidents", **{**note, "theme_id": 10**9, "name": "Late"})
        late = self.env["performance.incident"].search([("name", "=", "Late")])
        self.assertEqual(len(late), 1)
        self.assertFalse(late.theme_id)

    def test_the_page_names_the_readers_before_sharing(self):
        self.env["performance.incident"].with_user(self.porter_user).create(
            {"employee_id": self.porter.id, "name": "Found the leak", "polarity": "positive"}
        )
        self.log_in(self.porter_user)
        page = self.url_open("/my/incidents").text
        for name in ("Pr Manager (manager)", "HR: Pr Administrator, Pr Officer"):
            self.assertIn(name, page)

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

    def test_characters_that_cannot_be_stored_keep_the_note(self):
        self.log_in(self.porter_user)
        page = self.post(
            "/add", base="/my/incidents", name="Found\0it", polarity="positive", effect="No stop"
        )
        self.assertEqual(page.status_code, 422)
        self.assertIn("cannot be stored", page.text)
        self.assertIn("No stop", page.text)

    def test_incidents_of_others_are_out_of_reach(self):
        incident = (
            self.env["performance.incident"]
            .with_user(self.rival_user)
            .create({"employee_id": self.rival.id, "name": "Secret leak", "polarity": "positive"})
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
