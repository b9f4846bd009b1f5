from odoo import fields, models

from ..tools import path
from ..tools.figures import say_figure, say_number


class PerformanceGoal(models.Model):
    """Is the goal on its way? The measurements against the path to the target."""

    _inherit = "performance.goal"

    def _prepare_paths(self, entries=None):
        """Return how these goals stand today, in words and as a drawing.

        :param entries: all ``performance.progress`` there may be, where they have been read
        :return: goal → ``standing`` (of ``tools.path``), ``text``, ``drawing`` (``points`` and
            ``path``, or ``None``) and ``is_overdue``
        :rtype: dict
        """
        history = self.env["performance.progress"]._get_history("goal_id", self, entries)
        starts = self._get_path_starts()
        today = fields.Date.context_today(self)
        return {goal: goal._prepare_path(history[goal], starts[goal], today) for goal in self}

    def _get_path_starts(self):
        """Return the day from which each goal is followed: that of its first version in force.

        :rtype: dict
        """
        versions = self.sudo().agreement_id.review_id.agreement_ids
        starts = {}
        for version in versions.filtered("date_start"):
            review = version.review_id
            starts[review] = min(starts.get(review, version.date_start), version.date_start)
        return {goal: starts.get(goal.sudo().agreement_id.review_id) for goal in self}

    def _prepare_path(self, entries, start, today):
        self.ensure_one()
        way = path.Path(
            self.baseline,
            self.current_target,
            self.direction or "up",
            start,
            self.current_deadline or None,
        )
        standing = path.standing(way, self.actual, today)
        expected = way.expected(today)
        measures = [(entry.date, entry.value) for entry in entries]
        return {
            "standing": standing,
            "text": self._say_standing(standing, expected),
            "drawing": path.draw(way, measures),
            "is_overdue": bool(
                self.current_deadline and self.current_deadline < today and standing != path.REACHED
            ),
        }

    def _say_way(self):
        """Return from where to where the goal goes, in words."""
        self.ensure_one()
        return self.env._(
            "from %(baseline)s to %(target)s",
            baseline=say_number(self.env, self.baseline),
            target=say_figure(self.env, self.current_target, self.unit),
        )

    def _say_standing(self, standing, expected):
        self.ensure_one()
        labels = {
            path.REACHED: self.env._("Reached"),
            path.ON_TRACK: self.env._("On track"),
            path.BEHIND: self.env._("Behind"),
        }
        if standing == path.REACHED or expected is None:
            return labels[standing]
        return self.env._(
            "%(standing)s: %(actual)s, expected by today %(expected)s",
            standing=labels[standing],
            actual=say_number(self.env, self.actual),
            expected=say_figure(self.env, round(expected, 2), self.unit),
        )
