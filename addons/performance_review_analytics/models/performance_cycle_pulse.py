from odoo import models

from odoo.addons.performance_review.models.performance_pulse import QUESTIONS, SCALE


class PerformanceCycle(models.Model):
    """The pulse of a cycle as a picture, beside that of the cycle before.

    Only what the histogram shows anyway: the counts as they stood at the last full step, and none
    below the threshold frozen at the launch. Managers have a second threshold, frozen likewise.
    """

    _inherit = "performance.cycle"

    def _get_pulse_threshold(self, is_officer):
        """Return from how many answers on HR, or a manager, sees the pulse of this cycle.

        :rtype: int
        """
        self.ensure_one()
        if is_officer:
            return self.pulse_minimum
        return max(self.pulse_minimum, self.manager_minimum)

    def _prepare_pulse(self, previous, is_officer=True):
        """Return the answers of this cycle, and the means of the one before.

        :param previous: that ``performance.cycle``, or none
        :param bool is_officer: whether HR looks, or somebody who leads reviews of these cycles
        :return: ``count``; ``text``; ``previous``, the name of that cycle or ``False``; ``rows``,
            for each question ``label``, ``mean`` and ``before`` in words, ``bars``, the percent of
            each answer from 1 to 5, and ``text`` for who does not see the picture
        :rtype: dict
        """
        self.ensure_one()
        # Nobody has a right to the row; what is taken from it is what everybody in HR may know.
        pulses = (
            self.env["performance.pulse"]
            .sudo()
            .search([("cycle_id", "in", (self | previous).ids), ("shown_count", ">", 0)])
        )
        by_cycle = {
            pulse.cycle_id.id: pulse
            for pulse in pulses
            if pulse.shown_count >= pulse.cycle_id._get_pulse_threshold(is_officer)
        }
        now, before = by_cycle.get(self.id), by_cycle.get(previous.id)
        if not now:
            text = self.env._(
                "Not enough answers: shown from %(count)s on.",
                count=self._get_pulse_threshold(is_officer),
            )
            return {"count": 0, "text": text, "previous": False, "rows": []}
        labels = self.env["performance.pulse"]._get_questions()
        return {
            "count": now.shown_count,
            "text": self.env._(
                "%(count)s answers, 1 (not at all) to 5 (fully)", count=now.shown_count
            ),
            "previous": previous.name if before else False,
            "rows": [
                self._prepare_pulse_row(question, labels[question], now, before)
                for question in QUESTIONS
            ],
        }

    def _prepare_pulse_row(self, question, label, now, before):
        counts = [now.shown_counts[f"{question}_{mark}"] for mark in SCALE]
        mean = f"{now._get_average(question):.1f}"
        return {
            "code": question,
            "label": label,
            "mean": mean,
            "before": f"{before._get_average(question):.1f}" if before else False,
            "bars": [round(100 * count / now.shown_count, 2) for count in counts],
            "text": self.env._("%(question)s: %(mean)s of 5", question=label, mean=mean),
        }
