import inspect
import re
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .access_common import SECRET, STEPS, AccessCommon, is_ours

# Who may change something by calling a method of ours. Whoever is not named here may call what
# is public, but nothing may change by it. A new verb has to be entered, a read needs no entry.
VERBS = {
    "performance.review.action_next": {"reviewer"},
    "performance.review.action_previous": {"reviewer"},
    "performance.review.action_do_next": {"reviewer"},
    "performance.review.action_reassign": {"officer"},
    "performance.review.action_change_account": {"officer"},
    "performance.review.action_refresh_line": {"officer"},
    "performance.review.action_follow_organisation": {"officer"},
    "performance.review.action_end": {"officer"},
    "performance.review.action_remind": {"officer"},
    "performance.reminder.action_send_again": {"officer"},
    "performance.minutes.action_send_again": {"officer"},
    "performance.review.action_submit_sheet": {"reviewer"},
    "performance.review.action_plan_meeting": {"reviewer"},
    "performance.review.action_move_meeting": {"reviewer"},
    "performance.review.action_cancel_meeting": {"reviewer"},
    "performance.review.action_answer_meeting": {"employee", "reviewer"},
    "performance.review.action_set_hr": {"officer"},
    "performance.review.action_withdraw_hr": {"officer"},
    "performance.review.action_name_companion": {"employee"},
    "performance.review.action_remove_companion": {"employee"},
    "performance.review.action_give_pulse": {"employee"},
    "performance.self.assessment.action_submit": {"employee"},
    "performance.dialogue.action_start": {"reviewer"},
    "performance.dialogue.action_end": {"reviewer"},
    "performance.dialogue.action_finish": {"reviewer"},
    "performance.dialogue.action_confirm": {"employee"},
    "performance.dialogue.action_estimate": {"employee"},
    "performance.dialogue.action_count_time": {"reviewer"},
    "performance.dialogue.save_room": {"reviewer"},
    "performance.review.action_draft_agreement": {"reviewer"},
    "performance.agreement.action_accept_suggestions": {"reviewer"},
    "performance.agreement.suggestion.action_accept": {"reviewer"},
    "performance.agreement.suggestion.action_drop": {"reviewer"},
    "performance.agreement.suggestion.action_restore": {"reviewer"},
    "performance.agreement.action_propose": {"reviewer"},
    "performance.agreement.action_withdraw": {"reviewer"},
    "performance.agreement.action_amend": {"reviewer"},
    "performance.agreement.action_sign": {"employee", "reviewer"},
    "performance.agreement.action_dispute": {"employee"},
    "performance.agreement.action_record_refusal": {"reviewer", "officer"},
    "performance.agreement.action_object": {"employee"},
    "performance.agreement.action_answer_objection": {"officer"},
    "performance.agreement.action_close_by_hr": {"officer"},
    "performance.agreement.action_read_answer": {"employee", "reviewer"},
    "performance.mediation.action_answer": {"officer"},
    "performance.mediation.action_plan_talk": {"officer"},
    "performance.commitment.action_set_outcome": {"reviewer"},
    "performance.commitment.action_outcome_closed": {"reviewer"},
    "performance.commitment.action_outcome_improved": {"reviewer"},
    "performance.commitment.action_outcome_untouched": {"reviewer"},
    "performance.commitment.action_outcome_recurred": {"reviewer"},
    "performance.commitment.action_observe": {"employee", "reviewer"},
    "performance.commitment.action_observe_seen": {"employee", "reviewer"},
    "performance.commitment.action_observe_missed": {"employee", "reviewer"},
    "performance.review.action_one_to_one": {"reviewer"},
    "hr.employee.action_one_to_one": {"reviewer"},
    "performance.review.action_request_one_to_one": {"employee"},
    "performance.checkpoint.action_shift": {"reviewer"},
    "performance.checkpoint.action_shift_week": {"reviewer"},
    "performance.review.action_cancel_remaining": {"reviewer"},
    "performance.review.action_shift_remaining": {"reviewer"},
    "performance.review.action_change_rhythm": {"reviewer"},
    "performance.review.action_rhythm_monthly": {"reviewer"},
    "performance.review.action_rhythm_quarterly": {"reviewer"},
    "performance.checkpoint.action_note": {"employee", "reviewer"},
    "performance.goal.action_propose_target": {"employee", "reviewer"},
    "performance.target.proposal.action_accept": {"employee", "reviewer"},
    "performance.target.proposal.action_decline": {"employee", "reviewer"},
    "performance.target.proposal.action_withdraw": {"employee", "reviewer"},
    "performance.commitment.action_drop": {"reviewer"},
    "performance.commitment.action_carry_on": {"reviewer"},
    "performance.review.action_finish": {"reviewer"},
    "performance.commitment.action_take_along": {"reviewer"},
    "performance.commitment.action_settle": {"reviewer"},
    "performance.commitment.action_came_back": {"reviewer"},
    "performance.commitment.action_leave": {"reviewer"},
    "performance.checkpoint.action_done": {"reviewer"},
    "performance.checkpoint.action_cancel": {"reviewer"},
    "performance.incident.action_share": {"employee"},
    "performance.appraisal.action_confirm": {"officer"},
    "performance.appraisal.action_reset": {"officer"},
    "performance.appraisal.action_correct": {"officer"},
    "performance.cycle.action_launch": {"officer"},
    "performance.cycle.action_open_launch": {"officer"},
    "performance.cycle.action_close": {"officer"},
    "performance.cycle.action_reopen": {"officer"},
}

