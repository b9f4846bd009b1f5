"""Another addon comes in through the seams of docs/DEVELOP.md alone, and is seen where it should.

The addon is tests/addons/performance_review_seams_test, which the test run installs.
"""

import re
from datetime import date, timedelta
from pathlib import Path

from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from odoo.addons.performance_review.controllers.portal import PerformancePortal
from odoo.addons.performance_review.tests.common import TODAY, PerformanceCommon
from odoo.addons.performance_review.tests.reminders_common import RemindersMixin

ROOT = Path(__file__).resolve().parents[1]
SEAMS = ROOT / "tests/addons/performance_review_seams_test"


class SeamsCommon(PerformanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle = cls.launch(require_thanks=True)
        cls.review = cls.review_of(cls.cycle, cls.porter)
        cls.as_reviewer = cls.review.with_user(cls.manager_user)

    def note_praise(self, employee, **vals):
        return (
            self.env["performance.praise"]
            .with_user(self.officer_user)
            .create({"employee_id": employee.id, "name": "Came at night", **vals})
        )


@tagged("post_install", "-at_install")
class TestKindOfCommitment(SeamsCommon):
    def fill(self, changes=2, **support):
        agreement = self.fill_agreement(self.to_agreement(self.review))
        agreement.commitment_ids = [
            *(
                Command.create(
                    {
                        "kind": "change",
                        "name": f"Change {number}",
                        "date_deadline": date(2026, 6, 30),
                    }
                )
                for number in range(2, changes + 1)
            ),
        ]
        return agreement

    def add_mentoring(self, agreement):
        agreement.commitment_ids = [
            Command.create(
                {
                    "kind": "mentoring",
                    "owner": "mentor",
                    "name": "Two hours a week",
                    "date_deadline": date(2026, 6, 30),
                }
            )
        ]

    def get_codes(self, agreement):
        return {each["code"] for each in agreement._get_missing()}

    def test_it_is_written_in_the_form_and_signed_like_the_others(self):
        agreement = self.fill()
        with Form(agreement) as form, form.mentoring_ids.new() as line:
            line.name = "Two hours a week"
            line.date_deadline = date(2026, 6, 30)
        self.assertEqual(agreement.mentoring_ids.mapped("owner"), ["mentor"])
        agreement.action_propose()
        self.sign_as(agreement, self.manager_user)
        self.sign_as(agreement, self.porter_user)
        self.assertEqual(self.review.state, "follow_up")
        self.assertIn("Two hours a week", agreement.snapshot)
        with self.assertRaises(UserError):
            agreement.mentoring_ids.name = "One hour a week"

    def test_it_raises_the_limit_of_changes(self):
        agreement = self.fill(changes=3)
        self.assertIn("change_excess", self.get_codes(agreement))
        self.assertIn("at most 2", agreement.missing_text)
        self.add_mentoring(agreement)
        self.assertNotIn("change_excess", self.get_codes(agreement))

    def test_its_owner_stands_for_the_managers_side(self):
        agreement = self.fill()
        supports = agreement.commitment_ids.filtered(lambda line: line.kind == "support")
        supports.owner = "employee"
        self.assertIn("support_missing", self.get_codes(agreement))
        supports.owner = "mentor"
        self.assertNotIn("support_missing", self.get_codes(agreement))


@tagged("post_install", "-at_install")
class TestSourceOfEvidence(SeamsCommon):
    def test_it_stands_among_the_sources(self):
        self.note_praise(self.porter, date=date(2026, 2, 1))
        self.note_praise(self.worker, name="Somebody else's")
        codes = [source["code"] for source in self.as_reviewer.get_evidence()]
        self.assertEqual(codes.index("praise"), codes.index("incident") + 1)
        [source] = [each for each in self.as_reviewer.get_evidence() if each["code"] == "praise"]
        self.assertEqual([item["title"] for item in source["items"]], ["Came at night"])

    def test_readers_are_shown_what_they_may_read(self):
        self.note_praise(self.porter)
        sources = {
            source["code"]: source["items"]
            for source in self.review.with_user(self.director_user)._get_evidence()
        }
        self.assertFalse(sources["praise"])

    def test_it_counts_as_evidence_of_a_point(self):
        praise, other = self.note_praise(self.porter), self.note_praise(self.worker)
        point = (
            self.env["performance.point"]
            .with_user(self.manager_user)
            .create({"review_id": self.review.id, "kind": "strength", "name": "Reliable"})
        )
        self.assertFalse(point.is_complete)
        point.praise_id = praise
        self.assertTrue(point.is_complete)
        with self.assertRaises(UserError):
            point.praise_id = other
            self.env.flush_all()

    def test_it_is_chosen_on_the_sheet(self):
        view = self.as_reviewer.get_view(view_type="form")
        columns = etree.fromstring(view["arch"]).xpath(
            "//field[@name='strength_ids']/list/field/@name"
        )
        self.assertIn("praise_id", columns)


@tagged("post_install", "-at_install")
class TestGateRule(SeamsCommon):
    def hold_dialogue(self, thanks):
        dialogue = self.to_dialogue(self.review).with_user(self.manager_user)
        dialogue.write(
            {
                "date_start": "2026-03-02 09:00:00",
                "date_end": "2026-03-02 10:00:00",
                "feedback_ids": [
                    Command.create({"behaviour": "Asked before ordering", "thanks": thanks})
                ],
            }
        )
        return dialogue

    def test_it_keeps_the_review_in_its_step(self):
        dialogue = self.hold_dialogue("")
        self.assertEqual(
            [blocker["code"] for blocker in self.as_reviewer.get_blockers()], ["thanks_missing"]
        )
        with self.assertRaisesRegex(UserError, "Nobody has said thank you yet"):
            self.as_reviewer.action_next()
        dialogue.feedback_ids.thanks = "Thank you"
        self.as_reviewer.action_next()
        self.assertEqual(self.review.state, "agreement")

    def test_other_cycles_do_not_notice(self):
        self.cycle.require_thanks = False
        self.hold_dialogue("")
        self.as_reviewer.action_next()
        self.assertEqual(self.review.state, "agreement")


@tagged("post_install", "-at_install")
class TestOnScreen(SeamsCommon, HttpCase):
    """What the reviewer's browser is given."""

    def test_evidence_over_rpc(self):
        self.note_praise(self.porter)
        self.authenticate(self.manager_user.login, self.manager_user.login)
        response = self.url_open(
            "/web/dataset/call_kw/performance.review/get_evidence",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": "performance.review",
                    "method": "get_evidence",
                    "args": [self.review.ids],
                    "kwargs": {},
                },
            },
        )
        self.assertIn("Came at night", response.text)


