from lxml import etree

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .queries_common import QueryCount, get_specification
from .test_cycle import CycleCase

FEW, MANY = 10, 200
# Above both: every row is read, and no page asks how many there are beyond its last one.
LIMIT = MANY + 1


class QueryCase(QueryCount, CycleCase):
    """One reviewer and, in turn, few and many reviews."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.crew = cls.env["hr.employee"]
        users = cls.env["res.users"].create(
            [
                {
                    "name": f"Crew {number:03}",
                    "login": f"crew{number:03}",
                    "email": f"crew{number:03}@example.com",
                    "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for number in range(MANY)
            ]
        )
        cls.crew = cls.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "department_id": cls.department.id,
                    "parent_id": cls.manager.id,
                }
                for user in users
            ]
        )
        others = cls.everybody.ids + cls.crew[FEW:].ids
        cls.cycle = cls.launch(excluded_employee_ids=[Command.set(others)])
        cls.add_contents(cls.cycle.review_ids)

    @classmethod
    def add_contents(cls, reviews):
        """Give each review what its card and its form show."""
        for review in reviews[:3]:
            cls.fill_sheet(review)

    @classmethod
    def grow(cls):
        """Take all the others into the cycle."""
        cls.cycle.excluded_employee_ids = [Command.set(cls.everybody.ids)]
        cls.cycle.action_launch()

    def assertSameQueries(self, calls, limits):
        """Check that each call costs as much with many reviews as with few.

        :param dict calls: name → function without arguments
        :param dict limits: name → number of queries when this was written
        """
        few = {name: self.count(call) for name, call in calls.items()}
        self.grow()
        self.assertEqual(len(self.cycle.review_ids), MANY)
        many = {name: self.count(call) for name, call in calls.items()}
        self.assertEqual(many, few)
        for name, limit in limits.items():
            with self.subTest(name):
                self.assertLessEqual(few[name], limit)


@tagged("post_install", "-at_install")
class TestQueries(QueryCase):
    def test_screens_of_the_reviewer(self):
        Review, card = self.screen("performance.review", "kanban", self.manager_user)
        _review, row = self.screen("performance.review", "list", self.manager_user)
        _review, sheet = self.screen("performance.review", "form", self.manager_user)
        domain = [("reviewer_user_id", "=", self.manager_user.id), ("state", "!=", "done")]
        review = self.cycle.review_ids[0].with_user(self.manager_user)

        def kanban():
            return Review.web_read_group(
                domain,
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=card,
                unfold_read_default_limit=LIMIT,
            )

        def listing():
            return Review.web_search_read(domain, row, limit=LIMIT)

        self.assertEqual(kanban()["groups"][0]["__count"], FEW)
        self.assertSameQueries(
            {
                "kanban": kanban,
                "list": listing,
                "form": lambda: review.web_read(sheet),
                "names": lambda: Review.name_search("Crew", limit=8),
            },
            # Fields that others add to the form may cost their query here; never one per review.
            {
                # 14: counts per step and the ids of the cards (2); reviews, their cycles,
                # agreements, points, checkpoints, department, employees and reviewers (8);
                # activities, which Odoo looks up by record, then reads with their rights (4);
                # what comes next: which cards may be read, and their points (2).
                "kanban": 16,
                # 7: ids in order, reviews, their cycles, employees, departments, reviewers, and
                # the points for what comes next.
                "list": 7,
                # The form with its contents, step by step: TestFormQueries.
                "form": 26,
                # 3: the search, and review and cycle for the name.
                "names": 3,
            },
        )

    def test_a_signature_that_is_missing_asks_for_nobody_alone(self):
        """Whether whoever has not signed has left the company is asked of all rows at once."""
        reviews = self.cycle.review_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE performance_review SET state = 'agreement' WHERE id IN %s",
            [tuple(reviews.ids)],
        )
        self.env.invalidate_all()
        agreements = self.env["performance.agreement"].create(
            [{"review_id": review.id} for review in reviews]
        )
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE performance_agreement
               SET state = 'proposed', proposed_on = now(), reviewer_signed_on = now()
             WHERE id IN %s
            """,
            [tuple(agreements.ids)],
        )
        self.env.invalidate_all()
        Review, card = self.screen("performance.review", "kanban", self.manager_user)
        _review, row = self.screen("performance.review", "list", self.manager_user)

        def kanban(ids):
            found = Review.web_read_group(
                [("id", "in", ids)],
                ["state"],
                ["__count"],
                auto_unfold=True,
                unfold_read_specification=card,
                unfold_read_default_limit=LIMIT,
            )
            records = next(group["__records"] for group in found["groups"] if group["__count"])
            for record in records:
                self.assertIn("is missing", record["next_action_text"])

        def listing(ids):
            Review.web_search_read([("id", "in", ids)], row, limit=LIMIT)

        for screen in (kanban, listing):
            few, many = (self.count(screen, reviews.ids[:number]) for number in (3, FEW))
            self.assertEqual(many, few, screen.__name__)

    def test_screens_of_hr(self):
        Review, row = self.screen("performance.review", "list", self.officer_user)
        Cycle, cycles = self.screen("performance.cycle", "list", self.officer_user)
        _cycle, form = self.screen("performance.cycle", "form", self.officer_user)
        cycle = self.cycle.with_user(self.officer_user)
        self.assertSameQueries(
            {
                "reviews": lambda: Review.web_search_read([], row, limit=LIMIT),
                "cycles": lambda: Cycle.web_search_read([], cycles, limit=LIMIT),
                "cycle": lambda: cycle.web_read(form),
                "preview": lambda: cycle._get_employees().search_count(cycle._get_launch_domain()),
            },
            {
                # 10: as the reviewer's list, and whether the reviewers' accounts are open; where a
                # rule wants HR, why, and who takes part. Two more, for all rows at once, with the
                # addon of what HR looks at, whose column says what they wait for.
                "reviews": 12,
                # 3: ids, cycles, and one count of the reviews for all of them.
                "cycles": 3,
                # 19: the cycle with its four population lists (5), count of the reviews, pulse,
                # how many reviews differ from today's organisation (2) and the names of company,
                # outline, HR responsible with partner and employees (7); by the same addon its
                # history, which begins with the launch, and by whom it was (at most 4); and the
                # means of the managers' practice.
                "cycle": 19,
                # 7: the cycle with its lists, those left out, and one count.
                "preview": 7,
            },
        )

    def test_no_screen_carries_the_ids_of_all(self):
        """A form with an id per employee would weigh more with every one of them."""
        cycle, form = self.screen("performance.cycle", "form", self.officer_user)
        self.assertNotIn("review_ids", form)
        self.grow()
        data = self.cycle.with_user(self.officer_user).web_read(form)
        self.assertLess(len(str(data)), 5000)


