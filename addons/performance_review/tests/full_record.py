"""A review with as much in it as anybody has ever asked for, and twice as much."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.fields import Command

from .common import TODAY

TEXT = "In the second week of March it was seen by the team and written down in the shift book."
KINDS = ("strength", "gap", "support")


class FullRecord:
    """One employee's review, filled step by step through the verbs of those who write in it.

    With ``size`` 1: 5 past cycles, 40 pieces of evidence, a self-assessment of 12 questions, 12
    goals with 12 measurements each, 12 commitments, 3 versions of the agreement and 8 checkpoints
    with progress on each; an appointment, and a checkpoint nobody came to.

    :param case: the test case, a ``PerformanceCommon`` (builders, personas, themes)
    :param employee: ``hr.employee`` whose review this is
    :param int size: how many times as much
    """

    def __init__(self, case, employee, size=1):
        self.case, self.env = case, case.env
        self.employee, self.size = employee, size
        self.review = self.env["performance.review"]

    @property
    def reviewer(self):
        return self.review.reviewer_user_id

    def as_reviewer(self, records):
        return records.with_user(self.reviewer)

    def as_employee(self, records):
        return records.with_user(self.review.employee_user_id)

    @contextmanager
    def at(self, day):
        """Do something on another day than the test's own."""
        with freeze_time(day):
            yield
            self.env.flush_all()

    # ------------------------------------------------------------------
    # Before
    # ------------------------------------------------------------------

    def launch(self, year, **vals):
        others = self.env["hr.employee"].search([("company_id", "=", self.case.company.id)])
        cycle = self.case.launch(
            **{
                "name": f"Year {year} of {self.employee.name}",
                "date_start": date(year, 1, 1),
                "date_end": date(year, 12, 31),
                "preparation_deadline": date(year, 3, 20),
                "dialogue_deadline": date(year, 4, 10),
                "agreement_deadline": date(year, 4, 30),
                "excluded_employee_ids": [Command.set((others - self.employee).ids)],
                **vals,
            }
        )
        self.review = cycle.review_ids
        self.review.ensure_one()

    def add_appraisal(self, year, lines):
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.employee.id,
                "date_start": date(year, 1, 1),
                "date_end": date(year, 12, 31),
                "goal_ids": [
                    Command.create(
                        {
                            "name": f"KPI {number}",
                            "employee_id": self.employee.id,
                            "target": 10.0,
                            "actual": 6.0,
                        }
                    )
                    for number in range(lines)
                ],
            }
        )
        appraisal.action_confirm()

    def live_before(self):
        """Leave past cycles behind, each with a sheet, an agreement and its outcome."""
        for year in range(TODAY.year - 5 * self.size, TODAY.year):
            with self.at(datetime(year, 3, 2)):
                self.add_appraisal(year, 3)
                self.launch(year)
                agreement = self.case.fill_agreement(self.talk_about(self.case.fill_sheet))
                self.review.point_ids.filtered(lambda point: point.kind == "gap")[
                    :2
                ].sudo().theme_id = self.case.theme
                deadline = date(year, 9, 30)
                agreement.goal_ids.date_deadline = deadline
                agreement.commitment_ids.date_deadline = deadline
                agreement.commitment_ids.filtered(
                    lambda line: line.kind == "change"
                ).theme_id = self.case.theme
                self.sign(agreement)
                self.record(agreement, self.review.checkpoint_ids[:2], 2)
                self.finish()

    # ------------------------------------------------------------------
    # Step by step
    # ------------------------------------------------------------------

    def prepare(self):
        """Fill sheet, notes, evidence and self-assessment of this year's review."""
        size = self.size
        self.add_appraisal(TODAY.year, 20 * size)
        incidents = self.as_manager("performance.incident").create(
            [
                {
                    "employee_id": self.employee.id,
                    "polarity": "negative" if number % 2 else "positive",
                    "name": f"Called the customer, {number}",
                    "effect": TEXT,
                    "theme_id": self.case.theme.id,
                }
                for number in range(20 * size)
            ]
        )
        incidents.action_share()
        outline = self.env["performance.outline"].create(
            {
                "name": f"Long outline {size}",
                "question_ids": [
                    Command.create({"name": f"Question {number}", "section": section})
                    for number in range(4 * size)
                    for section in ("past", "present", "future")
                ],
            }
        )
        self.launch(TODAY.year, outline_id=outline.id, checkpoint_rhythm="monthly")
        self.write_sheet(self.review, 3 * size)
        kpis = self.review.appraisal_id.goal_ids
        last = self.review.previous_review_id.agreement_id.commitment_ids
        for number, point in enumerate(self.review.point_ids):
            point.write(
                {
                    "goal_id": kpis[number].id,
                    "incident_id": incidents[number].id,
                    "commitment_id": last[number % len(last)].id,
                    "theme_id": self.case.theme.id if point.kind == "gap" else False,
                }
            )
        self.as_reviewer(self.env["performance.note"]).create(
            [{"review_id": self.review.id, "body": f"Note {number}"} for number in range(5 * size)]
        )
        assessment = self.as_employee(self.env["performance.self.assessment"]).create(
            {"review_id": self.review.id, "results": TEXT}
        )
        assessment.answer_ids.write({"answer": TEXT})
        for model, vals_list in (
            ("performance.agenda.item", [{"name": f"Item {each}"} for each in range(5 * size)]),
            (
                "performance.concern",
                [
                    {"goal_id": goal.id, "kind": "unclear", "note": TEXT}
                    for goal in kpis[: 5 * size]
                ],
            ),
        ):
            self.as_employee(self.env[model]).create(
                [{"assessment_id": assessment.id, **vals} for vals in vals_list]
            )
        assessment.action_submit()
        self.as_reviewer(self.review).action_plan_meeting(f"{TODAY.year}-03-05 09:00:00", 60)

    def as_manager(self, model):
        return self.env[model].with_user(self.case.manager_user)

    def write_sheet(self, review, number):
        return self.as_reviewer(self.env["performance.point"]).create(
            [
                {
                    "review_id": review.id,
                    "kind": kind,
                    "nature": "behaviour" if each else "result",
                    "name": f"{kind} {each}",
                    "fact": TEXT,
                }
                for kind in KINDS
                for each in range(number)
            ]
        )

    def talk(self):
        """Hold the dialogue: every topic answered, several pieces of feedback."""
        dialogue = self.as_reviewer(self.review.dialogue_id)
        dialogue.topic_ids.write({"is_discussed": True, "answer": TEXT})
        now = datetime.now()
        dialogue.write(
            {
                "date_start": now - timedelta(hours=2),
                "date_end": now - timedelta(hours=1),
                "employee_seconds": 2400,
                "reviewer_seconds": 1200,
                "expectations": TEXT,
                "obstacle_theme_id": self.case.theme.id,
                "sustainable": "yes",
                "support_needed": TEXT,
                "feedback_ids": [
                    Command.create(
                        {"behaviour": TEXT, "effect": TEXT, "suggestion": TEXT, "thanks": TEXT}
                    )
                    for _number in range(3 * self.size)
                ],
            }
        )

    def move_on(self):
        self.as_reviewer(self.review).action_next()

    def talk_about(self, fill):
        """Prepare with ``fill``, talk, and return the draft of the agreement."""
        fill(self.review)
        self.move_on()
        self.talk()
        self.move_on()
        return self.review.agreement_id

    def agree(self):
        """Write 12 goals and 12 commitments."""
        size, deadline = self.size, date(TODAY.year, 11, 30)
        kinds = ["change"] + ["support", "keep", "development"] * (4 * size)
        self.as_reviewer(self.review.agreement_id).write(
            {
                "summary": TEXT,
                "goal_ids": [
                    Command.create(
                        self.case.goal_vals(name=f"Goal {number}", date_deadline=deadline)
                    )
                    for number in range(12 * size)
                ],
                "commitment_ids": [
                    Command.create(
                        {
                            "kind": kinds[number],
                            "name": f"Commitment {number}",
                            "owner": "reviewer" if kinds[number] == "support" else "employee",
                            "theme_id": self.case.theme.id if kinds[number] == "change" else False,
                            "date_deadline": deadline,
                        }
                    )
                    for number in range(12 * size)
                ],
            }
        )

    def propose(self):
        self.as_reviewer(self.review.agreement_id).action_propose()

    def sign(self, agreement=None):
        agreement = agreement or self.review.agreement_id
        if agreement.state == "draft":
            self.as_reviewer(agreement).action_propose()
        self.case.sign_as(agreement, self.reviewer)
        self.case.sign_as(agreement, self.review.employee_user_id)

    def amend(self):
        """Open one version more, a draft."""
        self.as_reviewer(self.review.agreement_id).action_amend()

    def record(self, agreement, checkpoints, times):
        """Record something on every goal and commitment, ``times`` times over the checkpoints."""
        subjects = [{"goal_id": goal.id, "value": 6.0} for goal in agreement.goal_ids]
        subjects += [{"commitment_id": line.id, "percent": 40} for line in agreement.commitment_ids]
        for author in (self.as_reviewer, self.as_employee):
            author(self.env["performance.progress"]).create(
                [
                    {
                        "checkpoint_id": checkpoints[number % len(checkpoints)].id,
                        "note": TEXT,
                        **subject,
                    }
                    for number in range(times // 2)
                    for subject in subjects
                ]
            )

    def follow_up(self):
        """Meet 8 times, measure 12 times, amend twice on the way."""
        missing = 8 * self.size - len(self.review.checkpoint_ids)
        self.as_reviewer(self.env["performance.checkpoint"]).create(
            [
                {
                    "review_id": self.review.id,
                    "kind": "one_to_one",
                    "date": TODAY + timedelta(weeks=number, days=3),
                }
                for number in range(missing)
            ]
        )
        checkpoints = self.review.checkpoint_ids
        versions = 3 * self.size
        for version in range(1, versions + 1):
            self.record(self.review.agreement_id, checkpoints, 12 // 3)
            if version < versions:
                self.amend()
                self.sign()
        self.as_reviewer(checkpoints[:2]).write({"note": TEXT})
        self.as_reviewer(checkpoints[:2]).action_done()
        self.as_reviewer(self.env["performance.checkpoint"]).create(
            {"review_id": self.review.id, "date": TODAY - timedelta(days=3)}
        )

    def finish(self):
        """Settle everything and close the review."""
        agreement = self.review._get_agreement_in_force()
        self.as_reviewer(agreement.commitment_ids).action_set_outcome("improved")
        self.as_reviewer(
            self.review.checkpoint_ids.filtered(lambda checkpoint: checkpoint.state == "planned")
        ).action_cancel()
        self.move_on()
