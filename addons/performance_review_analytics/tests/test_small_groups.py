from fractions import Fraction
from itertools import chain

from odoo.tests import tagged

from ..tools.small_groups import REST, merge
from .dashboard_common import DEPARTMENTS, DashboardCommon

try:
    import numpy
except ImportError:  # a server that runs the tests of an installed addon
    numpy = None

# How many people of each department have had their talk, day by day.
DAYS = (
    {"Assembly": 4, "Paint": 4, "Store": 2, "Lab": 1},
    {"Assembly": 5, "Paint": 5, "Store": 3, "Lab": 2},
    {"Assembly": 6, "Paint": 5, "Store": 3, "Lab": 2},
    {"Assembly": 10, "Paint": 6, "Store": 3, "Lab": 2},
    {"Assembly": 11, "Paint": 6, "Store": 3, "Lab": 2},
)


@tagged("post_install", "-at_install")
class TestSmallGroups(DashboardCommon):
    """No figure of fewer people than the threshold is shown, nor can one be computed.

    Everything that is shown, under every filter, to a reader, on several days, is written as an
    equation over the people it is made of. What these equations determine is their row space;
    neither a single person nor a department that is hidden may lie in it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        last = cls.cycle
        cls.cycle = cls.launch(
            name="Year 2027", date_start="2027-01-01", date_end="2027-12-31",
            preparation_deadline=False, dialogue_deadline=False, agreement_deadline=False,
        )  # fmt: skip
        cls.cycles = last | cls.cycle
        # Powers of two: a mean of them says whose they are.
        cls.minutes = {}

    def setUp(self):
        super().setUp()
        if numpy is None:
            self.skipTest("numpy is not installed")

    # ------------------------------------------------------------------
    # Which departments stand together
    # ------------------------------------------------------------------

    def test_every_row_is_large_enough_or_alone_in_the_world(self):
        for counts in (
            {1: 5, 2: 9, 3: 1}, {1: 4, 2: 1}, {1: 2}, {}, {1: 5, 2: 5, 0: 4}, {1: 8},
            {1: 3, 2: 3, 3: 3, 4: 50}, {1: 1, 2: 30, 3: 7, 4: 6}, dict.fromkeys(range(20), 1),
        ):  # fmt: skip
            rows = merge(counts, 5)
            self.assertEqual(set(rows), set(counts))
            sizes = {}
            for key, row in rows.items():
                sizes.setdefault(row, []).append(counts[key])
            for row, found in sizes.items():
                self.assertTrue(sum(found) >= 5 or set(sizes) == {REST}, counts)
                # A row of one department that is too small would be the whole less the others.
                self.assertTrue(row != REST or len(found) > 1 or set(sizes) == {REST}, counts)

    # ------------------------------------------------------------------
    # Equations
    # ------------------------------------------------------------------

    def talk_days(self):
        """Yield after each day, with the people who have had a talk in each cycle."""
        done = {cycle: [] for cycle in self.cycles}
        for day in DAYS:
            for cycle in self.cycles:
                for name, count in day.items():
                    reviews = cycle.review_ids.filtered(
                        lambda review, name=name: review.department_id.name == name
                    ).sorted("id")
                    for review in reviews[:count]:
                        if review not in done[cycle]:
                            done[cycle].append(review)
                            self.minutes[review] = 2 ** (len(self.minutes) % 9)
                            self.hold_talk(review, self.minutes[review])
            yield done

    def collect(self, user):
        """Return what a reader is shown under all filters: (figure, count, mean) by filter."""
        data = self.dashboard(user)
        rows = [None, *(row["code"] for row in data["departments"])]
        choices = [{"cycle_id": cycle["id"]} for cycle in data["cycles"]]
        choices.append({"period": "all"})
        shown = []
        for choice in choices:
            known = {row["code"] for row in self.dashboard(user, **choice)["departments"]}
            for row in rows:
                if row is not None and row not in known:
                    continue
                filters = choice if row is None else {**choice, "department": row}
                figure = self.figure("length", user, **filters)
                cells = [(each["key"], each) for each in figure["rows"]]
                shown += [
                    (filters, key, cell["count"], cell["value"])
                    for key, cell in [*cells, ("total", figure["total"])]
                    if cell["value"] is not None
                ]
        return shown

    def members(self, user, filters, key, done, report):
        """Return the people a figure is made of, as the test knows it: by department and order."""
        cycles = self.cycles
        row = filters.get("department")
        if filters.get("period") == "all":
            cycles = cycles if key == "total" else cycles.filtered(lambda cycle: cycle.id == key)
        else:
            cycles = cycles.filtered(lambda cycle: cycle.id == filters["cycle_id"])
            row = row if key == "total" else key
        found = []
        for cycle in cycles:
            by_row = {}
            for review in done[cycle]:
                if not self.is_in_scope(user, review):
                    continue
                by_row.setdefault(report[cycle.id][review.department_id.id], []).append(review)
            for each, people in by_row.items():
                if row in (None, each):
                    found += people[: len(people) // 5 * 5]
        return found

    def is_in_scope(self, user, review):
        if user in (self.officer_user, self.administrator_user):
            return True
        return user in review.reviewer_user_id | review.upper_user_ids

    def rows_of(self, user):
        """Return of each cycle in which row a department stands, for this reader."""
        Report = self.report.with_user(user)
        is_officer, cycles = Report._get_dashboard_cycles()
        return Report._read_choice({"period": "all"}, is_officer, cycles).rows

    def equations(self, user, done):
        """Return the people and a matrix: a line for each figure shown, a column for each person.

        The mean that is shown is the mean of these people, so the lines are what they say.
        """
        people = list(chain.from_iterable(done.values()))
        report = self.rows_of(user)
        lines = []
        for filters, key, count, mean in self.collect(user):
            members = self.members(user, filters, key, done, report)
            self.assertEqual(len(members), count, (filters, key))
            expected = Fraction(sum(self.minutes[review] for review in members), count)
            self.assertEqual(mean, round(float(expected)), (filters, key))
            lines.append([int(review in members) for review in people])
        return people, lines

    def assert_hidden(self, people, lines):
        """Check that no line of the row space is one person, or one small department."""
        matrix = numpy.array(lines, dtype=float)
        rank = numpy.linalg.matrix_rank(matrix)
        small = [name for name, count in DEPARTMENTS.items() if count < 5]
        secrets = {f"person {index}": [int(index == each) for each in range(len(people))]
                   for index in range(len(people))}  # fmt: skip
        for cycle in self.cycles:
            for name in small:
                secrets[f"{name} of {cycle.name}"] = [
                    int(review.cycle_id == cycle and review.department_id.name == name)
                    for review in people
                ]
        for secret, line in secrets.items():
            self.assertTrue(any(line), secret)
            together = numpy.linalg.matrix_rank(numpy.vstack([matrix, line]))
            self.assertGreater(together, rank, f"{secret} can be computed")

    def assert_nothing_can_be_computed(self, user):
        everything = []
        people = []
        for done in self.talk_days():
            people, lines = self.equations(user, done)
            everything += [(list(people), line) for line in lines]
        # The days together: who came later was in no figure of the days before.
        columns = {review: index for index, review in enumerate(people)}
        lines = []
        for known, line in everything:
            full = [0] * len(people)
            for review, value in zip(known, line, strict=True):
                full[columns[review]] = value
            lines.append(full)
        self.assertGreater(len(lines), 10)
        self.assert_hidden(people, lines)

    def test_hr_cannot_compute_what_is_hidden(self):
        self.assert_nothing_can_be_computed(self.officer_user)

    def test_neither_can_whoever_stands_above(self):
        self.assert_nothing_can_be_computed(self.director_user)

    def test_neither_can_a_manager(self):
        self.assert_nothing_can_be_computed(self.peer_manager_user)

    def test_the_proof_finds_a_leak(self):
        # All but one person, and all: the difference of the two is that person.
        for done in self.talk_days():
            people, lines = self.equations(self.officer_user, done)
        leak = [0, *[1] * (len(people) - 1)]
        with self.assertRaises(AssertionError):
            self.assert_hidden(people, [*lines, leak, [1] * len(people)])
