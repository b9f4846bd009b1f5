from odoo import api, fields, models

from ..tools import arguments


class PerformanceReviewLog(models.Model):
    """What happened to a review: its steps, its people, its end.

    The card has no message thread, because its readers are too many. This is its history, read
    by the reviewer and by HR, and written by nobody but the server.
    """

    _name = "performance.review.log"
    _description = "History of a review"
    _inherit = ["performance.history.mixin"]
    # A line has no name of its own, and nobody links to it.
    _rec_name = "kind"

    review_id = fields.Many2one(
        "performance.review", required=True, readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("step", "Step"),
            ("handover", "Reviewer"),
            ("account", "Account of the employee"),
            ("line", "Managers above"),
            ("end", "Ended by HR"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    old_value = fields.Char(string="Before", readonly=True)
    new_value = fields.Char(string="After", readonly=True)
    change_text = fields.Char(string="Change", compute="_compute_change_text")

    # How long each step took, read from the index alone; a step is a short word.
    _stay = models.Index("(review_id, date, id) INCLUDE (old_value) WHERE kind = 'step'")

    @api.model
    def _get_size_limits(self):
        # The names of a whole line of managers.
        limits = dict.fromkeys(("old_value", "new_value"), arguments.TEXT_LIMIT)
        return {**super()._get_size_limits(), **limits}

    @api.depends_context("lang")
    @api.depends("kind", "old_value", "new_value")
    def _compute_change_text(self):
        # Steps are stored by their codes and read in the language of the reader.
        steps = dict(
            self.env["performance.review"]._fields["state"]._description_selection(self.env)
        )
        for line in self:
            values = [line.old_value or "–", line.new_value or "–"]
            if line.kind in ("step", "end"):
                values = [steps.get(value, value) for value in values]
            line.change_text = " → ".join(values)

    @api.model
    def _record(self, kind, changes, reason=False):
        """Note what happened to reviews, in one batch, on behalf of the current user.

        :param str kind: one of the kinds of this model
        :param dict changes: ``performance.review`` → pair of texts, before and after
        :param str reason: why, where somebody decided it
        :return: the created lines, with ``sudo()``
        """
        return self.sudo().create(
            [
                {
                    "review_id": review.id,
                    "author_id": self.env.uid,
                    "kind": kind,
                    "old_value": before,
                    "new_value": after,
                    "reason": reason,
                }
                for review, (before, after) in changes.items()
            ]
        )
