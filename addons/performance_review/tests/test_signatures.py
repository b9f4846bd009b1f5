import base64
import hashlib
import io
import json

from PIL import Image

from odoo.exceptions import AccessError, UserError
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
            agreement.with_user(first).action_sign()
            self.assertEqual(agreement.state, "proposed")
            self.assertEqual(review.state, "agreement")
            self.assertFalse(agreement.sha256)
            agreement.with_user(second).action_sign()
            self.assertEqual(agreement.state, "signed")
            self.assertEqual(review.state, "follow_up")
            self.assertTrue(review.checkpoint_ids)
            self.assertEqual(str(agreement.date_start), "2026-03-02")

    def test_drawn_and_typed(self):
        image = drawn()
        self.as_porter.action_sign(signature=image, name="  P. Porter ", stance="agree")
        self.proposed.action_sign()
        agreement = self.proposed.sudo()
        self.assertEqual(agreement.employee_signature.decode(), image)
        self.assertEqual(agreement.employee_signed_name, "P. Porter")
        self.assertEqual(agreement.employee_stance, "agree")
        self.assertEqual(str(agreement.employee_signed_on), "2026-03-02 00:00:00")
        self.assertFalse(agreement.reviewer_signature)
        self.assertEqual(agreement.reviewer_signed_name, self.manager_user.name)

    def test_a_drawing_is_a_picture(self):
        bad = {
            "text": base64.b64encode(b"not a picture").decode(),
            "no base64": "<svg onload=alert(1)>",
            "svg": base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(),
            "gif": drawn("GIF"),
            "cut off": drawn()[:60],
            "huge": "A" * 2_000_004,
        }
        for case, signature in bad.items():
            with self.subTest(case), self.assertRaises(UserError) as refused:
                self.as_porter.action_sign(signature=signature)
            self.assertIn("draw it again", str(refused.exception))
        self.assertFalse(self.proposed.employee_signed_on)
        self.as_porter.action_sign(signature=drawn("JPEG"))
        self.assertTrue(self.proposed.employee_signed_on)

    def test_the_weaker_stance_is_the_default(self):
        self.as_porter.action_sign()
        self.assertEqual(self.proposed.employee_stance, "acknowledge")

    def test_only_the_employee_has_a_stance(self):
        self.proposed.action_sign(stance="agree")
        self.assertFalse(self.proposed.employee_stance)
        with self.assertRaises(UserError):
            self.as_porter.action_sign(stance="whatever")

    def test_nobody_signs_twice(self):
        self.as_porter.action_sign()
        with self.assertRaises(UserError) as refused:
            self.as_porter.action_sign(stance="agree")
        self.assertIn("already", str(refused.exception))
        self.assertEqual(self.proposed.employee_stance, "acknowledge")
        self.proposed.action_sign()
        with self.assertRaises(UserError):
            self.proposed.action_sign()

    def test_the_new_reviewer_does_not_sign_over_the_old_one(self):
        self.proposed.action_sign()
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Left")
        own = self.proposed.with_user(self.peer_manager_user)
        self.env.invalidate_all()
        self.assertFalse(own.can_sign)
        with self.assertRaises(UserError):
            own.action_sign()
        with self.assertRaises(AccessError):
            self.proposed.action_sign()
        self.as_porter.action_sign()
        self.assertEqual(own.reviewer_signed_name, self.manager_user.name)

    def test_strangers_do_not_sign(self):
        for user in (
            self.worker_user | self.rival_user | self.officer_user | self.administrator_user
            | self.director_user | self.outsider_user | self.foreign_officer_user
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.proposed.with_user(user).action_sign()
        with self.assertRaises(AccessError):
            self.proposed.sudo().with_user(self.env.user).action_sign()
        self.assertFalse(self.proposed.employee_signed_on or self.proposed.reviewer_signed_on)

    def test_nothing_is_signed_before_the_proposal(self):
        self.proposed.action_withdraw()
        with self.assertRaises(UserError):
            self.proposed.action_sign()
        with self.assertRaises(AccessError):
            self.as_porter.action_sign()

    def test_can_sign_says_who_is_next(self):
        self.assertTrue(self.proposed.can_sign and self.as_porter.can_sign)
        self.assertFalse(self.proposed.with_user(self.officer_user).can_sign)
        self.as_porter.action_sign()
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
        self.as_porter.action_sign(signature=drawn(), stance="agree")
        self.proposed.action_sign(name="The manager")
        self.env.flush_all()
        self.env.invalidate_all()
        return self.proposed.sudo()

    def test_the_fingerprint_can_be_recomputed(self):
        agreement = self.sign()
        self.assertEqual(hashlib.sha256(agreement.snapshot.encode()).hexdigest(), agreement.sha256)
        content = json.loads(agreement.snapshot)
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self.assertEqual(canonical, agreement.snapshot)

    def test_the_snapshot_holds_all_that_was_signed(self):
        agreement = self.sign()
        content = json.loads(agreement.snapshot)
        self.assertEqual(content["version"], 1)
        self.assertEqual(content["employee"], self.porter.name)
        self.assertEqual(content["reviewer"], self.manager.name)
        self.assertEqual(content["cycle"], "Year 2026")
        self.assertEqual(content["summary"], "We look at handovers every month.")
        self.assertEqual(content["employee_stance"], "agree")
        (goal,) = content["goals"]
        self.assertEqual(
            goal,
            {
                "name": "Halve the complaints about handovers",
                "parent": "Fewer complaints",
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
        self.as_porter.with_context(bin_size=True).action_sign(signature=drawn())
        self.proposed.with_context(bin_size=True, lang="en_US").action_sign()
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
        self.as_porter.action_dispute("Not with this staff")
        self.proposed.with_user(self.officer_user).action_close_by_hr("It stands")
        agreement = self.proposed.sudo()
        content = json.loads(agreement.snapshot)
        self.assertEqual(content["dispute"], "Not with this staff")
        self.assertEqual(content["hr_statement"], "It stands")
        self.assertEqual(content["signatures"][0]["name"], "")
        self.assertEqual(hashlib.sha256(agreement.snapshot.encode()).hexdigest(), agreement.sha256)
