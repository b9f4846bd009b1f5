from odoo import api, models
from odoo.tools import format_date

from .performance_reminder_mail import SCREENS

NAMES = 20  # of a manager's people; of more it says how many


class PerformanceReminder(models.Model):
    """What a mail of reminders says first: a cycle has begun (C2, P7).

    Employees are asked for their self-assessment, managers are told whom they lead.
    """

    _inherit = "performance.reminder"

    @api.model
    def _prepare_start(self, reviews, role, told):
        """Return the part of a mail about reviews that have begun.

        :param reviews: of one cycle and one reader, with ``sudo()``, in the reader's language
        :param str role: ``"employee"`` or ``"reviewer"``
        :param list told: the things behind it
        :return: the part, or ``None`` where all is done already
        :rtype: dict | None
        """
        if role == "employee":
            open_reviews = reviews.filtered(
                lambda review: (
                    not review.employee_ready and review.state in ("preparation", "dialogue")
                )
            )
        else:
            open_reviews = reviews.filtered(lambda review: review.state == "preparation")
        if not open_reviews:
            return None
        prepare = self._prepare_invitation if role == "employee" else self._prepare_team_start
        cycle = open_reviews.cycle_id
        return {
            **prepare(open_reviews, cycle),
            "title": cycle.name,
            "date": "",
            "is_overdue": False,
            "count": len(told),
            "told": told,
            "sender": cycle.user_id,
        }

    @api.model
    def _prepare_invitation(self, review, cycle):
        env = review.env
        deadline = review.preparation_deadline
        return {
            "template": "performance_review.mail_self_assessment",
            "subject": env._("%(cycle)s: please write your self-assessment", cycle=cycle.name),
            "intro": env._(
                "%(cycle)s has started. Your view comes first: please write down what went well, "
                "what did not, and what you want to talk about. Nobody reads it before you hand "
                "it in.",
                cycle=cycle.name,
            ),
            "deadline": deadline
            and env._("Please hand it in by %(date)s.", date=format_date(env, deadline)),
            "url": self._get_part_url("employee", review.id, "self_assessment"),
        }

    @api.model
    def _prepare_team_start(self, reviews, cycle):
        env, count = reviews.env, len(reviews)
        deadline = min(filter(None, reviews.mapped("step_deadline")), default=False)
        return {
            "template": "performance_review.mail_launch_digest",
            "subject": env._("%(cycle)s: one review to prepare", cycle=cycle.name)
            if count == 1
            else env._("%(cycle)s: %(count)s reviews to prepare", cycle=cycle.name, count=count),
            "intro": self._say_team_start(env, cycle, count),
            "deadline": deadline
            and env._(
                "Please finish the preparation by %(date)s.", date=format_date(env, deadline)
            ),
            "names": sorted(reviews.mapped("name"))[:NAMES],
            "more": count > NAMES and env._("and %(count)s more", count=count - NAMES),
            "url": f"{self.get_base_url()}/odoo/action-{SCREENS['reviewer']}",
        }

    @api.model
    def _say_team_start(self, env, cycle, count):
        if count == 1:
            return env._(
                "%(cycle)s has started. You lead one conversation. It begins with a sheet of "
                "three strengths, three gaps and three supports, every one with a fact.",
                cycle=cycle.name,
            )
        return env._(
            "%(cycle)s has started. You lead %(count)s conversations. Each begins with a sheet "
            "of three strengths, three gaps and three supports, every one with a fact.",
            cycle=cycle.name,
            count=count,
        )
