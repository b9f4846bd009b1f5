from odoo import fields, models

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
    _inherit = ["performance.dialogue.line.mixin"]

    kind = fields.Selection(KINDS, required=True, default="change")
    name = fields.Char(string="Noted", required=True, size=arguments.CHAR_LIMIT)

    _one_per_room_key = models.UniqueIndex(
        "(dialogue_id, room_key) WHERE room_key IS NOT NULL", "This line is stored already."
    )


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
