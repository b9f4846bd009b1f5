"""What the portal shows of reviews, read with the rights of the employee.

Records are searched as the user who is logged in, so a rule decides what there is to show.
``sudo`` only adds the names of people, cycles, outlines and company goals, which portal users
cannot read and which stand on records they may.
"""

from odoo import fields

from ..models.performance_agreement import IN_FORCE
from ..models.performance_outline_question import SECTIONS
from ..models.performance_review_steps import STEP_BY_CODE
from ..tools.figures import say_number
from ..tools.sparkline import sparkline

STEP_ORDER = list(STEP_BY_CODE)
STEPS = STEP_ORDER[:-1]
# The step somebody stands in decides what is read first; what lies behind is folded.
PAGE_ORDER = {
    "preparation": ("self_assessment", "figures", "incidents"),
    "dialogue": ("self_assessment", "figures", "incidents"),
    "agreement": (
        "agreement", "pulse", "dialogue", "points", "figures", "self_assessment", "incidents",
    ),
    "follow_up": (
        "plan", "checkpoints", "agreement", "pulse", "dialogue", "points", "figures",
        "self_assessment", "incidents",
    ),
    "done": (
        "plan", "checkpoints", "agreement", "pulse", "dialogue", "points", "figures",
        "self_assessment", "incidents",
    ),
}  # fmt: skip
OPEN_STATES = {"self_assessment": ("preparation", "dialogue"), "pulse": ("agreement",)}
FOLDED = ("pulse", "dialogue", "points", "figures", "self_assessment", "incidents")


def get_steps(review):
    """Return the four steps of a review as dicts with ``label`` and ``status``.

    :rtype: list[dict[str, str]]
    """
    rank = STEP_ORDER.index(review.state)
    return [
        {
            "code": code,
            "label": review._get_state_label(code),
            "status": "done" if index < rank else "current" if index == rank else "todo",
        }
        for index, code in enumerate(STEPS)
    ]


def count_actions(reviews):
    """Return in how many of these reviews the employee has something to do.

    :rtype: int
    """
    return sum(1 for action in reviews._get_next_actions().values() if action["label"])


def get_cards(reviews):
    """Return one dict per review for the list: the record, its names, steps and next action.

    :rtype: list[dict]
    """
    actions = reviews._get_next_actions()
    return [
        {
            "review": review,
            "review_sudo": review.sudo(),
            "steps": get_steps(review),
            "next": actions[review],
        }
        for review in reviews
    ]


def get_question_sections(review, assessment):
    """Return the questions of the self-assessment by section, with the answers so far.

    Before the first answer is stored there is no record, and the outline is shown.

    :param review: one ``performance.review``
    :param assessment: its ``performance.self.assessment``, or an empty recordset
    :return: ``[{"label": str, "questions": [{"key", "name", "hint", "is_required", "text"}]}]``
    :rtype: list[dict]
    """
    if assessment:
        rows = [
            (answer.sudo().question_id, answer.answer or "") for answer in assessment.answer_ids
        ]
    else:
        questions = review.sudo().outline_id.question_ids
        rows = [(question, "") for question in questions if question.for_self_assessment]
    labels = dict(
        review.env["performance.outline.question"]
        ._fields["section"]
        ._description_selection(review.env)
    )
    sections = []
    for code, _label in SECTIONS:
        questions = [
            {
                "key": str(question.id),
                "name": question.name,
                "hint": question.hint,
                "is_required": question.is_required,
                "text": text,
            }
            for question, text in rows
            if question.section == code
        ]
        if questions:
            sections.append({"code": code, "label": labels[code], "questions": questions})
    return sections


def count_answers(sections):
    """Return how many of how many questions have an answer, as ``(answered, total)``."""
    texts = [question["text"] for section in sections for question in section["questions"]]
    return sum(1 for text in texts if text.strip()), len(texts)


