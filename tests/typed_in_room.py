"""A review in the step Dialogue, committed: what ``test_room_kill.py`` types into.

Run inside ``odoo shell``.
"""

import json

from contention import Contest


def main(env):
    """Store people and one dialogue, and print who opens which room."""
    Contest.set_up(env)
    review = Contest.new_review(Contest.worker)
    dialogue = Contest.to_dialogue(review)
    env.cr.commit()
    room = {
        "login": Contest.manager_user.login,
        "dialogue": dialogue.id,
        "topic": dialogue.topic_ids[0].id,
    }
    print("ROOM " + json.dumps(room))  # pylint: disable=print-used
