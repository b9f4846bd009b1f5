"""Each promise of each guard, for every model of the addon: those to come included."""

import json
from functools import partial
from inspect import signature
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import json_default

from ..tools import arguments
from .access_common import AccessCommon

# A value of the right kind for every type, so that nothing but the guard refuses it.
GOOD = {
    "char": "x", "text": "x", "html": "x", "integer": 1, "float": 1.0, "monetary": 1.0,
    "boolean": True, "date": "2026-03-02", "datetime": "2026-03-02 09:00:00", "binary": "aGk=",
    "many2one": 1, "one2many": [], "many2many": [], "selection": False,
    "json": {},
}  # fmt: skip
NAN, INFINITE = float("nan"), float("inf")
BAD = {
    "char": (5, [], {}, "a\0b", "\ud83d", "x" * 20_001),
    "text": (5, [], {}, "a\0b", "\ud83d"),
    "integer": (NAN, INFINITE, 2**31, 2**70, [], "many", True),
    "float": (NAN, INFINITE, -INFINITE, 1e300, [], "many", "nan"),
    "date": ("9999-01-01", "1812-01-01", "soon", 5, []),
    "datetime": ("9999-01-01 00:00:00", "1812-01-01 00:00:00", "soon", 5, []),
    "selection": ([], ["x"], {}, 5, "no such choice"),
    "binary": (5, [], "a", "ü"),
    "many2one": (INFINITE, NAN, 1.5, 2**31, -1, "1", "x", [], [1], True),
    "one2many": (5, "x", [[9, 0, 0]], [["x"]], [[4, INFINITE]], [[6, 0, ["x"]]], [[]]),
    "many2many": (5, "x", [[9, 0, 0]], [["x"]], [[4, INFINITE]], [[6, 0, ["x"]]], [[]]),
}


