from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import PerformanceCommon


@tagged("post_install", "-at_install")
class TestPreparation(PerformanceCommon):
    """The 3×3 sheet: what counts, what is pointed at, who sees how far it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch()
        cls.review = cls.review_of(cls.cycle, cls.worker)
        cls.as_manager = cls.review.with_user(cls.manager_user)
        cls.Point = cls.env["performance.point"].with_user(cls.manager_user)

    def create_point(self, **vals):
        return self.Point.create(
            {"review_id": self.review.id, "kind": "gap", "name": "Late handover", **vals}
        )

    def create_kpi(self, employee):
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": employee.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 2, 28),
                "goal_ids": [
                    Command.create(
                        {
                            "name": "Output",
                            "employee_id": employee.id,
                            "target": 10.0,
                            "actual": 8.0,
                        }
                    )
                ],
            }
        )
        appraisal.action_confirm()
        return appraisal.goal_ids

    def create_incident(self, author, shared=True, **vals):
        incident = (
            self.env["performance.incident"]
            .with_user(author)
            .create(
                {
                    "employee_id": self.worker.id,
                    "name": "Stopped the line in time",
                    "polarity": "positive",
                    **vals,
                }
            )
        )
        if shared:
            incident.action_share()
        return incident

    def missing(self):
        return {blocker["code"]: blocker["message"] for blocker in self.as_manager.get_blockers()}

    # ------------------------------------------------------------------
    # The gate
    # ------------------------------------------------------------------

    def test_thresholds_come_from_the_cycle(self):
        self.fill_sheet(self.review, number=2)
        self.assertEqual(
            set(self.missing()), {"strength_missing", "gap_missing", "support_missing"}
        )
        self.assertIn("2 of 3", self.missing()["gap_missing"])
        self.assertFalse(self.review._filter_sheet_complete())
        self.cycle.min_points = 2
        self.assertFalse(self.missing())
        self.assertTrue(self.review._filter_sheet_complete())
        self.cycle.min_points = 4
        self.assertIn("2 of 4", self.missing()["support_missing"])
        self.assertFalse(self.review._filter_sheet_complete())

    def test_the_default_threshold_is_the_companys(self):
        self.env.company.performance_min_points = 5
        self.assertEqual(self.create_cycle(name="Strict").min_points, 5)

    def test_more_of_one_kind_does_not_make_up_for_another(self):
        self.create_point(fact="On 3 February")
        self.Point.create(
            [
                {"review_id": self.review.id, "kind": "strength", "name": "x", "fact": "y"}
                for _index in range(9)
            ]
        )
        self.assertEqual(set(self.missing()), {"gap_missing", "support_missing"})
        self.assertAlmostEqual(self.as_manager.sheet_percent, 100 * 4 / 9, 3)

    def test_a_point_without_fact_or_link_does_not_count(self):
        for vals in ({}, {"fact": ""}, {"fact": "   \n "}):
            with self.subTest(vals):
                self.assertFalse(self.create_point(**vals).is_complete)
        self.assertFalse(self.create_point(name="  ", fact="On 3 February").is_complete)
        self.assertTrue(self.create_point(fact="On 3 February").is_complete)
        self.assertIn("1 of 3", self.missing()["gap_missing"])

    def test_a_link_to_goal_or_shared_incident_counts(self):
        point = self.create_point(goal_id=self.create_kpi(self.worker).id)
        self.assertTrue(point.is_complete)
        for author in self.manager_user | self.worker_user:
            incident = self.create_incident(author)
            self.assertTrue(self.create_point(incident_id=incident.id).is_complete)
        self.assertFalse(self.missing().get("gap_missing"))

    def test_deleted_evidence_does_not_count_any_more(self):
        kpi = self.create_kpi(self.worker)
        by_goal = self.create_point(goal_id=kpi.id)
        incident = self.create_incident(self.manager_user)
        by_incident = self.create_point(incident_id=incident.id)
        self.env.flush_all()
        kpi.unlink()
        incident.sudo().unlink()
        self.assertFalse(by_goal.goal_id)
        self.assertFalse(by_goal.is_complete)
        self.assertFalse(by_incident.is_complete)
        self.assertIn("0 of 3", self.missing()["gap_missing"])

    def test_evidence_is_of_this_employee_and_shared(self):
        private = self.create_incident(self.manager_user, shared=False)
        with self.assertRaises(UserError) as refused:
            self.create_point(incident_id=private.id)
        self.assertIn("Share the incident first", str(refused.exception))
        foreign_private = self.create_incident(self.worker_user, shared=False)
        with self.assertRaises(AccessError):
            self.create_point(incident_id=foreign_private.id)
        with self.assertRaises(UserError):
            self.create_point(goal_id=self.create_kpi(self.porter).id)
        with self.assertRaises(AccessError):
            self.create_point(goal_id=self.create_kpi(self.rival).id)

    def test_the_ring_follows_every_change(self):
        points = self.fill_sheet(self.review)
        self.assertEqual(self.as_manager.sheet_percent, 100.0)
        points[0].fact = False
        self.assertAlmostEqual(self.as_manager.sheet_percent, 100 * 8 / 9, 3)
        points[1:5].unlink()
        self.assertAlmostEqual(self.as_manager.sheet_percent, 100 * 4 / 9, 3)
        self.assertFalse(self.review._filter_sheet_complete())

    def test_how_far_the_sheet_is_depends_on_the_reader(self):
        self.fill_sheet(self.review)
        expected = {
            self.manager_user: 100.0, self.officer_user: 100.0, self.worker_user: 0.0,
            self.director_user: 0.0,
        }  # fmt: skip
        for user, percent in expected.items():
            with self.subTest(user.login):
                self.env.invalidate_all()
                self.assertEqual(self.review.with_user(user).sheet_percent, percent)

    # ------------------------------------------------------------------
    # Wording
    # ------------------------------------------------------------------

    def test_labels_are_pointed_at_in_both_languages(self):
        for text in ("He is lazy", "态度不好", "Communicates badly in meetings"):
            with self.subTest(text):
                self.assertTrue(self.create_point(name=text).label_warning)
                self.assertTrue(self.create_point(fact=text).label_warning)
        for text in ("Two handovers in March came a day late", "三月有两次交接晚了一天"):
            with self.subTest(text):
                self.assertFalse(self.create_point(name=text).label_warning)

    def test_a_label_warns_and_does_not_block(self):
        point = self.create_point(name="Lazy", fact="On 3 February")
        self.assertIn("azy", point.label_warning)
        self.assertTrue(point.is_complete)

    def test_a_fact_that_is_only_a_label_does_not_count(self):
        self.fill_sheet(self.review, number=2)
        kpi = self.create_kpi(self.worker)
        for fact in ("He is careless", "你不够专业", "lacks commitment, 沟通有问题"):
            with self.subTest(fact):
                point = self.create_point(name="Handover", fact=fact)
                self.assertFalse(point.is_complete)
                self.assertIn("no fact yet", point.label_warning)
                self.assertFalse(self.create_point(fact=fact, goal_id=kpi.id).is_complete)
        self.assertIn("2 of 3", self.missing()["gap_missing"])
        self.assertEqual(
            self.create_point(fact="Careless: two pallets without a label").is_complete, True
        )
        self.assertFalse(self.missing().get("gap_missing"))

    def test_what_is_missing_names_the_point_with_a_label_for_a_fact(self):
        self.fill_sheet(self.review, number=3)
        self.create_point(name="Order entry", fact="unreliable")
        self.assertFalse(self.missing(), "the sheet is full without it")
        self.review.gap_ids.filtered("is_complete")[0].unlink()
        late = self.create_point(name="Night shift", fact="责任心不强")
        self.assertEqual(
            self.missing()["only_label"],
            "The fact of “Order entry”, “Night shift” only labels a person: say what happened "
            "(step Preparation).",
        )
        late.fact = "3 月有五次没有填写交接记录"
        self.assertFalse(self.missing())

    def test_a_label_as_a_fact_is_told_while_typing(self):
        point = self.Point.new(
            {"review_id": self.review.id, "kind": "gap", "name": "Handover", "fact": "careless"}
        )
        self.assertFalse(point.is_complete)
        self.assertIn("careless", point.label_warning)
        point.fact = "Two handovers without a note"
        self.assertTrue(point.is_complete)
        self.assertFalse(point.label_warning)

    def test_a_word_of_hr_is_no_fact_either(self):
        before = self.create_point(fact="A real night owl")
        self.env.flush_all()
        self.env["performance.label.word"].with_user(self.administrator_user).create(
            {"name": "night owl"}
        )
        self.assertFalse(self.create_point(fact="A real night owl").is_complete)
        self.assertTrue(before.is_complete, "judged when it was written")

    def test_hr_adds_own_words(self):
        point = self.create_point(name="A real night owl")
        self.assertFalse(point.label_warning)
        self.env["performance.label.word"].with_user(self.administrator_user).create(
            [{"name": "night owl"}, {"name": "夜猫子"}]
        )
        self.env.invalidate_all()
        self.assertIn("night owl", point.label_warning)
        self.assertTrue(self.create_point(name="他是夜猫子").label_warning)

    def test_a_text_over_its_limit_is_refused_not_cut(self):
        with self.assertRaises(UserError) as refused:
            self.create_point(name="x" * 301)
        self.assertIn("300", str(refused.exception))
        self.assertIn("301", str(refused.exception))
        point = self.create_point(name="x" * 300)
        with self.assertRaises(UserError):
            point.name = "y" * 301
        self.assertEqual(point.name, "x" * 300)

    # ------------------------------------------------------------------
    # Repeats
    # ------------------------------------------------------------------

    def earlier_gap(self, year, theme, kind="gap"):
        cycle = self.launch(
            name=f"Year {year}",
            date_start=date(year, 1, 1),
            date_end=date(year, 12, 31),
            preparation_deadline=False,
            dialogue_deadline=False,
            agreement_deadline=False,
        )
        review = self.review_of(cycle, self.worker)
        self.Point.create(
            [
                {
                    "review_id": review.id,
                    "kind": kind,
                    "name": f"{kind} of {year}",
                    "fact": "x",
                    "theme_id": theme.id,
                }
            ]
            * 2
        )
        return review

    def test_repeats_are_counted_by_theme_over_earlier_cycles(self):
        other_theme = self.env["performance.theme"].create({"name": "Planning"})
        for year in (2023, 2024):
            self.earlier_gap(year, self.theme)
        self.earlier_gap(2025, other_theme)
        self.earlier_gap(2022, self.theme, kind="strength")
        later = self.earlier_gap(2027, self.theme)
        point = self.create_point(theme_id=self.theme.id)
        self.assertEqual(point.repeat_count, 2)
        self.assertEqual(later.point_ids.mapped("repeat_count"), [3, 3])
        self.assertEqual(self.create_point(theme_id=other_theme.id).repeat_count, 1)
        self.assertEqual(self.create_point().repeat_count, 0)
        strength = self.create_point(kind="strength", theme_id=self.theme.id)
        self.assertEqual(strength.repeat_count, 0)

    def test_gaps_of_other_people_are_no_repeats(self):
        cycle = self.launch(
            name="Year 2025", date_start=date(2025, 1, 1), date_end=date(2025, 12, 31)
        )
        self.Point.create(
            {
                "review_id": self.review_of(cycle, self.porter).id,
                "kind": "gap",
                "name": "x",
                "theme_id": self.theme.id,
            }
        )
        self.assertEqual(self.create_point(theme_id=self.theme.id).repeat_count, 0)

    def test_repeats_of_many_points_cost_no_more_queries(self):
        points = self.Point.create(
            [
                {"review_id": self.review.id, "kind": "gap", "name": "x", "theme_id": self.theme.id}
                for _index in range(30)
            ]
        )

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            records.browse(records.ids).mapped("repeat_count")
            return self.cr.sql_log_count - before

        self.assertEqual(cost(points[:3]), cost(points))

    # ------------------------------------------------------------------
    # Locks
    # ------------------------------------------------------------------

    def test_points_are_open_through_the_dialogue_and_locked_after_it(self):
        dialogue = self.to_dialogue(self.review).with_user(self.manager_user)
        point = self.review.point_ids[:1].with_user(self.manager_user)
        point.fact = "Seen again in the meeting"
        dialogue.write({"date_start": "2026-03-02 09:00:00", "date_end": "2026-03-02 10:00:00"})
        self.as_manager.action_next()
        refusals = {
            "write": lambda: point.write({"name": "Other"}),
            "create": self.create_point,
            "unlink": point.unlink,
            "one2many": lambda: self.as_manager.write(
                {"gap_ids": [Command.create({"kind": "gap", "name": "x"})]}
            ),
            "one2many unlink": lambda: self.as_manager.write(
                {"point_ids": [Command.delete(point.id)]}
            ),
        }
        for way, refused in refusals.items():
            with self.subTest(way), self.assertRaises(UserError) as error, self.cr.savepoint():
                refused()
            self.assertIn("Agreement", str(error.exception))

    def test_a_point_stays_with_its_review(self):
        point = self.create_point()
        other = self.review_of(self.cycle, self.porter)
        with self.assertRaises(AccessError):
            point.review_id = other
        point.write({"review_id": self.review.id})  # the same one is no change

    def test_the_card_itself_is_not_typed_in(self):
        for vals in (
            {"reviewer_id": self.peer_manager.id}, {"employee_id": self.porter.id},
            {"revealed_on": "2026-03-02 10:00:00"}, {"upper_user_ids": [Command.clear()]},
            {"date_done": "2026-03-02"}, {"cycle_id": self.create_cycle(name="x").id},
        ):  # fmt: skip
            with self.subTest(vals), self.assertRaises(AccessError):
                self.as_manager.write(vals)
            self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Appointment
    # ------------------------------------------------------------------

    def plan(self, user=None, **vals):
        wizard = (
            self.env["performance.review.meeting"]
            .with_user(user or self.manager_user)
            .create({"review_id": self.review.id, **vals})
        )
        return wizard, wizard.action_confirm

    def test_the_appointment_says_nothing_about_a_review(self):
        self.create_point(name="Never to be seen in a calendar", fact="x")
        action = self.as_manager.action_open_meeting()
        self.assertEqual(action["res_model"], "performance.review.meeting")
        wizard, confirm = self.plan(date_start="2026-03-09 10:00:00", location="Room 4")
        self.assertEqual(wizard.duration, 60)
        confirm()
        event = self.review.meeting_id
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.partner_ids, (self.worker_user | self.manager_user).partner_id)
        self.assertEqual(event.location, "Room 4")
        self.assertEqual(event.duration, 1.0)
        said = f"{event.name} {event.description}"
        for word in ("Never", "eview", "ppraisal", "Late"):
            self.assertNotIn(word, said)
        self.assertIn("Past", event.description)
        self.assertEqual(self.as_manager.action_open_meeting()["res_id"], event.id)

    def test_three_confirmations_make_one_appointment(self):
        before = self.env["calendar.event"].search_count([])
        vals = {"date_start": "2026-03-09 10:00:00"}
        _wizard, confirm = self.plan(**vals)
        for again in (confirm, confirm, self.plan(**vals)[1]):
            again()
        self.assertEqual(self.env["calendar.event"].search_count([]), before + 1)
        with self.assertRaises(UserError) as refused:
            self.plan(date_start="2026-03-10 10:00:00")[1]()
        self.assertIn("planned already", str(refused.exception))
        self.assertEqual(self.env["calendar.event"].search_count([]), before + 1)

    def test_an_appointment_that_cannot_be_read(self):
        for start, duration, location in (
            ("tomorrow", 60, None), (None, 60, None), ([1], 60, None), (5, 60, None),
            ("2026-03-09 10:00:00", "60", None), ("2026-03-09 10:00:00", 60.5, None),
            ("2026-03-09 10:00:00", 2**31, None), ("2026-03-09 10:00:00", 60, ["Room"]),
            ("9999-12-31 23:59:00", 60, None), ("2026-03-01 10:00:00", 60, None),
            ("2026-03-09 10:00:00", 60, "Room " * 101),
        ):  # fmt: skip
            with self.subTest(start=start, duration=duration), self.assertRaises(UserError):
                self.as_manager.action_plan_meeting(start, duration, location)
        self.assertFalse(self.review.meeting_id)

    def test_the_invitation_is_in_the_language_of_the_employee(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.worker_user.lang = "fr_FR"
        sections = self.env["performance.outline.question"]._fields["section"]
        past = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "performance.outline.question"),
             ("field_id.name", "=", sections.name), ("value", "=", "past")]
        )  # fmt: skip
        past.with_context(lang="fr_FR").name = "Passé"
        self.plan(date_start="2026-03-09 10:00:00")[1]()
        self.assertIn("Passé", self.review.meeting_id.description)

    def test_the_appointment_is_long_enough(self):
        wizard, confirm = self.plan(duration=20)
        with self.assertRaises(UserError) as refused:
            confirm()
        self.assertIn("30 minutes", str(refused.exception))
        self.cycle.min_duration = 90
        self.assertEqual(self.plan()[0].duration, 90)

    def test_the_next_working_morning_is_proposed(self):
        self.assertEqual(str(self.plan()[0].date_start), "2026-03-03 10:00:00")
        self.manager_user.tz = "Asia/Shanghai"
        self.assertEqual(str(self.plan()[0].date_start), "2026-03-03 02:00:00")

    def test_only_the_reviewer_plans(self):
        for user in (self.worker_user, self.officer_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.plan(user=user)[1]()
        self.assertFalse(self.review.meeting_id)

    # ------------------------------------------------------------------
    # As typed into the form
    # ------------------------------------------------------------------

    def test_the_manager_fills_the_sheet_in_the_form(self):
        kpi = self.create_kpi(self.worker)
        with Form(self.as_manager) as form:
            for kind in ("strength_ids", "gap_ids", "support_ids"):
                lines = getattr(form, kind)
                for index in range(3):
                    with lines.new() as line:
                        line.name = f"{kind} {index}"
                        if index:
                            line.fact = "On 3 February"
                        else:
                            line.goal_id = kpi.with_user(self.manager_user)
        self.assertEqual(self.as_manager.sheet_percent, 100.0)
        self.assertEqual(self.review.point_ids.mapped("kind").count("support"), 3)
        self.as_manager.action_next()
        with Form(self.as_manager) as form, form.gap_ids.edit(0) as line:
            line.theme_id = self.theme.with_user(self.manager_user)
            line.name = "He is lazy"
            self.assertTrue(line.label_warning)
        self.assertIn(self.theme, self.review.point_ids.theme_id)

    def test_notes_are_the_authors_alone(self):
        with Form(self.as_manager) as form, form.note_ids.new() as note:
            note.body = "Ask about the move"
        note = self.review.note_ids.with_user(self.manager_user)
        self.assertEqual(note.author_id, self.manager_user)
        self.assertEqual(note.display_name, "Private note")
        with self.assertRaises(AccessError):
            note.author_id = self.director_user
        for user in (self.officer_user, self.administrator_user, self.worker_user):
            self.env.invalidate_all()
            self.assertFalse(self.env["performance.note"].with_user(user).search([]))
        self.review.with_user(self.officer_user).action_reassign(self.peer_manager.id, "Moved")
        self.env.invalidate_all()
        Note = self.env["performance.note"]
        self.assertFalse(Note.with_user(self.peer_manager_user).search([]))
        self.assertEqual(Note.with_user(self.manager_user).search([]), note)
        with self.assertRaises(AccessError):
            note.body = "Written after the handover"

    # ------------------------------------------------------------------
    # Another reviewer (C3)
    # ------------------------------------------------------------------

    def reassign(self, user, reviewer, reason="The team has moved", reviews=None):
        return (reviews or self.review).with_user(user).action_reassign(reviewer.id, reason)

    def test_hr_reassigns_with_a_reason(self):
        self.fill_sheet(self.review)
        wizard = (
            self.env["performance.review.move"]
            .with_user(self.officer_user)
            .create(
                {
                    "review_ids": [Command.set(self.review.ids)],
                    "reviewer_id": self.peer_manager.id,
                    "reason": "  The team has moved  ",
                }
            )
        )
        wizard.action_confirm()
        self.assertEqual(self.review.reviewer_user_id, self.peer_manager_user)
        handover = self.review.log_ids
        self.assertEqual(handover.kind, "handover")
        self.assertEqual(handover.old_value, self.manager.name)
        self.assertEqual(handover.new_value, self.peer_manager.name)
        self.assertEqual(handover.reason, "The team has moved")
        self.assertEqual(handover.author_id, self.officer_user)
        self.env.invalidate_all()
        self.assertEqual(self.review.with_user(self.peer_manager_user).sheet_percent, 100.0)
        with self.assertRaises(AccessError):
            self.as_manager.read(["name"])
        self.assertIn(self.director_user, self.review.upper_user_ids)

    def test_reassigning_to_the_same_reviewer_changes_nothing(self):
        self.reassign(self.officer_user, self.manager)
        self.assertFalse(self.review.log_ids)

    def test_impossible_reviewers_are_refused(self):
        self.worker.sudo().parent_id = self.manager
        without_user = self.env["hr.employee"].create(
            {"name": "Nobody", "company_id": self.company.id}
        )
        cases = {
            "no user": (without_user, "why"),
            "portal user": (self.porter, "why"),
            "the employee": (self.worker, "why"),
            "no reason": (self.peer_manager, "   "),
            "no reason at all": (self.peer_manager, None),
        }
        for case, (reviewer, reason) in cases.items():
            with self.subTest(case), self.assertRaises(UserError):
                self.reassign(self.officer_user, reviewer, reason)
        self.assertEqual(self.review.reviewer_id, self.manager)

    def test_who_may_not_reassign(self):
        for user in (self.manager_user, self.worker_user, self.director_user, self.outsider_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.reassign(user, self.peer_manager)
        own = self.review_of(self.cycle, self.officer_employee)
        with self.assertRaises(AccessError):
            self.reassign(self.officer_user, self.peer_manager, reviews=own)
        self.reassign(self.administrator_user, self.peer_manager, reviews=own)
        self.assertEqual(own.reviewer_id, self.peer_manager)
