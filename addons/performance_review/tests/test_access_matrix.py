from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access_common import STEPS, TEXT_FILE, AccessCommon, Line

# ---------------------------------------------------------------------------------------------
# DESIGN, "Who sees what". One line per role: what it may do in each step of the review.
# r read, w write, c create, u unlink; "-" nothing; one word stands for all steps.
# Whoever has no line may do nothing at all: "anybody else".
#
# The steps:            prep   dialogue  draft    proposed  signed   done
# ---------------------------------------------------------------------------------------------
MATRIX = {
    "review (card)": {
        "employee":     "r",
        "reviewer":     "rw",
        "upper":        "r",
        "officer":      "r",
    },
    "point": {
        "employee":     "-      -         r        r         r        r",
        "reviewer":     "rwcu   rwcu      r        r         r        r",
        "officer":      "r",
    },
    "self-assessment": {
        "employee":     "c      rw        r        r         r        r",
        "reviewer":     "-      -         r        r         r        r",
        "officer":      "-      -         r        r         r        r",
    },
    "self-assessment answer": {
        "employee":     "-      rw        r        r         r        r",
        "reviewer":     "-      -         r        r         r        r",
        "officer":      "-      -         r        r         r        r",
    },
    "concern": {
        "employee":     "c      rwcu      r        r         r        r",
        "reviewer":     "-      -         r        r         r        r",
        "officer":      "-      -         r        r         r        r",
    },
    "agenda item": {
        "employee":     "c      rwcu      r        r         r        r",
        "reviewer":     "-      -         r        r         r        r",
        "officer":      "-      -         r        r         r        r",
    },
    "self-assessment file": {
        "employee":     "c      rcu       r        r         r        r",
        "reviewer":     "-      -         r        r         r        r",
        "officer":      "-      -         r        r         r        r",
    },
    "incident, employee's own": {
        "employee":     "rwcu",
        "reviewer":     "c",
    },
    "incident, shared by employee": {
        "employee":     "rc",
        "reviewer":     "rc",
        "officer":      "r",
    },
    "incident, reviewer's own": {
        "employee":     "c",
        "reviewer":     "rwcu",
    },
    "incident, shared by reviewer": {
        "employee":     "rc",
        "reviewer":     "rc",
        "officer":      "r",
    },
    "dialogue": {
        "employee":     "-      -         r        r         r        r",
        "reviewer":     "-      rwc       r        r         r        r",
        "officer":      "r",
    },
    "time of a section": {
        "employee":     "-      -         r        r         r        r",
        "reviewer":     "-      r         r        r         r        r",
        "officer":      "r",
    },
    "noted for the agreement": {
        "employee":     "-      -         r        r         r        r",
        "reviewer":     "-      rwcu      r        r         r        r",
        "officer":      "r",
    },
    "dialogue topic": {
        "employee":     "-      -         r        r         r        r",
        "reviewer":     "-      rwcu      r        r         r        r",
        "officer":      "r",
    },
    "BEST feedback": {
        "employee":     "-      -         r        r         r        r",
        "reviewer":     "-      c         r        r         r        r",
        "officer":      "r",
    },
    "private note": {
        "reviewer":     "rwcu",
    },
    # The leader's alone, also after a handover; HR gets means over many people.
    "mirror of a talk": {
        "reviewer":     "-      -         r        r         r        r",
    },
    "practice": {},
    "agreement": {
        "employee":     "-      -         -        r         r        r",
        "reviewer":     "-      c         rwu      rc        rc       r",
        "upper":        "-      -         -        -         r        r",
        "officer":      "r",
    },
    "suggestion for an agreement": {
        "reviewer":     "-      -         r        r         r        r",
        "officer":      "r",
    },
    "mediation": {
        "officer":      "-      -         rw       rw        r        r",
    },
    "commitment": {
        "employee":     "-      -         -        r         r        r",
        "reviewer":     "-      -         rwcu     r         r        r",
        "upper":        "-      -         -        -         r        r",
        "officer":      "r",
    },
    "goal, agreed": {
        "employee":     "-      -         -        r         r        r",
        "reviewer":     "-      -         rwcu     r         r        r",
        "upper":        "-      -         -        -         r        r",
        "officer":      "r",
    },
    "checkpoint": {
        "employee":     "r",
        "reviewer":     "-      -         -        -         rwcu     r",
        "upper":        "r",
        "officer":      "r",
    },
    "progress, employee's": {
        "employee":     "-      -         -        -         rc       r",
        "reviewer":     "-      -         -        -         rc       r",
        "upper":        "r",
        "officer":      "r",
    },
    "progress, reviewer's": {
        "employee":     "-      -         -        -         rc       r",
        "reviewer":     "-      -         -        -         rwcu     r",
        "upper":        "r",
        "officer":      "r",
    },
    "observation, employee's": {
        "employee":     "-      -         -        -         rwcu     r",
        "reviewer":     "-      -         -        -         rc       r",
        "officer":      "r",
    },
    "observation, reviewer's": {
        "employee":     "-      -         -        -         rc       r",
        "reviewer":     "-      -         -        -         rwcu     r",
        "officer":      "r",
    },
    "proposal of another target": {
        "employee":     "-      -         -        -         r        r",
        "reviewer":     "-      -         -        -         r        r",
        "upper":        "-      -         -        -         r        r",
        "officer":      "r",
    },
    "KPI, confirmed": {
        "employee":     "r",
        "reviewer":     "r",
        "officer":      "r",
    },
    "KPI, to confirm": {
        "reviewer":     "r",
        "officer":      "rwcu",
    },
    "appraisal, confirmed": {
        "employee":     "r",
        "reviewer":     "r",
        # Changed by a correction with a reason; a second one, for another period, is a draft.
        "officer":      "rc",
    },
    "appraisal, to confirm": {
        "reviewer":     "r",
        "officer":      "rwcu",
    },
    "correction": {
        "reviewer":     "r",
        "officer":      "r",
    },
    "flag": {
        "officer":      "rwcu",
    },
    "why HR takes part": {
        "reviewer":     "r",
        "officer":      "r",
    },
    "why HR takes part, a flag": {
        "officer":      "r",
    },
    "participant": {
        "employee":     "r",
        "reviewer":     "r",
        "officer":      "r",
    },
    "history": {
        "reviewer":     "r",
        "officer":      "r",
    },
    "analysis": {
        "officer":      "r",
    },
    "pulse": {},
    "wizard: sign": {
        # Whoever reads the agreement may open the dialogue; signing is guarded by the verb.
        "employee":     "-      -         -        c         c        c",
        "reviewer":     "-      -         c        c         c        c",
        "upper":        "-      -         -        -         c        c",
        "officer":      "c",
    },
    "wizard: dispute": {
        "employee":     "-      -         -        c         c        c",
        "reviewer":     "-      -         c        c         c        c",
        "upper":        "-      -         -        -         c        c",
        "officer":      "c",
    },
    "wizard: not signed": {
        "employee":     "-      -         -        c         c        c",
        "reviewer":     "-      -         c        c         c        c",
        "upper":        "-      -         -        -         c        c",
        "officer":      "c",
    },
    "wizard: meeting": {
        "employee":     "c",
        "reviewer":     "c",
        "upper":        "c",
        "officer":      "c",
    },
    "wizard: participant": {
        "employee":     "c",
        "reviewer":     "c",
        "upper":        "c",
        "officer":      "c",
    },
    "wizard: rhythm": {
        "employee":     "c",
        "reviewer":     "c",
        "upper":        "c",
        "officer":      "c",
    },
    "wizard: move": {
        "officer":      "c",
    },
}  # fmt: skip

