from odoo import api, fields, models

from ..tools import arguments


class PerformanceFeedback(models.Model):
    """BEST feedback (D3): Behaviour, Effect, Suggestion, Thanks/Trust."""

    _name = "performance.feedback"
    _description = "BEST feedback"
    _inherit = ["performance.dialogue.line.mixin"]
    _order = "dialogue_id, sequence, id"

    sequence = fields.Integer(default=10)
    behaviour = fields.Text(required=True, help="What the person did, seen or heard by you.")
    effect = fields.Text(help="What it led to.")
    suggestion = fields.Text(help="What to keep or to try next.")
    thanks = fields.Text(string="Thanks / Trust", help="What you thank for, or trust in.")
    reaction = fields.Char(size=arguments.CHAR_LIMIT, help="What the employee said to it.")
    point_id = fields.Many2one(
        "performance.point",
        string="Prepared point",
        index="btree_not_null",
        ondelete="set null",
        help="The point of the sheet this feedback is about.",
    )

    _one_per_room_key = models.UniqueIndex(
        "(dialogue_id, room_key) WHERE room_key IS NOT NULL", "This feedback is stored already."
    )

    @api.depends("dialogue_id")
    def _compute_display_name(self):
        for feedback in self:
            feedback.display_name = self.env._("BEST feedback")
