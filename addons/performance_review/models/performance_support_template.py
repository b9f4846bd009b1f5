from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import arguments


class PerformanceSupportTemplate(models.Model):
    """An entry of the support library (P5): what a manager or the company can offer.

    HR maintains it. A point that is made of one is a copy and has nothing to do with it any more.
    """

    _name = "performance.support.template"
    _description = "Support of the library"
    _inherit = ["performance.field.guard"]
    _order = "category, sequence, id"

    name = fields.Char(string="Support", required=True, size=arguments.POINT_LIMIT, translate=True)
    description = fields.Text(
        translate=True, help="What is done, by whom, how often; it becomes the fact of the point."
    )
    category = fields.Selection(
        [
            ("mentor", "Mentor"),
            ("training", "Training"),
            ("rotation", "Rotation"),
            ("cross_department", "Cross-department coordination"),
            ("kpi", "Changed KPI"),
            ("resources", "Resources"),
        ],
        required=True,
        default="training",
    )
    theme_ids = fields.Many2many(
        "performance.theme",
        string="Helps with",
        help="A gap of one of these themes is offered this support.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: for every company."
    )

    @api.constrains("name")
    def _check_name(self):
        if any(not (template.name or "").strip() for template in self):
            raise UserError(self.env._("Say in one line what the support is."))
