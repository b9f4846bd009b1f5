from odoo import api, models
from odoo.fields import Domain


class PerformancePoint(models.Model):
    """What was said and agreed on a gap the last times it was one."""

    _inherit = "performance.point"

    @api.readonly
    def get_repeats(self):
        """Return the earlier gaps with the theme of this one, the newest first.

        What the reader may not read of an earlier review is left out, so there may be fewer
        than ``repeat_count``.

        :return: dicts of ``cycle`` (its name), ``point`` (what the gap was called), ``fact`` and
            ``agreed``: list of ``{"name", "outcome", "outcome_label"}`` of the commitments of
            that review that carry the theme
        :raise AccessError: for anybody who neither reviews nor works in HR
        :rtype: list[dict]
        """
        self.ensure_one()
        self.check_access("read")
        self.review_id._check_sees_preparation()
        if self.kind != "gap" or not self.theme_id:
            return []
        gaps = self.review_id._get_earlier_gaps()
        gaps = gaps.filtered(lambda gap: gap.theme_id == self.theme_id)
        agreed = self._get_agreed_on(gaps)
        return [
            {
                "cycle": gap.sudo().review_id.cycle_id.name,
                "point": gap.name,
                "fact": gap.fact or "",
                "agreed": agreed.get(gap.review_id.id, []),
            }
            for gap in gaps
        ]

    def _get_agreed_on(self, gaps):
        """Return what was agreed on the theme of these gaps, by id of the review.

        :rtype: dict[int, list[dict]]
        """
        lines = self.env["performance.commitment"].search_fetch(
            Domain("agreement_id.review_id", "in", gaps.review_id.ids)
            & Domain("agreement_id.is_in_force", "=", True)
            & Domain("theme_id", "in", gaps.theme_id.ids)
        )
        outcomes = dict(lines._fields["outcome"]._description_selection(self.env))
        found = {}
        for line in lines:
            found.setdefault(line.agreement_id.review_id.id, []).append(
                {
                    "name": line.name,
                    "outcome": line.outcome,
                    "outcome_label": outcomes[line.outcome],
                }
            )
        return found
