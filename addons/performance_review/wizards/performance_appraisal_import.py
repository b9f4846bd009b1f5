import base64
import binascii
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import arguments, kpi_sheet
from ..tools.words import say_list

EMPLOYEE_KEYS = ("work_email", "barcode", "registration_number")


class PerformanceAppraisalImport(models.TransientModel):
    """Import of appraisal results and KPI lines (C6): dry run, then all or nothing."""

    _name = "performance.appraisal.import"
    _description = "Import appraisal results"
    _inherit = ["performance.field.guard", "performance.link.guard"]

    file = fields.Binary(attachment=False)
    filename = fields.Char()
    cycle_id = fields.Many2one("performance.cycle", ondelete="cascade")
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_from_cycle",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_start = fields.Date(
        string="Period from",
        compute="_compute_from_cycle",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date_end = fields.Date(
        string="Period to",
        compute="_compute_from_cycle",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    confirm = fields.Boolean(
        string="Publish at once",
        help="Employees see their result once it is confirmed.",
    )
    state = fields.Selection(
        [("file", "File"), ("checked", "Checked"), ("refused", "With errors")],
        default="file",
        readonly=True,
    )
    row_count = fields.Integer(string="Rows read", readonly=True)
    employee_count = fields.Integer(string="Employees found", readonly=True)
    error_count = fields.Integer(string="Rows with errors", readonly=True)
    error_ids = fields.One2many("performance.appraisal.import.error", "import_id", readonly=True)

    @api.model
    def _get_size_limits(self):
        return {**super()._get_size_limits(), "file": arguments.FILE_LIMIT}

    @api.depends("cycle_id")
    def _compute_from_cycle(self):
        today = fields.Date.today()
        for wizard in self:
            cycle = wizard.cycle_id
            wizard.company_id = cycle.company_id or self.env.company
            wizard.date_start = cycle.date_start or today.replace(month=1, day=1)
            wizard.date_end = cycle.date_end or today.replace(month=12, day=31)

    @api.onchange("file")
    def _onchange_file(self):
        # What was said about the file before is not true of this one.
        self.update({"state": "file", "error_ids": [fields.Command.clear()]})
        self.row_count = self.employee_count = self.error_count = 0

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_check(self):
        """Dry run: read the file and report every bad row; stores no result.

        :raise UserError: when the file as a whole cannot be read
        :return: this wizard again (an action dict)
        """
        self.ensure_one()
        self._read_and_check()
        return self._reopen()

    def action_import(self):
        """Store all results, or none when a single row is bad.

        :raise UserError: when the file as a whole cannot be read
        :return: the imported appraisals, or this wizard with the errors (an action dict)
        """
        self.ensure_one()
        rows = self._read_and_check()
        if rows is None:
            return self._reopen()
        appraisals = self._store(rows)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "performance_review.performance_appraisal_action"
        )
        action["domain"] = [("id", "in", appraisals.ids)]
        return action

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import appraisal results"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _read_and_check(self):
        """Read the file and note the result of the check on the wizard.

        :return: rows by employee, or ``None`` when there are bad rows
        :rtype: dict | None
        """
        self.env["performance.appraisal"].check_access("create")
        if self.company_id not in self.env.companies:
            raise AccessError(self.env._("You import for the companies you work in."))
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        if self.date_end < self.date_start:
            raise UserError(self.env._("The period ends before it starts: check both dates."))
        if self.cycle_id and self.cycle_id.company_id != self.company_id:
            raise UserError(
                self.env._(
                    "“%(cycle)s” belongs to another company: choose a cycle of %(company)s.",
                    cycle=self.cycle_id.name,
                    company=self.company_id.name,
                )
            )
        table = self._read_file()
        rows, faults = kpi_sheet.parse_rows(table)
        messages = defaultdict(list)
        for fault in faults:
            messages[fault.row].append(self._explain_row(fault))
        by_employee = self._match(rows, messages, table)
        self.error_ids.unlink()
        self.write(
            {
                "state": "refused" if messages else "checked",
                "row_count": len(table),
                "employee_count": len(by_employee),
                "error_count": len(messages),
                "error_ids": [
                    fields.Command.create({"row": row, "message": " ".join(texts)})
                    for row, texts in sorted(messages.items())
                ],
            }
        )
        return None if messages else by_employee

    def _read_file(self):
        """Return the rows of the file, see ``tools.kpi_sheet.read_table``.

        :raise UserError: when the file as a whole cannot be read
        """
        try:
            content = base64.b64decode(self.file, validate=True)
        except binascii.Error as error:
            raise UserError(
                self.env._("The file did not arrive whole: choose it again.")
            ) from error
        try:
            return kpi_sheet.read_table(content, self.filename or "")
        except kpi_sheet.SheetError as error:
            raise UserError(self._explain_sheet(error)) from error

    def _match(self, rows, messages, table):
        """Find employees and ratings of the rows; add what is wrong to ``messages``.

        :param rows: ``tools.kpi_sheet.KpiRow`` items
        :param messages: row number → list of sentences, extended here
        :param table: the raw rows
        :return: employee → list of (row, ``performance.rating``)
        :rtype: dict
        """
        # Rows with a fault are no ``KpiRow``; whose they are matters to that employee's others.
        faulty = {
            kpi_sheet.identifier(cells.get("employee")).casefold()
            for number, cells in table
            if number in messages
        }
        employees = self._find_employees({row.employee for row in rows} | faulty)
        ratings = self._find_ratings()
        confirmed = self._find_confirmed(employees.values())
        by_employee = defaultdict(list)
        for row in rows:
            found = employees.get(row.employee.casefold(), self.env["hr.employee"])
            rating = ratings.get(row.rating.casefold(), self.env["performance.rating"])
            if not found:
                messages[row.row].append(
                    self.env._(
                        "No employee of %(company)s has the e-mail, badge or registration "
                        "number “%(employee)s”.",
                        company=self.company_id.name,
                        employee=row.employee,
                    )
                )
            elif len(found) > 1:
                messages[row.row].append(
                    self.env._(
                        "“%(employee)s” fits several employees: %(names)s.",
                        employee=row.employee,
                        names=say_list(self.env, found.mapped("name")),
                    )
                )
            elif found.user_id == self.env.user:
                messages[row.row].append(
                    self.env._("Your own result is imported by somebody else in HR.")
                )
            elif found in confirmed:
                messages[row.row].append(
                    self.env._(
                        "%(employee)s has a confirmed result for this period already: take it "
                        "back to draft first.",
                        employee=found.name,
                    )
                )
            if row.rating and not rating:
                messages[row.row].append(
                    self.env._("The rating “%(rating)s” does not exist.", rating=row.rating)
                )
            if len(found) == 1:
                by_employee[found].append((row, rating))
        incomplete = {employee for key in faulty for employee in employees.get(key, ())}
        for employee, lines in by_employee.items():
            self._check_employee_rows(lines, messages, whole=employee not in incomplete)
        return by_employee

    def _check_employee_rows(self, lines, messages, whole):
        """Check what concerns all rows of one employee together.

        :param lines: pairs of row and rating
        :param messages: row number → list of sentences, extended here
        :param bool whole: whether these are all rows of the employee
        """
        first_of_kpi = {}
        for row, _rating in lines:
            first = first_of_kpi.setdefault(row.kpi.casefold(), row.row)
            # The file may name somebody by e-mail in one row and by badge in another.
            if first != row.row:
                messages[row.row].append(self._explain_duplicate(first))
        first_row, first_rating = next(
            ((row, rating) for row, rating in lines if rating), (None, None)
        )
        for row, rating in lines:
            if rating and rating != first_rating:
                messages[row.row].append(
                    self.env._(
                        "Row %(first)s gives the same employee the rating “%(rating)s”.",
                        first=first_row.row,
                        rating=first_rating.name,
                    )
                )
        if whole and not sum(row.weight for row, _rating in lines):
            messages[lines[0][0].row].append(
                self.env._("The weights of this employee's KPIs add up to 0.")
            )

    def _find_employees(self, keys):
        """Return employees by the identifiers of the file, in lower case.

        :param set[str] keys: e-mails, badge or registration numbers
        :rtype: dict[str, models.Model]
        """
        # HR imports for people of its company; the numbers are private fields of HR's.
        Employee = self.env["hr.employee"].sudo().with_context(active_test=False)
        wanted = {key.casefold() for key in keys}
        found = defaultdict(lambda: self.env["hr.employee"])
        names = [name for name in EMPLOYEE_KEYS if name in Employee._fields]
        for employee in Employee.search_fetch(
            [("company_id", "=", self.company_id.id)], [*names, "name", "active", "user_id"]
        ):
            for name in names:
                key = (employee[name] or "").strip().casefold()
                if key and key in wanted:
                    found[key] |= employee
        # Somebody who left and came back has two files; the one in use counts.
        return {key: records.filtered("active") or records for key, records in found.items()}

    def _find_ratings(self):
        """Return the ratings by name (in every language) and code, in lower case."""
        ratings = {}
        scale = self.env["performance.rating"].search([("active", "=", True)])
        for code, _name in self.env["res.lang"].get_installed():
            for rating in scale:
                ratings[rating.with_context(lang=code).name.casefold()] = rating
        # A code wins over another rating's name.
        ratings.update({rating.code.casefold(): rating for rating in scale if rating.code})
        return ratings

    def _find_confirmed(self, employees):
        """Return those of ``employees`` whose result of the period is confirmed."""
        ids = [employee.id for records in employees for employee in records]
        appraisals = (
            self.env["performance.appraisal"]
            .sudo()
            .search(
                [
                    ("employee_id", "in", ids),
                    ("date_start", "=", self.date_start),
                    ("date_end", "=", self.date_end),
                    ("state", "=", "confirmed"),
                ]
            )
        )
        return appraisals.employee_id

    # ------------------------------------------------------------------
    # Storing
    # ------------------------------------------------------------------

    def _store(self, by_employee):
        """Create one appraisal per employee; drafts of the same period are replaced.

        :param by_employee: what :meth:`_match` returns
        :return: the created ``performance.appraisal`` records
        """
        employee_ids = [employee.id for employee in by_employee]
        self.env["performance.appraisal"].search(
            [
                ("employee_id", "in", employee_ids),
                ("date_start", "=", self.date_start),
                ("date_end", "=", self.date_end),
                ("state", "=", "draft"),
            ]
        ).unlink()
        appraisals = self.env["performance.appraisal"].create(
            [
                self._prepare_appraisal_vals(employee, lines)
                for employee, lines in by_employee.items()
            ]
        )
        if self.confirm:
            appraisals.action_confirm()
        self._link_reviews(appraisals)
        return appraisals

    def _prepare_appraisal_vals(self, employee, lines):
        """Return the values of one appraisal with its KPIs."""
        rating = next((rating for _row, rating in lines if rating), None)
        return {
            "employee_id": employee.id,
            "cycle_id": self.cycle_id.id,
            "date_start": self.date_start,
            "date_end": self.date_end,
            "rating_id": rating.id if rating else False,
            "goal_ids": [
                fields.Command.create(
                    {
                        "name": row.kpi,
                        "metric": row.kpi,
                        "employee_id": employee.id,
                        "unit": row.unit,
                        "weight": row.weight,
                        "baseline": row.baseline,
                        "target": row.target,
                        "actual": row.baseline if row.actual is None else row.actual,
                        "direction": row.direction,
                    }
                )
                for row, _rating in lines
            ],
        }

    def _link_reviews(self, appraisals):
        """Give reviews under way the result that arrived after the launch."""
        employees = appraisals.employee_id
        reviews = self.env["performance.review"].sudo()
        reviews = reviews.search([("employee_id", "in", employees.ids), ("state", "!=", "done")])
        reviews.cycle_id._link_appraisals(employees)
