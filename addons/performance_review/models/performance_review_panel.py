from odoo import api, models


class PerformanceReview(models.Model):
    """All that stands beside the 3×3 sheet while it is written, in one answer."""

    _inherit = "performance.review"

    @api.readonly
    def get_preparation_panel(self):
        """Return what the manager's surface shows beside the points.

        The evidence is :meth:`get_evidence` and nothing else; of its ``point`` and of the
        proposals only the values that say something are sent.

        :return: ``sources``; ``proposals`` (:meth:`get_proposals`); ``supports``, the library
            (:meth:`_get_support_library`); ``categories``, its pairs of code and label;
            ``themes`` (``id`` and ``name``); ``min_points``, how many of each kind the cycle asks
            for
        :raise AccessError: for anybody who neither reviews nor works in HR
        :rtype: dict
        """
        self.ensure_one()
        sources = self.get_evidence()
        for source in sources:
            for item in source["items"]:
                item["point"] = self._drop_empty(item["point"])
        Template = self.env["performance.support.template"]
        themes = self.env["performance.theme"].search_fetch([], ["name"])
        return {
            "sources": sources,
            "proposals": [self._drop_empty(proposal) for proposal in self.get_proposals()],
            "supports": self._get_support_library(),
            "categories": Template._fields["category"]._description_selection(self.env),
            "themes": [{"id": theme.id, "name": theme.name} for theme in themes],
            "min_points": self.sudo().cycle_id.min_points,
        }

    @api.model
    def _drop_empty(self, vals):
        return {name: value for name, value in vals.items() if value}

    def _get_support_library(self):
        """Return the entries of the support library for the company of the review.

        :return: in the order of HR; of each ``id``, ``category``, ``name``, ``description`` and
            ``theme_ids``
        :rtype: list[dict]
        """
        templates = (
            self.env["performance.support.template"]
            .search_fetch(
                [("company_id", "in", [False, self.sudo().company_id.id])],
                ["category", "name", "description", "theme_ids", "sequence"],
            )
            .sorted(lambda template: (template.sequence, template.id))
        )
        return [
            {
                "id": template.id,
                "category": template.category,
                "name": template.name,
                "description": template.description or "",
                "theme_ids": template.theme_ids.ids,
            }
            for template in templates
        ]
