from odoo import models
from odoo.exceptions import UserError


class PerformanceReview(models.Model):
    """The draft of the agreement starts from what was prepared and talked about.

    Promises taken along come first, then gaps as behaviours to change (the strongest repeats,
    one or two), supports, strengths to keep, what the feedback suggested, and goals that are
    still open. All of it is suggested, see ``performance.agreement.suggestion``.
    """

    _inherit = "performance.review"

    def _enter_agreement(self):
        result = super()._enter_agreement()
        self._mark_drafted()
        return result

    def action_draft_agreement(self):
        """Suggest for the draft of the agreement what has been prepared and talked about.

        Done when the step is entered; again it adds what has come since and changes nothing
        that has been decided.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Agreement, or once the agreement has been proposed
        :return: the agreement's form (an ``ir.actions.act_window`` dict)
        """
        self.ensure_one()
        self._check_is_reviewer()
        review = self.sudo()
        if review.state != "agreement" or review.agreement_id.state != "draft":
            raise UserError(
                self.env._(
                    "The draft of an agreement starts after the dialogue, before it is proposed."
                )
            )
        review.agreement_id._lock_row()
        review._mark_drafted()
        return self.action_open_agreement()

    def _mark_drafted(self):
        """Bring the suggestions for drafts up to date; what has been decided stays.

        An amendment starts from the version before it and gets none.
        """
        Suggestion = self.env["performance.agreement.suggestion"].sudo()
        drafts = self.sudo().agreement_ids.filtered(
            lambda agreement: agreement.state == "draft" and agreement.version == 1
        )
        found = drafts.review_id._collect_suggestions()
        stored = Suggestion.search([("agreement_id", "in", drafts.ids)])
        decided = stored.filtered(lambda suggestion: suggestion.state != "open")
        known = {(each.agreement_id.id, each.code) for each in decided}
        (stored - decided).unlink()
        Suggestion.create(
            [
                {"agreement_id": agreement.id, "sequence": sequence, **vals}
                for agreement in drafts
                for sequence, vals in enumerate(found[agreement.review_id])
                if (agreement.id, vals["code"]) not in known
            ]
        )

    # ------------------------------------------------------------------
    # Sources
    # ------------------------------------------------------------------

    def _collect_suggestions(self):
        """Return what could stand in the agreement of each review, in order; a hook.

        Everything comes from what its reviewer may read. An extension appends what
        :meth:`_prepare_suggestion` makes to the lists of ``super()``.

        :return: review → list of values of ``performance.agreement.suggestion``
        :rtype: dict
        """
        points = self.point_ids.grouped("review_id")
        dialogues = self.dialogue_ids.sorted("id").grouped("review_id")
        goals = self._collect_open_goals()
        no_points, no_talk = self.env["performance.point"], self.env["performance.dialogue"]
        return {
            review: review._drop_doubles(
                [
                    *review._suggest_points(points.get(review, no_points), goals[review]),
                    *review._suggest_talk(dialogues.get(review, no_talk)),
                    *review._suggest_goals(goals[review]),
                ]
            )
            for review in self
        }

    def _prepare_suggestion(self, kind, name, origin_field, origin, **vals):
        """Return the values of one suggestion.

        :param str kind: ``"goal"`` or a kind of commitment
        :param str name: cut to what a line can hold
        :param str origin_field: the link to what it comes from
        :param origin: the record it comes from
        :param vals: further values
        :rtype: dict
        """
        limit = self.env["performance.agreement.suggestion"]._fields["name"].size
        return {
            "code": f"{origin_field}-{origin.id}",
            "kind": kind,
            "name": " ".join(name.split())[:limit],
            "owner": "reviewer" if kind == "support" else "employee",
            origin_field: origin.id,
            **vals,
        }

    def _drop_doubles(self, suggested):
        """Leave out what says the same as a line before it or as the draft itself."""
        self.ensure_one()
        draft = self.agreement_id
        said = {(line.kind, line.name.casefold()) for line in draft.commitment_ids}
        said |= {("goal", goal.name.casefold()) for goal in draft.goal_ids}
        taken = draft.commitment_ids.origin_commitment_id.ids
        kept = []
        for vals in suggested:
            key = (vals["kind"], vals["name"].casefold())
            if key in said or not key[1] or vals.get("origin_commitment_id") in taken:
                continue
            said.add(key)
            kept.append(vals)
        return kept

    def _suggest_points(self, points, goals):
        """Suggest what was prepared: promises taken along, changes, supports, strengths.

        :param points: ``performance.point`` of this review
        :param goals: ``performance.goal`` that are suggested anyway
        """
        taken = points.filtered("commitment_id")
        rest = points - taken
        limit = self.env["performance.agreement"]._get_change_limit()
        limit -= len(taken.filtered(lambda point: point.commitment_id.kind == "change"))
        gaps = rest.filtered(lambda point: point.kind == "gap" and point.goal_id not in goals)
        gaps = gaps.sorted(
            lambda gap: (-gap.repeat_count, gap.nature != "behaviour", gap.sequence, gap.id)
        )
        return [
            *(self._suggest_promise(point) for point in taken),
            *(self._suggest_point("change", gap) for gap in gaps[: max(limit, 0)]),
            *(self._suggest_point(kind, point)
              for code, kind in (("support", "support"), ("strength", "keep"))
              for point in rest.filtered(lambda each, code=code: each.kind == code)),
        ]  # fmt: skip

    def _suggest_point(self, kind, point):
        return self._prepare_suggestion(
            kind, point.name, "origin_point_id", point, theme_id=point.theme_id.id
        )

    def _suggest_promise(self, point):
        line = point.commitment_id
        return self._prepare_suggestion(
            line.kind,
            point.name,
            "origin_point_id",
            point,
            owner=line.owner,
            theme_id=(point.theme_id or line.theme_id).id,
            origin_commitment_id=line.id,
        )

    def _suggest_talk(self, dialogues):
        """Suggest what was said: the support that is needed most, and what feedback advised."""
        return [
            *(
                self._prepare_suggestion(
                    "support", dialogue.support_needed, "origin_dialogue_id", dialogue
                )
                for dialogue in dialogues
                if dialogue.support_needed
            ),
            *(
                self._prepare_suggestion(
                    "keep", feedback.suggestion, "origin_feedback_id", feedback
                )
                for feedback in dialogues.feedback_ids
                if feedback.suggestion
            ),
        ]

    def _suggest_goals(self, goals):
        return [
            self._prepare_suggestion("goal", goal.name, "origin_goal_id", goal) for goal in goals
        ]

    def _collect_open_goals(self):
        """Return the goals of each review that are not reached, what lacks most first.

        These are the KPIs of its appraisal and what the review before agreed on, the latter
        where the reviewer is the same: another one does not read that agreement.

        :return: review → ``performance.goal``
        :rtype: dict
        """
        before = {
            review: review.previous_review_id
            for review in self
            if review.previous_review_id.reviewer_user_id == review.reviewer_user_id
        }
        previous = self.browse([review.id for review in before.values()])
        goals = self.env["performance.goal"].search(
            [
                ("weight", ">", 0),
                "|",
                ("appraisal_id", "in", self.appraisal_id.ids),
                "&",
                ("agreement_id.review_id", "in", previous.ids),
                ("agreement_id.is_in_force", "=", True),
            ]
        )
        # Whether it is reached is a figure, which nobody compares to the last digit.
        goals = goals.filtered(lambda goal: round(goal.achievement, 1) < 100)
        goals = goals.sorted("achievement")
        by_appraisal = goals.grouped("appraisal_id")
        by_review = goals.grouped(lambda goal: goal.agreement_id.review_id)
        none = goals.browse()
        return {
            review: (by_appraisal.get(review.appraisal_id, none) if review.appraisal_id else none)
            | (by_review.get(before[review], none) if before.get(review) else none)
            for review in self
        }
