"""The spreadsheet to fill in."""

import io

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .columns import (
    COLUMNS,
    LANGUAGES,
    MAX_KPI_LENGTH,
    MAX_UNIT_LENGTH,
    REQUIRED_COLUMNS,
)

# Validation and text format reach a little below the rows most companies need.
_TEMPLATE_ROWS = 5000
REQUIRED_FILL = PatternFill("solid", start_color="714B67")
OPTIONAL_FILL = PatternFill("solid", start_color="8F8F8F")
_WIDTHS = (30, 34, 10, 10, 12, 12, 12, 20, 14)


class _Texts:
    """The words of the template in one language."""

    def __init__(self, language):
        words = LANGUAGES[language]
        self.headers = {key: headers[0] for key, headers in words.HEADERS.items()}
        for name, value in words.TEMPLATE.items():
            setattr(self, name, value)
        limits = {"kpi": MAX_KPI_LENGTH, "unit": MAX_UNIT_LENGTH}
        self.meanings = tuple(meaning.format(**limits) for meaning in self.meanings)


def build_template(lang: str) -> bytes:
    """Return an xlsx file to fill in.

    Its first sheet has the headers and nothing else, so that no example is imported by
    mistake; a second one tells what the columns mean and shows two rows. `read_table` takes
    the untouched template for ``empty``.

    :param lang: language code; Chinese for ``zh…``, English for any other.
    :return: the file's content.
    """
    language = (lang or "").lower()[:2]
    texts = _Texts(language if language in LANGUAGES else "en")
    workbook = openpyxl.Workbook()
    workbook.properties.creator = "performance_review"
    _fill_entry_sheet(workbook.active, texts)
    _fill_guide_sheet(workbook.create_sheet(texts.guide), texts)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _fill_entry_sheet(sheet, texts):
    sheet.title = texts.sheet
    _add_header(sheet, 1, _template_headers(texts))
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    for column, (key, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), start=1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = width
        if key == "employee":
            # Text, or the leading zeros of a badge number are gone once it is typed.
            sheet.column_dimensions[letter].number_format = "@"
        elif key == "direction":
            validation = DataValidation(
                type="list", formula1=f'"{",".join(texts.directions)}"', allow_blank=True
            )
            validation.error = validation.prompt = texts.direction_hint
            validation.add(f"{letter}2:{letter}{_TEMPLATE_ROWS}")
            sheet.add_data_validation(validation)


def _fill_guide_sheet(sheet, texts):
    sheet.append(texts.guide_header)
    wrapped = Alignment(wrap_text=True, vertical="top")
    for key, meaning in zip(COLUMNS, texts.meanings, strict=True):
        needed = texts.required[key not in REQUIRED_COLUMNS]
        sheet.append((texts.headers[key], needed, meaning))
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = wrapped
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.append(())
    for note in texts.notes:
        sheet.append((note,))
    sheet.append(())
    sheet.append((texts.example_title,))
    sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    _add_header(sheet, sheet.max_row + 1, list(texts.headers.values()))
    place = list(COLUMNS).index("direction")
    for example in texts.examples:
        cells = list(example)
        cells[place] = texts.directions[cells[place]]
        sheet.append(cells)
    for column, width in enumerate((30, 34, 64, 10, 12, 12, 12, 20, 14), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _template_headers(texts):
    for key, header in texts.headers.items():
        hint = texts.employee_hint if key == "employee" else ""
        yield f"{header}{hint}{' *' if key in REQUIRED_COLUMNS else ''}"


def _add_header(sheet, row, headers):
    for column, (key, header) in enumerate(zip(COLUMNS, headers, strict=True), start=1):
        cell = sheet.cell(row, column, header)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = REQUIRED_FILL if key in REQUIRED_COLUMNS else OPTIONAL_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