@tagged("post_install", "-at_install")
class TestPortalSection(SeamsCommon, HttpCase):
    def read(self, path=""):
        self.authenticate(self.porter_user.login, self.porter_user.login)
        return self.url_open(f"/my/reviews/{self.review.id}{path}")

    def test_it_stands_on_the_page_and_is_read_when_opened(self):
        self.note_praise(self.porter)
        self.note_praise(self.worker, name="Somebody else's")
        page = self.read().text
        self.assertIn("Praise of customers", page)
        self.assertNotIn("Came at night", page)
        for path in ("/section/praise", "?open=praise"):
            with self.subTest(path):
                opened = self.read(path).text
                self.assertIn("Came at night", opened)
                self.assertNotIn("Somebody else", opened)

    def test_it_stands_where_its_sequence_puts_it(self):
        self.note_praise(self.porter)
        self.to_follow_up(self.review)
        page = self.read().text
        places = [page.index(f'id="{code}"') for code in ("points", "praise", "self_assessment")]
        self.assertEqual(places, sorted(places))

    def test_other_cycles_do_not_have_it(self):
        self.cycle.require_thanks = False
        self.assertNotIn("Praise of customers", self.read().text)
        self.assertEqual(self.read("/section/praise").status_code, 404)


@tagged("post_install", "-at_install")
class TestThingToRemindOf(RemindersMixin, SeamsCommon):
    def test_it_stands_in_the_one_mail(self):
        self.remind()
        self.forget_mails()
        day = TODAY + timedelta(days=13)
        self.review.sudo().thanks_until = day
        self.remind(day - timedelta(days=3))
        mail = self.mails(self.manager_user)
        self.assertEqual(len(mail), 1)
        self.assertIn("Say thank you", self.say(mail))
        self.forget_mails()
        self.remind(day - timedelta(days=2))
        self.assertNotIn("Say thank you", self.say(self.mails(self.manager_user)))


@tagged("post_install", "-at_install")
class TestDevelop(SeamsCommon):
    """docs/DEVELOP.md tells the truth."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = (ROOT / "docs/DEVELOP.md").read_text(encoding="utf-8")

    def test_recipes_are_code_that_runs(self):
        def squeeze(code):
            # The formatter breaks lines elsewhere where the code is indented less.
            return re.sub(r"\s+", "", code)

        sources = [squeeze(path.read_text(encoding="utf-8")) for path in SEAMS.rglob("*.py")]
        recipes = re.findall(r"```python\n(.*?)```", self.text, re.DOTALL)
        self.assertGreaterEqual(len(recipes), 5)
        for recipe in recipes:
            self.assertTrue(any(squeeze(recipe) in source for source in sources), recipe)

    def test_hooks_exist(self):
        table = self.text.partition("## Seams")[2].partition("## Recipes")[0]
        rows = re.findall(r"^\| .+? \| `(performance\.[\w.]+)` \| (.+?) \|$", table, re.MULTILINE)
        self.assertGreater(len(rows), 6)
        for model, hooks in rows:
            for name in re.findall(r"`(\w+)(?:\(\))?`", hooks):
                if name != "selection_add":
                    self.assertTrue(hasattr(self.env[model], name), f"{model}.{name}")

    def test_hooks_of_the_controller_exist(self):
        [hooks] = re.findall(r"\| the controller `PerformancePortal` \| (.+?) \|$", self.text, re.M)
        for name in re.findall(r"`(\w+)\(\)`", hooks):
            self.assertTrue(hasattr(PerformancePortal, name), name)

    def test_places_exist(self):
        core = ROOT / "addons/performance_review"
        for name in re.findall(r"`((?:[\w-]+/)+[\w-]*(?:\.\w+)?)`", self.text):
            found = any((base / name).exists() for base in (ROOT, core, SEAMS, ROOT / "addons"))
            self.assertTrue(found, name)

    def test_methods_stand_where_it_says(self):
        answers = re.findall(r"`(\w+)\(\)` in `(models/\w+\.py)`", self.text)
        self.assertGreaterEqual(len(answers), 5)
        for method, path in answers:
            source = (ROOT / "addons/performance_review" / path).read_text(encoding="utf-8")
            self.assertTrue(f"def {method}(" in source, f"{method} is not in {path}")
