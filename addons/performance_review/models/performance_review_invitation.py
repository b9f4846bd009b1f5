from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Command, Domain
from odoo.tools import format_date

REMIND_DAYS = 3  # before the preparation deadline
REMIND_BATCH = 1000
# The page of a review, with the self-assessment unfolded. There is no review 0.
LINK = "/my/reviews/%d?open=self_assessment"


class PerformanceReview(models.Model):
    """Mails that ask employees for their self-assessment: at the launch, and once more (P7).

    They say until when and where, in the language of the reader, and nothing about the review.
    Whoever is logged out is asked to log in and then finds the page.
    """

    _inherit = "performance.review"

    reminded_on = fields.Date(readonly=True, copy=False, groups=NO_ACCESS)

    def _invite_employees(self, is_reminder=False):
        """Queue one mail for each employee who has not handed in, whatever the account.

        :param bool is_reminder: whether it is the second mail
        :return: the queued ``mail.mail`` records
        """
        waiting = self.sudo().filtered(
            lambda review: (
                not review.employee_ready
                and review.employee_user_id.active
                and review.employee_user_id.email
            )
        )
        groups = waiting.grouped(
            lambda review: (
                review.cycle_id,
                review.employee_user_id.lang,
                review.preparation_deadline,
            )
        )
        vals_list = []
        for (cycle, lang, deadline), reviews in groups.items():
            mail = cycle.with_context(lang=lang)._prepare_invitation(is_reminder, deadline)
            vals_list += [
                {
                    **mail,
                    "body_html": mail["body_html"].replace(LINK % 0, LINK % review.id),
                    "recipient_ids": [Command.link(review.employee_user_id.partner_id.id)],
                }
                for review in reviews
            ]
        return self.env["mail.mail"].sudo().create(vals_list)

    @api.model
    def _get_reminder_domain(self):
        """Return the ``Domain`` of reviews whose employees are to be reminded today.

        A deadline that is moved further away gets a reminder of its own.
        """
        today = fields.Date.today()
        last_day = today + timedelta(days=REMIND_DAYS)

        def is_near(name):
            return Domain(name, ">=", today) & Domain(name, "<=", last_day)

        # Of the two deadlines the later one holds, see performance_review_deadlines.py.
        near = is_near("cycle_id.preparation_deadline") & (
            Domain("late_deadline", "=", False) | Domain("late_deadline", "<=", last_day)
        )
        near |= is_near("late_deadline") & Domain("cycle_id.preparation_deadline", "<=", last_day)
        return (
            Domain("employee_ready", "=", False)
            & Domain("state", "in", ("preparation", "dialogue"))
            & Domain("cycle_id.state", "=", "open")
            & near
            & (
                Domain("reminded_on", "=", False)
                | Domain("reminded_on", "<", today - timedelta(days=REMIND_DAYS))
            )
        )

    def _mark_reminded(self):
        """Queue the second mail, and note it so that nobody gets it twice."""
        self.sudo().write({"reminded_on": fields.Date.today()})
        self._invite_employees(is_reminder=True)

    @api.model
    def _cron_remind_employees(self):
        """Remind employees of the self-assessment; every batch is committed."""
        domain = self._get_reminder_domain()
        while reviews := self.search(domain, limit=REMIND_BATCH, order="id"):
            reviews._mark_reminded()
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()
            time_left = self.env["ir.cron"]._commit_progress(
                len(reviews), remaining=self.search_count(domain)
            )
            if not time_left:
                return


class PerformanceCycle(models.Model):
    """What the mails to the employees of a cycle have in common."""

    _inherit = "performance.cycle"

    def _prepare_invitation(self, is_reminder, deadline):
        """Return the values of a mail in the language of the context, without its reader.

        :param bool is_reminder: whether it is the second mail
        :param deadline: ``datetime.date`` until when to hand in, or nothing
        :return: values of ``mail.mail``; the link in ``body_html`` is that of review 0
        :rtype: dict
        """
        self.ensure_one()
        intro = (
            self.env._(
                "your self-assessment for %(cycle)s has not been handed in yet. Ten minutes are "
                "enough to finish it.",
                cycle=self.name,
            )
            if is_reminder
            else self.env._(
                "%(cycle)s has started. Your view comes first: please write down what went well, "
                "what did not, and what you want to talk about. Nobody reads it before you hand "
                "it in.",
                cycle=self.name,
            )
        )
        until = deadline and self.env._(
            "Please hand it in by %(date)s.", date=format_date(self.env, deadline)
        )
        body = self.env["ir.qweb"]._render(
            "performance_review.mail_self_assessment",
            {"intro": intro, "deadline": until, "url": self.get_base_url() + LINK % 0},
            minimal_qcontext=True,
        )
        return {
            "subject": self.env._("%(cycle)s: your self-assessment is still open", cycle=self.name)
            if is_reminder
            else self.env._("%(cycle)s: please write your self-assessment", cycle=self.name),
            "body_html": body,
            "email_from": self.user_id.email_formatted or self.company_id.email_formatted,
            "auto_delete": True,
        }

    def _prepare_review_vals(self, employees):
        vals_list = super()._prepare_review_vals(employees)
        today = fields.Date.today()
        last_day = today + timedelta(days=REMIND_DAYS)
        for vals in vals_list:
            deadline = vals["late_deadline"] or self.preparation_deadline
            if deadline and deadline <= last_day:
                # The invitation says the deadline already: no second mail tomorrow.
                vals["reminded_on"] = today
        return vals_list
