"""The measurements still measure: all of them, in a company of ten people.

Ratios and times mean nothing at this size, `scripts/benchmark` judges them; some counts do.
"""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# The reminders last: they take all reviews of their company to the follow-up.
PARTS = (
    "launch", "memory", "restart", "kpi", "screens", "portal", "moves", "managers", "analysis",
    "hr", "reminders",
)  # fmt: skip
# What holds at any size.
COUNTS = (
    "links of ours to rows people delete, without an index",
    "people get another manager: rows of ours written",
    "a director moves below the chief's deputy: rows of ours written",
    "the analysis opens with one cycle chosen",
    "queries of the cockpit,",
    "queries of the dashboard,",
    "queries of the dashboard with all figures,",
    "queries of the dashboard of all years",
    "mails, each person's once",
    "run a second time: mails",
)

SCRIPT = """
set -euo pipefail
source scripts/lib/all.sh
provision test
copy_template
"$VENV/bin/python" benchmarks/run.py --database "$COPY" --make-company 30 --make-scenery \\
    --measure "$@"
"""


def test_every_part_prints_its_table():
    answer = subprocess.run(
        ["bash", "-c", SCRIPT, "benchmark", *PARTS],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
    )
    output = answer.stdout[-3000:] + answer.stderr[-5000:]
    assert "Traceback" not in answer.stderr, output
    # 1 says that a figure is missed.
    assert answer.returncode in (0, 1), output
    tables = {}
    for block in answer.stdout.split("\n\n"):
        title, _, table = block.strip().partition("\n")
        tables[title] = table.splitlines()[1:]
    assert {part for part in PARTS if tables.get(part)} == set(PARTS), output
    lines = [line.strip() for table in tables.values() for line in table]
    for count in COUNTS:
        (verdict,) = (line.split()[0] for line in lines if count in line)
        assert verdict == "PASS", answer.stdout
