from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .browser_common import BrowserCase
from .test_room import RoomCommon


@tagged("post_install", "-at_install")
class TestRoomBrowser(RoomCommon, BrowserCase):
    """The room in a real browser: talk, come back, close."""

    frozen_time = False
    browser_size = "1024x768"

    def test_one_conversation(self):
        login = self.manager_user.login
        review = f"/odoo/performance.review/{self.review.id}"
        self.warm_up(review, self.manager_user)
        self.start_tour(review, "performance_room_talk", login=login, timeout=120)
        self.env.invalidate_all()
        dialogue = self.dialogue
        self.assertTrue(dialogue.date_start)
        self.assertGreaterEqual(dialogue.employee_seconds, 1)
        self.assertEqual(dialogue.topic_ids[0].answer, "The new bench was in time")
        self.assertTrue(dialogue.topic_ids[0].is_discussed)
        self.assertIn("How was the move?", dialogue.topic_ids.mapped("name"))
        self.assertEqual(dialogue.sustainable, "hardly")
        [feedback] = dialogue.feedback_ids
        self.assertEqual(feedback.effect, "Nothing was ordered twice")
        self.assertEqual(feedback.behaviour, feedback.point_id.fact)
        self.assertEqual(dialogue.told_point_ids, feedback.point_id)
        self.assertEqual(dialogue.draft_ids.name, "Keep asking before ordering")
        dialogue.date_start = Datetime.now() - timedelta(minutes=40)
        self.env.flush_all()
        room = f"/odoo/{dialogue.id}/interview-room"
        self.start_tour(room, "performance_room_close", login=login, timeout=120)
        self.env.invalidate_all()
        self.assertEqual(self.review.state, "agreement")
        self.assertTrue(dialogue.date_end)
        suggested = self.review.agreement_id.suggestion_ids
        self.assertIn("Keep asking before ordering", suggested.mapped("name"))
