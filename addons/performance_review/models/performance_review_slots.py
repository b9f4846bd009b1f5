from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import babel_locale_parse, format_date, format_time, get_lang, posix_to_ldml

from ..tools.slots import Person, find_clashes, find_slots

PROPOSED_MINUTES = 60
# How far ahead free times are looked for.
SEARCHED_DAYS = 21
# The day of somebody whose schedule says nothing about hours.
FLEXIBLE_DAY = (time(9), time(17))


class PerformanceReview(models.Model):
    """When both can talk: what the calendars say, for ``tools/slots.py`` to look through."""

    _inherit = "performance.review"

    @api.readonly
    def get_free_slots(self, duration=None, day=None):
        """Return the next times at which both can talk, and HR where it takes part.

        :param int duration: minutes, by default the usual length
        :param day: look at this day alone (``date`` or ``YYYY-MM-DD``), with all its times
        :return: ``duration`` and ``minimum`` in minutes; ``timezone``, the name of the zone the
            labels are in; ``slots``, of each ``start`` (naive UTC, as text) and ``label``
        :raise AccessError: for anybody but the reviewer
        :raise UserError: for a length or a day that is none
        :rtype: dict
        """
        self.ensure_one()
        self._check_is_reviewer()
        minimum = self.sudo().cycle_id.min_duration
        if duration is None:
            duration = self._get_proposed_minutes()
        self._check_meeting_length(duration)
        zone = ZoneInfo(self.env.user._get_reader_timezone())
        start = fields.Datetime.now().replace(tzinfo=UTC)
        stop = start + timedelta(days=SEARCHED_DAYS)
        options = {"limit": 6, "per_day": 2}
        if day:
            try:
                day = fields.Date.to_date(day)
            except (TypeError, ValueError) as error:
                raise UserError(self.env._("Choose a day.")) from error
            begin = datetime.combine(day, time(), tzinfo=zone)
            start = max(start, begin)
            stop = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
            options = {"limit": 24, "per_day": 24}
        people = self._get_meeting_people(min(start, stop), stop)
        slots = find_slots(people.values(), duration, start, stop, zone, **options)
        return {
            "duration": duration,
            "minimum": minimum,
            "timezone": zone.key,
            "slots": [
                {
                    "start": fields.Datetime.to_string(slot.start.replace(tzinfo=None)),
                    "label": self._say_slot(slot, zone),
                }
                for slot in slots
            ],
        }

    @api.readonly
    def get_meeting_clashes(self, date_start, duration):
        """Say what speaks against a time before it is booked, for the reviewer.

        :param date_start: start in UTC (``datetime`` or ``YYYY-MM-DD HH:MM:SS``)
        :param int duration: minutes
        :return: one sentence each, none when both can
        :raise AccessError: for anybody but the reviewer
        :raise UserError: as :meth:`action_plan_meeting`
        :rtype: list[str]
        """
        self.ensure_one()
        self._check_is_reviewer()
        start, duration, _location = self._read_meeting(date_start, duration, None)
        start = start.replace(tzinfo=UTC)
        stop = start + timedelta(minutes=duration)
        sentences = []
        if start < fields.Datetime.now().replace(tzinfo=UTC):
            sentences.append(self.env._("This time has passed already."))
        people = self._get_meeting_people(start, stop)
        for employee, why in find_clashes(people, start, stop).items():
            sentences.append(
                self.env._("%(name)s has something else at this time.", name=employee.name)
                if why == "busy"
                else self.env._("It is outside the working hours of %(name)s.", name=employee.name)
            )
        return sentences

    def _get_proposed_minutes(self):
        """Return the length that is proposed for an appointment, in minutes."""
        return max(self.sudo().cycle_id.min_duration, PROPOSED_MINUTES)

    def _say_slot(self, slot, zone):
        env = self.with_context(tz=zone.key).env
        lang = get_lang(env)
        pattern = posix_to_ldml(lang.time_format, babel_locale_parse(lang.code)).replace(":ss", "")
        local = slot.start.astimezone(zone)
        day = format_date(env, local.date(), date_format="EEE d MMM")
        if lang.code.startswith("zh"):
            day = format_date(env, local.date(), date_format="M月d日 EEE")
        return f"{day} {format_time(env, local.time(), time_format=pattern)}"

    def _get_meeting_people(self, start, stop):
        """Return hours and busy times of both, and of HR where it takes part.

        The caller has asked who may know them.

        :param datetime start: with a time zone
        :param datetime stop: with a time zone
        :return: ``hr.employee`` → :class:`Person`
        :rtype: dict
        """
        card = self.sudo()
        users = {card.reviewer_id: card.reviewer_user_id, card.employee_id: card.employee_user_id}
        hr_user = card._get_participant("hr").user_id
        if hr_employee := hr_user.with_company(card.company_id).employee_id - card.employee_id:
            users.setdefault(hr_employee, hr_user)
        return self._collect_people(users, start, stop, card.meeting_id)

    @api.model
    def _collect_people(self, users, start, stop, own_event):
        """Return hours and busy times of these people; the caller has asked who may know them.

        :param dict users: ``hr.employee`` → ``res.users``, with ``sudo()``
        :param datetime start: with a time zone
        :param datetime stop: with a time zone
        :param own_event: the ``calendar.event`` that keeps nobody busy
        :return: ``hr.employee`` → :class:`Person`
        :rtype: dict
        """
        resources = self.env["hr.employee"].sudo().union(*users).resource_id
        hours = resources._get_valid_work_intervals(start, stop)[0]
        # Of a private event, too, and only when: never what it is about.
        partners = self.env["res.users"].sudo().union(*users.values()).partner_id
        events = partners._get_busy_calendar_events(start, stop) if partners else {}
        people = {}
        for employee, user in users.items():
            resource = employee.resource_id
            times = [(begin, end) for begin, end, _what in hours[resource.id]]
            if resource._is_flexible():
                times = self._get_flexible_hours(resource, start, stop)
            busy = [
                (event.start.replace(tzinfo=UTC), event.stop.replace(tzinfo=UTC))
                for event in events.get(user.partner_id.id, ())
                if event != own_event and not self._has_declined(event, user.partner_id)
            ]
            people[employee] = Person(tuple(times), tuple(busy))
        return people

    @api.model
    def _has_declined(self, event, partner):
        return any(
            attendee.partner_id == partner and attendee.state == "declined"
            for attendee in event.attendee_ids
        )

    @api.model
    def _get_flexible_hours(self, resource, start, stop):
        """Return usual days for somebody without fixed hours, who does not talk at night either."""
        zone = ZoneInfo(resource.tz or "UTC")
        first, last = start.astimezone(zone).date(), stop.astimezone(zone).date()
        days = (first + timedelta(days=index) for index in range((last - first).days + 1))
        return [
            tuple(datetime.combine(day, hour, tzinfo=zone) for hour in FLEXIBLE_DAY)
            for day in days
            if day.weekday() < 5
        ]
