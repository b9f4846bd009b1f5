from odoo import api, models
from odoo.tools import format_date

from ..tools import arguments
from ..tools.figures import say_figure, say_number

# How a commitment ended that has to be talked about again.
UNSETTLED = ("open", "untouched", "recurred")


class PerformanceReview(models.Model):
    """What a piece of evidence says as a point: its fact, its link, the column it suggests.

    One place for the screen, where a click makes a point of anything, and for the proposals.
    """

    _inherit = "performance.review"

    @api.model
    def _prepare_goal_point(self, goal):
        """Return the values of a point about a measured goal.

        :param goal: one ``performance.goal``
        :return: values of ``performance.point``
        :rtype: dict
        """
        return {
            "kind": "strength" if goal.achievement >= 100 else "gap",
            "nature": "result",
            "name": goal.name[: arguments.POINT_LIMIT],
            "fact": self.env._(
                "%(name)s: %(actual)s of %(target)s, %(percent)s of the way.",
                name=goal.name,
                actual=say_number(self.env, goal.actual),
                target=say_figure(self.env, goal.current_target, goal.unit),
                percent=say_figure(self.env, round(goal.achievement, 1), "%"),
            ),
            "goal_id": goal.id,
        }

    @api.model
    def _prepare_incident_point(self, incident):
        """Return the values of a point about something that happened, see above."""
        return {
            "kind": "strength" if incident.polarity == "positive" else "gap",
            "nature": "behaviour",
            "name": incident.name[: arguments.POINT_LIMIT],
            "fact": " · ".join(
                filter(None, [format_date(self.env, incident.date), incident.name, incident.effect])
            ),
            "incident_id": incident.id,
            "theme_id": incident.theme_id.id,
        }

    def _prepare_kept_point(self, line):
        """Return the values of a point about what was agreed last time, see above.

        As a promise that is taken up (:meth:`_prepare_promise`), but for a behaviour that has
        changed as it was meant to: that is a strength.
        """
        vals = self._prepare_promise(line)
        if vals["kind"] == "gap" and line.outcome not in UNSETTLED:
            vals["kind"] = "strength"
        return vals

    @api.model
    def _prepare_plain_point(self, item):
        """Return the values of a point made of an item that says nothing itself about it.

        What it is linked to is found by its model, so a source of another addon needs nothing.
        """
        figure = " ".join(filter(None, [str(item["figure"]), item["unit"]]))
        vals = {
            "nature": "result",
            "name": item["title"][: arguments.POINT_LIMIT],
            "fact": " · ".join(filter(None, [item["title"], figure, item["note"]])),
        }
        record = item["record"]
        Point = self.env["performance.point"]
        for name in sorted(Point._get_evidence_fields()):
            if record and Point._fields[name].comodel_name == record._name:
                vals[name] = record.id
        return vals
