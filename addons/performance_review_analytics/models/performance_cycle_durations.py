from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL

from odoo.addons.performance_review.models.performance_review_steps import STEPS


class PerformanceCycle(models.Model):
    """How long reviews stay in each step, against the cycle before.

    Counted every night and when the cycle closes, not whenever somebody looks: the history of a
    large cycle is long, and a median of days says nothing new in the afternoon.
    """

    _inherit = "performance.cycle"

    # Code of a step → median days; ``False`` where no step has enough of them.
    step_days = fields.Json(
        readonly=True, copy=False, groups=NO_ACCESS, export_string_translation=False
    )

    @api.model
    def _get_server_fields(self):
        return super()._get_server_fields() | {"step_days"}

    @api.model
    def _cron_count_step_days(self):
        """Count the median days of every cycle that goes on, or is over without any."""
        cycles = self.search(
            ["|", ("state", "=", "open"), "&", ("state", "=", "closed"), ("step_days", "=", False)]
        )
        for rest, cycle in enumerate(reversed(cycles)):
            cycle._count_step_days()
            self.env["ir.cron"]._commit_progress(1, remaining=len(cycles) - rest - 1)

    def _count_step_days(self):
        """Keep the median days of these cycles as they are now."""
        days = self._get_step_durations()
        for cycle in self:
            cycle.sudo().step_days = {
                step: found for (cycle_id, step), found in days.items() if cycle_id == cycle.id
            }

    def _mark_closed(self, reason):
        result = super()._mark_closed(reason)
        # Nothing moves in it from now on.
        self._count_step_days()
        return result

    def _get_previous_cycle(self):
        """Return the launched cycle with the same outline that ended last before this one."""
        self.ensure_one()
        return self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("outline_id", "=", self.outline_id.id),
                ("state", "!=", "draft"),
                ("date_end", "<", self.date_end),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _get_step_durations(self):
        """Return the median days that reviews spent in a step they have left.

        From the history of the reviews, in one statement for all cycles. A review that went back
        counts every stay, one that HR ended none. Fewer stays than the cycle's threshold say
        nothing, and would say something about single people.

        :return: (cycle id, code of the step) → days
        :rtype: dict[tuple[int, str], float]
        """
        self.env["performance.review.log"].flush_model()
        self.env["performance.review"].flush_model(["cycle_id", "create_date"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT cycle.id,
                       stay.step,
                       percentile_cont(0.5) WITHIN GROUP (
                           ORDER BY EXTRACT(EPOCH FROM stay.length)::float8) / 86400.0
                  FROM performance_cycle cycle
                  JOIN performance_review review ON review.cycle_id = cycle.id
            -- Review by review, in the order of an index: the history of other years is not read.
            CROSS JOIN LATERAL (
                       SELECT line.old_value AS step,
                              line.date - COALESCE(
                                  LAG(line.date) OVER (ORDER BY line.date, line.id),
                                  review.create_date) AS length
                         FROM performance_review_log line
                        WHERE line.review_id = review.id AND line.kind = 'step') stay
                 WHERE cycle.id IN %(cycles)s
              GROUP BY cycle.id, stay.step
                HAVING COUNT(*) >= cycle.pulse_minimum
                """,
                cycles=tuple(self.ids) or (0,),
            )
        )
        return {(cycle_id, step): days for cycle_id, step, days in rows}

    def _prepare_durations(self, previous):
        """Return the rows of the cockpit: a step, its days here and in the cycle before.

        :param previous: that ``performance.cycle``, or none
        """
        self.ensure_one()
        here, earlier = self.sudo().step_days or {}, previous.sudo().step_days or {}
        steps = dict(
            self.env["performance.review"]._fields["state"]._description_selection(self.env)
        )
        rows = []
        for step in STEPS[:-1]:
            now, before = here.get(step.code), earlier.get(step.code)
            if now is not None or before is not None:
                rows.append(
                    {
                        "code": step.code,
                        "label": steps[step.code],
                        "days": None if now is None else round(now, 1),
                        "before": None if before is None else round(before, 1),
                    }
                )
        return {"previous": previous.name or False, "minimum": self.pulse_minimum, "rows": rows}