@tagged("post_install", "-at_install")
class TestFormQueries(QueryCase):
    """The review's form with everything it shows, in each step, and with twice as much."""

    # Reviewers open it dozens of times a day. With all a review can hold: test_queries_full.py.
    LIMITS = {"preparation": 26, "dialogue": 26, "agreement": 26, "follow_up": 26}

    def open_form(self, review):
        Review, sheet = self.screen("performance.review", "form", self.manager_user)
        # Alone, as a form reads it: together with others Odoo would read ahead for all.
        review = Review.browse(review.id)
        return self.count(lambda: review.web_read(sheet))

    def link_points(self, review):
        """Give the points themes and evidence, whose names the form shows."""
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": review.employee_id.id,
                "date_start": "2025-01-01",
                "date_end": "2025-12-31",
                "goal_ids": [
                    Command.create(
                        {
                            "name": f"KPI {number}",
                            "employee_id": review.employee_id.id,
                            "target": 10.0,
                        }
                    )
                    for number in range(3)
                ],
            }
        )
        for number, point in enumerate(review.point_ids):
            point.write(
                {
                    "goal_id": appraisal.goal_ids[number % 3].id,
                    "theme_id": self.theme.id if point.kind == "gap" else False,
                }
            )

    def add_plan(self, agreement, number):
        agreement.with_user(self.manager_user).write(
            {
                "goal_ids": [
                    Command.create(self.goal_vals(name=f"Goal {each}")) for each in range(number)
                ],
                "commitment_ids": [
                    Command.create(
                        {
                            "kind": "support",
                            "name": f"Support {each}",
                            "owner": "reviewer",
                            "date_deadline": "2026-06-30",
                        }
                    )
                    for each in range(number)
                ],
            }
        )

    def walk(self, review, number):
        """Take a review through its steps and return the queries of its form in each."""
        found = {}
        review.point_ids.unlink()
        self.fill_sheet(review, 3 * number)
        self.link_points(review)
        self.env["performance.note"].with_user(self.manager_user).create(
            [{"review_id": review.id, "body": f"Note {each}"} for each in range(number)]
        )
        found["preparation"] = self.open_form(review)
        as_reviewer = review.with_user(self.manager_user)
        as_reviewer.action_next()
        found["dialogue"] = self.open_form(review)
        as_reviewer.dialogue_id.write(
            {"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"}
        )
        as_reviewer.action_next()
        self.fill_agreement(review.agreement_id)
        self.add_plan(review.agreement_id, 4 * number)
        found["agreement"] = self.open_form(review)
        agreement = review.agreement_id
        agreement.with_user(self.manager_user).action_propose()
        self.sign_as(agreement, self.manager_user)
        self.sign_as(agreement, review.employee_user_id)
        self.assertEqual(review.state, "follow_up")
        for commitment in agreement.commitment_ids[: 2 * number]:
            self.env["performance.progress"].with_user(self.manager_user).create(
                {
                    "checkpoint_id": review.checkpoint_ids[0].id,
                    "commitment_id": commitment.id,
                    "percent": 40.0,
                }
            )
        found["follow_up"] = self.open_form(review)
        return found

    def test_full_form(self):
        first, second = self.cycle.review_ids[:2]
        few, many = self.walk(first, 1), self.walk(second, 2)
        self.assertEqual(many, few)
        for step, limit in self.LIMITS.items():
            with self.subTest(step):
                self.assertLessEqual(few[step], limit)


