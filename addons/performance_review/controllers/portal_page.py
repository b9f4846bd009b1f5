"""One review on its way to the page: read once, whatever the sections ask for.

Records are searched as the user who is logged in, so a rule decides what there is to show.
``sudo`` only adds the names of people, cycles, outlines and company goals, which portal users
cannot read and which stand on records they may.
"""

from functools import cached_property

from odoo import fields

from ..models.performance_agreement import IN_FORCE
from ..tools.figures import say_figure, say_number
from ..tools.sparkline import sparkline

GOAL_FIELDS = (
    "name", "metric", "unit", "baseline", "target", "actual", "direction", "means", "parent_id",
    "date_deadline", "agreement_id", "appraisal_id", "origin_id",
)  # fmt: skip
LINE_FIELDS = (
    "kind", "name", "owner", "owner_user_id", "date_deadline", "outcome", "origin_id",
)  # fmt: skip


class ReviewPage:
    """What the sections of one review's page share.

    :param review: one ``performance.review`` of the user who is logged in
    """

    def __init__(self, review):
        self.review = review
        self.env = review.env
        self.today = fields.Date.context_today(review)
        self.facts = review._collect_next_facts()[review]

    @cached_property
    def next_action(self):
        return self.review._get_employee_action(self.facts)

    @cached_property
    def sections(self):
        """The sections of the model; what waits for the employee is unfolded in any step."""
        is_unconfirmed = any(
            dialogue.date_end and not dialogue.employee_confirmed_on
            for dialogue in self.facts.dialogues
        )
        # The plan says the same as the agreement, as long as nothing is left to sign.
        is_settled = self.facts.agreement.state in IN_FORCE
        folded = {"dialogue": not is_unconfirmed, "agreement": is_settled}
        badges = {}
        if self.agreement:
            badges["agreement"] = self.env._("Version %(n)s", n=self.agreement.version)
        if self.facts.assessment.state == "submitted":
            badges["self_assessment"] = self.env._("Handed in")
        sections = [
            {
                **section,
                "folded": folded.get(section["code"], section["folded"]),
                "badge": badges.get(section["code"], section.get("badge")),
            }
            for section in self.review._get_portal_sections()
        ]
        return sorted(sections, key=lambda section: section["sequence"])

    @property
    def in_force(self):
        """The version of the agreement that holds."""
        return self.facts.in_force

    @property
    def agreement(self):
        """The version the page shows: the newest one that is not history."""
        return self.facts.agreements.filtered(lambda each: each.state != "superseded")[:1]

    @cached_property
    def checkpoints(self):
        return self.env["performance.checkpoint"].search_fetch(
            [("review_id", "=", self.review.id)], ["date", "kind", "state", "note"]
        )

    @cached_property
    def progress(self):
        """Everything recorded on this review, in the order in which it happened."""
        return self.env["performance.progress"].search_fetch(
            [("checkpoint_id", "in", self.checkpoints.ids)],
            ["checkpoint_id", "goal_id", "commitment_id", "date", "value", "percent", "note",
             "author_id"],
            order="date, id",
        )  # fmt: skip

    def get_measures(self, goals):
        """Return what was recorded on each goal, in earlier versions of it too.

        :param goals: ``performance.goal``
        :return: id of a goal → ``performance.progress``, in the order it happened
        :rtype: dict
        """
        goal_of = {}  # id of a goal, or of the same in an earlier version → its id here
        for goal in goals:
            line = goal.sudo()
            while line:
                goal_of[line.id] = goal.id
                line = line.origin_id
        measures = {}
        for progress in self.progress:
            if goal_id := goal_of.get(progress.goal_id.id):
                measures.setdefault(goal_id, []).append(progress)
        return measures

    def draw_plan(self, agreement):
        """Return goals and both sides' commitments of a version, with what was recorded on them.

        :param agreement: one ``performance.agreement``, or none
        :return: ``goals``, ``mine`` and ``theirs``
        :rtype: dict
        """
        in_version = [("agreement_id", "=", agreement.id)]
        goals, lines = self.env["performance.goal"], self.env["performance.commitment"]
        if agreement:
            goals = goals.search_fetch(in_version, GOAL_FIELDS)
            lines = lines.search_fetch(in_version, LINE_FIELDS)
        mine = lines.filtered(lambda line: line.owner == "employee")
        return {
            "goals": self.draw_goals(goals),
            "mine": [self._draw_commitment(line) for line in mine],
            "theirs": [self._draw_commitment(line) for line in lines - mine],
        }

    def draw_goals(self, goals, is_measured=True):
        """Return goals with their figures in words and, where measured, a line of them.

        :param goals: ``performance.goal`` the user may read
        :param bool is_measured: whether there may be progress on them
        :rtype: list[dict]
        """
        measures = self.get_measures(goals) if is_measured else {}
        return [self._draw_goal(goal, measures.get(goal.id, [])) for goal in goals]

    def _draw_goal(self, goal, measures):
        # A KPI of the appraisal was measured by HR.
        has_figure = bool(measures or goal.appraisal_id)
        return {
            "goal": goal,
            "parent": goal.sudo().parent_id.name,
            "baseline": say_number(self.env, goal.baseline),
            "target": say_figure(self.env, goal.target, goal.unit),
            "actual": say_figure(self.env, goal.actual, goal.unit) if has_figure else False,
            **self._draw_percent(goal.achievement if has_figure else 0),
            "is_overdue": bool(
                goal.agreement_id
                and goal.date_deadline
                and goal.date_deadline < self.today
                and goal.achievement < 100
            ),
            "line": sparkline([progress.value for progress in measures], goal.target),
        }

    def _draw_percent(self, value):
        """Return ``percent``, how long a bar is (0 to 100), and ``percent_text``."""
        percent = min(max(round(value), 0), 100)
        return {"percent": percent, "percent_text": say_figure(self.env, percent, "%")}

    def _draw_commitment(self, line):
        owners = dict(line._fields["owner"]._description_selection(self.env))
        return {
            "line": line,
            **self._draw_percent(line.percent),
            "owner": line.sudo().owner_user_id.name
            if line.owner == "reviewer"
            else owners[line.owner],
            "is_overdue": line.is_overdue,
        }
