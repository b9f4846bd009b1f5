from odoo import api, fields, models


class PerformanceCycle(models.Model):
    """Cycles that go on by themselves: who comes to match joins on that day, e.g. a probation.

    Somebody matches once the minimum seniority is reached, so that is when the review starts.
    """

    _inherit = "performance.cycle"

    joins_daily = fields.Boolean(
        string="People join by themselves",
        help="Every night whoever has come to match gets a review, with two weeks to prepare: for "
        "talks that follow a date in the contract, such as the end of the probation.",
    )

    @api.model
    def _cron_join(self):
        """Add whoever has come to match to cycles under way; twice a day adds nobody twice.

        Large numbers go the way of every launch, batch by batch.
        """
        cycles = self.search([("state", "=", "open"), ("joins_daily", "=", True)])
        for rest, cycle in enumerate(reversed(cycles)):
            if cycle._get_employees().search_count(cycle._get_launch_domain(), limit=1):
                cycle.action_launch()
            self.env["ir.cron"]._commit_progress(1, remaining=len(cycles) - rest - 1)
