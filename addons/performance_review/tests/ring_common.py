from datetime import date

from freezegun import freeze_time

from odoo.fields import Command

from .common import PerformanceCommon

NEXT_YEAR = date(2027, 3, 1)  # a Monday


class RingCommon(PerformanceCommon):
    """A review that was signed in 2026, and the one of 2027 that follows it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first_cycle = cls.launch()
        cls.first = cls.review_of(cls.first_cycle, cls.worker)

    @classmethod
    def sign_first(cls):
        """Sign what was agreed on in 2026; return change, reviewer's support and development."""
        agreement = cls.fill_agreement(cls.to_agreement(cls.first))
        agreement.commitment_ids.filtered(lambda line: line.kind == "change").theme_id = cls.theme
        agreement.commitment_ids = [
            Command.create(
                {
                    "kind": "development",
                    "name": "Reads the new drawings",
                    "owner": "employee",
                    "date_deadline": date(2026, 9, 1),
                }
            )
        ]
        agreement.action_propose()
        cls.sign_as(agreement, cls.first.reviewer_user_id)
        cls.sign_as(agreement, cls.first.employee_user_id)
        lines = agreement.commitment_ids
        return [
            lines.filtered(lambda line, kind=kind: line.kind == kind)
            for kind in ("change", "support", "development")
        ]

    def travel_to(self, day):
        """Let it be ``day`` until the test is over."""
        freezer = freeze_time(day)
        freezer.start()
        self.addCleanup(freezer.stop)
        self.env.flush_all()
        self.env.invalidate_all()

    def next_year(self, **vals):
        """Go to March 2027, launch its cycle and return the review, as its reviewer."""
        self.travel_to(NEXT_YEAR)
        cycle = self.launch(
            **{
                "name": "Year 2027",
                "date_start": date(2027, 1, 1),
                "date_end": date(2027, 12, 31),
                "preparation_deadline": date(2027, 3, 20),
                "dialogue_deadline": date(2027, 4, 10),
                "agreement_deadline": date(2027, 4, 30),
                **vals,
            }
        )
        return self.review_of(cycle, self.worker).with_user(self.manager_user)

    @classmethod
    def fill_next(cls, agreement):
        """Write a complete agreement of 2027 as the reviewer."""
        agreement = cls.fill_agreement(agreement)
        agreement.goal_ids.date_deadline = date(2027, 9, 30)
        agreement.commitment_ids.date_deadline = date(2027, 6, 30)
        return agreement

    @classmethod
    def record(cls, line, percent, checkpoint=None):
        return (
            cls.env["performance.progress"]
            .with_user(cls.manager_user)
            .create(
                {
                    "checkpoint_id": (checkpoint or line.sudo().review_id.checkpoint_ids[0]).id,
                    "commitment_id": line.id,
                    "percent": percent,
                }
            )
        )

    def count_queries(self, call):
        """Return how many queries ``call`` needs with an empty cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before