class ReviewPage:
    """Gathers the values of the page of one review.

    :param review: one ``performance.review`` of the user who is logged in
    :param str opened: code of a section to show unfolded, whatever the step
    """

    def __init__(self, review, opened=None):
        self.review = review
        self.opened = opened
        self.env = review.env
        self.today = fields.Date.context_today(review)
        self.facts = review._collect_next_facts()[review]
        self.unconfirmed = self.facts.dialogues.filtered(
            lambda dialogue: dialogue.date_end and not dialogue.employee_confirmed_on
        )[:1]

    def get_values(self):
        """Return the values for the template ``performance_review.portal_review``.

        :rtype: dict
        """
        review = self.review
        agreements = self.facts.agreements
        current = agreements.filtered(lambda agreement: agreement.state != "superseded")[:1]
        in_force = agreements.filtered(lambda agreement: agreement.state in IN_FORCE)[:1]
        sections = get_question_sections(review, self.facts.assessment)
        answered, total = count_answers(sections)
        figures = self._get_figures()
        values = {
            "review": review,
            "review_sudo": review.sudo(),
            "reviewer_name": review._get_reviewer_name(),
            "meeting_start": self.env.user._say_moment(self.facts.meeting_start),
            "steps": get_steps(review),
            "next": review._get_employee_action(self.facts),
            "page_order": [
                code
                for code in PAGE_ORDER[review.state]
                if (code != "pulse" or review.can_give_pulse) and (code != "figures" or figures)
            ],
            "is_folded": lambda code: self._is_folded(code),
            "assessment": self.facts.assessment,
            "can_write_assessment": review.state in ("preparation", "dialogue")
            and self.facts.assessment.state != "submitted",
            "question_sections": sections,
            "has_required": any(
                question["is_required"] for section in sections for question in section["questions"]
            ),
            "answered": answered,
            "question_count": total,
            "dialogues": self.facts.dialogues,
            "figures": figures,
            "unconfirmed": self.unconfirmed,
            "agreement": current,
            "agreements": agreements,
            "earlier_agreements": agreements - current,
            "in_force": in_force,
            "checkpoints": self._get_checkpoints(),
            "pulse_questions": list(self.env["performance.pulse"]._get_questions().items()),
            "pulse_minimum": review.sudo().cycle_id.pulse_minimum,
            "points": self._get_points(),
            "incidents": self._get_incidents(),
            "today": self.today,
        }
        values["can_sign"] = bool(current) and current.can_sign
        values["fingerprint"] = current.fingerprint if values["can_sign"] else ""
        # What is up for signing or signed, as the model shows it everywhere.
        values["shown"] = {version.id: version._get_shown_content() for version in agreements}
        values["plan"] = self._get_plan(in_force)
        values["subjects"] = self._get_subjects(values["plan"])
        return values

    def _is_folded(self, code):
        if code == self.opened or (code == "dialogue" and self.unconfirmed):
            return False
        if code == "agreement":
            # The plan above says the same, as long as nothing is left to sign.
            return self.facts.agreements[:1].state in IN_FORCE
        return code in FOLDED and self.review.state not in OPEN_STATES.get(code, ())

    def _get_plan(self, agreement):
        """Return goals and both sides' commitments of a version, ready to be drawn."""
        in_version = [("agreement_id", "=", agreement.id)]
        goals, lines = self.env["performance.goal"], self.env["performance.commitment"]
        if agreement:
            goals, lines = goals.search(in_version), lines.search(in_version)
        mine = lines.filtered(lambda line: line.owner == "employee")
        return {
            "goals": self._draw_goals(goals),
            "behaviours": lines.filtered(lambda line: line.kind in ("keep", "change")),
            "mine": [self._draw_commitment(line) for line in mine],
            "theirs": [self._draw_commitment(line) for line in lines - mine],
        }

    def _draw_goals(self, goals):
        goal_of = {}  # id of a goal, or of the same goal in an earlier version → its id here
        for goal in goals:
            line = goal.sudo()
            while line:
                goal_of[line.id] = goal.id
                line = line.origin_id
        values_by_goal = {}
        for measure in self.env["performance.progress"].search(
            [("goal_id", "in", list(goal_of))], order="date, id"
        ):
            values_by_goal.setdefault(goal_of[measure.goal_id.id], []).append(measure.value)
        return [
            {
                "goal": goal,
                "parent": goal.sudo().parent_id.name,
                "baseline": say_number(self.env, goal.baseline),
                "target": say_number(self.env, goal.target),
                "actual": say_number(self.env, goal.actual)
                if goal.id in values_by_goal or goal.appraisal_id
                else False,
                "percent": min(max(round(goal.achievement), 0), 100)
                if goal.id in values_by_goal or goal.appraisal_id
                else 0,
                "is_overdue": bool(
                    goal.agreement_id
                    and goal.date_deadline
                    and goal.date_deadline < self.today
                    and goal.achievement < 100
                ),
                "line": sparkline(values_by_goal.get(goal.id, []), goal.target),
            }
            for goal in goals
        ]

    def _draw_commitment(self, line):
        owners = dict(line._fields["owner"]._description_selection(self.env))
        return {
            "line": line,
            "percent": min(max(round(line.percent), 0), 100),
            "owner": line.sudo().owner_user_id.name
            if line.owner == "reviewer"
            else owners[line.owner],
            "is_overdue": line.is_overdue,
        }

    def _get_subjects(self, plan):
        """Return what progress can be recorded on: key, text and unit, by group."""
        goals = [
            {"key": f"goal-{row['goal'].id}", "name": row["goal"].name, "unit": row["goal"].unit}
            for row in plan["goals"]
        ]

        def commitments(rows):
            return [
                {"key": f"commitment-{row['line'].id}", "name": row["line"].name, "unit": "%"}
                for row in rows
            ]

        groups = [
            (self.env._("Goals"), goals),
            (self.env._("What I owe"), commitments(plan["mine"])),
            (self.env._("What others owe"), commitments(plan["theirs"])),
        ]
        return [(label, rows) for label, rows in groups if rows]

    def _get_checkpoints(self):
        """Return the dates of the follow-up with what both sides recorded on them."""
        checkpoints = self.env["performance.checkpoint"].search(
            [("review_id", "=", self.review.id)]
        )
        entries = {}
        for progress in self.env["performance.progress"].search(
            [("checkpoint_id", "in", checkpoints.ids)], order="id"
        ):
            goal, line = progress.goal_id.sudo(), progress.commitment_id.sudo()
            entries.setdefault(progress.checkpoint_id.id, []).append(
                {
                    "progress": progress,
                    "author": progress.sudo().author_id.name,
                    "is_mine": progress.author_id == self.env.user,
                    "subject": goal.name or line.name,
                    "figure": say_number(self.env, progress.value if goal else progress.percent),
                    "unit": goal.unit if goal else "%",
                }
            )
        nearest = checkpoints.filtered(lambda checkpoint: checkpoint.state == "planned")[:1]
        return [
            {
                "checkpoint": checkpoint,
                "entries": entries.get(checkpoint.id, []),
                "is_nearest": checkpoint == nearest,
                "can_record": checkpoint.state == "planned" and self.review.state == "follow_up",
            }
            for checkpoint in checkpoints
        ]

    def _get_points(self):
        """Return the reviewer's points by kind, once the dialogue is over."""
        points = self.env["performance.point"].search([("review_id", "=", self.review.id)])
        goals = self.env["performance.goal"].search([("id", "in", points.goal_id.ids)])
        labels = {
            "strength": self.env._("Strengths"),
            "gap": self.env._("Gaps"),
            "support": self.env._("Supports"),
        }
        return [
            {
                "label": label,
                "kind": kind,
                "rows": [
                    {"point": point, "goal": point.goal_id if point.goal_id in goals else False}
                    for point in points
                    if point.kind == kind
                ],
            }
            for kind, label in labels.items()
            if kind in points.mapped("kind")
        ]

    def _get_figures(self):
        """Return the KPIs of the appraisal, once it is confirmed to the employee."""
        appraisal = self.env["performance.appraisal"].search(
            [("id", "=", self.review.sudo().appraisal_id.id)]
        )
        return self._draw_goals(
            self.env["performance.goal"].search([("appraisal_id", "in", appraisal.ids)])
        )

    def _get_incidents(self):
        """Return the incidents of the period: the employee's own and those shared by others."""
        cycle = self.review.sudo().cycle_id
        return self.env["performance.incident"].search(
            [
                ("employee_user_id", "=", self.env.uid),
                ("date", ">=", cycle.date_start),
                ("date", "<=", cycle.date_end),
            ]
        )
