from odoo import api, fields, models
from odoo.tools.misc import clean_context


class PerformanceConfidentialMixin(models.AbstractModel):
    """History and activities without followers.

    In Odoo a follower keeps receiving what is posted even after losing access,
    and being assigned an activity makes one a follower. Nobody can follow a
    confidential record: people are told through activities and addressed mails.
    """

    _name = "performance.confidential.mixin"
    _description = "History without followers"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    # Odoo computes these from activities, which portal users cannot read: without the group a
    # portal employee could not read the own card as a whole.
    activity_exception_decoration = fields.Selection(groups="base.group_user")
    activity_exception_icon = fields.Char(groups="base.group_user")

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
            ``res_id``, ``user_id``, ``date_deadline`` and ``activity_type_id`` at least.
            Without a ``summary`` the type's own is taken, in the language of the user
        :return: the created ``mail.activity`` records
        """
        model_id = self.env["ir.model"]._get_id(self._name)
        summaries = {}
        users = self.env["res.users"].sudo().browse({vals["user_id"] for vals in vals_list})
        languages = {user.id: user.lang for user in users}
        for vals in vals_list:
            lang = languages[vals["user_id"]]
            key = (vals["activity_type_id"], lang)
            if key not in summaries:
                activity_type = self.env["mail.activity.type"].sudo().with_context(lang=lang)
                summaries[key] = activity_type.browse(key[0]).summary
            vals.setdefault("summary", summaries[key])
        return (
            self.env["mail.activity"]
            .sudo()
            .with_context(clean_context(self.env.context), mail_activity_quick_update=True)
            .create([{"res_model_id": model_id, "automated": True, **vals} for vals in vals_list])
        )
