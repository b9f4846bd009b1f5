from itertools import product
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import BaseCase, tagged

from odoo.addons.performance_review.tests.common import PerformanceCommon

from ..models import performance_sensor_counting as counting
from ..tools import bounds

MINIMUM = 5
# How many of each part had been heard, week by week.
HISTORIES = (
    ((9, 7, 3, 2),), ((7,),), ((8, 1),), ((8, 8),), ((9, 5, 4, 4),),
    ((7, 5, 4), (12, 5, 4)), ((8, 0), (14, 2)), ((5, 4, 3), (7, 4, 4), (7, 7, 4)),
    ((6, 3, 8, 0), (6, 3, 14, 5)), ((0, 1, 7), (5, 2, 13)), ((8, 3, 3, 3), (8, 8, 3, 3)),
    ((1, 8, 0), (4, 8, 5), (4, 13, 5)),
)  # fmt: skip


def find_leak(history):
    """Return what somebody can find out who knows the rules, and all that was told.

    Everything that may have happened is tried, week by week: so many more of a part have been
    heard, and some of these report it. Of all that would have been told in the same way, what is
    the same is known. The reader is outside, or one of those heard in any week, with what he
    reported himself.

    :param history: how many had been heard of each part, week by week
    """
    sizes = dict(enumerate(history[-1]))
    told = {}

    def happen(week, people, state, weeks, outputs):
        if week == len(history):
            told.setdefault(outputs, []).append(weeks)
            return
        heard = dict(enumerate(history[week]))
        before, whole, parts = state
        earlier = history[week - 1] if week else (0,) * len(heard)
        more = (range(now - then + 1) for now, then in zip(history[week], earlier, strict=True))
        for new in product(*more):
            count = tuple(map(sum, zip(people, new, strict=True)))
            enough = {part: each for part, each in enumerate(count) if each >= MINIMUM}
            shown = bounds.tell(sum(count), enough, heard, sizes, MINIMUM, before, whole, parts)
            last = bounds.count_next(*shown, heard, MINIMUM, before)
            output = shown[0], tuple(sorted(shown[1].items()))
            happen(week + 1, count, (last, *shown), (*weeks, new), (*outputs, output))

    happen(0, (0,) * len(sizes), ({}, 0, {}), (), ())
    for outputs, found in told.items():
        whole, parts = outputs[-1]
        if any(0 < people < MINIMUM for people in (whole, *dict(parts).values())):
            return outputs, "fewer people than the threshold"
        for reader in [None, *product(sizes, range(len(history)), (0, 1))]:
            if leak := _find_known(history, outputs, found, reader):
                return outputs, reader, leak
    return None


def _find_known(history, outputs, found, reader):
    """Return what this reader knows of others, of all that may have happened."""
    new = [history[0]]
    for then, now in zip(history, history[1:], strict=False):
        new.append(tuple(late - early for early, late in zip(then, now, strict=True)))
    part, week, own = reader or (0, 0, 0)
    if reader:
        if not new[week][part]:
            return None
        found = [each for each in found if 0 <= each[week][part] - own < new[week][part]]
        new[week] = tuple(count - (at == part) for at, count in enumerate(new[week]))
    shown = dict(outputs[-1][1])
    for at in range(len(new[0])):
        everybody = 0
        most = [0] * len(found)
        for now, counts in enumerate(new):
            is_own = reader and (at, now) == (part, week)
            people = [each[now][at] - own * bool(is_own) for each in found]
            if counts[at] and found and min(people) >= counts[at]:
                return f"all who were heard of part {at} in week {now} are among them"
            everybody += counts[at]
            most = [sum(each) for each in zip(most, people, strict=True)]
            # What is told of the whole alone is about the whole, unless the part is a small one.
            is_hidden = at not in shown and (shown or history[-1][at] < MINIMUM)
            if is_hidden and outputs[now][0] and everybody and found and min(most):
                return f"somebody of part {at} is among them in week {now}"
    return None


