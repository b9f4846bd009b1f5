from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import agenda, arguments
from .performance_dialogue_clock import KEY_LIMIT

# What the room may write, by the short name under which it sends a row.
ROWS = {
    "dialogue": (
        "performance.dialogue",
        ("expectations", "obstacle_theme_id", "sustainable", "sustainable_note",
         "support_needed", "reviewer_estimate", "told_point_ids"),
    ),
    "topic": ("performance.dialogue.topic", ("name", "section", "is_discussed", "answer")),
    "draft": ("performance.dialogue.draft", ("kind", "name")),
    "feedback": (
        "performance.feedback",
        ("behaviour", "effect", "suggestion", "thanks", "reaction", "point_id"),
    ),
}  # fmt: skip
# A batch is what was typed within a second or two, or while the line was down.
BATCH_LIMIT = 200
# Sources of evidence that stand elsewhere on the room: beside the questions, and first of all.
ELSEWHERE = frozenset({"self_assessment", "agenda_item", "concern"})
HARD_YEAR, GOOD_YEAR = 80.0, 100.0  # score in percent


class PerformanceDialogue(models.Model):
    """The interview room (D1): what stands on it, and how it stores what is typed.

    Two people sit in front of it, so nothing stands on it that the employee may not read.
    """

    _inherit = "performance.dialogue"

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def action_open_room(self):
        """Open the interview room (an ``ir.actions.client`` dict)."""
        self.ensure_one()
        return self.review_id.action_open_room()

    @api.readonly
    def get_room(self):
        """Return all that the interview room shows.

        :return: see the ``_get_room_x`` methods; texts, ids and figures
        :raise AccessError: for anybody but the reviewer
        :rtype: dict
        """
        self.ensure_one()
        self.review_id._check_is_reviewer()
        return {
            **self._get_room_card(),
            **self._get_room_time(),
            "topics": self._get_room_topics(),
            "feedback": self._get_room_feedback(),
            "drafts": self._get_room_drafts(),
            "calibration": self._get_room_calibration(),
            "points": self._get_room_points(),
            "subjects": self._share(self.review_id._get_subject_sources()),
        }

    def _get_room_card(self):
        review = self.sudo().review_id
        return {
            "id": self.id,
            "review_id": review.id,
            "employee": review.name,
            "reviewer": review.reviewer_id.name,
            "cycle": review.cycle_id.name,
            "can_write": review.state in self._get_open_states(),
            "opening": self._get_opening(),
        }

    def _get_room_time(self):
        """Return plan and count of the time: minutes planned, seconds counted, by section.

        ``earlier`` holds what the sittings before this one have counted.
        """
        review = self.sudo().review_id
        meeting = review.meeting_id
        planned = round(meeting.duration * 60) if meeting.active and meeting.duration else 0
        planned = max(planned, review.cycle_id.min_duration)
        minutes = agenda.spread(planned)
        counts, earlier = self._get_room_counts()
        return {
            "date_start": fields.Datetime.to_string(self.date_start) or False,
            "date_end": fields.Datetime.to_string(self.date_end) or False,
            "planned_minutes": planned,
            "min_minutes": review.cycle_id.min_duration,
            "floor": review.company_id.performance_share_floor,
            "aim": review.company_id.performance_share_aim,
            "sections": [
                {
                    "code": code,
                    "label": label,
                    "minutes": minutes[code],
                    "earlier": earlier[code],
                    **counts[code],
                }
                for code, label in self.env["performance.dialogue.section"]
                ._fields["section"]
                ._description_selection(self.env)
            ],
        }

    def _get_room_topics(self):
        """Return the questions, each with what the employee has written about it."""
        topics = self.topic_ids
        kinds = dict(topics._fields["kind"]._description_selection(self.env))
        answers = self._get_own_answers(topics.question_id)
        return [
            {
                "id": topic.id,
                "key": topic.room_key or "",
                "name": topic.name,
                "section": topic.section,
                "kind": kinds.get(topic.kind, ""),
                "hint": topic.hint or "",
                "is_discussed": topic.is_discussed,
                "answer": topic.answer or "",
                "own_answer": answers.get(topic.question_id.id, ""),
            }
            for topic in topics
        ]

    def _get_own_answers(self, questions):
        """Return the employee's answers by question, as soon as the rules let them be read."""
        found = self.env["performance.self.assessment.answer"].search_fetch(
            [
                ("assessment_id.review_id", "=", self.review_id.id),
                ("question_id", "in", questions.ids),
                ("answer", "!=", False),
            ],
            ["question_id", "answer"],
        )
        return {answer.question_id.id: answer.answer.strip() for answer in found}

    def _get_room_feedback(self):
        return [
            {
                "id": feedback.id,
                "key": feedback.room_key or "",
                "point_id": feedback.point_id.id,
                **{
                    name: feedback[name] or ""
                    for name in ("behaviour", "effect", "suggestion", "thanks", "reaction")
                },
            }
            for feedback in self.feedback_ids
        ]

    def _get_room_drafts(self):
        return [
            {"id": line.id, "key": line.room_key or "", "kind": line.kind, "name": line.name}
            for line in self.draft_ids
        ]

    def _get_room_calibration(self):
        return {
            "expectations": self.expectations or "",
            "obstacle_theme_id": self.obstacle_theme_id.id,
            "sustainable": self.sustainable or "",
            "sustainable_note": self.sustainable_note or "",
            "support_needed": self.support_needed or "",
            "reviewer_estimate": self.reviewer_estimate,
            "employee_estimate": self.employee_estimate,
            "choices": self._fields["sustainable"]._description_selection(self.env),
        }

    def _get_room_points(self):
        return [
            {
                "id": point.id,
                "kind": point.kind,
                "name": point.name,
                "fact": point.fact or "",
                "is_told": point in self.told_point_ids,
            }
            for point in self.point_ids
        ]

    @api.readonly
    def get_room_evidence(self):
        """Return the evidence as far as the employee reads it as well, once somebody asks for it.

        Without what stands elsewhere on the room.

        :raise AccessError: for anybody but the reviewer
        :return: sources with ``code``, ``label`` and ``items`` (``title``, ``figure``, ``unit``,
            ``series``, ``note``)
        :rtype: list[dict]
        """
        self.ensure_one()
        self.review_id._check_is_reviewer()
        sources = self.review_id._get_evidence()
        return self._share([source for source in sources if source["code"] not in ELSEWHERE])

    def _share(self, sources):
        """Return sources of evidence by sequence, with the items that the employee reads, too."""
        readable = self._get_shared_records(
            item["record"] for source in sources for item in source["items"]
        )
        return [
            {
                "code": source["code"],
                "label": source["label"],
                "items": [
                    {name: item[name] for name in ("title", "figure", "unit", "series", "note")}
                    for item in source["items"]
                    if item["record"] in readable
                ],
            }
            for source in sorted(sources, key=lambda source: source["sequence"])
        ]

    def _get_shared_records(self, records):
        """Return those of ``records`` that the employee may read, too, in one check a model.

        :rtype: set
        """
        user = self.sudo().review_id.employee_user_id
        ids = defaultdict(set)
        for record in records:
            if record:
                ids[record._name].add(record.id)
        if not user:
            return set()
        return {
            self.env[name].browse(record_id)
            for name, found in ids.items()
            for record_id in self.env[name]
            .with_user(user)
            .browse(found)
            ._filtered_access("read")
            .ids
        }

    def _get_opening(self):
        """Return words to begin with that fit the situation, and why these; a hook.

        :return: ``situation`` (code) and ``text``
        :rtype: dict[str, str]
        """
        review = self.sudo().review_id
        name = review.name
        score = review.appraisal_id.score if review.appraisal_id.state == "confirmed" else None
        previous = review.previous_review_id
        if not previous:
            return {
                "situation": "first",
                "text": self.env._(
                    "%(name)s, this is our first conversation of this kind. There is nothing to "
                    "pass or fail: I would like to hear how you have found your way so far, and "
                    "what you need from me. You begin.",
                    name=name,
                ),
            }
        if previous.reviewer_id != review.reviewer_id:
            return {
                "situation": "new_manager",
                "text": self.env._(
                    "%(name)s, I have not seen all of your year with my own eyes. Please tell me "
                    "first what I should know, and what was agreed with you before I came.",
                    name=name,
                ),
            }
        if score is not None and score < HARD_YEAR:
            return {
                "situation": "hard_year",
                "text": self.env._(
                    "%(name)s, this was not an easy year, and we both know it. I do not want to "
                    "look for somebody to blame: let us find what lay behind it and what will "
                    "make the next one different. How did you see it?",
                    name=name,
                ),
            }
        if score is not None and score >= GOOD_YEAR:
            return {
                "situation": "good_year",
                "text": self.env._(
                    "%(name)s, a good year lies behind us, thank you. I would like to understand "
                    "what made it possible, so that we can keep it, and where you want to go "
                    "from here. What are you most satisfied with?",
                    name=name,
                ),
            }
        return {
            "situation": "any",
            "text": self.env._(
                "%(name)s, this hour is yours. I would like to hear first how you see the period: "
                "what went well, what did not, and why. Then we look ahead together.",
                name=name,
            ),
        }

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def save_room(self, changes):
        """Store what was typed in the room, row by row; one that is refused stops no other.

        The same batch sent twice changes nothing: a new row carries a key of its own.

        :param list[dict] changes: of each ``row`` (``"dialogue"``, ``"topic"`` or
            ``"feedback"``), ``id`` (or ``False``) or ``key`` (of a row the room made),
            ``values`` by field, ``seen``: the values shown when it was typed, and ``is_gone``
            for a row that was taken away
        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Dialogue, or for a batch that is none
        :return: of each change ``id`` (``False`` once it is gone), ``conflicts`` (field → what
            another window has written there; not overwritten) and ``refused``, a sentence
        :rtype: list[dict]
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open_state()
        if not isinstance(changes, list) or len(changes) > BATCH_LIMIT:
            raise UserError(self.env._("This is no list of changes."))
        return [self._save_change(change) for change in changes]

    def _save_change(self, change):
        answer = {"id": False, "conflicts": {}, "refused": ""}
        try:
            # What a change has done before it is refused is undone, and the others stay.
            with self.env.cr.savepoint():
                answer.update(self._apply_change(change))
        except UserError as refusal:
            answer["refused"] = str(refusal)
        return answer

    def _apply_change(self, change):
        if not isinstance(change, dict) or change.get("row") not in ROWS:
            raise UserError(self.env._("This is no list of changes."))
        model, names = ROWS[change["row"]]
        values, seen = change.get("values") or {}, change.get("seen") or {}
        if not isinstance(values, dict) or not isinstance(seen, dict) or set(values) - set(names):
            raise UserError(self.env._("Values are given by the names of their fields."))
        record = self._find_row(change, self.env[model], names)
        if change.get("is_gone"):
            if change["row"] != "dialogue":
                record.unlink()
            return {"id": False}
        if not record:
            if change.get("id"):
                raise UserError(self.env._("Another window has taken this away."))
            values = {**values, "dialogue_id": self.id, "room_key": self._read_key(change)}
            return {"id": record.create(values).id}
        conflicts = record._get_overtaken(seen, values)
        values = {name: value for name, value in values.items() if name not in conflicts}
        if values:
            record.write(values)
        return {"id": record.id, "conflicts": conflicts}

    def _read_key(self, change):
        return arguments.read_text(
            self.env, change.get("key"), self.env._("The window"), limit=KEY_LIMIT, required=True
        )

    def _find_row(self, change, records, names):
        """Return the row of this dialogue that a change is about, or no record.

        With the fields it may change, which are looked at next.
        """
        if change["row"] == "dialogue":
            return self
        record_id = change.get("id")
        if record_id:
            domain = [("id", "=", arguments.read_id(self.env, record_id, self.env._("The row")))]
        else:
            domain = [("room_key", "=", self._read_key(change))]
        return records.search_fetch(
            [*domain, ("dialogue_id", "=", self.id)], ["dialogue_id", *names]
        )
