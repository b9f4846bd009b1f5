"""What the access tests share: one review taken through its steps, and secrets to look for.

They cover every model, field and public method of all addons of ours that are installed. Another
addon than this one says what is expected of its own in ``tests/access_rows.py``, by any of the
names ``MATRIX``, ``GENERAL``, ``VERBS``, ``ARGUMENTS`` and ``FIELDS`` (as the tests here have
them) and by functions: ``review_lines(test, review)`` and ``general_lines(test)`` return a
:class:`Line` for each row, ``create_records(case)`` makes records of its models for all people of
the test's reviews, ``case.people``.
"""

import base64
import importlib
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from .common import PerformanceCommon

ADDON = "performance_review"
# How the names of all our addons begin.
PREFIX = "performance_"
STEPS = ("preparation", "dialogue", "draft", "proposed", "signed", "done")
SECRET = "SECRET-"
TEXT_FILE = base64.b64encode(b"My file").decode()
# Configuration and names that everybody inside may read.
PUBLIC_MODELS = frozenset(
    {
        "performance.theme",
        "performance.rating",
        "performance.label.word",
        "performance.outline",
        "performance.outline.question",
        "performance.support.template",
    }
)


def is_ours(module):
    """Say whether an addon of that name is one of ours."""
    return bool(module) and module.startswith(PREFIX)


@dataclass
class Line:
    """How to try one row of the access matrix.

    ``find`` returns the records that exist now; ``create`` the values for one more.
    """

    model: str
    find: object
    write: dict = field(default_factory=dict)
    create: object = None


class Undo(Exception):
    """Ends a savepoint whose changes are not to stay."""


