from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ..tools.agenda import share
from ..tools.balance import FEATURES
from .performance_pulse import STEP

# Beside these, the parts that the balance is made of.
FIGURES = ("employee_share", "future_share", "covered", "facts", "balance")


class PerformancePractice(models.Model):
    """How the talks of a cycle were led, on the whole (O4): what HR needs to plan training.

    One row per cycle with means over people, each person counting once. A mean is shown from the
    threshold on that was frozen at the launch, and changes only when at least ``STEP`` more people
    have the figure: two readings never differ by one person. Nobody has a right to the row; the
    text comes from :meth:`_get_summaries`.
    """

    _name = "performance.practice"
    _description = "Practice of a cycle"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]
    _rec_name = "cycle_id"
    # Neither who led the last talk nor when.
    _log_access = False

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, ondelete="cascade"
    )
    # figure → [mean in percent, number of people]
    shown = fields.Json(readonly=True, groups=NO_ACCESS)

    _one_per_cycle = models.UniqueIndex("(cycle_id)", "This cycle has its means already.")

    @api.model
    def _get_server_fields(self):
        return frozenset(self._fields)

    @api.model
    def _get_parent_fields(self):
        return frozenset({"cycle_id"})

    @api.depends("cycle_id")
    def _compute_display_name(self):
        for practice in self._get_nameable():
            practice.display_name = self.env._("Practice")

    @api.model
    def _take_in(self, cycles):
        """Work out the means of cycles in which enough more people have led a talk.

        :param cycles: ``performance.cycle`` records
        """
        rows = {row.cycle_id: row for row in self.sudo().search([("cycle_id", "in", cycles.ids)])}
        talks = self.env["performance.mirror"].sudo().search([("cycle_id", "in", cycles.ids)])
        by_cycle = talks.grouped("cycle_id")
        for cycle in cycles.sudo() & talks.cycle_id:
            row = rows.get(cycle, self.sudo())
            shown = row.shown or {}
            people = by_cycle[cycle].grouped("user_id").values()
            grown = {}
            for name in (*FIGURES, *FEATURES):
                values = [self._read(own, name) for own in people]
                known = [value for value in values if value is not None]
                needed = shown[name][1] + STEP if name in shown else 0
                if len(known) >= max(needed, STEP, cycle.pulse_minimum):
                    grown[name] = [round(sum(known) / len(known)), len(known)]
            if grown and row:
                row.write({"shown": {**shown, **grown}})
            elif grown:
                row.create({"cycle_id": cycle.id, "shown": grown})

    @api.model
    def _read(self, talks, name):
        """Return a figure of one person's talks in percent, ``None`` where none of them has it."""
        if name == "facts":
            said = sum(talks.mapped("said_count"))
            return share(sum(talks.mapped("fact_count")), said) if said else None
        if name == "covered":
            found = [share(sum(talk.covered.values()), len(talk.covered)) for talk in talks]
        elif name in FEATURES:
            parts = [talk.parts.get(name) for talk in talks]
            found = [100 * part for part in parts if part is not None]
        else:
            found = [talk[name] for talk in talks if talk[name] or name == "balance"]
        return sum(found) / len(found) if found else None

    @api.model
    def _get_summaries(self, cycles):
        """Return the means of each cycle in one line, or that there are too few people.

        :param cycles: ``performance.cycle`` records
        :return: cycle → text
        :rtype: dict
        """
        rows = {
            row.cycle_id.id: row for row in self.sudo().search([("cycle_id", "in", cycles.ids)])
        }
        return {
            cycle: rows[cycle.id]._say_means()
            if cycle.id in rows
            else self.env._("Too few people have led a talk")
            for cycle in cycles
        }

    def _say_means(self):
        labels = {
            "employee_share": self.env._("employees spoke"),
            "future_share": self.env._("time on the future"),
            "covered": self.env._("sections covered"),
            "facts": self.env._("facts, not labels"),
            "balance": self.env._("balance"),
        }
        shown = self.shown or {}
        texts = [
            self._say_mean(label, *shown[name]) for name, label in labels.items() if name in shown
        ]
        features = self.env["performance.dialogue"]._get_features()
        known = [name for name in FEATURES if name in shown]
        if known:
            weakest = min(known, key=lambda name: shown[name][0])
            label = self.env._("furthest from developing: %s", features[weakest]["label"])
            texts.append(self._say_mean(label, *shown[weakest]))
        return " · ".join(texts)

    def _say_mean(self, label, mean, count):
        return self.env._(
            "%(label)s %(mean)s%% (%(count)s people)", label=label, mean=mean, count=count
        )


class PerformanceCycle(models.Model):
    """What HR reads about how talks were led: means of many people, or nothing."""

    _inherit = "performance.cycle"

    practice_text = fields.Char(
        string="How talks were led",
        compute="_compute_practice_text",
        groups="performance_review.group_performance_review_officer",
        help="To plan training: means over people, never about one of them, never for pay.",
    )

    def _compute_practice_text(self):
        texts = self.env["performance.practice"]._get_summaries(self)
        for cycle in self:
            cycle.practice_text = texts[cycle]
