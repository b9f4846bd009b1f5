import base64
import hashlib
import io
import json
from unittest.mock import patch

import rfc8785
from PIL import Image

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from .common import PerformanceCommon


def drawn(kind="PNG", size=(40, 20)):
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, kind)
    return base64.b64encode(stream.getvalue()).decode()


@tagged("post_install", "-at_install")
class TestSignatures(PerformanceCommon):
    """Who signs how, and whether what was signed can be checked years later."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.porter)
        cls.proposed = cls.to_proposed(cls.review).with_user(cls.manager_user)
        cls.as_porter = cls.proposed.with_user(cls.porter_user)

    def test_both_orders_lead_to_follow_up(self):
        worker_review = self.review_of(self.cycle, self.worker)
        other = self.to_proposed(worker_review)
        orders = {
            self.proposed: (self.manager_user, self.porter_user),
            other: (self.worker_user, self.manager_user),
        }
        for agreement, (first, second) in orders.items():
            review = agreement.sudo().review_id
            self.sign_as(agreement, first)
            self.assertEqual(agreement.state, "proposed")
            self.assertEqual(review.state, "agreement")
            self.assertFalse(agreement.sha256)
            self.sign_as(agreement, second)
            self.assertEqual(agreement.state, "signed")
            self.assertEqual(review.state, "follow_up")
            self.assertTrue(review.checkpoint_ids)
            self.assertEqual(str(agreement.date_start), "2026-03-02")

    def test_drawn_and_typed(self):
        image = drawn()
        self.sign_as(self.as_porter, signature=image, name="  P. Porter ", stance="agree")
        self.sign_as(self.proposed)
        agreement = self.proposed.sudo()
        self.assertEqual(agreement.employee_signature.decode(), image)
        self.assertEqual(agreement.employee_signed_name, "P. Porter")
        self.assertEqual(agreement.employee_stance, "agree")
        self.assertEqual(str(agreement.employee_signed_on), "2026-03-02 00:00:00")
        self.assertFalse(agreement.reviewer_signature)
        self.assertEqual(agreement.reviewer_signed_name, self.manager_user.name)

    def test_a_drawing_is_a_picture(self):
        bad = {
            base64.b64encode(b"not a picture").decode(): "draw it again",
            "<svg onload=alert(1)>": "takes a file",
            base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>"): "draw it again",
            drawn("GIF"): "draw it again",
            drawn()[:60]: "draw it again",
            "A" * 2_000_004: "up to 1.5 MB",
        }
        for signature, words in bad.items():
            with self.subTest(signature[:20]), self.assertRaises(UserError) as refused:
                self.sign_as(self.as_porter, signature=signature)
            self.assertIn(words, str(refused.exception))
        self.assertFalse(self.proposed.employee_signed_on)
        self.sign_as(self.as_porter, signature=drawn("JPEG"))
        self.assertTrue(self.proposed.employee_signed_on)

    def test_the_employee_says_which_stance(self):
        for stance in (None, False, "", [], 5, {"a": 1}, "agree "):
            with self.subTest(stance=stance), self.assertRaises(UserError) as refused:
                self.sign_as(self.as_porter, stance=stance)
            self.assertIn("acknowledge", str(refused.exception))
        self.assertFalse(self.proposed.employee_signed_on)

    # ------------------------------------------------------------------
    # What is signed is what was shown
    # ------------------------------------------------------------------

    def assert_not_read(self, call):
        with self.assertRaises(UserError) as refused:
            call()
        self.assertIn("has changed since you opened this page", str(refused.exception))
        self.env.invalidate_all()

    def test_nobody_signs_or_disputes_what_was_not_read(self):
        other = self.to_proposed(self.review_of(self.cycle, self.worker))
        for fingerprint in (None, False, "", "0" * 64, 5, [], {"a": 1}, other.fingerprint):
            with self.subTest(fingerprint=fingerprint):
                for agreement in (self.as_porter, self.proposed):
                    self.assert_not_read(
                        lambda agreement=agreement, fingerprint=fingerprint: agreement.action_sign(
                            stance="agree", fingerprint=fingerprint
                        )
                    )
                self.assert_not_read(
                    lambda fingerprint=fingerprint: self.as_porter.action_dispute("No", fingerprint)
                )
        self.assertEqual(self.proposed.state, "proposed")
        self.assertFalse(self.proposed.employee_signed_on or self.proposed.reviewer_signed_on)

    def test_each_word_of_the_content_makes_another_fingerprint(self):
        seen = {self.proposed.fingerprint}
        goal, support = self.proposed.goal_ids, self.proposed.support_ids
        changes = (
            (self.proposed, {"summary": "Other"}),
            *(
                (goal, vals)
                for vals in (
                    {"name": "Other"}, {"metric": "Other"}, {"unit": "Other"},
                    {"baseline": 9.0}, {"target": 3.0}, {"weight": 2.0}, {"means": "Other"},
                    {"date_deadline": "2026-10-01"},
                )
            ),
            *(
                (support, vals)
                for vals in ({"name": "Other"}, {"owner": "hr"}, {"date_deadline": "2026-06-01"})
            ),
        )  # fmt: skip
        for record, vals in changes:
            with self.subTest(vals=vals):
                self.proposed.action_withdraw()
                self.assertFalse(self.proposed.fingerprint, "nothing is up for signing")
                record.write(vals)
                self.proposed.action_propose()
                stale = max(seen)
                self.assertNotIn(self.proposed.fingerprint, seen)
                seen.add(self.proposed.fingerprint)
                self.assert_not_read(
                    lambda stale=stale: self.sign_as(self.as_porter, fingerprint=stale)
                )
        self.sign_as(self.as_porter)
        self.sign_as(self.proposed)
        self.assertEqual(self.proposed.state, "signed")

    def test_a_signature_does_not_change_what_was_read(self):
        seen = self.as_porter.fingerprint
        self.sign_as(self.proposed)
        self.as_porter.action_sign(stance="agree", fingerprint=seen)
        self.assertEqual(self.proposed.state, "signed")

    def test_the_wizard_signs_what_stood_there_when_it_opened(self):
        agreement = self.to_proposed(self.review_of(self.cycle, self.worker))
        for model, user, vals in (
            ("sign", self.manager_user, {}),
            ("sign", self.worker_user, {"stance": "agree"}),
            ("dispute", self.worker_user, {"statement": "No"}),
        ):
            with self.subTest(model=model, user=user.login):
                wizard = (
                    self.env[f"performance.agreement.{model}"]
                    .with_user(user)
                    .create({"agreement_id": agreement.id, **vals})
                )
                agreement.action_withdraw()
                agreement.goal_ids.target -= 0.5
                agreement.action_propose()
                self.assert_not_read(wizard.action_confirm)
        shown = {"default_fingerprint": "what the form showed before"}
        wizard = (
            self.env["performance.agreement.sign"]
            .with_user(self.manager_user)
            .with_context(**shown)
            .create({"agreement_id": agreement.id})
        )
        self.assert_not_read(wizard.action_confirm)

    def test_wrong_types_get_a_sentence(self):
        for kwargs, words in (
            ({"name": 5}, "Your name takes a text"),
            ({"name": "  "}, "Your name is missing"),
            ({"name": ["x"]}, "Your name takes a text"),
            ({"name": "x\0"}, "cannot be stored"),
            ({"name": "x" * 201}, "up to 200 characters; this text has 201"),
            ({"stance": []}, "takes one of: I agree, I acknowledge it"),
            ({"stance": "maybe"}, "takes one of: I agree, I acknowledge it"),
            ({"stance": None}, "agree or acknowledge"),
            ({"signature": 5}, "takes a file"),
            ({"signature": {"a": 1}}, "takes a file"),
            ({"signature": "x" * 2_000_001}, "up to 1.5 MB"),
            ({"signature": "bm8gaW1hZ2U="}, "no picture"),
            ({"signature": drawn(size=(4001, 1))}, "no picture"),
        ):
            with self.subTest(kwargs=str(kwargs)[:60]), self.assertRaises(UserError) as refused:
                self.sign_as(self.as_porter, **kwargs)
            self.assertIn(words, str(refused.exception))
        for reason, words in (
            (5, "takes a text"),
            (["No"], "takes a text"),
            ({"a": 1}, "takes a text"),
            (True, "takes a text"),
            ("\ud800", "cannot be stored"),
            ("x" * 20_001, "up to 20000 characters; this text has 20001"),
            (" ", "Say what you disagree with"),
        ):
            with self.subTest(reason=repr(reason)[:30]), self.assertRaises(UserError) as refused:
                self.dispute_as(self.as_porter, self.porter_user, reason)
            self.assertIn(words, str(refused.exception))
        self.assertFalse(self.proposed.employee_signed_on)
        self.sign_as(self.as_porter, name="x" * 200)
        self.assertEqual(self.proposed.employee_signed_name, "x" * 200)

    def test_two_browsers_are_decided_by_the_database(self):
        """Another transaction holds the row: each verb says so and changes nothing."""
        signed = self.to_follow_up(self.review_of(self.cycle, self.worker))
        disputed = self.to_proposed(self.review_of(self.cycle, self.rival))
        self.dispute_as(disputed, self.rival_user)
        draft = self.to_agreement(self.review_of(self.cycle, self.officer_employee))
        draft = self.fill_agreement(draft)
        locked = []

        def lock(records, **kwargs):
            locked.append(records.id)
            raise LockError("taken")

        verbs = {
            "propose": draft.action_propose,
            "withdraw": self.proposed.action_withdraw,
            "sign": lambda: self.sign_as(self.as_porter),
            "dispute": lambda: self.dispute_as(self.as_porter, self.porter_user),
            "amend": signed.action_amend,
            "close": lambda: disputed.with_user(self.officer_user).action_close_by_hr("It stands"),
        }
        for verb, call in verbs.items():
            with (
                self.subTest(verb),
                patch.object(type(draft), "lock_for_update", lock),
                self.assertRaises(UserError) as refused,
            ):
                call()
            self.assertIn("Somebody else is changing this agreement", str(refused.exception))
        self.assertEqual(len(locked), len(verbs))
        self.assertEqual(draft.state, "draft")
        self.assertEqual(self.proposed.state, "proposed")
        self.assertEqual(disputed.state, "disputed")

    def test_only_the_employee_has_a_stance(self):
        self.sign_as(self.proposed, stance="agree")
        self.assertFalse(self.proposed.employee_stance)
        with self.assertRaises(UserError):
            self.sign_as(self.as_porter, stance="whatever")

    def test_nobody_signs_twice(self):
        self.sign_as(self.as_porter, stance="acknowledge")
        with self.assertRaises(UserError) as refused:
            self.sign_as(self.as_porter, stance="agree")
        self.assertIn("already", str(refused.exception))
        self.assertEqual(self.proposed.employee_stance, "acknowledge")
        self.sign_as(self.proposed)
        with self.assertRaises(UserError):
            self.sign_as(self.proposed)

    def test_the_new_reviewer_does_not_sign_over_the_old_one(self):
        self.sign_as(self.proposed)
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Left")
        own = self.proposed.with_user(self.peer_manager_user)
        self.env.invalidate_all()
        self.assertFalse(own.can_sign)
        with self.assertRaises(UserError):
            self.sign_as(own)
        with self.assertRaises(AccessError):
            self.sign_as(self.proposed)
        self.sign_as(self.as_porter)
        self.assertEqual(own.reviewer_signed_name, self.manager_user.name)

    def test_strangers_do_not_sign(self):
        for user in (
            self.worker_user | self.rival_user | self.officer_user | self.administrator_user
            | self.director_user | self.outsider_user | self.foreign_officer_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.sign_as(self.proposed, user)
        with self.assertRaises(AccessError):
            self.sign_as(self.proposed.sudo(), self.env.user)
        self.assertFalse(self.proposed.employee_signed_on or self.proposed.reviewer_signed_on)

    def test_nothing_is_signed_before_the_proposal(self):
        self.proposed.action_withdraw()
        with self.assertRaises(UserError):
            self.sign_as(self.proposed)
        with self.assertRaises(AccessError):
            self.sign_as(self.as_porter)

    def test_can_sign_says_who_is_next(self):
        self.assertTrue(self.proposed.can_sign and self.as_porter.can_sign)
        self.assertFalse(self.proposed.with_user(self.officer_user).can_sign)
        self.sign_as(self.as_porter)
        self.env.invalidate_all()
        self.assertFalse(self.as_porter.can_sign)
        self.assertTrue(self.proposed.can_sign)

    def test_the_wizard_asks_the_employee_for_a_stance(self):
        agreement = self.to_proposed(self.review_of(self.cycle, self.worker))
        Wizard = self.env["performance.agreement.sign"]
        own = Wizard.with_user(self.worker_user).create({"agreement_id": agreement.id})
        self.assertTrue(own.is_employee)
        self.assertEqual(own.name, self.worker_user.name)
        with self.assertRaises(UserError):
            own.action_confirm()
        own.stance = "acknowledge"
        own.action_confirm()
        reviewer = Wizard.with_user(self.manager_user).create({"agreement_id": agreement.id})
        self.assertFalse(reviewer.is_employee)
        reviewer.action_confirm()
        self.assertEqual(agreement.state, "signed")
        with self.assertRaises(UserError):
            agreement.with_user(self.manager_user).action_open_sign()

    # ------------------------------------------------------------------
    # Snapshot and fingerprint
    # ------------------------------------------------------------------

    def sign(self):
        self.sign_as(self.as_porter, signature=drawn(), stance="agree")
        self.sign_as(self.proposed, name="The manager")
        self.env.flush_all()
        self.env.invalidate_all()
        return self.proposed.sudo()

    def test_the_fingerprint_can_be_recomputed(self):
        agreement = self.sign()
        self.assertEqual(hashlib.sha256(agreement.snapshot.encode()).hexdigest(), agreement.sha256)
        content = json.loads(agreement.snapshot)
        self.assertEqual(rfc8785.dumps(content).decode(), agreement.snapshot)

    def test_the_snapshot_holds_all_that_was_signed(self):
        agreement = self.sign()
        content = json.loads(agreement.snapshot)
        self.assertEqual(content["version"], 1)
        self.assertEqual(content["format"], "performance.agreement/1")
        self.assertEqual(
            content["database"],
            self.env["ir.config_parameter"].sudo().get_param("database.uuid"),
        )
        self.assertEqual(
            content["record"],
            {"model": "performance.agreement", "id": agreement.id, "review_id": self.review.id},
        )
        self.assertIsNone(content["previous"])
        self.assertEqual(
            content["employee"],
            {
                "id": self.porter.id,
                "name": self.porter.name,
                "user_id": self.porter_user.id,
                "login": "pr_porter",
            },
        )
        self.assertEqual(content["reviewer"]["name"], self.manager.name)
        self.assertEqual(content["reviewer"]["login"], "pr_manager")
        self.assertEqual(content["cycle"], {"id": self.cycle.id, "name": "Year 2026"})
        self.assertEqual(content["company"]["id"], self.company.id)
        self.assertEqual(content["company"]["name"], "Review Works")
        self.assertEqual(content["summary"], "We look at handovers every month.")
        self.assertEqual(content["employee_stance"], "agree")
        (goal,) = content["goals"]
        self.assertEqual(
            goal,
            {
                "id": agreement.goal_ids.id,
                "name": "Halve the complaints about handovers",
                "parent": "Fewer complaints",
                "parent_id": self.company_goal.id,
                "metric": "Complaints",
                "unit": "per month",
                "baseline": 8.0,
                "target": 4.0,
                "direction": "down",
                "weight": 1.0,
                "means": "A checklist and a second reading",
                "deadline": "2026-09-30",
            },
        )
        self.assertEqual(
            [(line["kind"], line["owner"], line["deadline"]) for line in content["commitments"]],
            [("change", "employee", "2026-06-30"), ("support", "reviewer", "2026-05-15")],
        )
        employee, reviewer = content["signatures"]
        self.assertEqual((employee["by"], employee["name"]), ("employee", "Pr Porter"))
        self.assertEqual(employee["on"], "2026-03-02T00:00:00")
        self.assertEqual(
            employee["image"], hashlib.sha256(agreement.employee_signature).hexdigest()
        )
        self.assertEqual((reviewer["name"], reviewer["image"]), ("The manager", ""))

    def test_the_way_of_reading_does_not_change_the_fingerprint(self):
        self.sign_as(self.as_porter.with_context(bin_size=True), signature=drawn())
        self.sign_as(self.proposed.with_context(bin_size=True, lang="en_US"))
        agreement = self.proposed.sudo().with_context(bin_size=False)
        self.assertEqual(
            json.loads(agreement.snapshot)["signatures"][0]["image"],
            hashlib.sha256(agreement.employee_signature).hexdigest(),
        )

    def test_later_changes_do_not_reach_the_snapshot(self):
        agreement = self.sign()
        before = agreement.snapshot, agreement.sha256
        self.cycle.name = "Renamed"
        self.porter.name = "Renamed too"
        self.company_goal.name = "Renamed three"
        agreement.commitment_ids.with_user(self.manager_user).action_outcome_closed()
        self.review.checkpoint_ids[0].with_user(self.porter_user).progress_ids.create(
            {
                "checkpoint_id": self.review.checkpoint_ids[0].id,
                "goal_id": agreement.goal_ids.id,
                "value": 5.0,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((agreement.snapshot, agreement.sha256), before)
        with self.assertRaises(UserError):
            agreement.summary = "Other"
        with self.assertRaises(UserError):
            agreement.goal_ids.target = 7.0

    def test_both_statements_are_part_of_what_hr_closes(self):
        self.dispute_as(self.as_porter, self.porter_user, "Not with this staff")
        self.proposed.with_user(self.officer_user).action_close_by_hr("It stands")
        agreement = self.proposed.sudo()
        content = json.loads(agreement.snapshot)
        self.assertEqual(content["dispute"], "Not with this staff")
        self.assertEqual(content["hr_statement"], "It stands")
        self.assertEqual(content["signatures"][0]["name"], "")
        self.assertEqual(hashlib.sha256(agreement.snapshot.encode()).hexdigest(), agreement.sha256)
