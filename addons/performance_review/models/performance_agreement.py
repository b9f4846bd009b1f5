from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_date

# States in which a version holds. Said here and nowhere else: domains ask ``is_in_force``.
IN_FORCE = ("signed", "closed_by_hr", "refused")
# Those in which one holds that the employee has neither signed nor disputed: they count apart.
UNSIGNED = ("refused",)
FAR_YEARS = 10  # a later deadline is a slip of the pen


class PerformanceAgreement(models.Model):
    """What both sides agree on (共识): results, behaviours, support; signed by both.

    A proposed version never changes again. A change is an amendment: a new version.
    """

    _name = "performance.agreement"
    _description = "Agreement"
    _inherit = ["performance.version.guard", "performance.part.mixin"]
    _order = "review_id, version desc"

    review_id = fields.Many2one(
        "performance.review", required=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(related="review_id.employee_id")
    version = fields.Integer(compute="_compute_version", store=True, precompute=True, readonly=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("disputed", "Disputed"),
            ("signed", "Signed"),
            ("superseded", "Superseded"),
            ("closed_by_hr", "Closed by HR"),
            ("refused", "Not signed by the employee"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    is_in_force = fields.Boolean(
        compute="_compute_is_in_force",
        search="_search_is_in_force",
        export_string_translation=False,
    )
    summary = fields.Text(help="What the conversation came to, in two or three sentences.")
    goal_ids = fields.One2many("performance.goal", "agreement_id", string="Result goals")
    commitment_ids = fields.One2many("performance.commitment", "agreement_id")
    keep_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "keep")],
        string="Behaviours to keep",
    )  # fmt: skip
    change_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "change")],
        string="Behaviours to change",
    )  # fmt: skip
    support_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "support")],
        string="Supports",
    )  # fmt: skip
    development_ids = fields.One2many(
        "performance.commitment", "agreement_id", domain=[("kind", "=", "development")],
        string="Individual development",
    )  # fmt: skip
    date_end = fields.Date(string="Runs until", compute="_compute_date_end", store=True)
    missing_text = fields.Text(string="Still missing", compute="_compute_missing_text")
    is_reviewer = fields.Boolean(compute="_compute_roles", export_string_translation=False)
    is_employee = fields.Boolean(compute="_compute_roles", export_string_translation=False)

    _version_unique = models.UniqueIndex(
        "(review_id, version)", "This version of the agreement exists already."
    )
    _one_draft = models.UniqueIndex(
        "(review_id) WHERE state = 'draft'", "There is a draft already: change that one."
    )

    @api.model
    def _get_server_fields(self):
        return frozenset({"version", "state"})

    @api.model
    def _get_parent_fields(self):
        return frozenset({"review_id"})

    @api.model
    def _get_open_states(self):
        # Drafted while talking, amended while following up.
        return frozenset({"dialogue", "agreement", "follow_up"})

    @api.model
    def _get_content_fields(self):
        """Names of the fields both sides sign, besides goals and commitments."""
        return frozenset({"summary", "review_id", "version"})

    @api.depends("review_id")
    def _compute_version(self):
        newest = dict(
            self.env["performance.agreement"]
            .sudo()
            ._read_group([("review_id", "in", self.review_id.ids)], ["review_id"], ["version:max"])
        )
        for agreement in self:
            version = newest.get(agreement.review_id._origin, 0) + 1
            newest[agreement.review_id._origin] = version
            agreement.version = version

    @api.depends("state")
    def _compute_is_in_force(self):
        for agreement in self:
            agreement.is_in_force = agreement.state in IN_FORCE

    @api.model
    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        in_force = Domain("state", "in", IN_FORCE)
        return Domain.OR([in_force if each else ~in_force for each in value])

    @api.depends("goal_ids.current_deadline", "commitment_ids.date_deadline")
    def _compute_date_end(self):
        for agreement in self:
            dates = agreement.goal_ids.mapped("current_deadline")
            dates += agreement.commitment_ids.mapped("date_deadline")
            agreement.date_end = max(filter(None, dates), default=False)

    @api.depends(
        "state", "goal_ids.missing_text", "goal_ids.weight", "commitment_ids.kind",
        "goal_ids.date_deadline", "commitment_ids.owner", "commitment_ids.name",
        "commitment_ids.date_deadline", "keep_ids.date_deadline", "change_ids.name",
        "change_ids.kind", "change_ids.date_deadline", "support_ids.owner",
        "support_ids.date_deadline", "development_ids.date_deadline",
    )  # fmt: skip
    def _compute_missing_text(self):
        for agreement in self:
            missing = agreement._get_missing() if agreement.state == "draft" else []
            agreement.missing_text = "\n".join(blocker["message"] for blocker in missing)

    @api.depends_context("uid")
    @api.depends("review_id")
    def _compute_roles(self):
        for agreement in self:
            review = agreement.sudo().review_id
            agreement.is_reviewer = review.reviewer_user_id == self.env.user
            agreement.is_employee = review.employee_user_id == self.env.user

    @api.depends_context("uid")
    @api.depends("version")
    def _compute_display_name(self):
        for agreement in self._get_nameable():
            agreement.display_name = self.env._("Agreement v%(n)s", n=agreement.version)

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # The index on drafts must see what has just been proposed.
        self.flush_model(["state"])
        return super().create(vals_list)

    def write(self, vals):
        if self._get_content_fields() & vals.keys():
            self._check_content_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proposed(self):
        self._check_content_open()

    def _check_content_open(self):
        """Refuse a change of content after the proposal, whoever asks.

        :raise UserError: when a version has been proposed, signed or closed
        """
        self._share_row()
        for agreement in self:
            if agreement.state != "draft":
                raise UserError(
                    self.env._(
                        "Version %(version)s of the agreement has been proposed and stays as it "
                        "is: amend it, which makes a new version to sign.",
                        version=agreement.version,
                    )
                )

    def _get_lines(self):
        """Return the commitments as they stand, in a form that is being filled in as well."""
        self.ensure_one()
        if self.id:
            return self.commitment_ids
        # A form shows the kinds apart and knows nothing of their sum.
        shown = self.keep_ids | self.change_ids | self.support_ids | self.development_ids
        kinds = ("keep", "change", "support", "development")
        return shown | self.commitment_ids.filtered(lambda line: line.kind not in kinds)

    @api.model
    def _get_manager_side(self):
        """Return the owners of commitments who stand for the manager's side (frozenset); a hook."""
        return frozenset({"reviewer", "hr", "company"})

    def _get_change_limit(self):
        """Return how many behaviours to change one agreement may hold (int); a hook."""
        return 2

    def _get_missing(self):
        """Return what keeps the draft from being proposed, a list of code and message.

        SPEC, A1 to A3: SMART goals, one or two changes, a dated support of the manager's side.
        """
        self.ensure_one()
        missing = []
        limit, manager_side = self._get_change_limit(), self._get_manager_side()

        def add(code, message):
            missing.append({"code": code, "message": message})

        if not self.goal_ids:
            add("goal_missing", self.env._("Add at least one result goal."))
        elif not sum(self.goal_ids.mapped("weight")):
            add("weight_missing", self.env._("The weights of the goals add up to 0."))
        for goal in self.goal_ids:
            if goal.missing_text:
                add(
                    "goal_incomplete",
                    self.env._(
                        "Goal “%(goal)s” still needs: %(missing)s.",
                        goal=goal.name,
                        missing=goal.missing_text,
                    ),
                )
        commitments = self._get_lines()
        changes = commitments.filtered(lambda line: line.kind == "change")
        if not changes:
            add("change_missing", self.env._("Add one or two behaviours to change."))
        elif len(changes) > limit:
            add(
                "change_excess",
                self.env._(
                    "%(found)s behaviours to change are too many: keep at most %(limit)s.",
                    found=len(changes),
                    limit=limit,
                ),
            )
        supports = commitments.filtered(
            lambda line: line.kind == "support" and line.owner in manager_side
        )
        if not supports:
            add(
                "support_missing",
                self.env._(
                    "Add at least one support owed by the reviewer, HR or the company: "
                    "improvement is a duty of both sides."
                ),
            )
        elif not any(supports.mapped("date_deadline")):
            add("support_undated", self.env._("Give the support a date."))
        return missing + self._get_date_faults()

    def _get_date_faults(self):
        """Return which deadlines cannot be agreed on, as :meth:`_get_missing` does.

        What an amendment carries on unchanged has been agreed on before and may be over.

        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        faults = []
        for line in (*self.goal_ids, *self._get_lines()):
            date = line.date_deadline
            if not date or (line.origin_id and line.origin_id._get_deadline_in_force() == date):
                continue
            if date < today:
                message = self.env._(
                    "“%(name)s” would be due on %(date)s, which is over: choose a date from "
                    "today on.",
                    name=line.name,
                    date=format_date(self.env, date),
                )
            elif date > today + relativedelta(years=FAR_YEARS):
                message = self.env._(
                    "“%(name)s” would be due on %(date)s: choose a date within the next "
                    "%(years)s years.",
                    name=line.name,
                    date=format_date(self.env, date),
                    years=FAR_YEARS,
                )
            else:
                continue
            faults.append({"code": "deadline_impossible", "message": message})
        dates = [line.date_deadline for line in (*self.goal_ids, *self._get_lines())]
        end = max(filter(None, dates), default=None)
        if not faults and end and end <= today:
            message = self.env._(
                "Nothing in this agreement is due after today: give a goal or a commitment a "
                "later date."
            )
            faults.append({"code": "end_missing", "message": message})
        return faults

    # ------------------------------------------------------------------
    # Two browsers at once
    # ------------------------------------------------------------------

    def _lock_row(self):
        """Let the database decide who comes first.

        A change that is under way elsewhere is told of in a sentence; one that has just ended
        makes Odoo begin the request anew, which then sees it.

        :raise UserError: while another transaction changes one of these versions
        """
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "Somebody else is changing this agreement at this moment: reload the page "
                    "and look again."
                )
            ) from error

    def _share_row(self):
        """Keep these versions from being proposed or signed while their content changes."""
        ids = tuple(agreement.id for agreement in self if agreement.id)
        if ids:
            self.env.execute_query(
                SQL("SELECT 1 FROM performance_agreement WHERE id IN %s FOR SHARE", ids)
            )

    def _check_running(self):
        """Refuse what would change the agreement of a review that is done.

        :raise UserError: for such a review
        """
        for agreement in self.sudo():
            if agreement.review_id.state == "done":
                raise UserError(
                    self.env._(
                        "The review of %(employee)s is done: its agreement stays as it is.",
                        employee=agreement.review_id.name,
                    )
                )

    def _check_reviewer(self):
        self.check_access("read")
        self.sudo().review_id.sudo(self.env.su)._check_is_reviewer()

    def _get_other_versions(self, states):
        self.ensure_one()
        return self.review_id.agreement_ids.filtered(
            lambda other: other != self and other.state in states
        )

    # ------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------

    def _open_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_agreement_id": self.id},
        }

    def action_print(self):
        """Print the agreement (an ``ir.actions.report`` dict)."""
        self.check_access("read")
        return self.env.ref("performance_review.action_report_agreement").report_action(self)

    def _get_print_name(self):
        """Return the name of the printed file, without its ending."""
        self.ensure_one()
        return f"{self._get_shown_content()['employee']['name']} - {self.display_name}"

    def _get_report_lang(self):
        """Return the reader's language code, for the printed agreement."""
        return self.env.user.lang or self.env.lang
