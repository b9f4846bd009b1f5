from datetime import date

from odoo import http
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import TODAY
from .ring_common import RingCommon

CUE = "When a shift ends, I send the list before I leave."


@tagged("post_install", "-at_install")
class TestObservation(RingCommon, HttpCase):
    """If-then plans are read once more, and what is seen of them is noted by either side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls.fill_agreement(cls.to_agreement(cls.first))
        cls.change = cls.agreement.commitment_ids.filtered(lambda line: line.kind == "change")
        cls.support = cls.agreement.commitment_ids - cls.change
        cls.change.write({"cue": CUE, "seen_as": "A list in the mailbox"})
        cls.agreement.action_propose()
        cls.sign_as(cls.agreement)

    def sign(self):
        self.sign_as(self.agreement, self.worker_user, cues_read=True)

    def test_read_once_more_at_signing(self):
        for tick in (False, None, "yes", 1):
            with self.assertRaises(UserError) as refused:
                self.sign_as(self.agreement, self.worker_user, cues_read=tick)
            self.assertIn("if-then plans", str(refused.exception))
        self.sign()
        self.assertEqual(self.first.state, "follow_up")
        said = self.agreement._read_snapshot()["commitments"]
        self.assertIn(
            (CUE, "A list in the mailbox"), [(line["cue"], line["seen_as"]) for line in said]
        )
        self.assertFalse(self.agreement.verify())

    def test_the_cue_is_part_of_what_is_signed(self):
        before = self.agreement.sudo().fingerprint
        self.env.cr.execute(
            "UPDATE performance_commitment SET cue = 'Else' WHERE id = %s", (self.change.id,)
        )
        self.env.invalidate_all()
        self.assertNotEqual(self.agreement.sudo().fingerprint, before)
        with self.assertRaises(UserError):
            self.change.sudo().write({"cue": "Something else"})

    def test_in_the_wizard(self):
        wizard = (
            self.env["performance.agreement.sign"]
            .with_user(self.worker_user)
            .create({"agreement_id": self.agreement.id, "stance": "agree"})
        )
        self.assertEqual(wizard.cue_text, CUE)
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.cues_read = True
        wizard.action_confirm()
        self.assertEqual(self.agreement.state, "signed")

    def test_either_side_notes_with_a_date(self):
        self.sign()
        self.change.with_user(self.worker_user).action_observe("seen", date(2026, 2, 27), "Friday")
        self.change.with_user(self.manager_user).action_observe_missed()
        for user in (self.worker_user, self.manager_user, self.officer_user):
            line = self.change.with_user(user)
            line.invalidate_recordset()
            self.assertEqual(line.observation_strip, "●○", user.name)
        dots = self.change.with_user(self.worker_user)._collect_dots()[self.change]
        self.assertEqual([dot["note"] for dot in dots], ["Friday", ""])
        self.assertIn("Missed on", dots[1]["text"])
        self.assertIn("Pr Manager", dots[1]["text"])

    def test_the_line_above_does_not_read_them(self):
        self.sign()
        self.change.with_user(self.manager_user).action_observe_seen()
        line = self.change.with_user(self.director_user)
        self.assertTrue(line.name)
        self.assertFalse(line.observation_strip)
        self.assertFalse(line.observation_ids)
        Commitment = self.env["performance.commitment"].with_user(self.director_user)
        domain = [("id", "=", self.change.id), ("observation_ids.result", "=", "seen")]
        self.assertFalse(Commitment.search(domain))
        with self.assertRaises(AccessError):
            line.action_observe_seen()

    def test_what_is_refused(self):
        change = self.change.with_user(self.worker_user)
        with self.assertRaises(UserError):
            change.action_observe_seen()  # not signed yet
        self.sign()
        for result, day in (("perhaps", TODAY), (None, TODAY), ("seen", date(2026, 3, 3))):
            with self.assertRaises(UserError):
                change.action_observe(result, day)
        with self.assertRaises(ValidationError) as refused:
            self.support.with_user(self.worker_user).action_observe_seen()
        self.assertIn("no behaviour", str(refused.exception))

    def test_an_amendment_keeps_cue_and_dots(self):
        self.sign()
        self.change.with_user(self.manager_user).action_observe_seen()
        self.agreement.with_user(self.manager_user).action_amend()
        draft = self.first.agreement_id
        line = draft.commitment_ids.filtered(lambda each: each.kind == "change")
        self.assertEqual((line.cue, line.seen_as), (CUE, "A list in the mailbox"))
        self.assertEqual(line.with_user(self.manager_user).observation_strip, "●")

    def test_in_the_portal(self):
        self.env.flush_all()
        self.authenticate(self.worker_user.login, self.worker_user.login)
        page = self.url_open(f"/my/reviews/{self.first.id}").text
        self.assertIn("I have read them once more", page)
        self.assertIn(CUE, page)
        self.sign()
        self.env.flush_all()
        url = f"/my/reviews/{self.first.id}"
        form = {
            "csrf_token": http.Request.csrf_token(self),
            "commitment_id": self.change.id,
            "date": "2026-02-27",
            "result": "missed",
            "note": "Left early",
        }
        page = self.url_open(f"{url}/observe", data=form).text
        self.assertIn("Left early", page)
        self.assertIn("○", page)
        found = self.change.sudo().observation_ids
        self.assertEqual((found.date, found.author_id), (date(2026, 2, 27), self.worker_user))
        page = self.url_open(f"{url}/observe", data={**form, "date": "2026-03-03"})
        self.assertEqual(page.status_code, 422)
        self.assertIn("not seen yet", page.text)
        page = self.url_open(f"{url}/observe", data={**form, "commitment_id": self.support.id})
        self.assertIn("no behaviour", page.text)
        self.assertEqual(len(self.change.sudo().observation_ids), 1)
