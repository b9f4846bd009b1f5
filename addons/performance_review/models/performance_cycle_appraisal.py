from odoo import models
from odoo.fields import Domain


class PerformanceCycle(models.Model):
    """Which appraisal result a review of this cycle talks about: one rule, whoever asks.

    Launch asks it for new reviews, the import of results for those that are under way.
    """

    _inherit = "performance.cycle"

    def _find_appraisals(self, employees):
        """Return the id of the appraisal to talk about, by employee id.

        That is the newest one imported for this cycle, whatever its period; or else the newest
        one that overlaps the period of the cycle.

        :param employees: ``hr.employee``
        :rtype: dict[int, int]
        """
        self.ensure_one()
        overlapping = Domain("date_start", "<=", self.date_end)
        overlapping &= Domain("date_end", ">=", self.date_start)
        appraisals = self.env["performance.appraisal"].search_fetch(
            Domain("employee_id", "in", employees.ids)
            & (Domain("cycle_id", "=", self.id) | overlapping),
            ["employee_id", "cycle_id"],
            order="date_end, id",
        )
        # The last one of an employee stays; sorting keeps the order of equals.
        appraisals = appraisals.sorted(lambda appraisal: appraisal.cycle_id == self)
        return {appraisal.employee_id.id: appraisal.id for appraisal in appraisals}

    def _link_appraisals(self, employees):
        """Give reviews under way the result that has arrived since they were launched.

        While a review is prepared the rule decides; once it has been talked about, only a
        review without a result gets one.

        :param employees: ``hr.employee`` whose results have changed
        """
        reviews = self.env["performance.review"].search(
            [
                ("cycle_id", "in", self.ids),
                ("employee_id", "in", employees.ids),
                "|",
                ("state", "=", "preparation"),
                "&",
                ("appraisal_id", "=", False),
                ("state", "!=", "done"),
            ]
        )
        for cycle, found in reviews.grouped("cycle_id").items():
            appraisals = cycle._find_appraisals(found.employee_id)
            for review in found:
                appraisal_id = appraisals.get(review.employee_id.id, False)
                if appraisal_id and review.appraisal_id.id != appraisal_id:
                    review.appraisal_id = appraisal_id
