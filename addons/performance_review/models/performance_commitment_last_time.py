from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import arguments, closure

# How a promise may be settled in the review that follows.
SETTLED = ("closed", "improved")


class PerformanceCommitment(models.Model):
    """What the next review does with a promise: take it along, settle it, say it came back.

    The verbs belong to whoever reviews the review that follows, as long as that one is open.
    Twice is the same as once.
    """

    _inherit = "performance.commitment"

    outcome_review_id = fields.Many2one(
        "performance.review",
        string="Settled in",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The later review that said how it ended, when its own was done already.",
    )

    drop_review_id = fields.Many2one(
        "performance.review",
        string="Dropped in",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The later review that said why it does not go on.",
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"outcome_review_id", "drop_review_id"}

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    def _get_next_review(self):
        """Return the open review that follows the one in which this was agreed on.

        :raise AccessError: for whoever does not review it
        :raise UserError: when there is none, or the promise is not part of a valid agreement
        :return: ``performance.review``, with the rights of the caller
        """
        self.ensure_one()
        self.check_access("read")
        line = self.sudo()
        if not line.agreement_id.is_in_force:
            raise UserError(
                self.env._("“%(name)s” is not part of an agreement that holds.", name=self.name)
            )
        following = line.env["performance.review"].search(
            [("previous_review_id", "=", line.review_id.id), ("state", "!=", "done")],
            order="id desc",
        )
        if not following:
            raise UserError(
                self.env._(
                    "No open review of %(employee)s follows the one in which this was agreed on.",
                    employee=line.review_id.name,
                )
            )
        mine = following.filtered(lambda review: review.reviewer_user_id == self.env.user)
        review = (mine or following)[:1].with_env(self.env)
        review._check_is_reviewer()
        return review

    def _lock_promise(self):
        """Let the database decide which of two clicks comes first.

        The row is written as it stands: a second transaction waits, finds it changed and begins
        anew, and then sees what the first one has done.
        """
        self.env.execute_query(
            SQL(
                "UPDATE performance_commitment SET write_date = write_date WHERE id IN %s "
                "RETURNING id",
                tuple(self.ids),
            )
        )

    def _filter_taken_along(self, review):
        """Return those that stand in ``review`` already, on its sheet or in its agreement.

        With the rights of the reader: an employee learns of the sheet when it is shown.

        :param review: one ``performance.review``
        """
        versions = list(self._get_versions())
        points = self.env["performance.point"].search_fetch(
            [("review_id", "=", review.id), ("commitment_id", "in", versions)],
            ["commitment_id"],
        )
        agreed = self.search_fetch(
            [
                ("agreement_id.review_id", "=", review.id),
                ("origin_commitment_id", "in", versions),
            ],
            ["origin_commitment_id"],
        )
        return self._get_carried_by(points.commitment_id | agreed.origin_commitment_id)

    def _is_outcome_fixed(self, review):
        """Say whether how it ended is history for ``review``.

        A review that is done keeps the outcomes it decided on. What it left open the next one
        may settle, and correct again.

        :param review: the ``performance.review`` that follows
        """
        self.ensure_one()
        line = self.sudo()
        return (
            line.review_id.state == "done"
            and line.outcome != "open"
            and line.outcome_review_id.id != review.id
        )

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_take_along(self):
        """Carry these promises on into the review that follows.

        As long as its sheet is open they become points of it, and from there suggestions for
        the agreement; once that is drafted, commitments of the draft.

        :raise AccessError: for whoever does not review the review that follows
        :raise UserError: when there is none, or its agreement has been proposed
        :return: ``True``
        """
        for line in self:
            review = line._get_next_review()
            line._lock_promise()
            if not line._filter_taken_along(review):
                line._mark_taken_along(review)
            if line.sudo().drop_review_id == review.sudo():
                # Thought better of.
                line.sudo().write({"drop_reason": False, "drop_review_id": False})
        return True

    def _can_leave(self):
        """Say whether there is anything to drop: it was not kept, and nobody has dropped it."""
        self.ensure_one()
        return self.outcome not in closure.KEPT and not self.drop_reason

    def action_leave(self, reason):
        """Say in the review that follows that these do not go on, and why.

        :param str reason: why, in a word; both sides read it
        :raise AccessError: for whoever does not review the review that follows
        :raise UserError: without a reason, when there is no such review, and for what was kept
            or has been taken along
        :return: ``True``
        """
        self.check_access("read")
        reason = self._read_word(reason, "drop_reason", required=True)
        for line in self:
            review = line._get_next_review()
            line._lock_promise()
            if line.drop_reason:
                continue
            if not line._can_leave():
                raise UserError(
                    self.env._("“%(name)s” was kept: there is nothing to drop.", name=line.name)
                )
            if line._filter_taken_along(review):
                raise UserError(
                    self.env._(
                        "“%(name)s” has been taken along: remove it from this review first.",
                        name=line.name,
                    )
                )
            line.sudo().write({"drop_reason": reason, "drop_review_id": review.id})
        return True

    def _mark_taken_along(self, review):
        self.ensure_one()
        Point = self.env["performance.point"]
        if review.state in Point._get_open_states():
            Point.create({"review_id": review.id, **review._prepare_promise(self)})
            return
        draft = review.sudo().agreement_id
        if draft.state != "draft":
            raise UserError(
                self.env._(
                    "The agreement of %(employee)s has been proposed: amend it to take this along.",
                    employee=review.sudo().name,
                )
            )
        self.sudo().create(self._prepare_taken_along_vals(draft))

    def _prepare_taken_along_vals(self, agreement):
        """Return the values of the commitment that carries this one on.

        :param agreement: the draft of the review that follows
        :rtype: dict
        """
        self.ensure_one()
        line = self.sudo()
        date = line.date_deadline
        return {
            "agreement_id": agreement.id,
            "kind": line.kind,
            "name": line.name,
            "cue": line.cue,
            "seen_as": line.seen_as,
            "owner": line.owner,
            "theme_id": line.theme_id.id,
            # A day that is over cannot be agreed on.
            "date_deadline": date if date and date >= fields.Date.context_today(self) else False,
            "origin_commitment_id": line.id,
        }

    def action_settle(self, outcome="closed"):
        """Record in the review that follows that these promises were kept.

        :param str outcome: ``"closed"``, or ``"improved"`` for what went better than before
        :raise AccessError: for whoever does not review the review that follows
        :raise UserError: when there is none, the own review has decided otherwise and is done,
            or for another word
        :return: ``True``
        """
        self.check_access("read")
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        outcome = arguments.read_choice(
            self.env,
            outcome,
            self._get_field_label("outcome"),
            [(code, labels[code]) for code in SETTLED],
        )
        return self._say_outcome(outcome)

    def action_came_back(self):
        """Record in the review that follows that the old pattern came back.

        The errors of :meth:`action_settle`.

        :return: ``True``
        """
        return self._say_outcome("recurred")

    def _say_outcome(self, outcome):
        for line in self:
            review = line._get_next_review()
            if line.outcome == outcome:
                continue
            if line._is_outcome_fixed(review):
                raise UserError(self.env._("The review is done: its outcomes stay."))
            line._mark_outcome({"outcome": outcome})
            if line.sudo().review_id.state == "done":
                line.sudo().outcome_review_id = review
        return True