class AccessCommon(PerformanceCommon):
    """Reviews that walk through all steps, the personas around them and marked texts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Finding out which rule said no, for its message, is a fifth of the run time.
        cls.classPatch(
            type(cls.env["ir.rule"]),
            "_make_access_error",
            lambda self, operation, records: AccessError(f"{records}: {operation}"),
        )
        cls.personas = {
            "worker": cls.worker_user,
            "porter": cls.porter_user,
            "manager": cls.manager_user,
            "director": cls.director_user,
            "officer": cls.officer_user,
            "administrator": cls.administrator_user,
            "outsider": cls.outsider_user,
            "peer": cls.peer_manager_user,
            "rival": cls.rival_user,
            "stranger": cls.stranger_user,
            "foreign_officer": cls.foreign_officer_user,
        }
        cls.people = cls.worker | cls.porter | cls.manager | cls.officer_employee
        cls.confirmed = cls._create_appraisals(date(2026, 1, 1), date(2026, 3, 1), "confirmed")
        # Overlaps no cycle: results HR is still working on.
        cls.unconfirmed = cls._create_appraisals(date(2025, 1, 1), date(2025, 3, 1), "draft")
        everybody = cls.env["hr.employee"].search([("company_id", "=", cls.company.id)])
        cls.env["performance.flag"].create(
            [
                {"employee_id": employee.id, "kind": "key_talent", "note": "Hers next"}
                for employee in cls.people
            ]
        )
        cls.cycle = cls.launch(excluded_employee_ids=[Command.set((everybody - cls.people).ids)])
        # The launch has noted the flags; this one the reviewer may read as well.
        cls.env["performance.hr.reason"].create(
            [{"review_id": review.id, "code": "repeat"} for review in cls.cycle.review_ids]
        )
        for review in cls.cycle.review_ids:
            review.with_user(review.employee_user_id).action_name_companion("Somebody I trust")
        for rows in cls.addon_rows():
            if hasattr(rows, "create_records"):
                rows.create_records(cls)

    @classmethod
    def create_failed_reminder(cls, review):
        """Return a mail of reminders that did not go out, to the employee of ``review``."""
        cls.env["performance.reminder.line"]._wait_for_mail(
            "asked", [(review, review.employee_user_id)]
        )
        reminder = cls.env["performance.reminder"].create(
            {
                "user_id": review.employee_user_id.id,
                "company_id": review.company_id.id,
                "date": date(2026, 3, 1),
                "state": "failed",
            }
        )
        cls.env["performance.reminder.line"].search(
            [("user_id", "=", review.employee_user_id.id), ("code", "=", "asked")]
        ).reminder_id = reminder
        return reminder

    @classmethod
    def _create_appraisals(cls, start, end, state):
        appraisals = cls.env["performance.appraisal"].create(
            [
                {
                    "employee_id": employee.id,
                    "date_start": start,
                    "date_end": end,
                    "state": state,
                    "goal_ids": [
                        Command.create({"name": "KPI", "employee_id": employee.id, "target": 10.0})
                    ],
                }
                for employee in cls.people
            ]
        )
        return {appraisal.employee_id: appraisal for appraisal in appraisals}

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @classmethod
    def advance(cls, review, step):
        """Take ``review`` from the step before (see STEPS) into ``step``, by the real verbs."""
        getattr(cls, f"_enter_{step}")(review, review.with_user(review.reviewer_user_id))
        # Also what waits for the commit: tracked changes become messages.
        cls.env.cr.flush()
        cls.env.invalidate_all()

    @classmethod
    def advance_to(cls, review, step):
        """Take a new review through all steps up to and including ``step``."""
        for each in STEPS[: STEPS.index(step) + 1]:
            cls.advance(review, each)

    @classmethod
    def _enter_preparation(cls, review, as_reviewer):
        cls.fill_sheet(review)
        as_reviewer.env["performance.note"].create({"review_id": review.id, "body": "Only for me"})

    @classmethod
    def _enter_dialogue(cls, review, as_reviewer):
        as_reviewer.action_next()
        as_reviewer.dialogue_id.draft_ids = [Command.create({"name": "Ask before ordering"})]
        as_reviewer.dialogue_id.action_count_time("window", {"future": {"spent_seconds": 600}})
        as_employee = review.with_user(review.employee_user_id)
        assessment = as_employee.env["performance.self.assessment"].create(
            {"review_id": review.id, "agenda": "My agenda"}
        )
        assessment.answer_ids.write({"answer": "My answer"})
        assessment.env["performance.concern"].create(
            {
                "review_id": review.id,
                "goal_id": cls.confirmed[review.employee_id].goal_ids[:1].id,
                "kind": "unclear",
                "note": "My concern",
            }
        )
        assessment.env["performance.self.assessment.file"].create(
            {"review_id": review.id, "name": "My file.txt", "content": TEXT_FILE}
        )

    @classmethod
    def _enter_draft(cls, review, as_reviewer):
        review.self_assessment_ids.with_user(review.employee_user_id).action_submit()
        as_reviewer.dialogue_id.write(
            {
                "date_start": "2026-03-02 09:00:00",
                "date_end": "2026-03-02 10:00:00",
                "expectations": "Shared",
                "feedback_ids": [Command.create({"behaviour": "Asked before ordering"})],
            }
        )
        as_reviewer.action_next()
        cls.fill_agreement(review.agreement_id)

    @classmethod
    def _enter_proposed(cls, review, as_reviewer):
        as_reviewer.agreement_id.action_propose()

    @classmethod
    def _enter_signed(cls, review, as_reviewer):
        agreement = review.agreement_id
        cls.sign_as(agreement, review.employee_user_id, stance="agree")
        cls.sign_as(as_reviewer.agreement_id)
        for user in review.employee_user_id | review.reviewer_user_id:
            cls.env["performance.progress"].with_user(user).create(
                {
                    "checkpoint_id": review.checkpoint_ids[0].id,
                    "commitment_id": agreement.commitment_ids[0].id,
                    "percent": 50.0,
                    "note": "Half way",
                }
            )
            change = agreement.commitment_ids.filtered(lambda line: line.kind == "change")
            change.with_user(user).action_observe("seen", note="At the handover")
        agreement.goal_ids.with_user(review.reviewer_user_id).action_propose_target(
            3.0, None, "Two complaints were none"
        )

    @classmethod
    def _enter_done(cls, review, as_reviewer):
        as_reviewer.agreement_id.commitment_ids.action_set_outcome("closed")
        as_reviewer.checkpoint_ids.action_done()
        as_reviewer.action_next()

    # ------------------------------------------------------------------
    # Secrets
    # ------------------------------------------------------------------

    @classmethod
    def addon_rows(cls):
        """Return the modules ``tests.access_rows`` of our other addons that are installed."""
        found = []
        for name in sorted(cls.registry._init_modules):
            if is_ours(name) and name != ADDON:
                with suppress(ModuleNotFoundError):
                    found.append(importlib.import_module(f"odoo.addons.{name}.tests.access_rows"))
        return found

    @classmethod
    def with_rows(cls, table, name):
        """Return a table of expectations with the rows that other addons have in theirs.

        :param dict table: this addon's own
        :param str name: of the same table in their ``tests/access_rows.py``
        """
        whole = dict(table)
        for rows in cls.addon_rows():
            whole.update(getattr(rows, name, {}))
        return whole

    @classmethod
    def addon_models(cls):
        """Return the names of the concrete models of our addons."""
        return sorted(
            name
            for name, model in cls.registry.items()
            if is_ours(model._original_module) and not model._abstract
        )

    @classmethod
    def foreign_fields(cls):
        """Return ``model.field`` of what our addons add to the models of others."""
        return sorted(
            f"{name}.{added.name}"
            for name, model in cls.registry.items()
            if not (is_ours(model._original_module) or model._abstract or model._transient)
            for added in model._fields.values()
            if added._modules and all(is_ours(module) for module in added._modules)
        )

    @classmethod
    def confidential_models(cls):
        """Return the names of stored models whose records have an audience."""
        return [
            name
            for name in cls.addon_models()
            if name not in PUBLIC_MODELS and not cls.env[name]._transient
        ]

    @classmethod
    def text_fields(cls, model):
        """Return the names of stored plain texts of ``model``."""
        return [
            name
            for name, field in cls.env[model]._fields.items()
            if field.type in ("char", "text") and field.store and not field.translate
        ]

    @classmethod
    def plant(cls):
        """Write a secret naming its record into every text of every confidential record.

        With SQL, past all guards; fields that are added later are marked too. Company goals
        and the employees' names stay as they are: everybody inside knows them.
        """
        cls.env.cr.flush()
        for model in cls.confidential_models():
            Model = cls.env[model]
            names = cls.text_fields(model)
            if not Model._auto or not names:
                continue
            own = SQL("scope = 'employee'") if model == "performance.goal" else SQL("TRUE")
            cls.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE %s",
                    SQL.identifier(Model._table),
                    SQL(", ").join(
                        SQL("%s = %s || id", SQL.identifier(name), f"{SECRET}{model}-")
                        for name in names
                    ),
                    own,
                )
            )
        cls.env.invalidate_all()

    @classmethod
    def can_read(cls, user, model):
        """Say whether ``user`` can read any record of ``model``.

        Company goals are left out: they are public inside.
        """
        records = cls.env[model].sudo().search([])
        if model == "performance.goal":
            records = records.filtered(lambda goal: goal.scope == "employee")
        return bool(cls.as_user(records, user)._filtered_access("read"))

    @classmethod
    def find_told(cls, text, user):
        """Return the records whose secrets stand in ``text`` though ``user`` cannot read them.

        :rtype: set[tuple[str, int]]
        """
        return {
            (model, int(record_id))
            for model, record_id in set(re.findall(rf"{SECRET}([a-z.]+)-(\d+)", text))
            if not cls.as_user(cls.env[model].browse(int(record_id)), user).has_access("read")
        }

    # ------------------------------------------------------------------
    # Attempts
    # ------------------------------------------------------------------

    @classmethod
    def as_user(cls, records, user):
        """Return ``records`` as ``user`` sees them, in the companies of that user."""
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def attempt(self, call, refusals=(UserError,)):
        """Run ``call`` as a request would and take everything back.

        :param refusals: exceptions that count as a refusal; all others pass through
        :return: what it returned and, when it was refused, the exception (otherwise None)
        :rtype: tuple
        """
        outcome = []
        error = None
        try:
            with suppress(Undo), self.env.cr.savepoint():
                outcome.append(call())
                self.env.flush_all()
                raise Undo
        except refusals as refused:
            error = refused
        return (outcome[0] if outcome else None), error
