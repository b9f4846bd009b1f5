from odoo import api, fields, models
from odoo.fields import NO_ACCESS
from odoo.tools import SQL
from odoo.tools.misc import hmac

QUESTIONS = ("clear_standard", "specific_feedback", "listened_to", "way_forward")
SCALE = range(1, 6)
# Figures are shown as they stood at the last multiple of this: whoever reads them before and
# after one answer reads the same, and the next reading tells about this many people at once.
STEP = 5
TOKEN_LENGTH = 16


class PerformancePulse(models.Model):
    """What employees answered after their dialogues (O2): one histogram per cycle.

    There is no row per person. An answer adds one to four counters, in one statement, and
    leaves nothing behind on the review: neither a stamp of the database (``xmin``, ``ctid``)
    nor the order of ids joins it to somebody. That somebody has answered already is known by
    a keyed hash of the review among the sorted hashes of all who have, in this very row.

    Nobody has a right to the row; texts for people come from :meth:`_get_summaries`.
    """

    _name = "performance.pulse"
    _description = "Pulse histogram"
    _log_access = False

    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, ondelete="cascade"
    )
    answer_count = fields.Integer(readonly=True, groups=NO_ACCESS)
    # "<question>_<1 to 5>" → number of answers
    counts = fields.Json(required=True, readonly=True, groups=NO_ACCESS)
    answered = fields.Json(readonly=True, groups=NO_ACCESS)
    # The same as it stood when the last step was full: the only part anybody is told.
    shown_count = fields.Integer(readonly=True, groups=NO_ACCESS)
    shown_counts = fields.Json(readonly=True, groups=NO_ACCESS)

    _one_per_cycle = models.UniqueIndex("(cycle_id)", "This cycle counts its answers already.")

    @api.model
    def _get_questions(self):
        """Return the questions in the user's language, in their order.

        :return: code → sentence to agree with, from 1 (not at all) to 5 (fully)
        :rtype: dict[str, str]
        """
        return {
            "clear_standard": self.env._("The standard was clear"),
            "specific_feedback": self.env._("The feedback was specific"),
            "listened_to": self.env._("I was listened to"),
            "way_forward": self.env._("I know the way forward"),
        }

    @api.model
    def _open(self, cycles):
        """Give cycles their empty histogram, where they have none yet.

        :param cycles: ``performance.cycle`` records that are being launched
        """
        pulses = self.sudo()
        known = pulses.search([("cycle_id", "in", cycles.ids)]).cycle_id
        counts = {f"{question}_{mark}": 0 for question in QUESTIONS for mark in SCALE}
        pulses.create(
            [{"cycle_id": cycle.id, "counts": counts} for cycle in cycles if cycle not in known]
        )

    @api.model
    def _count(self, review, answers):
        """Count the answers about one dialogue, unless this review has been counted.

        :param review: one ``performance.review``
        :param dict answers: question → 1 to 5, complete and checked by the caller
        :return: whether they were counted
        :rtype: bool
        """
        self.flush_model()
        token = self._get_token(review)
        keys = [f"{question}_{answers[question]}" for question in QUESTIONS]
        self.env.cr.execute(
            SQL(
                """
                UPDATE performance_pulse
                   SET answer_count = COALESCE(answer_count, 0) + 1,
                       counts = (
                           SELECT jsonb_object_agg(
                                      bar.key, bar.value::int + (bar.key = ANY(%(keys)s))::int)
                             FROM jsonb_each_text(counts) bar),
                       answered = (
                           SELECT jsonb_agg(token ORDER BY token)
                             FROM (SELECT jsonb_array_elements_text(
                                              COALESCE(answered, '[]')) AS token
                                    UNION ALL
                                   SELECT %(token)s) tokens)
                 WHERE cycle_id = %(cycle_id)s
                   AND NOT COALESCE(answered, '[]') ? %(token)s
                """,
                keys=keys,
                token=token,
                cycle_id=review.cycle_id.id,
            )
        )
        if not self.env.cr.rowcount:
            return False
        self.env.cr.execute(
            SQL(
                """
                UPDATE performance_pulse
                   SET shown_counts = counts, shown_count = answer_count
                 WHERE cycle_id = %(cycle_id)s
                   AND answer_count %% %(step)s = 0
                   AND answer_count >= %(minimum)s
                """,
                cycle_id=review.cycle_id.id,
                step=STEP,
                minimum=review.cycle_id.pulse_minimum,
            )
        )
        self.invalidate_model()
        return True

    @api.model
    def _get_answered(self, reviews):
        """Return those of ``reviews`` whose employees have answered.

        :param reviews: ``performance.review`` records, with ``sudo()``
        """
        if not reviews:
            return reviews
        self.flush_model()
        by_token = {self._get_token(review): review for review in reviews}
        self.env.cr.execute(
            SQL(
                """
                SELECT asked.token
                  FROM unnest(%(tokens)s) AS asked(token)
                 WHERE EXISTS (SELECT 1
                                 FROM performance_pulse
                                WHERE cycle_id = ANY(%(cycle_ids)s) AND answered ? asked.token)
                """,
                tokens=list(by_token),
                cycle_ids=reviews.cycle_id.ids,
            )
        )
        return reviews.browse(by_token[token].id for (token,) in self.env.cr.fetchall())

    @api.model
    def _get_token(self, review):
        """Return what stands for a review among those counted; only this database makes it."""
        return hmac(self.env(su=True), "performance.pulse", review.id)[:TOKEN_LENGTH]

    @api.model
    def _get_summaries(self, cycles):
        """Return one line of averages per cycle, or that there are too few answers.

        :param cycles: ``performance.cycle`` records
        :return: cycle → text
        :rtype: dict
        """
        pulses = self.sudo().search([("cycle_id", "in", cycles.ids)])
        by_cycle = {pulse.cycle_id.id: pulse for pulse in pulses}
        texts = {}
        for cycle in cycles:
            pulse = by_cycle.get(cycle.id)
            if not pulse or not pulse.shown_count:
                texts[cycle] = self.env._("Not enough answers")
                continue
            averages = " · ".join(
                f"{label} {pulse._get_average(question):.1f}"
                for question, label in self._get_questions().items()
            )
            texts[cycle] = self.env._(
                "%(count)s answers: %(averages)s", count=pulse.shown_count, averages=averages
            )
        return texts

    def _get_average(self, question):
        """Return the mean of the figures shown (``float``)."""
        self.ensure_one()
        total = sum(mark * self.shown_counts[f"{question}_{mark}"] for mark in SCALE)
        return total / self.shown_count
