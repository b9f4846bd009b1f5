import base64
import itertools
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .access_common import AccessCommon
from .common import TODAY
from .reminders_common import RemindersMixin

CURIOUS = ("worker", "director", "officer", "outsider", "rival")


class TrapCommon(AccessCommon):
    """The worker's review, and the officer's, which HR does not read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.other_review = cls.review_of(cls.cycle, cls.porter)
        cls.as_reviewer = cls.review.with_user(cls.manager_user)
        cls.as_employee = cls.review.with_user(cls.worker_user)

    def assert_refused(self, call, kind=UserError):
        # Constraints of the database and unknown paths reach a caller as errors, too.
        refusals = (UserError, IntegrityError, ValueError)
        with mute_logger("odoo.sql_db"):
            _result, error = self.attempt(call, refusals)
        self.assertIsNotNone(error)
        if kind is not UserError:
            self.assertIsInstance(error, kind)

    def evidence_of(self, review, code):
        """Return the items of a source, read with the rights that ``review`` carries."""
        sources = {source["code"]: source["items"] for source in review._get_evidence()}
        return sources[code]

    def new_incident(self, user, employee=None, **vals):
        return (
            self.env["performance.incident"]
            .with_user(user)
            .create(
                {
                    "employee_id": (employee or self.worker).id,
                    "name": "Own",
                    "polarity": "positive",
                    **vals,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestAccessStructure(TrapCommon):
    """What holds for every model of the addon, those to come included."""

    def test_every_permission_has_a_rule_of_its_group(self):
        """A rule bound to a small group does not bind the others."""
        acls = self.env["ir.model.access"].search(
            [("model_id.model", "in", self.confidential_models()), ("active", "=", True)]
        )
        self.assertFalse(
            acls.filtered(lambda acl: not acl.group_id), "an access right for everybody"
        )
        rules = self.env["ir.rule"].search([])
        for acl, operation in itertools.product(acls, ("read", "write", "create", "unlink")):
            if not acl[f"perm_{operation}"]:
                continue
            model, group = acl.model_id.model, acl.group_id
            with self.subTest(model=model, group=group.display_name, operation=operation):
                # Officers are internal users: a rule of base.group_user binds them too.
                bound = rules.filtered(
                    lambda rule, model=model, operation=operation: (
                        rule.model_id.model == model and rule[f"perm_{operation}"]
                    )
                )
                self.assertTrue(
                    bound.filtered(lambda rule, group=group: group in rule.groups),
                    "permission without a rule of its group: everybody in it has all rows",
                )
                self.assertTrue(bound.filtered(lambda rule: not rule.groups), "no company rule")

    def test_no_two_rules_differ_only_in_their_group(self):
        """Said twice, a rule is changed once: internal and portal users share one rule."""
        rules = self.env["ir.rule"].search([("model_id.model", "in", self.addon_models())])
        said = {}
        for rule in rules.filtered("groups"):
            same = (
                rule.model_id.model,
                "".join((rule.domain_force or "").split()),
                *(rule[f"perm_{name}"] for name in ("read", "write", "create", "unlink")),
            )
            said.setdefault(same, []).append(rule.name)
        self.assertFalse({key: names for key, names in said.items() if len(names) > 1})

    def test_wizards_are_their_openers_own(self):
        for model in self.addon_models():
            if not self.env[model]._transient:
                continue
            with self.subTest(model=model):
                rule = self.env["ir.rule"].search(
                    [("model_id.model", "=", model), ("groups", "=", False)]
                )
                self.assertEqual(rule.mapped("domain_force"), ["[('create_uid', '=', user.id)]"])

    def test_no_access_tokens(self):
        for model in self.addon_models():
            self.assertNotIn("access_token", self.env[model]._fields, model)

    def test_names_are_guarded(self):
        """Every confidential model with a telling name hides it behind links."""
        guard = self.env["performance.name.guard"]
        for model in self.confidential_models():
            if model == "performance.pulse":
                self.assertNotIn(self.env[model]._rec_name, ("name", "reason"))
            elif self.env[model]._auto:
                self.assertIsInstance(self.env[model], type(guard), model)

    def test_server_fields_cannot_be_typed(self):
        """What rules and gates look at is neither written nor created by people."""
        self.advance_to(self.review, "draft")
        review, dialogue = self.review, self.review.dialogue_id
        owned = {
            review: {},
            review.point_ids[0]: {"review_id": review.id, "name": "x"},
            review.note_ids[0]: {"review_id": review.id, "body": "x"},
            dialogue: {"review_id": review.id},
            review.agreement_id: {"review_id": review.id},
            review.agreement_id.commitment_ids[0]: {
                "agreement_id": review.agreement_id.id,
                "name": "x",
            },
            review.agreement_id.goal_ids[0]: {
                "agreement_id": review.agreement_id.id,
                "name": "x",
            },
            self.new_incident(self.manager_user).sudo(): {
                "employee_id": self.worker.id,
                "name": "x",
                "polarity": "positive",
            },
        }
        looked_at = {
            "performance.review": {
                "employee_id", "employee_user_id", "reviewer_id", "reviewer_user_id",
                "upper_user_ids", "company_id", "cycle_id", "agreement_id", "revealed_on",
            },
            "performance.point": {"is_complete"},
            "performance.note": {"author_id"},
            "performance.dialogue": {"duration", "employee_share", "employee_confirmed_on"},
            "performance.agreement": {
                "state", "version", "proposed_on", "employee_signature", "employee_signed_on",
                "employee_signed_name", "employee_stance", "reviewer_signature",
                "reviewer_signed_on", "snapshot", "sha256", "dispute_reason", "hr_statement",
            },
            "performance.commitment": {"outcome", "owner_user_id"},
            "performance.goal": {"employee_user_id", "manager_user_id", "company_id"},
            "performance.incident": {"author_id", "employee_user_id", "shared"},
        }  # fmt: skip
        for record, vals in owned.items():
            names = {name for name in record._fields if record._is_server_field(name)}
            self.assertLessEqual(looked_at[record._name], names)
            mine = record.with_user(self.manager_user)
            for name in names:
                value = record.read([name], load=None)[0][name] if record[name] else 1
                with self.subTest(model=record._name, field=name):
                    with self.assertRaises(AccessError):
                        mine.write({name: value})
                    self.assert_refused(
                        lambda mine=mine, vals=vals, name=name, value=value: mine.create(
                            {**vals, name: value}
                        ),
                        AccessError,
                    )

    def test_children_stay_where_they_are(self):
        """Moving a child to another review would carry it into another audience."""
        self.advance_to(self.review, "draft")
        self.advance_to(self.other_review, "draft")
        mine, theirs = self.as_reviewer, self.other_review
        for child, vals in (
            (mine.point_ids[0], {"review_id": theirs.id}),
            (mine.note_ids[0], {"review_id": theirs.id}),
            (mine.dialogue_id, {"review_id": theirs.id}),
            (mine.dialogue_id.topic_ids[0], {"dialogue_id": theirs.dialogue_id.id}),
            (mine.dialogue_id.feedback_ids[0], {"dialogue_id": theirs.dialogue_id.id}),
            (mine.agreement_id, {"review_id": theirs.id}),
            (mine.agreement_id.commitment_ids[0], {"agreement_id": theirs.agreement_id.id}),
            (mine.agreement_id.goal_ids[0], {"agreement_id": theirs.agreement_id.id}),
            (mine.agreement_id.goal_ids[0], {"employee_id": self.porter.id}),
        ):
            with self.subTest(child=child._name), self.assertRaises(AccessError):
                child.write(vals)
        incident = self.new_incident(self.manager_user)
        with self.assertRaises(AccessError):
            incident.employee_id = self.porter
        # HR writes appraisals, but must not make somebody else's result its own.
        appraisal = self.confirmed[self.worker].with_user(self.officer_user)
        with self.assertRaises(AccessError):
            appraisal.employee_id = self.officer_employee


@tagged("post_install", "-at_install")
class TestAccessOracles(TrapCommon):
    """Questions whose answer tells about what cannot be read."""

    # ------------------------------------------------------------------
    # Paths
    # ------------------------------------------------------------------

    def _get_links(self, model):
        confidential = set(self.confidential_models())
        for name, field in sorted(self.env[model]._fields.items()):
            if field.relational and field.comodel_name in confidential:
                yield name, field.comodel_name

    def _get_paths(self, model, depth):
        """Yield (path, model at its end) of all relations into confidential models."""
        trails = [((), model, {model})]
        while trails:
            names, last, seen = trails.pop()
            for name, comodel in self._get_links(last):
                if comodel in seen:
                    continue
                yield ".".join([*names, name]), comodel
                if len(names) + 1 < depth:
                    trails.append(((*names, name), comodel, {*seen, comodel}))

    def _get_field(self, Model, path):
        """Return the last field of a path, or None when a part of it cannot be searched."""
        for name in path.split("."):
            field = Model._fields[name]
            if not field._description_searchable:
                return None
            Model = self.env[field.comodel_name]
        return field

    def _ask(self, Model, user, method, *args, **kwargs):
        """Return what a question answers as text, "" when it is refused."""
        try:
            answer = getattr(self.as_user(Model, user), method)(*args, **kwargs)
        except (UserError, ValueError, NotImplementedError):
            return ""
        return answer

    def _get_starts(self):
        return [model for model in self.confidential_models() if self.env[model]._auto] + [
            "hr.employee",
            "res.users",
            "performance.theme",
            "performance.outline.question",
        ]

    def _assert_paths_tell_nothing(self, personas):
        texts = {
            model: [
                name
                for name in self.text_fields(model)
                if self.env[model]._fields[name]._description_searchable
            ]
            for model in self.confidential_models()
        }
        readable = {
            (persona, model): self.can_read(self.personas[persona], model)
            for persona in personas
            for model in self.confidential_models()
        }
        hits = 0
        for start in self._get_starts():
            Model = self.env[start]
            # Elsewhere every path goes on through a model that is a start itself.
            depth = 3 if start == "performance.review" else 2
            for path, end in self._get_paths(start, depth):
                last = self._get_field(Model, path)
                if not last:
                    continue
                domains = []
                if last.type != "many2one":
                    # That a link is set is part of the record; what it leads to is not.
                    existing = self.env[end].search([]).ids
                    domains += [Domain(path, "!=", False), Domain(path, "in", existing)]
                if texts[end]:
                    domains.append(
                        Domain.OR(
                            Domain(f"{path}.{name}", "ilike", "SECRET") for name in texts[end]
                        )
                    )
                # The questions are good ones: the server finds what people must not.
                hits += sum(1 for domain in domains if Model.sudo().search_count(domain))
                for persona in personas:
                    if readable[persona, end]:
                        continue
                    told = [
                        domain
                        for domain in domains
                        if self._ask(Model, self.personas[persona], "search_count", domain)
                    ]
                    with self.subTest(persona=persona, start=start, path=path):
                        self.assertFalse(told)
        self.assertGreater(hits, 50)

    def test_search_before_the_dialogue_is_over(self):
        self.advance_to(self.review, "dialogue")
        self.new_incident(self.manager_user)
        self.plant()
        self._assert_paths_tell_nothing(("worker", "director", "outsider", "rival"))

    def test_search_while_the_agreement_is_a_draft(self):
        self.advance_to(self.review, "draft")
        self.plant()
        self._assert_paths_tell_nothing(("worker", "director", "peer", "stranger"))

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _get_specification(self, model, depth=1):
        """Return a ``web_read`` specification with all fields, links two levels deep."""
        specification = {}
        for name, field in self.env[model]._fields.items():
            if field.relational and field.comodel_name in self.addon_models():
                sub = {"display_name": {}}
                if depth:
                    sub.update(self._get_specification(field.comodel_name, depth - 1))
                specification[name] = {"fields": sub}
            elif not field.relational or field.comodel_name.startswith("mail."):
                specification[name] = {}
        return specification

    def _get_allowed_fields(self, Model, user):
        return set(self.as_user(Model, user).fields_get([], []))

    def test_reading_tells_only_what_is_readable(self):
        """web_search_read, export, name_search and groups over everything a persona finds."""
        self.new_incident(self.manager_user, goal_id=self.confirmed[self.worker].goal_ids.id)
        self.new_incident(self.worker_user).action_share()
        self.advance_to(self.other_review, "signed")
        self.advance_to(self.review, "draft")
        # Evidence the employee cannot read yet, and an own result still to be confirmed.
        self.review.point_ids[:1].sudo().goal_id = self.unconfirmed[self.worker].goal_ids
        self.review.sudo().appraisal_id = self.unconfirmed[self.worker]
        self.plant()
        for persona, model in itertools.product(CURIOUS, self.confidential_models()):
            user = self.personas[persona]
            Model = self.env[model]
            if not self.as_user(Model, user).has_access("read"):
                continue
            allowed = self._get_allowed_fields(Model, user)
            specification = {
                name: sub for name, sub in self._get_specification(model).items() if name in allowed
            }
            self.env.invalidate_all()
            answers = {
                "name_search": self._ask(Model, user, "name_search", "SECRET"),
                "search_read": self._ask(Model, user, "search_read", []),
            }
            for name, sub in specification.items():
                # One by one: a refusal of one field must not hide what another one tells.
                answers[f"read {name}"] = self._ask(Model, user, "web_search_read", [], {name: sub})
                if Model._fields[name].store and Model._fields[name].type != "binary":
                    answers[f"group by {name}"] = self._ask(
                        Model, user, "formatted_read_group", [], [name], ["__count"]
                    )
            for path, end in self._get_paths(model, depth=2):
                for text in self.text_fields(end)[:2]:
                    found = self._ask(Model, user, "search", [])
                    answers[f"export {path}/{text}"] = self._ask(
                        found, user, "export_data", [f"{path.replace('.', '/')}/{text}"]
                    )
                    answers[f"group by {path}.{text}"] = self._ask(
                        Model, user, "formatted_read_group", [], [f"{path}.{text}"], ["__count"]
                    )
            told = {
                question: found
                for question, answer in answers.items()
                if (found := self.find_told(repr(answer), user))
            }
            with self.subTest(persona=persona, model=model):
                self.assertFalse(told)

    def test_operator_without_rules_is_not_for_callers(self):
        self.advance_to(self.review, "dialogue")
        self.assert_refused(
            lambda: self.as_employee.search(
                [("point_ids", "any!", [("name", "ilike", "strength")])]
            )
        )

    def test_existence_is_answered_to_those_who_read(self):
        """The same questions, asked by the reviewer, have their answers."""
        self.advance_to(self.review, "dialogue")
        self.assertTrue(self.review.note_ids)
        for value in (self.review.note_ids.ids, self.review.note_ids.id):
            domain = [("note_ids", "in" if isinstance(value, list) else "=", value)]
            self.assertEqual(self.as_reviewer.search(domain), self.review)
            self.assertFalse(self.as_employee.search(domain))
        mine = self.as_reviewer.search([("note_ids", "!=", False)])
        self.assertEqual(mine, self.review)
        self.assertNotIn(self.review, self.as_reviewer.search([("note_ids", "=", False)]))
        # To somebody who reads no note there is none, both ways round.
        self.assertEqual(self.as_employee.search([("note_ids", "=", False)]), self.review)

    def test_order_by_hidden_fields(self):
        self.advance_to(self.review, "draft")
        self.plant()
        for path in ("agreement_id.summary", "appraisal_id.score", "point_ids.name"):
            with self.subTest(path=path):
                self.assert_refused(lambda path=path: self.as_employee.search([], order=path))

    def test_forms_answer_about_readable_records_only(self):
        """onchange shows names and related fields before any rule is asked."""
        self.advance_to(self.review, "draft")
        self.new_incident(self.manager_user)
        self.plant()
        for persona in ("outsider", "rival", "director", "worker"):
            user = self.personas[persona]
            for model in self.addon_models():
                Model = self.as_user(self.env[model], user)
                if not Model.has_access("create"):
                    continue
                allowed = self._get_allowed_fields(Model, user)
                specification = {
                    name: {"fields": {"display_name": {}}} if field.relational else {}
                    for name, field in Model._fields.items()
                    if name in allowed and name != "id"
                }
                for name, comodel in self._get_links(model):
                    target = self.env[comodel].search([], limit=1)
                    if not target or name not in allowed:
                        continue
                    many = Model._fields[name].type != "many2one"
                    value = [Command.link(target.id)] if many else target.id
                    for Asking, values, changed in (
                        (Model, {name: value}, [name]),
                        (Model.with_context(**{f"default_{name}": value}), {}, []),
                    ):
                        answer = repr(
                            self._ask(
                                Asking, user, "onchange", dict(values), changed, specification
                            )
                        )
                        with self.subTest(persona=persona, model=model, field=name):
                            self.assertFalse(self.find_told(answer, user), answer[:400])
                            if persona in ("outsider", "rival"):
                                self.assertNotIn(self.worker.name, answer)

    def test_new_point_does_not_tell_earlier_gaps(self):
        earlier = self.review
        self.advance_to(earlier, "done")
        gap = earlier.point_ids.filtered(lambda point: point.kind == "gap")[0]
        gap.sudo().theme_id = self.theme
        later = self.launch(
            name="Year 2027",
            date_start=fields.Date.to_date("2027-01-01"),
            date_end=fields.Date.to_date("2027-12-31"),
        )
        review = self.review_of(later, self.worker)
        values = {"review_id": review.id, "kind": "gap", "theme_id": self.theme.id}

        def ask(user):
            return self._ask(
                self.env["performance.point"], user, "onchange", dict(values),
                ["theme_id"], {"repeat_count": {}},
            )  # fmt: skip

        self.assertEqual(ask(self.manager_user)["value"]["repeat_count"], 1)
        for user in (self.director_user, self.outsider_user, self.officer_user):
            answer = ask(user)
            self.assertFalse(answer and answer["value"].get("repeat_count"), user.login)

    # ------------------------------------------------------------------
    # Values on the card
    # ------------------------------------------------------------------

    def test_card_tells_no_more_than_the_parts(self):
        self.advance_to(self.review, "preparation")
        as_upper = self.review.with_user(self.director_user)
        self.assertEqual(self.as_reviewer.sheet_percent, 100.0)
        # Asked after the reviewer, in one transaction: the cache is not shared either.
        self.assertEqual(self.as_employee.sheet_percent, 0.0)
        self.assertEqual(as_upper.sheet_percent, 0.0)
        for user in (self.worker_user, self.director_user, self.outsider_user):
            with self.assertRaises(AccessError):
                self.review.with_user(user).get_blockers()

    def test_upper_manager_does_not_learn_of_a_dispute(self):
        self.advance_to(self.review, "proposed")
        self.dispute_as(self.review.agreement_id, self.worker_user, "No")
        as_upper = self.review.with_user(self.director_user)
        self.assertEqual(self.as_reviewer.agreement_state, "disputed")
        self.assertFalse(as_upper.agreement_state)
        self.env.invalidate_all()
        self.assertFalse(as_upper.read(["agreement_state"])[0]["agreement_state"])
        self.assert_refused(lambda: as_upper.search([("agreement_state", "=", "disputed")]))
        task = self.env["performance.mediation"].search([]).activity_ids
        self.assertEqual(task.user_id, self.officer_user)
        with self.assertRaises(AccessError):
            task.with_user(self.director_user).read(["summary"])
        self.assertFalse(as_upper.activity_ids)

    def test_employee_opens_the_card_before_the_result_is_confirmed(self):
        self.confirmed[self.worker].action_reset("Counted twice")
        self.assertFalse(self.evidence_of(self.as_employee, "kpi"))
        self.assertNotIn(
            "2026-01-01", repr(self.as_employee.web_read({"appraisal_id": {"fields": {}}}))
        )
        self.assertTrue(self.evidence_of(self.as_reviewer, "kpi"))
        self.assertFalse(self.evidence_of(self.review.with_user(self.director_user), "kpi"))

    def test_mutual_reveal(self):
        """Neither one's readiness alone opens the self-assessment."""
        assessment = self.submit_self_assessment(self.review).sudo()
        for user in (self.manager_user, self.officer_user):
            self.env.invalidate_all()
            self.assertFalse(assessment.with_user(user).has_access("read"))
            self.assertFalse(self.review.with_user(user).self_assessment_ids)
        self.fill_sheet(self.review)
        self.env.flush_all()
        self.assertFalse(assessment.with_user(self.manager_user).has_access("read"))
        self.as_reviewer.action_submit_sheet()
        self.env.flush_all()
        for user in (self.manager_user, self.officer_user):
            self.assertTrue(assessment.with_user(user).has_access("read"))
        self.assertFalse(assessment.with_user(self.director_user).has_access("read"))

    def test_deadline_reveals_what_is_submitted_only(self):
        draft = self.as_employee.env["performance.self.assessment"].create(
            {"review_id": self.review.id}
        )
        Cron = type(self.env["ir.cron"])
        no_commit = patch.object(Cron, "_commit_progress", lambda *args, **kwargs: float("inf"))
        with freeze_time("2026-03-21"), no_commit:  # the day after the deadline
            self.review._cron_reveal()
        self.assertTrue(self.review.is_revealed)
        self.assertFalse(draft.with_user(self.manager_user).has_access("read"))
        draft.results = "Set up the second bench"
        draft.action_submit()
        self.assertTrue(draft.with_user(self.manager_user).has_access("read"))

    def test_analysis_leaves_out_the_officers_own_review(self):
        report = self.env["performance.review.report"].with_user(self.officer_user)
        found = report.search([])
        own = self.review_of(self.cycle, self.officer_employee)
        self.assertTrue(found)
        self.assertNotIn(own.id, found.ids)

    def test_pulse_is_nobodys(self):
        self.advance_to(self.review, "draft")
        answers = dict.fromkeys(
            ("clear_standard", "specific_feedback", "listened_to", "way_forward"), 5
        )
        self.as_employee.action_give_pulse(answers)
        for user in (*self.personas.values(), self.env.ref("base.user_admin")):
            for method in ("search", "read", "formatted_read_group"):
                Pulse = self.env["performance.pulse"].sudo().search([]).with_user(user)
                args = {"search": ([],), "read": (), "formatted_read_group": ([], ["cycle_id"])}
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(Pulse, method)(*args[method])
        with self.assertRaises(UserError):
            self.as_employee.action_give_pulse(answers)
        self.assertEqual(self.cycle.with_user(self.officer_user).pulse_text, "Not enough answers")


