from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.ladder import find_rung

BATCH = 500  # people
FIRST_HOUR = 6  # of the reader's day
# Where the day begins first and last on earth, as hours from UTC.
EARLIEST, LATEST = 14, -12


class Told(NamedTuple):
    """One thing that one person is told about today."""

    item: object
    role: str
    rung: int


class Reader(NamedTuple):
    """One person who is told something now: on which day, in which time zone, and what."""

    day: object
    zone: str
    things: list


class PerformanceReminder(models.Model):
    """The job that reminds (F3): who is told what today, batch by batch.

    It runs every hour, as the day begins at another hour in every time zone. Where it stops it
    goes on, and two at once do not disturb each other: each batch begins with a lock, looks at
    what is stored by then, and stores mail and memory in one transaction.
    """

    _inherit = "performance.reminder"

    @api.model
    def _cron_remind(self):
        """Queue today's mails; every batch is committed."""
        cron = self.env["ir.cron"]
        told = self._find_told()
        users = self.env["res.users"].browse(told)
        done = 0
        while batch := users[done : done + BATCH]:
            if not done:
                # From here on the database is seen as it is once the lock is there.
                cron._commit_progress(remaining=len(users))
            self._lock_for_batch()
            self._remind_batch({user.id: told[user.id] for user in batch})
            done += len(batch)
            time_left = cron._commit_progress(len(batch), remaining=len(users) - done)
            # A run of any size works in the memory of one batch.
            self.env.invalidate_all()
            if not time_left:
                break
        if done:
            self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    @api.model
    def _lock_for_batch(self):
        """Wait until no other server is reminding; the first statement of a transaction.

        The snapshot of a transaction is that of its first query, which a lock is not: whoever
        has waited sees what the other one has done. Rows can be read and written meanwhile.
        """
        self.env.cr.execute("LOCK TABLE performance_reminder IN SHARE UPDATE EXCLUSIVE MODE")

    # ------------------------------------------------------------------
    # Who is told what
    # ------------------------------------------------------------------

    @api.model
    def _find_told(self):
        """Return what people are to be told now.

        :return: user's id → :class:`Reader`; without things for whom only lines wait
        :rtype: dict[int, Reader]
        """
        now = fields.Datetime.now()
        days = sorted({(now + timedelta(hours=hours)).date() for hours in (LATEST, 0, EARLIEST)})
        found = self._find_rungs(days)
        Line = self.env["performance.reminder.line"].sudo()
        waits = {user.id for (user,) in Line._read_group(self._get_waiting_domain(), ["user_id"])}
        user_ids = {*found, *waits}
        today = self._find_days(self.env["res.users"].sudo().browse(user_ids), now)
        told = {
            user_id: Reader(
                day,
                zone,
                [
                    Told(item, role, rungs[day])
                    for item, role, rungs in found.get(user_id, ())
                    if day in rungs
                ],
            )
            for user_id, (day, zone) in sorted(today.items())
        }
        return {
            user_id: reader
            for user_id, reader in self._drop_remembered(told).items()
            if reader.things or user_id in waits
        }

    @api.model
    def _get_waiting_domain(self):
        """Return which lines wait for a mail: once their cycle is open, all are there.

        :rtype: Domain
        """
        return Domain("reminder_id", "=", False) & Domain("review_id.cycle_id.state", "=", "open")

    @api.model
    def _find_rungs(self, days):
        """Return what a ladder has reached, for everybody it concerns.

        :param list days: the days it may be, depending on where somebody is; the last at the end
        :return: user's id → list of (item, role, day → rung)
        :rtype: dict
        """
        Review = self.env["performance.review"].sudo()
        items = Review._get_reminders(days[-1])
        reviews = Review.browse({item.review_id for item in items if item.review_id})
        reviews.fetch(["company_id"])
        cycles = Review.cycle_id.browse({item.cycle_id for item in items if item.cycle_id})
        ladders = {
            company: company._get_performance_ladder()
            for company in reviews.company_id | cycles.company_id
        }
        # Overdue somewhere on earth.
        late = Review.browse(
            {item.review_id for item in items if item.escalates and item.date < days[-1]}
        )
        escalation = late._find_escalation() if late else {}
        found = defaultdict(list)
        for item in items:
            review = Review.browse(item.review_id).with_prefetch(reviews.ids)
            cycle = cycles.browse(item.cycle_id).with_prefetch(cycles.ids)
            before, after = ladders[(review if item.review_id else cycle).company_id]
            people = {(user_id, role): (before, after) for role, user_id in item.people}
            for role, user_id in item.late_people:
                people.setdefault((user_id, role), ((), after))
            if item.escalates and review in escalation:
                upper_id, officer_id = escalation[review]
                people.setdefault((upper_id, "upper"), ((), after[1:2]))
                people.setdefault((officer_id, "officer"), ((), after[2:]))
            known = (item.date - item.since).days
            for (user_id, role), ladder in people.items():
                if rungs := user_id and {
                    day: rung
                    for day in days
                    if (rung := find_rung((item.date - day).days, known, *ladder)) is not None
                }:
                    found[user_id].append((item, role, rungs))
        return found

    @api.model
    def _get_key(self, user_id, told):
        item = told.item
        return (user_id, item.model, item.res_id, item.code, item.date, told.rung)

    @api.model
    def _drop_remembered(self, told):
        """Return the readers without the things they have been told already."""
        review_ids = {each.item.review_id for reader in told.values() for each in reader.things}
        lines = self.env["performance.reminder.line"].sudo()
        if review_ids:
            names = ["user_id", "model", "res_id", "code", "date", "rung"]
            of_them = Domain("review_id", "in", list(review_ids - {False}))
            if False in review_ids:
                of_them |= Domain("review_id", "=", False) & Domain("user_id", "in", list(told))
            lines = lines.search_fetch(of_them, names)
        keys = {
            (line.user_id.id, line.model, line.res_id, line.code, line.date, line.rung)
            for line in lines
        }
        return {
            user_id: reader._replace(
                things=[each for each in reader.things if self._get_key(user_id, each) not in keys]
            )
            for user_id, reader in told.items()
        }

    @api.model
    def _drop_reminded(self, days):
        """Return the readers without those who have got the mail of their day.

        :param dict days: user's id → what begins with the day
        """
        reminded = self.sudo().search_fetch(
            [
                ("user_id", "in", list(days)),
                ("date", "in", list({value[0] for value in days.values()})),
            ],
            ["user_id", "date"],
        )
        taken = {(reminder.user_id.id, reminder.date) for reminder in reminded}
        return {
            user_id: value for user_id, value in days.items() if (user_id, value[0]) not in taken
        }

    # ------------------------------------------------------------------
    # Whose day it is
    # ------------------------------------------------------------------

    @api.model
    def _find_days(self, users, now):
        """Return the day it is, and where, for those who are reminded now.

        That is whoever works today, has not been reminded yet and whose day has begun.

        :param users: ``res.users``, with ``sudo()``
        :param datetime now: naive UTC
        :return: user's id → (``datetime.date``, name of the time zone)
        :rtype: dict
        """
        users = users.filtered("active")
        employees = {}
        # Somebody may be employed in more than one company: the own one counts.
        for employee in users.env["hr.employee"].search([("user_id", "in", users.ids)]):
            user = employee.user_id
            if user not in employees or employee.company_id == user.company_id:
                employees[user] = employee
        moment = now.replace(tzinfo=UTC)
        zones = users.grouped(lambda user: user._get_reader_timezone(employees.get(user, False)))
        days = {}
        for name, people in zones.items():
            local = moment.astimezone(ZoneInfo(name))
            if local.hour >= FIRST_HOUR:
                working = self._filter_working(people, employees, local)
                days |= dict.fromkeys(working.ids, (local.date(), name))
        return self._drop_reminded(days)

    @api.model
    def _filter_working(self, users, employees, local):
        """Return those who work today: no weekend, no public holiday, no leave (Odoo's own).

        Whoever has no hours to keep, or no employee's file, has the days of the company.

        :param users: ``res.users`` of one time zone
        :param dict employees: user → ``hr.employee``
        :param datetime local: now, in this time zone
        """
        start = datetime.combine(local.date(), time(), tzinfo=local.tzinfo)
        stop = start + timedelta(days=1)
        place = {user: employees.get(user) or user.env["hr.employee"] for user in users}
        calendars = {
            user: (place[user].company_id or user.company_id).resource_calendar_id for user in users
        }
        resources = users.env["resource.resource"].union(
            *(employee.resource_id for employee in place.values())
        )
        hours, company_hours = resources._get_valid_work_intervals(
            start, stop, users.env["resource.calendar"].union(*calendars.values())
        )
        flexible = resources.filtered(lambda resource: resource._is_flexible())
        away = users.env["resource.resource"]
        if flexible:
            away = (
                users.env["resource.calendar.leaves"]
                .search(
                    [
                        ("resource_id", "in", flexible.ids),
                        ("time_type", "=", "leave"),
                        ("date_from", "<", stop.astimezone(UTC).replace(tzinfo=None)),
                        ("date_to", ">", start.astimezone(UTC).replace(tzinfo=None)),
                    ]
                )
                .resource_id
            )

        def works(user):
            resource, calendar = place[user].resource_id, calendars[user]
            if resource and resource not in flexible:
                return bool(hours[resource.id])
            if resource in away:
                return False
            return bool(company_hours[calendar.id]) if calendar else local.weekday() < 5

        return users.filtered(works)
