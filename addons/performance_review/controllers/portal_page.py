"""One review on its way to the page: read once, whatever the sections ask for.

Records are searched as the user who is logged in, so a rule decides what there is to show.
``sudo`` only adds the names of people, cycles, outlines and company goals, which portal users
cannot read and which stand on records they may.
"""

from functools import cached_property

from odoo import fields

from ..models.performance_agreement import IN_FORCE
from ..models.performance_review_portal import EARLY, FOLLOWED
from ..tools.figures import say_figure, say_number
from ..tools.sparkline import sparkline


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
        """The sections of the model; what waits for the employee before the plan is unfolded.

        Afterwards the button of the next step unfolds what it leads to.
        """
        is_unconfirmed = self.review.state not in FOLLOWED and any(
            dialogue.date_end and not dialogue.employee_confirmed_on
            for dialogue in self.facts.dialogues
        )
        # The plan says the same as the agreement, as long as nothing is left to sign.
        newest = self.facts.agreement
        is_settled = newest.state in IN_FORCE and not (
            newest.can_object or newest.has_answer_to_read
        )
        folded = {
            "dialogue": not is_unconfirmed,
            "agreement": is_settled,
            # Long; whoever is asked to record something finds it open.
            "checkpoints": self.next_action["code"] != "checkpoint",
        }
        badges = {}
        if self.agreement:
            badges["agreement"] = self.env._("Version %(n)s", n=self.agreement.version)
        if self.review.sudo().employee_ready:
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

    def read_ahead(self):
        """Read the people and cycles of this review and the last one together, by their names."""
        cards = self.review.sudo()
        if self.review.state in EARLY:
            # Unfolded then, and telling of both.
            cards |= cards.previous_review_id
        cards.cycle_id.fetch()
        (cards.employee_user_id | cards.reviewer_user_id).mapped("partner_id.name")

    @cached_property
    def assessment(self):
        """The employee's self-assessment; once it is history, for whoever opens it."""
        if self.review.state in EARLY:
            return self.facts.assessment
        return self.env["performance.self.assessment"].search_fetch(
            [("review_id", "=", self.review.id)]
        )

    @property
    def in_force(self):
        """The version of the agreement that holds."""
        return self.facts.in_force

    @property
    def agreement(self):
        """The version the page shows: the newest one that is not history."""
        versions = self.facts.agreements
        shown = versions.filtered(lambda each: each.state != "superseded")[:1]
        return shown.with_prefetch(versions._prefetch_ids)

    @cached_property
    def checkpoints(self):
        return self.review.checkpoint_ids

    @cached_property
    def progress(self):
        """Everything recorded on this review, in the order in which it happened."""
        return self.checkpoints.progress_ids.sorted(lambda entry: (entry.date, entry.id))

    def get_measures(self, goals):
        """Return what was recorded on each goal, in earlier versions of it too.

        :param goals: ``performance.goal``
        :return: goal → ``performance.progress``, in the order it happened
        :rtype: dict
        """
        return self.progress._get_history("goal_id", goals, self.progress)

    def draw_plan(self, agreement):
        """Return goals and both sides' commitments of a version, with what was recorded on them.

        :param agreement: one ``performance.agreement``, or none
        :return: ``goals``, ``mine`` and ``theirs``, and in words the loop ``closure``
        :rtype: dict
        """
        # Lines of all versions are read at once: what is measured is measured across them.
        commitments = agreement.commitment_ids
        newest = self.progress._get_newest("commitment_id", commitments, self.progress)
        dots = commitments._collect_dots()
        lines = [
            {**self._draw_commitment(line, newest[line].percent), "dots": dots[line]}
            for line in commitments
        ]
        talks = agreement.goal_ids._prepare_target_talk()
        # What is overdue comes first, whoever owes it.
        lines.sort(key=lambda row: not row["is_overdue"])
        return {
            "goals": [
                {**row, "talk": talks[row["goal"]]} for row in self.draw_goals(agreement.goal_ids)
            ],
            "mine": [row for row in lines if row["line"].owner == "employee"],
            "theirs": [row for row in lines if row["line"].owner != "employee"],
            "closure": self.review._say_rate_of(commitments),
        }

    def draw_goals(self, goals, is_measured=True):
        """Return goals with their figures in words and, where measured, a line of them.

        :param goals: ``performance.goal`` the user may read
        :param bool is_measured: whether there may be progress on them
        :rtype: list[dict]
        """
        measures = self.get_measures(goals) if is_measured else {}
        agreed = goals.filtered("agreement_id") if is_measured else goals.browse()
        paths = agreed._prepare_paths(self.progress) if agreed else {}
        return [
            {**self._draw_goal(goal, measures.get(goal, ())), "path": paths.get(goal)}
            for goal in goals
        ]

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
                and goal.current_deadline
                and goal.current_deadline < self.today
                and goal.achievement < 100
            ),
            "line": sparkline([progress.value for progress in measures], goal.current_target),
        }

    @cached_property
    def owners(self):
        """The words for who owes a commitment, by code."""
        owner = self.env["performance.commitment"]._fields["owner"]
        return dict(owner._description_selection(self.env))

    def _draw_percent(self, value):
        """Return ``percent``, how long a bar is (0 to 100), and ``percent_text``."""
        percent = min(max(round(value), 0), 100)
        return {"percent": percent, "percent_text": say_figure(self.env, percent, "%")}

    def _draw_commitment(self, line, percent):
        return {
            "line": line,
            **self._draw_percent(percent),
            # As the agreement says it.
            "owner": self.review._get_reviewer_name()
            if line.owner == "reviewer"
            else self.owners[line.owner],
            "is_overdue": line._is_overdue_with(percent, self.today),
        }
