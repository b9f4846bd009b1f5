from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import PerformanceCommon
from .full_record import FullRecord
from .queries_common import QueryCount

STAGES = (
    "preparation", "dialogue", "agreement", "proposed", "follow_up", "amendment", "done",
)  # fmt: skip
# What a screen or a page may cost in each step, however full the review is.
LIMIT = 25
LIMITS = {
    # A page refresh of the interview room, and a batch of what was typed on it.
    ("dialogue", "room"): 20,
    ("dialogue", "room save"): 6,
}


class FullRecordCase(QueryCount, PerformanceCommon, HttpCase):
    """Two reviews of portal employees below one reviewer, the second one twice as full."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        user = new_test_user(
            cls.env,
            "pr_twin",
            groups="base.group_portal",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.twin = cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "parent_id": cls.manager.id,
                "department_id": cls.department.id,
                "job_id": cls.job.id,
            }
        )
        cls.porter.job_id = cls.job
        cls.records = [FullRecord(cls, cls.porter, 1), FullRecord(cls, cls.twin, 2)]
        for record in cls.records:
            record.live_before()

    def walk(self, record):
        """Take a review through its steps; give each stage's name when it has come."""
        record.prepare()
        yield "preparation"
        record.move_on()
        record.talk()
        yield "dialogue"
        record.move_on()
        record.agree()
        yield "agreement"
        record.propose()
        yield "proposed"
        record.sign()
        record.follow_up()
        yield "follow_up"
        record.amend()
        record.propose()
        yield "amendment"
        record.sign()
        record.finish()
        yield "done"


@tagged("post_install", "-at_install")
class TestFullRecord(FullRecordCase):
    def open_form(self, review):
        Review, sheet = self.screen("performance.review", "form", review.reviewer_user_id)
        # Alone, as a form reads it: together with others Odoo would read ahead for all.
        review = Review.browse(review.id)
        return self.count(lambda: review.web_read(sheet))

    def as_client(self, record):
        """Return a record as the reviewer's web client calls it."""
        user = self.records[0].reviewer
        return record.with_user(user).with_context(lang="en_US", tz="UTC", uid=user.id)

    def open_agreement(self, agreement):
        reviewer = agreement.review_id.reviewer_user_id
        Agreement, sheet = self.screen("performance.agreement", "form", reviewer)
        agreement = Agreement.browse(agreement.id)
        return self.count(lambda: agreement.web_read(sheet))

    def save_room(self, review):
        """Count what it costs to store what was typed within a second: one row, two fields."""
        dialogue = review.dialogue_id.with_user(review.reviewer_user_id)
        # Alone, as a request finds them.
        dialogue, topic_id = dialogue.browse(dialogue.id), dialogue.topic_ids[0].id
        seen = [dialogue.topic_ids[0].answer]

        def save():
            said = f"{seen[-1]} And more."
            [answer] = dialogue.save_room(
                [
                    {
                        "row": "topic",
                        "id": topic_id,
                        "values": {"answer": said, "is_discussed": True},
                        "seen": {"answer": seen[-1], "is_discussed": True},
                    }
                ]
            )
            self.env.flush_all()
            self.assertFalse(answer["conflicts"] or answer["refused"])
            seen.append(said)

        return self.count(save)

    def measure(self, review):
        user = review.employee_user_id
        self.authenticate(user.login, user.login)
        found = {
            "form": self.open_form(review),
            "evidence": self.count(self.as_client(review).get_evidence),
            "portal": self.count_page(f"/my/reviews/{review.id}"),
        }
        if review.state == "dialogue":
            dialogue = review.dialogue_id.with_user(review.reviewer_user_id)
            found["room"] = self.count(dialogue.browse(dialogue.id).get_room)
            found["room save"] = self.save_room(review)
        sections = review.with_user(user)._get_portal_sections()
        for code in (section["code"] for section in sections if section["code"] != "pulse"):
            found[f"section {code}"] = self.count_page(f"/my/reviews/{review.id}/section/{code}")
        if review.agreement_id:
            found["agreement form"] = self.open_agreement(review.agreement_id)
            found["verify"] = self.count(self.as_client(review.agreement_id).verify)
        return found

    def test_full_record(self):
        """Form, evidence, agreement and the employee's page with each of its sections."""
        found = {}
        for record in self.records:
            for stage in self.walk(record):
                self.env.flush_all()
                found[stage, record.size] = self.measure(record.review)
        for stage in STAGES:
            for name, queries in found[stage, 1].items():
                with self.subTest(stage=stage, name=name):
                    self.assertEqual(found[stage, 2][name], queries, "with twice as much in it")
                    self.assertLessEqual(queries, LIMITS.get((stage, name), LIMIT))