@tagged("post_install", "-at_install")
class TestBounds(BaseCase):
    """What is told of a whole and its parts says of nobody that he is among them.

    Counts in steps are no equations, so there is no row space to look into: instead everything is
    tried that may have happened.
    """

    def test_nobody_is_found_out(self):
        for history in HISTORIES:
            self.assertIsNone(find_leak(history), history)

    def find_any(self):
        return any(find_leak(history) for history in HISTORIES)

    def test_it_fails_without_steps(self):
        with patch.object(bounds, "floor", lambda people, least: people * (people >= least)):
            self.assertTrue(self.find_any())

    def test_it_fails_without_the_threshold(self):
        with patch.object(bounds, "floor", lambda people, _minimum: people - people % 5 or people):
            self.assertTrue(self.find_any())

    def test_it_fails_without_remembering_who_had_been_heard(self):
        with patch.object(bounds, "count_next", lambda *_args: {}):
            self.assertTrue(self.find_any())

    def test_it_fails_without_the_margin(self):
        with patch.object(bounds, "MARGIN", 0):
            self.assertTrue(self.find_any())

    def test_it_fails_with_a_whole_of_everybody(self):
        with patch.object(bounds, "_get_room", lambda *_args: 1000):
            self.assertTrue(self.find_any())

    def test_what_is_told_of_many(self):
        """The whole is no worse for there being many small parts."""
        heard = dict.fromkeys(range(30), 4)
        self.assertEqual(bounds.tell(70, {}, heard, heard, 5), (70, {}))
        heard = {"a": 40, "b": 40, "c": 12, "d": 12}
        self.assertEqual(bounds.tell(35, {"a": 22, "b": 11}, heard, heard, 5), (35, {}))
        shown = {"a": 20, "b": 15}
        self.assertEqual(bounds.tell(37, {"a": 22, "b": 15}, heard, heard, 5), (35, shown))

    def test_another_threshold(self):
        self.assertEqual([bounds.floor(n, 7) for n in (6, 7, 9, 10, 14, 15)], [0, 7, 7, 10, 10, 15])


# Who talks in which week, by department: how many, and how many of these name the obstacle.
WEEKS = (
    {"Assembly": (4, 2), "Paint": (2, 1)},
    {"Assembly": (4, 3), "Paint": (2, 1), "Store": (3, 2)},
    {"Assembly": (1, 1)},
    {"Assembly": (3, 3), "Paint": (1, 1), "Store": (1, 0)},
    {"Assembly": (8, 7), "Paint": (3, 3)},
    {"Store": (2, 2)},
)
# What is told after each of them: of the whole, and of departments.
HISTORY = [
    (0, []), (5, [5]), (5, [5]), (5, [5]), (15, [15]), (15, [15]),
]  # fmt: skip


