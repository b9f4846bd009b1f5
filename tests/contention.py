"""People who act at the same moment: real transactions, committed, in a database of their own.

Run inside ``odoo shell`` by ``test_contention.py``, which reads what this prints. Every contender
has a connection and a thread, sees the database as it was before anybody acted, and is answered as
Odoo's dispatcher answers a request: `retrying` begins anew what PostgreSQL refuses.
"""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from unittest.mock import patch

from freezegun import freeze_time

from odoo import api
from odoo.exceptions import UserError
from odoo.service import model

from odoo.addons.performance_review.tests.common import TODAY, PerformanceCommon

HOLD = 0.4  # seconds between a verb and its commit: the others meet its locks
PATIENCE = 60  # seconds until a thread is given up
# While one verb is not committed yet; after it is, with eyes that have not seen it.
MODES = ("overlapping", "stale")


class Contest(PerformanceCommon):
    """The personas of the tests, committed."""

    @classmethod
    def set_up(cls, env):
        """Store people and settings, and let everybody else see them."""
        cls.env = env
        cls.company = env["res.company"].create({"name": "Review Works"})
        cls.other_company = env["res.company"].create({"name": "Elsewhere"})
        cls.env = env(context={**env.context, "allowed_company_ids": cls.company.ids, "tz": "UTC"})
        cls._create_users()
        cls._create_employees()
        cls._create_configuration()
        cls.env.cr.commit()

    @classmethod
    def new_review(cls, employee=None, **vals):
        """Return the review of an employee in a cycle of its own, with ``sudo()``."""
        cls.cycles = getattr(cls, "cycles", 0) + 1
        cycle = cls.launch(name=f"Contest {cls.cycles}", **vals)
        return cls.review_of(cycle, employee or cls.porter)

    @classmethod
    def compete(cls, mode, *entries):
        """Let people act at once.

        :param str mode: one of :data:`MODES`
        :param entries: for each contender the user and the verb, called with an environment
        :return: for each ``("done", result)``, ``("told", sentence)`` or ``("broken", error)``
        :rtype: list[tuple[str, object]]
        """
        cls.env.cr.commit()
        ready = Barrier(len(entries))
        turns = [Event() for _entry in entries]
        turns[0].set()

        def enter(number, user, verb):
            with cls.env.registry.cursor() as cr:
                env = api.Environment(cr, user.id, dict(cls.env.context))
                tries = []

                def act():
                    cr.execute("SET LOCAL lock_timeout = '20s'")
                    cr.execute("SET LOCAL statement_timeout = '30s'")
                    if not tries:
                        cr.execute("SELECT 1 FROM performance_review LIMIT 1")  # the snapshot
                        ready.wait(PATIENCE)
                        if mode == "stale":
                            turns[number].wait(PATIENCE)
                    tries.append(number)
                    result = verb(env)
                    env.flush_all()
                    if mode == "overlapping":
                        time.sleep(HOLD)
                    return result

                try:
                    return "done", model.retrying(act, env)
                except UserError as error:
                    return "told", str(error)
                except Exception as error:  # whatever it is, a person would see a traceback
                    return "broken", f"{type(error).__name__}: {error}"
                finally:
                    cr.rollback()
                    for turn in turns[number + 1 : number + 2]:
                        turn.set()

        with ThreadPoolExecutor(len(entries)) as pool:
            running = [pool.submit(enter, *entry) for entry in enumerate_entries(entries)]
            answers = [each.result(PATIENCE) for each in running]
        cls.env.invalidate_all()
        cls.env.cr.rollback()
        return answers


def enumerate_entries(entries):
    """Return ``(number, user, verb)`` of every entry."""
    return [(number, user, verb) for number, (user, verb) in enumerate(entries)]


