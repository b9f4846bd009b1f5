"""The measurements still measure: all of them, in a company of ten people.

Ratios and times mean nothing at this size, `scripts/benchmark` judges them; some counts do.
"""

from own_database import attempt, get_end

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
"$VENV/bin/python" benchmarks/run.py --database "$COPY" --make-company 30 --make-scenery \\
    --measure $PARTS
"""


def test_every_part_prints_its_table():
    answer = attempt(SCRIPT, PARTS=" ".join(PARTS))
    output = get_end(answer)
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
