"""Personas act on one review in any order; after every act what was promised still holds.

Hypothesis chooses who does what next. Whatever comes of it: everybody reads what DESIGN's table
says and nothing else, signed bytes stay as they are, and a person has one review in a cycle.
"""

from datetime import date
from random import Random

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon

TALKED = ("agreement", "follow_up", "done")
EARLY = ("preparation", "dialogue")
STRANGERS = ("upper", "outsider", "rival")
OFTEN = 0.6  # of the turns on which a proposal waits, how many answer it
RARE = 0.1  # of the turns that would end a story, how many do
STARTS = ["preparation", "dialogue", "draft", "proposed", "proposed", "signed", "signed"]
TURN = st.integers(0, 2**32)
BOUNDS = settings(
    max_examples=28,
    stateful_step_count=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # A story of two dozen acts is short enough to be read as it is.
    phases=(Phase.generate,),
    print_blob=False,
)


def who_reads(review):
    """Return for each model how its records of a review are found, and who reads which.

    The table of DESIGN in plain Python: it asks neither rules nor the code behind them.

    :param review: one ``performance.review``, with ``sudo()``
    :return: model → (path to the review, persona → says of a record whether that persona reads it)
    :rtype: dict
    """

    def always(_record):
        return True

    def talked(record):
        return review.state in TALKED

    def shown(_record):
        return review.employee_ready and bool(review.revealed_on)

    def version(way, readers):
        return {who: lambda record, ask=ask: ask(way(record)) for who, ask in readers.items()}

    versions = {
        "employee": lambda agreement: bool(agreement.proposed_on),
        "reviewer": always,
        "upper": lambda agreement: agreement.state == "signed",
        "officer": always,
    }
    own = dict.fromkeys(("employee", "reviewer", "officer"), always)
    both = {**own, "upper": always}
    after = {"employee": talked, "reviewer": always, "officer": always}
    return {
        "performance.review": ("id", both),
        "performance.point": ("review_id", after),
        "performance.self.assessment": (
            "review_id", {"employee": always, "reviewer": shown, "officer": shown},
        ),
        "performance.note": ("review_id", {"reviewer": always}),
        "performance.dialogue": ("review_id", after),
        "performance.feedback": ("dialogue_id.review_id", after),
        "performance.dialogue.topic": ("dialogue_id.review_id", after),
        "performance.agreement": ("review_id", versions),
        "performance.goal": (
            "agreement_id.review_id", version(lambda goal: goal.agreement_id, versions),
        ),
        "performance.commitment": (
            "agreement_id.review_id", version(lambda line: line.agreement_id, versions),
        ),
        "performance.mediation": ("agreement_id.review_id", {"officer": always}),
        "performance.checkpoint": ("review_id", both),
        "performance.progress": ("checkpoint_id.review_id", both),
        "performance.observation": ("review_id", own),
        "performance.target.proposal": (
            "review_id",
            {**own, "upper": lambda each: each.goal_id.agreement_id.state == "signed"},
        ),
        "performance.review.log": ("review_id", {"reviewer": always, "officer": always}),
    }  # fmt: skip


