"""From raw rows to good rows and the faults of the others."""

import math
import unicodedata
from collections.abc import Iterable, Mapping

from ..achievement import same_number
from .cells import cell_text, identifier, read_direction, read_number_cell, shown
from .columns import MAX_KPI_LENGTH, MAX_UNIT_LENGTH, KpiRow, RowError


def parse_rows(
    rows: Iterable[tuple[int, Mapping[str, object]]],
) -> tuple[list[KpiRow], list[RowError]]:
    """Check raw rows and turn the good ones into `KpiRow`.

    An empty weight is 1, an empty baseline 0, an empty actual value None and an empty
    direction ``"up"``. Numbers may have thousands separators (a comma, point, space or
    apostrophe before groups of three), a decimal comma, full-width digits and a percent
    sign, which is dropped: "85%" is 85. A lone comma before exactly three digits separates
    thousands, as it does in Chinese and English; a lone point is always decimal.

    :param rows: what `read_table` returns.
    :return: good rows and faults, in the order of the rows. A row is in the first list, or
        has one or more entries in the second, never both.
    """
    good: list[KpiRow] = []
    errors: list[RowError] = []
    first_rows: dict[tuple[str, str], int] = {}
    for number, cells in rows:
        found, faults = _parse_row(number, cells, first_rows)
        if faults:
            errors.extend(RowError(number, code, params) for code, params in faults)
        else:
            good.append(found)
    return good, errors


def _parse_row(number, cells, first_rows):
    """Return the `KpiRow`, or None, and its faults as (code, params) pairs."""
    faults: list[tuple[str, dict[str, object]]] = []

    def fault(code, column, **params):
        faults.append((code, {"column": column, **params}))

    def read_number(column, default):
        value = cells.get(column)
        if not cell_text(value):
            return default
        try:
            return read_number_cell(value)
        except ValueError:
            fault("not_a_number", column, value=shown(value))
            return math.nan  # neither missing nor equal to, or below, anything

    employee = identifier(cells.get("employee"))
    kpi = cell_text(cells.get("kpi"))
    unit = cell_text(cells.get("unit"))
    if not employee:
        fault("employee_missing", "employee")
    if not kpi:
        fault("kpi_missing", "kpi")
    for column, value, limit in (("kpi", kpi, MAX_KPI_LENGTH), ("unit", unit, MAX_UNIT_LENGTH)):
        if len(value) > limit:
            fault("too_long", column, value=shown(value), limit=limit, length=len(value))
    weight = read_number("weight", 1.0)
    baseline = read_number("baseline", 0.0)
    target = read_number("target", None)
    actual = read_number("actual", None)
    if weight < 0:
        fault("weight_negative", "weight", value=shown(cells["weight"]))
    if target is None:
        fault("target_missing", "target")
    elif same_number(target, baseline):
        fault("target_is_baseline", "target", value=shown(cells["target"]))
    direction = read_direction(cells.get("direction"))
    if not direction:
        fault("direction_unknown", "direction", value=shown(cells["direction"]))
    if employee and kpi:
        key = (employee.casefold(), unicodedata.normalize("NFKC", kpi).casefold())
        first_row = first_rows.setdefault(key, number)
        if first_row != number:
            fault("duplicate_kpi", "kpi", value=kpi, employee=employee, first_row=first_row)
    if faults:
        return None, faults
    rating = cell_text(cells.get("rating"))
    row = KpiRow(number, employee, kpi, unit, weight, baseline, target, actual, direction, rating)
    return row, faults
