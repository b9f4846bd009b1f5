from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestMediation(PerformanceCommon):
    """What HR does about a dispute: a record that neither side nor the line above reads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.agreement = cls.to_proposed(cls.review)
        cls.dispute_as(cls.agreement, cls.worker_user, "The target leaves out the sick leave.")
        cls.mediation = cls.env["performance.mediation"].search([])
        cls.as_officer = cls.mediation.with_user(cls.officer_user)
        cls.as_officer.note = "The manager forgot it."
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.kept_out = (
            cls.worker_user | cls.manager_user | cls.director_user | cls.peer_manager_user
            | cls.outsider_user | cls.porter_user | cls.stranger_user | cls.foreign_officer_user
        )  # fmt: skip

    def test_a_dispute_gives_hr_a_dated_task(self):
        self.assertEqual(len(self.mediation), 1)
        self.assertEqual(self.mediation.user_id, self.officer_user)
        self.assertEqual(self.mediation.date_deadline, date(2026, 3, 9))
        self.assertEqual(self.as_officer.dispute_reason, "The target leaves out the sick leave.")
        (task,) = self.as_officer.activity_ids
        self.assertEqual(task.user_id, self.officer_user)
        self.assertEqual(task.date_deadline, date(2026, 3, 9))
        self.assertEqual(
            task.activity_type_id, self.env.ref("performance_review.mail_activity_type_dispute")
        )

    def test_nothing_of_it_stands_on_the_card(self):
        dispute = self.env.ref("performance_review.mail_activity_type_dispute")
        self.assertNotIn(dispute, self.review.activity_ids.activity_type_id)
        for user in (self.worker_user, self.manager_user, self.director_user):
            card = self.review.with_user(user)
            with self.subTest(user.login):
                self.assertFalse(card.search([("activity_ids.activity_type_id", "=", dispute.id)]))

    def test_whom_it_is_not_for_neither_reads_nor_finds_it(self):
        task = self.mediation.activity_ids
        for user in self.kept_out:
            own = self.mediation.with_user(user).with_context(
                allowed_company_ids=user.company_ids.ids
            )
            with self.subTest(user.login):
                for name in ("note", "answer", "dispute_reason", "user_id", "display_name"):
                    with self.assertRaises(AccessError):
                        own.read([name])
                with self.assertRaises(AccessError):
                    own.write({"note": "Changed"})
                with self.assertRaises(AccessError):
                    own.action_answer()
                if not user.share:
                    self.assertFalse(own.search([]))
                    self.assertFalse(own.search([("note", "ilike", "manager")]))
                    self.assertFalse(own.name_search("Worker"))
                    self.assertEqual(own._read_group([], [], ["__count"]), [(0,)])
                    activities = own.env["mail.activity"]
                    self.assertFalse(activities.search([("id", "in", task.ids)]))
                    self.assertFalse(
                        activities.search([("res_model", "=", "performance.mediation")])
                    )
                    self.assertFalse(own.search([("activity_ids", "!=", False)]))
                with self.assertRaises(AccessError):
                    task.with_user(user).read(["summary", "note"])

    def test_hr_that_is_a_side_of_it_is_kept_out_too(self):
        own = self.to_proposed(self.review_of(self.cycle, self.officer_employee))
        self.dispute_as(own, self.officer_user)
        mediation = self.env["performance.mediation"].search([("agreement_id", "=", own.id)])
        self.assertTrue(mediation)
        self.assertNotEqual(mediation.user_id, self.officer_user)
        self.assertNotIn(mediation, self.as_officer.search([]))
        with self.assertRaises(AccessError):
            mediation.with_user(self.officer_user).read(["note"])
        self.assertIn(mediation, mediation.with_user(self.administrator_user).search([]))

    def test_the_mediator_works_on_it_without_a_group(self):
        self.as_officer.user_id = self.peer_manager_user
        mediator = self.mediation.with_user(self.peer_manager_user)
        self.assertEqual(mediator.search([]), mediator)
        mediator.note = "We talked on Monday."
        (task,) = mediator.activity_ids
        self.assertEqual(task.user_id, self.peer_manager_user)
        with self.assertRaises(AccessError):
            mediator.user_id = self.outsider_user
        with self.assertRaises(AccessError):
            mediator.action_answer()

    def test_who_can_mediate(self):
        for user in (
            self.worker_user, self.manager_user, self.porter_user, self.stranger_user,
        ):  # fmt: skip
            with self.subTest(user.login), self.assertRaises(ValidationError):
                self.as_officer.user_id = user
        self.outsider_user.active = False
        with self.assertRaises(ValidationError):
            self.as_officer.user_id = self.outsider_user
        self.as_officer.user_id = False
        self.assertFalse(self.mediation.activity_ids)

    def test_nobody_fit_for_it_stops_no_dispute(self):
        self.cycle.user_id = self.stranger_user
        other = self.to_proposed(self.review_of(self.cycle, self.porter))
        self.dispute_as(other, self.porter_user)
        mediation = self.as_officer.search([("agreement_id", "=", other.id)])
        self.assertFalse(mediation.user_id)

    def test_what_only_the_server_does(self):
        with self.assertRaises(AccessError):
            self.as_officer.state = "closed"
        with self.assertRaises(AccessError):
            self.as_officer.unlink()
        with self.assertRaises(AccessError):
            self.as_officer.create(
                {"agreement_id": self.agreement.id, "date_deadline": "2026-03-09"}
            )
        with self.assertRaises(AccessError):
            self.as_officer.agreement_id = self.to_proposed(self.review_of(self.cycle, self.porter))

    def test_the_answer_is_read_by_both_once_it_is_given(self):
        with self.assertRaises(UserError):
            self.as_officer.action_answer()
        self.as_officer.answer = "The target stands for now."
        for user in (self.worker_user, self.manager_user):
            self.assertFalse(self.agreement.with_user(user).hr_statement)
        self.as_officer.action_answer()
        self.assertEqual(self.mediation.state, "closed")
        self.assertFalse(self.mediation.activity_ids)
        for user in (self.worker_user, self.manager_user):
            agreement = self.agreement.with_user(user)
            self.assertEqual(agreement.state, "closed_by_hr")
            self.assertEqual(agreement.hr_statement, "The target stands for now.")
            with self.assertRaises(AccessError):
                self.mediation.with_user(user).read(["answer"])
        with self.assertRaises(UserError):
            self.as_officer.note = "Afterthought"

    def test_the_dialog_of_the_agreement_closes_it_as_well(self):
        self.agreement.with_user(self.officer_user).action_close_by_hr("It stands")
        self.assertEqual((self.mediation.state, self.mediation.answer), ("closed", "It stands"))

    def amend(self):
        own = self.agreement.with_user(self.manager_user)
        second = own.browse(own.action_amend()["res_id"])
        second.goal_ids.target = 5.0
        second.action_propose()
        return second

    def test_a_new_version_settles_it(self):
        second = self.amend()
        self.assertEqual(self.mediation.state, "open")
        self.sign_as(second)
        self.sign_as(second, self.worker_user)
        self.assertEqual(self.mediation.state, "settled")
        self.assertFalse(self.mediation.activity_ids)

    def test_disputed_again_hr_goes_on_where_it_was(self):
        second = self.amend()
        self.dispute_as(second, self.worker_user, "Still too much")
        self.assertEqual(self.mediation.state, "settled")
        following = self.as_officer.search([("state", "=", "open")])
        self.assertEqual(following.agreement_id.sudo(), second.sudo())
        self.assertEqual(following.note, "The manager forgot it.")
        self.assertEqual(len(following.activity_ids), 1)

    def test_screens(self):
        with Form(self.as_officer) as form:
            form.date_deadline = date(2026, 3, 20)
        self.assertEqual(self.mediation.activity_ids.date_deadline, date(2026, 3, 20))
        action = self.agreement.with_user(self.officer_user).action_open_mediation()
        self.assertEqual(action["res_id"], self.mediation.id)
        self.assertEqual(self.as_officer.action_open_agreement()["res_id"], self.agreement.id)
        for user in (self.worker_user, self.manager_user):
            with self.assertRaises(UserError):
                self.agreement.with_user(user).action_open_mediation()
        menu = self.env.ref("performance_review.menu_mediations")
        visible = self.env["ir.ui.menu"].with_user(self.officer_user)._visible_menu_ids()
        self.assertIn(menu.id, visible)
        hidden = self.env["ir.ui.menu"].with_user(self.manager_user)._visible_menu_ids()
        self.assertNotIn(menu.id, hidden)
