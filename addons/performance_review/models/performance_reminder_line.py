from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.constants import GC_UNLINK_LIMIT

from ..tools import arguments
from ..tools.ladder import LONGEST

KEPT_DAYS = 90  # after the date, of a review that is done


class PerformanceReminderLine(models.Model):
    """The memory of the ladder: of which thing somebody was reminded, on which rung (F3).

    A rung is said once to a person, whatever happens to the job, because this is written in the
    transaction that queues the mail. Without a mail a line waits for the next one: somebody's
    review has begun, or HR asked to remind. Nobody reads any of it.
    """

    _name = "performance.reminder.line"
    _description = "What somebody was reminded of"
    _inherit = ["performance.server.mixin"]
    _rec_name = "code"
    _log_access = False

    reminder_id = fields.Many2one(
        "performance.reminder", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    # Of no review: something of a whole cycle.
    review_id = fields.Many2one("performance.review", readonly=True, index=True, ondelete="cascade")
    code = fields.Char(required=True, readonly=True, size=arguments.CODE_LIMIT)
    model = fields.Char(required=True, readonly=True, size=arguments.CODE_LIMIT)
    res_id = fields.Integer(required=True, readonly=True)
    # A date that is moved has a ladder of its own.
    date = fields.Date(required=True, readonly=True)
    rung = fields.Integer(required=True, readonly=True)

    _once = models.UniqueIndex("(user_id, model, res_id, code, date, rung)")
    _waiting = models.Index("(user_id) WHERE reminder_id IS NULL")

    @api.model
    def _wait_for_mail(self, code, found):
        """Have people told something with their next mail, once a day.

        :param str code: ``"asked"``, or another of :data:`WAITING_CODES`
        :param found: pairs of ``performance.review`` and ``res.users``
        """
        if not found:
            return
        users = [user.id for _review, user in found]
        reviews = [review.id for review, _user in found]
        self._insert_waiting(
            code,
            SQL("unnest(%s, %s, %s) AS told(user_id, review_id, res_id)", users, reviews, reviews),
        )

    @api.model
    def _wait_with_answer(self, found):
        """Have people told with their next mail that HR has answered, once for each version.

        :param found: pairs of ``performance.agreement`` and ``res.users``
        """
        if not found:
            return
        self._insert_waiting(
            "answered",
            SQL(
                "unnest(%s, %s, %s) AS told(user_id, review_id, res_id)",
                [user.id for _version, user in found],
                [version.review_id.id for version, _user in found],
                [version.id for version, _user in found],
            ),
            "performance.agreement",
        )

    @api.model
    def _wait_for_launch(self, cycle):
        """Have both sides of the reviews of a launch told that they have begun.

        :param cycle: one ``performance.cycle``; its earlier reviews have been told
        """
        self._insert_waiting(
            "launch",
            SQL(
                """
                (SELECT unnest(ARRAY[employee_user_id, reviewer_user_id]), id, id
                   FROM performance_review WHERE cycle_id = %s AND id > %s
                ) AS told(user_id, review_id, res_id) WHERE user_id IS NOT NULL
                """,
                cycle.id,
                cycle.launch_after_id,
            ),
        )

    @api.model
    def _insert_waiting(self, code, source, model="performance.review"):
        """Insert lines that wait for a mail; with SQL, as a launch has many of them.

        :param SQL source: rows with ``user_id``, ``review_id`` and ``res_id``
        :param str model: of what they are told, whose id is ``res_id``
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO performance_reminder_line
                            (user_id, review_id, code, model, res_id, date, rung)
                     SELECT user_id, review_id, %s, %s, res_id, %s, 0
                       FROM %s
                ON CONFLICT DO NOTHING
                """,
                code,
                model,
                fields.Date.today(),
                source,
            )
        )
        self.invalidate_model()
        self.env["performance.reminder"]._trigger_run()

    @api.autovacuum
    def _gc_lines(self):
        """Forget what was said about reviews that are over for long, and what is past anyway."""
        before = fields.Date.today() - timedelta(days=KEPT_DAYS)
        domain = Domain("review_id.state", "=", "done") & Domain("date", "<", before)
        # No ladder is longer, so none is climbed twice.
        longest = before - timedelta(days=LONGEST)
        domain |= Domain("review_id", "=", False) & Domain("date", "<", longest)
        lines = self.search(domain, limit=GC_UNLINK_LIMIT)
        lines.unlink()
        return len(lines), len(lines) == GC_UNLINK_LIMIT
