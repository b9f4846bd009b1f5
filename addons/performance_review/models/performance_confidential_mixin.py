from collections.abc import Iterable

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

# The most pressing state first; False: no task at all.
ACTIVITY_STATES = ("overdue", "today", "planned")


class PerformanceConfidentialMixin(models.AbstractModel):
    """Activities without a message thread, each seen by whom it concerns.

    A card is read by more people than may know what its reviewer has to do. Odoo reads and
    searches ``activity_ids``, and all that is computed from it, past the rules of the
    activities; here it is done with the rights of whoever asks. There is no thread either:
    followers go on reading after they lose access, and mails are stored by whoever knows
    their ids.
    """

    _name = "performance.confidential.mixin"
    _description = "Activities without a thread"
    _inherit = ["mail.activity.mixin"]

    # Messages on such records are refused, see mail_message.py.
    _performance_threadless = True

    activity_ids = fields.One2many(bypass_search_access=False)
    # Odoo reads these through activity_ids, some of them with sudo(), and its cache knows no
    # users: here all are computed for whoever asks. The portal, whose users read no activities
    # and could not read the own card as a whole otherwise, has none of them.
    activity_state = fields.Selection(compute="_compute_own_activities")
    activity_user_id = fields.Many2one(compute="_compute_own_activities")
    activity_type_id = fields.Many2one(
        related=None, compute="_compute_own_activities", compute_sudo=False, readonly=True
    )
    activity_type_icon = fields.Char(
        related=None,
        compute="_compute_own_activities",
        compute_sudo=False,
        groups="base.group_user",
    )
    activity_date_deadline = fields.Date(compute="_compute_own_activities")
    my_activity_date_deadline = fields.Date(compute="_compute_own_activities")
    activity_summary = fields.Char(
        related=None, compute="_compute_own_activities", compute_sudo=False, readonly=True
    )
    activity_exception_decoration = fields.Selection(
        compute="_compute_own_activities", groups="base.group_user"
    )
    activity_exception_icon = fields.Char(
        compute="_compute_own_activities", groups="base.group_user"
    )

    @api.depends_context("uid")
    @api.depends(
        "activity_ids.activity_type_id", "activity_ids.summary", "activity_ids.user_id",
        "activity_ids.date_deadline",
    )  # fmt: skip
    def _compute_own_activities(self):
        found = self.env["mail.activity"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        by_record = found.grouped("res_id")
        for record in self:
            activities = by_record.get(record._origin.id, found.browse())
            first = activities[:1]
            record.activity_user_id = first.user_id
            record.activity_type_id = first.activity_type_id
            record.activity_type_icon = first.icon
            record.activity_date_deadline = first.date_deadline
            record.activity_summary = first.summary
            states = activities.mapped("state")
            record.activity_state = min(states, key=ACTIVITY_STATES.index, default=False)
            own = activities.filtered(lambda activity: activity.user_id == self.env.user)
            record.my_activity_date_deadline = own[:1].date_deadline
            warning = activities.activity_type_id.filtered("decoration_type").sorted(
                lambda activity_type: activity_type.decoration_type != "danger"
            )[:1]
            record.activity_exception_decoration = warning.decoration_type
            record.activity_exception_icon = warning.icon

    # ------------------------------------------------------------------
    # Searching with the rights of whoever asks
    # ------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain).map_conditions(self._guard_activity_condition)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _guard_activity_condition(self, condition):
        """Ask about the existence of activities among those the user may read.

        Odoo answers ``("activity_ids", "!=", False)`` and its kin without their rules.
        """
        if condition.field_expr != "activity_ids" or condition.operator not in (
            "=", "!=", "in", "not in", "child_of", "parent_of",
        ):  # fmt: skip
            return condition
        values = condition.value
        if isinstance(values, str) or not isinstance(values, Iterable):
            values = [values]
        values = list(values)
        ids = [value for value in values if type(value) is int]
        asked = Domain("activity_ids", "any", Domain("id", "in", ids))
        if any(isinstance(value, str) for value in values):
            asked |= Domain("activity_ids", "any", Domain("display_name", "in", values))
        if not all(values):
            asked |= ~Domain("activity_ids", "any", Domain("id", "!=", False))
        return ~asked if condition.operator in ("!=", "not in") else asked

    @api.model
    def _find_by_activity(self, domain=Domain.TRUE):
        """Return a domain of the records with such an activity the user may read.

        :param Domain domain: on ``mail.activity``
        :rtype: Domain
        """
        activities = self.env["mail.activity"].search_fetch(
            Domain("res_model", "=", self._name) & domain, ["res_id"]
        )
        return Domain("id", "in", activities.mapped("res_id"))

    @api.model
    def _search_activity_field(self, name, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        if operator != "in":
            return self._find_by_activity(Domain(name, operator, value))
        asked = Domain.FALSE
        if values := [each for each in value if each and each is not True]:
            asked |= self._find_by_activity(Domain(name, "in", values))
        if True in value:
            asked |= self._find_by_activity()
        if False in value:
            asked |= ~self._find_by_activity()
        return asked

    @api.model
    def _search_activity_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        activities = self.env["mail.activity"].search_fetch(
            [("res_model", "=", self._name)], ["res_id", "date_deadline", "user_id"]
        )
        state_of = {}
        for activity in activities:
            known = state_of.get(activity.res_id, ACTIVITY_STATES[-1])
            state_of[activity.res_id] = min(known, activity.state, key=ACTIVITY_STATES.index)
        asked = Domain("id", "in", [res_id for res_id, state in state_of.items() if state in value])
        return asked | ~Domain("id", "in", list(state_of)) if False in value else asked

    @api.model
    def _search_activity_user_id(self, operator, operand):
        return self._search_activity_field("user_id", operator, operand)

    @api.model
    def _search_activity_type_id(self, operator, operand):
        return self._search_activity_field("activity_type_id", operator, operand)

    @api.model
    def _search_activity_summary(self, operator, operand):
        return self._search_activity_field("summary", operator, operand)

    @api.model
    def _search_activity_exception_decoration(self, operator, operand):
        return self._search_activity_field("activity_type_id.decoration_type", operator, operand)

    @api.model
    def _search_activity_date_deadline(self, operator, operand):
        return self._search_activity_field("date_deadline", operator, operand)

    @api.model
    def _search_my_activity_date_deadline(self, operator, operand):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        own = Domain("user_id", "=", self.env.uid)
        if operator != "in":
            return self._find_by_activity(own & Domain("date_deadline", operator, operand))
        asked = self._find_by_activity(
            own & Domain("date_deadline", "in", [each for each in operand if each])
        )
        return asked | ~self._find_by_activity(own) if False in operand else asked

    def _read_group_groupby(self, alias, groupby_spec, query):
        if groupby_spec == "activity_state":
            # A ValueError is how a field says that it cannot be grouped by.
            raise ValueError("Tasks are seen by whom they are for: no groups by their state.")
        return super()._read_group_groupby(alias, groupby_spec, query)

    # ------------------------------------------------------------------
    # What activities expect of a thread
    # ------------------------------------------------------------------

    @api.private
    def message_subscribe(self, *_args, **_kwargs):
        """Subscribe nobody: there is nothing to follow."""
        return True

    @api.private
    def message_notify(self, *_args, **_kwargs):
        """Send nothing: people are told by their activities and by addressed mails."""
        return self.env["mail.message"]

    @api.private
    def message_post_with_source(self, *_args, **_kwargs):
        """Store nothing: an activity that is done keeps its feedback on itself."""
        return self.env["mail.message"]

    @api.private
    def activity_send_mail(self, template_id):
        """Refuse: a mail sent this way would stand on the card."""
        raise UserError(self.env._("Reviews send no mails from their tasks."))

    def _create_quiet_activities(self, vals_list):
        """Create activities in one batch, without one notification mail each.

        :param list[dict] vals_list: values of ``mail.activity`` besides the model;
            ``res_id``, ``user_id``, ``date_deadline`` and ``activity_type_id`` at least.
            Without a ``summary`` the type's own is taken, in the language of the user
        :return: the created ``mail.activity`` records
        """
        model_id = self.env["ir.model"]._get_id(self._name)
        summaries = {}
        users = self.env["res.users"].sudo().browse({vals["user_id"] for vals in vals_list})
        languages = {user.id: user.lang for user in users}
        zones = {user.id: user.tz for user in users}
        # Completed here and not afterwards, which would be one more write for each.
        records = self.with_user(api.SUPERUSER_ID).browse({vals["res_id"] for vals in vals_list})
        names = {record.id: record.display_name for record in records}
        for vals in vals_list:
            lang = languages[vals["user_id"]]
            key = (vals["activity_type_id"], lang)
            if key not in summaries:
                activity_type = self.env["mail.activity.type"].sudo().with_context(lang=lang)
                summaries[key] = activity_type.browse(key[0]).summary
            vals.setdefault("summary", summaries[key])
            vals["user_tz"] = zones[vals["user_id"]]
            vals["res_name"] = names[vals["res_id"]]
        # Made by nobody: whoever makes a task goes on reading it, and it may well be the employee
        # whose signature opens the next step.
        return (
            self.env["mail.activity"]
            .with_user(api.SUPERUSER_ID)
            .with_context(clean_context(self.env.context), mail_activity_quick_update=True)
            .create([{"res_model_id": model_id, "automated": True, **vals} for vals in vals_list])
        )
