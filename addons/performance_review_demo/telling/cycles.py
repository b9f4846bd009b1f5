from odoo import fields

from ..story import (
    AGREEMENT,
    DIALOGUE,
    ENDED,
    ENDED_REASON,
    FOLLOW_UP,
    PREPARATION,
    PREVIOUS,
    PROBATION,
    company,
)
from .agreement import COMMITMENT_KINDS, Agreement
from .dialogue import Dialogue
from .follow_up import FollowUp
from .preparation import Preparation
from .teller import LAUNCH_CURRENT, MODULE

DONE_MARK = "demo_cycle_current"
DEPARTMENTS = ("rd", "production", "service", "people")
PILOT_DEPARTMENTS = ("rd", "service", "production")
POINT_KINDS = ("strength", "gap", "support")
# Days of the two cycles, counted from today.
LAUNCH_PREVIOUS, LAUNCH_PROBATION = -430, -30
TALKS_PREVIOUS, SIGNED_PREVIOUS = -390, -372
CHECKS_PREVIOUS = (-310, -240, -150)
FINISHED_PREVIOUS = -110
ENDED_PREVIOUS = -408


class Cycles(Preparation, Dialogue, Agreement, FollowUp):
    """The three cycles, each review of which goes from room to room."""

    def _launch(self, mark, launched, **vals):
        """Create and launch a cycle as HR does, then move the launch into the past."""
        cycle = self._act_as(self.env["performance.cycle"], "lin").create(vals)
        cycle.action_launch()
        cycle = self.env["performance.cycle"].browse(cycle.id)
        self._name_record(mark, cycle)
        self._backdate(cycle, create_date=self._moment(launched))
        self._backdate(cycle.review_ids, create_date=self._moment(launched))
        self._backdate(cycle.event_ids, date=self._moment(launched))
        return cycle

    def _get_reviews(self, cycle):
        """Return the reviews of a cycle by person of the story."""
        people = {self._get("employee", person).id: person for person in company.HIRED}
        return {people[review.employee_id.id]: review for review in cycle.review_ids}

    def _tell_previous_cycle(self):
        start, end = self._get_period(1)
        production = self._get("department", "production")
        outside = [
            employee.id
            for person in company.HIRED
            if person not in ENDED
            for employee in [self._get("employee", person)]
            if employee.department_id == production
        ]
        cycle = self._launch(
            "demo_cycle_previous",
            LAUNCH_PREVIOUS,
            name=f"{end.year} 年度绩效面谈 · Annual review",
            date_start=start,
            date_end=end,
            gate_mode="advisory",
            min_points=1,
            preparation_deadline=self._day(LAUNCH_PREVIOUS + 30),
            dialogue_deadline=self._day(LAUNCH_PREVIOUS + 50),
            agreement_deadline=self._day(LAUNCH_PREVIOUS + 65),
            checkpoint_rhythm="quarterly",
            department_ids=[
                fields.Command.set([self._get("department", name).id for name in PILOT_DEPARTMENTS])
            ],
            excluded_employee_ids=[fields.Command.set(outside)],
            # Who was not there yet when this cycle was launched.
            min_seniority_days=-LAUNCH_PREVIOUS,
        )
        cycle.min_seniority_days = 0
        reviews = self._get_reviews(cycle)
        self._end_by_mistake(reviews)
        for number, (person, told) in enumerate(PREVIOUS.items()):
            review = reviews[person]
            talk = told["talk"]._replace(
                day=TALKS_PREVIOUS + number, feedback=(told["talk"].feedback,)
            )
            self._prepare(
                review,
                {
                    "points": {kind: (told[kind],) for kind in POINT_KINDS},
                    # The first question is about results, the sixth about the next goal.
                    "answers": ((0, told["strength"].name), (5, told["plan"].goals[0].name)),
                    "submitted": True,
                },
                talk.day - 5,
            )
            self._hold_talk(review, talk)
            self._agree(review, told["plan"], SIGNED_PREVIOUS + number, told["stance"])
            self._follow_previous(review, told)
            self._give_pulse(review, told["pulse"])
            self._date_steps(
                review, talk.day - 2, talk.day + 1, SIGNED_PREVIOUS + number, FINISHED_PREVIOUS
            )
        self._act_as(cycle, "lin").action_close("第一轮试点结束，下一轮扩大到全公司。")

    def _end_by_mistake(self, reviews):
        """Let foremen begin, and HR end what should not have been begun."""
        for person, gap in ENDED.items():
            told = {"points": {"gap": (gap,)}}
            self._prepare(reviews[person], told, ENDED_PREVIOUS)
        ended = self.env["performance.review"].union(*(reviews[person] for person in ENDED))
        self._act_as(ended, "lin").action_end(ENDED_REASON, "mistake")
        self._backdate(ended, date_done=self._day(ENDED_PREVIOUS))
        self._backdate(ended.log_ids, date=self._moment(ENDED_PREVIOUS))

    def _date_steps(self, review, *days):
        """Move the steps of a review to the days on which its story takes them.

        :param int days: of each step in turn, counted from today
        """
        moves = review.log_ids.filtered(lambda line: line.kind == "step").sorted("id")
        for move, day in zip(moves, days, strict=False):
            self._backdate(move, date=self._moment(day, hour=8))

    def _follow_previous(self, review, told):
        """Play three checkpoints, then settle what came to an end and finish the review."""
        goal = told["plan"].goals[0]
        for day, level in zip(CHECKS_PREVIOUS, told["levels"], strict=True):
            value = round(goal.baseline + level * (goal.target - goal.baseline), 1)
            last = day == CHECKS_PREVIOUS[-1]
            entries = [("goal", 0, value, "", "reviewer")]
            if told["plan"].change:
                entries.append(("change", 0, round(100 * min(level, 1)), "", "reviewer"))
            self._check_in(review, day, told["note"] if last else "", entries)
        for kind in COMMITMENT_KINDS:
            self._settle(review, kind, getattr(told["plan"], kind))
        self._act_as_reviewer(review).action_next()
        self._backdate(review, date_done=self._day(FINISHED_PREVIOUS))

    def _tell_current_cycle(self):
        start, end = self._get_period(0)
        cycle = self._launch(
            DONE_MARK,
            LAUNCH_CURRENT,
            name=f"{end.year} 年度绩效面谈 · Annual review",
            date_start=start,
            date_end=end,
            preparation_deadline=self._day(6),
            dialogue_deadline=self._day(24),
            agreement_deadline=self._day(45),
            department_ids=[
                fields.Command.set([self._get("department", name).id for name in DEPARTMENTS])
            ],
            min_seniority_days=90,
        )
        reviews = self._get_reviews(cycle)
        self._flag_people()
        for person, name, email in company.COMPANIONS:
            self._act_as_employee(reviews[person]).action_name_companion(name, email)
        for person, told in PREPARATION.items():
            self._prepare(reviews[person], told, -8)
        for person, told in DIALOGUE.items():
            self._prepare(reviews[person], told, -12)
            if "talk" in told:
                self._hold_talk(reviews[person], told["talk"], go_on=False)
            else:
                self._act_as_reviewer(reviews[person]).action_next()
            self._date_steps(reviews[person], -5)
        for person, told in AGREEMENT.items():
            day = told["talk"].day
            self._prepare(reviews[person], told, day - 4)
            self._hold_talk(reviews[person], told["talk"])
            self._propose(reviews[person], told)
            self._date_steps(reviews[person], day - 2, day + 1)
        for person, told in FOLLOW_UP.items():
            self._prepare(reviews[person], told, told["talk"].day - 4)
            self._hold_talk(reviews[person], told["talk"])
            if "refused" in told:
                self._go_on_unsigned(reviews[person], told["plan"], told["signed"], told["refused"])
            else:
                self._agree(reviews[person], told["plan"], told["signed"], told["stance"])
            for check in told["checks"]:
                self._check_in(reviews[person], check.day, check.note, check.entries, check.done)
            for proposal in told.get("targets", ()):
                self._propose_target(reviews[person], proposal)
            for kind in COMMITMENT_KINDS:
                self._settle(reviews[person], kind, getattr(told["plan"], kind))
            day = told["talk"].day
            self._date_steps(reviews[person], day - 2, day + 1, told["signed"])
        for told_in_step in (AGREEMENT, FOLLOW_UP):
            for person, told in told_in_step.items():
                if "pulse" in told:
                    self._give_pulse(reviews[person], told["pulse"])

    def _flag_people(self):
        """Note what HR keeps in mind, which proposes HR for the talks of these people."""
        self._act_as(self.env["performance.flag"], "lin").create(
            [
                {"employee_id": self._get("employee", person).id, "kind": kind, "note": note}
                for person, kind, note in company.FLAGS
            ]
        )

    def _tell_probation_cycle(self):
        """A newcomer whose preparation is late; whoever is hired after him joins by himself."""
        cycle = self._launch(
            "demo_cycle_probation",
            LAUNCH_PROBATION,
            name="试用期面谈 · Probation talks",
            date_start=self._day(-60),
            date_end=self._day(30),
            preparation_deadline=self._day(-3),
            dialogue_deadline=self._day(11),
            agreement_deadline=self._day(25),
            outline_id=self.env.ref("performance_review.performance_outline_probation").id,
            min_seniority_days=30,
            max_seniority_days=75,
            joins_daily=True,
        )
        reviews = self._get_reviews(cycle)
        for person, told in PROBATION.items():
            self._prepare(reviews[person], told, -5)

    def _create_signals(self):
        signals = self._act_as(self.env["performance.signal"], "lin")
        current = self.env.ref(f"{MODULE}.{DONE_MARK}")
        previous = self.env.ref(f"{MODULE}.demo_cycle_previous")
        signals.create(
            {
                "name": "跨部门的交接由谁负责、多久答复？",
                "theme_id": self._theme("cooperation"),
                "cycle_id": current.id,
                "owner_id": self._get("user", "zhao").id,
                "date_deadline": self._day(21),
            }
        )
        answered = signals.create(
            {
                "name": "需求冻结之后，优先级由谁决定？",
                "theme_id": self._theme("priorities"),
                "cycle_id": previous.id,
                "owner_id": self._get("user", "chen").id,
                "decision": "冻结之后的改动一律走改动单，由产品与销售一同签字。",
                "answer": "谢谢大家提出来。从 X3 起按改动单执行，每月公布一次改动清单。",
            }
        )
        answered.action_answer()
        # What the jobs of the week and of the night would have counted by now.
        for cycle in previous | current:
            self.env["performance.signal"]._open_of(cycle)
        (previous | current)._count_step_days()
