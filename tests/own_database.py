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


def run(script, **environment):
    """Run a script of bash on a copy of the tests' database, which is dropped afterwards.

    :param str script: what follows :data:`PREFACE`
    :param environment: variables besides our own
    :return: what it printed on its standard output
    :raise AssertionError: with the end of its output, when it fails
    """
    answer = subprocess.run(
        ["bash", "-c", PREFACE + script],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-5000:]
    return answer.stdout


def read_result(output):
    """Return what was printed as JSON after the word RESULT."""
    assert "RESULT " in output, output[-3000:]
    return json.loads(output.rpartition("RESULT ")[2])
