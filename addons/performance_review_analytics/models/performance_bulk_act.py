from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.performance_review.models.performance_review_end import END_KINDS
from odoo.addons.performance_review.tools import arguments

# Up to this many reviews HR waits for the result; above, the job does the work.
INLINE_LIMIT = 100
BATCH = 100


class PerformanceBulkAct(models.Model):
    """What HR does with the people of many reviews, in the background.

    Begun by the dialog that changes the people of reviews. The job calls the same verbs with the
    rights of whoever began it, batch by batch, and can be interrupted after each.
    """

    _name = "performance.bulk.act"
    _description = "Change of many reviews"
    _inherit = ["performance.server.mixin"]
    _order = "id desc"
    _rec_name = "kind"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    cycle_id = fields.Many2one(
        "performance.cycle", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    author_id = fields.Many2one("res.users", string="Who", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("reviewer", "Another reviewer"),
            ("organisation", "Follow today's organisation"),
            ("line", "Managers above the reviewer, as of today"),
            ("end", "End the review"),
        ],
        string="What",
        required=True,
        readonly=True,
    )
    reviewer_id = fields.Many2one(
        "hr.employee", string="New reviewer", readonly=True, index="btree_not_null"
    )
    end_kind = fields.Selection(END_KINDS, string="Ended because", readonly=True)
    reason = fields.Text(required=True, readonly=True)
    # Whose reviews they are: nobody reads in HR why something is done with the own one.
    about_user_ids = fields.Many2many(
        "res.users", readonly=True, groups=fields.NO_ACCESS, export_string_translation=False
    )
    review_ids = fields.Many2many(
        "performance.review", string="Still to do", readonly=True, copy=False
    )
    total_count = fields.Integer(string="Reviews", readonly=True)
    done_count = fields.Integer(string="Done", readonly=True)
    refused_text = fields.Text(string="Left as they were", readonly=True)
    state = fields.Selection(
        [("running", "Under way"), ("done", "Done")],
        default="running",
        required=True,
        readonly=True,
        index=True,
    )
    done_percent = fields.Float(string="Done (%)", compute="_compute_done_percent")

    @api.model
    def _get_size_limits(self):
        return {
            **super()._get_size_limits(),
            "reason": arguments.REASON_LIMIT,
            "refused_text": arguments.DOCUMENT_LIMIT,
        }

    @api.depends("total_count", "done_count")
    def _compute_done_percent(self):
        for act in self:
            act.done_percent = 100.0 * act.done_count / act.total_count if act.total_count else 0.0

    @api.model
    def _begin(self, reviews, kind, reason, reviewer_id=False, end_kind=False):
        """Begin an act in the background; its caller has asked the guard of the verb.

        :param reviews: ``performance.review`` records of one company or several
        :param str kind: of the field ``kind``
        :param str reason: why
        :return: the acts, one for each cycle
        """
        acts = self.sudo().create(
            [
                {
                    "company_id": cycle.company_id.id,
                    "cycle_id": cycle.id,
                    "author_id": self.env.uid,
                    "kind": kind,
                    "reviewer_id": reviewer_id,
                    "end_kind": end_kind,
                    "reason": reason,
                    "about_user_ids": [fields.Command.set(part.employee_user_id.ids)],
                    "review_ids": [fields.Command.set(part.ids)],
                    "total_count": len(part),
                }
                for cycle, part in reviews.sudo().grouped("cycle_id").items()
            ]
        )
        self.env.ref("performance_review_analytics.ir_cron_bulk").sudo()._trigger()
        return acts

    @api.model
    def _cron_work(self):
        """Go on with the acts under way where they stopped; every batch is committed."""
        acts = self.search([("state", "=", "running")], order="id")
        for rest, act in enumerate(reversed(acts)):
            while batch := act.review_ids.sorted("id")[:BATCH]:
                act._work(batch)
                remaining = len(act.review_ids) + rest
                time_left = self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining)
                self.env.invalidate_all()
                if not time_left:
                    return
            act.state = "done"
            self.env["ir.cron"]._commit_progress(1, remaining=len(acts) - rest - 1)

    def _work(self, batch):
        """Do it for some reviews; if one of them is refused, for each of them alone."""
        self.ensure_one()
        refused = []
        if self._try(batch):
            for review in batch:
                if error := self._try(review):
                    refused.append(f"{review.name}: {error}")
        self.write(
            {
                "review_ids": [fields.Command.unlink(review.id) for review in batch],
                "done_count": self.done_count + len(batch),
                "refused_text": "\n".join(filter(None, [self.refused_text, *refused])) or False,
            }
        )

    def _try(self, reviews):
        """Call the verb with the rights of the author.

        :return: why it was refused, or an empty text
        :rtype: str
        """
        author = self.author_id
        mine = (
            reviews.with_user(author)
            .sudo(False)
            .with_context(allowed_company_ids=author.company_ids.ids, lang=author.lang)
        )
        try:
            with self.env.cr.savepoint():
                if self.kind == "reviewer":
                    mine.action_reassign(self.reviewer_id.id, self.reason)
                elif self.kind == "organisation":
                    mine.action_follow_organisation(self.reason)
                elif self.kind == "line":
                    mine.action_refresh_line(self.reason)
                else:
                    mine.action_end(self.reason, self.end_kind or "left")
        except (AccessError, UserError, ValidationError) as refusal:
            return str(refusal)
        return ""
