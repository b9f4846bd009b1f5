from odoo import models


class PerformanceLineMixin(models.AbstractModel):
    """Lines that are read along with their ids.

    Odoo asks for the ids of a record's lines first and for what they say right after: two queries
    for every list of a form or a page. Here the first one brings both. For short rows alone,
    whose ids nobody wants without their words.
    """

    _name = "performance.line.mixin"
    _description = "Lines that are read along with their ids"

    def _fetch_query(self, query, fields):
        parents = self._get_parent_fields()
        if fields and all(field.name in parents for field in fields):
            fields = self._determine_fields_to_fetch()
        return super()._fetch_query(query, fields)


class PerformanceCarriedMixin(models.AbstractModel):
    """Lines of an agreement, which an amendment carries on from version to version."""

    _name = "performance.carried.mixin"
    _description = "Lines carried on from version to version"
    _inherit = ["performance.line.mixin"]

    def _get_deadline_in_force(self):
        """Return until when this line holds today (``date`` or ``False``); a hook."""
        self.ensure_one()
        return self.date_deadline

    def _get_versions(self):
        """Return which of these lines each one carries on, earlier versions included.

        However many versions there are, the lines of all of them are read at once.

        :return: id of a line or of an earlier version of it → ids of these lines
        :rtype: dict[int, list[int]]
        """
        lines = self.sudo()
        lines._fetch_family()
        carried_by = {}
        for line in lines:
            version = line
            while version:
                carried_by.setdefault(version._origin.id, []).append(line.id)
                version = version.origin_id
        return carried_by

    def _fetch_family(self):
        """Read which line carries on which, in all versions of the agreements of these lines."""
        origins = self.origin_id
        origin_field = self._fields["origin_id"]
        if any(not self.env.cache.contains(line, origin_field) for line in origins):
            self.search_fetch(
                [("agreement_id.review_id.agreement_ids", "in", self.agreement_id.ids)],
                ["origin_id"],
            )
