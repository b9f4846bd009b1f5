from . import (
    export,
    outline_preview,
    portal,
    portal_agreement,
    portal_appointment,
    portal_dialogue,
    portal_follow_up,
    portal_participants,
    portal_preparation,
    portal_target,
)
