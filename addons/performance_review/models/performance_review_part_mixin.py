from collections.abc import Iterable

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import clean_context


class PerformanceReviewPartMixin(models.AbstractModel):
    """Guard shared by every record that hangs on a review.

    Five questions are answered here and nowhere else: which fields only the
    server writes, which links are set once, which records may be linked at
    all, who sees the name of a record through a link, and in which steps of
    the review its parts may still change. Verbs (``action_x`` → ``_mark_x``)
    work with ``sudo()`` after their own guard and therefore pass.
    """

    _name = "performance.review.part.mixin"
    _description = "Part of a performance review"

    # Links to such a record need the right to read it, see _check_linked().
    _performance_guarded = True

    @api.model
    def _get_server_fields(self):
        """Return the names of fields that only verbs write.

        :rtype: frozenset[str]
        """
        return frozenset()

    @api.model
    def _get_parent_fields(self):
        """Return the names of links that are chosen at creation and then stay.

        Record rules look along these links; moving a record to another parent
        would carry it into another audience.

        :rtype: frozenset[str]
        """
        return frozenset()

    @api.model
    def _get_open_states(self):
        """Return the review steps in which people may change this part.

        :return: step codes, or ``None`` when the step does not matter
        :rtype: frozenset[str] | None
        """
        return None

    def _get_guarded_review(self):
        """Return the reviews these records belong to (``performance.review``)."""
        return self.env["performance.review"]

    @api.model
    def default_get(self, fields):
        """Return defaults, for the server's fields those of the model alone.

        A caller chooses its context and may store defaults of its own (``ir.default``), so
        neither may sign an agreement or link a record the caller cannot read. Under a verb's
        ``sudo()`` neither counts at all.

        :param list[str] fields: names of the fields without a value
        :rtype: dict
        """
        if self._acts_for_user():
            reserved = set(fields)
        else:
            # Asked for once and not per field: this runs for every record created.
            server_fields = self._get_server_fields()
            reserved = {
                name
                for name in fields
                if name in server_fields or self._is_computed_field(name)
            }
        defaults = super().default_get([name for name in fields if name not in reserved])
        if not self.env.su:
            self._check_linked(defaults)
        for name in reserved:
            field = self._fields.get(name)
            if field and field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                defaults[name] = field.convert_to_write(value, self)
        return defaults

    @api.model
    def _acts_for_user(self):
        """Say whether this is a verb at work: rights of the server, context of a user."""
        return self.env.su and self.env.uid != api.SUPERUSER_ID

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_text_sizes(vals)
        if self._acts_for_user():
            # The context came from the caller, the values below must not: replaced, not extended.
            # pylint: disable-next=context-overridden
            cleaned = self.with_context(clean_context(self.env.context))
            return super(PerformanceReviewPartMixin, cleaned).create(vals_list)
        if self.env.su:
            return super().create(vals_list)
        for vals in vals_list:
            self._check_server_fields(vals)
            self._check_linked(vals)
        records = super().create(vals_list)
        records._check_open_state()
        return records

    def write(self, vals):
        if not self.env.su:
            # First of all: the sentences below name the employee.
            self.check_access("write")
            self._check_server_fields(vals)
            self._check_parent_fields(vals)
            self._check_linked(vals)
            self._check_open_state()
        self._check_text_sizes(vals)
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        """Answer the form, and only about records its user can read.

        A form shows names and related fields of whatever its values link to, before any rule
        is asked; a portal user has no forms of this kind at all.

        :param dict values: current values of the form
        :param list[str] field_names: what has just changed
        :param dict fields_spec: what the form shows
        :raise AccessError: for a portal user, or a link to a record the user cannot read
        :return: changed values, as the web client expects them
        :rtype: dict
        """
        if not self.env.su:
            if self.env.user.share:
                raise AccessError(self.env._("These forms belong to the back office."))
            self.check_access("write" if self else "create")
            self._check_linked(values, nested=True)
        return super().onchange(values, field_names, fields_spec)

    # ------------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------------

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain).map_conditions(self._guard_condition)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _guard_condition(self, condition):
        """Ask about the existence of lines with the rights of whoever asks.

        Odoo answers ``("note_ids", "!=", False)`` and ``("note_ids", "in", ids)`` without the
        rules of the lines, so everybody who reads a card would learn whether there are notes.

        :param condition: one condition of a search
        :return: the condition, or one that asks the same among readable lines
        :rtype: Domain
        """
        field = self._fields.get(condition.field_expr)
        if (
            not field
            or field.type not in ("one2many", "many2many")
            or condition.operator not in ("=", "!=", "in", "not in")
            or not getattr(self.env[field.comodel_name], "_performance_guarded", False)
        ):
            return condition
        values = condition.value
        if isinstance(values, str) or not isinstance(values, Iterable):
            values = [values]
        values = list(values)
        if any(isinstance(value, str) for value in values):
            return condition  # a search by name respects the rules
        asked = Domain.FALSE
        if ids := [value for value in values if value]:
            asked |= Domain(field.name, "any", Domain("id", "in", ids))
        if len(ids) < len(values):
            asked |= ~Domain(field.name, "any", Domain("id", "!=", False))
        return ~asked if condition.operator in ("!=", "not in") else asked

    # ------------------------------------------------------------------
    # Names
    # ------------------------------------------------------------------

    def _get_nameable(self):
        """Return the records whose name the user may see; the others are named by their kind.

        Odoo shows the name of a linked record to whoever reads the link, with ``sudo()``.

        :return: records of this model, with the rights they came with
        """
        if not self._acts_for_user():
            return self
        stored = self.filtered("id")
        readable = stored.sudo(False)._filtered_access("read").sudo()
        hidden = stored - readable
        if hidden:
            kind = self.env["ir.model"]._get(self._name).name
            for record in hidden:
                record.display_name = kind
        return self - hidden

    @api.depends_context("uid")
    def _compute_display_name(self):
        return super(PerformanceReviewPartMixin, self._get_nameable())._compute_display_name()

    # ------------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------------

    @api.model
    def _is_server_field(self, name):
        """Say whether only the server writes the field ``name``.

        Besides those each model names, that is everything computed and stored: rules and
        gates look at such fields.
        """
        return name in self._get_server_fields() or self._is_computed_field(name)

    @api.model
    def _is_computed_field(self, name):
        field = self._fields.get(name)
        return bool(field and field.compute and field.store and field.readonly)

    @api.model
    def _check_linked(self, vals, nested=False):
        """Refuse links to guarded records the user cannot read.

        :param dict vals: values of a ``create``, a ``write`` or a form
        :param bool nested: look into the lines of x2many values too; otherwise their own
            ``create`` and ``write`` do
        :raise AccessError: for the first such link
        """
        for name, value in vals.items():
            field = self._fields.get(name)
            if not value or not field or not field.relational:
                continue
            Linked = self.env[field.comodel_name]
            if not getattr(Linked, "_performance_guarded", False):
                continue
            ids = set()
            if field.type == "many2one":
                if isinstance(value, dict):
                    value = value.get("id")
                elif isinstance(value, list | tuple):
                    value = value[0]
                ids.add(int(value) if str(value).isdigit() else value)
            else:
                for command in value if isinstance(value, list | tuple) else ():
                    ids.update(self._get_linked_ids(command))
                    line = command[-1] if isinstance(command, list | tuple) else None
                    if nested and isinstance(line, dict):
                        Linked._check_linked(line, nested=True)
            Linked.browse(each for each in ids if isinstance(each, int) and each).check_access(
                "read"
            )

    @api.model
    def _get_linked_ids(self, command):
        """Return the ids that an x2many command (or a bare id) brings into the relation."""
        if isinstance(command, int):
            return [command]
        if not isinstance(command, list | tuple) or not command:
            return []
        if command[0] in (Command.UPDATE, Command.LINK):
            return [command[1]]
        return command[2] if command[0] == Command.SET else []

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed_step(self):
        if not self.env.su:
            self._check_open_state()

    @api.model
    def _check_text_sizes(self, vals):
        """Refuse a text over its limit; Odoo would cut it off without a word.

        :param dict vals: values of a ``create`` or ``write``
        :raise UserError: naming the field, its limit and the length of the text
        """
        for name, value in vals.items():
            limit = getattr(self._fields.get(name), "size", None)
            if limit and isinstance(value, str) and len(value) > limit:
                raise UserError(
                    self.env._(
                        "%(field)s takes up to %(limit)s characters; this text has %(found)s.",
                        field=self._fields[name].get_description(self.env, ["string"])["string"],
                        limit=limit,
                        found=len(value),
                    )
                )

    @api.model
    def _check_server_fields(self, vals):
        """Refuse values for fields that only the server writes.

        :param dict vals: values of a ``create`` or ``write``
        :raise AccessError: naming the refused fields by their labels
        """
        refused = sorted(name for name in vals if self._is_server_field(name))
        if refused:
            labels = self.fields_get(refused, ["string"])
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be typed in: use the buttons of the review instead.",
                    fields=", ".join(
                        labels[name]["string"] if name in labels else name for name in refused
                    ),
                )
            )

    def _check_parent_fields(self, vals):
        for name in self._get_parent_fields() & vals.keys():
            if any(record[name].id != (vals[name] or False) for record in self):
                raise AccessError(
                    self.env._(
                        "%(field)s is chosen once and cannot be changed afterwards.",
                        field=self._fields[name].get_description(self.env, ["string"])["string"],
                    )
                )

    def _check_links(self, names, employee):
        """Refuse links to records of other people or that the writer cannot read.

        A link shows the name of what it points to, so it would read for its author.

        :param list[str] names: many2one fields whose comodel has an ``employee_id``
        :param employee: the ``hr.employee`` this record is about
        :raise AccessError: for a target the user cannot read
        :raise UserError: for a target of somebody else
        """
        for name in names:
            target = self[name]
            if not target:
                continue
            target.check_access("read")
            if target.sudo().employee_id != employee.sudo():
                raise UserError(
                    self.env._(
                        "%(field)s belongs to somebody else: choose one of %(employee)s.",
                        field=self._fields[name].get_description(self.env, ["string"])["string"],
                        employee=employee.sudo().name,
                    )
                )

    def _check_open_state(self):
        states = self._get_open_states()
        if states is None:
            return
        for review in self.sudo()._get_guarded_review():
            if review.state not in states:
                raise UserError(
                    self.env._(
                        "This can no longer be changed: the review of %(employee)s is in the "
                        "step “%(step)s”.",
                        employee=review.name,
                        step=review._get_state_label(),
                    )
                )
