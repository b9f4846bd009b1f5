from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models

from .performance_review_preparation import POINT_KINDS


class Check(NamedTuple):
    """One row of the checklist: what it is called here, and what it takes."""

    code: str
    # What a prepared manager needs for it, in minutes; an estimate, see docs/METHOD.md.
    minutes: int


# The ten minutes a person takes: reading the figures and writing six points are most of them.
CHECKS = (
    Check("goals", 2),
    Check("feedback", 1),
    Check("points", 4),
    Check("supports", 1),
    Check("meeting", 1),
    Check("self_assessment", 1),
)


class ChecklistFacts(NamedTuple):
    """What the ticks of one review depend on, as far as its reader may read it."""

    points: models.Model
    goal_count: int
    feedback_count: int

    def count(self, kind):
        """Count the complete points of a kind."""
        return sum(point.kind == kind and point.is_complete for point in self.points)


class PerformanceReview(models.Model):
    """The checklist of a preparation (P8): six rows, ticked by data and by nobody.

    What the data says:

    * *goals and KPIs reviewed*: a point takes up a goal. Where HR has imported no figures for the
      period there is none to take up, and a complete point about a result does as well.
    * *feedback collected*: there is a critical incident of the period that the reader may read,
      be it the reader's own or a shared one.
    * *strengths and gaps*, *supports*: as many complete points as the cycle asks for.
    * *meeting booked*: there is an appointment, or the dialogue has been held already.
    * *self-assessment received*: the employee has handed it in.

    It tells about the reviewer's sheet, so the employee and the managers above have none.
    """

    _inherit = "performance.review"

    checklist_done = fields.Integer(
        string="Rows of the checklist done",
        compute="_compute_checklist_done",
        help="Until the dialogue is over.",
    )

    @api.depends_context("uid")
    @api.depends(
        "state", "sees_preparation", "point_ids.is_complete", "point_ids.kind", "point_ids.nature",
        "point_ids.goal_id", "employee_ready", "meeting_id.active",
        "meeting_id.attendee_ids.state", "dialogue_ids.date_end", "cycle_id.min_points",
        "appraisal_id",
    )  # fmt: skip
    def _compute_checklist_done(self):
        # Behind the preparation nobody asks any more, and the later steps' forms need not pay.
        seen = self.filtered(
            lambda review: review.state in ("preparation", "dialogue") and review.sees_preparation
        )
        ticks = seen._origin._get_checklist_ticks()
        for review in self:
            review.checklist_done = sum(ticks.get(review._origin, {}).values())

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    def _collect_checklist_facts(self):
        """Read what the ticks need with the rights of the reader, for all reviews at once.

        :return: review → :class:`ChecklistFacts`
        :rtype: dict
        """
        points = self.env["performance.point"].search_fetch(
            [("review_id", "in", self.ids)],
            ["review_id", "kind", "nature", "is_complete", "goal_id"],
        )
        by_review = points.grouped("review_id")
        appraisals = self.sudo().appraisal_id
        goals = dict(
            self.env["performance.goal"]._read_group(
                [("appraisal_id", "in", appraisals.ids)], ["appraisal_id"], ["__count"]
            )
        )
        goal_count = {appraisal.id: count for appraisal, count in goals.items()}
        feedback_count = self._count_feedback()
        return {
            review: ChecklistFacts(
                points=by_review.get(review, points.browse()).with_prefetch(points.ids),
                goal_count=goal_count.get(review.sudo().appraisal_id.id, 0),
                feedback_count=feedback_count[review],
            )
            for review in self
        }

    def _count_feedback(self):
        """Count what has been collected about each employee in the period; a hook.

        A glue addon whose answers are feedback, too, adds them to the numbers of ``super()``.

        :return: review → number, as far as the reader may know
        :rtype: dict
        """
        starts = {
            review: (review.sudo().appraisal_id or review.sudo().cycle_id).date_start
            for review in self
        }
        dates = defaultdict(list)
        if starts:
            incidents = self.env["performance.incident"].search_fetch(
                [
                    ("employee_id", "in", self.sudo().employee_id.ids),
                    ("date", ">=", min(starts.values())),
                ],
                ["employee_id", "date"],
            )
            for incident in incidents:
                dates[incident.employee_id.id].append(incident.date)
        return {
            review: sum(date >= start for date in dates[review.sudo().employee_id.id])
            for review, start in starts.items()
        }

    # ------------------------------------------------------------------
    # Ticks
    # ------------------------------------------------------------------

    def _get_checklist_ticks(self):
        """Return which rows are ticked, in batches; whoever asks may see the preparation.

        :return: review → code → whether it is done
        :rtype: dict
        """
        facts = self._collect_checklist_facts()
        return {review: review._tick(facts[review]) for review in self}

    def _tick(self, facts):
        self.ensure_one()
        card = self.sudo()
        needed = card.cycle_id.min_points
        counts = {kind: facts.count(kind) for kind in POINT_KINDS}
        if facts.goal_count:
            is_reviewed = any(point.goal_id for point in facts.points)
        else:
            is_reviewed = any(
                point.goal_id or (point.is_complete and point.nature == "result")
                for point in facts.points
            )
        return {
            "goals": is_reviewed,
            "feedback": bool(facts.feedback_count),
            "points": counts["strength"] >= needed and counts["gap"] >= needed,
            "supports": counts["support"] >= needed,
            "meeting": self._is_meeting_settled(),
            "self_assessment": card.employee_ready,
        }

    def _is_meeting_settled(self):
        """Say whether an appointment is booked, or none is needed any more."""
        self.ensure_one()
        card = self.sudo()
        stands = card.meeting_start and not card._is_meeting_declined()
        return bool(stands) or any(card.dialogue_ids.mapped("date_end"))

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    @api.readonly
    def get_checklist(self):
        """Return the six rows of the checklist, for the reviewer and HR.

        :return: of each ``code``; ``label``; ``is_done``; ``detail``, a short line that says how
            far it is; ``action``, an action dict whose ``name`` is the button's text, or
            ``False`` where the reader has nothing to do
        :raise AccessError: for anybody else; it tells how far the sheet is
        :rtype: list[dict]
        """
        self.ensure_one()
        self._check_sees_preparation()
        facts = self._collect_checklist_facts()[self]
        ticks = self._tick(facts)
        labels = self._get_checklist_labels()
        details = self._get_checklist_details(facts, ticks)
        actions = self._get_checklist_actions(facts, ticks)
        return [
            {
                "code": check.code,
                "label": labels[check.code],
                "is_done": ticks[check.code],
                "detail": details[check.code],
                "action": actions.get(check.code, False),
            }
            for check in CHECKS
        ]

    def _get_checklist_labels(self):
        needed = self.sudo().cycle_id.min_points
        return {
            "goals": self.env._("Goals and KPIs reviewed"),
            "feedback": self.env._("Feedback collected"),
            "points": self.env._("%(n)s strengths and %(n)s gaps", n=needed),
            "supports": self.env._("%(n)s supports", n=needed),
            "meeting": self.env._("Meeting booked"),
            "self_assessment": self.env._("Self-assessment received"),
        }

    def _get_checklist_details(self, facts, ticks):
        card = self.sudo()
        needed = card.cycle_id.min_points
        return {
            "goals": self.env._(
                "%(taken)s of %(goals)s taken up in a point",
                taken=len(facts.points.goal_id),
                goals=facts.goal_count,
            )
            if facts.goal_count
            else self.env._("No figures imported: note a result"),
            "feedback": self.env._("%(count)s incidents", count=facts.feedback_count)
            if facts.feedback_count
            else self.env._("No incident in this period yet"),
            "points": self.env._(
                "%(strengths)s of %(needed)s and %(gaps)s of %(needed)s",
                strengths=facts.count("strength"),
                gaps=facts.count("gap"),
                needed=needed,
            ),
            "supports": self.env._(
                "%(found)s of %(needed)s", found=facts.count("support"), needed=needed
            ),
            "meeting": self._say_meeting(),
            "self_assessment": self._say_self_assessment(),
        }

    def _say_meeting(self):
        card = self.sudo()
        if card._is_meeting_declined():
            return self.env._("Declined: find another time")
        if card.meeting_start:
            return self.env.user._say_moment(card.meeting_start)
        if self._is_meeting_settled():
            return self.env._("The dialogue has been held")
        return self.env._("Not booked yet")

    def _say_self_assessment(self):
        card = self.sudo()
        if not card.employee_ready:
            return self.env._("Not handed in yet")
        if card.is_revealed:
            return self.env._("Here: you can read it")
        return self.env._("Here: to be read once the sheet is handed in")

    def _get_checklist_actions(self, facts, ticks):
        """Return by code what one click does about a row; only the reviewer has to do anything."""
        card = self.sudo()
        if card.reviewer_user_id != self.env.user or card.state not in ("preparation", "dialogue"):
            return {}
        needed = card.cycle_id.min_points
        short = [kind for kind in ("strength", "gap") if facts.count(kind) < needed]
        actions = {}
        if not ticks["goals"]:
            anchor = "evidence" if facts.goal_count else "strength"
            actions["goals"] = self._focus(self.env._("Take one up"), anchor)
        if not ticks["feedback"]:
            actions["feedback"] = {
                "type": "ir.actions.act_window",
                "name": self.env._("Note an incident"),
                "res_model": "performance.incident",
                "views": [(False, "form")],
                "target": "new",
                "context": {"default_employee_id": card.employee_id.id},
            }
        if short:
            actions["points"] = self._focus(self.env._("Add a point"), short[0])
        if not ticks["supports"]:
            actions["supports"] = self._focus(self.env._("Add a support"), "support")
        if not ticks["meeting"]:
            actions["meeting"] = {**self.action_open_booking(), "name": self.env._("Book it")}
        if card.employee_ready and card.is_revealed:
            actions["self_assessment"] = {
                **self.action_read_self_assessment(),
                "name": self.env._("Read it"),
            }
        return actions

    @api.model
    def _focus(self, name, anchor):
        """Return the client action that goes to a part of the open form.

        :param str name: text of the button
        :param str anchor: ``"evidence"``, ``"strength"``, ``"gap"`` or ``"support"``
        """
        return {
            "type": "ir.actions.client",
            "tag": "performance_review_focus",
            "name": name,
            "params": {"anchor": anchor},
        }
