from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import balance, labels
from ..tools.balance import Count


class PerformanceDialogue(models.Model):
    """Did the talk develop or judge (D6)? Hints in words for both, the picture for its leader.

    A mirror: no grade comes of it, HR and the managers above do not get it, and it is never used
    for pay. The formula is that of ``tools.balance``; all sittings of a review are one talk.
    """

    _inherit = "performance.dialogue"

    led_by_id = fields.Many2one(
        "res.users",
        string="Led by",
        compute="_compute_led_by_id",
        compute_sudo=True,
        store=True,
        index="btree_not_null",
        help="Who was the reviewer when it started: a handover does not change it.",
    )
    talk_hints = fields.Text(string="For the next talk", compute="_compute_talk_hints")

    @api.depends("date_start")
    def _compute_led_by_id(self):
        for dialogue in self:
            if dialogue.date_start and not dialogue.led_by_id:
                dialogue.led_by_id = dialogue.review_id.reviewer_user_id
            else:
                dialogue.led_by_id = dialogue.led_by_id

    @api.depends_context("uid")
    @api.depends(
        "topic_ids.is_discussed", "topic_ids.answer", "feedback_ids.behaviour",
        "feedback_ids.suggestion", "feedback_ids.reaction", "draft_ids.kind", "expectations",
        "obstacle_theme_id", "support_needed", "employee_share", "future_share",
    )  # fmt: skip
    def _compute_talk_hints(self):
        for dialogue in self:
            hints = dialogue._find_hints() if dialogue._is_among_parties() else []
            dialogue.talk_hints = "\n".join(hint["text"] for hint in hints) or False

    def _is_among_parties(self):
        """Say whether the user is one of the two people who talked."""
        review = self.sudo().review_id
        return self.env.user in review.reviewer_user_id | review.employee_user_id

    @api.readonly
    def get_hints(self):
        """Return what would have made the talk develop more, in words, for the two who talked.

        The room shows it at its closing; the employee reads it once the dialogue is over.

        :raise AccessError: for whoever may not read the dialogue, and for everybody but reviewer
            and employee: it is no report about people
        :return: of each feature that is worth a hint ``feature`` (its code) and ``text``
        :rtype: list[dict]
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_among_parties():
            raise AccessError(self.env._("Only the two people who talked get these hints."))
        return self._find_hints()

    def _find_hints(self):
        features = self._get_features()
        weak = balance.find_weak(balance.read_parts(self._get_sittings()._read_talk()))
        return [{"feature": code, "text": features[code]["hint"]} for code in weak]

    @api.model
    def _get_features(self):
        """Return the six features in which the two sorts of talk differ, in their order.

        :return: code → ``label``, ``judged`` and ``developed`` (the two ends), ``hint``
        :rtype: dict[str, dict[str, str]]
        """
        rows = {
            "purpose": (
                self.env._("Purpose"),
                self.env._("Announce a rating"),
                self.env._("Plan improvement"),
                self.env._("Give the future its time: what comes next, how, and with whose help?"),
            ),
            "role": (
                self.env._("Manager's part"),
                self.env._("Judge"),
                self.env._("Coach"),
                self.env._("Say what to try next, and ask which support is worth most."),
            ),
            "tone": (
                self.env._("Tone"),
                self.env._("One-way"),
                self.env._("Two-way"),
                self.env._("Ask, and wait for the answer: the employee spoke less than aimed at."),
            ),
            "focus": (
                self.env._("Focus"),
                self.env._("Blame for the past"),
                self.env._("Causes and options"),
                self.env._("Name what happened, and ask what stood most in the way."),
            ),
            "voice": (
                self.env._("Employee's part"),
                self.env._("Silent"),
                self.env._("Shapes the plan"),
                self.env._("Write down what the employee answers and says to the feedback."),
            ),
            "result": (
                self.env._("Result"),
                self.env._("A score, “understood”"),
                self.env._("Goals and support"),
                self.env._("Note for the agreement a goal, a behaviour and a support."),
            ),
        }
        keys = ("label", "judged", "developed", "hint")
        return {code: dict(zip(keys, row, strict=True)) for code, row in rows.items()}

    def _read_talk(self):
        """Return what the balance of these sittings is read from (a ``tools.balance.Talk``).

        Nothing but what both read of the dialogue once it is over.
        """
        sittings = self.sudo()
        review = sittings.review_id
        talked, future, answered = sittings._read_topics()
        feedback = sittings.feedback_ids
        spent = sum(sittings.section_ids.mapped("spent_seconds"))
        return balance.Talk(
            future_share=sittings._measure_future_share() if spent else None,
            talk_share=sittings._measure_or_estimate_share(),
            share_aim=review.company_id.performance_share_aim,
            future_topics=future,
            answers=Count(answered, talked),
            suggestions=Count(len(feedback.filtered("suggestion")), len(feedback)),
            reactions=Count(len(feedback.filtered("reaction")), len(feedback)),
            facts=sittings._count_facts(),
            has_obstacle=bool(sittings.obstacle_theme_id),
            has_support=any(sittings.mapped("support_needed")),
            has_expectations=any(sittings.mapped("expectations")),
            has_self_assessment="submitted" in review.self_assessment_ids.mapped("state"),
            results=len(set(sittings.draft_ids.mapped("kind"))),
        )

    def _read_topics(self):
        """Count topics; one that a later sitting took up again is still one topic.

        :return: how many were talked about, the :class:`Count` of those about the future, and
            how many of those talked about carry an answer
        """
        by_topic = {}
        for topic in self.topic_ids:
            by_topic.setdefault(topic.question_id or topic, []).append(topic)
        talked = [found for found in by_topic.values() if any(each.is_discussed for each in found)]
        future = [found for found in by_topic.values() if found[0].section == "future"]
        return (
            len(talked),
            Count(sum(found in talked for found in future), len(future)),
            sum(any((each.answer or "").strip() for each in found) for found in talked),
        )

    def _measure_or_estimate_share(self):
        """Return the employee's talk share in percent, ``None`` where nobody knows it.

        Measured if somebody tapped, otherwise the mean of what both sides estimated.
        """
        if any(sitting.employee_seconds or sitting.reviewer_seconds for sitting in self):
            return self._measure_share()
        estimates = [
            estimate
            for sitting in self
            for estimate in (sitting.employee_estimate, sitting.reviewer_estimate)
            if estimate
        ]
        return sum(estimates) / len(estimates) if estimates else None

    def _count_facts(self):
        """Count what was prepared and said that names a fact, of all of it.

        :return: a ``Count``; a label, or a point without a fact, is none
        """
        extra = self.env["performance.label.word"]._get_words()
        points = self.review_id.point_ids
        said = [(f"{point.name}\n{point.fact or ''}", point.is_complete) for point in points]
        said += [(feedback.behaviour or "", True) for feedback in self.feedback_ids]
        facts = sum(
            is_complete and not labels.find_labels(text, extra) for text, is_complete in said
        )
        return Count(facts, len(said))
