from datetime import timedelta

from odoo import api, fields, models

DAYS_TO_DECIDE = 30


class PerformanceSignal(models.Model):
    """Signals open by themselves: once a week, from enough people of enough teams on.

    Not at the moment somebody ends a talk, or the moment would name whose talk it was.
    """

    _inherit = "performance.signal"

    @api.model
    def _cron_open(self):
        """Count what people raised in cycles under way and open what many report.

        Running it twice changes nothing: there is one signal for each subject of a cycle.
        """
        cycles = self.env["performance.cycle"].search([("state", "=", "open")])
        for rest, cycle in enumerate(reversed(cycles)):
            self._open_of(cycle)
            self.env["ir.cron"]._commit_progress(1, remaining=len(cycles) - rest - 1)

    @api.model
    def _open_of(self, cycle):
        """Open and count the signals of one cycle.

        :param cycle: one ``performance.cycle``
        :return: the signals that are new
        """
        signals = self.sudo()
        known = {
            signal._get_subject(): signal
            for signal in signals.search([("cycle_id", "=", cycle.id)])
        }
        opened = []
        for subject, count in self.env["performance.sensor.count"].sudo()._update_of(cycle):
            if subject[0] == "support":
                continue  # Nobody's question: it is counted, and answered where it was asked.
            if signal := known.get(subject):
                # Never down: a number that falls would say that somebody took it back.
                if count > signal.people_count:
                    signal.people_count = count
            else:
                opened.append({**self._prepare_signal(cycle, subject), "people_count": count})
        return signals.create(opened)

    def _get_subject(self):
        """Return what tells this signal from the others of its cycle."""
        self.ensure_one()
        return (
            self.kind,
            self.theme_id.id or None,
            self.goal_id.id or None,
            self.concern_kind or None,
        )

    @api.model
    def _prepare_signal(self, cycle, subject):
        """Return the values of a signal that opens, in the language of its owner."""
        kind, theme_id, goal_id, concern_kind = subject
        owner = cycle.user_id or self.env.user
        here = self.with_context(lang=owner.lang)
        if kind == "obstacle":
            theme = here.env["performance.theme"].browse(theme_id)
            name = here.env._("Obstacle: %(theme)s", theme=theme.name)
        elif kind == "goal":
            goal = here.env["performance.goal"].sudo().browse(goal_id)
            words = dict(here._fields["concern_kind"]._description_selection(here.env))
            name = here.env._(
                "Goal “%(goal)s”: %(concern)s", goal=goal.name, concern=words[concern_kind]
            )
        else:
            name = here.env._("Many say: it cannot go on like this")
        return {
            "name": name,
            "kind": kind,
            "theme_id": theme_id,
            "goal_id": goal_id,
            "concern_kind": concern_kind,
            "cycle_id": cycle.id,
            "owner_id": owner.id,
            "date_deadline": fields.Date.context_today(self) + timedelta(days=DAYS_TO_DECIDE),
        }
