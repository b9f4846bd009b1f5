from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import achievement, digest
from . import story_company, story_current, story_previous

MODULE = "performance_review"
DONE_MARK = "demo_cycle_current"
CHINESE = "zh_CN"
# Who reads English although the others read Chinese: both languages are to be seen.
ENGLISH_READERS = ("zhao", "wang", "hart", "becker", "nilsson")
IN_EUROPE = ("hart", "becker", "nilsson")
# Weighted score in percent from which on a rating is given.
RATINGS = ((95, "a"), (80, "b"), (60, "c"), (0, "d"))
DEPARTMENTS = ("rd", "production", "service", "people")
PILOT_DEPARTMENTS = ("rd", "service")
FEEDBACK_PARTS = ("behaviour", "effect", "suggestion", "thanks")
POINT_KINDS = ("strength", "gap", "support")
COMMITMENT_KINDS = ("keep", "change", "support", "development")
PULSE_QUESTIONS = ("clear_standard", "specific_feedback", "listened_to", "way_forward")
# Days of the two cycles, counted from today.
LAUNCH_PREVIOUS, LAUNCH_CURRENT, LAUNCH_PROBATION = -430, -75, -30
TALKS_PREVIOUS, SIGNED_PREVIOUS = -390, -372
CHECKS_PREVIOUS = (-310, -240, -150)
FINISHED_PREVIOUS, CLOSED_PREVIOUS = -110, -95


