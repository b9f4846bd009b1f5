from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.performance_review.tests.queries_common import QueryCount

from .dashboard_common import DashboardCommon


@tagged("post_install", "-at_install")
class TestDashboard(QueryCount, DashboardCommon):
    """What came of the reviews: for HR, for whoever leads, and for nobody else."""

    def launch_last(self):
        return self.launch(
            name="Year 2025",
            date_start="2025-01-01",
            date_end="2025-12-31",
            preparation_deadline=False,
            dialogue_deadline=False,
            agreement_deadline=False,
        )

    def test_every_figure_has_words_and_a_unit(self):
        data = self.dashboard()
        self.assertEqual(
            [figure["code"] for figure in data["figures"]],
            [
                "completion", "lead", "closure", "debt", "length", "share", "future", "balance",
                "stance", "dispute", "refusal", "repeats",
            ],
        )  # fmt: skip
        for figure in data["figures"]:
            self.assertTrue(figure["label"] and figure["unit"] and figure["help"], figure["code"])
            self.assertTrue(figure["empty"] or figure["total"]["count"] or figure["rows"])

    def test_opens_the_largest_cycle_under_way(self):
        """A probation cycle of one newcomer is newer than the year of everybody."""
        few = self.launch(
            name="Probation",
            date_start="2026-03-01",
            date_end="2027-03-01",
            excluded_employee_ids=[Command.set((self.cycle.review_ids[1:].employee_id).ids)],
        )
        self.assertLess(few.review_count, self.cycle.review_count)
        self.assertEqual(self.dashboard()["cycle_id"], self.cycle.id)

    def test_departments_and_the_small_ones_together(self):
        figure = self.figure("completion")
        rows = {row["label"]: row for row in figure["rows"]}
        # The officer is one of the seven of the workshop, and sees no figure of her own.
        self.assertEqual(
            {label: row["count"] for label, row in rows.items()},
            {"Assembly": 11, "Paint": 6, "Workshop": 5, "Small departments together": 5},
        )
        self.assertEqual(figure["total"]["count"], 27)
        self.assertEqual(rows["Paint"]["parts"], [6, 0, 0, 0, 0])
        self.assertEqual(figure["steps"][0], "Preparation")
        self.set_state(self.reviews_in("Paint")[:3], "done")
        self.assertEqual(self.values("completion")["Paint"], 50)

    def test_what_was_agreed(self):
        agreements = [self.to_follow_up(review) for review in self.reviews_in("Paint")[:5]]
        lead = self.figure("lead")
        self.assertEqual(lead["total"]["count"], 5)
        self.assertEqual(self.values("stance")["Paint"], 0)
        self.assertIsNone(self.values("closure")["Paint"])
        for agreement in agreements[:2]:
            agreement.sudo().commitment_ids.write({"outcome": "closed"})
        for agreement in agreements[2:]:
            agreement.sudo().commitment_ids.write({"outcome": "untouched"})
        self.assertEqual(self.values("closure")["Paint"], 40)
        self.assertEqual(self.values("dispute")["Paint"], 0)
        self.assertEqual(self.values("refusal")["Paint"], 0)

    def test_overdue_supports_are_the_managers_debt(self):
        for review in self.reviews_in("Paint")[:5]:
            agreement = self.to_follow_up(review).sudo()
            support = agreement.commitment_ids.filtered(lambda line: line.owner == "reviewer")
        self.assertIsNone(self.values("debt")["Paint"])
        self.env.flush_all()
        self.env.cr.execute("UPDATE performance_commitment SET date_deadline = '2026-02-01'")
        self.env.invalidate_all()
        self.assertEqual(self.values("debt")["Paint"], 100)
        support.outcome = "closed"
        self.assertEqual(self.values("debt")["Paint"], 80)

    def test_disputes_and_stances(self):
        for number, review in enumerate(self.reviews_in("Paint")[:5]):
            agreement = self.to_proposed(review)
            if number:
                self.sign_as(agreement, review.reviewer_user_id)
                stance = "acknowledge" if number == 1 else "agree"
                self.sign_as(agreement, review.employee_user_id, stance=stance)
            else:
                disputed = agreement
                self.dispute_as(agreement, review.employee_user_id)
        # What is still in dispute is not yet a figure.
        self.assertIsNone(self.values("dispute")["Paint"])
        disputed.with_user(self.administrator_user).action_close_by_hr("Both statements stay")
        self.assertEqual(self.values("dispute")["Paint"], 20)
        # Four signatures are too few.
        self.assertIsNone(self.values("stance")["Paint"])
        sixth = self.to_proposed(self.reviews_in("Paint")[5])
        self.sign_as(sixth, self.peer_manager_user)
        self.sign_as(sixth, sixth.sudo().review_id.employee_user_id)
        self.assertEqual(self.values("stance")["Paint"], 20)

    def test_talks_move_on_by_five(self):
        for number, review in enumerate(self.reviews_in("Assembly")[:4]):
            self.hold_talk(review, 30 + number)
        self.assertIsNone(self.values("length")["Assembly"])
        self.assertEqual(self.figure("length")["empty"], "Too few people yet")
        self.hold_talk(self.reviews_in("Assembly")[4], 40, seconds=1800)
        self.assertEqual(self.values("length")["Assembly"], 33)
        self.assertEqual(self.values("share")["Assembly"], 55)
        for review in self.reviews_in("Assembly")[5:9]:
            self.hold_talk(review, 600)
            self.assertEqual(self.values("length")["Assembly"], 33)

    def test_gaps_that_come_back(self):
        last = self.launch_last()
        points = [
            {"review_id": review.id, "kind": "gap", "name": "Late", "theme_id": self.theme.id}
            for cycle, count in ((self.cycle, 7), (last, 6))
            for review in cycle.review_ids.filtered(
                lambda review: review.department_id.name == "Assembly"
            ).sorted("employee_id")[:count]
        ]
        self.env["performance.point"].create(points)
        self.assertFalse(self.figure("repeats", cycle_id=self.cycle.id)["rows"])
        for review in self.reviews_in("Assembly").sorted("employee_id")[:10]:
            self.hold_agreement(review)
        (row,) = self.figure("repeats", cycle_id=self.cycle.id)["rows"]
        self.assertEqual((row["label"], row["value"]), ("Handover", 5))
        self.assertFalse(self.figure("repeats", cycle_id=last.id)["rows"])
        self.assertFalse(self.figure("repeats", department=-1)["rows"])

    def test_how_talks_were_led_is_told_of_the_whole_alone(self):
        self.env["performance.practice"].sudo().create(
            {"cycle_id": self.cycle.id, "shown": {"balance": [70, 5], "future_share": [40, 10]}}
        )
        self.assertEqual(self.figure("balance")["total"]["value"], 70)
        self.assertEqual(self.figure("future")["total"]["count"], 10)
        row = self.departments["Assembly"].id
        self.assertIn("its manager", self.figure("balance", department=row)["empty"])
        # A director reads nobody's mirror, nor their mean.
        self.assertFalse(self.figure("balance", self.director_user)["rows"])

    def test_whoever_led_talks_sees_the_own_balance(self):
        self.env["performance.mirror"].sudo().create(
            [
                {
                    "user_id": self.manager_user.id, "review_id": review.id,
                    "cycle_id": self.cycle.id, "company_id": self.company.id,
                    "date": "2026-03-01", "balance": 10 * number,
                }
                for number, review in enumerate(self.reviews_in("Assembly")[:6])
            ]
        )  # fmt: skip
        figure = self.figure("balance", self.manager_user)
        # From the first one on: they stand in the own mirror one by one.
        self.assertEqual((figure["total"]["value"], figure["total"]["count"]), (25, 6))
        self.assertTrue(figure["counts_talks"])
        self.assertIn("nobody else", figure["help"])
        self.assertFalse(self.figure("balance", self.peer_manager_user)["rows"])
        self.assertFalse(self.figure("balance", self.director_user)["rows"])

    def test_all_years(self):
        last = self.launch_last()
        data = self.dashboard(period="all")
        # The rest is asked for when this stands on the screen.
        self.assertEqual([figure["code"] for figure in data["figures"]], ["completion"])
        rows = data["figures"][0]["rows"]
        self.assertEqual([row["key"] for row in rows], [last.id, self.cycle.id])
        self.assertEqual([row["count"] for row in rows], [27, 27])
        row = self.departments["Paint"].id
        rows = self.figure("completion", period="all", department=row)["rows"]
        self.assertEqual([row["count"] for row in rows], [6, 6])

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_a_manager_sees_the_own_people(self):
        figure = self.figure("completion", self.manager_user)
        # Worker and porter are too few to stand alone, and the whole would give them away.
        self.assertEqual(
            {row["label"]: row["count"] for row in figure["rows"]},
            {"Small departments together": 13},
        )
        figure = self.figure("completion", self.director_user)
        self.assertEqual(figure["total"]["count"], 28)

    def test_a_manager_below_the_threshold_sees_nothing(self):
        self.env.cr.execute("UPDATE performance_cycle SET manager_minimum = 14")
        data = self.dashboard(self.manager_user)
        for figure in data["figures"]:
            self.assertTrue(figure["empty"], figure["code"])
            self.assertTrue(all(row["value"] is None for row in figure["rows"]))
        self.env.cr.execute("UPDATE performance_cycle SET manager_minimum = 13")
        self.assertEqual(self.figure("completion", self.manager_user)["total"]["count"], 13)

    def test_nobody_else_sees_anything(self):
        for user in (self.worker_user, self.porter_user, self.outsider_user, self.stranger_user):
            with self.assertRaises(AccessError):
                self.dashboard(user)
            with self.assertRaises(AccessError):
                self.report.with_user(user).action_open_dashboard_reviews({})
        foreign = self.report.with_user(self.foreign_officer_user)
        foreign = foreign.with_context(allowed_company_ids=self.other_company.ids)
        self.assertEqual(foreign.get_dashboard()["cycles"], [])
        with self.assertRaises(UserError):
            foreign.action_open_dashboard_reviews({"cycle_id": self.cycle.id})

    def test_core_hr_without_our_group_sees_nothing(self):
        self.outsider_user.group_ids |= self.env.ref("hr.group_hr_manager")
        with self.assertRaises(AccessError):
            self.dashboard(self.outsider_user)

    def test_hr_sees_no_figure_of_herself(self):
        for review in self.cycle.review_ids.filtered(
            lambda review: review.department_id == self.department
        ):
            minutes = 900 if review.employee_id == self.officer_employee else 30
            self.hold_talk(review, minutes)
        self.assertEqual(self.values("length")["Workshop"], 30)

    def test_the_number_of_queries_is_not_that_of_the_departments(self):
        Report = self.report.with_user(self.officer_user)
        filters = {"cycle_id": self.cycle.id}
        rows = {str(department.id): department.id for department in self.departments.values()}
        self.cycle.sudo().figure_groups = dict.fromkeys(rows, -1)
        together = self.count(Report.get_dashboard, filters)
        self.cycle.sudo().figure_groups = rows
        # All names in one query.
        self.assertLessEqual(self.count(Report.get_dashboard, filters), together + 1)

    def test_of_a_large_cycle_the_quick_figures_come_first(self):
        module = (
            "odoo.addons.performance_review_analytics.models.performance_review_report_dashboard"
        )
        codes = self.dashboard(cycle_id=self.cycle.id)["codes"]
        with patch(f"{module}.LARGE", 5):
            data = self.dashboard(cycle_id=self.cycle.id)
            self.assertEqual([figure["code"] for figure in data["figures"]], ["completion"])
            self.assertEqual(data["codes"], codes)
            # The page for the board has them all.
            self.assertGreater(
                len(self.cycle.with_user(self.officer_user)._prepare_board()["figures"]), 1
            )

    def test_the_menu(self):
        menu = self.env.ref("performance_review_analytics.menu_dashboard")
        for user, expected in (
            (self.officer_user, True), (self.manager_user, True), (self.director_user, True),
            (self.worker_user, False), (self.outsider_user, False),
        ):  # fmt: skip
            found = menu.id in self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertEqual(found, expected, user.login)

    def test_the_menu_follows_a_handover_at_once(self):
        """Odoo keeps the menus of a user: whom somebody leads is asked anew."""
        menu = self.env.ref("performance_review_analytics.menu_dashboard")

        def finds(user):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            parent = menus[menu.parent_id.id]
            self.assertEqual(menu.id in menus, menu.id in parent["children"])
            return menu.id in menus

        lead = self.env["hr.employee"].create(
            {"name": "New lead", "user_id": self.outsider_user.id, "company_id": self.company.id}
        )
        self.assertFalse(finds(self.outsider_user))
        self.assertTrue(finds(self.peer_manager_user))
        reviews = self.cycle.review_ids.filtered(
            lambda review: review.reviewer_user_id == self.peer_manager_user
        )
        reviews.with_user(self.officer_user).action_reassign(lead.id, "New head of the paint shop")
        self.assertTrue(finds(self.outsider_user))
        self.assertFalse(finds(self.peer_manager_user))
        self.assertTrue(finds(self.director_user))
        # Nor is it found any more after what somebody leads was deleted outright.
        reviews.unlink()
        self.assertFalse(finds(self.outsider_user))

    def test_a_row_opens_what_its_reader_may_read(self):
        Report = self.report.with_user(self.officer_user)
        for row in self.figure("completion")["rows"]:
            action = Report.action_open_dashboard_reviews({"department": row["key"]})
            found = self.env["performance.review"].with_user(self.officer_user)
            self.assertEqual(found.search_count(action["domain"]), row["count"], row["label"])
        action = self.report.with_user(self.manager_user).action_open_dashboard_reviews(
            {"cycle_id": self.cycle.id}
        )
        found = self.env["performance.review"].with_user(self.manager_user)
        reviews = found.search(action["domain"]).sudo()
        self.assertEqual(len(reviews), 13)
        self.assertEqual(reviews.reviewer_user_id, self.manager_user)

    def test_wrong_filters_are_refused(self):
        for wrong in (
            {"period": "week"}, {"period": 3}, {"cycle_id": "x"}, {"cycle_id": 2**31 - 1},
            {"department": 2**31 - 1}, {"department": -2}, {"department": "a"},
            {"department": float("nan")}, {"figures": "lead"}, {"figures": ["none"]},
            {"figures": [[]]}, [1], "all", {"cycle_id": -1},
        ):  # fmt: skip
            with self.assertRaises(UserError, msg=str(wrong)):
                self.report.with_user(self.officer_user).get_dashboard(wrong)

    def test_the_threshold_stays_as_it_was(self):
        with self.assertRaises(UserError):
            self.cycle.manager_minimum = 3
        self.company.performance_manager_minimum = 7
        later = self.create_cycle(name="Later")
        with_company = self.env["performance.cycle"].with_company(self.company)
        self.assertEqual(with_company.default_get(["manager_minimum"])["manager_minimum"], 7)
        later.manager_minimum = 3

    def test_the_number_of_queries_is_the_number_of_questions(self):
        report = self.report.with_user(self.officer_user)
        for review in self.reviews_in("Assembly")[:5]:
            self.hold_talk(review, 30)
        for review in self.reviews_in("Paint")[:5]:
            self.to_follow_up(review)
        few = self.count(report.get_dashboard, {})
        for review in self.reviews_in("Assembly")[5:]:
            self.hold_talk(review, 30)
        self.to_follow_up(self.reviews_in("Paint")[5])
        self.assertLessEqual(self.count(report.get_dashboard, {}), few)
        self.assertLessEqual(few, 30)
