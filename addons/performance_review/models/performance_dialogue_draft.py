from odoo import api, fields, models

from ..tools import arguments

# What a line may become; the others of an agreement come from elsewhere.
KINDS = [("goal", "Goal"), ("change", "Behaviour"), ("support", "Support")]


class PerformanceDialogueDraft(models.Model):
    """A line noted for the agreement while two people talk.

    Both see it on the room's side. When the review enters Agreement it becomes a suggestion for
    the draft, where it is taken or dropped like any other.
    """

    _name = "performance.dialogue.draft"
    _description = "Line noted for the agreement"
    _inherit = [
        "performance.version.guard",
        "performance.field.guard",
        "performance.link.guard",
        "performance.name.guard",
        "performance.step.guard",
    ]
    _order = "dialogue_id, id"

    dialogue_id = fields.Many2one(
        "performance.dialogue", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, default="change")
    name = fields.Char(string="Noted", required=True, size=arguments.CHAR_LIMIT)
    room_key = fields.Char(copy=False, export_string_translation=False)

    _one_per_room_key = models.UniqueIndex(
        "(dialogue_id, room_key) WHERE room_key IS NOT NULL", "This line is stored already."
    )

    @api.model
    def _get_parent_fields(self):
        return frozenset({"dialogue_id"})

    @api.model
    def _get_open_states(self):
        return frozenset({"dialogue"})

    def _get_guarded_review(self):
        return self.dialogue_id.review_id


class PerformanceDialogue(models.Model):
    """What was noted for the agreement."""

    _inherit = "performance.dialogue"

    draft_ids = fields.One2many(
        "performance.dialogue.draft", "dialogue_id", string="Noted for the agreement"
    )


class PerformanceReview(models.Model):
    """What was noted in the talk comes first among what the talk suggests."""

    _inherit = "performance.review"

    def _suggest_talk(self, dialogues):
        return [
            *(
                self._prepare_suggestion(
                    line.kind,
                    line.name,
                    "origin_dialogue_id",
                    line.dialogue_id,
                    code=f"draft-{line.id}",
                )
                for line in dialogues.draft_ids
            ),
            *super()._suggest_talk(dialogues),
        ]
