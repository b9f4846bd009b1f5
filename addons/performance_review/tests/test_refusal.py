from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_portal import PortalCase

WORDS = ("Says the goals are too high.", "Pr Director", "Handed over on 4 May")
OVER = date(2026, 5, 1)  # the day after the deadline of the step


@tagged("post_install", "-at_install")
class TestRefusal(PortalCase):
    """A plan goes on though somebody does not sign it, and says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agreement = cls.to_proposed(cls.review)
        cls.sign_as(cls.agreement)

    def travel_to(self, day):
        freezer = freeze_time(day)
        freezer.start()
        self.addCleanup(freezer.stop)
        self.env.flush_all()
        self.env.invalidate_all()

    def refuse(self, user=None, words=WORDS, **kwargs):
        agreement = kwargs.pop("agreement", self.agreement)
        return agreement.with_user(user or self.manager_user).action_record_refusal(
            *words, **kwargs
        )

    def read_refused(self, words=WORDS, user=None, **kwargs):
        with self.assertRaises(UserError) as refused:
            self.refuse(user, words, **kwargs)
        return str(refused.exception)

    # ------------------------------------------------------------------
    # Recording it
    # ------------------------------------------------------------------

    def test_once_the_deadline_is_over_the_plan_goes_on(self):
        as_manager = self.agreement.with_user(self.manager_user)
        self.assertIn("04/30/2026", self.read_refused())
        self.assertFalse(as_manager.can_record_refusal)
        self.assertEqual(as_manager.waiting_text, "The employee's signature is missing.")
        self.travel_to(OVER)
        self.assertTrue(as_manager.can_record_refusal)
        action = self.review.with_user(self.manager_user)._get_next_action()
        self.assertEqual(action["code"], "refusal")
        self.refuse()
        self.assertFalse(as_manager.waiting_text)
        agreement = self.agreement.sudo()
        self.assertEqual((agreement.state, self.review.state), ("refused", "follow_up"))
        self.assertTrue(agreement.is_in_force)
        self.assertFalse(agreement.employee_signed_on, "nobody signs for anybody")
        self.assertEqual(agreement.objection_until, date(2026, 5, 15))
        self.assertTrue(self.review.checkpoint_ids)
        self.assertFalse(agreement.verify())
        domain = [("recipient_ids", "in", self.porter_user.partner_id.id)]
        mail = self.env["mail.mail"].search(domain, order="id desc", limit=1)
        self.assertIn("05/15/2026", mail.body_html)
        self.assertNotIn(WORDS[0], mail.body_html)

    def test_it_counts_apart(self):
        other = self.to_follow_up(self.review_of(self.cycle, self.worker))
        self.travel_to(OVER)
        self.refuse()
        cycle = self.cycle.with_user(self.officer_user)
        self.assertEqual(cycle.unsigned_count, 1)
        self.assertTrue(cycle.closure_text and cycle.unsigned_closure_text)
        other.commitment_ids.sudo()._mark_outcome({"outcome": "closed"})
        self.agreement.commitment_ids.sudo()._mark_outcome({"outcome": "untouched"})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertIn("100", cycle.closure_text)
        self.assertNotIn("100", cycle.unsigned_closure_text)
        report = self.env["performance.review.report"].with_user(self.officer_user)
        holds = {
            row.holds_by: row.days_to_sign
            for row in report.search([("cycle_id", "=", self.cycle.id), ("holds_by", "!=", False)])
        }
        self.assertEqual(set(holds), {"agree", "refused"})
        self.assertFalse(holds["refused"], "nobody has signed it")
        # By hand: two promises each; the worker has signed and kept all, the porter has not.
        signed, unsigned = "100% (2 of 2 kept)", "Without signature: 0% (0 of 2 kept)"
        self.assertEqual(cycle.closure_text, signed)
        self.assertEqual(cycle.unsigned_closure_text, "0% (0 of 2 kept)")
        as_manager = self.review.with_user(self.manager_user)
        self.assertEqual(as_manager.closure_text, unsigned)
        self.assertEqual(other.review_id.with_user(self.manager_user).closure_text, signed)
        self.assertEqual(
            self.env["performance.review"].with_user(self.manager_user)._get_closure_summary(),
            {"count": 4, "rate": "100%", "text": "2 of 2 kept", "unsigned": unsigned},
        )
        for person, expected in (
            (self.worker, (signed, False)),
            (self.porter, (False, unsigned)),
        ):
            person = self.env["hr.employee.public"].with_user(self.manager_user).browse(person.id)
            found = (person.performance_closure, person.performance_unsigned_closure)
            self.assertEqual(found, expected)
        own = self.env["performance.review"].with_user(self.porter_user)
        self.assertEqual(own._get_own_closure(), unsigned)
        rows = report.search([("cycle_id", "=", self.cycle.id), ("holds_by", "!=", False)])
        self.assertEqual(
            {
                row.holds_by: (
                    row.due_count,
                    row.settled_count,
                    row.closure_rate,
                    row.unsigned_due_count,
                    row.unsigned_settled_count,
                    row.unsigned_closure_rate,
                )
                for row in rows
            },
            {"agree": (2, 2, 100.0, 0, 0, 0.0), "refused": (0, 0, 0.0, 2, 0, 0.0)},
        )
        measures = ["closure_rate:avg", "unsigned_closure_rate:avg"]
        ((rate, unsigned_rate),) = report._read_group([("id", "in", rows.ids)], [], measures)
        self.assertEqual((rate, unsigned_rate), (100.0, 0.0), "neither pulls the other down")

    def test_what_was_recorded_is_sealed_and_printed(self):
        self.travel_to(OVER)
        self.refuse()
        said = self.agreement._read_snapshot()["refusal"]
        self.assertEqual((said["reason"], said["witness"], said["delivered"]), WORDS)
        self.assertEqual(said["by"], self.manager_user.name)
        for user in (self.manager_user, self.porter_user, self.officer_user):
            shown = str(self.agreement.with_user(user).shown_html)
            for words in WORDS:
                self.assertIn(words, shown)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_agreement SET refusal_witness = 'Nobody' WHERE id = %s",
            (self.agreement.id,),
        )
        self.env.invalidate_all()
        self.assertTrue(self.agreement.sudo().verify())

    def test_a_signed_version_has_the_form_it_had(self):
        agreement = self.to_follow_up(self.review_of(self.cycle, self.worker))
        self.assertNotIn("refusal", agreement._read_snapshot())

    def test_somebody_who_left_needs_no_deadline_and_no_witness(self):
        words = ("Left on 28 February", None, None)
        self.assertIn("still has an account", self.read_refused(words, kind="left"))
        self.porter.active = False
        self.refuse(self.officer_user, words, kind="left")
        self.assertEqual(self.agreement.sudo().state, "refused")

    def test_what_is_missing_is_named(self):
        self.travel_to(OVER)
        for words, missing in (
            (("", *WORDS[1:]), "What was said"),
            ((WORDS[0], " ", WORDS[2]), "Witness"),
            ((*WORDS[:2], None), "How it was delivered"),
        ):
            self.assertIn(missing, self.read_refused(words))
        self.read_refused(kind="perhaps")
        self.assertIn("05/15/2026", self.read_refused(objection_until="2026-05-14"))
        self.refuse(objection_until="2026-06-30")
        self.assertEqual(self.agreement.sudo().objection_until, date(2026, 6, 30))

    def test_the_settings_say_how_long(self):
        self.company.performance_objection_days = 30
        self.travel_to(OVER)
        self.refuse()
        self.assertEqual(self.agreement.sudo().objection_until, date(2026, 5, 31))

    def test_who_may(self):
        self.travel_to(OVER)
        for user in (self.porter_user, self.director_user, self.outsider_user):
            with self.assertRaises(AccessError):
                self.refuse(user)
        wizard = (
            self.env["performance.agreement.refusal"]
            .with_user(self.officer_user)
            .create(
                {
                    "agreement_id": self.agreement.id,
                    "reason": WORDS[0],
                    "witness": WORDS[1],
                    "delivered": WORDS[2],
                }
            )
        )
        self.assertEqual((wizard.kind, wizard.objection_until), ("refused", date(2026, 5, 15)))
        wizard.action_confirm()
        self.assertEqual(self.agreement.sudo().refusal_by, self.officer_user.name)
        # Nobody above learns of it.
        self.assertFalse(self.agreement.with_user(self.director_user).search([]))

    def test_the_reviewer_signs_first_and_late_proposals_get_a_week(self):
        agreement = self.to_agreement(self.review_of(self.cycle, self.worker))
        self.travel_to(OVER)
        self.fill_agreement(agreement).action_propose()
        self.assertIn("reviewer signs first", self.read_refused(agreement=agreement))
        self.sign_as(agreement, self.manager_user)
        self.assertIn("05/08/2026", self.read_refused(agreement=agreement))

    def test_what_both_have_signed_is_replaced_by_hr_alone(self):
        self.sign_as(self.agreement, self.porter_user)
        self.agreement.with_user(self.manager_user).action_amend()
        second = self.review.agreement_id.with_user(self.manager_user)
        second.action_propose()
        self.sign_as(second)
        self.travel_to(OVER)
        with self.assertRaises(AccessError):
            self.refuse(agreement=second)
        self.refuse(self.officer_user, agreement=second)
        self.assertEqual((self.agreement.state, second.state), ("superseded", "refused"))

    # ------------------------------------------------------------------
    # Objecting
    # ------------------------------------------------------------------

    def test_the_objection(self):
        self.travel_to(OVER)
        self.refuse()
        sealed = self.agreement.sudo().sha256
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertIn("What I object to", page)
        self.assertIn(WORDS[0], page)
        form = {"agreement_id": self.agreement.id}
        self.assertEqual(self.post("/object", **form, statement=" ").status_code, 422)
        page = self.post("/object", **form, statement="I was <b>ill</b> in April").text
        self.assertIn("I was &lt;b&gt;ill&lt;/b&gt; in April", page)
        self.assertNotIn("What I object to", page)
        self.assertNotIn("You may object until", page, "once is all there is")
        self.assertIn("HR answers your objection", page)
        agreement = self.agreement.sudo()
        self.assertEqual((agreement.state, agreement.sha256), ("refused", sealed))
        officer = self.review.with_user(self.officer_user)
        self.assertEqual(officer._get_next_action()["code"], "mediate")
        mediation = self.env["performance.mediation"].search(
            [("agreement_id", "=", agreement.id), ("state", "=", "open")]
        )
        self.assertEqual(mediation.objection, "I was <b>ill</b> in April")
        self.assertIn("objection to version 1", mediation.display_name)
        mediation.with_user(self.officer_user).answer = "We look at it in June."
        with self.assertRaises(AccessError):
            self.agreement.with_user(self.manager_user).action_answer_objection("No")
        mediation.with_user(self.officer_user).action_answer()
        self.assertEqual((mediation.state, agreement.state), ("closed", "refused"))
        self.assertNotEqual(officer._get_next_action()["code"], "mediate")
        self.review.dialogue_ids.with_user(self.porter_user).action_confirm()
        for user in (self.porter_user, self.manager_user):
            self.assertEqual(self.review.with_user(user)._get_next_action()["code"], "answer")
            waits = self.env["performance.reminder.line"].search_count(
                [("user_id", "=", user.id), ("code", "=", "answered"), ("reminder_id", "=", False)]
            )
            self.assertEqual(waits, 1)
        self.assertIn("We look at it in June.", self.get().text)
        self.post("/read_answer", agreement_id=agreement.id)
        self.assertNotEqual(
            self.review.with_user(self.porter_user)._get_next_action()["code"], "answer"
        )
        again = self.post("/object", **form, statement="Once more")
        self.assertEqual(again.status_code, 422)
        self.assertIn("Once more", again.text, "nothing typed is lost")

    def test_no_objection_after_its_day_and_by_nobody_else(self):
        self.travel_to(OVER)
        self.refuse()
        for user in (self.manager_user, self.officer_user):
            with self.assertRaises(AccessError):
                self.agreement.with_user(user).action_object("Not mine")
        self.travel_to(date(2026, 5, 16))
        self.assertFalse(self.agreement.with_user(self.porter_user).can_object)
        with self.assertRaises(UserError):
            self.agreement.with_user(self.porter_user).action_object("Too late")
