"""A launch whose process is killed in the middle, and started again."""

import json
import os
import signal
import subprocess
import sys
import time

import common
import launch


def run(registry, database, ids):
    """Kill a launch of our own making and return the rows of the table."""
    cycle_id = ids["cycle"]
    with common.environment(registry) as env:
        env["performance.cycle"].browse(cycle_id).action_launch()
        env.cr.commit()
        child = subprocess.Popen([sys.executable, __file__, database, json.dumps(ids)])
        try:
            while child.poll() is None:
                # A new snapshot each time: we want to see what the child has committed.
                env.cr.rollback()
                if launch.count(env, cycle_id)[0] >= ids["people"] // 3:
                    break
                time.sleep(0.05)
            # In the middle of a batch, not just after its commit.
            time.sleep(0.3)
        finally:
            if child.poll() is None:
                os.kill(child.pid, signal.SIGKILL)
            child.wait()
        env.cr.rollback()
        half, _people, activities, with_activity, told, _users = launch.count(env, cycle_id)
        env.invalidate_all()
        env.ref("performance_review.ir_cron_launch").method_direct_trigger()
        env.cr.commit()
        env.invalidate_all()
        whole = launch.count(env, cycle_id)
        state = env["performance.cycle"].browse(cycle_id).state
        launch.empty(env, cycle_id)
    killed = child.returncode == -signal.SIGKILL and 0 < half < ids["people"]
    consistent = killed and half == activities == with_activity and not told
    again = state == "open" and whole == launch.complete(ids)
    return [
        common.Row(
            "killed by SIGKILL in the middle of the launch",
            f"{half} reviews, {activities} activities, {told} told",
            wanted="as many activities as reviews, nobody told",
            passed=consistent,
        ),
        common.Row(
            "started again: reviews, activities, told",
            f"{whole[0]}, {whole[2]}, {whole[4]}",
            wanted="one per employee and review, both sides",
            passed=again,
        ),
    ]


if __name__ == "__main__":
    with common.environment(common.start(sys.argv[1])) as child_env:
        child_env.ref("performance_review.ir_cron_launch").method_direct_trigger()
