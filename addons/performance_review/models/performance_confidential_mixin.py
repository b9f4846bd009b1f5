from odoo import api, models


class PerformanceConfidentialMixin(models.AbstractModel):
    """History and activities without followers.

    In Odoo a follower keeps receiving what is posted even after losing access,
    and being assigned an activity makes one a follower. Nobody can follow a
    confidential record: people are told through activities and addressed mails.
    """

    _name = "performance.confidential.mixin"
    _description = "History without followers"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    @api.model_create_multi
    def create(self, vals_list):
        # Odoo's own switch: the creator would become a follower otherwise.
        return super(
            PerformanceConfidentialMixin, self.with_context(mail_create_nosubscribe=True)
        ).create(vals_list)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        return True

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        return True

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        return True

    def _create_quiet_activities(self, vals_list):
        """Create activities in one batch, without one notification mail each.

        :param list[dict] vals_list: values of ``mail.activity`` besides the model;
            ``res_id``, ``user_id``, ``date_deadline`` and ``activity_type_id`` at least
        :return: the created ``mail.activity`` records
        """
        model_id = self.env["ir.model"]._get_id(self._name)
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(mail_activity_quick_update=True)
            .create([{"res_model_id": model_id, "automated": True, **vals} for vals in vals_list])
        )
