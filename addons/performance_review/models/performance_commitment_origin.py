from odoo import api, fields, models
from odoo.tools import format_date


class PerformanceCommitment(models.Model):
    """Where a commitment comes from: what an earlier review left open comes along."""

    _name = "performance.commitment"
    _inherit = ["performance.commitment", "performance.origin.mixin"]

    times = fields.Integer(
        string="Agreed",
        compute="_compute_times",
        store=True,
        precompute=True,
        recursive=True,
        help="In how many reviews in a row this has been agreed on.",
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | set(self._get_origin_fields())

    def _prepare_carry_vals(self):
        # A copy of a line is a new promise; the same one in a new version is not.
        return {**super()._prepare_carry_vals(), **self._prepare_origin_vals()}

    @api.depends("origin_commitment_id.times")
    def _compute_times(self):
        for line in self:
            line.times = 1 + line.origin_commitment_id.times

    def _get_carried_by(self, others):
        """Return those of these commitments that ``others`` are, or are earlier versions of.

        :param others: ``performance.commitment``
        """
        versions = self._get_versions()
        ids = {line_id for other in others for line_id in versions.get(other.id, ())}
        return self.filtered(lambda line: line.id in ids)

    def _is_manager_side(self):
        """Say whether somebody else than the employee owes this."""
        self.ensure_one()
        return self.owner in self.env["performance.agreement"]._get_manager_side()

    def _get_due_text(self):
        """Return until when it was promised, in the words of the reader, or nothing."""
        self.ensure_one()
        if not self.date_deadline:
            return ""
        return self.env._("until %(date)s", date=format_date(self.env, self.date_deadline))

    def _get_drop_text(self):
        """Say that it does not go on into the next review, and why, or nothing."""
        self.ensure_one()
        if not self.drop_reason:
            return ""
        return self.env._("dropped: %(reason)s", reason=self.drop_reason)

    def _get_times_text(self):
        """Say that it was carried on from an earlier review, and how often, or nothing."""
        self.ensure_one()
        if self.times < 2:
            return ""
        # The cycle's name belongs to the card, which whoever reads the commitment reads.
        cycle = self.sudo().origin_commitment_id.review_id.cycle_id.name or ""
        if self.times == 2:
            return self.env._("carried from %(cycle)s, second time", cycle=cycle)
        if self.times == 3:
            return self.env._("carried from %(cycle)s, third time", cycle=cycle)
        return self.env._(
            "carried from %(cycle)s, %(times)s times by now", cycle=cycle, times=self.times
        )

    def _get_earlier_outcomes(self):
        """Say what came of the same promise in earlier reviews, as far as the reader may read it.

        :return: one text per review, the newest first
        :rtype: list[str]
        """
        self.ensure_one()
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        found, line = [], self
        while line := line.origin_commitment_id._filtered_access("read"):
            cycle = line.sudo().review_id.cycle_id.name or ""
            said = [outcomes[line.outcome], line.outcome_note]
            found.append(f"{cycle}: {' · '.join(filter(None, said))}")
        return found
