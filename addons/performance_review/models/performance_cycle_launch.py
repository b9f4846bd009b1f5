from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import arguments

# Up to this many people the user waits for the result; above, the cron does the work.
LAUNCH_INLINE_LIMIT = 500
LAUNCH_BATCH = 1000
LATE_DAYS = 14  # for preparing, of somebody who joins a cycle under way


class PerformanceCycle(models.Model):
    """Launch (C2): one review per employee, in batches that can be interrupted."""

    _inherit = "performance.cycle"

    launch_after_id = fields.Integer(
        string="Last review before the launch",
        readonly=True,
        copy=False,
        help="Reviews with a higher id belong to the launch under way: its digests name them.",
    )
    launch_total = fields.Integer(string="Reviews after the launch", readonly=True, copy=False)
    launch_percent = fields.Float(string="Launched (%)", compute="_compute_launch_percent")

    @api.depends("review_ids", "launch_total")
    def _compute_launch_percent(self):
        for cycle in self:
            cycle.launch_percent = (
                100.0 * cycle.review_count / cycle.launch_total if cycle.launch_total else 0.0
            )

    # ------------------------------------------------------------------
    # Launch
    # ------------------------------------------------------------------

    def action_open_launch(self):
        """Open the preview of a launch (an ``ir.actions.act_window`` dict)."""
        self.ensure_one()
        self._check_officer()
        wizard = self.env["performance.cycle.preview"].create({"cycle_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Launch")
            if self.state == "draft"
            else self.env._("Add late joiners"),
            "res_model": "performance.cycle.preview",
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def action_launch(self, employee_ids=None):
        """Create one review for each employee who has none yet; also adds late joiners.

        Large populations are handed to the cron, which commits batch by batch.

        :param list[int] employee_ids: nobody but these ``hr.employee``, as far as they match
        :raise UserError: when a cycle is closed, its outline archived before the first launch, or
            nobody is left to add
        :return: ``True``
        """
        self._check_officer()
        chosen = self._read_chosen(employee_ids)
        for cycle in self:
            # Two clicks, two browsers: the second is told that somebody else is at it.
            if not cycle.try_lock_for_update():
                raise UserError(
                    self.env._(
                        "Somebody else is launching “%(cycle)s” at this moment: reload the page "
                        "to see the result.",
                        cycle=cycle.name,
                    )
                )
            if cycle.state == "closed":
                raise UserError(
                    self.env._("“%(cycle)s” is closed: reopen it first.", cycle=cycle.name)
                )
            if cycle.state == "launching":
                cycle._trigger_launch()
                continue
            cycle._check_outline()
            remaining = cycle._get_employees().search_count(cycle._get_launch_domain() & chosen)
            if not remaining:
                raise UserError(
                    self.env._(
                        "Nobody is left to add to “%(cycle)s”: check its departments, jobs and "
                        "tags, and that employees have a user and a manager.",
                        cycle=cycle.name,
                    )
                )
            cycle._mark_launching(remaining)
            if remaining <= LAUNCH_INLINE_LIMIT:
                cycle._launch_batch(remaining, chosen)
                cycle._mark_launched()
            else:
                cycle._trigger_launch()
        return True

    @api.model
    def _read_chosen(self, employee_ids):
        """Return the ``Domain`` of the employees a caller named, of everybody for none.

        :raise UserError: for more than are added while the user waits
        """
        ids = arguments.read_ids(self.env, employee_ids, self.env._("Employees"))
        if len(ids) > LAUNCH_INLINE_LIMIT:
            raise UserError(
                self.env._("Name up to %(count)s people at a time.", count=LAUNCH_INLINE_LIMIT)
            )
        return Domain("id", "in", ids) if ids else Domain.TRUE

    def _check_outline(self):
        """Refuse to begin with an outline nobody uses any more; who joins late gets the others'.

        :raise UserError: naming outline and cycle
        """
        self.ensure_one()
        if self.state == "draft" and not self.outline_id.active:
            raise UserError(
                self.env._(
                    "The outline “%(outline)s” is archived: choose another one in “%(cycle)s” "
                    "before you launch it.",
                    outline=self.outline_id.name,
                    cycle=self.name,
                )
            )

    def _trigger_launch(self):
        self.env.ref("performance_review.ir_cron_launch").sudo()._trigger()

    def _mark_launching(self, remaining):
        self.ensure_one()
        self.env["performance.pulse"]._open(self)
        if self.state == "draft":
            self.sudo().reveal_deadline = self.preparation_deadline
        newest = (
            self.env["performance.review"]
            .sudo()
            .search([("cycle_id", "=", self.id)], order="id desc", limit=1)
        )
        self.sudo().write(
            {
                "state": "launching",
                "launch_after_id": newest.id,
                "launch_total": self.review_count + remaining,
            }
        )

    @api.model
    def _cron_launch(self):
        """Go on with launches where they stopped; every batch is committed."""
        cycles = self.search([("state", "=", "launching")])
        analyzed = False
        for waiting, cycle in enumerate(reversed(cycles)):
            while launched := cycle._launch_batch(LAUNCH_BATCH):
                if not analyzed:
                    # In a new database PostgreSQL takes both tables for empty and searches them
                    # from end to end for every row it updates: most of the time of a first launch.
                    self.env.flush_all()
                    self.env.cr.execute("ANALYZE performance_review, mail_activity")
                    analyzed = True
                # Opening the cycle is work as well, and so are the cycles that wait: with nothing
                # remaining, Odoo would come back in an hour only.
                remaining = max(cycle.launch_total - cycle.review_count, 0)
                remaining += len(cycles) - waiting
                time_left = self.env["ir.cron"]._commit_progress(launched, remaining=remaining)
                # A launch of any size works in the memory of one batch.
                self.env.invalidate_all()
                if not time_left:
                    return
            cycle._mark_launched()
            self.env["ir.cron"]._commit_progress(1, remaining=len(cycles) - waiting - 1)

    def _launch_batch(self, limit, chosen=Domain.TRUE):
        """Create reviews and preparation activities for the next employees.

        :param int limit: how many employees at most
        :param Domain chosen: nobody but these
        :return: number of reviews created; 0 when nobody is left
        :rtype: int
        """
        self.ensure_one()
        cycle = self.sudo()
        employees = cycle._get_employees().search(
            cycle._get_launch_domain() & chosen, limit=limit, order="id"
        )
        if not employees:
            return 0
        vals_list = cycle._prepare_review_vals(employees)
        reviews = cycle.env["performance.review"].create(vals_list)
        reviews._schedule_step_activities()
        reviews._update_hr_reasons()
        return len(reviews)

    def _prepare_review_vals(self, employees):
        """Return the values of new reviews, in the order of ``employees``.

        :param employees: ``hr.employee`` records without a review in this cycle
        :rtype: list[dict]
        """
        self.ensure_one()
        appraisals = self._find_appraisals(employees)
        previous = self._find_previous_reviews(employees)
        by_job, by_department = self.env["performance.outline"]._find_for(self.company_id)
        late_deadline = self._get_late_deadline()
        vals_list = []
        employees.current_version_id.fetch(["department_id", "job_id"])
        for employee in employees:
            place = employee.current_version_id
            outline = (
                by_job.get(place.job_id.id)
                or by_department.get(place.department_id.id)
                or self.outline_id
            )
            vals_list.append(
                {
                    "cycle_id": self.id,
                    "employee_id": employee.id,
                    "outline_id": outline.id,
                    "appraisal_id": appraisals.get(employee.id, False),
                    "previous_review_id": previous.get(employee.id, False),
                    "late_deadline": late_deadline,
                }
            )
        return vals_list

    def _get_late_deadline(self):
        """Return until when those prepare who are added now, where the cycle leaves no time.

        A cycle that people join by themselves may do without a day for all: each has the same time.

        :return: ``datetime.date``, or ``False`` where the deadline of the cycle will do
        """
        self.ensure_one()
        deadline = fields.Date.today() + timedelta(days=LATE_DAYS)
        if self.joins_daily and not self.preparation_deadline:
            return deadline
        is_late = self.launch_after_id and self.preparation_deadline
        return deadline if is_late and self.preparation_deadline < deadline else False

    def _find_previous_reviews(self, employees):
        """Return the id of the review of the cycle before this one, by employee id.

        One that HR ended has nothing to take along: the one before it has.
        """
        groups = self.env["performance.review"]._read_group(
            [
                ("employee_id", "in", employees.ids),
                ("cycle_id", "!=", self.id),
                ("cycle_id.date_end", "<=", self.date_end),
                ("is_ended", "=", False),
            ],
            ["employee_id", "cycle_id"],
            ["id:max"],
        )
        groups.sort(key=lambda group: (group[1].date_end, group[2]))
        return {employee.id: review_id for employee, _cycle, review_id in groups}

    def _mark_launched(self):
        """Open the cycle and have everybody told, in the same transaction."""
        self.ensure_one()
        cycle = self.sudo()
        cycle.write({"state": "open"})
        cycle._tell_launched()
        if cycle.user_id:
            cycle.user_id._bus_send(
                "simple_notification",
                {"type": "success", "message": cycle._say_launched()},
            )

    def _say_launched(self):
        """Say how many reviews there are, or how many came to those of a cycle under way."""
        newest = self.launch_after_id
        if not newest:
            return (
                self.env._("“%(cycle)s” is open: one review.", cycle=self.name)
                if self.review_count == 1
                else self.env._(
                    "“%(cycle)s” is open: %(count)s reviews.",
                    cycle=self.name,
                    count=self.review_count,
                )
            )
        count = self.env["performance.review"].search_count(
            [("cycle_id", "=", self.id), ("id", ">", newest)]
        )
        return (
            self.env._("“%(cycle)s”: one review added.", cycle=self.name)
            if count == 1
            else self.env._("“%(cycle)s”: %(count)s reviews added.", cycle=self.name, count=count)
        )

    def _tell_launched(self):
        """Have everybody of this launch told with their next mail, see ``performance.reminder``.

        Employees are asked for the self-assessment, managers hear whom they lead.
        """
        self.ensure_one()
        self.env["performance.reminder.line"]._wait_for_launch(self)
