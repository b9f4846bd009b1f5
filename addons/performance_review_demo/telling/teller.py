from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

MODULE = "performance_review_demo"
CORE = "performance_review"
# When the open cycle was launched, in days from today: the appraised years ended before.
LAUNCH_CURRENT = -75


class Teller:
    """Who and when: what every part of the story asks for."""

    def _get(self, kind, person):
        """Return the ``hr.employee``, ``res.users`` … of a person of the story."""
        return self.env.ref(f"{MODULE}.demo_{kind}_{person}")

    def _act_as(self, records, person):
        """Return ``records`` with the rights and in the language of a person."""
        user = self._get("user", person)
        return records.with_user(user).with_context(lang=user.lang)

    def _act_as_reviewer(self, review, records=None):
        user = review.reviewer_user_id
        return (review if records is None else records).with_user(user).with_context(lang=user.lang)

    def _act_as_employee(self, review, records=None):
        user = review.employee_user_id
        return (review if records is None else records).with_user(user).with_context(lang=user.lang)

    def _theme(self, name):
        return self.env.ref(f"{CORE}.performance_theme_{name}").id if name else False

    def _day(self, days):
        return fields.Date.today() + timedelta(days=days)

    def _workday(self, days):
        """Return the day, or the Monday after where it falls on a weekend."""
        day = self._day(days)
        return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day

    def _moment(self, days, hour=6):
        """Return a moment in working hours, as naive UTC; 6 o'clock is 14:00 in China."""
        return datetime.combine(self._day(days), time(hour))

    def _backdate(self, records, **values):
        """Write what the verbs always set to the present, past every guard."""
        if not records:
            return
        self.env.flush_all()
        assignments = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()
        )
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(records._table), assignments, tuple(records.ids),
            )
        )  # fmt: skip
        records.invalidate_recordset(list(values), flush=False)

    def _name_record(self, name, record):
        """Give a record an external id that updates leave alone."""
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{MODULE}.{name}", "record": record, "noupdate": True}]
        )

    def _get_period(self, years_ago):
        """Return first and last day of an appraised year that ended some time before launch."""
        start_next = (fields.Date.today() + timedelta(days=LAUNCH_CURRENT)).replace(day=1)
        start = start_next - relativedelta(years=years_ago + 1)
        return start, start + relativedelta(years=1, days=-1)