class OneReview(RuleBasedStateMachine):
    """One review, the verbs of those who act on it, and what holds after each of them."""

    case = None  # the test case, whose transaction is wound back after every story

    def __init__(self):
        super().__init__()
        self.savepoint = self.case.env.cr.savepoint(flush=True)
        self.signed = {}
        self.who = "reviewer"  # whose turn it is
        self.review = self.case.review

    def teardown(self):
        self.savepoint.close(rollback=True)
        self.case.env.invalidate_all()

    def act(self, record, verb, *args, **kwargs):
        """Let somebody try a verb; a refusal changes nothing and is as good as an answer."""
        mine = record.with_user(self.case.people[self.who])
        try:
            with self.case.env.cr.savepoint():
                getattr(mine, verb)(*args, **kwargs)
        except UserError:
            self.case.env.invalidate_all()

    @property
    def card(self):
        return self.review.sudo()

    @property
    def newest(self):
        return self.card.agreement_ids.sorted("version")[-1:]

    @property
    def waiting(self):
        return self.card.target_proposal_ids.filtered(lambda each: each.state == "open")[:1]

    @property
    def in_force(self):
        return self.card.agreement_ids.filtered("is_in_force")

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start):
        case, review = self.case, self.card
        case.env["performance.note"].with_user(case.manager_user).create(
            {"review_id": review.id, "body": "To myself"}
        )
        advance = {
            "dialogue": case.to_dialogue,
            "draft": lambda each: case.fill_agreement(case.to_agreement(each)),
            "proposed": case.to_proposed,
            "signed": case.to_follow_up,
        }
        if start in advance:
            advance[start](review)

    # ------------------------------------------------------------------
    # Who does what
    # ------------------------------------------------------------------

    def choose(self, turn, acts):
        """Do one of the acts whose moment it is.

        :param int turn: which one, and with which figures
        :param dict acts: of a method → whether its moment has come
        """
        chance = Random(turn)
        if self.waiting and chance.random() < OFTEN:
            self.answer_target(chance)
            return
        open_to = [act for act, is_time in acts.items() if is_time]
        if open_to:
            chance.choice(open_to)(chance)

    @rule(who=st.sampled_from(["employee", "reviewer", "reviewer"]), turn=TURN)
    def one_of_the_two_acts(self, who, turn):
        self.who = who
        state, version = self.card.state, self.newest.state
        submitted = self.card.self_assessment_ids.state == "submitted"
        own = {
            self.write: state in EARLY and not submitted,
            self.confirm: state == "agreement",
            self.dispute: version == "proposed",
        }
        led = {
            self.prepare: state == "preparation",
            self.go_on: state in EARLY,
            self.go_back: state == "dialogue",
            self.talk: state == "dialogue",
            self.propose: version == "draft" and state in ("agreement", "follow_up"),
            self.withdraw: version == "proposed",
            self.amend: version in ("disputed", "signed", "closed_by_hr"),
            self.decide: state == "follow_up",
            self.finish: state == "follow_up",
        }
        both = {
            self.sign: version == "proposed",
            self.read_answer: version == "closed_by_hr",
            self.note: state == "follow_up",
            self.observe: state == "follow_up",
            self.propose_target: state == "follow_up" and not self.waiting,
            self.answer_target: bool(self.waiting),
        }
        self.choose(turn, both | (own if who == "employee" else led))

    @rule(turn=TURN)
    def hr_acts(self, turn):
        self.who = "officer"
        self.choose(turn, {self.close: self.newest.state == "disputed", self.end: True})

    @rule(turn=TURN)
    def somebody_acts_out_of_turn(self, turn):
        """What comes from the wrong person, or at the wrong moment, is refused or does no harm."""
        chance = Random(turn)
        self.who = chance.choice(list(self.case.people))
        acts = (
            self.go_on, self.go_back, self.propose, self.withdraw, self.amend, self.sign,
            self.dispute, self.note, self.observe, self.propose_target, self.answer_target,
            self.decide, self.close,
        )  # fmt: skip
        before = self.look()
        chance.choice(acts)(chance)
        if self.who in STRANGERS:
            assert self.look() == before

    def look(self):
        """Return how things stand, for those who may not change anything."""
        card = self.card
        return (
            card.state,
            card.target_waits_for,
            [(each.id, each.state) for each in card.agreement_ids.sorted("id")],
            [len(card[name]) for name in ("checkpoint_ids", "target_proposal_ids", "log_ids")],
            card.agreement_ids.goal_ids.mapped("actual"),
        )

    # ------------------------------------------------------------------
    # Preparation and dialogue
    # ------------------------------------------------------------------

    def write(self, _chance):
        if not self.card.self_assessment_ids:
            Assessment = self.case.env["performance.self.assessment"]
            self.act(Assessment, "create", {"review_id": self.card.id})
        answers = self.card.self_assessment_ids.answer_ids
        self.act(answers, "write", {"answer": "I finished the new bench in time."})
        self.act(self.card.self_assessment_ids, "action_submit")

    def prepare(self, _chance):
        if len(self.card.point_ids) < 9:
            self.case.fill_sheet(self.card)
        self.act(self.card, "action_submit_sheet")

    def go_on(self, _chance):
        self.act(self.card, "action_next")

    def go_back(self, _chance):
        self.act(self.card, "action_previous")

    def talk(self, chance):
        verb = chance.choice(["action_start", "action_end", "action_finish"])
        self.act(self.card.dialogue_ids[:1], verb)

    def confirm(self, _chance):
        self.act(self.card.dialogue_ids[:1], "action_confirm")

    # ------------------------------------------------------------------
    # Agreement
    # ------------------------------------------------------------------

    def propose(self, _chance):
        if self.newest.state == "draft" and not self.newest.goal_ids:
            self.case.fill_agreement(self.newest)
        self.act(self.newest, "action_propose")

    def withdraw(self, _chance):
        self.act(self.newest, "action_withdraw")

    def amend(self, _chance):
        if self.newest:
            self.act(self.newest, "action_amend")

    def sign(self, chance):
        stance = chance.choice(["agree", "acknowledge"]) if self.who == "employee" else None
        seen = self.newest.fingerprint
        self.act(self.newest, "action_sign", None, None, stance, seen, cues_read=True)

    def dispute(self, _chance):
        self.act(self.newest, "action_dispute", "It was otherwise", self.newest.fingerprint)

    def close(self, _chance):
        self.act(self.newest, "action_close_by_hr", "Both statements are kept")

    def read_answer(self, _chance):
        self.act(self.newest, "action_read_answer")

    # ------------------------------------------------------------------
    # Follow-up
    # ------------------------------------------------------------------

    def note(self, chance):
        planned = self.card.checkpoint_ids.filtered(lambda each: each.state == "planned")[:1]
        if planned and self.in_force:
            key = f"goal-{self.in_force.goal_ids[0].id}"
            lines = [{"subject": key, "figure": chance.randint(0, 8), "note": "As counted"}]
            self.act(planned, "action_note", lines, None, self.who == "reviewer")

    def observe(self, chance):
        lines = self.card.agreement_ids.commitment_ids
        change = lines.filtered(lambda line: line.kind == "change")[-1:]
        self.act(change, "action_observe", chance.choice(["seen", "missed"]))

    def propose_target(self, chance):
        goal = (self.in_force.goal_ids or self.card.agreement_ids.goal_ids)[:1]
        if goal:
            target = chance.randint(1, 8)
            self.act(goal, "action_propose_target", target, date(2026, 11, 30), "Merged")

    def answer_target(self, chance):
        verbs = ["action_accept", "action_decline", "action_withdraw"]
        if chance.random() < OFTEN:
            verbs = verbs[2:] if self.who == self.waiting.side else verbs[:1]
        verb = chance.choice(verbs)
        self.act(self.waiting, verb, *(["No"] if verb == "action_decline" else []))

    def decide(self, chance):
        outcomes = ["closed", "improved", "untouched", "recurred", "open"]
        self.act(self.in_force.commitment_ids, "action_set_outcome", chance.choice(outcomes))

    def finish(self, chance):
        if chance.random() < RARE:
            self.act(self.card, "action_finish")

    def end(self, chance):
        if chance.random() < RARE:
            self.act(self.card, "action_end", "left")

    # ------------------------------------------------------------------
    # What always holds
    # ------------------------------------------------------------------

    @invariant()
    def everybody_reads_what_is_theirs(self):
        env = self.case.env
        env.flush_all()
        env.invalidate_all()
        for model, (path, readers) in who_reads(self.card).items():
            records = env[model].sudo().search([(path, "=", self.card.id)])
            for who, user in self.case.people.items():
                reads = readers.get(who, lambda _record: False)
                expected = records.filtered(reads)
                found = env[model].with_user(user).browse(records.ids)._filtered_access("read")
                assert found.ids == expected.ids, (model, who, self.card.state)

    @invariant()
    def signed_bytes_stay(self):
        for version in self.card.agreement_ids:
            seal = (version.snapshot, version.sha256)
            if version.sha256:
                assert self.signed.setdefault(version.id, seal) == seal
                assert not version.verify(), version.verify()
            else:
                assert version.id not in self.signed
        assert len(self.in_force) <= 1
        assert self.signed.keys() <= set(self.card.agreement_ids.ids)

    @invariant()
    def one_review_of_a_person_in_a_cycle(self):
        card = self.card
        assert card.exists()
        same = [("cycle_id", "=", card.cycle_id.id), ("employee_id", "=", card.employee_id.id)]
        assert card.search_count(same) == 1

    @invariant()
    def one_proposal_waits_for_a_goal(self):
        waiting = self.card.target_proposal_ids.filtered(lambda each: each.state == "open")
        assert len(waiting) == len(waiting.goal_id)
        sides = {"employee": "reviewer", "reviewer": "employee"}
        asked = {sides[each.side] for each in waiting}
        found = self.card.target_waits_for
        assert asked == ({"employee", "reviewer"} if found == "both" else {found} - {False})
        assert not waiting or self.card.state == "follow_up"
        for goal in self.card.agreement_ids.goal_ids:
            accepted = goal.target_proposal_ids.filtered(lambda each: each.state == "accepted")
            now = accepted[:1].target if accepted else goal.target
            assert goal.current_target == now


@tagged("post_install", "-at_install")
class TestStateful(PerformanceCommon):
    """Any sequence of acts leaves rights, seals and records as they were promised."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cycle = cls.launch(gate_mode="advisory")
        cls.review = cls.review_of(cycle, cls.porter)
        cls.people = {
            "employee": cls.porter_user,
            "reviewer": cls.manager_user,
            "upper": cls.director_user,
            "officer": cls.officer_user,
            "outsider": cls.outsider_user,
            "rival": cls.rival_user,
        }
        cls.env.flush_all()

    def test_any_story(self):
        machine = type("Story", (OneReview,), {"case": self})
        run_state_machine_as_test(machine, settings=BOUNDS)
