import re

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import PerformanceCommon
from .reminders_common import RemindersMixin


@tagged("post_install", "-at_install")
class TestSelfAssessmentBrowser(RemindersMixin, PerformanceCommon, HttpCase):
    """An employee without a licence, on a phone, from the mail to handing in."""

    frozen_time = False
    browser_size = "390x844"
    touch_enabled = True

    def test_from_the_mail_to_handing_in(self):
        appraisal = self.env["performance.appraisal"].create(
            {
                "employee_id": self.porter.id,
                "date_start": "2026-01-01",
                "date_end": "2026-12-31",
                "state": "confirmed",
                "goal_ids": [
                    Command.create(
                        {
                            "name": "Keys returned on the same day",
                            "employee_id": self.porter.id,
                            "target": 10.0,
                            "actual": 7.0,
                            "unit": "keys",
                        }
                    )
                ],
            }
        )
        cycle = self.launch()
        review = self.review_of(cycle, self.porter)
        self.assertEqual(review.appraisal_id, appraisal)
        self.remind()
        mail = self.mails(self.porter_user)
        address = re.search(r'href="[^"]*?(/my/reviews/[^"]*)"', mail.body_html)[1]
        self.start_tour(
            address, "performance_self_assessment", login=self.porter_user.login, timeout=180
        )
        self.env.invalidate_all()
        assessment = review.self_assessment_ids
        self.assertEqual(assessment.state, "submitted")
        self.assertEqual(assessment.answer_ids[0].answer, "I finished the new bench in time.")
        self.assertEqual(assessment.results, "Forty keys copied")
        self.assertEqual(assessment.agenda_item_ids.mapped("name"), ["The second bench", "Shifts"])
        concern = assessment.concern_ids
        self.assertEqual(concern.goal_id, appraisal.goal_ids)
        self.assertEqual((concern.kind, concern.note), ("outside", "Shops close at four"))
        self.assertEqual(assessment.file_ids.mapped("name"), ["Key_list.pdf"])
        self.assertFalse(review.revealed_on)
