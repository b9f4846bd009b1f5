from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import PerformanceCommon
from .test_portal import PortalCase

START = "2026-03-10 09:00:00"


class ByRuleCase(PerformanceCommon):
    """Two years: what the first leaves behind is what the rules of the second look at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr_user = cls.administrator_user
        # Odoo's own scale, from the first step to the last.
        cls.lowest = cls.env["performance.rating"].search([], order="value", limit=1)
        cls.company.performance_hr_user_id = cls.hr_user

    @classmethod
    def launch_year(cls, year, **vals):
        cycle = cls.launch(
            name=f"Year {year}",
            date_start=date(year, 1, 1),
            date_end=date(year, 12, 31),
            excluded_employee_ids=[Command.set((cls.director | cls.peer_manager).ids)],
            **vals,
        )
        return cls.review_of(cycle, cls.worker)

    @classmethod
    def flag(cls, employee=None, kind="key_talent"):
        return (
            cls.env["performance.flag"]
            .with_user(cls.officer_user)
            .create({"employee_id": (employee or cls.worker).id, "kind": kind, "note": "Next lead"})
        )

    def codes(self, review, user=None):
        """Return why HR is wanted, as ``user`` may read it."""
        reasons = self.env["performance.hr.reason"].with_user(user or self.env.user)
        return set(reasons.search([("review_id", "=", review.id)]).mapped("code"))

    def hr_of(self, review):
        self.env.invalidate_all()
        return review._get_participant("hr").user_id


@tagged("post_install", "-at_install")
class TestByRule(ByRuleCase):
    """When HR takes part, who of HR, and who reads why (R2)."""

    def test_a_launch_looks_at_every_rule(self):
        first = self.launch_year(2025)
        self.assertFalse(self.codes(first))
        self.assertFalse(self.hr_of(first))
        self.dispute_as(self.to_proposed(first), self.worker_user)
        self.assertEqual(self.codes(first), {"dispute"})
        self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 12, 31),
                "rating_id": self.lowest.id,
            }
        )
        self.flag()
        self.worker.parent_id = self.peer_manager
        second = self.launch_year(2026)
        self.assertEqual(
            self.codes(second), {"lowest_rating", "dispute_before", "flag", "reviewer"}
        )
        self.assertEqual(self.hr_of(second), self.hr_user)
        # A colleague nothing has happened to.
        self.assertFalse(self.codes(self.review_of(second.cycle_id, self.porter)))

    def test_a_rating_that_comes_later_and_is_corrected(self):
        review = self.launch_year(2026)
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.worker.id,
                "date_start": date(2026, 1, 1),
                "date_end": date(2026, 12, 31),
                "rating_id": self.lowest.id,
                "state": "confirmed",
            }
        )
        review.cycle_id._link_appraisals(self.worker)
        self.assertEqual(self.codes(review), {"lowest_rating"})
        self.assertEqual(self.hr_of(review), self.hr_user)
        better = self.env["performance.rating"].search([("id", "!=", self.lowest.id)], limit=1)
        as_hr = appraisal.with_user(self.officer_user)
        as_hr.action_correct({"rating_id": better.id}, "Two columns were mixed up")
        self.assertFalse(self.codes(review))
        self.assertFalse(self.hr_of(review))

    def test_the_same_gap_for_the_third_time(self):
        def gap(review):
            return self.env["performance.point"].create(
                {
                    "review_id": review.id,
                    "kind": "gap",
                    "name": "Late",
                    "fact": "On 3 March",
                    "theme_id": self.theme.id,
                }
            )

        for year in (2023, 2024):
            gap(self.launch_year(year))
        review = self.launch_year(2025)
        self.assertFalse(self.codes(review))
        point = gap(review)
        self.assertEqual(self.codes(review), {"repeat"})
        point.theme_id = False
        self.assertFalse(self.codes(review))
        point.theme_id = self.theme
        self.assertEqual(self.codes(review), {"repeat"})
        point.unlink()
        self.assertFalse(self.codes(review))

    def test_another_reviewer_in_the_middle(self):
        review = self.launch_year(2026)
        as_hr = review.with_user(self.officer_user)
        as_hr.action_reassign(self.peer_manager.id, "Moved")
        self.assertEqual(self.codes(review), {"reviewer"})
        self.assertEqual(self.hr_of(review), self.hr_user)

    def test_who_takes_part_for_hr_is_none_of_the_two(self):
        self.company.performance_hr_user_id = False
        self.flag()
        review = self.launch_year(2026)
        self.assertEqual(self.hr_of(review), self.officer_user, "responsible for the cycle")
        # HR has become the reviewer: somebody else is asked for, or nobody.
        self.company.performance_hr_user_id = self.hr_user
        review.with_user(self.hr_user).action_reassign(self.officer_employee.id, "Moved")
        self.assertEqual(self.hr_of(review), self.hr_user)

    def test_a_rule_that_is_switched_off(self):
        self.company.performance_hr_flag = False
        self.flag()
        review = self.launch_year(2026)
        self.assertFalse(self.codes(review))
        self.company.performance_hr_flag = True
        self.flag(kind="retention_risk")
        self.assertEqual(self.codes(review), {"flag"})
        # What has been said stays as long as nobody looks.
        self.company.performance_hr_flag = False
        self.env["performance.flag"].search([]).with_user(self.officer_user).unlink()
        self.assertEqual(self.codes(review), {"flag"})

    def test_a_flag_that_is_taken_back(self):
        flag = self.flag()
        review = self.launch_year(2026)
        self.assertEqual(self.codes(review), {"flag"})
        flag.active = False
        self.assertFalse(self.codes(review))
        self.assertFalse(self.hr_of(review))
        flag.active = True
        self.assertEqual(self.codes(review), {"flag"})

    # ------------------------------------------------------------------
    # Who reads it
    # ------------------------------------------------------------------

    def test_a_flag_looks_like_a_decision_of_hr(self):
        self.flag()
        flagged = self.launch_year(2026)
        decided = self.review_of(flagged.cycle_id, self.porter)
        decided.with_user(self.officer_user).action_set_hr(self.hr_user.id)
        names = ["hr_reason_ids", "hr_reason_text", "participant_text"]
        self.env.invalidate_all()  # another request than the one that noted the flag
        told = [review.with_user(self.manager_user).read(names)[0] for review in (flagged, decided)]
        for each in told:
            each.pop("id")
        self.assertEqual(*told)
        self.assertEqual(told[0]["hr_reason_text"], "By a decision of HR")
        rows = self.env["performance.participant"].with_user(self.manager_user)
        first, second = (
            rows.search([("review_id", "=", review.id)]).read() for review in (flagged, decided)
        )
        for each in first + second:
            for name in ("id", "review_id"):
                each.pop(name)
        self.assertEqual(first, second)
        as_hr = flagged.with_user(self.officer_user)
        self.assertEqual(as_hr.hr_reason_text, "A flag of HR")
        self.assertEqual(as_hr.flag_text, "Key talent")
        with self.assertRaises(AccessError):
            flagged.with_user(self.manager_user).read(["flag_text"])

    def test_nobody_finds_out_by_searching(self):
        self.flag()
        review = self.launch_year(2026)
        review._store_hr_reasons({"repeat": review})
        asked = {
            "a row": [("hr_reason_ids", "!=", False)],
            "the code": [("hr_reason_ids.code", "=", "flag")],
            "any": [("hr_reason_ids", "any", [("code", "=", "flag")])],
            "who": [("participant_ids", "!=", False)],
            "by name": [("participant_ids.name", "=", self.hr_user.name)],
        }
        found = {
            user: {
                name
                for name, domain in asked.items()
                if self.env["performance.review"].with_user(user).search(domain)
            }
            for user in (
                self.officer_user,
                self.manager_user,
                self.worker_user,
                self.director_user,
            )
        }
        self.assertEqual(found[self.officer_user], set(asked))
        self.assertEqual(found[self.manager_user], {"a row", "who", "by name"})
        self.assertEqual(found[self.worker_user], {"who", "by name"})
        self.assertEqual(found[self.director_user], set())
        by_code = self.env["performance.hr.reason"].with_user(self.manager_user)
        self.assertEqual(
            by_code._read_group([], ["code"], ["__count"]), [("repeat", 1)], "by group"
        )
        for user in (self.manager_user, self.worker_user, self.director_user, self.porter_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["performance.flag"].with_user(user).search([("kind", "=", "key_talent")])

    def test_hr_reads_nothing_about_itself(self):
        about_hr = self.flag()
        with self.assertRaises(AccessError):
            self.flag(self.officer_employee)
        mine = (
            self.env["performance.flag"]
            .with_user(self.hr_user)
            .create({"employee_id": self.officer_employee.id, "kind": "sensitive"})
        )
        review = self.review_of(self.launch_year(2026).cycle_id, self.officer_employee)
        self.assertEqual(self.codes(review), {"flag"})
        as_officer = review.with_user(self.officer_user)
        self.assertFalse(self.codes(review, self.officer_user))
        self.assertFalse(as_officer.flag_text)
        self.assertFalse(as_officer.hr_reason_text)
        self.assertEqual(as_officer.participant_text, f"{self.hr_user.name} (HR)")
        flags = self.env["performance.flag"].with_user(self.officer_user)
        self.assertEqual(flags.search([]), about_hr)
        # Whoever may edit files of employees is the same person afterwards.
        self.officer_employee.user_id = False
        self.env.flush_all()
        self.assertEqual(flags.search([]), about_hr)
        self.assertFalse(mine.with_user(self.officer_user).has_access("read"))
        for verb in ("action_withdraw_hr", "action_open_set_hr"):
            with self.subTest(verb):
                if verb == "action_withdraw_hr":
                    with self.assertRaises(AccessError):
                        getattr(as_officer, verb)()
                else:
                    wizard = self.env["performance.participant.choose"].with_user(self.officer_user)
                    wizard = wizard.create(
                        {"review_id": review.id, "kind": "hr", "user_id": self.hr_user.id}
                    )
                    with self.assertRaises(AccessError):
                        wizard.action_confirm()

    # ------------------------------------------------------------------
    # What people do with it
    # ------------------------------------------------------------------

    def test_hr_names_somebody_and_stays_away(self):
        self.company.performance_hr_user_id = False
        self.flag()
        review = self.launch_year(2026, user_id=False)
        self.assertFalse(self.hr_of(review))
        as_hr = review.with_user(self.officer_user)
        self.assertEqual(as_hr._get_next_action()["code"], "hr_wanted")
        found = as_hr.search([("hr_reason_ids", "any", [("is_waived", "=", False)])])
        self.assertEqual(found, review)
        wizard = self.env["performance.participant.choose"].with_user(self.officer_user)
        wizard = wizard.create({"review_id": review.id, "kind": "hr"})
        self.assertIn(self.hr_user, wizard.candidate_ids)
        self.assertNotIn(self.manager_user, wizard.candidate_ids)
        wizard.user_id = self.officer_user
        wizard.action_confirm()
        self.assertEqual(self.hr_of(review), self.officer_user)
        self.assertIn("You take part", as_hr._get_next_action()["text"])
        for user in (self.manager_user, self.foreign_officer_user, self.porter_user):
            with self.subTest(user.login), self.assertRaises(UserError):
                as_hr.action_set_hr(user.id)
        as_hr.action_withdraw_hr()
        self.assertFalse(self.hr_of(review))
        self.assertEqual(as_hr._get_next_action()["code"], "nothing")
        self.assertIn("stays away", as_hr.hr_reason_text)
        # Something new happens: HR is asked again.
        review._store_hr_reasons({"repeat": review})
        self.assertEqual(as_hr._get_next_action()["code"], "hr_wanted")
        for user in (self.manager_user, self.worker_user, self.director_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                review.with_user(user).action_withdraw_hr()

    def test_the_invitation_follows_who_takes_part(self):
        review = self.launch_year(2026)
        as_employee = review.with_user(self.worker_user)
        as_employee.action_name_companion("Union", "union@example.org")
        review.with_user(self.manager_user).action_plan_meeting(START, 60)
        event = review.meeting_id
        two = (self.worker_user | self.manager_user).partner_id
        guests = event.partner_ids - two
        self.assertEqual(guests.mapped("email"), ["union@example.org"])
        mails = self.env["mail.mail"].sudo().search([], order="id desc", limit=10)
        mail = mails.filtered(lambda each: "Union" in (each.body_html or ""))
        self.assertTrue(mail, "the mail of the appointment says who takes part")
        # Afterwards: a flag, another companion, nobody.
        self.flag()
        self.assertIn(self.hr_user.partner_id, event.partner_ids)
        as_employee.action_name_companion(False, None, self.porter.id)
        self.assertIn(self.porter_user.partner_id, event.partner_ids)
        self.assertFalse(event.partner_ids & guests)
        as_employee.action_remove_companion()
        review.with_user(self.officer_user).action_withdraw_hr()
        self.assertEqual(event.partner_ids, two)

    def test_a_guest_who_declines_is_none_of_the_two(self):
        self.flag()
        review = self.launch_year(2026)
        review.with_user(self.manager_user).action_plan_meeting(START, 60)
        attendees = review.meeting_id.attendee_ids
        attendees.filtered(lambda each: each.partner_id == self.hr_user.partner_id).do_decline()
        self.assertFalse(review._is_meeting_declined())
        attendees.filtered(lambda each: each.partner_id == self.worker_user.partner_id).do_decline()
        self.assertTrue(review._is_meeting_declined())

    def test_times_are_free_for_hr_as_well(self):
        self.company.performance_hr_user_id = self.officer_user
        calendar = self.company.resource_calendar_id
        calendar.tz = "UTC"
        (self.worker | self.manager | self.officer_employee).write(
            {"resource_calendar_id": calendar.id, "tz": "UTC"}
        )
        review = self.launch_year(2026).with_user(self.manager_user)
        self.assertEqual(review.get_meeting_clashes(START, 60), [])
        self.env["calendar.event"].create(
            {
                "name": "Secret",
                "start": START,
                "stop": "2026-03-10 10:00:00",
                "user_id": self.officer_user.id,
                "partner_ids": [Command.set(self.officer_user.partner_id.ids)],
            }
        )
        self.assertEqual(review.get_meeting_clashes(START, 60), [])
        self.flag()
        said = review.get_meeting_clashes(START, 60)
        self.assertEqual(said, [f"{self.officer_employee.name} has something else at this time."])

    def test_companions_that_are_none(self):
        review = self.launch_year(2026)
        as_employee = review.with_user(self.worker_user)
        for arguments in (
            ("", "a@example.com"),
            ("  ",),
            ("Somebody", "no address"),
            ("Somebody", None, self.manager.id),
            ("Somebody", None, self.worker.id),
            ("Me", self.manager_user.email),
            ("x" * 201,),
            (["x"],),
            ("Somebody", None, 10**9),
        ):
            with self.subTest(arguments), self.assertRaises(UserError):
                as_employee.action_name_companion(*arguments)
        for user in (self.manager_user, self.officer_user, self.director_user, self.porter_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                review.with_user(user).action_name_companion("Somebody")
        as_employee.action_name_companion("Somebody")
        self.to_agreement(review)
        for verb in (
            lambda: as_employee.action_name_companion("Too late"),
            as_employee.action_remove_companion,
            review.with_user(self.officer_user).action_withdraw_hr,
        ):
            with self.assertRaises(UserError):
                verb()
        self.assertEqual(as_employee.participant_text, "Somebody (Companion)")
        self.assertEqual(review.with_user(self.manager_user).participant_text[:8], "Somebody")
        self.assertFalse(review.with_user(self.director_user).participant_text)


@tagged("post_install", "-at_install")
class TestPortalParticipants(PortalCase):
    """The employee without a licence reads who takes part and brings somebody along."""

    def test_who_takes_part_and_not_why(self):
        self.env["performance.flag"].create(
            {"employee_id": self.porter.id, "kind": "key_talent", "note": "Next lead"}
        )
        self.log_in(self.porter_user)
        page = self.get().text
        self.assertIn("Pr Officer (HR)", page)
        for hidden in ("Key talent", "flag", "decision of HR"):
            self.assertNotIn(hidden, page)
        self.as_manager = self.review.with_user(self.manager_user)
        self.as_manager.action_plan_meeting(START, 45)
        page = self.post("/companion", name="Union <b>", email="union@example.org").text
        self.assertIn("Union &lt;b&gt; (Companion)", page)
        self.env.invalidate_all()
        event = self.review.meeting_id
        self.assertIn("union@example.org", event.partner_ids.mapped("email"))
        self.assertIn(self.officer_user.partner_id, event.partner_ids)
        page = self.post("/companion", name="Typed", email="x" * 600)
        self.assertEqual(page.status_code, 422)
        self.assertIn('value="Typed"', page.text)
        page = self.post("/companion/remove").text
        self.assertIn("You come without a companion.", page)
        self.assertNotIn("Union", page)
        # A portal user has no list of colleagues to look people up in.
        with self.assertRaises(UserError):
            self.review.with_user(self.porter_user).action_name_companion("x", None, self.worker.id)
