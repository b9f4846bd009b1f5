"""HR's spreadsheet of appraisal results and KPI lines (SPEC C6): read, check, template.

Two steps, so that a fault of the file and the faults of its rows are told apart:
`read_table` turns an xlsx or csv file into raw rows or raises one `SheetError`;
`parse_rows` turns raw rows into `KpiRow`, or into every `RowError` there is. Neither knows
the database: who an employee is and which ratings exist is the caller's question. The words
of a language stand in ``words_<language>.py``.
"""

from .cells import identifier
from .columns import COLUMNS, REQUIRED_COLUMNS, KpiRow, RowError, SheetError
from .reading import read_table
from .rows import parse_rows
from .template import build_template

__all__ = [
    "COLUMNS",
    "REQUIRED_COLUMNS",
    "KpiRow",
    "RowError",
    "SheetError",
    "build_template",
    "identifier",
    "parse_rows",
    "read_table",
]
