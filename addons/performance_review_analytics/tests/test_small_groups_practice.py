import re
from itertools import combinations
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.performance_review.models import performance_practice
from odoo.addons.performance_review.tests.common import PerformanceCommon

from .algebra import find_leak, numpy

MINIMUM = 5
# What a label of the text is about. Tone and purpose are talk share and time on the future over
# what is aimed at: about the same unknowns.
LABELS = {
    "employees spoke": "employee_share", "time on the future": "future_share",
    "sections covered": "covered", "facts, not labels": "facts", "balance": "balance",
}  # fmt: skip
FEATURES = {"tone": "employee_share", "purpose": "future_share"}
LED = {"future": "future_share", "balance": "balance"}
KINDS = ("employee_share", "future_share", "covered", "facts", "balance")
# Whose talks are over, day by day: the cycle, who led them, and which figures they do not have.
# Nobody in HR has a number.
DAYS = (
    (0, (0, 1), ()), (0, (2,), ("employee_share",)), (0, ("officer",), ()), (0, (3,), ()),
    (0, (4,), ()), (1, (0, 1, 2), ()), (0, (5,), ()), (0, (3,), ()), (0, (6,), ("future_share",)),
    (0, (7, 8, 9), ()), (1, (5, 6, 7), ("facts",)), (0, (10,), ("employee_share", "facts")),
    (0, (11,), ()), (1, ("officer",), ()), (0, (2,), ()), (1, (8, 9, 10, 11), ()),
    (0, (12, 13), ()), (1, (12,), ()), (1, (3, 4), ("future_share",)), (1, (13,), ()),
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestSmallGroupsPractice(PerformanceCommon):
    """How somebody leads talks can be computed from no mean that HR is ever shown.

    As in ``test_small_groups``, what is shown is an equation over the people it is made of. Here
    the people are those who led talks, and the secrets are strict: nothing may be determined about
    any four of them, whoever they are, though the reader leads talks and knows how.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leaders = {
            number: new_test_user(
                cls.env, f"pr_leader_{number}", groups="base.group_user",
                company_id=cls.company.id, company_ids=[Command.set(cls.company.ids)],
            )
            for number in range(14)
        }  # fmt: skip
        cls.leaders["officer"] = cls.officer_user
        cls.cycles = [
            cls.launch(),
            cls.launch(
                name="Year 2027", date_start="2027-01-01", date_end="2027-12-31",
                preparation_deadline=False, dialogue_deadline=False, agreement_deadline=False,
            ),
        ]  # fmt: skip
        cls.report = cls.env["performance.review.report"]

    def setUp(self):
        super().setUp()
        if numpy is None:
            self.skipTest("numpy is not installed")
        # (kind, cycle, leader) → value of each talk
        self.talks = {}

    # ------------------------------------------------------------------
    # What happens
    # ------------------------------------------------------------------

    def hold(self, index, leader, missing):
        """Let a talk be over, with figures like nobody else's."""
        number = sum(kind == "balance" for kind, *_key in self.talks) + len(self.talks)
        cycle = self.cycles[index]
        own = self.env["performance.mirror"].search_count(
            [("user_id", "=", self.leaders[leader].id), ("cycle_id", "=", cycle.id)]
        )
        values = {
            "employee_share": 1 + number * 7 % 59,
            "future_share": 1 + number * 11 % 39,
            "covered": 100 / 3 * (number % 4),
            "facts": 10 * (number % 11),
            "balance": number * 13 % 101,
        }
        sections = ("past", "present", "future")
        self.env["performance.mirror"].create(
            {
                "user_id": self.leaders[leader].id,
                "review_id": cycle.review_ids[own].id,
                "cycle_id": cycle.id,
                "company_id": self.company.id,
                "date": "2026-03-02",
                **{
                    kind: 0 if kind in missing else values[kind]
                    for kind in ("employee_share", "future_share", "balance")
                },
                "covered": {name: place < number % 4 for place, name in enumerate(sections)},
                "fact_count": number % 11,
                "said_count": 0 if "facts" in missing else 10,
                # Somebody who counted no time has estimated it.
                "parts": {
                    "tone": values["employee_share"] / 60,
                    "purpose": None if "future_share" in missing else values["future_share"] / 40,
                },
            }
        )
        for kind in set(KINDS) - set(missing):
            self.talks.setdefault((kind, index, leader), []).append(values[kind])
        self.talks.setdefault(("tone", index, leader), []).append(values["employee_share"] / 0.6)
        if "future_share" not in missing:
            self.talks.setdefault(("purpose", index, leader), []).append(
                values["future_share"] / 0.4
            )

    def days(self):
        """Yield after each day."""
        for index, leaders, missing in DAYS:
            for leader in leaders:
                self.hold(index, leader, missing)
            self.env["performance.practice"]._take_in(self.cycles[index])
            self.env.flush_all()
            self.env.invalidate_all()
            yield

    # ------------------------------------------------------------------
    # What is shown
    # ------------------------------------------------------------------

    def read_texts(self):
        """Return what HR reads on the cycles: (kind, cycle) → mean and number of people."""
        shown = {}
        for index, cycle in enumerate(self.cycles):
            text = cycle.with_user(self.officer_user).practice_text
            for part in text.split(" · "):
                if found := re.fullmatch(r"(.+) (\d+)% \((\d+) people\)", part):
                    label, mean, count = found.groups()
                    shown[LABELS[label], index] = int(mean), int(count)
                else:
                    self.assertNotRegex(part, r"\d", "a number nothing is proved about")
        return shown

    def read_features(self):
        """Return the means of features, which are kept and not told."""
        shown = {}
        for index, cycle in enumerate(self.cycles):
            row = self.env["performance.practice"].search([("cycle_id", "=", cycle.id)])
            for name in FEATURES:
                if name in (row.shown or {}):
                    shown[name, index] = tuple(row.shown[name])
        return shown

    def read_dashboard(self, user):
        """Return what the dashboard shows under all filters: (kind, cycle), ``None`` for all."""
        report = self.report.with_user(user)
        shown = {}
        for choice in (*({"cycle_id": cycle.id} for cycle in self.cycles), {"period": "all"}):
            data = report.get_dashboard({**choice, "figures": list(LED)})
            for row in data["departments"]:
                filters = {**choice, "department": row["code"], "figures": list(LED)}
                for figure in report.get_dashboard(filters)["figures"]:
                    self.assertFalse(figure["rows"], "it would be about one manager")
                    self.assertIsNone(figure["total"]["value"])
            for figure in data["figures"]:
                for key, cell in [
                    *((row["key"], row) for row in figure["rows"]),
                    (choice.get("cycle_id"), figure["total"]),
                ]:
                    if cell["value"] is not None:
                        index = next(
                            (at for at, each in enumerate(self.cycles) if each.id == key), None
                        )
                        shown[LED[figure["code"]], index] = cell["value"], cell["count"]
        return shown

    # ------------------------------------------------------------------
    # Equations
    # ------------------------------------------------------------------

    def people_of(self, kind, index, also=()):
        """Return the means of those who have led a talk of a cycle, by what is unknown of them.

        Another talk of the same person makes it another unknown.
        """
        return {
            (FEATURES.get(kind, kind), index, leader, len(values)): sum(values) / len(values)
            for (name, place, leader), values in self.talks.items()
            if (name, place) == (kind, index) and (leader != "officer" or leader in also)
        }

    def learn(self, shown, known, lines, **how):
        """Note of all means that are new the people they are made of."""
        for (kind, index), cell in shown.items():
            if known.get((kind, index), (None,))[:2] == cell:
                continue
            people = self.people_of(kind, index, **how)
            self.assertEqual(len(people), cell[1], (kind, index))
            mean = sum(people.values()) / len(people)
            self.assertAlmostEqual(mean, cell[0], delta=0.51, msg=(kind, index))
            known[kind, index] = *cell, frozenset(people)
            lines.add(frozenset(people))

    def secrets(self, lines, of=MINIMUM - 1):
        """Yield everything that is unknown of any few people but the reader."""
        by_leader = {}
        for each in frozenset().union(*lines):
            if each[2] != "officer":
                by_leader.setdefault(each[2], set()).add(each)
        for few in combinations(by_leader.values(), of):
            yield frozenset().union(*few)

    def own(self):
        """Return what the reader in HR knows of her own talks: each a line of its own."""
        return {
            frozenset(self.people_of(kind, index, also=("officer",)))
            - frozenset(self.people_of(kind, index))
            for kind in KINDS
            for index in range(len(self.cycles))
        } - {frozenset()}

    # ------------------------------------------------------------------
    # The proof, and that it would find a leak
    # ------------------------------------------------------------------

    def test_nobody_can_compute_how_somebody_leads(self):
        lines, known, own = set(), {}, set()
        for _day in self.days():
            own |= self.own()
            shown = self.read_texts()
            self.learn(shown, known, lines)
            for (kind, index), cell in self.read_dashboard(self.officer_user).items():
                if index is None:
                    # Of all years: put together from what is shown of each.
                    parts = [known[kind, at] for at in range(2) if (kind, at) in known]
                    lines.add(frozenset().union(*(people for _mean, _count, people in parts)))
                    self.assertEqual(cell[1], sum(count for _mean, count, _people in parts))
                else:
                    self.assertEqual(cell, shown[kind, index])
            for user in (self.director_user, self.manager_user, self.peer_manager_user):
                self.assertFalse(self.read_dashboard(user), "nothing but the own talks")
        self.assertEqual({kind for kind, _index in known}, set(KINDS))
        self.assertEqual({index for _kind, index in known}, {0, 1})
        self.assertGreater(len(lines), 2 * len(KINDS), "some of them twice")
        self.assertIsNone(find_leak(lines | own, self.secrets(lines)))
        for user in (self.director_user, self.manager_user):
            with self.assertRaises(AccessError):
                self.cycles[0].with_user(user).read(["practice_text"])

    def replay(self, read=None, **how):
        """Return what a reader knows after all days of the texts alone."""
        lines, known = set(), {}
        for _day in self.days():
            lines |= self.own() if how else set()
            self.learn(self.read_texts(), known, lines, **how)
            if read:
                self.learn(read(), known, lines, **how)
        return lines

    def find_any(self, lines):
        return find_leak(lines, self.secrets(lines))

    def test_it_fails_without_freezing(self):
        with patch.object(performance_practice, "STEP", 1):
            self.assertTrue(self.find_any(self.replay()))

    def test_it_fails_without_the_threshold(self):
        # The lowest there can be.
        self.env.cr.execute("UPDATE performance_cycle SET pulse_minimum = 3")
        self.env.invalidate_all()
        with patch.object(performance_practice, "STEP", 3):
            self.assertTrue(self.find_any(self.replay()))

    def test_it_fails_with_the_figure_of_a_feature(self):
        self.assertTrue(self.find_any(self.replay(self.read_features)))

    def test_it_fails_with_hr_among_those_counted(self):
        with patch.object(
            performance_practice, "OFFICER", "performance_review.group_performance_review_manager"
        ):
            self.assertTrue(self.find_any(self.replay(also=("officer",))))