def contend_for_autosave(contest, mode):
    """Four tabs store their first text, each of another question."""
    review = contest.new_review()
    questions = review.outline_id.question_ids.filtered("for_self_assessment")
    fields = [str(question.id) for question in questions][:2] + ["results", "agenda"]

    def save(field):
        def verb(env):
            own = env["performance.review"].browse(review.id)._get_own_self_assessment()
            return own._merge_texts([(field, f"Text of {field}", "")])["saved"]

        return verb

    answers = contest.compete(mode, *((contest.porter_user, save(field)) for field in fields))
    assessments = contest.env["performance.self.assessment"].search([("review_id", "=", review.id)])
    texts = assessments.answer_ids.mapped("answer") + [assessments.results, assessments.agenda]
    return answers, {
        "records": len(assessments),
        "rows": len(assessments.answer_ids),
        "questions": len(questions),
        "lost": [field for field in fields if f"Text of {field}" not in texts],
    }


def contend_for_one_text(contest, mode):
    """Two tabs store different words in the same place."""
    review = contest.new_review()
    contest.env["performance.self.assessment"].with_user(contest.porter_user).create(
        {"review_id": review.id}
    )

    def save(text):
        def verb(env):
            own = env["performance.review"].browse(review.id)._get_own_self_assessment()
            return own._merge_texts([("results", text, "")])["conflicts"]

        return verb

    answers = contest.compete(
        mode, *((contest.porter_user, save(text)) for text in ("First", "Second"))
    )
    return answers, {"text": review.self_assessment_ids.results}


def contend_for_answer(contest, mode, *verbs, signed=True):
    """Sign or dispute one agreement; the reviewer has signed unless told otherwise."""
    review = contest.new_review()
    agreement = contest.to_proposed(review)
    if signed:
        contest.sign_as(agreement, contest.manager_user)
    seen = agreement.sudo().fingerprint

    def act(verb):
        def call(env):
            own = env["performance.agreement"].browse(agreement.id)
            if verb == "dispute":
                return own.action_dispute("It was otherwise", seen)
            stance = "agree" if env.user == contest.porter_user else None
            return own.action_sign(stance=stance, fingerprint=seen)

        return call

    answers = contest.compete(mode, *((user, act(verb)) for user, verb in verbs))
    agreement = agreement.sudo()
    return answers, {
        "state": agreement.state,
        "step": review.state,
        "signed": [bool(agreement.employee_signed_on), bool(agreement.reviewer_signed_on)],
        "disputed": bool(agreement.dispute_reason),
        "faults": agreement.verify() if agreement.state == "signed" else [],
        "mediations": contest.env["performance.mediation"].search_count(
            [("agreement_id", "=", agreement.id)]
        ),
        "checkpoint_days": [str(each.date) for each in review.checkpoint_ids],
    }


def contend_for_proposal(contest, mode):
    """Two windows propose the same draft; the employee is told once."""
    review = contest.new_review()
    agreement = contest.fill_agreement(contest.to_agreement(review))
    mails = contest.env["mail.mail"].search_count([])

    def propose(env):
        return env["performance.agreement"].browse(agreement.id).action_propose()

    answers = contest.compete(mode, *[(contest.manager_user, propose)] * 2)
    return answers, {
        "state": agreement.state,
        "versions": len(review.agreement_ids),
        "mails": contest.env["mail.mail"].search_count([]) - mails,
    }


def contend_for_appointment(contest, mode):
    """Three clicks book the same hour, or three hours."""
    review = contest.new_review()
    events = contest.env["calendar.event"].search_count([])

    def plan(hour):
        def verb(env):
            own = env["performance.review"].browse(review.id)
            return own.action_plan_meeting(f"2026-03-10 {hour}:00:00", 60)

        return verb

    answers = contest.compete(
        mode, *((contest.manager_user, plan(hour)) for hour in ("09", "09", "11"))
    )
    return answers, {"events": contest.env["calendar.event"].search_count([]) - events}


