import re

from odoo.tests import tagged

from .test_portal import PNG, PortalCase


@tagged("post_install", "-at_install")
class TestPortalAgreement(PortalCase):
    """Three ways to answer a proposal, and its minutes."""

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
        self.assertIn(agreement.sha256, self.get("?open=agreement").text)

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
            ({"signature": {"a": 1}}, "takes a file"),
            ({"stance": "maybe"}, "takes one of: I agree, I acknowledge it"),
            ({"stance": None}, "agree or acknowledge"),
            ({"name": "  "}, "Your name is missing"),
            ({"name": 5}, "Your name takes a text"),
            ({"name": "x" * 201}, "up to 200 characters"),
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

    def test_characters_that_cannot_be_stored_keep_the_words(self):
        agreement = self.to_proposed(self.review)
        self.log_in(self.porter_user)
        form = {"agreement_id": agreement.id, "fingerprint": self.read_fingerprint()}
        page = self.post("/dispute", **form, reason="Too\0low, I think")
        self.assertEqual(page.status_code, 422)
        self.assertIn("cannot be stored", page.text)
        self.assertIn("low, I think", page.text)
        self.assertEqual(agreement.state, "proposed")
        for name in ("Por\0ter", "Por\ud83dter"):
            self.assertIn("cannot be stored", self.sign(name=name)["error"])
        for agreement_id in ("1e999", 1e300, [], {"a": 1}, -1, 2**70):
            self.assertIn("not up for signing", self.sign(agreement_id=agreement_id)["error"])

    def test_times_are_said_in_the_zone_of_the_reader(self):
        agreement = self.to_proposed(self.review)
        self.sign_as(agreement, self.manager_user)
        agreement.sudo().reviewer_signed_on = "2026-03-02 02:00:00"
        self.porter_user.tz = "Asia/Shanghai"
        self.log_in(self.porter_user)
        page = re.sub(r"\s+", " ", self.get().text)
        self.assertIn("10:00 AM (Asia/Shanghai)", page)
        self.assertNotIn("10:00:00", page)

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
