"""Tables as a workbook, in which no text runs as a formula."""

import io
import re

import xlsxwriter

from odoo.addons.performance_review.tools.spreadsheet_text import as_text

# What the name of a sheet may not hold, and how long it may be.
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
NAME_LIMIT = 31
WIDTHS = (10, 60)


def write_workbook(tables):
    """Return a workbook with a sheet for each table.

    :param tables: pairs of a title and the rows: lists of texts, numbers and ``None``, the first
        of them the heading
    :rtype: bytes
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(stream, options)
    heading = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    names = set()
    for title, rows in tables:
        sheet = workbook.add_worksheet(_name_sheet(title, names))
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = heading if number == 0 else None
                if isinstance(value, str):
                    sheet.write_string(number, column, as_text(value), style)
                elif value is not None:
                    sheet.write(number, column, value, style)
        for column, values in enumerate(zip(*rows, strict=False)):
            length = max(len(str(value)) for value in values)
            sheet.set_column(column, column, min(max(length + 2, WIDTHS[0]), WIDTHS[1]))
        sheet.freeze_panes(1, 1)
    workbook.close()
    return stream.getvalue()


def _name_sheet(title, names):
    """Return a name for a sheet that is allowed and not taken, and take it."""
    plain = FORBIDDEN.sub(" ", title).strip()[:NAME_LIMIT] or "-"
    name, number = plain, 1
    while name.lower() in names:
        number += 1
        ending = f" {number}"
        name = plain[: NAME_LIMIT - len(ending)] + ending
    names.add(name.lower())
    return name
