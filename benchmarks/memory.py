"""Memory of a launch: in a process of its own, which has seen nothing larger before."""

import json
import subprocess
import sys
from unittest.mock import patch

import common
import launch

EARLY = 0.2
FLAT = 1.1


def run(database, ids):
    """Measure in a fresh process and return the rows of the table."""
    command = [sys.executable, __file__, database, json.dumps(ids)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    peaks = json.loads(answer.stdout.splitlines()[-1])
    growth = peaks["end"] / peaks["early"]
    return [
        common.Row(
            f"peak memory after a fifth and after {ids['people']} reviews",
            f"{peaks['end']:.0f} MB",
            f"{peaks['early']:.0f} MB",
            f"{growth:.0%}",
            f"at most {FLAT:.0%}",
            growth <= FLAT,
        )
    ]


def measure(registry, ids):
    """Launch and return the memory in MB after a fifth of the reviews and at the end."""
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
            if made >= EARLY * ids["people"]:
                peaks.setdefault("early", common.memory_peak())
            return answer

        with patch.object(Cron, "_commit_progress", note_memory):
            launch.launch(env, ids["cycle"])
        peaks["end"] = common.memory_peak()
        # A small cycle is launched at once, without the cron.
        peaks.setdefault("early", peaks["end"])
        launch.empty(env, ids["cycle"])
    return peaks


if __name__ == "__main__":
    print(json.dumps(measure(common.start(sys.argv[1]), json.loads(sys.argv[2]))))
