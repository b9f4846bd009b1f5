from datetime import date

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.performance_review.tests.common import PerformanceCommon

PAGE = "performance_review_analytics.performance_cycle_view_form_setup"


@tagged("post_install", "-at_install")
class TestSetup(PerformanceCommon):
    """One page says what each choice means while it is made."""

    def test_the_count_follows_the_choices(self):
        Cycle = self.env["performance.cycle"].with_user(self.officer_user)
        with Form(Cycle, PAGE) as form:
            form.name = "Guided"
            form.outline_id = self.outline
            form.date_start, form.date_end = date(2026, 1, 1), date(2026, 12, 31)
            self.assertEqual(form.population_count, 6)
            self.assertIn("7 employees match", form.population_text)
            self.assertIn("No manager: 1", form.population_text)
            form.job_ids.add(self.job)
            self.assertEqual(form.population_count, 1)
            form.job_ids.clear()
            form.pilot_manager_ids.add(self.manager)
            self.assertEqual(form.population_count, 2)
            self.assertIn("Not in the pilot: 4", form.population_text)
        self.assertEqual(form.record.population_count, 2)

    def test_gates_in_words(self):
        with Form(self.create_cycle().with_user(self.officer_user), PAGE) as form:
            self.assertIn("Nobody leaves a step", form.gate_text)
            form.gate_mode = "advisory"
            self.assertIn("may go on", form.gate_text)
            form.min_points = 2
            form.require_self_assessment = True
            self.assertIn("at least 2 strengths", form.gate_text)
            self.assertIn("self-assessment has come", form.gate_text)
            form.checkpoint_rhythm = "quarterly"
            self.assertIn("every quarter", form.gate_text)

    def test_mails_as_they_will_read(self):
        cycle = self.create_cycle().with_user(self.officer_user)
        self.assertIn("Year 2026", cycle.invitation_preview)
        self.assertIn("03/20/2026", cycle.invitation_preview)
        self.assertIn("Write my self-assessment", cycle.invitation_preview)
        self.assertIn("conversations", cycle.team_preview)
        self.assertIn("Pr Manager", cycle.team_preview)
        self.assertNotIn("/my/reviews", cycle.invitation_preview)
        self.assertFalse(cycle.review_ids, "nothing is stored")
        self.assertFalse(self.env["mail.mail"].search([("subject", "ilike", "Year 2026")]))
        # Nobody takes part yet.
        cycle.department_ids = [Command.set(self.env["hr.department"].create({"name": "New"}).ids)]
        self.env.invalidate_all()
        self.assertFalse(cycle.invitation_preview)

    def test_from_the_last_cycle_to_the_page(self):
        self.launch()
        cycles = self.env["performance.cycle"].with_user(self.officer_user)
        # As the button above the list does it, with a row that is ticked, and without any.
        call_kw(cycles, "action_copy_last", [self.env["performance.cycle"].search([]).ids], {})
        action = call_kw(cycles, "action_copy_last", [[]], {})
        page = self.env.ref(PAGE)
        self.assertEqual(action["views"][0], (page.id, "form"))
        draft = self.env["performance.cycle"].browse(action["res_id"])
        self.assertEqual(draft.state, "draft")
        self.assertEqual(
            draft.action_preview_outline()["url"], f"/performance/outline/{self.outline.id}/preview"
        )

    def test_a_cycle_of_newcomers_is_not_the_last_one(self):
        annual = self.launch()
        self.launch(name="Probation", date_start="2026-06-01", date_end="2027-05-31",
                    joins_daily=True)  # fmt: skip
        self.launch(name="Newcomers", date_start="2026-06-01", date_end="2027-05-31",
                    max_seniority_days=30_000)  # fmt: skip
        action = self.env["performance.cycle"].with_user(self.officer_user).action_copy_last()
        draft = self.env["performance.cycle"].browse(action["res_id"])
        self.assertIn(annual.name, draft.name)

    def test_one_is_one(self):
        cycle = self.create_cycle(job_ids=[Command.set(self.job.ids)]).with_user(self.officer_user)
        self.assertEqual(cycle.population_count, 1)
        self.assertEqual(cycle.population_text.splitlines()[0], "One employee matches")

    def test_after_the_launch_the_page_does_not_ask_to_save(self):
        arch = etree.fromstring(
            self.env["performance.cycle"]
            .with_user(self.officer_user)
            .get_view(self.env.ref(PAGE).id, "form")["arch"]
        )
        seen = {
            state: [
                " ".join(node.text.split())
                for node in arch.iterfind(".//section/p")
                if not safe_eval(
                    node.get("invisible", "False"),
                    {
                        "state": state,
                        "invitation_preview": False,
                        "is_pilot": state == "open",
                        "joins_daily": False,
                    },
                )
            ]
            for state in ("draft", "open")
        }
        self.assertTrue(any("Save the cycle" in text for text in seen["draft"]))
        self.assertFalse(any("Save the cycle" in text for text in seen["open"]))
        self.assertTrue(any("has been told" in text for text in seen["open"]))
        self.assertTrue(any("pilot is under way" in text for text in seen["open"]))

    def test_only_hr_sets_up(self):
        cycle = self.create_cycle()
        for user in (self.worker_user, self.manager_user, self.director_user, self.outsider_user):
            with self.assertRaises(AccessError):
                cycle.with_user(user).action_open_setup()
            for name in ("population_count", "population_text", "invitation_preview"):
                with self.assertRaises(AccessError):
                    cycle.with_user(user).read([name])