# What hangs on no single review: who may do what, whatever the step. Of wizards everybody sees
# the own ones alone; here they are the officer's.
GENERAL = {
    "cycle": {
        "employee": "r", "reviewer": "r", "upper": "r", "officer": "rwc", "foreign officer": "c",
    },
    "company goal":         {"inside": "r", "officer": "rwcu", "foreign officer": "c"},
    "reminder":             {"officer": "r"},
    "minutes sent":         {"officer": "r"},
    "reminder line":        {},
    "theme":                {"inside": "r", "abroad": "r", "administrator": "rwcu"},
    "rating":               {"inside": "r", "abroad": "r", "administrator": "rwcu"},
    "label word":           {"inside": "r", "abroad": "r", "administrator": "rwcu"},
    "outline":              {"inside": "r", "administrator": "rwcu"},
    "outline question":     {"inside": "r", "administrator": "rwcu"},
    "support template":     {"inside": "r", "administrator": "rwcu"},
    "wizard: preview":      {"officer": "rwcu", "administrator": "c"},
    "wizard: preview line": {"officer": "rwcu", "administrator": "-"},
    "wizard: close":        {"officer": "c"},
    "wizard: correct":      {"officer": "rwcu", "administrator": "c"},
    "wizard: import":       {"officer": "rwcu", "administrator": "c", "foreign officer": "c"},
    "wizard: import error": {"officer": "rwcu", "administrator": "-"},
}  # fmt: skip

