from typing import NamedTuple

from odoo import models
from odoo.tools.misc import format_date

from .performance_review_steps import STEPS


class Section(NamedTuple):
    """One section of the employee's page of a review."""

    code: str
    template: str
    icon: str
    # Step of the review → where the section stands among the others; absent, it is not shown.
    places: dict
    # Steps in which it is unfolded; what is folded is read when it is opened.
    unfolded: frozenset = frozenset()
    # Whether a folded one is read only when it is opened.
    is_lazy: bool = True


EARLY = ("preparation", "dialogue")
LATE = ("agreement", "follow_up", "done")
FOLLOWED = ("follow_up", "done")

# What the page shows in which step; an addon adds to it in _get_portal_sections().
SECTIONS = (
    Section(
        "last_time", "performance_review.portal_last_time", "fa-history",
        dict.fromkeys(EARLY, 3) | dict.fromkeys(LATE, 85), frozenset(EARLY),
    ),
    Section(
        "appointment", "performance_review.portal_appointment", "fa-calendar",
        dict.fromkeys(EARLY, 2), frozenset(EARLY),
    ),
    Section(
        "participants", "performance_review.portal_participants", "fa-users",
        dict.fromkeys(EARLY, 4), frozenset({"preparation"}),
    ),
    Section(
        "plan", "performance_review.portal_plan", "fa-list-ul",
        dict.fromkeys(FOLLOWED, 10), frozenset(FOLLOWED),
    ),
    Section(
        "checkpoints", "performance_review.portal_checkpoints", "fa-flag-o",
        dict.fromkeys(FOLLOWED, 20), frozenset(FOLLOWED),
    ),
    Section(
        "agreement", "performance_review.portal_agreement", "fa-handshake-o",
        dict.fromkeys(LATE, 30), frozenset(LATE),
    ),
    Section(
        "pulse", "performance_review.portal_pulse", "fa-heartbeat",
        # Never asked for by an address of its own, which would stand in the server's log.
        dict.fromkeys(LATE, 40), frozenset({"agreement"}), is_lazy=False,
    ),
    Section(
        "dialogue", "performance_review.portal_dialogue", "fa-comments-o",
        dict.fromkeys(LATE, 50),
    ),
    Section(
        "topics", "performance_review.portal_topics", "fa-list-alt",
        dict.fromkeys(LATE, 55),
    ),
    Section(
        "hints", "performance_review.portal_hints", "fa-lightbulb-o",
        dict.fromkeys(LATE, 57),
    ),
    Section(
        "points", "performance_review.portal_points", "fa-th",
        dict.fromkeys(LATE, 60),
    ),
    Section(
        "figures", "performance_review.portal_figures", "fa-bar-chart",
        dict.fromkeys(EARLY + LATE, 70),
    ),
    Section(
        "self_assessment", "performance_review.portal_self_assessment", "fa-pencil",
        dict.fromkeys(EARLY, 5) | dict.fromkeys(LATE, 80), frozenset(EARLY),
    ),
    Section(
        "incidents", "performance_review.portal_shared_incidents", "fa-bolt",
        dict.fromkeys(EARLY + LATE, 90),
    ),
    Section(
        "place", "performance_review.portal_place", "fa-id-badge",
        dict.fromkeys(EARLY + LATE, 95),
    ),
)  # fmt: skip


class PerformanceReview(models.Model):
    """The employee's page: its sections, step by step, and what the first of them asks."""

    _inherit = "performance.review"

    def _get_portal_sections(self):
        """Return the sections of the employee's page of this review; ``sequence`` orders them.

        A glue addon adds one with ``super()`` and a template of its own. The template gets the
        values of the controller's ``_review_get_page_view_values()``.

        :return: ``code``, ``label``, ``template`` (XML id of the body), ``folded`` and
            ``sequence`` of each; besides, where wanted, ``icon``, a ``badge`` beside the label,
            and ``is_lazy``: false to read a folded section along with the page
        :rtype: list[dict]
        """
        self.ensure_one()
        labels = self._get_portal_labels()
        return [
            {
                "code": section.code,
                "label": labels[section.code],
                "template": section.template,
                "icon": section.icon,
                "badge": self.env._("Anonymous") if section.code == "pulse" else "",
                "folded": self.state not in section.unfolded,
                "is_lazy": section.is_lazy,
                "sequence": section.places[self.state],
            }
            for section in SECTIONS
            if self.state in section.places and self._has_portal_section(section.code)
        ]

    def _get_portal_labels(self):
        return {
            "last_time": self.env._("Last time"),
            "appointment": self.env._("Appointment"),
            "participants": self.env._("Who takes part"),
            "plan": self.env._("Plan"),
            "checkpoints": self.env._("Checkpoints"),
            "agreement": self.env._("Agreement"),
            "pulse": self.env._("How was the dialogue?"),
            "dialogue": self.env._("Dialogue"),
            "topics": self.env._("What we talked about"),
            "hints": self.env._("For the next talk"),
            "points": self.env._("Strengths, gaps and supports"),
            "figures": self.env._("My figures of the period"),
            "self_assessment": self.env._("Self-assessment"),
            "incidents": self.env._("Incidents of the period"),
            "place": self.env._("Department and job position"),
        }

    def _has_portal_section(self, code):
        """Say whether there is anything for the employee in a section of the right step."""
        if code == "pulse":
            return self.can_give_pulse
        if code == "last_time":
            return bool(self.sudo().previous_review_id)
        if code == "appointment":
            return bool(self.sudo().meeting_start)
        if code == "place":
            card = self.sudo()
            return bool(card.department_id or card.job_id)
        if code == "figures":
            appraisal = self.sudo().appraisal_id
            return bool(appraisal.sudo(self.env.su)._filtered_access("read"))
        return True

    def _get_step_states(self):
        """Return the steps of this review as a row of dots: what is behind, what is to come.

        :return: ``code``, ``label`` and ``status`` (``"done"``, ``"current"`` or ``"todo"``)
        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        codes = [step.code for step in STEPS]
        rank = codes.index(self.state)
        return [
            {
                "code": code,
                "label": self._get_state_label(code),
                "status": "done" if index < rank else "current" if index == rank else "todo",
            }
            for index, code in enumerate(codes[:-1])
        ]

    def _say_reveal(self):
        """Return one sentence for the employee: when the own text can be read by others.

        :rtype: str
        """
        self.ensure_one()
        if self.is_revealed:
            return self.env._("Your reviewer and HR can read it at once.")
        deadline = self.sudo()._get_reveal_deadline()
        if not deadline:
            return self.env._("Your reviewer and HR can read it as soon as both sides are ready.")
        return self.env._(
            "Your reviewer and HR can read it as soon as both sides are ready, at the latest after "
            "%(date)s.",
            date=format_date(self.env, deadline),
        )

    def _get_self_assessment_questions(self, assessment):
        """Return the questions of the self-assessment by section, with the answers so far.

        Before the first answer is stored there is no record, and the outline is shown.

        :param assessment: its ``performance.self.assessment``, or an empty recordset
        :return: ``[{"label": str, "questions": [{"key", "name", "hint", "is_required", "text"}]}]``
        :rtype: list[dict]
        """
        self.ensure_one()
        if assessment:
            rows = [
                (answer.sudo().question_id, answer.answer or "") for answer in assessment.answer_ids
            ]
        else:
            questions = self.sudo().outline_id.question_ids
            rows = [(question, "") for question in questions if question.for_self_assessment]
        return self.env["performance.outline.question"]._group_by_section(rows)
