from odoo import api, fields, models

QUESTIONS = ("clear_standard", "specific_feedback", "listened_to", "way_forward")


class PerformancePulse(models.Model):
    """Anonymous answers after a dialogue (O2).

    Neither author nor time is stored, and nobody has a right to read a row; averages
    come from :meth:`_get_summaries` above the company's threshold.
    """

    _name = "performance.pulse"
    _description = "Pulse answer"
    _log_access = False

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, index=True, ondelete="cascade"
    )
    clear_standard = fields.Integer(string="The standard was clear", required=True)
    specific_feedback = fields.Integer(string="The feedback was specific", required=True)
    listened_to = fields.Integer(string="I was listened to", required=True)
    way_forward = fields.Integer(string="I know the way forward", required=True)

    _answers_range = models.Constraint(
        "CHECK (clear_standard BETWEEN 1 AND 5 AND specific_feedback BETWEEN 1 AND 5 "
        "AND listened_to BETWEEN 1 AND 5 AND way_forward BETWEEN 1 AND 5)",
        "Answer every question with 1 to 5.",
    )

    @api.model
    def _get_summaries(self, cycles):
        """Return one line of averages per cycle, or that there are too few answers.

        :param cycles: ``performance.cycle`` records
        :return: cycle → text
        :rtype: dict
        """
        aggregates = [f"{question}:avg" for question in QUESTIONS]
        rows = {
            cycle.id: (count, averages)
            for cycle, count, *averages in self.sudo()._read_group(
                [("cycle_id", "in", cycles.ids)], ["cycle_id"], ["__count", *aggregates]
            )
        }
        labels = [
            self._fields[question].get_description(self.env, ["string"])["string"]
            for question in QUESTIONS
        ]
        texts = {}
        for cycle in cycles:
            count, averages = rows.get(cycle.id, (0, []))
            if count < cycle.sudo().company_id.performance_pulse_minimum:
                texts[cycle] = self.env._("Not enough answers")
            else:
                texts[cycle] = " · ".join(
                    f"{label} {average:.1f}"
                    for label, average in zip(labels, averages, strict=True)
                )
        return texts