def contend_for_pulse(contest, mode, *employees):
    """The same person twice, or two people of one cycle."""
    review = contest.new_review()
    reviews = [contest.review_of(review.cycle_id, employee) for employee in employees]
    for each in dict.fromkeys(reviews):
        contest.to_agreement(each)
    marks = {
        "clear_standard": 4, "specific_feedback": 4, "listened_to": 5, "way_forward": 3,
    }  # fmt: skip

    def answer(each):
        return lambda env: env["performance.review"].browse(each.id).action_give_pulse(marks)

    answers = contest.compete(mode, *((each.employee_user_id, answer(each)) for each in reviews))
    pulse = contest.env["performance.pulse"].search([("cycle_id", "=", review.cycle_id.id)])
    contest.env.cr.execute(
        "SELECT answer_count, counts->>'listened_to_5' FROM performance_pulse WHERE id = %s",
        [pulse.id],
    )
    count, fives = contest.env.cr.fetchone()
    return answers, {"count": count, "fives": int(fives)}


def contend_for_step(contest, mode):
    """Two windows go on to the dialogue."""
    review = contest.new_review()
    contest.fill_sheet(review)
    logs = len(review.log_ids)

    def go_on(env):
        return bool(env["performance.review"].browse(review.id).action_next())

    answers = contest.compete(mode, *[(contest.manager_user, go_on)] * 2)
    return answers, {
        "step": review.state,
        "dialogues": len(review.dialogue_ids),
        "logged": len(review.log_ids) - logs,
    }


def contend_for_amendment(contest, mode):
    """Two windows amend what has been signed."""
    review = contest.new_review()
    agreement = contest.to_follow_up(review)

    def amend(env):
        return bool(env["performance.agreement"].browse(agreement.id).action_amend())

    answers = contest.compete(mode, *[(contest.manager_user, amend)] * 2)
    versions = review.agreement_ids.sorted("version")
    return answers, {
        "states": versions.mapped("state"),
        "lines": [len(each.goal_ids) + len(each.commitment_ids) for each in versions],
    }


def contend_for_progress(contest, mode):
    """Both sides record on one goal and on one commitment at the same moment."""
    review = contest.new_review()
    agreement = contest.to_follow_up(review)
    goal, line = agreement.sudo().goal_ids, agreement.sudo().commitment_ids[0]
    checkpoint = review.checkpoint_ids[0]

    def note(figure):
        lines = [
            {"subject": f"goal-{goal.id}", "figure": figure},
            {"subject": f"commitment-{line.id}", "figure": 10 * figure},
        ]
        return lambda env: env["performance.checkpoint"].browse(checkpoint.id).action_note(lines)

    people = ((contest.porter_user, 7), (contest.manager_user, 6), (contest.manager_user, 5))
    answers = contest.compete(mode, *((user, note(figure)) for user, figure in people))
    newest = goal.measure_ids.sorted(lambda entry: (entry.date, entry.id))[-1:]
    return answers, {
        "measured": sorted(goal.measure_ids.mapped("value")),
        "recorded": sorted(line.progress_ids.mapped("percent")),
        "actual_is_newest": goal.actual == newest.value,
        "acknowledged": [
            float(figure)
            for (_user, figure), (kind, _result) in zip(people, answers, strict=True)
            if kind == "done"
        ],
    }


def contend_for_closing(contest, mode):
    """Two people in HR close one dispute, each in words of their own."""
    review = contest.new_review()
    agreement = contest.to_proposed(review)
    contest.dispute_as(agreement, contest.porter_user)

    def close(statement):
        def verb(env):
            return env["performance.agreement"].browse(agreement.id).action_close_by_hr(statement)

        return verb

    answers = contest.compete(
        mode,
        (contest.officer_user, close("First")),
        (contest.administrator_user, close("Second")),
    )
    agreement = agreement.sudo()
    mediations = contest.env["performance.mediation"].search([("agreement_id", "=", agreement.id)])
    return answers, {
        "state": agreement.state,
        "step": review.state,
        "statement": agreement.hr_statement,
        "mediations": [[each.state, each.answer] for each in mediations],
        "faults": agreement.verify(),
        "checkpoint_days": [str(each.date) for each in review.checkpoint_ids],
    }


