from odoo import models

from odoo.addons.performance_review.models.performance_pulse import QUESTIONS, SCALE


class PerformanceCycle(models.Model):
    """The pulse of a cycle as a picture, beside that of the cycle before.

    Only what the histogram shows anyway: the counts as they stood at the last full step, and none
    below the threshold frozen at the launch.
    """

    _inherit = "performance.cycle"

    def _prepare_pulse(self, previous):
        """Return the answers of this cycle, and the means of the one before.

        :param previous: that ``performance.cycle``, or none
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
        by_cycle = {pulse.cycle_id.id: pulse for pulse in pulses}
        now, before = by_cycle.get(self.id), by_cycle.get(previous.id)
        if not now:
            text = self.env._("Shown from %(count)s answers on.", count=self.pulse_minimum)
            return {"count": 0, "text": text, "previous": False, "rows": []}
        labels = self.env["performance.pulse"]._get_questions()
        return {
            "count": now.shown_count,
            "text": self.env._(
                "%(count)s answers, 1 (not at all) to 5 (fully)", count=now.shown_count
            ),
            "previous": before and previous.name,
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
            "before": before and f"{before._get_average(question):.1f}",
            "bars": [round(100 * count / now.shown_count) for count in counts],
            "text": self.env._("%(question)s: %(mean)s of 5", question=label, mean=mean),
        }
