"""A database of its own for tests that commit, end processes, or install and uninstall."""

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# What follows it runs with the functions of `scripts/lib` and has its database in `$COPY`.
PREFACE = """
set -euo pipefail
source scripts/lib/all.sh
provision test
copy_template
export PYTHONPATH=$PYTHONPATH:$PWD/tests
"""


def shell(module):
    """Return the command that runs ``main(env)`` of a module of this folder in ``odoo shell``."""
    return (
        f"printf 'from {module} import main\\nmain(env)\\n' |"
        ' odoo shell --database "$COPY" --no-http --log-level critical\n'
    )


def attempt(script, **environment):
    """Run a script of bash on a copy of the tests' database, which is dropped afterwards.

    :param str script: what follows :data:`PREFACE`
    :param environment: variables besides our own
    :return: how it ended, with what it printed (``subprocess.CompletedProcess``)
    """
    return subprocess.run(
        ["bash", "-c", PREFACE + script],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


def get_end(answer):
    """Return the end of what a script printed."""
    return answer.stdout[-3000:] + answer.stderr[-5000:]


def run(script, **environment):
    """Run a script as :func:`attempt` does, and return what it printed on its standard output.

    :raise AssertionError: with the end of its output, when it fails
    """
    answer = attempt(script, **environment)
    assert answer.returncode == 0, get_end(answer)
    return answer.stdout


def read_result(output):
    """Return what was printed as JSON after the word RESULT."""
    assert "RESULT " in output, output[-3000:]
    return json.loads(output.rpartition("RESULT ")[2])