# Values for parameters without a default, by name. Verbs get values that could work.
ARGUMENTS = {
    "answer": "accepted",
    "date_start": "2026-03-10 09:00:00",
    "duration": 60,
    "reason": "Because",
    "statement": "Because",
    "name": "Somebody",
    "outcome": "closed",
    "key": "window",
    "sections": {},
    "changes": [],
    "lines": [],
    "date": "2026-03-10",
    "topic": "The second bench",
    "days": 7,
    "rhythm_code": "quarterly",
    "result": "seen",
    "target": 5.0,
    "date_deadline": "2026-10-30",
    "word": "Because",
    "specification": {"display_name": {}},
    "percent": 60,
    "answers": {
        "clear_standard": 3,
        "specific_feedback": 3,
        "listened_to": 3,
        "way_forward": 3,
    },
    "polarity": "positive",
    "vals": {},
    "vals_list": [{}],
    "fields": ["display_name"],
    "values": {},
    "field_names": [],
    "fields_spec": {"display_name": {}},
    "reviewer_id": None,  # filled in by the test
    "user_id": None,
    "cycle_id": None,
}

# Statements after which no row is another than before.
HARMLESS = re.compile(r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|SHOW|SET)\b", re.IGNORECASE)

# Odoo's own verbs that we override: the matrix tries them with real values.
ORM = {"create", "write", "unlink", "copy"}


