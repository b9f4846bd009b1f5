from odoo import fields, models

from ..tools import arguments


class PerformanceAgendaItem(models.Model):
    """What the employee wants to talk about, one item each (P7)."""

    _name = "performance.agenda.item"
    _description = "Agenda item of the employee"
    _inherit = ["performance.assessment.part"]
    _order = "assessment_id, sequence, id"

    name = fields.Char(string="Agenda item", required=True, size=arguments.POINT_LIMIT)
    sequence = fields.Integer(default=10)
