from collections.abc import Iterable

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain


class PerformanceLinkGuard(models.AbstractModel):
    """Which links are set once, and which records may be linked at all?

    A link shows the name of what it points to, and whoever may search along it learns whether
    there is something: links, the search for them (the existence oracle) and the answers of a
    form are about records that their user can read. Record rules look along the links to a
    parent, so these stay as they were when the record was made.
    """

    _name = "performance.link.guard"
    _description = "Guard: which links are set once, and which records may be linked"

    # Links to such a record need the right to read it, see _check_linked().
    _performance_guarded = True

    @api.model
    def _get_parent_fields(self):
        """Return the names of links that are chosen at creation and then stay.

        Record rules look along these links; moving a record to another parent
        would carry it into another audience.

        :rtype: frozenset[str]
        """
        return frozenset()

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        if not self.env.su:
            self._check_linked(defaults)
        return defaults

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_linked(vals)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._check_parent_fields(vals)
            self._check_linked(vals)
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
                ids.add(int(value) if str(value).isdecimal() else value)
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