def contend_for_end(contest, mode):
    """Two windows finish one review."""
    review = contest.new_review()
    agreement = contest.to_follow_up(review)
    agreement.sudo().commitment_ids.with_user(contest.manager_user).action_set_outcome("closed")
    logs = len(review.log_ids)

    def finish(env):
        return bool(env["performance.review"].browse(review.id).action_finish())

    answers = contest.compete(mode, *[(contest.manager_user, finish)] * 2)
    return answers, {
        "step": review.state,
        "logged": len(review.log_ids) - logs,
        "checkpoints": sorted(set(review.checkpoint_ids.mapped("state"))),
        "tasks": len(review.checkpoint_ids.activity_ids),
    }


def contend_for_target(contest, mode, *verbs):
    """Answer one proposal of the reviewer in two ways, or propose from both sides."""
    review = contest.new_review()
    goal = contest.to_follow_up(review).sudo().goal_ids
    if "propose" not in dict(verbs).values():
        goal.with_user(contest.manager_user).action_propose_target(3.0, None, "Merged")

    def act(verb):
        def call(env):
            if verb == "propose":
                mine = env["performance.goal"].browse(goal.id)
                return mine.action_propose_target(5.0, None, "Merged")
            own = env["performance.review"].browse(review.id).target_proposal_ids
            return getattr(own, f"action_{verb}")(*(["No"] if verb == "decline" else []))

        return call

    answers = contest.compete(mode, *((user, act(verb)) for user, verb in verbs))
    done = [
        verb for (_user, verb), (kind, _result) in zip(verbs, answers, strict=True)
        if kind == "done"
    ]  # fmt: skip
    return answers, {
        "done": done,
        "states": review.target_proposal_ids.mapped("state"),
        "target": goal.current_target,
        "signed": goal.target,
        "waits_for": review.target_waits_for,
        "faults": review.agreement_id.verify(),
    }


def main(env):
    """Print the results of all contests as JSON, after the word ``RESULT``."""
    with freeze_time(TODAY), patch.object(model.random, "uniform", lambda _low, _high: 0.05):
        Contest.set_up(env)
        porter, manager = Contest.porter_user, Contest.manager_user
        contests = {
            "autosave": contend_for_autosave,
            "one text": contend_for_one_text,
            "sign or dispute": lambda contest, mode: contend_for_answer(
                contest, mode, (porter, "sign"), (porter, "dispute")
            ),
            "sign twice": lambda contest, mode: contend_for_answer(
                contest, mode, (porter, "sign"), (porter, "sign")
            ),
            "both sign": lambda contest, mode: contend_for_answer(
                contest, mode, (porter, "sign"), (manager, "sign"), signed=False
            ),
            "propose": contend_for_proposal,
            "appointment": contend_for_appointment,
            "pulse twice": lambda contest, mode: contend_for_pulse(
                contest, mode, Contest.porter, Contest.porter
            ),
            "two pulses": lambda contest, mode: contend_for_pulse(
                contest, mode, Contest.porter, Contest.worker
            ),
            "step": contend_for_step,
            "amend twice": contend_for_amendment,
            "progress": contend_for_progress,
            "close by HR": contend_for_closing,
            "finish": contend_for_end,
            "accept or decline": lambda contest, mode: contend_for_target(
                contest, mode, (porter, "accept"), (porter, "decline")
            ),
            "accept twice": lambda contest, mode: contend_for_target(
                contest, mode, (porter, "accept"), (porter, "accept")
            ),
            "accept or withdraw": lambda contest, mode: contend_for_target(
                contest, mode, (porter, "accept"), (manager, "withdraw")
            ),
            "both propose": lambda contest, mode: contend_for_target(
                contest, mode, (porter, "propose"), (manager, "propose")
            ),
        }
        results = {}
        for name, contend in contests.items():
            for mode in MODES:
                answers, facts = contend(Contest, mode)
                results[f"{name}, {mode}"] = {"answers": answers, **facts}
    print(f"\nRESULT {json.dumps(results)}")
