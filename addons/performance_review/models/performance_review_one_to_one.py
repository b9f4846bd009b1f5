from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ..tools import arguments

INCIDENT_LIMIT = 5


class PerformanceReview(models.Model):
    """One-to-ones between the checkpoints (F6): held by the reviewer, asked for by the employee.

    Their agenda is what the screen of a checkpoint shows: open commitments, overdue supports and
    the latest incidents, each as far as its reader may read it.
    """

    _inherit = "performance.review"

    def action_one_to_one(self):
        """Sit down for a one-to-one today: open the planned one, or a new one; reviewer only.

        :raise AccessError: for anybody but the reviewer
        :raise UserError: outside the step Follow-up
        :return: the screen of the checkpoint (an ``ir.actions.client`` dict)
        """
        self.ensure_one()
        self._check_can_finish()
        today = fields.Date.context_today(self)
        Checkpoint = self.env["performance.checkpoint"]
        found = Checkpoint.search(
            [
                ("review_id", "=", self.id),
                ("kind", "=", "one_to_one"),
                ("state", "=", "planned"),
                ("date", "<=", today),
            ],
            limit=1,
        )
        if not found:
            found = Checkpoint.create({"review_id": self.id, "kind": "one_to_one", "date": today})
        return found.action_open_noting()

    def action_request_one_to_one(self, date, topic):
        """Ask for a one-to-one as the employee: it is planned, and the reviewer's task.

        :param date: the wanted day, from today on, a working day of both
        :param str topic: what it is to be about; both sides read it
        :raise AccessError: for anybody but the employee
        :raise UserError: without a topic, for a day that does not suit, outside the step
            Follow-up, and while another one of the employee's is planned
        :return: ``True``
        """
        self.ensure_one()
        self.check_access("read")
        review = self.sudo()
        if not self.env.su and review.employee_user_id != self.env.user:
            raise AccessError(self.env._("Only the employee asks for a one-to-one."))
        if review.state != "follow_up":
            raise UserError(self.env._("A one-to-one is planned in the step Follow-up."))
        label = self.env._("What it is about")
        topic = arguments.read_text(self.env, topic, label, arguments.CHAR_LIMIT, required=True)
        day = arguments.read_date(self.env, date, self.env._("The day"))
        if not day or day < fields.Date.context_today(self):
            raise UserError(self.env._("Choose a day from today on."))
        planned = review.checkpoint_ids.filtered(
            lambda each: each.kind == "one_to_one" and each.state == "planned"
        )
        if planned:
            raise UserError(
                self.env._(
                    "A one-to-one is planned for %(date)s already.",
                    date=format_date(self.env, planned[0].date),
                )
            )
        self._mark_requested(day, topic.strip())
        return True

    def _mark_requested(self, day, topic):
        self.sudo().env["performance.checkpoint"].create(
            {"review_id": self.id, "kind": "one_to_one", "date": day, "note": topic}
        )

    def _prepare_latest_incidents(self):
        """Return the newest incidents about the employee that the user may read.

        :return: ``id``, ``name``, ``date`` and ``polarity`` of each
        :rtype: list[dict]
        """
        self.ensure_one()
        incidents = self.env["performance.incident"].search_fetch(
            [("employee_id", "=", self.sudo().employee_id.id)],
            ["name", "date", "polarity"],
            order="date desc, id desc",
            limit=INCIDENT_LIMIT,
        )
        return [
            {
                "id": incident.id,
                "name": incident.name,
                "date": format_date(self.env, incident.date),
                "polarity": incident.polarity,
            }
            for incident in incidents
        ]

    @api.model
    def _find_followed(self, employee_ids):
        """Return the reviews of these people that the user reviews and follows up.

        :param employee_ids: ids of ``hr.employee``
        """
        return self.search(
            [
                ("employee_id", "in", employee_ids),
                ("reviewer_user_id", "=", self.env.uid),
                ("state", "=", "follow_up"),
            ],
            order="id desc",
        )