@tagged("post_install", "-at_install")
class TestAccessSmuggling(TrapCommon):
    """Ways around ``create`` and ``write``."""

    FORGED = {
        "state": "signed",
        "employee_signed_on": "2026-03-01 10:00:00",
        "employee_signed_name": "Forged",
        "employee_stance": "agree",
        "proposed_on": "2026-03-01 10:00:00",
        "sha256": "0" * 64,
    }

    def _assert_unsigned(self, agreement):
        agreement = agreement.sudo()
        self.assertEqual(agreement.state, "draft")
        for name in self.FORGED.keys() - {"state"}:
            self.assertFalse(agreement[name], name)

    def test_context_signs_nothing(self):
        """default_* keys, on a verb and on a create of one's own."""
        forged = {f"default_{name}": value for name, value in self.FORGED.items()}
        self.advance_to(self.review, "dialogue")
        self.as_reviewer.dialogue_id.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
        )
        self.as_reviewer.with_context(**forged).action_next()
        self._assert_unsigned(self.review.agreement_id)
        self.review.agreement_id.with_user(self.manager_user).unlink()
        created = (
            self.as_reviewer.env["performance.agreement"]
            .with_context(**forged)
            .create({"review_id": self.review.id})
        )
        self._assert_unsigned(created)

    def test_stored_defaults_sign_nothing(self):
        """ir.default: every internal user may store defaults for any field."""
        Default = self.env["ir.default"].with_user(self.manager_user)
        for name, value in self.FORGED.items():
            Default.set("performance.agreement", name, value, user_id=True)
        self.advance_to(self.review, "draft")
        self._assert_unsigned(self.review.agreement_id)

    def test_context_links_nothing(self):
        """A verb's sudo() must not pull somebody else's goal into one's own agreement."""
        self.advance_to(self.review, "dialogue")
        self.as_reviewer.dialogue_id.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
        )
        foreign = self.confirmed[self.officer_employee].goal_ids
        key = {"default_goal_ids": [Command.link(foreign.id)]}
        self.as_reviewer.with_context(**key).action_next()
        self.assertFalse(foreign.agreement_id)
        self.assertFalse(self.review.agreement_id.goal_ids)
        self.assert_refused(
            lambda: (
                self.as_reviewer.env["performance.point"]
                .with_context(default_goal_id=foreign.id)
                .create({"review_id": self.review.id, "name": "x"})
            ),
            AccessError,
        )

    def test_context_does_not_author(self):
        for model, vals in (
            ("performance.note", {"review_id": self.review.id, "body": "x"}),
            (
                "performance.incident",
                {"employee_id": self.worker.id, "name": "x", "polarity": "positive"},
            ),
        ):
            record = (
                self.as_reviewer.env[model]
                .with_context(default_author_id=self.director_user.id, default_shared=True)
                .create(vals)
            )
            self.assertEqual(record.author_id, self.manager_user)
        self.assertFalse(record.shared)

    def test_links_to_what_belongs_to_others(self):
        """The name of a linked record would be read through the link."""
        officers = self.confirmed[self.officer_employee].goal_ids
        porters = self.confirmed[self.porter].goal_ids
        private = self.new_incident(self.worker_user)
        point = {"review_id": self.review.id, "kind": "gap", "name": "x"}
        incident = {"employee_id": self.worker.id, "name": "x", "polarity": "positive"}
        for model, vals in (
            ("performance.point", {**point, "goal_id": officers.id}),
            ("performance.point", {**point, "goal_id": porters.id}),
            ("performance.point", {**point, "incident_id": private.id}),
            ("performance.incident", {**incident, "goal_id": officers.id}),
            ("performance.incident", {**incident, "goal_id": porters.id}),
        ):
            with self.subTest(vals=vals):
                self.assert_refused(
                    lambda model=model, vals=vals: self.as_reviewer.env[model].create(vals)
                )
        self.advance_to(self.review, "draft")
        goal = self.as_reviewer.agreement_id.goal_ids
        for vals in (
            {"parent_id": officers.id},
            {"parent_id": porters.id},
            {"scope": "company"},
            {"appraisal_id": self.confirmed[self.manager].id},
        ):
            with self.subTest(vals=vals):
                self.assert_refused(lambda vals=vals: goal.write(vals))
        self.advance(self.review, "proposed")
        self.advance(self.review, "signed")
        self.advance_to(self.other_review, "signed")
        checkpoint = self.review.checkpoint_ids[0]
        for vals in (
            {"commitment_id": self.other_review.agreement_id.commitment_ids[0].id},
            {"goal_id": self.other_review.agreement_id.goal_ids.id},
            {"goal_id": self.confirmed[self.worker].goal_ids.id},
        ):
            for user in (self.manager_user, self.worker_user):
                self.assert_refused(
                    lambda vals=vals, user=user: (
                        self.env["performance.progress"]
                        .with_user(user)
                        .create({"checkpoint_id": checkpoint.id, **vals})
                    )
                )

    def test_reviewer_does_not_change_his_own_result(self):
        """A goal of a draft agreement counts in no appraisal, least of all the writer's."""
        self.advance_to(self.review, "draft")
        own = self.confirmed[self.manager]
        before = own.score
        vals = self.goal_vals(
            agreement_id=self.review.agreement_id.id, appraisal_id=own.id, actual=4.0, weight=99
        )
        self.assert_refused(lambda: self.as_reviewer.env["performance.goal"].create(vals))
        self.env.invalidate_all()
        self.assertEqual(own.score, before)

    def test_commands_on_the_parent(self):
        """one2many values run with the rights of whoever writes the parent."""
        self.advance_to(self.other_review, "draft")
        self.advance_to(self.review_of(self.cycle, self.manager), "draft")
        self.advance_to(self.review, "draft")
        theirs = self.review_of(self.cycle, self.manager)  # led by the director
        same = self.other_review  # led by the same manager
        for name in (
            "point_ids", "dialogue_ids", "agreement_ids", "note_ids", "self_assessment_ids",
        ):  # fmt: skip
            for foreign in (theirs[name][:1], same[name][:1]):
                for command in (
                    [Command.link(foreign.id)],
                    [Command.set(foreign.ids)],
                    [Command.update(foreign.id, {"review_id": self.review.id})],
                ):
                    with self.subTest(field=name, command=command[0][0]):
                        self.assert_refused(
                            lambda name=name, command=command: self.as_reviewer.write(
                                {name: command}
                            )
                        )
            foreign = theirs[name][:1]
            for command in ([Command.delete(foreign.id)], [Command.unlink(foreign.id)]):
                self.attempt(
                    lambda name=name, command=command: self.as_reviewer.write({name: command})
                )
                self.assertTrue(foreign.exists())
            for user in (self.worker_user, self.director_user, self.officer_user):
                with self.subTest(field=name, user=user.login):
                    self.assert_refused(
                        lambda name=name, user=user: self.review.with_user(user).write(
                            {name: [Command.create({})]}
                        ),
                        AccessError,
                    )

    def test_cycle_and_appraisal_do_not_open_reviews(self):
        as_hr = self.env(user=self.officer_user.id)
        for parent in (self.cycle, self.confirmed[self.porter]):
            mine = parent.with_env(as_hr)
            for command in (
                [Command.update(self.review.id, {"state": "done"})],
                [Command.update(self.review.id, {"reviewer_id": self.officer_employee.id})],
                [Command.delete(self.review.id)],
                [Command.create({"employee_id": self.rival.id, "cycle_id": self.cycle.id})],
            ):
                with self.subTest(parent=parent._name, command=command):
                    self.assert_refused(
                        lambda mine=mine, command=command: mine.write({"review_ids": command}),
                        AccessError,
                    )

    def test_copies(self):
        self.advance_to(self.review, "signed")
        review, agreement = self.as_reviewer, self.as_reviewer.agreement_id
        for record in (review, review.note_ids.with_user(self.officer_user), agreement.goal_ids):
            with self.subTest(model=record._name):
                self.assert_refused(record.copy)
        _copied, error = self.attempt(lambda: self._assert_unsigned(agreement.copy()))
        self.assertIsNone(error)
        progress = review.checkpoint_ids.progress_ids.with_user(self.worker_user)
        foreign = progress.filtered(lambda each: each.author_id == self.manager_user)
        self.assert_refused(foreign.copy, AccessError)

    def test_import_of_records(self):
        """load() creates and writes like anybody else."""
        self.advance_to(self.review, "draft")
        agreement = self.as_reviewer.agreement_id
        for names, row, user in (
            (["review_id/.id", "name"], [str(self.review.id), "x"], self.worker_user),
            (["review_id/.id", "name"], [str(self.review.id), "x"], self.outsider_user),
        ):
            result = self.env["performance.point"].with_user(user).load(names, [row])
            self.assertFalse(result["ids"])
            self.assertNotIn(self.worker.name, repr(result))
        result = agreement.load([".id", "employee_signed_name"], [[str(agreement.id), "Forged"]])
        self.assertFalse(result["ids"])
        self._assert_unsigned(agreement)

    def test_web_save_and_quick_create(self):
        self.advance_to(self.review, "draft")
        agreement = self.as_reviewer.agreement_id
        for record, vals in (
            (agreement, {"employee_signed_name": "Forged"}),
            (self.as_reviewer, {"reviewer_id": self.director.id}),
            (self.as_employee, {"state": "follow_up"}),
        ):
            self.assert_refused(
                lambda record=record, vals=vals: record.web_save(vals, {"id": {}}), AccessError
            )
        for user, model in itertools.product(
            (self.outsider_user, self.rival_user), self.confidential_models()
        ):
            with self.subTest(user=user.login, model=model):
                if model == "performance.incident" and user == self.rival_user:
                    continue  # an employee may note incidents about himself or herself
                with mute_logger("odoo.sql_db"):
                    created, _error = self.attempt(
                        lambda user=user, model=model: (
                            self.env[model].with_user(user).name_create("x")
                        ),
                        (UserError, IntegrityError),
                    )
                self.assertFalse(created)

    def test_refusals_do_not_tell(self):
        """Whoever has no access learns neither name nor step from the message."""
        self.advance_to(self.review, "draft")
        self.plant()
        for user in (self.outsider_user, self.rival_user):
            for record, vals in (
                (self.review, {"state": "follow_up"}),
                (self.review.point_ids[0], {"name": "x"}),
                (self.review.dialogue_id, {"expectations": "x"}),
                (self.review.agreement_id, {"summary": "x"}),
            ):
                _result, error = self.attempt(
                    lambda record=record, vals=vals, user=user: record.with_user(user).write(vals)
                )
                self.assertIsInstance(error, AccessError)
                self.assertNotIn("SECRET", str(error))
                self.assertNotIn(self.worker.name, str(error))
            _result, error = self.attempt(lambda user=user: self.new_incident(user))
            self.assertIsInstance(error, AccessError)
            self.assertNotIn(self.worker.name, str(error))

    def test_import_of_results_stays_in_ones_companies(self):
        wizard = (
            self.env["performance.appraisal.import"]
            .with_user(self.foreign_officer_user)
            .with_context(allowed_company_ids=self.other_company.ids)
            .create(
                {
                    "company_id": self.company.id,
                    "filename": "x.csv",
                    "file": base64.b64encode(
                        b"Employee,KPI,Target\npr_worker@example.com,Output,10\n"
                    ),
                }
            )
        )
        self.assert_refused(wizard.action_check, AccessError)