@tagged("post_install", "-at_install")
class TestAppraisalQueries(QueryCase):
    def test_appraisals(self):
        def add(people):
            self.env["performance.appraisal"].create(
                [
                    {
                        "employee_id": employee.id,
                        "goal_ids": [
                            Command.create(
                                {"name": "Orders", "employee_id": employee.id, "target": 10.0}
                            )
                        ],
                    }
                    for employee in people
                ]
            )

        add(self.crew[:FEW])
        Appraisal = self.env["performance.appraisal"].with_user(self.officer_user)
        views = Appraisal.get_views([(False, "list")])
        models = {name: {"fields": info["fields"]} for name, info in views["models"].items()}
        row = get_specification(
            etree.fromstring(views["views"]["list"]["arch"]), models, Appraisal._name
        )
        few = self.count(lambda: Appraisal.web_search_read([], row, limit=LIMIT))
        add(self.crew[FEW:])
        many = self.count(lambda: Appraisal.web_search_read([], row, limit=LIMIT))
        # 3: ids in order, appraisals, employees.
        self.assertEqual((few, many), (3, 3))


@tagged("post_install", "-at_install")
class TestLaunchQueries(QueryCase):
    def launch_cost(self, people):
        """Launch for so many people in the background's way; return queries and reviews."""
        cycle = self.create_cycle(
            name=f"For {people}",
            excluded_employee_ids=[Command.set(self.everybody.ids + self.crew[people:].ids)],
        )
        cycle.flush_recordset()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cycle.action_launch()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, len(cycle.review_ids)

    def test_launch_in_one_batch(self):
        self.launch_cost(5)  # warms what is read once per process
        few, few_reviews = self.launch_cost(100)
        many, many_reviews = self.launch_cost(200)
        self.assertEqual((few_reviews, many_reviews), (100, 200))
        # 48 and 53 when this was written. Paid once per launch: the population and who is left
        # out of it, appraisals, previous reviews, outlines, one level of the hierarchy after the
        # other, the digests. What grows is what the ORM writes at once, at most 100 rows a query.
        self.assertLess((many - few) / 100, 0.2)
        self.assertLess(few, 80)


@tagged("post_install", "-at_install")
class TestPortalQueries(QueryCase, HttpCase):
    """The employee's pages, with few and with many reviews of that employee."""

    def test_portal(self):
        user = self.crew[0].user_id
        user.password = "crew-password"
        self.authenticate(user.login, "crew-password")
        own = self.cycle.review_ids.filtered(lambda review: review.employee_user_id == user)
        pages = {
            "list": "/my/reviews",
            "one": f"/my/reviews/{own.id}",
        }
        few = {name: self.count_page(address) for name, address in pages.items()}
        self.grow()
        self.env.flush_all()
        # Nobody has 200 reviews; what counts is that no page walks over the others.
        self.env.cr.execute(
            "UPDATE performance_review SET employee_user_id = %s WHERE cycle_id = %s",
            (user.id, self.cycle.id),
        )
        self.env.invalidate_all()
        many = {name: self.count_page(address) for name, address in pages.items()}
        # 15 and 19 when this was written, session, user and layout among them.
        self.assertEqual(many, few)
