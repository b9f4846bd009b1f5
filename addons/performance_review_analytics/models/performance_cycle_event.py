from odoo import api, fields, models

# How many of the kinds are deadlines that somebody moved; they come first.
DEADLINE_KINDS = 3


class PerformanceCycleEvent(models.Model):
    """What HR did with a cycle or with many of its reviews, and why: the history of the cycle.

    What became of a single review stands in the log of that review.
    """

    _name = "performance.cycle.event"
    _description = "History of a cycle"
    _inherit = ["performance.history.mixin"]
    # A line has no name of its own, and nobody links to it.
    _rec_name = "kind"

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="cycle_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("preparation_deadline", "Preparation deadline"),
            ("dialogue_deadline", "Dialogue deadline"),
            ("agreement_deadline", "Agreement deadline"),
            ("launch", "Launch"),
            ("joined", "People added"),
            ("reminded", "Reminder"),
            ("reviewer", "Another reviewer"),
            ("organisation", "Follow today's organisation"),
            ("line", "Managers above the reviewer, as of today"),
            ("end", "Reviews ended"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    old_date = fields.Date(string="Before", readonly=True)
    new_date = fields.Date(string="After", readonly=True)
    review_count = fields.Integer(string="Reviews", readonly=True)

    @api.model
    def _get_deadline_kinds(self):
        """Return the deadlines that can be moved, as pairs of code and label."""
        return self._fields["kind"]._description_selection(self.env)[:DEADLINE_KINDS]

    @api.model
    def _record(self, kind, counts, reason=False):
        """Write down what was done with reviews; the caller has asked the guard of the verb.

        :param str kind: of the field ``kind``
        :param dict counts: ``performance.cycle`` → number of reviews
        :param str reason: why, where it was asked for
        :return: the lines, with ``sudo()``
        """
        return self.sudo().create(
            [
                {"cycle_id": cycle.id, "kind": kind, "review_count": count, "reason": reason}
                for cycle, count in counts.items()
            ]
        )
