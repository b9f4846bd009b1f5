from itertools import chain, combinations
from unittest.mock import patch

from odoo.tests import tagged

from ..models import performance_review_report_figures as figures
from ..models.performance_review_report_dashboard import Choice
from ..tools.small_groups import REST, merge
from .algebra import find_leak, numpy
from .dashboard_common import DashboardCommon

MINIMUM = 5
# How many agreements of each department hold, day by day.
DAYS = (
    {"Assembly": 4, "Paint": 4, "Store": 2, "Lab": 1},
    {"Assembly": 6, "Paint": 5, "Store": 2, "Lab": 1},
    {"Assembly": 7, "Paint": 5, "Store": 3, "Lab": 2},
    {"Assembly": 10, "Paint": 6, "Store": 3, "Lab": 2},
    {"Assembly": 11, "Paint": 6, "Store": 3, "Lab": 2},
)
# Figures of what is final, of whatever reader: none of these may give anybody away.
PROVED = ("lead", "length", "share", "stance", "dispute", "refusal")
# The others: cards and plans that a reader of the figure reads one by one, see
# ``test_what_goes_on_changing_is_counted_where_it_is_read``; means that are frozen with five more
# people, see ``test_small_groups_practice``; and a count of people in fives.
OTHERS = ("completion", "closure", "debt", "future", "balance", "repeats")


