import re
from datetime import date, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from odoo import http
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..controllers.portal import PerformancePortal
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

    def test_page_of_a_full_review_costs_little(self):
        """12 goals, 10 commitments, 6 checkpoints with progress and 9 points."""
        agreement = self.fill_agreement(self.to_agreement(self.review))
        agreement.write(
            {
                "goal_ids": [
                    Command.create(self.goal_vals(name=f"Goal {number}")) for number in range(11)
                ],
                "commitment_ids": [
                    Command.create({"kind": "keep", "name": f"Keeps {number}"})
                    for number in range(8)
                ],
            }
        )
        agreement.action_propose()
        self.sign_as(agreement, self.manager_user)
        self.sign_as(agreement, self.porter_user, stance="agree")
        self.review.dialogue_id.with_user(self.porter_user).action_confirm()
        checkpoints = self.review.checkpoint_ids[:6]
        self.assertEqual(len(checkpoints), 6)
        self.env["performance.progress"].with_user(self.porter_user).create(
            [
                {"checkpoint_id": checkpoint.id, "goal_id": goal.id, "value": 5.0, "note": "So far"}
                for checkpoint in checkpoints
                for goal in agreement.goal_ids
            ]
            + [
                {"checkpoint_id": checkpoint.id, "commitment_id": line.id, "percent": 40.0}
                for checkpoint in checkpoints
                for line in agreement.commitment_ids
            ]
        )
        self.log_in(self.porter_user)
        self.get()  # fills the caches
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        page = self.get().text
        self.assertLessEqual(self.cr.sql_log_count - before, 25)
        self.assertIn("Goal 10", page)
        self.assertIn("Keeps 7", page)

    # ------------------------------------------------------------------
    # Sections
    # ------------------------------------------------------------------

    def test_folded_sections_come_when_they_are_opened(self):
        self.to_follow_up(self.review)
        self.review.dialogue_id.with_user(self.porter_user).action_confirm()
        self.log_in(self.porter_user)
        page = self.get().text
        texts = {
            "dialogue": "Asked before ordering",
            "points": "strength 0",
            "agreement": "We look at handovers every month.",
        }
        for code, text in texts.items():
            with self.subTest(section=code):
                self.assertNotIn(text, page)
                # With scripts, and without them.
                self.assertIn(f'data-url="{self.url}/section/{code}"', page)
                self.assertIn(f"{self.url}?open={code}#{code}", page)
                section = self.get(f"/section/{code}")
                self.assertEqual(section.status_code, 200)
                self.assertIn(text, section.text)
                self.assertNotIn("<html", section.text)
                self.assertIn(text, self.get(f"?open={code}").text)
        for code in ("nonsense", "state"):
            self.assertEqual(self.get(f"/section/{code}").status_code, 404)
            self.assertEqual(self.get(f"?open={code}").status_code, 200)
        # The anonymous questions are asked by no address that names the review.
        self.assertIn("without your name", page)

    def test_sections_of_a_step_that_has_not_come_cannot_be_opened(self):
        self.to_dialogue(self.review)
        self.log_in(self.porter_user)
        for code in ("dialogue", "points", "agreement", "plan"):
            with self.subTest(section=code):
                self.assertEqual(self.get(f"/section/{code}").status_code, 404)
                self.assertNotIn("strength 0", self.get(f"?open={code}").text)

    def test_an_addon_adds_a_section(self):
        self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "name": "Section",
                "key": "performance_review.test_section",
                "arch": "<t t-name='performance_review.test_section'>"
                "Section of <t t-out='review.name'/></t>",
            }
        )
        model = type(self.env["performance.review"])
        get_sections = model._get_portal_sections

        def _get_portal_sections(review):
            return [
                *get_sections(review),
                {
                    "code": "badges",
                    "label": "Badges",
                    "template": "performance_review.test_section",
                    "folded": False,
                    "sequence": 1,
                },
            ]

        self.patch(model, "_get_portal_sections", _get_portal_sections)
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertIn("Section of Pr Porter", page)
        self.assertLess(page.index('id="badges"'), page.index('id="self_assessment"'))

    def test_after_a_form_the_page_comes_from_the_primary(self):
        readonly = PerformancePortal.portal_review.original_routing["readonly"]
        for arguments, is_readonly in (
            ({}, True),
            ({"open": "points"}, True),
            ({"done": "signed"}, False),
        ):
            request = SimpleNamespace(httprequest=SimpleNamespace(args=arguments))
            with patch("odoo.addons.performance_review.controllers.portal.request", request):
                self.assertIs(readonly(None, None, {}), is_readonly)


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
            self.assert_sent_home(self.get("?open=agreement"))
            self.assertEqual(self.get("/section/agreement").status_code, 404)
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
