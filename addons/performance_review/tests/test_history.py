"""The card is no mail thread: its log, its tasks, and who learns of them."""

from email.message import EmailMessage

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .access_common import AccessCommon

TODO = "mail.mail_activity_data_todo"
CHECKPOINT_TYPE = "performance_review.mail_activity_type_checkpoint"
PREPARATION_TYPE = "performance_review.mail_activity_type_preparation"


class HistoryCase(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_reviewer = cls.review.with_user(cls.manager_user)

    def ask(self, user, method, *args, **kwargs):
        """Return what a call of ``user`` answers, ``None`` when it is refused."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.as_user(self.env["performance.review"], user)
        try:
            return getattr(model, method)(*args, **kwargs)
        except (UserError, ValueError, NotImplementedError):
            return None


@tagged("post_install", "-at_install")
class TestReviewLog(HistoryCase):
    def test_steps_and_handovers_are_noted(self):
        self.advance_to(self.review, "dialogue")
        self.as_reviewer.action_previous()
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        lines = self.review.log_ids.sorted("id")
        self.assertEqual(
            lines.mapped(lambda line: (line.kind, line.old_value, line.new_value, line.author_id)),
            [
                ("step", "preparation", "dialogue", self.manager_user),
                ("step", "dialogue", "preparation", self.manager_user),
                ("handover", self.manager.name, self.peer_manager.name, self.officer_user),
            ],
        )
        self.assertEqual(lines[2].reason, "Moved")
        self.assertEqual(lines[0].change_text, "Preparation → Dialogue")
        self.assertTrue(all(lines.mapped("date")))

    def test_reviewer_and_hr_read_it_and_nobody_else(self):
        self.advance_to(self.review, "dialogue")
        own = self.review_of(self.cycle, self.officer_employee)
        self.advance_to(own, "dialogue")
        readers = {"manager": True, "officer": True, "administrator": True}
        for persona, user in self.personas.items():
            with self.subTest(persona):
                self.env.invalidate_all()
                found = self.ask(user, "search", [("log_ids.kind", "=", "step")])
                found = found or self.env["performance.review"]
                self.assertEqual(self.review.id in found.ids, readers.get(persona, False))
                Log = self.as_user(self.env["performance.review.log"], user)
                if user.share:
                    with self.assertRaises(AccessError):
                        Log.search([])
                    continue
                lines = Log.search([])
                self.assertEqual(self.review in lines.sudo().review_id, readers.get(persona, False))
                if self.as_user(self.review, user).has_access("read"):
                    log = self.as_user(self.review, user).log_ids
                    self.assertEqual(bool(log), readers.get(persona, False))
        mine = self.as_user(self.env["performance.review.log"], self.officer_user).search([])
        self.assertNotIn(own, mine.sudo().review_id, "HR does not read about herself")

    def test_its_existence_is_no_oracle(self):
        self.advance_to(self.review, "dialogue")
        line = self.review.log_ids
        own = [("id", "=", self.review.id)]
        for user in (self.worker_user, self.director_user):
            for domain in (
                [("log_ids", "!=", False)],
                [("log_ids", "in", line.ids)],
                [("log_ids.author_id", "=", self.manager_user.id)],
                [("log_ids", "any", [("old_value", "=", "preparation")])],
            ):
                with self.subTest(user.login, domain=domain):
                    self.assertFalse(self.ask(user, "search", own + domain))
            self.assertTrue(self.ask(user, "search", [*own, ("log_ids", "=", False)]))

    def test_nobody_writes_or_deletes(self):
        self.advance_to(self.review, "dialogue")
        line = self.review.log_ids
        for user in (self.manager_user, self.officer_user, self.administrator_user):
            mine = line.with_user(user)
            for call in (
                lambda mine=mine: mine.write({"reason": "x"}),
                mine.unlink,
                lambda mine=mine: mine.create({"review_id": self.review.id, "kind": "step"}),
                lambda mine=mine: self.review.with_user(mine.env.user).write(
                    {"log_ids": [Command.create({"kind": "step"})]}
                ),
            ):
                _result, error = self.attempt(call)
                self.assertIsInstance(error, AccessError, user.login)
        for call in (line.unlink, lambda: line.write({"reason": "x"})):
            _result, error = self.attempt(call)
            self.assertIsInstance(error, AccessError, "not even the server")


@tagged("post_install", "-at_install")
class TestCardTasks(HistoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.task = (
            cls.env["mail.activity"]
            .with_user(cls.manager_user)
            .create(
                {
                    "res_model_id": cls.env["ir.model"]._get_id("performance.review"),
                    "res_id": cls.review.id,
                    "activity_type_id": cls.env.ref(TODO).id,
                    "summary": "Talk to the director",
                    "note": "He wants to leave",
                    "user_id": cls.manager_user.id,
                    "date_deadline": fields.Date.to_date("2026-02-02"),
                }
            )
        )

    def get_conditions(self):
        yesterday = fields.Date.to_date("2026-03-01")
        type_id = self.env.ref(TODO).id
        return [
            [("activity_ids", "!=", False)],
            [("activity_ids", "in", self.task.ids)],
            [("activity_ids", "child_of", self.task.ids)],
            [("activity_ids", "ilike", "Talk")],
            [("activity_ids", "any", [("note", "ilike", "leave")])],
            [("activity_ids.note", "ilike", "leave")],
            [("activity_ids.summary", "ilike", "Talk")],
            [("activity_ids.user_id", "=", self.manager_user.id)],
            [("activity_type_id", "=", type_id)],
            [("activity_type_id", "!=", False)],
            [("activity_type_id.name", "ilike", "to")],
            [("activity_summary", "ilike", "Talk")],
            [("activity_summary", "=", "Talk to the director")],
            [("activity_summary", "!=", False)],
            [("activity_user_id", "=", self.manager_user.id)],
            [("activity_user_id", "=", True)],
            [("activity_user_id", "!=", False)],
            [("activity_state", "=", "overdue")],
            [("activity_state", "!=", False)],
            [("activity_date_deadline", "<", yesterday)],
            [("activity_date_deadline", "!=", False)],
            [("my_activity_date_deadline", "<", yesterday)],
        ]

    def test_others_find_nothing(self):
        """Employee, upper manager and HR read the card, and nothing of what is to be done."""
        own = [("id", "=", self.review.id)]
        for user in (self.worker_user, self.director_user, self.officer_user):
            for condition in self.get_conditions():
                with self.subTest(user.login, condition=condition):
                    self.assertFalse(self.ask(user, "search", own + condition))
                    # Denied as well: both answers are those of a card without tasks.
                    denied = self.ask(user, "search", ["!", *condition, *own])
                    self.assertIn(denied, (None, self.review.with_user(user)))

    def test_the_reviewer_finds_the_own_tasks(self):
        own = [("id", "=", self.review.id)]
        for condition in self.get_conditions():
            with self.subTest(condition):
                self.assertTrue(self.ask(self.manager_user, "search", own + condition))

    def test_others_read_group_and_export_nothing(self):
        names = [name for name in self.review._fields if "activity" in name]
        for user in (self.worker_user, self.director_user, self.officer_user):
            with self.subTest(user.login):
                self.env.invalidate_all()
                user.sudo().group_ids += self.env.ref("base.group_allow_export")
                # The reviewer asked before, in the same transaction.
                self.assertTrue(self.as_reviewer.activity_summary)
                card = self.review.with_user(user)
                card.invalidate_recordset(["activity_ids"], flush=False)
                self.assertFalse(any(card.read(names)[0][name] for name in names))
                told = repr(
                    card.export_data(
                        ["name", "activity_summary", "activity_ids/note", "activity_type_id"]
                    )
                )
                self.assertNotIn("leave", told)
                self.assertNotIn("Talk", told)
                for name in names:
                    domain = [("id", "=", self.review.id)]
                    self.assertIsNone(self.ask(user, "read_group", domain, ["id:count"], [name]))
                    self.assertIsNone(
                        self.ask(user, "formatted_read_group", domain, [name], ["__count"])
                    )
                    self.assertIsNone(self.ask(user, "search", domain, order=f"{name} desc"))
                    self.assertNotIn("Talk", repr(self.ask(user, "search_read", domain, [name])))
                with self.assertRaises(AccessError):
                    self.task.with_user(user).read(["summary"])

    def test_the_portal_employee_reads_the_own_card(self):
        card = self.review_of(self.cycle, self.porter)
        self.assertTrue(card.activity_ids)
        values = card.with_user(self.porter_user).read()[0]
        self.assertFalse([name for name in values if "activity" in name])

    def test_done_without_a_thread(self):
        self.task.action_feedback(feedback="We talked")
        self.assertFalse(self.task.active)
        self.assertEqual(self.task.feedback, "We talked")
        self.assertNotIn(self.task, self.as_reviewer.activity_ids)
        step = self.as_reviewer.activity_ids
        self.assertEqual(step.activity_type_id, self.env.ref(PREPARATION_TYPE))
        step.action_done()
        self.assertFalse(self.as_reviewer.activity_ids)
        self.assertFalse(self.env["mail.message"].search([("model", "=like", "performance.%")]))

    def test_tasks_for_others_by_schedule_and_by_hand(self):
        """Planning for somebody else and handing on work without a thread too."""
        task = self.as_reviewer.activity_schedule(
            TODO, user_id=self.officer_user.id, summary="Book a room"
        )
        task.user_id = self.administrator_user
        self.assertEqual(
            self.review.with_user(self.administrator_user).activity_summary, "Book a room"
        )
        with self.assertRaises(UserError):
            self.as_reviewer.activity_send_mail(self.env["mail.template"].search([], limit=1).id)

    def test_the_employees_signature_does_not_open_the_reviewers_tasks(self):
        """Who makes a task reads it: the one who signs last makes the checkpoints'."""
        self.advance_to(self.review, "proposed")
        self.sign_as(self.review.agreement_id, self.manager_user)
        self.sign_as(self.review.agreement_id, self.worker_user, stance="agree")
        tasks = self.review.checkpoint_ids.activity_ids
        self.assertTrue(tasks)
        for user in (self.worker_user, self.director_user):
            self.assertFalse(tasks.with_user(user)._filtered_access("read"))
            self.assertFalse(
                self.as_user(self.env["performance.checkpoint"], user).search(
                    [("activity_ids", "!=", False)]
                )
            )
        self.assertTrue(tasks.with_user(self.manager_user)._filtered_access("read"))


@tagged("post_install", "-at_install")
class TestNoThread(HistoryCase):
    def test_no_model_of_ours_is_a_thread(self):
        for model in self.confidential_models():
            with self.subTest(model):
                self.assertFalse(
                    [name for name in self.env[model]._fields if name.startswith("message_")]
                )

    def get_mail(self, **headers):
        mail = EmailMessage()
        mail["From"] = self.worker_user.email
        mail["To"] = "reviews@example.com"
        mail["Subject"] = "Re: your review"
        mail["Message-Id"] = "<new@example.com>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content("I was here")
        return mail.as_string()

    def assert_nothing_stored(self):
        self.env.flush_all()
        self.assertFalse(
            self.env["mail.message"].search(
                ["|", ("model", "=like", "performance.%"), ("body", "ilike", "I was here")]
            )
        )

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_mails_store_nothing(self):
        for model in ("performance.review", "performance.checkpoint", "performance.agreement"):
            for user in (self.env.user, self.worker_user, self.manager_user):
                Thread = self.env["mail.thread"].with_user(user)
                with self.subTest(model, user=user.login):
                    self.attempt(
                        lambda Thread=Thread, model=model: (
                            Thread.message_process(
                                model, self.get_mail(), thread_id=self.review.id
                            ),
                            self.assert_nothing_stored(),
                        ),
                        (UserError, ValueError),
                    )

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_an_answer_to_a_known_message_stores_nothing(self):
        """A message from the time of a thread, or written past everything, is no way in."""
        self.env.cr.execute(
            "INSERT INTO mail_message (message_type, model, res_id, message_id, body, date) "
            "VALUES ('comment', 'performance.review', %s, '<known@example.com>', '', now())",
            [self.review.id],
        )
        self.attempt(
            lambda: self.env["mail.thread"].message_process(
                False,
                self.get_mail(In_Reply_To="<known@example.com>", References="<known@example.com>"),
            ),
            (UserError, ValueError),
        )
        self.assertFalse(self.env["mail.message"].search([("body", "ilike", "I was here")]))

    def test_nobody_writes_a_message_for_a_card(self):
        """Not even the reviewer, whom Odoo would let: everybody who reads the card reads it."""
        for user in (self.manager_user, self.officer_user, self.worker_user):
            Message = self.as_user(self.env["mail.message"], user)
            for vals in (
                {"model": "performance.review", "res_id": self.review.id, "body": "x"},
                {"model": "performance.checkpoint", "res_id": 1, "body": "x"},
            ):
                _result, error = self.attempt(
                    lambda Message=Message, vals=vals: Message.create(vals)
                )
                self.assertIsInstance(error, UserError, user.login)
            self.assertFalse(hasattr(self.as_user(self.review, user), "message_post"))
        note = self.env["mail.message"].create({"body": "x"})
        with self.assertRaises(UserError):
            note.write({"model": "performance.review", "res_id": self.review.id})
