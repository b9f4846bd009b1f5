"""Memory of a launch: in a process of its own, which has seen nothing larger before."""

import json
import sys
from unittest.mock import patch

import common
import launch

EARLY = 2000


def run(registry, ids):
    """Launch and return the memory in MB after 2,000 reviews and at the end."""
    peaks = {}
    with common.environment(registry) as env:
        launch.launch(env, ids["few_cycle"])
        launch.empty(env, ids["few_cycle"])
        Cron = type(env["ir.cron"])
        commit_progress = Cron._commit_progress
        made = 0

        def note_memory(cron, processed=0, **options):
            nonlocal made
            made += processed
            answer = commit_progress(cron, processed, **options)
            if made >= EARLY:
                peaks.setdefault("early", common.memory_peak())
            return answer

        with patch.object(Cron, "_commit_progress", note_memory):
            launch.launch(env, ids["cycle"])
        peaks["end"] = common.memory_peak()
        launch.empty(env, ids["cycle"])
    return peaks


if __name__ == "__main__":
    print(json.dumps(run(common.start(sys.argv[1]), json.loads(sys.argv[2]))))
