from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.achievement import achievement


class PerformanceProgress(models.Model):
    """What either side records on a goal, a behaviour or a support (F2)."""

    _name = "performance.progress"
    _description = "Progress"
    _inherit = ["performance.line.mixin", "performance.part.mixin"]
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
    # Whoever only writes a note has not set the goal back to 0: what is not typed in stays
    # as it was. Computed with the writer's own rights, since a form shows it at once.
    value = fields.Float(
        compute="_compute_value",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
        help="The measured value, in the unit of the goal.",
    )
    percent = fields.Float(
        string="Progress (%)",
        compute="_compute_percent",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    note = fields.Text()
    author_id = fields.Many2one(
        "res.users", required=True, readonly=True, index=True, default=lambda self: self.env.user
    )

    _percent_range = models.Constraint(
        "CHECK (percent BETWEEN 0 AND 100)", "Progress lies between 0 and 100%."
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

    @api.depends("goal_id")
    def _compute_value(self):
        for progress in self:
            progress.value = progress.goal_id.actual

    @api.depends("goal_id", "commitment_id", "value")
    def _compute_percent(self):
        newest = self._get_newest("commitment_id", self.commitment_id)
        for progress in self:
            goal = progress.goal_id
            if goal:
                reached = achievement(
                    goal.baseline, goal.current_target, progress.value, goal.direction or "up"
                )
                progress.percent = max(0.0, min(100.0, reached))
            else:
                progress.percent = newest.get(progress.commitment_id, self.browse()).percent

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for progress in self:
            if progress.date > today:
                raise ValidationError(
                    self.env._("Progress is recorded up to today: choose an earlier date.")
                )

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
            if not agreement.is_in_force:
                raise ValidationError(
                    self.env._("Progress can be recorded once the agreement is signed.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_planned()
        for vals in vals_list:
            self._check_says_something(vals)
        records.goal_id._update_actual()
        return records

    def _check_planned(self):
        """Refuse to record at a checkpoint that is over.

        :raise UserError: when it is done or cancelled
        """
        if any(checkpoint.state != "planned" for checkpoint in self.sudo().checkpoint_id):
            raise UserError(
                self.env._("This checkpoint is not planned any more: choose another one.")
            )

    @api.model
    def _check_says_something(self, vals):
        """Refuse an entry with neither a figure nor a note; what is left out stays as it was.

        :param dict vals: values of a ``create``
        :raise UserError: for an entry that says nothing
        """
        note = vals.get("note")
        has_figure = any(vals.get(name) is not None for name in ("value", "percent"))
        if not has_figure and not (isinstance(note, str) and note.strip()):
            raise UserError(self.env._("Type a figure, a note or both."))

    def write(self, vals):
        result = super().write(vals)
        if {"value", "date"} & vals.keys():
            self.goal_id._update_actual()
        return result

    def unlink(self):
        goals = self.goal_id
        result = super().unlink()
        goals._update_actual()
        return result

    @api.model
    def _get_newest(self, field_name, subjects, entries=None):
        """Return the newest entry on each subject, by the day it tells about.

        Entries on the same subject in an earlier version of the agreement count as well.

        :param str field_name: ``"commitment_id"`` or ``"goal_id"``
        :param subjects: records of that field's comodel
        :return: subject → ``performance.progress``, empty where nothing is recorded
        :rtype: dict
        """
        history = self._get_history(field_name, subjects, entries)
        return {subject: found[-1:] for subject, found in history.items()}

    @api.model
    def _get_history(self, field_name, subjects, entries=None):
        """Return all entries on each subject, the oldest day first; see :meth:`_get_newest`.

        :param entries: all entries there may be, in this order, where they have been read
        :return: subject → ``performance.progress``
        :rtype: dict
        """
        carried_by = subjects._get_versions()
        found = {subject.id: [] for subject in subjects}
        if entries is None:
            entries = self.search_fetch(
                [(field_name, "in", list(carried_by))],
                [field_name, "date", "value", "percent"],
                order="date, id",
            )
        for record in entries:
            for subject_id in carried_by.get(record[field_name].id, ()):
                found[subject_id].append(record.id)
        return {subject: self.browse(found[subject.id]) for subject in subjects}