# What we add to models of others, and who gets to know of it at all; the rows have their own rules.
FIELDS = {
    "hr.employee.performance_review_ids": {"officer"},
    "hr.employee.performance_review_count": {"officer"},
    # About the reader alone; the rows are those of Odoo.
    "hr.employee.can_note_incidents": {"officer", "inside", "portal"},
    "hr.employee.public.can_note_incidents": {"officer", "inside", "portal"},
    # Counted with the rights of the reader, and only for two of them.
    "hr.employee.performance_closure": {"officer", "inside", "portal"},
    "hr.employee.public.performance_closure": {"officer", "inside", "portal"},
    "hr.employee.performance_unsigned_closure": {"officer", "inside", "portal"},
    "hr.employee.public.performance_unsigned_closure": {"officer", "inside", "portal"},
    "hr.employee.is_followed": {"officer", "inside", "portal"},
    "hr.employee.public.is_followed": {"officer", "inside", "portal"},
    "mail.mail.performance_reminder_id": set(),
    "mail.mail.performance_minutes_id": set(),
    # What holds for everybody is no secret.
    **dict.fromkeys(
        (
            "res.company.performance_min_points",
            "res.company.performance_min_duration",
            "res.company.performance_share_floor",
            "res.company.performance_share_aim",
            "res.company.performance_pulse_minimum",
            "res.company.performance_hr_user_id",
            "res.company.performance_hr_lowest_rating",
            "res.company.performance_hr_dispute",
            "res.company.performance_mediation_days",
            "res.company.performance_objection_days",
            "res.company.performance_hr_flag",
            "res.company.performance_hr_repeat",
            "res.company.performance_hr_reviewer",
            "res.company.performance_reminders",
            "res.company.performance_reminder_days",
            "res.company.performance_overdue_days",
            "res.company.performance_upper_days",
            "res.company.performance_officer_days",
        ),
        {"officer", "inside", "portal"},
    ),
}

# Who stands where towards a review. The administrator is an officer in all that counts here.
ROLES = {
    "worker": {
        "worker": "employee", "manager": "reviewer", "director": "upper", "officer": "officer",
        "peer": None, "porter": None, "outsider": None,
        "rival": None, "stranger": None, "foreign_officer": None,
    },
    # The employee without a licence, and people who might be taken for somebody.
    "porter": {
        "porter": "employee", "manager": "reviewer", "director": "upper", "worker": None,
        "rival": None, "foreign_officer": None,
    },
    # A manager towards his own review, which the director leads.
    "manager": {"manager": "employee", "director": "reviewer", "officer": "officer"},
    # HR towards its own review: an employee like any other.
    "officer": {"officer": "employee", "director": "reviewer", "administrator": "officer"},
}  # fmt: skip


