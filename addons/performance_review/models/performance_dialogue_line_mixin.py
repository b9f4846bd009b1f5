from odoo import api, fields, models


class PerformanceDialogueLineMixin(models.AbstractModel):
    """Lines that two people write in the room, while the dialogue is open and never after."""

    _name = "performance.dialogue.line.mixin"
    _description = "Lines written in the interview room"
    _inherit = [
        "performance.version.guard",
        "performance.line.mixin",
        "performance.part.mixin",
    ]
    _order = "dialogue_id, id"

    dialogue_id = fields.Many2one(
        "performance.dialogue", required=True, index=True, ondelete="cascade"
    )
    # How the room knows a line that it added while there was no connection.
    room_key = fields.Char(copy=False, export_string_translation=False)

    @api.model
    def _get_parent_fields(self):
        return frozenset({"dialogue_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"dialogue"})

    def _get_guarded_review(self):
        return self.dialogue_id.review_id
