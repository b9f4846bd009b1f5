from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import hierarchy

STATES = [
    ("preparation", "Preparation"),
    ("dialogue", "Dialogue"),
    ("agreement", "Agreement"),
    ("follow_up", "Follow-up"),
    ("done", "Done"),
]
STEP_ORDER = [code for code, _label in STATES]

# Missing signatures stop a review in every gate mode: there is nothing to follow up
# before both sides have put their names to it.
HARD_BLOCKERS = frozenset({"agreement_missing", "agreement_not_proposed", "agreement_unsigned"})

# What a review keeps of the day of its creation (C3).
FROZEN_FIELDS = frozenset(
    {"reviewer_id", "department_id", "job_id", "company_id", "outline_id", "upper_user_ids"}
)

STEP_ACTIVITY_TYPES = {
    "preparation": "performance_review.mail_activity_type_preparation",
    "dialogue": "performance_review.mail_activity_type_dialogue",
    "agreement": "performance_review.mail_activity_type_agreement",
}


class PerformanceReview(models.Model):
    """A review (绩效面谈) of one employee in one cycle: who, when and which step.

    The steps are rooms of their own, ``performance_review_<step>.py``. Whatever moves a
    review (button, dragged card, portal, RPC) writes ``state`` and so passes
    :meth:`_check_transition`.
    """

    _name = "performance.review"
    _description = "Performance review"
    _inherit = ["performance.confidential.mixin", "performance.review.part.mixin"]
    # The cycle brings its own order, the newest first.
    _order = "cycle_id, name, id"

    name = fields.Char(related="employee_id.name", string="Employee name", store=True)
    cycle_id = fields.Many2one(
        "performance.cycle", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True, ondelete="restrict"
    )
    employee_user_id = fields.Many2one(
        related="employee_id.user_id", string="Employee's user", store=True, index=True
    )
    # Who reviews and where somebody worked is frozen when the review is created (C3), see
    # _freeze_organisation: what happens to the employee later does not reach these fields.
    reviewer_id = fields.Many2one(
        "hr.employee",
        readonly=True,
        index=True,
        tracking=True,
        ondelete="restrict",
    )
    reviewer_user_id = fields.Many2one(
        related="reviewer_id.user_id", string="Reviewer's user", store=True, index=True
    )
    department_id = fields.Many2one(
        "hr.department",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    job_id = fields.Many2one(
        "hr.job",
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index=True,
    )
    outline_id = fields.Many2one(
        "performance.outline",
        readonly=True,
        ondelete="restrict",
    )
    upper_user_ids = fields.Many2many(
        "res.users",
        "performance_review_upper_user_rel",
        "review_id",
        "user_id",
        string="Upper managers",
        compute="_compute_upper_user_ids",
        store=True,
        # Given at creation it is not computed once more; people never write it.
        readonly=False,
        help="Users above the reviewer in the hierarchy. Stored, because record rules must "
        "not walk the hierarchy.",
    )
    appraisal_id = fields.Many2one(
        "performance.appraisal", readonly=True, index="btree_not_null", ondelete="set null"
    )
    previous_review_id = fields.Many2one(
        "performance.review", readonly=True, index="btree_not_null", ondelete="set null"
    )
    # Nothing of it is for the portal, whose users could not read the card as a whole otherwise.
    handover_ids = fields.One2many(
        "performance.handover", "review_id", string="Handovers", groups="base.group_user"
    )
    state = fields.Selection(
        STATES,
        string="Step",
        default="preparation",
        required=True,
        index=True,
        tracking=True,
        group_expand=True,
        copy=False,
    )
    date_done = fields.Date(string="Done on", readonly=True, copy=False)
    # Of the cycle, for people who need not read the cycle itself.
    gate_mode = fields.Selection(related="cycle_id.gate_mode")
    preparation_deadline = fields.Date(related="cycle_id.preparation_deadline")
    dialogue_deadline = fields.Date(related="cycle_id.dialogue_deadline")
    agreement_deadline = fields.Date(related="cycle_id.agreement_deadline")
    step_deadline = fields.Date(string="Deadline", compute="_compute_step_deadline")
    is_overdue = fields.Boolean(compute="_compute_step_deadline")
    is_reviewer = fields.Boolean(compute="_compute_roles", export_string_translation=False)
    is_employee = fields.Boolean(compute="_compute_roles", export_string_translation=False)

    _one_per_employee = models.UniqueIndex(
        "(cycle_id, employee_id)", "This employee already has a review in this cycle."
    )
    _board = models.Index("(reviewer_user_id, state)")

    @api.depends("reviewer_id", "employee_user_id")
    def _compute_upper_user_ids(self):
        above = self.sudo()._find_users_above(self.sudo().reviewer_id)
        # One write for all who share a line: a move at the top reaches thousands of reviews.
        for upper_ids, reviews in self.grouped(
            lambda review: tuple(
                user_id
                for user_id in above.get(review.reviewer_id.id, ())
                if user_id != review.employee_user_id.id
            )
        ).items():
            # A plain empty list would mean: no change.
            reviews.upper_user_ids = [fields.Command.set(upper_ids)]

    @api.model
    def _find_users_above(self, reviewers):
        """Return who stands above reviewers, reading one level of the hierarchy per query.

        :param reviewers: ``hr.employee`` records, with ``sudo()``
        :return: reviewer's id → user ids, nearest first
        :rtype: dict[int, list[int]]
        """
        parent_of, user_of = {}, {}
        level = reviewers
        while level:
            level.fetch(["parent_id", "user_id"])
            for employee in level:
                parent_of[employee.id] = employee.parent_id.id or None
                user_of[employee.id] = employee.user_id.id or None
            level = level.parent_id.filtered(lambda parent: parent.id not in parent_of)
        return hierarchy.users_above(reviewers.ids, parent_of, user_of)

    @api.model
    def _refresh_upper_users(self, employees):
        """Recompute who stands above the reviewers at or below ``employees``."""
        reviews = self._get_reviews_below(employees)
        self.env.add_to_compute(self._fields["upper_user_ids"], reviews)

    @api.model
    def _get_reviews_below(self, employees):
        """Return the reviews, with ``sudo()``, whose reviewer is or stands below ``employees``."""
        reviews = self.sudo().with_context(active_test=False)
        return reviews.search([("reviewer_id", "child_of", employees.ids)])

    @api.depends("state", "preparation_deadline", "dialogue_deadline", "agreement_deadline")
    def _compute_step_deadline(self):
        today = fields.Date.context_today(self)
        for review in self:
            review.step_deadline = {
                "preparation": review.preparation_deadline,
                "dialogue": review.dialogue_deadline,
                "agreement": review.agreement_deadline,
            }.get(review.state, False)
            review.is_overdue = bool(review.step_deadline and review.step_deadline < today)

    @api.depends_context("uid")
    @api.depends("reviewer_user_id", "employee_user_id")
    def _compute_roles(self):
        for review in self:
            review.is_reviewer = review.reviewer_user_id == self.env.user
            review.is_employee = review.employee_user_id == self.env.user

    @api.depends_context("uid")
    @api.depends("name", "cycle_id")
    def _compute_display_name(self):
        for review in self._get_nameable():
            # The cycle's name belongs to the card, also for people without a right to the cycle.
            card = review.sudo()
            review.display_name = f"{card.name or ''} · {card.cycle_id.name or ''}"

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    @api.model
    def _get_server_fields(self):
        # Deny by default: of the card itself people change the step and nothing else.
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type != "one2many" and name != "state"
        )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Reviews are created by launching a cycle, not one by one.")
            )
        return super().create(self._freeze_organisation(vals_list))

    @api.model
    def _freeze_organisation(self, vals_list):
        """Add what a review keeps of the day of its creation (C3) to its values.

        :param list[dict] vals_list: values of new reviews; what they name already stays
        :return: new values with reviewer, line above, department, job, company and outline
        :rtype: list[dict]
        """
        if all(vals.keys() >= FROZEN_FIELDS for vals in vals_list):
            return vals_list
        Employee = self.env["hr.employee"]
        employees = Employee.browse([vals["employee_id"] for vals in vals_list])
        employees.fetch(["company_id", "current_version_id", "parent_id", "user_id"])
        employees.current_version_id.fetch(["department_id", "job_id"])
        result = []
        for employee, vals in zip(employees, vals_list, strict=True):
            cycle = self.env["performance.cycle"].browse(vals["cycle_id"])
            result.append(
                {
                    "reviewer_id": employee.parent_id.id,
                    "department_id": employee.current_version_id.department_id.id,
                    "job_id": employee.current_version_id.job_id.id,
                    "company_id": cycle.company_id.id,
                    "outline_id": cycle.outline_id.id,
                    **vals,
                }
            )
        reviewers = Employee.browse({vals["reviewer_id"] for vals in result} - {False})
        above = self._find_users_above(reviewers)
        for employee, vals in zip(employees, result, strict=True):
            upper_ids = [
                user_id
                for user_id in above.get(vals["reviewer_id"], ())
                if user_id != employee.user_id.id
            ]
            vals.setdefault("upper_user_ids", [fields.Command.set(upper_ids)])
        return result

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        moving = self.filtered(lambda review: review.state != vals["state"])
        moving._check_transition(vals["state"])
        result = super().write(vals)
        moving._after_transition()
        return result

    def _check_transition(self, target):
        """The one guard of all steps, called from ``write``.

        :param str target: the step these reviews are about to enter
        :raise UserError: naming what is missing, or that the step is not the next one
        :raise AccessError: when somebody else than the reviewer moves a review
        """
        if not self:
            return
        if not self.env.su and any(
            review.reviewer_user_id != self.env.user for review in self.sudo()
        ):
            raise AccessError(self.env._("Only the reviewer takes a review to another step."))
        reviews = self.sudo()
        for review in reviews:
            if review.cycle_id.state in ("draft", "closed"):
                raise UserError(
                    self.env._(
                        "The cycle “%(cycle)s” is not open: its reviews stay where they are.",
                        cycle=review.cycle_id.name,
                    )
                )
        forward = reviews.filtered(lambda review: review._get_next_state() == target)
        for review in reviews - forward:
            review._check_step_back(target)
        forward._check_blockers()

    def _check_blockers(self):
        """Raise or warn, by the gate mode of the cycle, when something is missing."""
        blockers = self._collect_blockers()
        refused, warned = [], []
        for review in self:
            found = blockers[review]
            if not found:
                continue
            hard = [blocker for blocker in found if blocker["code"] in HARD_BLOCKERS]
            if review.gate_mode == "strict":
                refused.append((review, found))
            elif hard:
                refused.append((review, hard))
            else:
                warned.append((review, found))
        if refused:
            raise UserError("\n".join(self._format_blockers(*each) for each in refused))
        if warned:
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "title": self.env._("Taken anyway, still missing"),
                    "message": "\n".join(self._format_blockers(*each) for each in warned),
                },
            )

    def _format_blockers(self, review, blockers):
        return self.env._(
            "%(employee)s: %(missing)s",
            employee=review.name,
            missing=" ".join(blocker["message"] for blocker in blockers),
        )

    def _check_step_back(self, target):
        self.ensure_one()
        if (self.state, target) in self._get_steps_back():
            if self.state != "agreement" or all(
                agreement.state == "draft" for agreement in self.agreement_ids
            ):
                return
            raise UserError(
                self.env._(
                    "%(employee)s: the agreement has been proposed, so the review cannot go back. "
                    "Withdraw or amend the agreement instead.",
                    employee=self.name,
                )
            )
        following = self._get_next_state()
        if not following or STEP_ORDER.index(target) < STEP_ORDER.index(self.state):
            raise UserError(
                self.env._(
                    "%(employee)s: from “%(step)s” there is no way back to “%(target)s”.",
                    employee=self.name,
                    step=self._get_state_label(),
                    target=self._get_state_label(target),
                )
            )
        raise UserError(
            self.env._(
                "%(employee)s: from “%(step)s” a review goes to “%(next)s”, one step at a time.",
                employee=self.name,
                step=self._get_state_label(),
                next=self._get_state_label(following),
            )
        )

    @api.model
    def _get_steps_back(self):
        """Return the moves back that are allowed, as pairs (from, to)."""
        return {("dialogue", "preparation"), ("agreement", "dialogue")}

    def _get_next_state(self):
        """Return the code of the step after this one, or ``None`` at the end."""
        self.ensure_one()
        rank = STEP_ORDER.index(self.state)
        return STEP_ORDER[rank + 1] if rank + 1 < len(STEP_ORDER) else None

    def _get_state_label(self, state=None):
        """Return the translated name of a step, by default the current one."""
        self.ensure_one()
        selection = self._fields["state"]._description_selection(self.env)
        return dict(selection)[state or self.state]

    def _collect_blockers(self):
        """Return what keeps each review from its next step.

        :return: review → list of ``{"code": str, "message": str}``
        :rtype: dict
        """
        finders = {
            "preparation": "_get_preparation_blockers",
            "dialogue": "_get_dialogue_blockers",
            "agreement": "_get_agreement_blockers",
            "follow_up": "_get_follow_up_blockers",
        }
        result = {review: [] for review in self}
        for state, reviews in self.grouped("state").items():
            if state in finders:
                result.update(getattr(reviews, finders[state])())
        return result

    def _get_preparation_blockers(self):
        return {review: [] for review in self}

    def _get_dialogue_blockers(self):
        return {review: [] for review in self}

    def _get_agreement_blockers(self):
        return {review: [] for review in self}

    def _get_follow_up_blockers(self):
        return {review: [] for review in self}

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    @api.readonly
    def get_blockers(self):
        """Say what keeps this review from its next step.

        :return: ``[{"code": str, "message": str}, …]``, empty when the way is free
        :raise AccessError: for anybody who neither reviews nor works in HR; what is missing
            tells about a preparation they must not see
        :rtype: list[dict[str, str]]
        """
        self.ensure_one()
        self._check_sees_preparation()
        return self.sudo()._collect_blockers()[self.sudo()]

    def _check_sees_preparation(self):
        self.check_access("read")
        if self.env.su or self.sudo().reviewer_user_id == self.env.user:
            return
        is_officer = self.env.user.has_group(
            "performance_review.group_performance_review_officer"
        )
        if not is_officer or self.sudo().employee_user_id == self.env.user:
            raise AccessError(
                self.env._("Only the reviewer and HR see what a preparation still needs.")
            )

    def action_next(self):
        """Take the review one step on.

        :return: ``True``
        :raise UserError: one, naming all that is missing
        """
        self.ensure_one()
        self.check_access("read")
        target = self.sudo()._get_next_state()
        if not target:
            raise UserError(
                self.env._("%(employee)s: the review is done.", employee=self.sudo().name)
            )
        self.write({"state": target})
        return True

    def action_previous(self):
        """Take the review one step back, where nothing has been proposed yet.

        :return: ``True``
        :raise UserError: when this step has no way back
        """
        self.ensure_one()
        self.check_access("read")
        rank = STEP_ORDER.index(self.sudo().state)
        if not rank:
            raise UserError(self.env._("Preparation is the first step."))
        self.write({"state": STEP_ORDER[rank - 1]})
        return True

    def action_reassign(self, reviewer_id, reason):
        """Give reviews to another reviewer (C3); HR officers only.

        The new reviewer gets plan and open commitments. Private notes stay with their author.

        :param int reviewer_id: id of an ``hr.employee`` with an internal user
        :param str reason: why; read by HR and the two reviewers
        :raise UserError: without a reason or with an impossible reviewer
        :return: ``True``
        """
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(
            "performance_review.group_performance_review_officer"
        ):
            raise AccessError(self.env._("Only HR gives a review to another reviewer."))
        if not self.env.su and self.env.user in self.sudo().employee_user_id:
            raise AccessError(
                self.env._("Your own reviewer is changed by somebody else in HR, not by you.")
            )
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the reviewer changes."))
        reviewer = self.env["hr.employee"].sudo().browse(reviewer_id).exists()
        if not reviewer.user_id or reviewer.user_id.share:
            raise UserError(
                self.env._("Choose a reviewer who has an internal user: reviewers work in Odoo.")
            )
        if reviewer in self.sudo().employee_id:
            raise UserError(self.env._("Nobody reviews himself or herself."))
        self._mark_reassigned(reviewer, reason.strip())
        return True

    def _mark_reassigned(self, reviewer, reason):
        reviews = self.sudo().filtered(lambda review: review.reviewer_id != reviewer)
        reviews.env["performance.handover"].create(
            [
                {
                    "review_id": review.id,
                    "old_reviewer_id": review.reviewer_id.id,
                    "new_reviewer_id": reviewer.id,
                    "reason": reason,
                    "author_id": self.env.uid,
                }
                for review in reviews
            ]
        )
        # Only what the old reviewer had to do: a dispute stays with HR, a task somebody
        # gave to a third person with that person.
        activities = reviews.activity_ids.filtered(
            lambda activity: activity.user_id
            == reviews.browse(activity.res_id).reviewer_user_id
        )
        activities |= reviews.checkpoint_ids.activity_ids.filtered(
            lambda activity: activity.user_id
            == reviews.checkpoint_ids.browse(activity.res_id).review_id.reviewer_user_id
        )
        reviews.write({"reviewer_id": reviewer.id})
        activities.with_context(mail_activity_quick_update=True).write(
            {"user_id": reviewer.user_id.id}
        )

    def action_open_reassign(self):
        """Ask for the new reviewer and the reason (an ``ir.actions.act_window`` dict)."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the reviewer"),
            "res_model": "performance.review.reassign",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_ids": [fields.Command.set(self.ids)]},
        }

    # ------------------------------------------------------------------
    # What a step brings with it
    # ------------------------------------------------------------------

    def _after_transition(self):
        """Prepare the step just entered and move the activities along."""
        entered = self.sudo()
        for state, reviews in entered.grouped("state").items():
            if state == "dialogue":
                reviews._enter_dialogue()
            elif state == "agreement":
                reviews._enter_agreement()
            elif state == "follow_up":
                reviews._enter_follow_up()
            elif state == "done":
                reviews._enter_done()
        entered._activity_update()

    def _enter_dialogue(self):
        """Hook of the dialogue's room."""

    def _enter_agreement(self):
        """Hook of the agreement's room."""

    def _enter_follow_up(self):
        """Hook of the follow-up's room."""

    def _enter_done(self):
        self.write({"date_done": fields.Date.today()})

    def _activity_update(self):
        """Leave each reviewer exactly one step activity, the one of the current step."""
        reviews = self.sudo()
        reviews.activity_unlink(list(STEP_ACTIVITY_TYPES.values()))
        reviews._schedule_step_activities()

    def _schedule_step_activities(self):
        """Create the activity of the current step, in one batch for all reviews."""
        vals_list = []
        for state, reviews in self.grouped("state").items():
            if state not in STEP_ACTIVITY_TYPES:
                continue
            # Once per step: every look-up asks the database whether the type still exists.
            activity_type = self.env.ref(STEP_ACTIVITY_TYPES[state])
            for review in reviews:
                user = review._get_activity_user(state)
                if not user:
                    continue
                vals_list.append(
                    {
                        "activity_type_id": activity_type.id,
                        "res_id": review.id,
                        "user_id": user.id,
                        "date_deadline": review.cycle_id._get_step_deadline(state),
                    }
                )
        return self._create_quiet_activities(vals_list)

    def _get_activity_user(self, step):
        """Return the ``res.users`` who acts in ``step``; a hook for glue addons.

        :param str step: step code, or ``"dispute"``
        """
        self.ensure_one()
        return self._get_mediator() if step == "dispute" else self.reviewer_user_id

    def _get_mediator(self):
        """Return who in HR solves a dispute (``res.users``): never one of the two parties."""
        self.ensure_one()
        parties = self.employee_user_id | self.reviewer_user_id
        if self.cycle_id.user_id - parties:
            return self.cycle_id.user_id
        group = self.env.ref("performance_review.group_performance_review_officer").sudo()
        officers = group.all_user_ids.filtered(
            lambda user: user.active and self.company_id in user.company_ids
        )
        return (officers - parties)[:1]