class PerformanceDemo(models.AbstractModel):
    """Tells the story of the demo data; without demo data nothing ever calls it.

    Every step is taken by the person whose step it is, through the same verbs as in the
    client, so the demo holds nothing that users could not have made themselves. Only time
    is cheated: what verbs stamp with "now" is moved into the past by :meth:`_backdate`.
    """

    _name = "performance.demo"
    _description = "Demo data"

    @api.model
    def _load(self):
        """Tell the story once; a second call changes nothing.

        :return: ``True`` when something was loaded
        """
        if self.env.ref(f"{MODULE}.{DONE_MARK}", raise_if_not_found=False):
            return False
        # Two years of "moved to the step …" written within one second inform nobody.
        demo = self.with_context(tracking_disable=True, dont_notify=True, no_mail_to_attendees=True)
        newest_mail = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        demo._set_time_zones()
        demo._set_languages()
        demo._set_hire_dates()
        demo._create_appraisals()
        demo._tell_previous_cycle()
        demo._create_incidents()
        demo._tell_current_cycle()
        demo._tell_probation_cycle()
        demo._create_signals()
        demo._translate_activities()
        # People of a story have no mailbox.
        self.env["mail.mail"].search(
            [("id", ">", newest_mail), ("state", "=", "outgoing")]
        ).unlink()
        return True

    # ------------------------------------------------------------------
    # Who and when
    # ------------------------------------------------------------------

    def _get(self, kind, person):
        """Return the ``hr.employee``, ``res.users`` … of a person of the story."""
        return self.env.ref(f"{MODULE}.demo_{kind}_{person}")

    def _act_as(self, records, person):
        """Return ``records`` with the rights and in the language of a person."""
        user = self._get("user", person)
        return records.with_user(user).with_context(lang=user.lang)

    def _theme(self, name):
        return self.env.ref(f"{MODULE}.performance_theme_{name}").id if name else False

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

    def _set_time_zones(self):
        for person in story_company.HIRED:
            zone = "Europe/Berlin" if person in IN_EUROPE else "Asia/Shanghai"
            self._get("user", person).tz = zone
            self._get("employee", person).tz = zone

    def _set_languages(self):
        if not self.env["res.lang"]._get_data(code=CHINESE):
            return
        readers = [person for person in story_company.HIRED if person not in ENGLISH_READERS]
        for person in readers:
            self._get("user", person).lang = CHINESE

    def _set_hire_dates(self):
        for person, months in story_company.HIRED.items():
            day = fields.Date.today() - relativedelta(months=months)
            self._get("employee", person).write({"date_version": day, "contract_date_start": day})

    # ------------------------------------------------------------------
    # Evidence
    # ------------------------------------------------------------------

    def _create_appraisals(self):
        """Create last year's and this year's results with their KPIs, confirmed."""
        vals_list = []
        for years_ago in (1, 0):
            start, end = self._get_period(years_ago)
            for person, (kind, *levels) in story_company.RESULTS.items():
                if levels[1 - years_ago]:
                    vals_list.append(
                        self._prepare_appraisal_vals(
                            person, story_company.KPIS[kind], levels[1 - years_ago], start, end
                        )
                    )
        appraisals = self.env["performance.appraisal"].create(vals_list)
        for appraisal in appraisals:
            code = next(code for floor, code in RATINGS if appraisal.score >= floor)
            appraisal.rating_id = self.env.ref(f"{MODULE}.performance_rating_{code}")
        appraisals.action_confirm()

    def _prepare_appraisal_vals(self, person, kpis, levels, start, end):
        employee = self._get("employee", person)
        return {
            "employee_id": employee.id,
            "date_start": start,
            "date_end": end,
            "goal_ids": [
                fields.Command.create(
                    {
                        "name": name,
                        "employee_id": employee.id,
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
                    kpis, levels, strict=True
                )
            ],
        }

    def _create_incidents(self):
        for told in story_company.INCIDENTS:
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

    # ------------------------------------------------------------------
    # Cycles
    # ------------------------------------------------------------------

    def _launch(self, mark, launched, **vals):
        """Create and launch a cycle as HR does, then move the launch into the past."""
        cycle = self._act_as(self.env["performance.cycle"], "lin").create(vals)
        cycle.action_launch()
        cycle = self.env["performance.cycle"].browse(cycle.id)
        self._name_record(mark, cycle)
        self._backdate(cycle, create_date=self._moment(launched))
        self._backdate(cycle.review_ids, create_date=self._moment(launched))
        return cycle

    def _get_reviews(self, cycle):
        """Return the reviews of a cycle by person of the story."""
        people = {self._get("employee", person).id: person for person in story_company.HIRED}
        return {people[review.employee_id.id]: review for review in cycle.review_ids}

    def _tell_previous_cycle(self):
        start, end = self._get_period(1)
        cycle = self._launch(
            "demo_cycle_previous",
            LAUNCH_PREVIOUS,
            name=f"{end.year} 年度绩效面谈 · Annual review",
            date_start=start,
            date_end=end,
            gate_mode="advisory",
            min_points=1,
            preparation_deadline=self._day(LAUNCH_PREVIOUS + 30),
            dialogue_deadline=self._day(LAUNCH_PREVIOUS + 50),
            agreement_deadline=self._day(LAUNCH_PREVIOUS + 65),
            checkpoint_rhythm="quarterly",
            department_ids=[
                fields.Command.set([self._get("department", name).id for name in PILOT_DEPARTMENTS])
            ],
            # Who was not there yet when this cycle was launched.
            min_seniority_days=-LAUNCH_PREVIOUS,
        )
        cycle.min_seniority_days = 0
        reviews = self._get_reviews(cycle)
        for number, (person, told) in enumerate(story_previous.REVIEWS.items()):
            review = reviews[person]
            talk = told["talk"]._replace(
                day=TALKS_PREVIOUS + number, feedback=(told["talk"].feedback,)
            )
            self._prepare(
                review,
                {
                    "points": {kind: (told[kind],) for kind in POINT_KINDS},
                    # The first question is about results, the sixth about the next goal.
                    "answers": ((0, told["strength"].name), (5, told["plan"].goals[0].name)),
                    "submitted": True,
                },
                talk.day - 5,
            )
            self._hold_talk(review, talk)
            self._agree(review, told["plan"], SIGNED_PREVIOUS + number, told["stance"])
            self._follow_previous(review, told)
            self._give_pulse(review, told["pulse"])
        self._act_as(cycle, "lin").action_close("第一轮试点结束，下一轮扩大到全公司。")

    def _follow_previous(self, review, told):
        """Play three checkpoints, then settle everything and finish the review."""
        goal = told["plan"].goals[0]
        for day, level in zip(CHECKS_PREVIOUS, told["levels"], strict=True):
            value = round(goal.baseline + level * (goal.target - goal.baseline), 1)
            last = day == CHECKS_PREVIOUS[-1]
            self._check_in(
                review, day, told["note"] if last else "", (("goal", 0, value, "", "reviewer"),)
            )
        for kind in COMMITMENT_KINDS:
            self._settle(review, kind, getattr(told["plan"], kind))
        self._act_as_reviewer(review).action_next()
        self._backdate(review, date_done=self._day(FINISHED_PREVIOUS))

    def _tell_current_cycle(self):
        start, end = self._get_period(0)
        cycle = self._launch(
            DONE_MARK,
            LAUNCH_CURRENT,
            name=f"{end.year} 年度绩效面谈 · Annual review",
            date_start=start,
            date_end=end,
            preparation_deadline=self._day(6),
            dialogue_deadline=self._day(24),
            agreement_deadline=self._day(45),
            department_ids=[
                fields.Command.set([self._get("department", name).id for name in DEPARTMENTS])
            ],
            min_seniority_days=90,
        )
        reviews = self._get_reviews(cycle)
        for person, told in story_current.PREPARATION.items():
            self._prepare(reviews[person], told, -8)
        for person, told in story_current.DIALOGUE.items():
            self._prepare(reviews[person], told, -12)
            if "talk" in told:
                self._hold_talk(reviews[person], told["talk"], go_on=False)
            else:
                self._act_as_reviewer(reviews[person]).action_next()
        for person, told in story_current.AGREEMENT.items():
            self._prepare(reviews[person], told, told["talk"].day - 4)
            self._hold_talk(reviews[person], told["talk"])
            self._propose(reviews[person], told)
        for person, told in story_current.FOLLOW_UP.items():
            self._prepare(reviews[person], told, told["talk"].day - 4)
            self._hold_talk(reviews[person], told["talk"])
            self._agree(reviews[person], told["plan"], told["signed"], told["stance"])
            for check in told["checks"]:
                self._check_in(reviews[person], check.day, check.note, check.entries, check.done)
            for kind in COMMITMENT_KINDS:
                self._settle(reviews[person], kind, getattr(told["plan"], kind))
        for told_in_step in (story_current.AGREEMENT, story_current.FOLLOW_UP):
            for person, told in told_in_step.items():
                if "pulse" in told:
                    self._give_pulse(reviews[person], told["pulse"])

    def _tell_probation_cycle(self):
        """A newcomer whose preparation is late."""
        cycle = self._launch(
            "demo_cycle_probation",
            LAUNCH_PROBATION,
            name="试用期面谈 · Probation talks",
            date_start=self._day(-60),
            date_end=self._day(30),
            preparation_deadline=self._day(-3),
            dialogue_deadline=self._day(11),
            agreement_deadline=self._day(25),
            job_ids=[fields.Command.set(self._get("job", "test").ids)],
            excluded_employee_ids=[fields.Command.set(self._get("employee", "liu").ids)],
        )
        reviews = self._get_reviews(cycle)
        for person, told in story_current.PROBATION.items():
            self._prepare(reviews[person], told, -5)

    def _create_signals(self):
        signals = self._act_as(self.env["performance.signal"], "lin")
        current = self.env.ref(f"{MODULE}.{DONE_MARK}")
        previous = self.env.ref(f"{MODULE}.demo_cycle_previous")
        signals.create(
            [
                {
                    "name": "跨部门的交接由谁负责、多久答复？",
                    "theme_id": self._theme("cooperation"),
                    "cycle_id": current.id,
                    "owner_id": self._get("user", "zhao").id,
                },
                {
                    "name": "需求冻结之后，优先级由谁决定？",
                    "theme_id": self._theme("priorities"),
                    "cycle_id": previous.id,
                    "owner_id": self._get("user", "chen").id,
                    "state": "answered",
                    "decision": "冻结之后的改动一律走改动单，由产品与销售一同签字。",
                    "answer": "谢谢大家提出来。从 X3 起按改动单执行，每月公布一次改动清单。",
                },
            ]
        )

    def _translate_activities(self):
        """Say in Chinese what activities ask of Chinese readers.

        They copy a text of their type, and translations of records are read after demo data.
        """
        for name, summary in story_company.ACTIVITIES.items():
            self.env["mail.activity"].search(
                [
                    (
                        "activity_type_id",
                        "=",
                        self.env.ref(f"{MODULE}.mail_activity_type_{name}").id,
                    ),
                    ("user_id.lang", "=", CHINESE),
                ]
            ).summary = summary

    # ------------------------------------------------------------------
    # Steps of one review
    # ------------------------------------------------------------------

    def _act_as_reviewer(self, review, records=None):
        user = review.reviewer_user_id
        return (review if records is None else records).with_user(user).with_context(lang=user.lang)

    def _act_as_employee(self, review, records=None):
        user = review.employee_user_id
        return (review if records is None else records).with_user(user).with_context(lang=user.lang)

    def _prepare(self, review, told, submitted):
        """Write the sheet, the self-assessment, private notes and book the appointment.

        :param int submitted: day on which the self-assessment is handed in
        """
        kpis = {goal.name: goal.id for goal in review.appraisal_id.goal_ids}
        incidents = self._find_incidents(review)
        self._act_as_reviewer(review, self.env["performance.point"]).create(
            [
                {
                    "review_id": review.id,
                    "kind": kind,
                    "sequence": number,
                    "name": point.name,
                    "fact": point.fact,
                    "nature": point.nature,
                    "theme_id": self._theme(point.theme),
                    "goal_id": kpis.get(point.kpi),
                    "incident_id": incidents.get(self._theme(point.theme))
                    if kind == "gap"
                    else False,
                }
                for kind, points in told["points"].items()
                for number, point in enumerate(points)
            ]
        )
        self._act_as_reviewer(review, self.env["performance.note"]).create(
            [{"review_id": review.id, "body": body} for body in told.get("notes", ())]
        )
        if "submitted" in told:
            self._assess(review, told, submitted)
        if "meeting" in told:
            self._act_as_reviewer(review, self.env["performance.review.meeting"]).create(
                {
                    "review_id": review.id,
                    "date_start": datetime.combine(self._workday(told["meeting"]), time(6)),
                    "location": "二楼小会议室",
                }
            ).action_confirm()

    def _find_incidents(self, review):
        """Return the ids of shared incidents that went wrong, by id of their theme."""
        incidents = self.env["performance.incident"].search(
            [
                ("employee_id", "=", review.employee_id.id),
                ("polarity", "=", "negative"),
                ("shared", "=", True),
            ]
        )
        return {incident.theme_id.id: incident.id for incident in incidents}

    def _assess(self, review, told, submitted):
        assessment = self._act_as_employee(review, self.env["performance.self.assessment"]).create(
            {
                "review_id": review.id,
                "results": told.get("results", ""),
                "agenda": told.get("agenda", ""),
            }
        )
        answers = assessment.answer_ids.sorted(lambda line: (line.section_rank, line.sequence))
        for number, text in told["answers"]:
            answers[number].answer = text
        if told["submitted"]:
            assessment.action_submit()
            self._backdate(assessment, submitted_on=self._moment(submitted))

    def _hold_talk(self, review, talk, go_on=True):
        """Enter the dialogue, fill its record and, unless told otherwise, leave it again."""
        self._act_as_reviewer(review).action_next()
        dialogue = self._act_as_reviewer(review, review.dialogue_id)
        minutes = talk.minutes or 25
        start = self._moment(talk.day)
        if not talk.minutes:
            start = fields.Datetime.now() - timedelta(minutes=minutes)
        # A tenth of the time nobody speaks.
        spoken = minutes * 60 * 0.9
        dialogue.write(
            {
                "date_start": start,
                "date_end": start + timedelta(minutes=minutes) if talk.minutes else False,
                "employee_seconds": round(spoken * talk.share / 100),
                "reviewer_seconds": round(spoken * (100 - talk.share) / 100),
                "expectations": talk.expectations,
                "obstacle_theme_id": self._theme(talk.obstacle),
                "sustainable": talk.sustainable,
                "support_needed": talk.support,
                "feedback_ids": [
                    fields.Command.create(dict(zip(FEEDBACK_PARTS, feedback, strict=True)))
                    for feedback in talk.feedback
                ],
            }
        )
        topics = dialogue.topic_ids.sorted(lambda topic: (topic.section_rank, topic.sequence))
        for number, text in talk.answers:
            topics[number].write({"is_discussed": True, "answer": text})
        if go_on:
            self._act_as_reviewer(review).action_next()
            dialogue.review_id.invalidate_recordset()
            self._act_as_employee(review, review.dialogue_id).action_confirm()
            self._backdate(
                review.dialogue_id, employee_confirmed_on=self._moment(talk.day + 1, hour=1)
            )

    def _fill_plan(self, review, plan):
        """Write the draft of the agreement as the reviewer and return it."""
        agreement = self._act_as_reviewer(review, review.agreement_id)
        agreement.write(
            {
                "summary": plan.summary,
                "goal_ids": [
                    fields.Command.create(
                        {
                            "name": goal.name,
                            "sequence": number,
                            "metric": goal.metric,
                            "unit": goal.unit,
                            "baseline": goal.baseline,
                            "target": goal.target,
                            # Nothing has been measured yet.
                            "actual": goal.baseline,
                            "direction": "down" if goal.target < goal.baseline else "up",
                            "means": goal.means,
                            "parent_id": self._get("goal", goal.parent).id
                            if goal.parent
                            else False,
                            "date_deadline": self._day(goal.day),
                        }
                    )
                    for number, goal in enumerate(plan.goals)
                ],
                "commitment_ids": [
                    fields.Command.create(
                        {
                            "kind": kind,
                            "sequence": number,
                            "name": duty.name,
                            "owner": duty.owner or "employee",
                            "theme_id": self._theme(duty.theme),
                            "date_deadline": self._day(duty.day),
                        }
                    )
                    for kind in COMMITMENT_KINDS
                    for number, duty in enumerate(getattr(plan, kind))
                ],
            }
        )
        return agreement

    def _propose(self, review, told):
        """Leave the agreement as a draft, up for the employee's signature, or disputed."""
        agreement = self._fill_plan(review, told["plan"])
        if "proposed" not in told:
            return
        agreement.action_propose()
        proposed = self._moment(told["proposed"])
        if "dispute" in told:
            self._act_as_employee(review, agreement).action_dispute(told["dispute"])
            self._backdate(review.agreement_id, proposed_on=proposed)
        else:
            agreement.action_sign()
            self._backdate(review.agreement_id, proposed_on=proposed, reviewer_signed_on=proposed)

    def _agree(self, review, plan, signed, stance):
        """Propose and sign on both sides, on the day ``signed``."""
        agreement = self._fill_plan(review, plan)
        agreement.action_propose()
        agreement.action_sign()
        self._act_as_employee(review, agreement).action_sign(stance=stance)
        agreement = review.agreement_id
        self._backdate(
            agreement,
            proposed_on=self._moment(signed - 3),
            reviewer_signed_on=self._moment(signed - 3, hour=7),
            employee_signed_on=self._moment(signed, hour=2),
        )
        # The moments are part of what is signed, so the fingerprint follows them.
        snapshot = digest.canonical_json(agreement._prepare_snapshot())
        self._backdate(agreement, snapshot=snapshot, sha256=digest.sha256_hex(snapshot))

    def _get_commitments(self, review, kind):
        return review.agreement_id.commitment_ids.filtered(lambda line: line.kind == kind).sorted(
            "sequence"
        )

    def _check_in(self, review, day, note, entries, done=True):
        """Play one checkpoint with what both sides record at it."""
        checkpoint = self._act_as_reviewer(review, self.env["performance.checkpoint"]).create(
            {
                "review_id": review.id,
                "date": self._day(day),
                "kind": "scheduled",
                "note": note,
            }
        )
        for subject, number, value, comment, author in entries:
            if subject == "goal":
                goal = review.agreement_id.goal_ids.sorted("sequence")[number]
                vals = {
                    "goal_id": goal.id,
                    "value": value,
                    "percent": min(
                        max(
                            achievement.achievement(
                                goal.baseline, goal.target, value, goal.direction
                            ),
                            0,
                        ),
                        100,
                    ),
                }
            else:
                line = self._get_commitments(review, subject)[number]
                vals = {"commitment_id": line.id, "percent": value}
            act_as = self._act_as_reviewer if author == "reviewer" else self._act_as_employee
            act_as(review, self.env["performance.progress"]).create(
                {
                    "checkpoint_id": checkpoint.id,
                    "date": self._day(day),
                    "note": comment,
                    **vals,
                }
            )
        if done:
            checkpoint.action_done()

    def _settle(self, review, kind, duties):
        """Record the outcomes that are known already."""
        for line, duty in zip(self._get_commitments(review, kind), duties, strict=True):
            if duty.outcome != "open":
                self._act_as_reviewer(review, line).action_set_outcome(duty.outcome)

    def _give_pulse(self, review, answers):
        self._act_as_employee(review).action_give_pulse(
            dict(zip(PULSE_QUESTIONS, answers, strict=True))
        )
