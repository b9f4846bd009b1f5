from odoo import api, models
from odoo.exceptions import UserError


class MailMessage(models.Model):
    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_has_no_card(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_has_no_card(vals)
        return super().write(vals)

    @api.model
    def _check_has_no_card(self, vals):
        """Refuse a message on a card: whoever reads the card would read it.

        :param dict vals: values of a message
        :raise UserError: for a model of the confidential mixin
        """
        model = vals.get("model")
        if not isinstance(model, str) or model not in self.env:
            return
        if getattr(self.env[model], "_performance_threadless", False):
            raise UserError(
                self.env._("A review has no messages: write where its readers are known.")
            )
