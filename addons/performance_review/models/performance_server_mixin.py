from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools import arguments


class PerformanceServerMixin(models.AbstractModel):
    """Rows that only the server writes: people read them, and verbs make them with ``sudo()``."""

    _name = "performance.server.mixin"
    _description = "Rows that only the server writes"
    _inherit = ["performance.field.guard", "performance.link.guard", "performance.name.guard"]

    @api.model
    def _get_server_fields(self):
        return frozenset(name for name, field in self._fields.items() if field.store)


class PerformanceHistoryMixin(models.AbstractModel):
    """What happened, when, by whom and why: a row is made once and stays as it is.

    Of what it is the history, and what may happen to it (``kind``), each model says itself.
    """

    _name = "performance.history.mixin"
    _description = "History, which stays as it is"
    _inherit = ["performance.server.mixin"]
    _order = "date desc, id desc"

    date = fields.Datetime(string="When", required=True, readonly=True, default=fields.Datetime.now)
    author_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    reason = fields.Text(readonly=True)

    @api.model
    def _get_size_limits(self):
        return {**super()._get_size_limits(), "reason": arguments.REASON_LIMIT}

    # pylint: disable-next=method-required-super
    def write(self, vals):
        raise AccessError(self.env._("What happened stays as it is written down."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("What happened stays as it is written down."))
