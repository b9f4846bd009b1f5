from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceReview(models.Model):
    """Agreement (共识): its versions and what still keeps it from being signed."""

    _inherit = "performance.review"

    agreement_ids = fields.One2many("performance.agreement", "review_id", string="Agreements")
    agreement_id = fields.Many2one(
        "performance.agreement",
        compute="_compute_agreement_id",
        store=True,
        index="btree_not_null",
        help="The newest version.",
    )
    readable_agreement_ids = fields.Many2many(
        "performance.agreement",
        string="Agreements to read",
        compute="_compute_readable_agreement_ids",
        export_string_translation=False,
        help="The versions the reader may read, the newest first.",
    )
    agreement_state = fields.Selection(
        "_get_agreement_states",
        string="State of the agreement",
        compute="_compute_agreement_state",
        help="Of the newest version the reader may read: nobody else learns of a dispute.",
    )

    @api.depends("agreement_ids")
    def _compute_agreement_id(self):
        newest = dict(
            self.env["performance.agreement"]._read_group(
                [("review_id", "in", self.ids)], ["review_id"], ["id:max"]
            )
        )
        for review in self:
            review.agreement_id = newest.get(review._origin, False)

    @api.model
    def _get_agreement_states(self):
        return self.env["performance.agreement"]._fields["state"]._description_selection(self.env)

    @api.depends_context("uid")
    @api.depends("agreement_ids.state", "agreement_ids.proposed_on")
    def _compute_readable_agreement_ids(self):
        # Once for all that asks which versions there are: a search goes by the reader's own
        # rights, the relation of a record by those of whoever read it first.
        agreements = self.env["performance.agreement"]
        if drafted := self.filtered("agreement_id"):
            agreements = agreements.search_fetch(
                [("review_id", "in", drafted.ids)], order="version desc"
            )
        by_review = agreements.grouped(lambda agreement: agreement.review_id.id)
        for review in self:
            review.readable_agreement_ids = by_review.get(review._origin.id, False)

    @api.depends_context("uid")
    @api.depends("agreement_ids.state")
    def _compute_agreement_state(self):
        for review in self:
            review.agreement_state = review.readable_agreement_ids[:1].state

    def _get_agreement_blockers(self):
        blockers = super()._get_agreement_blockers()
        for review in self:
            agreement = review._get_agreement_in_force() or review.agreement_id
            if not agreement:
                blockers[review].append(
                    {
                        "code": "agreement_missing",
                        "message": self.env._("There is no agreement yet (step Agreement)."),
                    }
                )
            elif agreement.state == "draft":
                blockers[review] += agreement._get_missing()
                blockers[review].append(
                    {
                        "code": "agreement_not_proposed",
                        "message": self.env._(
                            "The agreement is a draft: propose it to the employee."
                        ),
                    }
                )
            elif not agreement.is_in_force:
                blockers[review].append(
                    {
                        "code": "agreement_unsigned",
                        "message": agreement._get_unsigned_text(),
                    }
                )
        return blockers

    def _get_agreement_in_force(self):
        """Return the version that holds: signed, or closed by HR with both statements."""
        self.ensure_one()
        return self.agreement_ids.filtered("is_in_force").sorted("version")[-1:]

    def _enter_agreement(self):
        self.env["performance.agreement"].create(
            [{"review_id": review.id} for review in self if not review.agreement_id]
        )
        return super()._enter_agreement()

    def action_open_agreement(self):
        """Open the newest agreement the user may see (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        agreement = self.agreement_ids.sorted("version")[-1:]
        if not agreement:
            raise UserError(self.env._("There is no agreement for you to see yet."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Agreement"),
            "res_model": "performance.agreement",
            "res_id": agreement.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }
