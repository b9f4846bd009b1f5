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
    # Whose reviews it was: nobody reads in HR why something was done with the own one.
    about_user_ids = fields.Many2many(
        "res.users", readonly=True, groups=fields.NO_ACCESS, export_string_translation=False
    )

    @api.model
    def _get_deadline_kinds(self):
        """Return the deadlines that can be moved, as pairs of code and label."""
        return self._fields["kind"]._description_selection(self.env)[:DEADLINE_KINDS]

    @api.model
    def _record(self, kind, counts):
        """Write down what was done with reviews; the caller has asked the guard of the verb.

        :param str kind: of the field ``kind``
        :param dict counts: ``performance.cycle`` → number of reviews
        :return: the lines, with ``sudo()``
        """
        return self.sudo().create(
            [
                {"cycle_id": cycle.id, "kind": kind, "review_count": count}
                for cycle, count in counts.items()
            ]
        )

    @api.model
    def _record_act(self, kind, reviews, reason):
        """Write down what was done with the people of reviews, and why.

        :param str kind: of the field ``kind``
        :param reviews: ``performance.review`` of one cycle or several
        :param str reason: why
        :return: the lines, with ``sudo()``
        """
        return self.sudo().create(
            [
                {
                    "cycle_id": cycle.id,
                    "kind": kind,
                    "review_count": len(part),
                    "reason": reason,
                    "about_user_ids": [fields.Command.set(part.employee_user_id.ids)],
                }
                for cycle, part in reviews.sudo().grouped("cycle_id").items()
                if cycle
            ]
        )