class GuardCommon(AccessCommon):
    """One review signed and followed up, another one over and done."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.done_review = cls.review_of(cls.cycle, cls.porter)
        cls.advance_to(cls.review, "signed")
        cls.advance_to(cls.done_review, "done")
        cls.env["performance.incident"].with_user(cls.manager_user).create(
            {"employee_id": cls.worker.id, "name": "Told him first", "polarity": "positive"}
        )

    @classmethod
    def guarded(cls, question, transient=None):
        """Return an empty recordset of each concrete model behind the guard of a question."""
        guard = type(cls.env[f"performance.{question}.guard"])
        return [
            cls.env[name]
            for name in cls.addon_models()
            if isinstance(cls.env[name], guard) and transient in (None, cls.env[name]._transient)
        ]

    def assert_refused(self, call, *args, kind=UserError, sentence=""):
        with self.assertRaisesRegex(kind, sentence), self.env.cr.savepoint():
            call(*args)

    def find_writer(self, records):
        """Return one of ``records`` with the rights of somebody who may change it."""
        for record in records:
            for user in (self.manager_user, self.worker_user, self.officer_user):
                mine = self.as_user(record, user)
                if mine.has_access("read") and mine.has_access("write"):
                    return mine
        return records.browse()


@tagged("post_install", "-at_install")
class TestWhoIsGuarded(GuardCommon):
    def test_every_model_says_what_it_stores(self):
        guard = type(self.env["performance.field.guard"])
        for name in self.addon_models():
            if self.env[name]._auto and name not in ("performance.pulse", "performance.handover"):
                self.assertIsInstance(self.env[name], guard, name)

    def test_dialogs_take_only_what_they_need(self):
        for question in ("name", "step"):
            self.assertFalse(self.guarded(question, transient=True))

    def test_whoever_hangs_on_a_review_stays_there(self):
        """A link to a parent that is not fixed would carry a record into another audience."""
        for Model in self.guarded("name"):
            parents = {
                name
                for name, field in Model._fields.items()
                if field.type == "many2one"
                and field.comodel_name in ("performance.review", "performance.agreement")
                and field.required
            }
            self.assertLessEqual(
                parents, Model._get_parent_fields() | Model._get_refused_fields(), Model._name
            )


@tagged("post_install", "-at_install")
class TestFieldGuard(GuardCommon):
    """Which fields does only the server write?"""

    def test_server_fields_are_refused_everywhere(self):
        for Model in self.guarded("field"):
            refused = Model._get_refused_fields()
            record = Model.search([], limit=1)
            for user in (self.manager_user, self.officer_user, self.porter_user):
                mine = self.as_user(record, user)
                flags = mine.fields_get(refused, ["readonly"])
                for name in refused:
                    field = Model._fields[name]
                    value = GOOD[field.type]
                    with self.subTest(model=Model._name, field=name, user=user.login):
                        self.assertFalse(mine._has_field_access(field, "write"))
                        self.assert_refused(mine._check_values, {name: value}, kind=AccessError)
                        self.assertTrue(flags.get(name, {"readonly": True})["readonly"])
                        self.assert_refused(mine.create, {name: value})
                        if record:
                            # What is proposed or confirmed says so before, in words of its own.
                            self.assert_refused(mine.write, {name: value})

    def test_nobody_groups_by_what_is_not_read(self):
        """Odoo shows the values of a many2many to whoever groups by it, whatever its groups."""
        asked = set()
        for Model in self.guarded("field"):
            mine = Model.with_user(self.manager_user)
            for name, field in Model._fields.items():
                if not field.store or mine._has_field_access(field, "read"):
                    continue
                with self.subTest(model=Model._name, field=name), self.assertRaises(AccessError):
                    mine._read_group([], [name], ["__count"])
                if field.type == "many2many" and mine.has_access("read"):
                    asked.add(f"{Model._name}.{name}")
        self.assertIn("performance.cycle.excluded_employee_ids", asked)
        cards = self.env["performance.review"].with_user(self.manager_user)
        with self.assertRaises(AccessError):
            cards.formatted_read_group([], ["cycle_id.excluded_employee_ids"], ["__count"])

    def test_what_is_computed_and_stored_is_the_servers(self):
        for Model in self.guarded("field"):
            for name, field in Model._fields.items():
                if field.compute and field.store and field.readonly:
                    self.assertTrue(Model._is_server_field(name), f"{Model._name}.{name}")

    def test_all_refused_fields_are_named_in_the_users_language(self):
        agreement = self.review.agreement_id.with_user(self.manager_user)
        labels = [
            agreement._get_field_label(name) for name in ("reviewer_signed_on", "sha256", "state")
        ]
        with self.assertRaises(AccessError) as refused:
            agreement.write({"state": "draft", "sha256": "", "reviewer_signed_on": False})
        self.assertIn(", ".join(labels), str(refused.exception))

    def test_reading_is_nobodys_business_here(self):
        agreement = self.review.agreement_id.with_user(self.manager_user)
        for name in agreement._get_refused_fields():
            field = agreement._fields[name]
            self.assertEqual(
                agreement._has_field_access(field, "read"),
                not field.groups or self.manager_user.has_groups(field.groups),
            )
        self.assertEqual(agreement.read(["state"])[0]["state"], "signed")
        found = agreement.search([("state", "=", "signed"), ("id", "=", agreement.id)])
        self.assertEqual(found, agreement)
        groups = agreement._read_group([("id", "=", agreement.id)], ["state"], ["__count"])
        self.assertEqual(groups, [("signed", 1)])

    def test_verbs_pass(self):
        agreement = self.review.agreement_id.with_user(self.manager_user).sudo()
        self.assertTrue(agreement._has_field_access(agreement._fields["state"], "write"))
        agreement.state = "disputed"
        self.assertEqual(self.review.agreement_id.state, "disputed")

    def test_defaults_of_the_caller_do_not_count(self):
        Incident = self.env["performance.incident"].with_user(self.manager_user)
        incident = Incident.with_context(
            default_author_id=self.worker_user.id, default_shared=True
        ).create({"employee_id": self.worker.id, "name": "Own", "polarity": "positive"})
        self.assertEqual(incident.author_id, self.manager_user)
        self.assertFalse(incident.shared)

    def test_asked_once_and_not_per_record(self):
        agreement = self.review.agreement_id.with_user(self.manager_user)
        agreement._get_refused_fields()
        with patch.object(type(agreement), "_get_server_fields", side_effect=AssertionError):
            for field in agreement._fields.values():
                agreement._has_field_access(field, "write")
            agreement.default_get(["state", "summary"])


@tagged("post_install", "-at_install")
class TestFieldGuardValues(GuardCommon):
    """What may a value be?"""

    def test_bad_values_are_refused_in_every_field(self):
        for Model in self.guarded("field"):
            for name, field in Model._fields.items():
                for value in BAD.get(field.type, ()):
                    with self.subTest(model=Model._name, field=name, value=str(value)[:20]):
                        # Verbs store what people gave them: no exception with sudo().
                        self.assert_refused(Model.sudo()._check_values, {name: value})

    def test_no_field_without_a_limit(self):
        for Model in self.guarded("field"):
            for name, field in Model._fields.items():
                if field.type in ("char", "text") and field.store:
                    with self.subTest(model=Model._name, field=name):
                        self.assert_refused(
                            Model._check_values, {name: "x" * 2_000_001}, sentence="takes up to"
                        )

    def test_write_and_create_ask(self):
        goal = self.env["performance.goal"].create({"name": "Goal", "scope": "company"})
        for record in (goal, goal.sudo(), goal.with_user(self.officer_user)):
            for vals in ({"weight": NAN}, {"target": INFINITE}, {"date_deadline": "9999-01-01"}):
                self.assert_refused(record.write, vals)
                self.assert_refused(record.create, {"name": "x", **vals})
        self.assertEqual(goal.weight, goal.weight)

    def test_one_sentence_names_the_field(self):
        goal = self.env["performance.goal"].create({"name": "Goal", "scope": "company"})
        for vals, sentence in (
            ({"weight": NAN}, "^Weight .*takes a number"),
            ({"name": "a\0b"}, "^Goal contains characters that cannot be stored"),
            ({"name": "x" * 501}, "^Goal takes up to 500 characters; this text has 501"),
            ({"date_deadline": "1812-01-01"}, "takes a date from 1900-01-01 to 2200-12-31"),
            ({"direction": []}, "takes one of: "),
            ({"parent_id": "x"}, "choose a record"),
        ):
            self.assert_refused(goal.write, vals, sentence=sentence)

    def test_numbers_of_days_stay_within_the_calendar(self):
        cycle = self.create_cycle(name="Empty")
        for name in ("checkpoint_days", "min_seniority_days", "min_points", "min_duration"):
            for value in (2**31 - 1, -(2**31) + 1):
                self.assert_refused(cycle.write, {name: value}, sentence="from -")
        meeting = self.env["performance.review.meeting"].with_user(self.manager_user)
        vals = {"review_id": self.review.id, "duration": 2**31 - 1}
        self.assert_refused(meeting.create, vals, sentence="to 1,440")

    def test_what_is_fine_is_stored(self):
        goal = self.env["performance.goal"].create(
            {
                "name": "目标 🙂",
                "scope": "company",
                "means": "x" * arguments.TEXT_LIMIT,
                "target": -2.5,
                "date_deadline": "2026-09-30",
                "direction": "down",
                "parent_id": self.company_goal.id,
            }
        )
        goal.write({"date_deadline": False, "means": None, "target": 3, "parent_id": False})
        self.assertEqual((goal.name, goal.target, goal.means), ("目标 🙂", 3.0, False))


@tagged("post_install", "-at_install")
class TestLinkGuard(GuardCommon):
    """Which links are set once, and which records may be linked at all?"""

    def test_parents_stay(self):
        asked = set()
        for Model in self.guarded("link", transient=False):
            for name in Model._get_parent_fields():
                mine = self.find_writer(Model.search([(name, "!=", False)]))
                if not mine:
                    continue
                asked.add(Model._name)
                comodel = self.env[Model._fields[name].comodel_name]
                other = comodel.sudo().search([("id", "!=", mine[name].id)], limit=1)
                for value in (other.id, False):
                    with self.subTest(model=Model._name, field=name, value=value):
                        self.assert_refused(
                            mine._check_parent_fields, {name: value}, sentence="chosen once"
                        )
                        self.assert_refused(mine.write, {name: value})
        self.assertGreaterEqual(len(asked), 7, asked)

    def test_only_what_one_reads_is_linked(self):
        asked = set()
        for Model in self.guarded("link"):
            mine = self.as_user(Model, self.outsider_user)
            for name, field in Model._fields.items():
                if not field.relational:
                    continue
                Linked = self.env[field.comodel_name]
                if not getattr(Linked, "_performance_guarded", False):
                    continue
                everything = self.as_user(Linked.search([]), self.outsider_user)
                hidden = everything - everything._filtered_access("read")
                if not hidden:
                    continue
                asked.add(Model._name)
                links = [hidden[0].id] if field.type == "many2one" else [
                    [Command.link(hidden[0].id)], [Command.set(hidden[0].ids)],
                    [Command.update(hidden[0].id, {})], [hidden[0].id],
                ]  # fmt: skip
                for link in links:
                    with self.subTest(model=Model._name, field=name, link=link):
                        self.assert_refused(mine._check_linked, {name: link}, kind=AccessError)
                        self.assert_refused(mine.create, {name: link})
                        self.assert_refused(
                            mine.onchange, {name: link}, [], {name: {}}, kind=AccessError
                        )
                        with_default = mine.with_context(**{f"default_{name}": link})
                        if name not in Model._get_refused_fields():
                            self.assert_refused(with_default.default_get, [name], kind=AccessError)
        self.assertGreaterEqual(len(asked), 15, asked)

    def test_portal_users_have_no_forms(self):
        for Model in self.guarded("link"):
            self.assert_refused(
                self.as_user(Model, self.porter_user).onchange, {}, [], {"id": {}}, kind=AccessError
            )

    def test_lines_are_searched_with_the_rights_of_who_asks(self):
        """What exists behind a card is not told to whoever reads the card alone."""
        cards = self.env["performance.review"].with_user(self.worker_user)
        found = cards.search([("note_ids", "!=", False), ("id", "=", self.review.id)])
        self.assertFalse(found)
        self.assertTrue(cards.search([("note_ids", "=", False), ("id", "=", self.review.id)]))
        found = cards.with_user(self.manager_user).search([("note_ids", "!=", False)])
        self.assertIn(self.review, found)


@tagged("post_install", "-at_install")
class TestNameGuard(GuardCommon):
    """Who sees the name of a record through a link?"""

    def test_names_through_links_are_hidden(self):
        asked = set()
        for Model in self.guarded("name"):
            mine = self.as_user(Model.search([]), self.outsider_user)
            hidden = mine - mine._filtered_access("read")
            if hidden:
                asked.add(Model._name)
            kind = self.env["ir.model"]._get(Model._name).name
            if Model._name == "performance.cycle":
                continue  # its name stands on every card, see there
            for record in hidden.sudo():
                with self.subTest(record=record):
                    self.assertEqual(record.display_name, kind)
        self.assertGreaterEqual(len(asked), 12, asked)

    def test_whoever_reads_the_record_sees_its_name(self):
        seen = self.review.with_user(self.manager_user)
        self.assertIn(self.worker.name, seen.display_name)
        self.assertIn(self.worker.name, seen.sudo().display_name)


@tagged("post_install", "-at_install")
class TestStepGuard(GuardCommon):
    """In which steps of a review may its parts still change?"""

    def test_nothing_changes_in_a_closed_step(self):
        asked = set()
        for Model in self.guarded("step"):
            self.assertIsNotNone(Model._get_open_states(), Model._name)
            records = Model.search([]).filtered(
                lambda part: part._get_guarded_review() == self.done_review
            )
            mine = self.find_writer(records)
            if not mine:
                continue
            asked.add(Model._name)
            self.assertNotIn(self.done_review.state, mine._get_open_states())
            name = next(
                name
                for name, field in Model._fields.items()
                if field.type in ("char", "text") and field.store and not field.readonly
            )
            with self.subTest(model=Model._name):
                self.assert_refused(mine.write, {name: "Changed"})
                self.assert_refused(mine._check_open_state, sentence="can no longer be changed")
                self.assert_refused(mine._unlink_except_closed_step, kind=UserError)
        self.assertGreaterEqual(len(asked), 5, asked)

    def test_people_who_may_not_write_learn_nothing(self):
        point = self.done_review.point_ids[0]
        with self.assertRaises(AccessError) as refused:
            point.with_user(self.outsider_user).write({"name": "Changed"})
        self.assertNotIn(self.porter.name, str(refused.exception))

    def test_verbs_pass(self):
        point = self.done_review.point_ids[0]
        point.with_user(self.manager_user).sudo().write({"name": "Changed"})
        self.assertEqual(point.name, "Changed")


@tagged("post_install", "-at_install")
class TestVersionGuard(GuardCommon):
    """Has somebody else changed meanwhile what this writer saw?"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goal = (
            cls.env["performance.goal"]
            .with_user(cls.officer_user)
            .create({"name": "Before", "scope": "company", "target": 4.0, "direction": "down"})
        )

    def save(self, record, seen, **vals):
        """Save a form as the web client does."""
        return record.web_save({**vals, "seen_values": seen}, {"id": {}})

    def test_the_second_window_is_told(self):
        self.save(self.goal, {"name": "Before"}, name="First window")
        with self.assertRaisesRegex(UserError, "Somebody else has changed “Goal” since"):
            self.save(self.goal, {"name": "Before"}, name="Second window")
        self.assertEqual(self.goal.name, "First window")
        self.save(self.goal, {"name": "First window"}, name="Second window")
        self.assertEqual(self.goal.name, "Second window")

    def test_only_the_fields_in_question_are_named(self):
        self.goal.write({"name": "First", "metric": "Pieces", "target": 5})
        with self.assertRaises(UserError) as told:
            self.save(
                self.goal,
                {"name": "Before", "target": 4.0, "direction": "down"},
                name="Second",
                target=6,
                direction="up",
            )
        self.assertIn("“Goal”, “Target”", str(told.exception))
        self.assertNotIn("Direction", str(told.exception))

    def test_different_fields_of_two_windows_are_both_kept(self):
        self.save(self.goal, {"name": "Before"}, name="First window")
        self.save(self.goal, {"target": 4}, target=7.0)
        self.assertEqual((self.goal.name, self.goal.target), ("First window", 7.0))

    def test_the_same_text_twice_is_no_conflict(self):
        self.save(self.goal, {"name": "Before"}, name="Both")
        self.save(self.goal, {"name": "Before"}, name="Both")

    def test_every_kind_of_value_is_recognised(self):
        """Nobody is told of a change that there was not."""
        self.goal.write({"date_deadline": "2026-09-30", "parent_id": self.company_goal.id})
        for Model in self.guarded("version"):
            record = self.find_writer(Model.search([], order="id desc", limit=20))
            if not record:
                continue
            names = [
                name
                for name, field in Model._fields.items()
                if field.store
                and field.type not in ("one2many", "many2many", "binary")
                and record._has_field_access(field, "read")
            ]
            # What the web client got, through JSON.
            shown = record.web_read({name: {} for name in names if name != "id"})[0]
            sent = json.loads(json.dumps(shown, default=json_default))
            with self.subTest(model=Model._name):
                record._check_seen(sent, dict.fromkeys(sent, "other"))
        self.save(self.goal, {"metric": False, "unit": ""}, metric="Pieces", unit="each")

    def test_lines_are_asked_too(self):
        agreement = self.other_draft()
        line = agreement.commitment_ids[0]
        old = line.name
        line.name = "First window"
        command = Command.update(line.id, {"name": "Second window", "seen_values": {"name": old}})
        with self.assertRaisesRegex(UserError, "Commitment"):
            self.save(agreement, {}, commitment_ids=[command])

    def other_draft(self):
        review = self.review_of(self.cycle, self.manager)
        self.advance_to(review, "draft")
        return review.agreement_id.with_user(review.reviewer_user_id)

    def test_nobody_learns_of_what_he_cannot_write(self):
        self.goal.name = "Secret"
        for user in (self.outsider_user, self.porter_user):
            with self.assertRaises(AccessError):
                self.save(self.goal.with_user(user), {"name": "Before"}, name="x")

    def test_many_rows_at_once_are_one_decision(self):
        goals = self.goal | self.goal.copy({"name": "Other"})
        goals.web_save({"name": "Both", "seen_values": {"name": "Before"}}, {"id": {}})
        self.assertEqual(goals.mapped("name"), ["Both", "Both"])

    def test_nonsense_is_no_version(self):
        for seen in ("x", 5, ["name"], {"no_such_field": 1}, {"id": 5}, None):
            self.goal.write({"name": "Fine", "seen_values": seen})

    def test_forms_get_the_field_that_asks_for_it(self):
        officer = self.env["performance.goal"].with_user(self.officer_user)
        models = officer.get_views([(False, "form")])["models"]
        self.assertIn("seen_values", models["performance.goal"]["fields"])
        reviews = self.env["performance.review"].with_user(self.manager_user)
        models = reviews.get_views([(False, "form")])["models"]
        self.assertIn("seen_values", models["performance.point"]["fields"])
        self.assertNotIn("seen_values", models.get("hr.employee", {}).get("fields", {}))