@tagged("post_install", "-at_install")
class TestAccessMethods(AccessCommon):
    """Every public method of ours, called over RPC by people who have no business there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verbs = cls.with_rows(VERBS, "VERBS")
        cls.arguments = cls.with_rows(ARGUMENTS, "ARGUMENTS")
        cls.env["performance.label.word"].create({"name": "Lazybones"})
        cls.confirmed[cls.worker].action_correct({"score": 81.0}, "Counted twice")
        cls.env["performance.practice"].create({"cycle_id": cls.cycle.id})
        # What has been called: the end asks whether something never was.
        cls.tried = set()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.create_failed_reminder(cls.review)
        cls.account = new_test_user(
            cls.env,
            "pr_account",
            groups="base.group_portal",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.incident = (
            cls.env["performance.incident"]
            .with_user(cls.worker_user)
            .create({"employee_id": cls.worker.id, "name": "Own", "polarity": "positive"})
        )
        cls.roles = {
            "worker": "employee",
            "manager": "reviewer",
            "director": "upper",
            "officer": "officer",
            "outsider": None,
            "rival": None,
            "foreign_officer": None,
        }

    @classmethod
    def own_methods(cls):
        """Return (model, method) of everything public that our modules define."""
        found = set()
        for model, registered in cls.env.registry.items():
            if registered._abstract or registered._transient:
                continue
            for definition in registered.mro():
                if not is_ours(definition.__module__.removeprefix("odoo.addons.")):
                    continue
                for name, member in vars(definition).items():
                    if name.startswith("_") or not inspect.isfunction(member):
                        continue
                    try:
                        get_public_method(cls.env[model], name)
                    except Exception:  # private: not callable from outside
                        continue
                    found.add((model, name))
        return sorted(found)

    def _get_records(self, model):
        """Return what the review has of ``model`` at the moment."""
        review = self.review
        agreements = review.agreement_ids
        # Looked up when it is asked for: all of them, for every method, take a third of the time.
        finders = {
            "performance.review": lambda: review,
            "performance.point": lambda: review.point_ids,
            "performance.self.assessment": lambda: review.self_assessment_ids,
            "performance.self.assessment.answer": lambda: review.self_assessment_ids.answer_ids,
            "performance.concern": lambda: review.concern_ids,
            "performance.agenda.item": lambda: review.agenda_item_ids,
            "performance.self.assessment.file": lambda: review.self_assessment_ids.file_ids,
            "performance.incident": lambda: self.incident.sudo(),
            "performance.note": lambda: review.note_ids,
            "performance.review.log": lambda: review.log_ids,
            "performance.hr.reason": lambda: review.hr_reason_ids,
            "performance.participant": lambda: review.participant_ids,
            "performance.dialogue": lambda: review.dialogue_ids,
            "performance.dialogue.draft": lambda: review.dialogue_ids.draft_ids,
            "performance.dialogue.section": lambda: review.dialogue_ids.section_ids,
            "performance.dialogue.topic": lambda: review.dialogue_ids.topic_ids,
            "performance.feedback": lambda: review.dialogue_ids.feedback_ids,
            "performance.mirror": lambda: self.env["performance.mirror"].search(
                [("review_id", "=", review.id)]
            ),
            "performance.agreement": lambda: agreements,
            "performance.agreement.suggestion": lambda: self.env[
                "performance.agreement.suggestion"
            ].search([("agreement_id", "in", agreements.ids)]),
            "performance.mediation": lambda: self.env["performance.mediation"].search(
                [("agreement_id", "in", agreements.ids)]
            ),
            "performance.commitment": lambda: agreements.commitment_ids,
            "performance.goal": lambda: (
                agreements.goal_ids | self.unconfirmed[self.worker].goal_ids
            ),
            "performance.target.proposal": lambda: review.target_proposal_ids,
            "performance.checkpoint": lambda: review.checkpoint_ids,
            "performance.progress": lambda: review.checkpoint_ids.progress_ids,
            "performance.appraisal": lambda: self.unconfirmed[self.worker],
            "performance.cycle": lambda: self.cycle,
            "hr.employee": lambda: self.worker,
        }
        if model in finders:
            return finders[model]()
        return self.env[model].sudo().search([], limit=1) if self._is_stored(model) else []

    def _is_stored(self, model):
        return self.env[model]._auto and not self.env[model]._transient

    def _get_call(self, model, name, record):
        """Return the arguments of an RPC call as ``(args, kwargs)``."""
        method = getattr(type(self.env[model]), name)
        kwargs = {}
        for parameter in list(inspect.signature(method).parameters.values())[1:]:
            if parameter.default is not parameter.empty or parameter.kind in (
                parameter.VAR_KEYWORD,
                parameter.VAR_POSITIONAL,
            ):
                continue
            self.assertIn(
                parameter.name,
                self.arguments,
                f"{model}.{name}() takes “{parameter.name}”: enter a value in ARGUMENTS",
            )
            kwargs[parameter.name] = self.arguments[parameter.name]
        if "reviewer_id" in kwargs:
            kwargs["reviewer_id"] = self.director.id
        if "user_id" in kwargs:
            kwargs["user_id"] = self.account.id
        if "cycle_id" in kwargs:
            kwargs["cycle_id"] = self.cycle.id
        is_model_method = getattr(method, "_api_model", False)
        return ([] if is_model_method else [record.ids]), kwargs

    def _snapshot(self):
        """Return a fingerprint of all rows that a call of ours could change."""
        self.env.flush_all()
        tables = [self.env[model]._table for model in self.addon_models() if self.env[model]._auto]
        tables += ["mail_message", "mail_activity", "mail_mail", "mail_followers"]
        tables += ["calendar_event", "hr_employee"]
        self.env.cr.execute(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, count(*), sum(hashtext(t::text)) FROM %s t",
                    table,
                    SQL.identifier(table),
                )
                for table in tables
            )
        )
        return set(self.env.cr.fetchall())

    def _call(self, model, name, record, user, before):
        """Call over RPC; say what it returned, how it was refused and whether rows changed."""
        changed = []
        written = []
        execute = self.env.cr.execute

        def listen(query, *args, **kwargs):
            if not HARMLESS.match(query.code if isinstance(query, SQL) else query):
                written.append(query)
            return execute(query, *args, **kwargs)

        def call():
            args, kwargs = self._get_call(model, name, record)
            kwargs["context"] = {"allowed_company_ids": user.company_ids.ids}
            result = call_kw(self.env(user=user.id)[model], name, args, kwargs)
            self.env.flush_all()
            # Most calls only read: then there is nothing to compare, which takes the most time.
            if written:
                changed.append({table for table, *_values in self._snapshot() ^ before})
            return repr(result)

        with patch.object(self.env.cr, "execute", listen):
            result, error = self.attempt(call)
        return result or "", error, changed and sorted(changed[0])

    def _try_all(self, step):
        methods = self.own_methods()
        before = self._snapshot()
        for model, name in methods:
            record = self._get_records(model)[:1]
            if not record or name in ORM:
                continue
            self.tried.add((model, name))
            allowed = self.verbs.get(f"{model}.{name}", set())
            for persona, role in self.roles.items():
                user = self.personas[persona]
                with self.subTest(step=step, method=f"{model}.{name}", persona=persona):
                    result, error, changed = self._call(model, name, record, user, before)
                    if error is not None:
                        self.assertIsInstance(error, UserError)
                        result = str(error)
                    if changed:
                        self.assertIn(role, allowed, f"this call changed {changed}")
                    self.assertFalse(self.find_told(result, user), result[:300])
                    if role is None:
                        self.assertNotIn(self.worker.name, result)
                        self.assertNotIn(SECRET, result)

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_verbs_exist(self):
        known = {f"{model}.{name}" for model, name in self.own_methods()}
        self.assertEqual(set(self.verbs) - known, set(), "these are no methods (any more)")

    def _try_marked(self, step):
        """Try all with every text marked, then take the marks back."""
        self.env.cr.execute("SAVEPOINT unmarked")
        self.plant()
        self._try_all(step)
        self.env.cr.execute("ROLLBACK TO SAVEPOINT unmarked")
        self.env.invalidate_all()

    def test_methods_in_each_step(self):
        for step in STEPS:
            self.advance(self.review, step)
            self._try_marked(step)
            if step == "proposed":
                self.env.cr.execute("SAVEPOINT undisputed")
                self.dispute_as(self.review.agreement_id, self.worker_user)
                self.env.cr.flush()
                self._try_marked("disputed")
                self.env.cr.execute("ROLLBACK TO SAVEPOINT undisputed")
                self.env.invalidate_all()
        missed = {
            f"{model}.{name}"
            for model, name in set(self.own_methods()) - self.tried
            if name not in ORM and self._is_stored(model)
        }
        self.assertFalse(missed, "nothing to call these on: give the review such a record")

    def test_wizards_confirm_nothing_for_others(self):
        """A wizard somebody else opened is out of reach; one's own is guarded by its verb."""
        self.advance_to(self.review, "proposed")
        agreement = self.review.agreement_id
        opened = [
            agreement.with_user(self.worker_user)
            .env["performance.agreement.sign"]
            .create({"agreement_id": agreement.id, "stance": "agree", "name": "Me"}),
            agreement.with_user(self.worker_user)
            .env["performance.agreement.dispute"]
            .create({"agreement_id": agreement.id, "statement": "Between us"}),
            self.review.with_user(self.manager_user)
            .env["performance.review.meeting"]
            .create({"review_id": self.review.id}),
            self.review.with_user(self.officer_user)
            .env["performance.review.move"]
            .create(
                {
                    "review_ids": [(6, 0, self.review.ids)],
                    "reviewer_id": self.director.id,
                    "reason": "Between us",
                }
            ),
        ]
        before = self._snapshot()
        for wizard in opened:
            for persona in ("outsider", "rival", "stranger", "foreign_officer", "peer"):
                user = self.personas[persona]
                with self.subTest(wizard=wizard._name, persona=persona):
                    for name in ("action_confirm", "read"):
                        _result, error, changed = self._call(
                            wizard._name, name, wizard, user, before
                        )
                        self.assertIsNotNone(error)
                        self.assertFalse(changed)
        # A reviewer cannot dispute, HR cannot sign, the employee cannot plan or reassign.
        for user, model, vals in (
            (self.manager_user, "performance.agreement.dispute", {"statement": "x"}),
            (self.officer_user, "performance.agreement.sign", {"name": "x"}),
        ):
            _result, error = self.attempt(
                lambda user=user, model=model, vals=vals: (
                    self.env(user=user.id)[model]
                    .create({"agreement_id": agreement.id, **vals})
                    .action_confirm()
                )
            )
            self.assertIsNotNone(error, model)
        _result, error = self.attempt(
            lambda: (
                self.env(user=self.worker_user.id)["performance.review.meeting"]
                .create({"review_id": self.review.id})
                .action_confirm()
            )
        )
        self.assertIsNotNone(error)
