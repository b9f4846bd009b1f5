from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.performance_review_end import END_KINDS
from ..tools import arguments
from ..tools.words import say_list

NAMED = 15


class PerformanceReviewMove(models.TransientModel):
    """Ask HR what changes about the people of reviews, and show whom it lets in or out."""

    _name = "performance.review.move"
    _description = "Change the people of reviews"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    review_ids = fields.Many2many("performance.review", required=True)
    review_count = fields.Integer(string="Reviews", compute="_compute_preview")
    kind = fields.Selection(
        [
            ("organisation", "Follow today's organisation"),
            ("reviewer", "Another reviewer"),
            ("account", "Another account of the employee"),
            ("line", "Managers above the reviewer, as of today"),
            ("end", "End the review"),
        ],
        string="What changes",
        required=True,
        default="reviewer",
    )
    reviewer_id = fields.Many2one(
        "hr.employee",
        string="New reviewer",
        ondelete="cascade",
        domain="[('user_id', '!=', False)]",
    )
    user_id = fields.Many2one("res.users", string="New account", ondelete="cascade")
    end_kind = fields.Selection(END_KINDS, string="Ended because", default="left")
    reason = fields.Text(required=True, size=arguments.REASON_LIMIT)
    gain_text = fields.Text(string="Gain access", compute="_compute_preview")
    loss_text = fields.Text(string="Lose access", compute="_compute_preview")
    kept_text = fields.Char(string="Stays as it is", compute="_compute_preview")

    @api.depends("review_ids", "kind", "reviewer_id", "user_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.review_count = len(wizard.review_ids)
            kept = wizard.review_ids - wizard._get_moved()
            wizard.kept_text = bool(kept) and self.env._(
                "%(reviews)s: nobody reviews himself or herself.",
                reviews=say_list(self.env, kept.mapped("name")),
            )
            # What is shown are names of accounts and numbers, to HR alone.
            gains, losses = self.env["performance.review"]._count_audience(wizard._get_plan())
            wizard.gain_text = wizard._format_people(gains)
            wizard.loss_text = wizard._format_people(losses)

    def _get_moved(self):
        """Return the reviews that change: among many, not the one of the new reviewer."""
        self.ensure_one()
        reviewer = self.reviewer_id.sudo()
        if self.kind != "reviewer" or not reviewer or len(self.review_ids) == 1:
            return self.review_ids
        return self.review_ids.filtered(
            lambda review: (
                review.sudo().employee_id != reviewer
                and (review.sudo().employee_user_id != reviewer.user_id or not reviewer.user_id)
            )
        )

    def _get_plan(self):
        """Return what is going to change, as the verb will do it (review → values)."""
        self.ensure_one()
        reviews = self._get_moved()._origin
        if not reviews or not self.env.user.has_group(
            "performance_review.group_performance_review_officer"
        ):
            return {}
        reviews.check_access("read")
        reviews = reviews.sudo()
        if self.kind == "organisation":
            return reviews._plan_organisation()
        if self.kind == "reviewer" and self.reviewer_id:
            return reviews._plan_reviewer(self.reviewer_id._origin.sudo())
        if self.kind == "account" and self.user_id:
            of_employee = reviews._get_reviews_of(reviews.employee_id)
            return of_employee._plan_account(self.user_id._origin.sudo())
        if self.kind == "line":
            return reviews._plan_line()
        return {}

    @api.model
    def _format_people(self, counts):
        """Return one line per account with its number of reviews, the longest first."""
        lines = [
            self.env._("%(name)s (%(login)s): %(count)s", name=user.name, login=user.login, count=n)
            for user, n in counts.most_common(NAMED)
        ]
        if len(counts) > NAMED:
            lines.append(self.env._("and %(count)s more", count=len(counts) - NAMED))
        return "\n".join(lines) or self.env._("Nobody")

    def action_confirm(self):
        """Do it, by the verb of the review.

        :raise UserError: as the verb, or when its choice is missing
        :return: action that closes the dialog
        """
        self.ensure_one()
        reviews = self._get_moved()
        if self.kind == "organisation":
            reviews.action_follow_organisation(self.reason)
        elif self.kind == "reviewer":
            if not self.reviewer_id:
                raise UserError(self.env._("Choose the new reviewer."))
            reviews.action_reassign(self.reviewer_id.id, self.reason)
        elif self.kind == "account":
            if not self.user_id:
                raise UserError(self.env._("Choose the new account."))
            reviews.action_change_account(self.user_id.id, self.reason)
        elif self.kind == "line":
            reviews.action_refresh_line(self.reason)
        else:
            reviews.action_end(self.reason, self.end_kind)
        return {"type": "ir.actions.act_window_close"}
