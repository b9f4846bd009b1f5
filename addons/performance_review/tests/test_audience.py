"""The audience is stamped: who edits the employees' files moves nobody's old texts."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .access_common import AccessCommon


class AudienceCase(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_hr = cls.review.with_user(cls.officer_user)
        cls.core_hr_user = cls.new_user("pr_core_hr", "hr.group_hr_manager")
        cls.core_hr = cls.env["hr.employee"].create(
            {"name": "Core", "user_id": cls.core_hr_user.id, "company_id": cls.company.id}
        )

    @classmethod
    def new_user(cls, login, group="base.group_user", **vals):
        groups = group if group.startswith("base") else f"base.group_user,{group}"
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            email=f"{login}@example.com",
            **{
                "company_id": cls.company.id,
                "company_ids": [Command.set(cls.company.ids)],
                **vals,
            },
        )

    def reads(self, user, records):
        """Return those of ``records`` that ``user`` reads."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_user(records, user)._filtered_access("read").sudo()

    def get_texts(self, review):
        """Return everything of a review with an audience of its own."""
        agreement = review.agreement_id
        return [
            review, review.point_ids, review.self_assessment_ids, review.dialogue_id, agreement,
            agreement.commitment_ids, agreement.goal_ids, review.checkpoint_ids,
            self.confirmed[review.employee_id], self.confirmed[review.employee_id].goal_ids,
            self.unconfirmed[review.employee_id],
            self.env["performance.incident"].search(
                [("employee_id", "=", review.employee_id.id), ("shared", "=", True)]
            ),
        ]  # fmt: skip

    def share_incident(self, employee, user):
        incident = (
            self.env["performance.incident"]
            .with_user(user)
            .create({"employee_id": employee.id, "name": "Saw it", "polarity": "positive"})
        )
        incident.action_share()
        return incident


@tagged("post_install", "-at_install")
class TestStampedAudience(AudienceCase):
    """Row 3 of the attack: core HR, and HR about herself."""

    def test_hr_empties_the_account_of_the_own_file(self):
        own = self.review_of(self.cycle, self.officer_employee)
        self.share_incident(self.officer_employee, self.director_user)
        self.advance_to(own, "signed")
        texts = self.get_texts(own)
        before = [self.reads(self.officer_user, records) for records in texts]
        self.officer_employee.with_user(self.core_hr_user).user_id = False
        for records, readable in zip(texts, before, strict=True):
            with self.subTest(records._name):
                self.assertEqual(self.reads(self.officer_user, records), readable)
        # Neither do new ones become nobody's.
        result = self.env["performance.appraisal"].create({"employee_id": self.officer_employee.id})
        self.assertEqual(result.employee_user_id, self.officer_user)
        self.assertFalse(self.reads(self.officer_user, result))

    def test_core_hr_points_an_account_at_herself(self):
        self.share_incident(self.worker, self.manager_user)
        self.advance_to(self.review, "signed")
        self.core_hr.user_id = False
        self.worker.with_user(self.core_hr_user).user_id = self.core_hr_user
        for records in self.get_texts(self.review):
            with self.subTest(records._name):
                self.assertTrue(records)
                self.assertFalse(self.reads(self.core_hr_user, records))
        self.assertTrue(self.reads(self.worker_user, self.review.self_assessment_ids))

    def test_core_hr_makes_herself_the_manager(self):
        self.share_incident(self.worker, self.manager_user)
        self.advance_to(self.review, "signed")
        for employee in (self.worker, self.manager, self.director):
            employee.with_user(self.core_hr_user).parent_id = self.core_hr
        self.manager.with_user(self.core_hr_user).parent_id = self.core_hr
        for records in self.get_texts(self.review):
            with self.subTest(records._name):
                self.assertFalse(self.reads(self.core_hr_user, records))
        # What is made from now on is the new manager's.
        new = self.share_incident(self.worker, self.worker_user)
        result = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "goal_ids": [Command.create({"name": "KPI", "employee_id": self.worker.id})],
            }
        )
        for record in (new, result, result.goal_ids):
            self.assertEqual(self.reads(self.core_hr_user, record), record)
        self.assertFalse(self.reads(self.manager_user, result))

    def test_no_change_of_a_file_reaches_a_stamp(self):
        """Users, managers, archiving and deleting, at every level above."""
        review = self.review
        chief = self.env["hr.employee"].create(
            {"name": "Chief", "user_id": self.outsider_user.id, "company_id": self.company.id}
        )
        names = ["employee_user_id", "reviewer_user_id", "upper_user_ids"]
        before = review.read(names)
        self.assertEqual(review.upper_user_ids, self.director_user)
        for call in (
            lambda: self.director.write({"parent_id": chief.id}),
            lambda: self.manager.write({"parent_id": chief.id}),
            lambda: self.worker.write({"parent_id": self.peer_manager.id}),
            lambda: self.director.write({"user_id": False}),
            lambda: self.manager.write({"user_id": False}),
            lambda: self.worker.write({"user_id": False}),
            lambda: self.manager.action_archive(),
            lambda: chief.unlink(),
        ):
            call()
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(review.read(names), before)

    def test_a_move_at_the_top_writes_nothing(self):
        chief = self.env["hr.employee"].create(
            {"name": "Chief", "user_id": self.outsider_user.id, "company_id": self.company.id}
        )
        self.env.flush_all()
        tables = ("performance_review", "performance_goal", "performance_appraisal")
        written = []
        execute = type(self.env.cr).execute

        def note(cursor, query, *args, **kwargs):
            text = repr(query)
            if any(f'UPDATE "{table}' in text or f'INTO "{table}' in text for table in tables):
                written.append(text)
            return execute(cursor, query, *args, **kwargs)

        self.patch(type(self.env.cr), "execute", note)
        self.director.parent_id = chief
        (self.manager | self.peer_manager | self.worker).write({"parent_id": chief.id})
        self.manager.user_id = False
        self.env.flush_all()
        self.assertFalse(written)

    def test_stamps_cannot_be_typed(self):
        result = self.unconfirmed[self.worker]
        incident = self.share_incident(self.worker, self.manager_user)
        for record, user in (
            (self.review, self.manager_user),
            (result, self.officer_user),
            (result.goal_ids, self.officer_user),
            (incident, self.manager_user),
        ):
            for name in ("employee_user_id", "manager_user_id", "reviewer_user_id", "company_id"):
                if name not in record._fields:
                    continue
                value = self.outsider_user.id if name != "company_id" else self.company.id
                with self.subTest(record._name, field=name):
                    _result, error = self.attempt(
                        lambda record=record, user=user, name=name, value=value: record.with_user(
                            user
                        ).write({name: value})
                    )
                    self.assertIsInstance(error, AccessError)

    def test_a_copy_belongs_to_the_people_of_today(self):
        result = self.unconfirmed[self.worker]
        self.worker.parent_id = self.peer_manager
        copied = result.goal_ids.with_user(self.officer_user).copy({"appraisal_id": False})
        self.assertEqual(copied.sudo().manager_user_id, self.peer_manager_user)
        self.assertEqual(result.goal_ids.manager_user_id, self.manager_user)

    def test_a_company_that_changes_takes_no_incident_along(self):
        incident = self.share_incident(self.worker, self.manager_user)
        self.worker.sudo().company_id = self.other_company
        self.assertFalse(self.reads(self.foreign_officer_user, incident))


