from odoo import models
from odoo.tools.misc import babel_locale_parse, format_date, format_time, get_lang, posix_to_ldml


class ResUsers(models.Model):
    """The clock of a reader, in which zone times are said to whom, and how a mail begins."""

    _inherit = "res.users"

    def _get_reader_timezone(self, employee=None):
        """Return the time zone of this reader, whether or not one was ever chosen.

        Nobody asks a portal user for a zone; the working hours of the employee and then of the
        company say where the day of this reader begins.

        :param employee: the ``hr.employee`` of this user, or ``False``, where it is known
        :return: name of a time zone, ``"UTC"`` at the very last
        :rtype: str
        """
        self.ensure_one()
        user = self.sudo()
        if user.tz:
            return user.tz
        if employee is None:
            # As employee_id, without a search for each company.
            employees = user.employee_ids
            here = employees.filtered(lambda employee: employee.company_id == self.env.company)
            employee = (here or employees)[:1]
        employee = employee or user.env["hr.employee"]
        company = employee.company_id or user.company_id
        return (
            employee.resource_calendar_id.tz
            or employee.tz
            or company.resource_calendar_id.tz
            or "UTC"
        )

    def _say_hello(self):
        """Return how a mail to this reader begins, in the reader's language.

        Nobody is greeted where a template is previewed for who has no account.

        :rtype: str
        """
        if not self:
            return self.env._("Hello,")
        self.ensure_one()
        env = self.with_context(lang=self.lang).env
        return env._("Hello %(name)s,", name=self.name)

    def _say_moment(self, moment):
        """Return a UTC datetime as this reader would say it, with the name of the zone.

        :param datetime moment: naive UTC
        :return: for example ``"03/02/2026 10:00 (Asia/Shanghai)"``, no seconds; empty for nothing
        :rtype: str
        """
        self.ensure_one()
        if not moment:
            return ""
        zone = self._get_reader_timezone()
        env = self.with_context(tz=zone).env
        # As the language writes it, without the seconds.
        lang = get_lang(env)
        pattern = posix_to_ldml(lang.time_format, babel_locale_parse(lang.code)).replace(":ss", "")
        date = format_date(env, moment)
        time = format_time(env, moment, tz=zone, time_format=pattern)
        return f"{date} {time} ({zone})"
