"""Reviews with everything in them, one for each step: made through the verbs, as people do.

Screens are measured on these; the scenery around them is copied from their rows.
"""

from datetime import datetime, timedelta

import population

from odoo.fields import Command

# "settled" is a follow-up with nothing left to do.
STORIES = ("preparation", "dialogue", "agreement", "follow_up", "settled", "done")
KINDS = ("strength", "gap", "support")
FACT = (
    "In the second week of March it was seen by the team and written down in the shift book. " * 2
)
ANSWER = "Most of it worked as planned; the part that did not was the handover between shifts. " * 2


def make(env, ids):
    """Make six people below one manager, with a review each.

    :return: ids to go on from; ``stories`` has the review and the user by name of the story
    :rtype: dict
    """
    people = _make_people(env, ids)
    themes = env["performance.theme"].search([], limit=2)
    shared_goal = env["performance.goal"].create(
        {"name": "Fewer complaints", "scope": "company", "target": 10.0}
    )
    appraisals = env["performance.appraisal"].create(
        [_prepare_appraisal(employee) for employee in people["employees"].values()]
    )
    appraisals.action_confirm()
    incidents = _note_incidents(env, people)
    cycle = env["performance.cycle"].create(
        population.cycle_vals(
            name="Stories",
            user_id=ids["hr_user"],
            outline_id=env["performance.outline"]._get_default(env.company).id,
            checkpoint_rhythm="quarterly",
            department_ids=[Command.set(people["department"].ids)],
        )
    )
    cycle.action_launch()
    cycle._cron_launch()
    stories = {}
    for name, employee in people["employees"].items():
        review = cycle.review_ids.filtered(lambda review, who=employee: review.employee_id == who)
        _Story(review, incidents[employee], themes, shared_goal).play(name)
        stories[name] = {"review": review.id, "user": employee.user_id.id}
    env.flush_all()
    return {
        "stories": stories,
        "story_cycle": cycle.id,
        "story_department": people["department"].id,
        "story_manager": people["manager"].id,
        "story_head": people["head"].id,
        "story_director": people["director"].id,
    }


def make_employee(env, login, group, parent_id, department):
    """Return an employee with a user."""
    user = population.make_user(env, login, group)
    return env["hr.employee"].create(
        {
            "name": login,
            "user_id": user.id,
            "work_email": user.email,
            "parent_id": parent_id,
            "department_id": department.id,
        }
    )


def _make_people(env, ids):
    line = env["hr.department"].browse(ids["line"])
    department = env["hr.department"].create({"name": "Stories"})
    director = make_employee(env, "story-director", "base.group_user", ids["chief"], line)
    head = make_employee(env, "story-head", "base.group_user", director.id, line)
    manager = make_employee(env, "story-manager", "base.group_user", head.id, line)
    employees = {
        name: make_employee(env, f"story-{name}", "base.group_portal", manager.id, department)
        for name in STORIES
    }
    return {
        "department": department,
        "director": director,
        "head": head,
        "manager": manager,
        "employees": employees,
    }


def _prepare_appraisal(employee):
    period = population.cycle_vals()
    return {
        "employee_id": employee.id,
        "date_start": period["date_start"],
        "date_end": period["date_end"],
        "goal_ids": [Command.create(kpi_vals(employee, number)) for number in range(4)],
    }


def kpi_vals(employee, number):
    """Return the values of one KPI line, as the import writes it."""
    return {
        "name": f"KPI {number}",
        "metric": f"KPI {number}",
        "employee_id": employee.id,
        "unit": "%",
        "weight": 25.0,
        "target": 100.0,
        "actual": 80.0,
        "direction": "up",
    }


def _note_incidents(env, people):
    Incident = env["performance.incident"].with_user(people["manager"].user_id)
    incidents = Incident.create(
        [
            {
                "employee_id": employee.id,
                "polarity": polarity,
                "name": "Called the customer before the customer called",
                "effect": "The order stayed.",
            }
            for employee in people["employees"].values()
            for polarity in ("positive", "negative")
        ]
    )
    incidents.action_share()
    return incidents.sudo().grouped("employee_id")


