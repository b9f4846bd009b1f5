from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.performance_review.models.performance_review_deadlines import DEADLINES


class PerformanceCycle(models.Model):
    """A new cycle from the last one: same people and rules, all dates a period later."""

    _inherit = "performance.cycle"

    # Not ``api.model``: a button above a list passes the rows that are ticked.
    def action_copy_last(self):
        """Open a draft made from the newest launched cycle of the user's company.

        Cycles that newcomers alone go through, as those of the probation, are passed over: the
        next one is not made from them. Period and deadlines move on by the length of the period,
        in whole months.

        :raise UserError: where no cycle has been launched yet
        :raise AccessError: for others than HR
        :return: the guided page of it (an ``ir.actions.act_window`` dict)
        """
        self.browse()._check_officer()
        last = self.search(self._get_last_domain(), limit=1)
        if not last:
            raise UserError(self.env._("No cycle has been launched yet: create the first one."))
        return last.action_copy_next()

    @api.model
    def _get_last_domain(self):
        """Return the ``Domain`` of the cycles of which the newest is *the last one*."""
        return (
            Domain("state", "!=", "draft")
            & Domain("company_id", "=", self.env.company.id)
            & Domain("joins_daily", "=", False)
            & Domain("max_seniority_days", "=", 0)
        )

    def action_copy_next(self):
        """Open a draft made from this cycle, a period later, on the guided page.

        :raise AccessError: for others than HR
        :return: an ``ir.actions.act_window`` dict
        """
        self.ensure_one()
        self._check_officer()
        return self.copy(self._prepare_next_cycle()).action_open_setup()

    def _prepare_next_cycle(self):
        """Return the values in which the next cycle differs from this one."""
        self.ensure_one()
        length = relativedelta(self.date_end + relativedelta(days=1), self.date_start)
        step = relativedelta(months=max(12 * length.years + length.months, 1))
        dates = {name: self[name] + step for name in DEADLINES if self[name]}
        return {
            **dates,
            "name": self.env._("%(cycle)s (next)", cycle=self.name),
            "user_id": self.env.uid,
            "date_start": self.date_start + step,
            "date_end": self.date_end + step,
        }