@tagged("post_install", "-at_install")
class TestAccessMail(RemindersMixin, TrapCommon):
    """Chatter, followers, tasks, mails, attachments, reports, appointments."""

    STRANGERS = ("outsider", "rival", "peer", "stranger", "foreign_officer")

    def test_task_gives_no_access(self):
        """An assignee who is no party gets the task and nothing of the review."""
        task = self.as_reviewer.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.outsider_user.id, summary="Book a room"
        )
        self.assertEqual(task.with_user(self.outsider_user).summary, "Book a room")
        self.assertFalse(self.review.with_user(self.outsider_user).has_access("read"))
        for persona in ("worker", "director", "peer", "rival"):
            user = self.personas[persona]
            with self.subTest(persona=persona), self.assertRaises(AccessError):
                self.as_user(task, user).read(["summary"])
            if not user.share:
                self.assertFalse(
                    self.as_user(self.env["mail.activity"], user).search(
                        [("res_model", "=", "performance.review"), ("user_id", "!=", user.id)]
                    )
                )

    def test_mails_tell_nothing(self):
        self.remind()
        self.advance_to(self.review, "proposed")
        for days in range(1, 90, 4):
            self.remind(TODAY + timedelta(days=days))
        mails = self.env["mail.mail"].search([])
        self.assertGreater(len(mails), 10)
        told = repr(mails.read(["subject", "body_html", "body"]))
        for secret in ("We look at handovers", "A second bench", "Asked before ordering"):
            self.assertNotIn(secret, told)
        for persona in ("worker", "director", *self.STRANGERS):
            user = self.personas[persona]
            with self.subTest(persona=persona):
                with self.assertRaises(AccessError):
                    self.as_user(self.env["mail.mail"], user).search([])
                if persona == "worker":
                    continue
                found = self.as_user(self.env["mail.message"], user).search(
                    ["|", "|", ("subject", "ilike", "reviews to prepare"),
                     ("subject", "ilike", "to look at"), ("model", "=", "performance.agreement")]
                )  # fmt: skip
                own = user.partner_id
                self.assertFalse(
                    found.sudo().filtered(
                        lambda message, own=own: (
                            own not in message.partner_ids
                            and own not in message.notified_partner_ids
                            and own not in message.mail_ids.recipient_ids
                        )
                    )
                )

    def test_attachments(self):
        """An attachment belongs to whoever reads its record."""
        self.new_incident(self.worker_user)
        self.advance_to(self.review, "signed")
        review = self.review
        records = [
            review,
            review.point_ids[0],
            review.note_ids[0],
            review.self_assessment_ids[0],
            review.self_assessment_ids.answer_ids[0],
            review.dialogue_id,
            review.dialogue_id.topic_ids[0],
            review.dialogue_id.feedback_ids[0],
            review.agreement_id,
            review.agreement_id.goal_ids[0],
            review.agreement_id.commitment_ids[0],
            review.checkpoint_ids[0],
            review.checkpoint_ids.progress_ids[0],
            self.confirmed[self.worker],
            self.unconfirmed[self.worker],
            self.env["performance.incident"].search([("employee_id", "=", self.worker.id)]),
        ]
        for record in records:
            attachment = self.env["ir.attachment"].create(
                {"name": "x.txt", "raw": b"x", "res_model": record._name, "res_id": record.id}
            )
            for persona, user in self.personas.items():
                with self.subTest(model=record._name, persona=persona):
                    readable = self.as_user(record, user).has_access("read")
                    mine = self.as_user(attachment, user)
                    self.assertEqual(mine.has_access("read"), readable)
                    self.assertEqual(bool(mine.search([("id", "=", attachment.id)])), readable)

    def test_printed_agreement(self):
        self.advance_to(self.review, "proposed")
        report = "performance_review.report_agreement"

        def render(user):
            Report = self.as_user(self.env["ir.actions.report"], user)
            return Report._render_qweb_html(report, self.review.agreement_id.ids)[0]

        for user in (self.worker_user, self.manager_user, self.officer_user):
            self.assertIn(b"A second bench", render(user))
        for persona in ("director", *self.STRANGERS):
            self.env.invalidate_all()
            with self.subTest(persona=persona), self.assertRaises(AccessError):
                render(self.personas[persona])

    def test_appointment(self):
        self.plant()
        wizard = self.as_reviewer.env["performance.review.meeting"].create(
            {"review_id": self.review.id}
        )
        wizard.action_confirm()
        event = self.review.meeting_id
        self.assertEqual(event.privacy, "private")
        self.assertFalse(event.res_id)
        told = repr(event.read(["name", "description", "location", "res_model"]))
        self.assertNotIn("SECRET", told)
        self.assertNotIn("performance", told)
        for word in ("review", "performance", "SECRET", self.cycle.name, "Year"):
            for name in ("name", "description", "location"):
                with self.subTest(word=word, field=name):
                    self.assertFalse(
                        self.env["calendar.event"]
                        .with_user(self.outsider_user)
                        .search([("id", "=", event.id), (name, "ilike", word)])
                    )
        self.assert_refused(
            lambda: (
                self.as_employee.env["performance.review.meeting"]
                .create({"review_id": self.review.id})
                .action_confirm()
            ),
            AccessError,
        )