@tagged("post_install", "-at_install")
class TestHrVerbs(AudienceCase):
    """Reassign, another account, another line: with a reason, logged, never one's own."""

    def test_reassigning_takes_everything_but_the_notes(self):
        self.advance(self.review, "preparation")
        wizard = (
            self.env["performance.review.meeting"]
            .with_user(self.manager_user)
            .create({"review_id": self.review.id})
        )
        wizard.action_confirm()
        for step in ("dialogue", "draft", "proposed", "signed"):
            self.advance(self.review, step)
        event = self.review.meeting_id
        own = self.review.with_user(self.manager_user).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.manager_user.id, summary="Mine"
        )
        self.as_hr.action_reassign(self.peer_manager.id, "  Moved  ")
        review = self.review
        self.assertEqual(review.reviewer_user_id, self.peer_manager_user)
        self.assertEqual(event.user_id, self.peer_manager_user)
        # Besides the two HR, by the flag that these tests' people have.
        invited = self.worker_user | self.peer_manager_user | self.officer_user
        self.assertEqual(event.partner_ids, invited.partner_id)
        self.assertNotIn(self.manager_user.partner_id, event.message_partner_ids)
        tasks = review.activity_ids | review.checkpoint_ids.activity_ids
        self.assertEqual(tasks.user_id, self.peer_manager_user)
        self.assertIn(own, tasks)
        self.assertFalse(self.reads(self.manager_user, tasks), "not even what he planned")
        for records in self.get_texts(review):
            if records in (
                self.env["performance.incident"],
                self.unconfirmed[self.worker],
            ):
                continue
            with self.subTest(records._name):
                self.assertEqual(bool(self.reads(self.peer_manager_user, records)), bool(records))
        # The result that was talked about goes along, one that was not stays.
        self.assertFalse(self.reads(self.manager_user, self.confirmed[self.worker]))
        self.assertTrue(self.reads(self.manager_user, self.unconfirmed[self.worker]))
        self.assertEqual(self.reads(self.manager_user, review.note_ids), review.note_ids)
        self.assertFalse(self.reads(self.peer_manager_user, review.note_ids))
        line = review.log_ids[0]
        self.assertEqual(
            (line.kind, line.new_value, line.reason, line.author_id),
            ("handover", self.peer_manager.name, "Moved", self.officer_user),
        )

    def test_a_mediator_who_becomes_the_reviewer_mediates_no_more(self):
        self.advance_to(self.review, "proposed")
        self.dispute_as(self.review.agreement_id, self.worker_user)
        mediation = self.env["performance.mediation"]._find_open(self.review)
        self.assertEqual(mediation.user_id, self.officer_user)
        self.review.with_user(self.administrator_user).action_reassign(
            self.officer_employee.id, "Takes the team"
        )
        self.assertTrue(mediation.user_id)
        self.assertNotEqual(mediation.user_id, self.officer_user)
        self.assertEqual(mediation.activity_ids.user_id, mediation.user_id)
        self.assertFalse(self.reads(self.officer_user, mediation))

    def test_impossible_targets(self):
        nobody = self.env["hr.employee"].create({"name": "No", "company_id": self.company.id})
        foreign = self.env["hr.employee"].create(
            {
                "name": "Foreign", "user_id": self.stranger_user.id,
                "company_id": self.other_company.id,
            }
        )  # fmt: skip
        gone = self.env["hr.employee"].create(
            {"name": "Gone", "user_id": self.new_user("pr_gone").id, "active": False,
             "company_id": self.company.id}
        )  # fmt: skip
        asleep = self.new_user("pr_asleep")
        archived = self.env["hr.employee"].create(
            {"name": "Asleep", "user_id": asleep.id, "company_id": self.company.id}
        )
        asleep.active = False
        twin = self.env["hr.employee"].create(
            {"name": "Twin", "user_id": self.worker_user.id, "company_id": self.other_company.id}
        )
        for reviewer in (nobody, foreign, gone, archived, twin, self.worker, self.porter):
            _result, error = self.attempt(
                lambda reviewer=reviewer: self.as_hr.action_reassign(reviewer.id, "Why")
            )
            self.assertIsInstance(error, UserError, reviewer.name)
            self.assertNotIsInstance(error, AccessError)
            self.assertNotIn("\n", str(error))
        for user in (asleep, self.stranger_user, self.manager_user, self.peer_manager_user):
            _result, error = self.attempt(
                lambda user=user: self.as_hr.action_change_account(user.id, "Why")
            )
            self.assertIsInstance(error, UserError, user.login)

    def test_bad_values_are_one_sentence(self):
        for verb, values in (
            ("action_reassign", [(value, "Why") for value in (0, -1, "x", [], 1e999, 2**40, None)]),
            ("action_change_account", [(value, "Why") for value in ("", {}, 2**31, False)]),
            ("action_reassign", [(self.peer_manager.id, reason) for reason in ("", "  ", 5, [])]),
            ("action_reassign", [(self.peer_manager.id, "x" * 3000)]),
            ("action_refresh_line", [(reason,) for reason in (None, "", 7)]),
            ("action_end", [(reason,) for reason in (None, "", 7, {})]),
            ("action_end", [("Why", kind) for kind in ("x", 5, [])]),
        ):
            for arguments in values:
                with self.subTest(verb, arguments=str(arguments)[:40]):
                    _result, error = self.attempt(
                        lambda verb=verb, arguments=arguments: getattr(self.as_hr, verb)(*arguments)
                    )
                    self.assertIsInstance(error, UserError)
                    self.assertNotIn("\n", str(error))

    def test_nobody_but_hr_and_never_a_party(self):
        account = self.new_user("pr_new_account")
        own = self.review_of(self.cycle, self.officer_employee)
        led = self.review_of(self.cycle, self.porter)
        led.with_user(self.administrator_user).action_reassign(self.officer_employee.id, "Led")
        calls = {
            "action_reassign": (self.peer_manager.id, "Why"),
            "action_change_account": (account.id, "Why"),
            "action_refresh_line": ("Why",),
            "action_follow_organisation": ("Why",),
            "action_end": ("Why",),
        }
        for verb, arguments in calls.items():
            for user, review in (
                (self.manager_user, self.review),
                (self.worker_user, self.review),
                (self.director_user, self.review),
                (self.core_hr_user, self.review),
                (self.foreign_officer_user, self.review),
                (self.officer_user, own),
                (self.officer_user, led),
            ):
                with self.subTest(verb, user=user.login):
                    _result, error = self.attempt(
                        lambda verb=verb, arguments=arguments, user=user, review=review: getattr(
                            self.as_user(review, user), verb
                        )(*arguments)
                    )
                    self.assertIsInstance(error, AccessError)
        # Her file may be emptied; she stays a party, and she is not let in as somebody else.
        self.officer_employee.user_id = False
        for review, verb, arguments in (
            (own, "action_refresh_line", ("Why",)),
            (self.review, "action_change_account", (self.officer_user.id, "Why")),
        ):
            _result, error = self.attempt(
                lambda review=review, verb=verb, arguments=arguments: getattr(
                    review.with_user(self.officer_user), verb
                )(*arguments)
            )
            self.assertIsInstance(error, AccessError)

    def test_another_account_of_the_same_person(self):
        self.share_incident(self.worker, self.manager_user)
        self.advance_to(self.review, "signed")
        account = self.new_user("pr_worker_new", "base.group_portal")
        self.as_hr.action_change_account(account.id, "Married")
        for records in self.get_texts(self.review):
            with self.subTest(records._name):
                if records in (self.review.point_ids, self.unconfirmed[self.worker]):
                    continue
                self.assertEqual(self.reads(account, records), records)
                self.assertFalse(self.reads(self.worker_user, records))
        self.assertEqual(
            self.review.agreement_id.commitment_ids.filtered(
                lambda line: line.owner == "employee"
            ).owner_user_id,
            account,
        )
        line = self.review.log_ids[0]
        self.assertEqual(
            (line.kind, line.old_value, line.new_value),
            ("account", self.worker_user.login, account.login),
        )

    def test_the_line_of_today(self):
        self.manager.parent_id = self.peer_manager
        self.assertEqual(self.review.upper_user_ids, self.director_user)
        self.assertFalse(self.reads(self.peer_manager_user, self.review))
        self.as_hr.action_refresh_line("New line")
        self.assertEqual(self.review.upper_user_ids, self.peer_manager_user | self.director_user)
        self.assertTrue(self.reads(self.peer_manager_user, self.review))
        self.assertEqual(self.review.log_ids[0].kind, "line")
        lines = len(self.review.log_ids)
        self.as_hr.action_refresh_line("Again")
        self.assertEqual(len(self.review.log_ids), lines, "nothing changes, nothing is noted")
        self.director.parent_id = self.worker
        self.as_hr.action_refresh_line("A circle")
        self.assertNotIn(self.worker_user, self.review.upper_user_ids)

    # ------------------------------------------------------------------
    # Today's organisation
    # ------------------------------------------------------------------

    def get_moved(self):
        self.env.flush_all()
        self.env.invalidate_all()
        moved = self.env["performance.review"].search(
            [("cycle_id", "=", self.cycle.id), ("has_moved", "=", True)]
        )
        self.assertEqual(moved, self.cycle.review_ids.filtered("has_moved"))
        self.assertEqual(len(moved), self.cycle.moved_count)
        return moved

    def test_moves_are_counted_and_followed_in_two_clicks(self):
        self.assertFalse(self.get_moved())
        portal_review = self.review_of(self.cycle, self.porter)
        self.worker.parent_id = self.peer_manager
        self.assertEqual(self.get_moved(), self.review)
        self.porter.user_id = self.new_user("pr_porter_new", "base.group_portal")
        self.assertEqual(self.get_moved(), self.review | portal_review)
        self.manager.parent_id = self.peer_manager
        self.assertEqual(
            self.get_moved(), self.cycle.review_ids - self.review_of(
                self.cycle, self.officer_employee)
        )  # fmt: skip
        cycle = self.cycle.with_user(self.officer_user)
        action = cycle.action_open_follow()
        wizard = (
            self.env["performance.review.move"]
            .with_user(self.officer_user)
            .with_context(**action["context"])
            .create({"reason": "New year, new teams"})
        )
        self.assertIn(self.peer_manager_user.login, wizard.gain_text)
        self.assertIn(self.manager_user.login, wizard.loss_text)
        wizard.action_confirm()
        self.assertFalse(self.get_moved())
        self.assertEqual(self.review.reviewer_id, self.peer_manager)
        self.assertEqual(self.review.upper_user_ids, self.director_user)
        self.assertEqual(portal_review.employee_user_id, self.porter.user_id)
        with self.assertRaises(UserError):
            cycle.action_open_follow()

    def test_hr_is_not_let_into_the_own_review_by_the_bulk(self):
        self.officer_employee.parent_id = self.manager
        self.worker.parent_id = self.peer_manager
        action = self.cycle.with_user(self.officer_user).action_open_follow()
        ((_command, _id, ids),) = action["context"]["default_review_ids"]
        self.assertEqual(ids, self.review.ids)

    def test_only_hr_learns_of_it(self):
        self.worker.parent_id = self.peer_manager
        for user in (self.manager_user, self.worker_user, self.director_user):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.review.with_user(user).read(["has_moved"])
                with self.assertRaises(AccessError):
                    self.env["performance.review"].with_user(user).search(
                        [("has_moved", "=", True)]
                    )

    def test_the_search_costs_the_same_for_many(self):
        people = self.env["hr.employee"].create(
            [
                {
                    "name": f"Crew {number}",
                    "user_id": self.new_user(f"pr_crew{number}").id,
                    "company_id": self.company.id,
                    "parent_id": self.manager.id,
                }
                for number in range(20)
            ]
        )
        self.env["performance.review"].create(
            [{"cycle_id": self.cycle.id, "employee_id": employee.id} for employee in people]
        )
        people.write({"parent_id": self.peer_manager.id})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.cycle.moved_count, 20)
        self.assertLess(self.cr.sql_log_count - before, 6)

    def test_the_preview_changes_nothing(self):
        before = self.review.read(["reviewer_id", "upper_user_ids"])
        wizard = (
            self.env["performance.review.move"]
            .with_user(self.officer_user)
            .create(
                {
                    "review_ids": [Command.set(self.review.ids)],
                    "kind": "reviewer",
                    "reviewer_id": self.peer_manager.id,
                    "reason": "Why",
                }
            )
        )
        self.assertEqual(
            wizard.gain_text,
            f"{self.peer_manager_user.name} ({self.peer_manager_user.login}): 1",
        )
        self.assertEqual(
            wizard.loss_text, f"{self.manager_user.name} ({self.manager_user.login}): 1"
        )
        self.assertEqual(self.review.read(["reviewer_id", "upper_user_ids"]), before)

    # ------------------------------------------------------------------
    # An end before the end
    # ------------------------------------------------------------------

    def test_hr_ends_a_review_in_every_step(self):
        for step in ("preparation", "dialogue", "draft", "proposed", "signed"):
            self.advance(self.review, step)

            def end():
                self.as_hr.action_end("He is ill", "absence")
                self.assertEqual(self.review.state, "done")
                self.assertTrue(self.review.is_ended)
                self.assertEqual(self.review.ended_reason, "absence")
                self.assertFalse(self.review.activity_ids | self.review.checkpoint_ids.activity_ids)
                self.assertNotIn("planned", self.review.checkpoint_ids.mapped("state"))
                line = self.review.log_ids[0]
                self.assertEqual((line.kind, line.reason), ("end", "He is ill"))
                self.assertEqual(
                    self.cycle.read(["review_count", "done_count", "ended_count"])[0][
                        "ended_count"
                    ],
                    1,
                )
                self.assertEqual(self.cycle.done_count, 0)
                with self.assertRaises(UserError):
                    self.as_hr.action_end("Twice")

            with self.subTest(step):
                _result, error = self.attempt(end)
                self.assertIsNone(error)
                self.env.invalidate_all()

    def test_an_unsigned_agreement_keeps_no_cycle_open(self):
        self.worker.action_archive()
        self.advance_to(self.review, "proposed")
        others = self.cycle.review_ids - self.review
        others.with_user(self.administrator_user).action_end("mistake")
        with self.assertRaises(UserError):
            self.cycle.with_user(self.officer_user).action_close()
        self.as_hr.action_end("left")
        self.cycle.with_user(self.administrator_user).action_close()
        self.assertEqual(self.cycle.state, "closed")
        self.assertEqual(self.cycle.ended_count, len(self.cycle.review_ids))
        self.assertEqual(self.cycle.done_percent, 0.0)
        self.assertEqual(set((others).mapped("ended_reason")), {"mistake"})

    def test_ended_reviews_stand_apart_in_the_analysis(self):
        self.as_hr.action_end("left")
        self.env.flush_all()
        rows = self.env["performance.review.report"].search([("is_ended", "=", True)])
        self.assertEqual(rows.ids, self.review.ids)

    def test_who_reads_why_it_ended(self):
        self.as_hr.action_end("He is ill", "absence")
        for user in (self.worker_user, self.director_user, self.manager_user):
            card = self.review.with_user(user)
            self.assertTrue(card.is_ended)
            with self.assertRaises(AccessError):
                card.read(["ended_reason"])
        self.assertFalse(self.review.with_user(self.worker_user).log_ids)
        self.env.invalidate_all()
        self.assertEqual(self.review.with_user(self.manager_user).log_ids[0].reason, "He is ill")