def review_lines(test, review):
    """Return the :class:`Line` of every review-bound row of MATRIX, for ``review``."""
    env = test.env
    employee = review.employee_id

    def within(parent, values):
        """Return ``values`` for a new child, or nothing as long as it has no parent."""
        return lambda: values() if parent() else None

    def incident(author, shared):
        return Line(
            "performance.incident",
            lambda: env["performance.incident"].search(
                [
                    ("employee_id", "=", employee.id),
                    ("author_id", "=", author.id),
                    ("shared", "=", shared),
                ]
            ),
            {"name": "Changed"},
            lambda: {"employee_id": employee.id, "name": "One more", "polarity": "positive"},
        )

    def kpi(appraisal):
        return Line(
            "performance.goal",
            lambda: appraisal.goal_ids,
            {"name": "Changed"},
            lambda: {
                "appraisal_id": appraisal.id,
                "employee_id": employee.id,
                "name": "One more",
            },
        )

    def result(appraisal):
        return Line(
            "performance.appraisal",
            lambda: appraisal,
            {"score": 1.0},
            lambda: {
                "employee_id": employee.id,
                "date_start": "2024-01-01",
                "date_end": "2024-12-31",
            },
        )

    def progress(author):
        return Line(
            "performance.progress",
            lambda: review.checkpoint_ids.progress_ids.filtered(
                lambda each: each.author_id == author
            ),
            {"percent": 60.0},
            within(
                lambda: review.checkpoint_ids,
                lambda: {
                    "checkpoint_id": review.checkpoint_ids[0].id,
                    "commitment_id": review.agreement_id.commitment_ids[0].id,
                    "percent": 50.0,
                },
            ),
        )

    def why(is_flag):
        return Line(
            "performance.hr.reason",
            lambda: review.hr_reason_ids.filtered(
                lambda reason: (reason.code == "flag") == is_flag
            ),
            {"is_waived": True},
            lambda: {"review_id": review.id, "code": "dispute"},
        )

    def observation(author):
        return Line(
            "performance.observation",
            lambda: env["performance.observation"].search(
                [("review_id", "=", review.id), ("author_id", "=", author.id)]
            ),
            {"note": "Changed"},
            within(
                lambda: review.checkpoint_ids,
                lambda: {
                    "commitment_id": review.agreement_id.commitment_ids.filtered(
                        lambda line: line.kind == "change"
                    ).id,
                    "result": "seen",
                },
            ),
        )

    def mediation():
        found = env["performance.mediation"].search([("agreement_id.review_id", "=", review.id)])
        if not found and review.agreement_id:
            found = env["performance.mediation"].create(
                {"agreement_id": review.agreement_id.id, "date_deadline": "2026-03-09"}
            )
        return found

    def wizard(name, vals):
        return Line(name, lambda: env[name], {}, vals)

    about_review = {"review_id": review.id}
    return {
        "review (card)": Line(
            "performance.review",
            lambda: review,
            {"state": review.state},
            lambda: {"cycle_id": test.cycle.id, "employee_id": test.rival.id},
        ),
        "point": Line(
            "performance.point",
            lambda: review.point_ids,
            {"name": "Changed"},
            lambda: {**about_review, "kind": "gap", "name": "One more"},
        ),
        "self-assessment": Line(
            "performance.self.assessment",
            lambda: review.self_assessment_ids,
            {"agenda": "Changed"},
            within(lambda: not review.self_assessment_ids, lambda: about_review),
        ),
        "self-assessment answer": Line(
            "performance.self.assessment.answer",
            lambda: review.self_assessment_ids.answer_ids,
            {"answer": "Changed"},
            within(
                lambda: review.self_assessment_ids,
                lambda: {
                    "assessment_id": review.self_assessment_ids.id,
                    "question_id": test.outline.question_ids[0].id,
                },
            ),
        ),
        "concern": Line(
            "performance.concern",
            lambda: review.concern_ids,
            {"note": "Changed"},
            lambda: {
                **about_review,
                "goal_id": test.confirmed[employee].goal_ids[0].id,
                "kind": "change",
                "note": "One more",
            },
        ),
        "agenda item": Line(
            "performance.agenda.item",
            lambda: review.agenda_item_ids,
            {"name": "Changed"},
            lambda: {**about_review, "name": "One more"},
        ),
        "self-assessment file": Line(
            "performance.self.assessment.file",
            lambda: review.self_assessment_ids.file_ids,
            {"name": "Changed.txt"},
            lambda: {**about_review, "name": "One more.txt", "content": TEXT_FILE},
        ),
        "incident, employee's own": incident(review.employee_user_id, False),
        "incident, shared by employee": incident(review.employee_user_id, True),
        "incident, reviewer's own": incident(review.reviewer_user_id, False),
        "incident, shared by reviewer": incident(review.reviewer_user_id, True),
        "dialogue": Line(
            "performance.dialogue",
            lambda: review.dialogue_ids,
            {"expectations": "Changed"},
            lambda: about_review,
        ),
        "time of a section": Line(
            "performance.dialogue.section",
            lambda: review.dialogue_ids.section_ids,
            {"spent_seconds": 1},
            within(
                lambda: review.dialogue_id,
                lambda: {"dialogue_id": review.dialogue_id.id, "section": "past"},
            ),
        ),
        "noted for the agreement": Line(
            "performance.dialogue.draft",
            lambda: review.dialogue_ids.draft_ids,
            {"name": "Changed"},
            within(
                lambda: review.dialogue_id,
                lambda: {"dialogue_id": review.dialogue_id.id, "name": "One more"},
            ),
        ),
        "dialogue topic": Line(
            "performance.dialogue.topic",
            lambda: review.dialogue_ids.topic_ids,
            {"answer": "Changed"},
            within(
                lambda: review.dialogue_id,
                lambda: {"dialogue_id": review.dialogue_id.id, "own_text": "One more"},
            ),
        ),
        "BEST feedback": Line(
            "performance.feedback",
            lambda: review.dialogue_ids.feedback_ids,
            {"effect": "Changed"},
            within(
                lambda: review.dialogue_id,
                lambda: {"dialogue_id": review.dialogue_id.id, "behaviour": "One more"},
            ),
        ),
        "private note": Line(
            "performance.note",
            lambda: review.note_ids,
            {"body": "Changed"},
            lambda: {**about_review, "body": "One more"},
        ),
        "mirror of a talk": Line(
            "performance.mirror",
            lambda: env["performance.mirror"].search([("review_id", "=", review.id)]),
            {"balance": 100},
            within(
                lambda: review.dialogue_id,
                lambda: {
                    **about_review,
                    "user_id": test.rival_user.id,
                    "cycle_id": review.cycle_id.id,
                    "company_id": review.company_id.id,
                    "date": "2026-03-02",
                },
            ),
        ),
        "practice": Line(
            "performance.practice",
            lambda: test.practice,
            {"shown": {}},
            lambda: {"cycle_id": test.cycle.id},
        ),
        "agreement": Line(
            "performance.agreement",
            lambda: review.agreement_ids,
            {"summary": "Changed"},
            within(lambda: review.agreement_id.state != "draft", lambda: about_review),
        ),
        "suggestion for an agreement": Line(
            "performance.agreement.suggestion",
            lambda: test.env["performance.agreement.suggestion"].search(
                [("agreement_id", "in", review.agreement_ids.ids)]
            ),
            {"name": "Changed"},
            within(
                lambda: review.agreement_id,
                lambda: {
                    "agreement_id": review.agreement_id.id,
                    "code": "x",
                    "kind": "keep",
                    "name": "x",
                },
            ),
        ),
        "commitment": Line(
            "performance.commitment",
            lambda: review.agreement_ids.commitment_ids,
            {"name": "Changed"},
            within(
                lambda: review.agreement_id,
                lambda: {"agreement_id": review.agreement_id.id, "kind": "keep", "name": "x"},
            ),
        ),
        "goal, agreed": Line(
            "performance.goal",
            lambda: review.agreement_ids.goal_ids,
            {"name": "Changed"},
            within(
                lambda: review.agreement_id,
                lambda: {"agreement_id": review.agreement_id.id, "name": "One more"},
            ),
        ),
        "checkpoint": Line(
            "performance.checkpoint",
            lambda: review.checkpoint_ids,
            {"note": "Changed"},
            lambda: {**about_review, "kind": "one_to_one"},
        ),
        "progress, employee's": progress(review.employee_user_id),
        "progress, reviewer's": progress(review.reviewer_user_id),
        "observation, employee's": observation(review.employee_user_id),
        "observation, reviewer's": observation(review.reviewer_user_id),
        "proposal of another target": Line(
            "performance.target.proposal",
            lambda: review.target_proposal_ids,
            {"state": "accepted"},
            within(
                lambda: review.agreement_id,
                lambda: {
                    "goal_id": review.agreement_id.goal_ids[0].id,
                    "side": "employee",
                    "author_id": review.employee_user_id.id,
                    "proposed_on": "2026-03-02",
                    "answer_until": "2026-03-09",
                    "reason": "One more",
                },
            ),
        ),
        "KPI, confirmed": kpi(test.confirmed[employee]),
        "KPI, to confirm": kpi(test.unconfirmed[employee]),
        "appraisal, confirmed": result(test.confirmed[employee]),
        "appraisal, to confirm": result(test.unconfirmed[employee]),
        "mediation": Line(
            "performance.mediation",
            mediation,
            {"note": "Changed"},
            within(
                lambda: review.agreement_id,
                lambda: {
                    "agreement_id": review.agreement_id.id,
                    "date_deadline": "2026-03-09",
                },
            ),
        ),
        "correction": Line(
            "performance.correction",
            lambda: env["performance.correction"].search([("employee_id", "=", employee.id)]),
            {"reason": "Changed"},
            lambda: {
                "employee_id": employee.id,
                "company_id": test.company.id,
                "author_id": test.officer_user.id,
                "subject": "Score",
                "reason": "One more",
            },
        ),
        "flag": Line(
            "performance.flag",
            lambda: env["performance.flag"].search([("employee_id", "=", employee.id)]),
            {"note": "Changed"},
            lambda: {"employee_id": employee.id, "kind": "retention_risk"},
        ),
        "why HR takes part": why(False),
        "why HR takes part, a flag": why(True),
        "participant": Line(
            "performance.participant",
            lambda: review.participant_ids,
            {"name": "Changed"},
            lambda: {**about_review, "kind": "hr", "name": "Me"},
        ),
        "history": Line(
            "performance.review.log",
            lambda: review.log_ids,
            {"reason": "Changed"},
            lambda: {**about_review, "kind": "handover", "reason": "One more"},
        ),
        "analysis": Line(
            "performance.review.report",
            lambda: env["performance.review.report"].browse(review.id),
        ),
        "pulse": Line(
            "performance.pulse",
            lambda: env["performance.pulse"].search([]),
            {"answer_count": 1},
            lambda: {"cycle_id": test.cycle.id, "counts": {"way_forward_1": 1}},
        ),
        "wizard: sign": wizard(
            "performance.agreement.sign",
            within(
                lambda: review.agreement_id,
                lambda: {"agreement_id": review.agreement_id.id, "name": "Me"},
            ),
        ),
        "wizard: dispute": wizard(
            "performance.agreement.dispute",
            within(
                lambda: review.agreement_id,
                lambda: {"agreement_id": review.agreement_id.id, "statement": "No"},
            ),
        ),
        "wizard: not signed": wizard(
            "performance.agreement.refusal",
            within(
                lambda: review.agreement_id,
                lambda: {"agreement_id": review.agreement_id.id, "reason": "No"},
            ),
        ),
        "wizard: meeting": wizard("performance.review.meeting", lambda: about_review),
        "wizard: participant": wizard("performance.participant.choose", lambda: about_review),
        "wizard: rhythm": wizard("performance.review.rhythm", lambda: about_review),
        "wizard: move": wizard(
            "performance.review.move",
            lambda: {
                "review_ids": [(6, 0, review.ids)],
                "reviewer_id": test.director.id,
                "reason": "x",
            },
        ),
    }


