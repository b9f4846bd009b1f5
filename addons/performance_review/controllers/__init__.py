from . import (
    export,
    portal,
    portal_agreement,
    portal_dialogue,
    portal_follow_up,
    portal_preparation,
)