@tagged("post_install", "-at_install")
class TestVerbArguments(GuardCommon):
    """Whoever may press a button may call its verb with anything: one sentence answers."""

    def test_every_verb_survives_anything(self):
        """No argument makes a verb crash: people of every role get an answer, or a sentence."""
        junk = (5, "x", [], ["x"], {}, NAN, INFINITE, -1, 2**70, "a\0b", "\ud800", True, None)
        asked = set()
        for name in self.addon_models():
            Model = self.env[name]
            record = Model.search([], limit=1) if Model._auto else Model
            verbs = {
                verb: len(signature(getattr(Model, verb)).parameters)
                for verb in dir(type(Model))
                if verb.startswith("action_")
            }
            for verb, number in verbs.items():
                if not number or not record:
                    continue
                asked.add(f"{name}.{verb}")
                for user in (self.manager_user, self.officer_user, self.worker_user):
                    call = getattr(self.as_user(record, user), verb)
                    for value in junk:
                        with self.subTest(verb=f"{name}.{verb}", user=user.login, value=value):
                            self.attempt(partial(call, *[value] * number))
        self.assertIn("performance.agreement.action_sign", asked)
        self.assertIn("performance.review.action_reassign", asked)

    def test_outcomes(self):
        lines = self.review.agreement_id.commitment_ids.with_user(self.manager_user)
        for outcome in ([], {}, 5, None, "no such outcome", ["closed"], float("nan")):
            with self.subTest(outcome=outcome):
                self.assert_refused(
                    lines.action_set_outcome, outcome, sentence="^Outcome takes one of: Open"
                )
        self.assertEqual(set(lines.mapped("outcome")), {"open"})

    def test_reasons_of_a_cycle(self):
        cycle = self.create_cycle(name="Empty")
        for state, verb in (("open", cycle.action_close), ("closed", cycle.action_reopen)):
            for reason in (5, [], ["x"], {}, "a\0b", "\ud800", "x" * 20_001, True):
                cycle.state = state
                with self.subTest(verb=verb.__name__, reason=str(reason)[:20]):
                    self.assert_refused(verb, reason, sentence="Reason ")
                    self.assertEqual(cycle.state, state)
            verb("Because")

    def test_pulse(self):
        review = self.review.with_user(self.worker_user)
        for answers in (None, [], 5, "x", {}, {"clear_standard": float("nan")}, [1, 2, 3, 4]):
            self.assert_refused(review.action_give_pulse, answers)
