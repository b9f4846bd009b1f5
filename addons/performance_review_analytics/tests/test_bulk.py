from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon

from ..models import performance_bulk_act
from ..wizards import performance_review_move


@tagged("post_install", "-at_install")
class TestBulkActs(PerformanceCommon):
    """HR acts on many reviews: named beforehand, with a reason, in the background when many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.as_officer = cls.cycle.with_user(cls.officer_user)
        cls.others = cls.cycle.review_ids.filtered(
            lambda review: review.employee_id not in cls.officer_employee | cls.peer_manager
        )

    def open_wizard(self, action, **vals):
        return (
            self.env["performance.review.move"]
            .with_user(self.officer_user)
            .with_context(**action["context"])
            .create({"reason": "New layout", **vals})
        )

    def join(self, name):
        """Return a new employee of the manager."""
        user = new_test_user(
            self.env,
            name,
            groups="base.group_portal",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        return self.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user.id,
                "company_id": self.company.id,
                "parent_id": self.manager.id,
            }
        )

    def run_job(self):
        job = self.env.ref("performance_review_analytics.ir_cron_bulk")
        with self.enter_registry_test_mode():
            job.method_direct_trigger()
        self.env.invalidate_all()

    def few(self, inline=1, batch=2):
        """Let a handful of reviews be many."""
        for module, name, value in (
            (performance_review_move, "INLINE_LIMIT", inline),
            (performance_bulk_act, "BATCH", batch),
        ):
            patcher = patch.object(module, name, value)
            patcher.start()
            self.addCleanup(patcher.stop)

    # ------------------------------------------------------------------
    # A department
    # ------------------------------------------------------------------

    def test_a_department_gets_another_reviewer(self):
        action = self.as_officer.action_open_department_reassign(self.department.id)
        self.assertFalse(self.open_wizard(action).kept_text)
        wizard = self.open_wizard(action, reviewer_id=self.peer_manager.id)
        own = self.review_of(self.cycle, self.officer_employee)
        self.assertNotIn(own, wizard.review_ids)
        self.assertIn("Pr Peer Manager", wizard.gain_text)
        self.assertIn("Pr Manager", wizard.loss_text)
        # Nobody reviews himself or herself: that one stays, and the dialog says so.
        of_peer = self.review_of(self.cycle, self.peer_manager)
        before = of_peer.reviewer_id
        self.assertIn(of_peer.name, wizard.kept_text)
        told = wizard.action_confirm()
        self.assertIn(f"{len(self.others)} reviews", told["params"]["message"])
        self.assertEqual(of_peer.reviewer_id, before)
        self.assertEqual(self.others.reviewer_id, self.peer_manager)
        log = self.others[0].log_ids.filtered(lambda line: line.kind == "handover")
        self.assertEqual(log.reason, "New layout")
        # And the cycle keeps what was done with how many, for the cockpit.
        action = self.as_officer.action_open_history()
        done = self.env[action["res_model"]].with_user(self.officer_user).search(action["domain"])
        self.assertEqual(
            done.mapped(lambda line: (line.kind, line.review_count, line.reason)),
            [
                ("reviewer", len(self.others), "New layout"),
                ("launch", len(self.cycle.review_ids), False),
            ],
        )
        self.assertEqual(done[0].author_id, self.officer_user)

    def test_what_is_done_with_one_review_is_no_history_of_the_cycle(self):
        one = self.others[0].with_user(self.officer_user)
        self.open_wizard(one.action_open_end(), end_kind="left").action_confirm()
        self.assertTrue(self.others[0].is_ended)
        self.assertEqual(self.cycle.event_ids.mapped("kind"), ["launch"])
        for user in (self.manager_user, self.worker_user, self.director_user):
            with self.assertRaises(AccessError):
                self.cycle.with_user(user).action_open_history()

    def test_reminders_of_a_side_are_kept_and_a_moved_deadline_is_no_act(self):
        self.as_officer.action_remind_waited_for("employee", self.worker.id)
        self.assertEqual(self.cycle.event_ids.mapped("kind"), ["launch"])
        self.as_officer.action_remind_waited_for("employee")
        self.env.invalidate_all()
        self.assertEqual(self.cycle.event_ids[:1].kind, "reminded")
        self.assertGreater(self.cycle.event_ids[:1].review_count, 1)
        wizard = self.env["performance.cycle.deadline"].with_user(self.officer_user)
        self.assertEqual(
            [code for code, _label in wizard._get_kinds()],
            ["preparation_deadline", "dialogue_deadline", "agreement_deadline"],
        )

    def test_a_reviewer_is_changed_where_the_user_is_no_party(self):
        def row():
            self.env.invalidate_all()
            cockpit = self.env["performance.cycle"].with_user(self.officer_user)
            (found,) = cockpit.get_cockpit(self.cycle.id)["departments"]
            return found["may_reassign"], found["is_left_to_others"]

        self.assertEqual(row(), (True, False))
        # Her own side: nothing is offered that would be refused.
        self.cycle.review_ids.sudo().write({"reviewer_user_id": self.officer_user.id})
        self.assertEqual(row(), (False, True))
        with self.assertRaises(UserError):
            self.as_officer.action_open_department_reassign(self.department.id)

    def test_nobody_reads_why_something_was_done_with_the_own_review(self):
        """A colleague in HR ends two, one of them hers: she reads no reason, as in the log."""
        own = self.review_of(self.cycle, self.officer_employee)
        both = own | self.others[0]
        wizard = self.env["performance.review.move"].with_user(self.administrator_user)
        action = both.with_user(self.administrator_user).action_open_end()
        for kind in ("line", "end"):
            values = {"kind": kind, "reason": "SECRET reason", "end_kind": "left"}
            wizard.with_context(**action["context"]).create(values).action_confirm()
            self.few()
        self.env.invalidate_all()
        for model, count in (("performance.cycle.event", 2), ("performance.bulk.act", 1)):
            with self.subTest(model):
                Model = self.env[model].with_user(self.officer_user)
                domain = [("reason", "ilike", "SECRET")]
                self.assertFalse(Model.search(domain))
                found = Model.with_user(self.administrator_user).search(domain)
                self.assertEqual(len(found), count)
        self.assertFalse(self.as_officer.get_cockpit(self.cycle.id)["acts"])

    def test_a_department_without_reviews_says_so(self):
        with self.assertRaises(UserError):
            self.as_officer.action_open_department_reassign(0)
        for user in (self.manager_user, self.worker_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.cycle.with_user(user).action_open_department_reassign(self.department.id)

    # ------------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------------

    def test_many_are_changed_in_the_background(self):
        self.few()
        action = self.others.with_user(self.officer_user).action_open_reassign()
        wizard = self.open_wizard(action, reviewer_id=self.peer_manager.id)
        told = wizard.action_confirm()
        self.assertEqual(told["tag"], "display_notification")
        self.assertNotEqual(self.others.reviewer_id, self.peer_manager)
        act = self.env["performance.bulk.act"].search([("cycle_id", "=", self.cycle.id)])
        self.assertEqual((act.total_count, act.done_count), (len(self.others), 0))
        (shown,) = self.cycle.with_user(self.officer_user).get_cockpit(self.cycle.id)["acts"]
        self.assertEqual((shown["is_running"], shown["percent"]), (True, 0))
        self.run_job()
        self.assertEqual(self.others.reviewer_id, self.peer_manager)
        self.assertEqual((act.state, act.done_percent, act.refused_text), ("done", 100.0, False))
        line = self.others[0].log_ids.filtered(lambda line: line.kind == "handover")
        self.assertEqual(line.author_id, self.officer_user)
        self.assertEqual(self.cycle.event_ids[:1].review_count, len(self.others))
        self.assertFalse(self.as_officer.get_cockpit(self.cycle.id)["acts"])

    def test_what_is_refused_is_named_and_the_rest_goes_on(self):
        self.few()
        action = self.others.with_user(self.officer_user).action_open_end()
        wizard = self.open_wizard(action, end_kind="absence")
        wizard.action_confirm()
        # Meanwhile one of them has ended.
        self.others[0].sudo().action_end("Left", "left")
        self.run_job()
        act = self.env["performance.bulk.act"].search([("cycle_id", "=", self.cycle.id)])
        self.assertTrue(all(self.others.mapped("is_ended")))
        self.assertIn(self.others[0].name, act.refused_text)
        self.assertEqual(self.others[1:].mapped("ended_reason"), ["absence"] * len(self.others[1:]))
        (shown,) = self.as_officer.get_cockpit(self.cycle.id)["acts"]
        self.assertFalse(shown["is_running"])

    def test_the_job_has_the_rights_of_its_author(self):
        self.few()
        action = self.others.with_user(self.officer_user).action_open_end()
        self.open_wizard(action, end_kind="left").action_confirm()
        self.officer_user.group_ids = [
            Command.unlink(self.env.ref("performance_review.group_performance_review_officer").id)
        ]
        self.run_job()
        self.assertFalse(any(self.others.mapped("is_ended")))

    def test_many_are_refused_at_once_like_one(self):
        self.few()
        everybody = self.cycle.review_ids.with_user(self.officer_user)
        wizard = self.open_wizard(everybody.action_open_end(), end_kind="left")
        with self.assertRaises(AccessError):
            wizard.action_confirm()  # her own is among them
        wizard = self.open_wizard(self.others.with_user(self.officer_user).action_open_end())
        wizard.reason = "  "
        with self.assertRaises(UserError):
            wizard.action_confirm()
        self.assertFalse(self.env["performance.bulk.act"].search([]))

    # ------------------------------------------------------------------
    # Deadlines and late joiners
    # ------------------------------------------------------------------

    def test_a_deadline_of_a_launched_cycle_needs_its_reason(self):
        for vals in (
            {"preparation_deadline": "2026-03-25"},
            {"dialogue_deadline": False},
            {"name": "Year", "agreement_deadline": "2026-05-30"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self.as_officer.write(vals)
        # A form sends what has not changed as well.
        self.as_officer.write({"name": "Year", "dialogue_deadline": "2026-04-10"})
        draft = self.create_cycle(name="Draft").with_user(self.officer_user)
        draft.preparation_deadline = "2026-03-25"

    def test_who_was_left_out_is_one_click_away(self):
        lost = self.join("Lost")
        lost.parent_id = False
        action = self.as_officer.action_open_left_out("no_manager")
        people = self.env[action["res_model"]].with_user(self.officer_user)
        found = people.search(action["domain"])
        # The director has none by nature.
        self.assertEqual(set(found.ids), {lost.id, self.director.id})
        core_hr = self.env.ref("hr.group_hr_user")
        self.officer_user.group_ids = [Command.link(core_hr.id)]
        self.assertEqual(
            self.as_officer.action_open_left_out("no_manager")["res_model"], "hr.employee"
        )
        with self.assertRaises(UserError):
            self.as_officer.action_open_left_out("anything")
        for user in (self.manager_user, self.worker_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.cycle.with_user(user).action_open_left_out("no_manager")

    def test_exactly_those_who_were_named_are_added(self):
        late = self.join("Late One")
        action = self.as_officer.action_open_launch()
        wizard = self.env[action["res_model"]].with_user(self.officer_user).browse(action["res_id"])
        self.assertEqual(wizard.launch_names, "Late One")
        later = self.join("Later")
        wizard.action_launch()
        self.assertEqual(
            (self.cycle.event_ids[:1].kind, self.cycle.event_ids[:1].review_count), ("joined", 1)
        )
        added = self.cycle.review_ids.employee_id
        self.assertIn(late, added)
        self.assertNotIn(later, added)
        for wrong in ("x", [0], ["x"], [True], list(range(1, 502))):
            with self.assertRaises(UserError):
                self.as_officer.action_launch(wrong)
