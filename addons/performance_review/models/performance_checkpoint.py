from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

ACTIVITY_TYPE = "performance_review.mail_activity_type_checkpoint"


class PerformanceCheckpoint(models.Model):
    """A date on which both look at the plan: scheduled, or a one-to-one in between."""

    _name = "performance.checkpoint"
    _description = "Checkpoint"
    _inherit = [
        "performance.confidential.mixin",
        "performance.line.mixin",
        "performance.part.mixin",
    ]
    _order = "date, id"

    review_id = fields.Many2one("performance.review", required=True, index=True, ondelete="cascade")
    employee_id = fields.Many2one(related="review_id.employee_id")
    date = fields.Date(required=True, index=True, default=fields.Date.context_today)
    kind = fields.Selection(
        [("scheduled", "Checkpoint"), ("one_to_one", "One-to-one")],
        default="scheduled",
        required=True,
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
    )
    note = fields.Text(help="What was looked at; both sides read it.")
    progress_ids = fields.One2many("performance.progress", "checkpoint_id")
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    review_state = fields.Selection(related="review_id.state", string="Step")
    is_reviewer = fields.Boolean(related="review_id.is_reviewer", export_string_translation=False)
    is_employee = fields.Boolean(related="review_id.is_employee", export_string_translation=False)

    # The lists of what is still ahead, of all reviews and years.
    _planned = models.Index("(date, id) WHERE state = 'planned'")

    @api.model
    def _get_server_fields(self):
        return frozenset({"state"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"follow_up"})

    @api.depends("date", "state", "progress_ids")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for checkpoint in self:
            checkpoint.is_overdue = bool(
                checkpoint.state == "planned"
                and checkpoint.date
                and checkpoint.date < today
                # Something has been recorded: only the reviewer's tick is missing.
                and not checkpoint.progress_ids
            )

    @api.depends_context("uid", "lang")
    @api.depends("date", "kind", "review_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for checkpoint in self._get_nameable():
            date = checkpoint.date and format_date(self.env, checkpoint.date, date_format="long")
            what = " ".join(filter(None, (kinds.get(checkpoint.kind), date)))
            # The name belongs to the card, which everybody reads who reads its checkpoints.
            checkpoint.display_name = " · ".join(
                filter(None, (what, checkpoint.sudo().review_id.name))
            )

    @api.model_create_multi
    def create(self, vals_list):
        checkpoints = super().create(vals_list)
        checkpoints._activity_update()
        return checkpoints

    def write(self, vals):
        if {"date", "kind", "note"} & vals.keys() and any(
            checkpoint.state != "planned" for checkpoint in self
        ):
            raise UserError(self.env._("A checkpoint that is done or cancelled stays as it is."))
        result = super().write(vals)
        if "date" in vals:
            self._activity_update()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(checkpoint.state == "done" for checkpoint in self):
            raise UserError(self.env._("A checkpoint that took place stays in the history."))

    def _check_reviewer(self):
        self.check_access("read")
        self.sudo().review_id.sudo(self.env.su)._check_is_reviewer()

    def action_add_progress(self):
        """Ask either side for progress (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record progress"),
            "res_model": "performance.progress",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_checkpoint_id": self.id},
        }

    def action_done(self):
        """Note that the checkpoint took place.

        :raise UserError: when it was cancelled
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self._check_reviewer()
        if any(checkpoint.state == "cancelled" for checkpoint in self):
            raise UserError(self.env._("A cancelled checkpoint cannot be done."))
        self._mark_settled("done")
        return True

    def action_cancel(self):
        """Cancel a planned checkpoint.

        :raise UserError: when it took place already
        :raise AccessError: for anybody but the reviewer
        :return: ``True``
        """
        self._check_reviewer()
        if any(checkpoint.state == "done" for checkpoint in self):
            raise UserError(self.env._("A checkpoint that took place cannot be cancelled."))
        self._mark_settled("cancelled")
        return True

    def _mark_settled(self, state):
        checkpoints = self.sudo()
        checkpoints.write({"state": state})
        checkpoints._activity_update()

    def _activity_update(self):
        """Keep one activity for the reviewer per planned checkpoint, none for settled ones."""
        checkpoints = self.sudo()
        planned = checkpoints.filtered(lambda checkpoint: checkpoint.state == "planned")
        (checkpoints - planned).activity_unlink([ACTIVITY_TYPE])
        activity_type = self.env.ref(ACTIVITY_TYPE)
        # People may plan activities of their own on a checkpoint; those are theirs.
        activities = planned.activity_search([ACTIVITY_TYPE])
        for activity in activities:
            checkpoint = checkpoints.browse(activity.res_id)
            if activity.date_deadline != checkpoint.date:
                activity.date_deadline = checkpoint.date
        served = set(activities.mapped("res_id"))
        by_lang = {}
        for checkpoint in planned:
            user = checkpoint.review_id._get_activity_user("checkpoint")
            if user and checkpoint.id not in served:
                by_lang.setdefault(user.lang, []).append(
                    {
                        "activity_type_id": activity_type.id,
                        "res_id": checkpoint.id,
                        "user_id": user.id,
                        "date_deadline": checkpoint.date,
                    }
                )
        # A task keeps the name of its record, as it is called when somebody first asks for it:
        # in the language of whom it is for.
        for lang, vals_list in by_lang.items():
            planned.with_context(lang=lang)._create_quiet_activities(vals_list).mapped("res_name")