@tagged("post_install", "-at_install")
class TestAccessChanges(TrapCommon):
    """People move: companies, users, managers, reviewers."""

    def _reads(self, user, record=None):
        record = self.review if record is None else record
        self.env.flush_all()
        self.env.invalidate_all()
        return self.as_user(record, user).has_access("read")

    def test_reassigned_reviewer(self):
        """The old one loses everything but the own notes; the new one gets all but those."""
        self.advance_to(self.review, "signed")
        review = self.review
        note = review.note_ids
        parts = [
            review, review.point_ids, review.dialogue_id, review.dialogue_id.topic_ids,
            review.dialogue_id.feedback_ids, review.agreement_id, review.self_assessment_ids,
            review.self_assessment_ids.answer_ids, review.agreement_id.commitment_ids,
            review.agreement_id.goal_ids, review.checkpoint_ids,
            review.checkpoint_ids.progress_ids, review.checkpoint_ids.activity_ids,
        ]  # fmt: skip
        # A new reviewer from outside the line: the director would still be above the old one.
        review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Because")
        for part in parts:
            with self.subTest(part=part._name):
                self.assertTrue(self._reads(self.peer_manager_user, part))
                self.assertFalse(self._reads(self.manager_user, part))
        self.assertFalse(self._reads(self.peer_manager_user, note))
        self.assertTrue(self._reads(self.manager_user, note))
        self.assertFalse(note.with_user(self.manager_user).has_access("write"))
        self.assertFalse(review.with_user(self.peer_manager_user).note_ids)
        # The note's link must not go on naming the review to its author.
        told = repr(
            note.with_user(self.manager_user).web_read(
                {"review_id": {"fields": {"display_name": {}}}}
            )
        )
        self.assertNotIn(self.worker.name, told)
        self.assertEqual(review.checkpoint_ids.activity_ids.user_id, self.peer_manager_user)
        # The team's incidents stay with the employee's manager, who may still be the old one.
        for verb in ("action_next", "get_blockers"):
            with self.assertRaises(AccessError):
                getattr(review.with_user(self.manager_user), verb)()

    def test_reviewer_of_a_past_review_reads_no_new_incidents(self):
        self.advance_to(self.review, "done")
        incident = self.new_incident(self.worker_user)
        incident.action_share()
        self.assertTrue(self._reads(self.manager_user, incident))
        self.worker.parent_id = self.peer_manager
        # What was noted before stays with its people, what comes is the new manager's.
        self.assertTrue(self._reads(self.manager_user, incident))
        self.assertFalse(self._reads(self.peer_manager_user, incident))
        later = self.new_incident(self.worker_user)
        later.action_share()
        self.assertFalse(self._reads(self.manager_user, later))
        self.assertTrue(self._reads(self.peer_manager_user, later))
        self.assert_refused(lambda: self.new_incident(self.manager_user), AccessError)

    def test_manager_who_becomes_a_peer(self):
        """What is there stays with its people; what comes belongs to the new manager."""
        self.worker.parent_id = self.director
        draft = self.unconfirmed[self.worker]
        for record in (self.review, draft, draft.goal_ids):
            self.assertTrue(self._reads(self.manager_user, record))
        self.assertFalse(self._reads(self.director_user, draft))
        new = draft.copy()
        self.assertTrue(self._reads(self.director_user, new))
        self.assertFalse(self._reads(self.manager_user, new))

    def test_archived_people(self):
        """Leaving changes nobody else's view; the archived user cannot log in any more."""
        self.advance_to(self.review, "signed")
        self.worker_user.active = False
        self.worker.active = False
        self.assertTrue(self._reads(self.manager_user))
        self.assertFalse(self._reads(self.peer_manager_user))
        self.assertEqual(self.review.employee_user_id, self.worker_user)

    def test_second_company(self):
        self.advance_to(self.review, "signed")
        both = new_test_user(
            self.env,
            "pr_both",
            groups="base.group_user,performance_review.group_performance_review_officer",
            company_id=self.other_company.id,
            company_ids=[Command.set((self.company | self.other_company).ids)],
        )
        for model in self.confidential_models():
            if not self.env[model].with_user(self.foreign_officer_user).has_access("read"):
                continue
            with self.subTest(model=model):
                for user in (self.stranger_user, self.foreign_officer_user):
                    if self.env[model].with_user(user).has_access("read"):
                        self.assertFalse(
                            self.as_user(self.env[model], user).search(
                                [("company_id", "=", self.company.id)]
                                if "company_id" in self.env[model]._fields
                                else []
                            )
                        )
        one = self.review.with_user(both).with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(one.has_access("read"))
        self.assertTrue(self._reads(both))
        self.assert_refused(
            lambda: self.as_user(self.review, self.foreign_officer_user).action_reassign(
                self.director.id, "x"
            ),
            AccessError,
        )

    def test_amendment_is_hidden_until_proposed(self):
        self.advance_to(self.review, "signed")
        signed = self.review.agreement_id
        amendment = signed.with_user(self.manager_user).action_amend()
        amendment = self.review.agreement_id if not hasattr(amendment, "ids") else amendment
        amendment = self.review.agreement_ids.sorted("version")[-1]
        self.assertEqual(amendment.state, "draft")
        for part in (amendment, amendment.commitment_ids, amendment.goal_ids):
            for user in (self.worker_user, self.director_user):
                self.assertFalse(self._reads(user, part))
        self.assertEqual(self.as_employee.agreement_state, "signed")
        self.assertEqual(self.as_employee.plan_commitment_ids, signed.commitment_ids)

    def test_never_proposed_draft_stays_hidden_when_superseded(self):
        self.advance_to(self.review, "draft")
        self.review.agreement_id.sudo()._mark_superseded()
        for part in (self.review.agreement_id, self.review.agreement_id.commitment_ids):
            self.assertFalse(self._reads(self.worker_user, part))

    def test_withdrawn_proposal_is_hidden_again(self):
        self.advance_to(self.review, "proposed")
        self.assertTrue(self._reads(self.worker_user, self.review.agreement_id))
        self.review.agreement_id.with_user(self.manager_user).action_withdraw()
        self.assertFalse(self._reads(self.worker_user, self.review.agreement_id))
        self.assertFalse(self._reads(self.worker_user, self.review.agreement_id.goal_ids))


