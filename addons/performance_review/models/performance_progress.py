from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class PerformanceProgress(models.Model):
    """What either side records on a goal, a behaviour or a support (F2)."""

    _name = "performance.progress"
    _description = "Progress"
    _inherit = ["performance.review.part.mixin"]
    _order = "date desc, id desc"

    checkpoint_id = fields.Many2one(
        "performance.checkpoint", required=True, index=True, ondelete="cascade"
    )
    review_id = fields.Many2one(related="checkpoint_id.review_id")
    employee_id = fields.Many2one(related="checkpoint_id.review_id.employee_id")
    goal_id = fields.Many2one("performance.goal", index="btree_not_null", ondelete="cascade")
    commitment_id = fields.Many2one(
        "performance.commitment", index="btree_not_null", ondelete="cascade"
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = fields.Float(help="The measured value, in the unit of the goal.")
    percent = fields.Float(string="Progress (%)")
    note = fields.Text()
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )

    _percent_range = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "Progress lies between 0 and 100 %."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"author_id"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"checkpoint_id", "goal_id", "commitment_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"follow_up"})

    def _get_guarded_review(self):
        return self.checkpoint_id.review_id

    @api.constrains("goal_id", "commitment_id", "checkpoint_id")
    def _check_subject(self):
        for progress in self.sudo():
            if bool(progress.goal_id) == bool(progress.commitment_id):
                raise ValidationError(
                    self.env._("Record progress on one goal or on one commitment.")
                )
            agreement = progress.goal_id.agreement_id or progress.commitment_id.agreement_id
            if agreement.review_id != progress.checkpoint_id.review_id:
                raise ValidationError(
                    self.env._("This goal or commitment belongs to another review.")
                )
            if agreement.state not in ("signed", "closed_by_hr"):
                raise ValidationError(
                    self.env._("Progress can be recorded once the agreement is signed.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        checkpoints = self.env["performance.checkpoint"].browse(
            [vals["checkpoint_id"] for vals in vals_list if vals.get("checkpoint_id")]
        )
        if any(checkpoint.sudo().state == "cancelled" for checkpoint in checkpoints):
            raise UserError(self.env._("This checkpoint was cancelled: choose another one."))
        records = super().create(vals_list)
        measured = [
            record
            for record, vals in zip(records, vals_list, strict=True)
            if record.goal_id and "value" in vals
        ]
        for record in measured:
            record.sudo().goal_id._mark_measured(record.value)
        return records

    @api.model
    def _get_latest_percent(self, field_name, subjects):
        """Return the newest percentage recorded on each subject.

        :param str field_name: ``"commitment_id"`` or ``"goal_id"``
        :param subjects: records of that field's comodel
        :return: subject id → percent
        :rtype: dict[int, float]
        """
        latest = {}
        for record in self.search_fetch(
            [(field_name, "in", subjects.ids)], [field_name, "percent"], order="date, id"
        ):
            latest[record[field_name].id] = record.percent
        return latest
