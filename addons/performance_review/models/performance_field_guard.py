from odoo import api, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ..tools import arguments
from ..tools.rights import acts_for_user
from ..tools.words import say_list

# Which method looks at a value of which type.
CHECKS = {
    "char": "_check_text_value",
    "text": "_check_text_value",
    "html": "_check_text_value",
    "integer": "_check_integer_value",
    "float": "_check_number_value",
    "monetary": "_check_number_value",
    "date": "_check_date_value",
    "datetime": "_check_date_value",
    "selection": "_check_choice_value",
    "binary": "_check_file_value",
    "many2one": "_check_link_value",
    "one2many": "_check_lines_value",
    "many2many": "_check_lines_value",
}


class PerformanceFieldGuard(models.AbstractModel):
    """Which fields does only the server write, and what may a value be?

    The first is answered through Odoo's own ``_has_field_access``: ``write``, ``create``, the
    translations of a field and the ``readonly`` flag that every client gets agree, and verbs
    (``action_x`` → ``_mark_x``) pass with ``sudo()`` after their own guard. The second binds
    everybody, verbs included: what they store came from somebody, too.
    """

    _name = "performance.field.guard"
    _description = "Guard: which fields only the server writes, and what a value may be"
    # What may come in is one half of what a value does, how it leaves the other.
    _inherit = ["performance.export.guard"]

    # ------------------------------------------------------------------
    # Which fields
    # ------------------------------------------------------------------

    @api.model
    def _get_server_fields(self):
        """Return the names of fields that only verbs write.

        :rtype: frozenset[str]
        """
        return frozenset()

    @api.model
    @tools.ormcache(cache="stable")
    def _get_refused_fields(self):
        """Return the names of all fields that people do not write.

        Besides those each model names, that is everything computed and stored: rules and
        gates look at such fields.

        :rtype: frozenset[str]
        """
        return self._get_server_fields() | {
            name
            for name, field in self._fields.items()
            if field.compute and field.store and field.readonly
        }

    @api.model
    def _is_server_field(self, name):
        """Say whether only the server writes the field ``name``."""
        return name in self._get_refused_fields()

    def _has_field_access(self, field, operation):
        # Asked for every field that anybody reads: reading is not this guard's question.
        if operation != "read" and not self.env.su and self._is_server_field(field.name):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _check_field_access(self, field, operation):
        if operation != "read" and not self.env.su:
            self._check_server_fields([field.name])
        return super()._check_field_access(field, operation)

    @api.model
    def _check_server_fields(self, names):
        """Refuse fields that only the server writes.

        :param names: names of fields
        :raise AccessError: naming the refused fields by their labels
        """
        refused = self._get_refused_fields().intersection(names)
        if refused:
            raise AccessError(
                self.env._(
                    "%(fields)s cannot be typed in: use the buttons of the review instead.",
                    fields=say_list(
                        self.env, (self._get_field_label(name) for name in sorted(refused))
                    ),
                )
            )

    @api.model
    def _get_field_label(self, name):
        """Return the label of a field in the language of the user."""
        return self._fields[name].get_description(self.env, ["string"])["string"]

    @api.model
    def default_get(self, fields):
        """Return defaults, for the server's fields those of the model alone.

        A caller chooses its context and may store defaults of its own (``ir.default``), so
        neither may sign an agreement or link a record the caller cannot read. Under a verb's
        ``sudo()`` neither counts at all.

        :param list[str] fields: names of the fields without a value
        :rtype: dict
        """
        reserved = set(fields)
        if not acts_for_user(self.env):
            reserved &= self._get_refused_fields()
        defaults = super().default_get([name for name in fields if name not in reserved])
        for name in reserved:
            field = self._fields.get(name)
            if field and field.default:
                value = field.convert_to_cache(field.default(self), self, validate=False)
                defaults[name] = field.convert_to_write(value, self)
        return defaults

    def _read_group_groupby(self, alias, groupby_spec, query):
        # Of a many2many Odoo does not ask whether its user may read it.
        field = self._fields.get(groupby_spec.partition(":")[0].partition(".")[0])
        if field and field.type == "many2many":
            self._check_field_access(field, "read")
        return super()._read_group_groupby(alias, groupby_spec, query)

    @api.model
    def _get_view_fields(self, view_type, models):
        models = super()._get_view_fields(view_type, models)
        if view_type in ("form", "list", "kanban"):
            # Lines ask as well, whatever form they stand in: see performance.version.guard.
            for name, names in models.items():
                if "seen_values" in self.env[name]._fields:
                    names.add("seen_values")
        return models

    # ------------------------------------------------------------------
    # Which values
    # ------------------------------------------------------------------

    @api.model
    def _get_size_limits(self):
        """Return limits of texts and files that differ from those of their type.

        A ``Char`` says its own by ``size``.

        :return: greatest number of characters (base64 ones for a file) by field name
        :rtype: dict[str, int]
        """
        return {}

    @api.model
    def _get_number_limits(self):
        """Return what some numbers do not exceed, upwards and downwards.

        Days, minutes and the like are added to dates, which end in the year 9999.

        :rtype: dict[str, int]
        """
        return {}

    @api.model
    def _check_values(self, vals):
        """Refuse what no field can hold or nobody could have meant.

        :param dict vals: values of a ``create`` or ``write``
        :raise AccessError: for a field of the server's, whatever its value
        :raise UserError: one sentence, naming the first such field
        """
        if not isinstance(vals, dict):
            raise UserError(self.env._("Values are given by the names of their fields."))
        if not self.env.su:
            self._check_server_fields(vals)
        for name, value in vals.items():
            field = self._fields.get(name)
            check = field and CHECKS.get(field.type)
            if check and value is not False and value is not None:
                getattr(self, check)(field, value)

    def _check_text_value(self, field, value):
        limit = self._get_size_limits().get(field.name)
        if not limit:
            default = arguments.CHAR_LIMIT if field.type == "char" else arguments.TEXT_LIMIT
            limit = getattr(field, "size", None) or default
        # The label costs a translation, and nearly every value is fine.
        fine = isinstance(value, str) and len(value) <= limit
        if not fine or arguments.UNSTORABLE.search(value):
            arguments.read_text(self.env, value, self._get_field_label(field.name), limit)

    def _check_integer_value(self, field, value):
        high = self._get_number_limits().get(field.name, arguments.INTEGER_LIMIT)
        if type(value) is not int or not -high <= value <= high:
            arguments.read_integer(self.env, value, self._get_field_label(field.name), -high, high)

    def _check_number_value(self, field, value):
        high = self._get_number_limits().get(field.name, arguments.NUMBER_LIMIT)
        if type(value) not in (int, float) or not -high <= value <= high:
            arguments.read_number(self.env, value, self._get_field_label(field.name), -high, high)

    def _check_date_value(self, field, value):
        arguments.read_date(self.env, value, self._get_field_label(field.name))

    def _check_choice_value(self, field, value):
        if isinstance(value, str) and (not value or value in field.get_values(self.env)):
            return
        arguments.read_choice(
            self.env,
            value,
            self._get_field_label(field.name),
            field._description_selection(self.env),
            required=False,
        )

    def _check_file_value(self, field, value):
        limit = self._get_size_limits().get(field.name, arguments.PICTURE_LIMIT)
        arguments.read_picture(self.env, value, self._get_field_label(field.name), limit)

    def _check_link_value(self, field, value):
        if type(value) is int and 0 < value <= arguments.INTEGER_LIMIT:
            return
        # Odoo itself passes records, and ids of records to come. A text it takes for nothing.
        if isinstance(value, bool | int | float | str | bytes | dict | list):
            self._refuse_link(field)

    def _check_lines_value(self, field, value):
        if isinstance(value, models.BaseModel):
            return
        if not isinstance(value, list | tuple):
            self._refuse_link(field)
        for command in value:
            if not isinstance(command, list | tuple):
                self._check_link_value(field, command)
                continue
            code = command[0] if command else None
            if not isinstance(code, int) or not 0 <= code <= Command.SET:
                self._refuse_link(field)
            if Command.UPDATE <= code <= Command.LINK:
                self._check_link_value(field, command[1] if len(command) > 1 else False)
            elif code == Command.SET:
                for each in command[2] if len(command) > 2 else ():
                    self._check_link_value(field, each)

    def _refuse_link(self, field):
        raise UserError(
            self.env._("%(field)s: choose a record.", field=self._get_field_label(field.name))
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_values(vals)
        context = self.env.context
        if acts_for_user(self.env):
            # The context came from the caller, the values below must not.
            context = clean_context(context)
        elif not self.env.su:
            refused = {f"default_{name}" for name in self._get_refused_fields()}
            context = {key: value for key, value in context.items() if key not in refused}
        # Replaced, not extended. # pylint: disable-next=context-overridden
        cleaned = self.with_context(context) if context != self.env.context else self
        return super(PerformanceFieldGuard, cleaned).create(vals_list)

    def write(self, vals):
        self._check_values(vals)
        return super().write(vals)