@tagged("post_install", "-at_install")
class TestSmallGroups(DashboardCommon):
    """No figure of fewer people than the threshold is shown, nor can one be computed.

    Everything that is shown, under every filter, to a reader, on several days, is written as an
    equation over the people it is made of: a mean and its number of people give a sum. What these
    equations determine is their row space; nothing in it may be about one person alone, or about
    departments in which fewer people than the threshold had the figure that day.
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
        cls.readers = (cls.officer_user, cls.director_user, cls.peer_manager_user)

    def setUp(self):
        super().setUp()
        if numpy is None:
            self.skipTest("numpy is not installed")
        # review → figure → part
        self.parts = {}

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
    # What happens
    # ------------------------------------------------------------------

    def days(self):
        """Yield after each day, with the people of each cycle whose agreement holds, in order."""
        done = {cycle: [] for cycle in self.cycles}
        for day in DAYS:
            for cycle in self.cycles:
                for name, count in day.items():
                    reviews = cycle.review_ids.filtered(
                        lambda review, name=name: review.department_id.name == name
                    ).sorted("id")
                    for review in reviews[:count]:
                        if review not in done[cycle]:
                            self.conclude(review)
                            done[cycle].append(review)
            yield done

    def conclude(self, review, with_support=False):
        """Let a talk be held and an agreement hold, with figures like nobody else's."""
        number = len(self.parts)
        # Powers of two: a mean of them says whose they are.
        minutes, seconds, days = 2 ** (number % 9), 60 * 2 ** (number % 7), 2 ** (number % 8)
        is_refused, is_disputed = number % 7 == 3, number % 3 == 0
        stance = None if is_refused else ("acknowledge" if number % 4 == 1 else "agree")
        agreement = self.env["performance.agreement"].create({"review_id": review.id})
        if with_support:
            agreement.commitment_ids.create(
                {
                    "agreement_id": agreement.id, "kind": "support", "name": "A bench",
                    "owner": "reviewer", "date_deadline": "2026-04-01",
                }
            )  # fmt: skip
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE performance_review
               SET create_date = '2026-03-01 08:00'::timestamp - %(days)s * INTERVAL '1 day'
             WHERE id = %(review)s;
            UPDATE performance_agreement
               SET state = CASE WHEN %(refused)s THEN 'refused' ELSE 'signed' END,
                   proposed_on = '2026-03-01 09:00',
                   disputed_on = CASE WHEN %(disputed)s THEN '2026-03-01 10:00'::timestamp END,
                   refusal_on = CASE WHEN %(refused)s THEN '2026-03-01 11:00'::timestamp END,
                   employee_stance = %(stance)s,
                   employee_signed_on = CASE WHEN NOT %(refused)s THEN
                       '2026-03-01 08:00'::timestamp + %(number)s * INTERVAL '1 second' END,
                   reviewer_signed_on = CASE WHEN NOT %(refused)s THEN
                       '2026-03-01 08:00'::timestamp END
             WHERE id = %(agreement)s
            """,
            {
                "review": review.id, "agreement": agreement.id, "refused": is_refused,
                "disputed": is_disputed, "stance": stance, "days": days, "number": number,
            },
        )  # fmt: skip
        self.hold_talk(review, minutes, seconds)
        self.parts[review] = {
            "length": minutes,
            "share": 100 * seconds / (seconds + 600),
            "dispute": 100 * is_disputed,
            "refusal": 100 * is_refused,
        }
        if not is_refused:
            self.parts[review] |= {"lead": days, "stance": 100 * (stance == "acknowledge")}

    # ------------------------------------------------------------------
    # Equations
    # ------------------------------------------------------------------

    def collect(self, user, codes):
        """Return what a reader is shown under all filters: (figure, filters, row, cell)."""
        shown = []
        data = self.dashboard(user, figures=[])
        choices = [{"cycle_id": cycle["id"]} for cycle in data["cycles"]]
        choices.append({"period": "all"})
        for choice in choices:
            data = self.dashboard(user, **choice, figures=list(codes))
            for row in [None, *(row["code"] for row in data["departments"])]:
                filters = choice if row is None else {**choice, "department": row}
                if row is not None:
                    data = self.dashboard(user, **filters, figures=list(codes))
                for figure in data["figures"]:
                    cells = [(cell["key"], cell) for cell in figure["rows"]]
                    shown += [
                        (figure["code"], filters, key, cell)
                        for key, cell in [*cells, ("total", figure["total"])]
                        if cell["value"] is not None
                    ]
        return shown

    def rows_of(self, user):
        """Return of each cycle in which row a department stands, for this reader."""
        Report = self.report.with_user(user)
        is_officer, _cycles = Report._get_dashboard_cycles()
        return Report._read_choice({"period": "all"}, is_officer, self.cycles.sudo()).rows

    def is_in_scope(self, user, review):
        if user == self.officer_user:
            return review.employee_user_id != user
        return user in review.reviewer_user_id | review.upper_user_ids

    def members(self, user, shown, done, rows, step=figures.STEP, is_whole=False):
        """Return the people a cell is made of, as the test knows it: by row and order.

        :param int step: in what steps people are counted
        :param is_whole: whether a total is of everybody, whatever the rows are
        """
        code, filters, key, _cell = shown
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
                if self.is_in_scope(user, review) and code in self.parts[review]:
                    place = rows[cycle.id][review.department_id.id]
                    if row in (None, place):
                        place = REST if is_whole and key == "total" else place
                        by_row.setdefault(place, []).append(review)
            for people in by_row.values():
                counted = len(people) // step * step
                found += people[:counted] if counted >= MINIMUM else []
        return found

    def equations(self, user, done, cells, **how):
        """Return figure → the sets of people whose sum a reader knows.

        The mean that is shown is the mean of these people, so the sets are what they say.
        """
        rows = self.rows_of(user)
        known = {}
        for cell in cells:
            code, filters, key, shown = cell
            people = self.members(user, cell, done, rows, **how)
            self.assertEqual(len(people), shown["count"], (code, filters, key))
            mean = sum(self.parts[review][code] for review in people) / len(people)
            self.assertAlmostEqual(shown["value"], mean, delta=0.51, msg=(code, filters, key))
            known.setdefault(code, set()).add(frozenset(people))
        return known

    def secrets(self, user, done, code):
        """Return the sets of people nothing may be known of: each employee, small departments."""
        people = [
            review
            for review in chain.from_iterable(done.values())
            if self.is_in_scope(user, review) and code in self.parts[review]
        ]
        by_employee, by_place = {}, {}
        for review in people:
            by_employee.setdefault(review.employee_id, set()).add(review)
            by_place.setdefault((review.cycle_id, review.department_id), set()).add(review)
        found = {frozenset(reviews) for reviews in by_employee.values()}
        for size in range(1, MINIMUM):
            for places in combinations(by_place.values(), size):
                together = frozenset().union(*places)
                if len(together) < MINIMUM:
                    found.add(together)
        return found

    # ------------------------------------------------------------------
    # The proof, and that it would find a leak
    # ------------------------------------------------------------------

    def test_nobody_can_compute_what_is_hidden(self):
        codes = [figure["code"] for figure in self.dashboard()["figures"]]
        self.assertEqual(set(codes), {*PROVED, *OTHERS}, "a figure nothing is proved about")
        lines = {(user, code): set() for user in self.readers for code in PROVED}
        secrets = {place: set() for place in lines}
        for done in self.days():
            for user in self.readers:
                cells = self.collect(user, PROVED)
                for code, known in self.equations(user, done, cells).items():
                    lines[user, code] |= known
                for code in PROVED:
                    secrets[user, code] |= self.secrets(user, done, code)
        for (user, code), known in lines.items():
            self.assertTrue(known, f"{user.login} is shown no {code}")
            leak = find_leak(known, secrets[user, code])
            self.assertIsNone(leak, f"{user.login} computes {code}")
        # All but one person, and all: the difference of the two is that person.
        everybody = frozenset().union(*lines[self.officer_user, "length"])
        leak = {everybody, everybody - {next(iter(everybody))}}
        known = lines[self.officer_user, "length"] | leak
        self.assertTrue(find_leak(known, secrets[self.officer_user, "length"]))
        self.check_exports()

    def check_exports(self):
        """Check that workbook and board page hold the numbers of the screen and no others."""
        filters = {"cycle_id": self.cycle.id}
        data = self.dashboard(**filters)
        allowed = {None}
        for figure in data["figures"]:
            for cell in (*figure["rows"], figure["total"]):
                allowed |= {cell["value"], cell["count"], *cell.get("parts", ())}
        report = self.report.with_user(self.officer_user)
        for _title, rows in report._get_dashboard_tables(filters):
            for row in rows[1:]:
                self.assertLessEqual({each for each in row if not isinstance(each, str)}, allowed)
        board = self.cycle.with_user(self.officer_user)._prepare_board()
        texts = {"–"}
        for figure in data["figures"]:
            for cell in (*figure["rows"], figure["total"]):
                texts |= {cell["text"], f"{cell['text']} {figure['unit']}"}
        self.assertLessEqual({figure["text"] for figure in board["figures"]}, texts)
        for row in board["rows"]:
            self.assertLessEqual({cell["text"] for cell in row["cells"]}, texts)

    def test_the_proof_fails_without_what_hides(self):
        """Steps, threshold and totals of what is shown alone: each is needed."""
        steps = patch.object(figures, "STEP", 1)
        prepare = type(self.report)._prepare_figures

        def prepare_with_everybody(report, choice, codes):
            rows = {cycle: dict.fromkeys(found, REST) for cycle, found in choice.rows.items()}
            shown = prepare(report, choice, codes)
            for figure, whole in zip(
                shown, prepare(report, choice._replace(rows=rows), codes), strict=True
            ):
                figure["total"] = whole["total"]
            return shown

        everybody = patch.object(type(self.report), "_prepare_figures", prepare_with_everybody)
        user, filters = self.officer_user, {"cycle_id": self.cycle.id}
        over_days, secrets = set(), set()
        for day, done in enumerate(self.days()):
            if day == 3:
                break
            secrets |= self.secrets(user, done, "length")

            def read(done=done, **how):
                figure = self.figure("length", user, **filters)
                cells = [(cell["key"], cell) for cell in figure["rows"]]
                cells.append(("total", figure["total"]))
                shown = [
                    ("length", filters, key, cell)
                    for key, cell in cells
                    if cell["value"] is not None
                ]
                return self.equations(user, done, shown, **how).get("length", set())

            with steps:
                over_days |= read(step=1)
                if day == 0:
                    threshold = patch.object(Choice, "get_minimum", lambda *_args: 1)
                    with threshold, patch(f"{__name__}.MINIMUM", 1):
                        known = read(step=1)
                    self.assertTrue(find_leak(known, secrets), "without the threshold")
                if day == 1:
                    # Of one day, what is shown of large rows alone gives nothing away ...
                    now = self.secrets(user, done, "length")
                    self.assertFalse(find_leak(read(step=1), now))
                    # ... and a total of everybody does.
                    with everybody:
                        known = read(step=1, is_whole=True)
                    self.assertTrue(find_leak(known, now), "with totals of everybody")
        self.assertTrue(find_leak(over_days, secrets), "without steps")

    # ------------------------------------------------------------------
    # From one day to the next
    # ------------------------------------------------------------------

    def test_what_was_counted_stays_as_it_was(self):
        """Whoever stands above, and reads no dialogue and no dispute, sees nobody's change."""
        for review in self.reviews_in("Paint")[:5]:
            self.conclude(review)
        codes = ["length", "share", "dispute", "refusal", "lead"]

        def read():
            shown = self.dashboard(self.director_user, figures=codes)["figures"]
            return [(figure["code"], figure["rows"], figure["total"]) for figure in shown]

        before = read()
        counts = {code: total["count"] for code, _rows, total in before}
        self.assertEqual(counts["length"], 5)
        # The next one's talk is over, and may still be taken back.
        sixth = self.reviews_in("Paint")[5]
        self.env["performance.dialogue"].create(
            {
                "review_id": sixth.id,
                "date_start": "2026-03-01 08:00:00",
                "date_end": "2026-03-01 09:00:00",
            }
        )
        self.set_state(sixth, "agreement")
        self.assertEqual(read(), before)
        # An amendment is disputed, and takes over from what held.
        first = self.reviews_in("Paint")[0]
        again = self.env["performance.agreement"].create({"review_id": first.id, "version": 2})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_agreement SET state = 'disputed', disputed_on = '2026-03-05',"
            " proposed_on = '2026-03-05' WHERE id = %s",
            [again.id],
        )
        self.assertEqual(read(), before)
        self.env.cr.execute(
            "UPDATE performance_agreement SET state = 'superseded' "
            "WHERE review_id = %s AND id < %s;"
            "UPDATE performance_agreement SET state = 'closed_by_hr' WHERE id = %s",
            [first.id, again.id, again.id],
        )
        self.assertEqual(read(), before)

    def test_what_goes_on_changing_is_counted_where_it_is_read(self):
        """Outcomes of plans that nobody signed are not seen above their reviewer."""
        agreements = self.env["performance.agreement"]
        for review in self.reviews_in("Paint")[:6]:
            self.conclude(review, with_support=True)
            agreements += review.agreement_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_commitment SET date_deadline = '2026-02-01' "
            "WHERE agreement_id IN %s",
            [tuple(agreements.ids)],
        )
        refused = agreements.filtered(lambda agreement: agreement.sudo().refusal_on)
        self.assertEqual(len(refused), 1)
        for code in ("closure", "debt"):
            for user, readable in (
                (self.officer_user, 6), (self.peer_manager_user, 6), (self.director_user, 5),
            ):  # fmt: skip
                self.env.invalidate_all()
                found = agreements.with_user(user).search_count([("id", "in", agreements.ids)])
                self.assertEqual(found, readable, user.login)
                self.assertEqual(self.figure(code, user)["total"]["count"], 5)
            # One signature less, and there are too few above.
            self.env.cr.execute(
                "UPDATE performance_agreement SET state = 'closed_by_hr' WHERE id = %s",
                [(agreements - refused)[0].id],
            )
            self.assertIsNone(self.figure(code, self.director_user)["total"]["value"])
            self.assertEqual(self.figure(code)["total"]["count"], 5)
            self.env.cr.execute(
                "UPDATE performance_agreement SET state = 'signed' WHERE id = %s",
                [(agreements - refused)[0].id],
            )

    def test_gaps_that_come_back_move_on_by_five_people(self):
        last, cycle = self.cycles
        reviews = self.reviews_in("Assembly")
        before = last.review_ids.filtered(lambda review: review.employee_id in reviews.employee_id)
        self.env["performance.point"].create(
            [
                {"review_id": review.id, "kind": "gap", "name": "Late", "theme_id": self.theme.id}
                for review in before | reviews
            ]
        )

        def read():
            figure = self.figure("repeats", self.director_user, cycle_id=cycle.id)
            return [(row["label"], row["count"]) for row in figure["rows"]]

        # Drafts of managers are none of a figure.
        self.assertFalse(read())
        for review in reviews[:4]:
            self.hold_talk(review, 30)
        self.assertFalse(read())
        for review in reviews[4:9]:
            self.hold_talk(review, 30)
            self.assertEqual(read(), [("Handover", 5)])
        self.hold_talk(reviews[9], 30)
        self.assertEqual(read(), [("Handover", 10)])
