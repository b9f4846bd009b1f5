from math import isclose

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.words import say_list

SEEN = "seen_values"


class PerformanceVersionGuard(models.AbstractModel):
    """Has somebody else changed meanwhile what this writer saw?

    Odoo's forms send what has been changed and nothing about what stood there before: of two
    windows the second overwrites the first without a word. Here a form sends the values it
    showed along with those it changes (``static/src/backend/version_guard``). A field that
    holds something else by now is named instead of overwritten; fields that only the other
    window changed keep what that window wrote.

    Comes first among the guards: what was seen is no value for them to judge.
    """

    _name = "performance.version.guard"
    _description = "Guard: whether somebody else has changed what a writer saw"

    seen_values = fields.Json(
        store=False,
        exportable=False,
        export_string_translation=False,
        help="Sent with a write: the values, by field, that were shown when it was typed.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_seen(vals) for vals in vals_list])

    def write(self, vals):
        seen = vals.get(SEEN)
        if seen and len(self) == 1:
            self._check_seen(seen, vals)
        return super().write(self._without_seen(vals))

    @api.model
    def _without_seen(self, vals):
        return {name: value for name, value in vals.items() if name != SEEN}

    def _check_seen(self, seen, vals):
        """Refuse to overwrite what the writer has not seen.

        :param dict seen: values as the form showed them, by field, as RPC carries them
        :param dict vals: what is about to be written
        :raise UserError: naming the fields that hold something else by now
        """
        changed = self._get_overtaken(seen, vals)
        if changed:
            labels = self.fields_get(list(changed), ["string"])
            raise UserError(
                self.env._(
                    "Somebody else has changed %(fields)s since you opened this page: copy what "
                    "you typed, reload the page and enter it again.",
                    fields=say_list(self.env, (f"“{labels[name]['string']}”" for name in changed)),
                )
            )

    def _get_overtaken(self, seen, vals):
        """Return what somebody else has written since the writer saw it.

        :param dict seen: values as the writer was shown them, by field, as RPC carries them
        :param dict vals: what is about to be written
        :raise AccessError: for whoever may not write the record
        :return: field → what is stored by now
        :rtype: dict
        """
        self.ensure_one()
        self.check_access("write")
        if not isinstance(seen, dict):
            return {}
        names = [
            name
            for name in seen
            if name in vals and name in self._fields and self._fields[name].type in COMPARABLE
        ]
        if not names:
            return {}
        current = self.read(names, load=None)[0]
        return {
            name: current[name]
            for name in names
            if not self._is_same(self._fields[name], seen[name], current[name])
            # Both typed the same: nobody loses anything.
            and not self._is_same(self._fields[name], vals[name], current[name])
        }

    @api.model
    def _is_same(self, field, sent, current):
        """Say whether a value that a client sent is the one that is stored."""
        if field.type in ("float", "monetary", "integer"):
            try:
                return isclose(float(sent or 0), current or 0, rel_tol=1e-9, abs_tol=1e-6)
            except (TypeError, ValueError):
                return False
        if field.type == "date":
            current = fields.Date.to_string(current)
        elif field.type == "datetime":
            current = fields.Datetime.to_string(current)
        return (sent or False) == (current or False)


COMPARABLE = frozenset(
    {
        "char", "text", "integer", "float", "monetary", "boolean", "selection", "date",
        "datetime", "many2one",
    }
)  # fmt: skip
