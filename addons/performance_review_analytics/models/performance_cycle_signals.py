from odoo import api, fields, models
from odoo.exceptions import UserError


class PerformanceCycle(models.Model):
    """From how many people of how many teams on a signal opens; frozen at the launch."""

    _inherit = "performance.cycle"

    signal_people = fields.Integer(
        string="People for a signal",
        default=lambda self: self.env.company.performance_signal_people,
        help="So many people have to report the same before it is shown to anybody.",
    )
    signal_teams = fields.Integer(
        string="Teams for a signal",
        default=lambda self: self.env.company.performance_signal_teams,
        help="And of so many teams, or the one team would be known.",
    )

    # Or every page of an employee would have to look for them.
    has_signal_answers = fields.Boolean(readonly=True, copy=False)
    # When nothing was told of whatever is not told yet, see ``performance.sensor.count``.
    sensor_heard = fields.Json(
        readonly=True, copy=False, groups=fields.NO_ACCESS, export_string_translation=False
    )

    _signal_people_three = models.Constraint(
        "CHECK (signal_people >= 3)",
        "Fewer than three people would give themselves away: choose three or more.",
    )
    _signal_teams_two = models.Constraint(
        "CHECK (signal_teams >= 2)", "One team would be known: choose two or more."
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"has_signal_answers", "sensor_heard"}

    @api.model
    def _get_number_limits(self):
        return {**super()._get_number_limits(), "signal_people": 10_000, "signal_teams": 1_000}

    def write(self, vals):
        for name in ("signal_people", "signal_teams"):
            if name in vals and any(
                cycle.state != "draft" and cycle[name] != vals[name] for cycle in self
            ):
                raise UserError(
                    self.env._("The thresholds of signals stay as they were at the launch.")
                )
        return super().write(vals)

    def _prepare_signals(self):
        """Return the signals of this cycle that still wait for an answer, for the cockpit."""
        self.ensure_one()
        signals = self.env["performance.signal"].search_fetch(
            [("cycle_id", "=", self.id), ("state", "!=", "answered")],
            ["name", "owner_id", "date_deadline", "people_count", "state", "cycle_id"],
        )
        return [
            {
                "id": signal.id,
                "name": signal.name,
                "owner": signal.sudo().owner_id.name,
                "people": signal.people_text,
                "is_overdue": signal.is_overdue,
            }
            for signal in signals
        ]
