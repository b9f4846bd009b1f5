from datetime import timedelta

from odoo import fields

from .teller import Teller

FEEDBACK_PARTS = ("behaviour", "effect", "suggestion", "thanks")
# What part of a talk its three sections take, in percent; who looks ahead longer agrees easier.
SECTION_SHARES = (("past", 35), ("present", 25), ("future", 40))
PULSE_QUESTIONS = ("clear_standard", "specific_feedback", "listened_to", "way_forward")


class Dialogue(Teller):
    """The talk of one review, and what the employee says of it afterwards."""

    def _hold_talk(self, review, talk, go_on=True):
        """Enter the dialogue, fill its record and, unless told otherwise, leave it again."""
        self._act_as_reviewer(review).action_next()
        dialogue = self._act_as_reviewer(review, review.dialogue_id)
        minutes = talk.minutes or 25
        start = self._moment(talk.day)
        if not talk.minutes:
            start = fields.Datetime.now() - timedelta(minutes=minutes)
        # A tenth of the time nobody speaks.
        spoken = minutes * 60 * 0.9
        dialogue.write(
            {
                "date_start": start,
                "date_end": start + timedelta(minutes=minutes) if talk.minutes else False,
                "employee_seconds": round(spoken * talk.share / 100),
                "reviewer_seconds": round(spoken * (100 - talk.share) / 100),
                # Managers think that they let the other one speak more than they do.
                "reviewer_estimate": self._estimate(talk.share + 6) if talk.minutes else 0,
                "expectations": talk.expectations,
                "obstacle_theme_id": self._theme(talk.obstacle),
                "sustainable": talk.sustainable,
                "support_needed": talk.support,
                "feedback_ids": [
                    fields.Command.create(dict(zip(FEEDBACK_PARTS, feedback, strict=True)))
                    for feedback in talk.feedback
                ],
            }
        )
        if talk.minutes:
            self._time_sections(dialogue, talk)
        topics = dialogue.topic_ids.sorted(lambda topic: (topic.section_rank, topic.sequence))
        for number, text in talk.answers:
            topics[number].write({"is_discussed": True, "answer": text})
        if go_on:
            self._act_as_reviewer(review).action_next()
            dialogue.review_id.invalidate_recordset()
            as_employee = self._act_as_employee(review, review.dialogue_id)
            as_employee.action_estimate(self._estimate(talk.share - 4))
            as_employee.action_confirm()
            self._backdate(
                review.dialogue_id, employee_confirmed_on=self._moment(talk.day + 1, hour=1)
            )

    def _time_sections(self, dialogue, talk):
        """Count what the clock of the room would have counted in each section of the talk."""
        # Talks differ: the longer ones have more time for what comes.
        ahead = talk.minutes % 7 * 2
        spoken = dialogue.employee_seconds + dialogue.reviewer_seconds
        self.env["performance.dialogue.section"].create(
            [
                {
                    "dialogue_id": dialogue.id,
                    "section": section,
                    "spent_seconds": round(spoken * part / 100),
                    "employee_seconds": round(spoken * part / 100 * talk.share / 100),
                    "reviewer_seconds": round(spoken * part / 100 * (100 - talk.share) / 100),
                }
                for section, share in SECTION_SHARES
                for part in [share + {"past": -ahead, "future": ahead}.get(section, 0)]
            ]
        )

    def _estimate(self, share):
        """Return a talk share as somebody would guess it: in steps of five."""
        return 5 * round(share / 5)

    def _give_pulse(self, review, answers):
        self._act_as_employee(review).action_give_pulse(
            dict(zip(PULSE_QUESTIONS, answers, strict=True))
        )