class _Story:
    """One review, written by its reviewer and its employee."""

    def __init__(self, review, incidents, themes, shared_goal):
        self.env, self.review = review.env, review
        self.incidents, self.themes, self.shared_goal = incidents, themes, shared_goal
        self.reviewer, self.employee = review.reviewer_user_id, review.employee_user_id

    def as_reviewer(self, records):
        return records.with_user(self.reviewer)

    def as_employee(self, records):
        return records.with_user(self.employee)

    def play(self, name):
        """Go on until the step ``name`` is full of what is written in it."""
        acts = (self.prepare, self.talk, self.agree, self.follow_up, self.settle, None)
        for story, act in zip(STORIES, acts, strict=True):
            if act:
                act()
            if story == name:
                break
            # Both signatures take a review on by themselves.
            if story in ("preparation", "dialogue", "settled"):
                self.as_reviewer(self.review).action_next()
            self.env.flush_all()

    def prepare(self):
        evidence = {
            ("strength", 0): {"goal_id": self.review.appraisal_id.goal_ids[:1].id},
            ("gap", 0): {"incident_id": self.incidents[:1].id},
        }
        self.as_reviewer(self.env["performance.point"]).create(
            [
                {
                    "review_id": self.review.id,
                    "kind": kind,
                    "nature": "behaviour" if number else "result",
                    "name": f"Handed over the shift in writing, {number}",
                    "fact": FACT,
                    "theme_id": self.themes[:1].id if kind == "gap" else False,
                    **evidence.get((kind, number), {}),
                }
                for kind in KINDS
                for number in range(3)
            ]
        )
        self.as_reviewer(self.env["performance.note"]).create(
            {"review_id": self.review.id, "body": "Ask about the holidays."}
        )
        assessment = self.as_employee(self.env["performance.self.assessment"]).create(
            {"review_id": self.review.id, "agenda": ANSWER, "results": ANSWER}
        )
        assessment.answer_ids.write({"answer": ANSWER})
        assessment.action_submit()

    def talk(self):
        now = datetime.now().replace(microsecond=0)
        dialogue = self.as_reviewer(self.review.dialogue_id)
        dialogue.topic_ids.write({"is_discussed": True, "answer": ANSWER})
        dialogue.write(
            {
                "date_start": now - timedelta(minutes=80),
                "date_end": now - timedelta(minutes=10),
                "employee_seconds": 2400,
                "reviewer_seconds": 1700,
                "expectations": ANSWER,
                "obstacle_theme_id": self.themes[-1:].id,
                "sustainable": "yes",
                "support_needed": "A second bench",
                "feedback_ids": [
                    Command.create(
                        {
                            "behaviour": "You asked before ordering",
                            "effect": "No wrong parts",
                            "suggestion": "Keep asking",
                            "thanks": "Thank you",
                        }
                    )
                    for _number in range(2)
                ],
            }
        )

    def agree(self):
        agreement = self.as_reviewer(self.review.agreement_id)
        deadline = datetime.now().date() + timedelta(270)
        goal = {
            "metric": "Complaints",
            "unit": "per month",
            "baseline": 8.0,
            "target": 4.0,
            "direction": "down",
            "means": "A checklist and a second reading",
            "parent_id": self.shared_goal.id,
            "date_deadline": deadline,
        }
        duties = (
            ("keep", "Writes the shift book every day", "employee"),
            ("change", "Confirms every handover in writing", "employee"),
            ("support", "A second bench", "reviewer"),
            ("development", "Learns to lead a morning meeting", "employee"),
        )
        agreement.write(
            {
                "summary": "We look at handovers every month.",
                "goal_ids": [
                    Command.create({**goal, "name": f"Halve the complaints {number}"})
                    for number in range(2)
                ],
                "commitment_ids": [
                    Command.create(
                        {"kind": kind, "name": name, "owner": owner, "date_deadline": deadline}
                    )
                    for kind, name, owner in duties
                ],
            }
        )
        agreement.action_propose()
        agreement.action_sign(fingerprint=agreement.fingerprint)
        if self.employee.login != "story-agreement":
            shown = self.as_employee(agreement)
            shown.action_sign(stance="agree", fingerprint=shown.fingerprint)

    def follow_up(self):
        agreement = self.review.agreement_id
        subjects = [{"goal_id": goal.id, "value": 6.0} for goal in agreement.goal_ids]
        subjects += [{"commitment_id": line.id, "percent": 40} for line in agreement.commitment_ids]
        self.as_reviewer(self.env["performance.progress"]).create(
            [
                {"checkpoint_id": checkpoint.id, "note": "On its way", **subject}
                for checkpoint in self.review.checkpoint_ids[:2]
                for subject in subjects
            ]
        )

    def settle(self):
        self.as_reviewer(self.review.agreement_id.commitment_ids).action_set_outcome("improved")
        first = self.review.checkpoint_ids[:1]
        self.as_reviewer(self.review.checkpoint_ids - first).action_cancel()
        self.as_reviewer(first).action_done()
