from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from odoo import fields

from ..story import company
from .teller import CORE, Teller

CHINESE = "zh_CN"
# Who reads English although the others read Chinese: both languages are to be seen.
ENGLISH_READERS = ("zhao", "wang", "hart", "becker", "nilsson")
IN_EUROPE = ("hart", "becker", "nilsson")
EUROPE, CHINA = "Europe/Berlin", "Asia/Shanghai"
# Weighted score in percent from which on a rating is given.
RATINGS = ((95, "a"), (80, "b"), (60, "c"), (0, "d"))


class People(Teller):
    """The people, and what their years have left behind."""

    def _set_time_zones(self):
        for person in company.HIRED:
            zone = EUROPE if person in IN_EUROPE else CHINA
            self._get("user", person).tz = zone
            self._get("employee", person).tz = zone
        company_calendar = self.env.ref("base.main_company").resource_calendar_id
        company_calendar.tz = CHINA
        administrator = self.env.ref("base.user_admin")
        administrator.tz = administrator.tz or CHINA

    def _fill_calendars(self):
        """Give people appointments, so that free times are as rare as they are."""
        for told in company.APPOINTMENTS:
            start = datetime.combine(self._workday(told.day), time(told.hour))
            start = start.replace(tzinfo=ZoneInfo(CHINA)).astimezone(ZoneInfo("UTC"))
            start = start.replace(tzinfo=None)
            users = [self._get("user", person) for person in told.people]
            self._act_as(self.env["calendar.event"], told.people[0]).create(
                {
                    "name": told.name,
                    "start": start,
                    "stop": start + timedelta(minutes=told.minutes),
                    "partner_ids": [fields.Command.set([user.partner_id.id for user in users])],
                }
            )

    def _set_languages(self):
        if not self.env["res.lang"]._get_data(code=CHINESE):
            return
        readers = [person for person in company.HIRED if person not in ENGLISH_READERS]
        for person in readers:
            self._get("user", person).lang = CHINESE

    def _set_hire_dates(self):
        for person, months in company.HIRED.items():
            day = fields.Date.today() - relativedelta(months=months)
            self._get("employee", person).write({"date_version": day, "contract_date_start": day})

    def _create_appraisals(self):
        """Create last year's and this year's results with their KPIs, confirmed."""
        vals_list = []
        for years_ago in (1, 0):
            start, end = self._get_period(years_ago)
            for person, (kind, *levels) in company.RESULTS.items():
                if levels[1 - years_ago]:
                    vals_list.append(
                        self._prepare_appraisal_vals(
                            person, kind, levels[1 - years_ago], start, end
                        )
                    )
        appraisals = self.env["performance.appraisal"].create(vals_list)
        for appraisal in appraisals:
            code = next(code for floor, code in RATINGS if appraisal.score >= floor)
            appraisal.rating_id = self.env.ref(f"{CORE}.performance_rating_{code}")
        appraisals.action_confirm()

    def _prepare_appraisal_vals(self, person, kind, levels, start, end):
        employee = self._get("employee", person)
        parent = company.PARENTS.get(kind)
        return {
            "employee_id": employee.id,
            "date_start": start,
            "date_end": end,
            "goal_ids": [
                fields.Command.create(
                    {
                        "name": name,
                        "employee_id": employee.id,
                        "parent_id": self._get("goal", parent).id if parent else False,
                        "metric": metric,
                        "unit": unit,
                        "baseline": baseline,
                        "target": target,
                        "actual": round(baseline + level * (target - baseline), 1),
                        "direction": "up" if target > baseline else "down",
                        "weight": weight,
                        "date_deadline": end,
                    }
                )
                for (name, metric, unit, baseline, target, weight), level in zip(
                    company.KPIS[kind], levels, strict=True
                )
            ],
        }

    def _create_incidents(self):
        for told in company.INCIDENTS:
            self._act_as(self.env["performance.incident"], told.author).create(
                {
                    "employee_id": self._get("employee", told.about).id,
                    "date": self._day(told.day),
                    "polarity": told.polarity,
                    "name": told.name,
                    "effect": told.effect,
                    "theme_id": self._theme(told.theme),
                }
            ).filtered(lambda incident, shared=told.shared: shared).action_share()