def general_lines(test):
    """Return the :class:`Line` of every row of GENERAL."""
    env = test.env

    def named(model, record, create=None):
        vals = create or {"name": "One more"}
        return Line(model, lambda: record, {"name": "Changed"}, lambda: vals)

    hr = env(user=test.officer_user)
    preview = hr["performance.cycle.preview"].create({"cycle_id": test.cycle.id}).sudo()
    preview_line = hr["performance.cycle.preview.line"].create({"preview_id": preview.id}).sudo()
    imported = hr["performance.appraisal.import"].create({}).sudo()
    result = {"appraisal_id": test.confirmed[test.worker].id, "reason": "Counted twice"}
    correct = hr["performance.appraisal.correct"].create(result).sudo()
    bad_row = hr["performance.appraisal.import.error"].create({"import_id": imported.id}).sudo()
    return {
        "cycle": named("performance.cycle", test.cycle),
        "company goal": named(
            "performance.goal",
            test.company_goal,
            {"name": "One more", "scope": "company"},
        ),
        "reminder": Line(
            "performance.reminder",
            lambda: test.reminder,
            {"state": "sent"},
            lambda: {"user_id": test.worker_user.id, "date": "2026-03-03"},
        ),
        "minutes sent": Line(
            "performance.minutes",
            lambda: test.minutes,
            {"state": "sent"},
            lambda: {"user_id": test.worker_user.id},
        ),
        "reminder line": Line(
            "performance.reminder.line",
            lambda: test.reminder.line_ids,
            {"rung": 3},
            lambda: {"user_id": test.worker_user.id, "code": "asked"},
        ),
        "theme": named("performance.theme", test.theme.copy()),
        "rating": named("performance.rating", env["performance.rating"].create({"name": "Fine"})),
        "label word": named(
            "performance.label.word", env["performance.label.word"].create({"name": "Lazybones"})
        ),
        "outline": named("performance.outline", test.house_outline),
        "outline question": named(
            "performance.outline.question",
            test.house_outline.question_ids,
            {"name": "One more", "outline_id": test.house_outline.id},
        ),
        "support template": named(
            "performance.support.template",
            env["performance.support.template"].create(
                {"name": "A quiet room", "company_id": test.company.id}
            ),
        ),
        "wizard: preview": Line(
            "performance.cycle.preview",
            lambda: preview,
            {"match_count": 1},
            lambda: {"cycle_id": test.cycle.id},
        ),
        "wizard: preview line": Line(
            "performance.cycle.preview.line",
            lambda: preview_line,
            {"reason": "Changed"},
            lambda: {"preview_id": preview.id},
        ),
        "wizard: close": Line(
            "performance.cycle.close",
            lambda: env["performance.cycle.close"],
            {},
            lambda: {"cycle_id": test.cycle.id, "reason": "x"},
        ),
        "wizard: correct": Line(
            "performance.appraisal.correct", lambda: correct, {"reason": "x"}, lambda: result
        ),
        "wizard: import": Line(
            "performance.appraisal.import", lambda: imported, {"filename": "Changed"}, dict
        ),
        "wizard: import error": Line(
            "performance.appraisal.import.error",
            lambda: bad_row,
            {"row": 2},
            lambda: {"import_id": imported.id},
        ),
    }


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessCommon):
    """DESIGN's table, tried: persona × model × operation × step."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.matrix = cls.with_rows(MATRIX, "MATRIX")
        cls.general = cls.with_rows(GENERAL, "GENERAL")
        cls.reviews = {
            name: cls.review_of(cls.cycle, employee)
            for name, employee in (
                ("worker", cls.worker),
                ("porter", cls.porter),
                ("manager", cls.manager),
                ("officer", cls.officer_employee),
            )
        }
        for review in cls.reviews.values():
            for user in review.employee_user_id | review.reviewer_user_id:
                cls.env["performance.incident"].with_user(user).create(
                    [
                        {"employee_id": review.employee_id.id, "name": name, "polarity": "positive"}
                        for name in ("Own", "Shared")
                    ]
                )[1].action_share()
            cls.confirmed[review.employee_id].action_correct({"score": 81.0}, "Counted twice")
            cls.env["performance.review.log"]._record(
                "handover", {review: ("Somebody", review.reviewer_id.name)}, "Because"
            )
        cls.reminder = cls.create_failed_reminder(cls.reviews["worker"])
        # Of a review aside, so that the steps of these are their own.
        everybody = cls.env["hr.employee"].search([("company_id", "=", cls.company.id)])
        aside = cls.launch(
            name="Aside", excluded_employee_ids=[(6, 0, (everybody - cls.peer_manager).ids)]
        )
        agreement = cls.env["performance.agreement"].create({"review_id": aside.review_ids.id})
        cls.minutes = cls.env["performance.minutes"].create(
            {
                "agreement_id": agreement.id,
                "company_id": cls.company.id,
                "user_id": cls.worker_user.id,
            }
        )
        cls.house_outline = cls.outline.copy({"company_id": cls.company.id})
        cls.practice = cls.env["performance.practice"].create({"cycle_id": cls.cycle.id})

    # ------------------------------------------------------------------
    # Trying
    # ------------------------------------------------------------------

    def _get_review_lines(self, review):
        lines = review_lines(self, review)
        for rows in self.addon_rows():
            if hasattr(rows, "review_lines"):
                lines.update(rows.review_lines(self, review))
        return lines

    def _get_general_lines(self):
        lines = general_lines(self)
        for rows in self.addon_rows():
            if hasattr(rows, "general_lines"):
                lines.update(rows.general_lines(self))
        return lines

    def _try_line(self, line, user, allowed, party, thorough=True):
        """Compare what ``user`` can do with ``allowed``.

        :param str allowed: letters of the operations that must work; all others must fail
        :param bool party: for people who take part the step of the review may say no in its
            own words; for everybody else a refusal has to be an ``AccessError``
        :param bool thorough: whether to try more than to read
        """
        Model = self.as_user(self.env[line.model], user)
        records = line.find()
        if records:
            record = self.as_user(records[0], user)
            may_ask = Model.has_access("read")
            found = Model.search([("id", "in", records.ids)]) if may_ask else Model
            self.assertEqual(
                set(found.ids),
                set(records.ids) if "r" in allowed else set(),
                f"search of {line.model} by {user.login}",
            )
            names = None if thorough else ["display_name"]
            self._compare(line, user, "read", allowed, False, lambda: record.read(names), record)
            if thorough and line.write:
                self._compare(
                    line, user, "write", allowed, party, lambda: record.write(line.write), record
                )
            if thorough:
                self._compare(line, user, "unlink", allowed, party, record.unlink, record)
        vals = line.create() if line.create and thorough else None
        if vals is not None:
            self._compare(line, user, "create", allowed, party, lambda: Model.create(vals), Model)

    def _compare(self, line, user, operation, allowed, party, call, subject):
        # ORM methods begin with this question; where rules say no, nothing else is tried.
        if subject.has_access(operation):
            error = call() and None if operation == "read" else self.attempt(call)[1]
        else:
            with self.assertRaises(AccessError):
                subject.check_access(operation)
            error = AccessError("by the rules")
        letter = {"read": "r", "write": "w", "create": "c", "unlink": "u"}[operation]
        what = f"{operation} on {line.model} by {user.login}"
        if letter in allowed:
            self.assertIsNone(error, f"{what} should work")
        else:
            self.assertIsNotNone(error, f"{what} should be refused")
            if not party:
                self.assertIsInstance(error, AccessError, what)

    def _walk(self, name):
        """Take one review through its steps and try the whole table in each."""
        review = self.reviews[name]
        for index, step in enumerate(STEPS):
            self.advance(review, step)
            lines = self._get_review_lines(review)
            for label, roles in self.matrix.items():
                for persona, role in ROLES[name].items():
                    cells = roles.get(role, "-").split()
                    allowed = cells[index] if len(cells) > 1 else cells[0]
                    user = self.personas[persona]
                    if user.share and label.startswith("wizard"):
                        allowed = "-"
                    elif persona == "officer" and label == "wizard: move":
                        # HR may open it for every card it reads; the verb refuses the own one.
                        allowed = "c"
                    party = role in ("employee", "reviewer", "officer")
                    # Where all steps are alike, two of them see more than reading tried.
                    thorough = len(cells) > 1 or step in ("dialogue", "signed")
                    with self.subTest(review=name, step=step, line=label, persona=persona):
                        self._try_line(lines[label], user, allowed, party, thorough)

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_every_model_stands_in_the_table(self):
        lines = {**self._get_review_lines(self.reviews["worker"]), **self._get_general_lines()}
        self.assertEqual(set(lines), {*self.matrix, *self.general})
        self.assertEqual({line.model for line in lines.values()}, set(self.addon_models()))

    def test_fields_added_to_models_of_others(self):
        """A new one has to be entered with those who read it."""
        table = self.with_rows(FIELDS, "FIELDS")
        self.assertEqual(set(table), set(self.foreign_fields()))
        for path, readers in table.items():
            model, _dot, name = path.rpartition(".")
            for persona, user in self.personas.items():
                described = self.as_user(self.env[model], user).fields_get([name], ["type"])
                with self.subTest(field=path, persona=persona):
                    if described:
                        self.assertIn(self._get_reader(user), readers)
                    else:
                        self.assertNotIn(self._get_reader(user), readers)

    def _get_reader(self, user):
        if user.has_group("performance_review.group_performance_review_officer"):
            return "officer"
        return "portal" if user.share else "inside"

    def test_internal_employee(self):
        self._walk("worker")

    def test_portal_employee(self):
        self._walk("porter")

    def test_manager_towards_his_own_review(self):
        self._walk("manager")

    def test_officer_towards_the_own_review(self):
        self._walk("officer")

    def test_general_models(self):
        roles = {**ROLES["worker"], "administrator": "administrator"}
        for label, line in self._get_general_lines().items():
            table = self.general[label]
            for persona, role in roles.items():
                user = self.personas[persona]
                allowed = table.get(role or persona.replace("_", " "))
                if allowed is None and role == "administrator":
                    allowed = table.get("officer")
                if allowed is None and not user.share:
                    abroad = user.company_id != self.company
                    allowed = table.get("abroad" if abroad else "inside")
                with self.subTest(line=label, persona=persona):
                    self._try_line(line, user, allowed or "-", "c" in (allowed or ""))