@tagged("post_install", "-at_install")
class TestSmallGroupsSensor(PerformanceCommon):
    """The sensor shows what ``tools/bounds.py`` tells, everywhere, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sizes = {"Assembly": 20, "Paint": 8, "Store": 6}
        people = cls.env["hr.employee"]
        users = cls.env["res.users"].with_context(no_reset_password=True)
        for name, size in sizes.items():
            department = cls.env["hr.department"].create(
                {"name": name, "company_id": cls.company.id}
            )
            for number in range(size):
                user = users.create(
                    {
                        "name": f"{name} {number}",
                        "login": f"pr_{name}_{number}".lower(),
                        "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
                        "company_id": cls.company.id,
                        "company_ids": [Command.set(cls.company.ids)],
                    }
                )
                people |= people.create(
                    {
                        "name": user.name,
                        "user_id": user.id,
                        "company_id": cls.company.id,
                        "department_id": department.id,
                        "parent_id": (cls.manager if number % 2 else cls.peer_manager).id,
                    }
                )
        cls.cycle = cls.launch(gate_mode="advisory")
        cls.reviews = cls.cycle.review_ids.filtered(lambda each: each.employee_id in people)

    def talk(self, name, count, raising):
        """Let some more people of a department have had their talk."""
        reviews = self.reviews.filtered(
            lambda each: each.department_id.name == name and each.state == "preparation"
        )[:count]
        self.env["performance.dialogue"].create(
            [
                {
                    "review_id": review.id,
                    "date_start": "2026-03-01 08:00:00",
                    "date_end": "2026-03-01 09:00:00",
                    "obstacle_theme_id": at < raising and self.theme.id,
                }
                for at, review in enumerate(reviews)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_review SET state = 'agreement' WHERE id IN %s", [tuple(reviews.ids)]
        )
        self.env.invalidate_all()

    def collect(self):
        """Return all numbers that HR is shown, each as (department or ``None``, people)."""
        self.env.invalidate_all()
        Count = self.env["performance.sensor.count"].with_user(self.officer_user)
        domain = [("cycle_id", "=", self.cycle.id)]
        shown = {(row.department_id.id or None, row.people_count) for row in Count.search(domain)}
        grouped = Count.formatted_read_group(
            domain, ["is_total", "department_id"], ["people_count:max"]
        )
        shown |= {
            ((row["department_id"] or (None,))[0], row["people_count:max"]) for row in grouped
        }
        sensor = self.cycle.with_user(self.officer_user).get_sensor(self.cycle.id)
        for group in sensor["groups"]:
            for row in group["rows"]:
                shown.add((None, row["count"]))
                shown |= {(part, cell["count"]) for part, cell in row["cells"].items()}
        signals = self.env["performance.signal"].with_user(self.officer_user).search(domain)
        shown |= {(None, signal.people_count) for signal in signals}
        return shown

    def test_all_that_is_shown_is_what_was_proved(self):
        departments = {each.name: each.id for each in self.reviews.department_id}
        sizes = {
            department.id or 0: count
            for department, count in self.env["performance.review"]._read_group(
                [("cycle_id", "=", self.cycle.id)], ["department_id"], ["__count"]
            )
        }
        heard, people = dict.fromkeys(sizes, 0), dict.fromkeys(sizes, 0)
        whole, parts, before = 0, {}, {}
        history = []
        for week in WEEKS:
            shown = self.collect()
            for name, (count, raising) in week.items():
                self.talk(name, count, raising)
                heard[departments[name]] += count
                people[departments[name]] += raising
            # Not at the moment somebody ends a talk.
            self.assertEqual(self.collect(), shown)
            self.env["performance.signal"]._open_of(self.cycle)
            enough = {part: count for part, count in people.items() if count >= MINIMUM}
            whole, parts = bounds.tell(
                sum(people.values()), enough, heard, sizes, MINIMUM, before, whole, parts
            )
            before = bounds.count_next(whole, parts, heard, MINIMUM, before)
            told = {(None, whole), *parts.items()} if whole else set()
            self.assertEqual(self.collect(), told)
            history.append((whole, sorted(parts.values())))
            # Running the job twice tells nothing more.
            self.env["performance.signal"]._open_of(self.cycle)
            self.assertEqual(self.collect(), told)
            for user in (self.manager_user, self.director_user, self.outsider_user):
                Count = self.env["performance.sensor.count"].with_user(user)
                self.assertFalse(Count.search([]))
                with self.assertRaises(AccessError):
                    self.cycle.with_user(user).get_sensor(self.cycle.id)
        self.assertEqual(history, HISTORY)

    def test_a_single_talk_never_moves_a_number(self):
        """Whoever reads before and after it would know what was said."""
        for name, count, raising in (("Assembly", 8, 4), ("Store", 6, 0), ("Paint", 5, 0)):
            self.talk(name, count, raising)
        signals = self.env["performance.signal"]
        self.assertFalse(signals._open_of(self.cycle))
        for _each in range(4):
            self.talk("Assembly", 1, 1)
            self.assertFalse(signals._open_of(self.cycle))
        self.talk("Paint", 1, 0)
        self.assertEqual(signals._open_of(self.cycle).people_count, 5)

    def test_five_of_five_are_not_told(self):
        self.talk("Assembly", 5, 5)
        self.assertFalse(self.env["performance.signal"]._open_of(self.cycle))

    def test_five_of_the_five_whom_a_goal_concerns_are_not_told(self):
        """Whoever leads those whose goals serve it knows who they are."""
        goal = self.env["performance.goal"].create({"name": "Fewer steps", "scope": "company"})
        reviews = self.reviews[:9]
        self.env["performance.self.assessment"].create(
            [{"review_id": review.id} for review in self.reviews]
        )
        parts = self.env["performance.goal"].create(
            [
                {"name": "Part", "employee_id": review.employee_id.id, "parent_id": goal.id}
                for review in reviews[:5]
            ]
        )
        self.env["performance.concern"].create(
            [
                {"review_id": review.id, "goal_id": part.id, "kind": "outside", "note": "Why?"}
                for review, part in zip(reviews[:5], parts, strict=True)
            ]
        )
        self.reviews.sudo().write({"state": "dialogue"})
        self.reviews.self_assessment_ids.sudo().write({"state": "submitted"})
        reviews.sudo()[0].reviewer_id = self.peer_manager
        count = self.env["performance.signal"]._open_of
        self.assertFalse(count(self.cycle.sudo()))
        # With more whom it concerns there is somebody who may have said nothing.
        self.env["performance.goal"].create(
            [
                {"name": "Part", "employee_id": review.employee_id.id, "parent_id": goal.id}
                for review in reviews[5:7]
            ]
        )
        self.assertEqual(count(self.cycle.sudo()).people_count, 5)

    def test_each_kind_waits_for_what_tells_it(self):
        """Who has prepared has not yet said whether it can go on like this."""
        heard = self.env["performance.sensor.count"]._get_heard(self.cycle)
        self.assertEqual(set(heard), set(counting.STAGES.values()))
        review = self.reviews[0]
        self.env["performance.self.assessment"].create({"review_id": review.id})
        self.env["performance.goal"].create(
            {
                "name": "Part",
                "employee_id": review.employee_id.id,
                "parent_id": self.company_goal.id,
            }
        )
        for state, assessment, expected in (
            ("preparation", "submitted", (0, 0, 0)), ("dialogue", "draft", (1, 0, 0)),
            ("dialogue", "submitted", (1, 0, 1)), ("agreement", "draft", (1, 1, 0)),
        ):  # fmt: skip
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE performance_review SET state = %s WHERE id = %s", [state, review.id]
            )
            self.env.cr.execute(
                "UPDATE performance_self_assessment SET state = %s WHERE review_id = %s",
                [assessment, review.id],
            )
            self.env.invalidate_all()
            _sizes, heard = self.env["performance.sensor.count"]._get_circles(self.cycle)
            goal = counting.get_circle(("goal", None, self.company_goal.id, None))
            found = tuple(sum(heard[circle].values()) for circle in ("support", "obstacle", goal))
            self.assertEqual(found, expected)