@tagged("post_install", "-at_install")
class TestAccessHttp(TrapCommon, HttpCase):
    """The addresses under which Odoo hands out files and reports."""

    def test_addresses_of_others(self):
        image = base64.b64encode(b"a drawn signature")
        self.advance_to(self.other_review, "proposed")
        agreement = self.other_review.agreement_id
        self.sign_as(
            agreement, self.porter_user, signature=self._get_png(), name="Me", stance="agree"
        )
        attachment = self.env["ir.attachment"].create(
            {
                "name": "x.txt",
                "datas": image,
                "res_model": "performance.agreement",
                "res_id": agreement.id,
            }
        )
        self.env.cr.flush()
        addresses = (
            f"/web/content/performance.agreement/{agreement.id}/employee_signature",
            f"/web/image/performance.agreement/{agreement.id}/employee_signature",
            f"/web/content/{attachment.id}",
            f"/report/html/performance_review.report_agreement/{agreement.id}",
            f"/report/pdf/performance_review.report_agreement/{agreement.id}",
        )
        for login in ("pr_rival", "pr_outsider", "pr_peer_manager"):
            self.authenticate(login, login)
            for address in addresses:
                with self.subTest(login=login, address=address):
                    answer = self.url_open(address)
                    self.assertNotIn(b"A second bench", answer.content)
                    self.assertNotIn(base64.b64decode(self._get_png()), answer.content)
                    self.assertNotIn(b"a drawn signature", answer.content)
                    self.assertFalse(answer.content.startswith(b"%PDF"))
        self.authenticate("pr_porter", "pr_porter")
        own = self.url_open(addresses[3])
        self.assertIn(b"A second bench", own.content)
        self.assertEqual(self.url_open(addresses[0]).content, base64.b64decode(self._get_png()))

    def _get_png(self):
        return (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
            "AABJRU5ErkJggg=="
        )
