"""From an xlsx or csv file to raw rows, or one reason why not."""

import contextlib
import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

import openpyxl

from .cells import KEY_OF_HEADER, cell_text, normal
from .columns import COLUMNS, REQUIRED_COLUMNS, SheetError

# Far above what 20,000 rows need, low enough not to exhaust a worker: a few kilobytes of
# zip can unfold into gigabytes.
MAX_BYTES = 100 * 1024 * 1024
# A sheet's size is what its cells claim: one cell may claim to stand in the last column or
# far below the last row of any spreadsheet, and the reader would fill up the way to it.
MAX_SHEET_COLUMNS = 256
LAST_SHEET_ROW = 1_048_576

# What the files that people take for a spreadsheet begin with.
_SIGNATURES = (
    # Also an xlsx with a password, which is wrapped in the old format.
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"RIFF", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"PK\x05\x06", "archive"),
)
_ZIP = b"PK\x03\x04"
# Old systems export a page and call it .xls; read as text it would be one odd column.
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|head|body|table|svg|!--)", re.IGNORECASE)
_TEXT_SUFFIXES = ("csv", "tsv", "txt", "")
# What no text has, apart from tabs, line ends and the end mark of DOS.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DELIMITERS = ",;\t"


def read_table(
    content: bytes, filename: str, max_rows: int = 20000
) -> list[tuple[int, dict[str, object]]]:
    """Return the rows of an xlsx or csv file under the names of `COLUMNS`.

    What kind of file it is, is decided by its content; the name alone decides that text is
    a csv file and not, say, a script. Of an xlsx file the first sheet that is not hidden is
    read, formulas by their last result. A csv file is UTF-8, UTF-16 with a byte order mark
    or GB 18030, separated by comma, semicolon or tab. The first row that is not empty is
    the header; columns it does not know are left out, rows without any content as well.

    :param content: the file.
    :param filename: its name, with or without a path.
    :param max_rows: the greatest number of rows below the header.
    :return: pairs of row number, as a spreadsheet program shows it, and raw cell values by
        canonical key; a key is absent when the file has no such column.
    :raise SheetError: for everything that stops the file from being read.
    """
    if len(content) > MAX_BYTES:
        raise SheetError("too_large", {"limit_mb": MAX_BYTES // 1024**2})
    if not content.strip():
        raise SheetError("empty")
    rows = _xlsx_rows if content.startswith(_ZIP) else _csv_rows
    with contextlib.closing(rows(content, filename)) as source:
        return _table(source, max_rows)


def _table(
    source: Iterator[tuple[int, Sequence[object]]], max_rows: int
) -> list[tuple[int, dict[str, object]]]:
    position: dict[str, int] = {}
    table: list[tuple[int, dict[str, object]]] = []
    for number, cells in source:
        if _is_blank(cells):
            continue
        if not position:
            position = _positions(cells)
            continue
        if len(table) == max_rows:
            raise SheetError("too_many_rows", {"limit": max_rows})
        table.append(
            (
                number,
                {
                    key: cells[index] if index < len(cells) else None
                    for key, index in position.items()
                },
            )
        )
    if not table:
        raise SheetError("empty")
    return table


def _is_blank(cells: Sequence[object]) -> bool:
    # The count spares the rows a spreadsheet has coloured down to its very end.
    return cells.count(None) == len(cells) or not any(map(cell_text, cells))


def _positions(header: Sequence[object]) -> dict[str, int]:
    """Return the index of each known column, in the order of `COLUMNS`."""
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(header):
        key = KEY_OF_HEADER.get(normal(cell))
        if key:
            found.setdefault(key, []).append(index)
    missing = [key for key in REQUIRED_COLUMNS if key not in found]
    if missing:
        raise SheetError("missing_columns", {"columns": missing})
    twice = [key for key in COLUMNS if len(found.get(key, ())) > 1]
    if twice:
        headers = [cell_text(header[index]) for key in twice for index in found[key]]
        raise SheetError("duplicate_columns", {"columns": twice, "headers": headers})
    return {key: found[key][0] for key in COLUMNS if key in found}


def _xlsx_rows(content: bytes, filename: str) -> Iterator[tuple[int, Sequence[object]]]:
    _check_package(content, filename)
    workbook = None
    try:
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        sheets = workbook.worksheets
        sheet = next((one for one in sheets if one.sheet_state == "visible"), sheets[0])
        # The size a file writes down for itself may be wrong in either direction.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MAX_SHEET_COLUMNS, values_only=True)
        for number, cells in enumerate(rows, start=1):
            if number > LAST_SHEET_ROW:
                raise SheetError("unreadable", {"filename": filename})
            yield number, cells
    except SheetError:
        raise
    except Exception as error:
        # The library lets through whatever a damaged part makes of it: KeyError, TypeError,
        # BadZipFile, zlib.error, ParseError … All of them mean the same to the reader.
        raise SheetError("unreadable", {"filename": filename}) from error
    finally:
        if workbook:
            workbook.close()


def _check_package(content: bytes, filename: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise SheetError("unreadable", {"filename": filename}) from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise SheetError("type", {"filename": filename, "detected": "archive"})
    # The sizes are claims as well, but Python unpacks no more than a part claims.
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise SheetError("too_large", {"limit_mb": MAX_BYTES // 1024**2})


def _csv_rows(content: bytes, filename: str) -> Iterator[tuple[int, Sequence[object]]]:
    text = _decode(content, filename)
    if not text.strip(f'{_DELIMITERS}" \r\n\u3000'):
        return  # or all of it would be one cell of whichever separator it is not
    delimiter, text = _delimiter(text)
    width = 0
    number = 0
    # Strict: with an open quotation mark the reader would take all rows up to the next one
    # for a single cell, and they would be lost without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            width = width or (len(cells) if any(map(cell_text, cells)) else 0)
            # 1,234 without quotation marks is two cells and shifts all that follow.
            if any(map(cell_text, cells[width:])):
                raise SheetError("unreadable", {"filename": filename, "row": number})
            yield number, cells
    except csv.Error as error:
        raise SheetError("unreadable", {"filename": filename, "row": number + 1}) from error


def _decode(content: bytes, filename: str) -> str:
    def refuse(detected):
        return SheetError("type", {"filename": filename, "detected": detected})

    for signature, detected in _SIGNATURES:
        if content.startswith(signature):
            raise refuse(detected)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\x00" in content:
        raise refuse("binary")
    else:
        # GB 18030 last: it takes nearly everything for Chinese.
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding).rstrip("\x1a")
            break
    else:
        raise SheetError("unreadable", {"filename": filename})
    if _CONTROL.search(text):
        raise refuse("binary")
    if _MARKUP.match(text):
        raise refuse("markup")
    _stem, _dot, suffix = (filename or "").rpartition(".")
    if _dot and suffix.lower() not in _TEXT_SUFFIXES:
        raise refuse("text")
    return text


def _delimiter(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line that may name it.

    Spreadsheet programs obey such a first line and do not show it.
    """
    named = re.match(rf"sep=([{_DELIMITERS}])\r?\n", text, re.IGNORECASE)
    if named:
        return named[1], text[named.end() :]

    # The separator that makes the most of the header is the right one. Counting signs
    # would not do: decimal commas outnumber semicolons.
    def merit(delimiter):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        with contextlib.suppress(csv.Error):
            header = next((cells for cells in reader if any(map(cell_text, cells))), [])
            return len({KEY_OF_HEADER.get(normal(cell)) for cell in header} - {None})
        return -1

    return max(_DELIMITERS, key=merit), text


# --- checking -----------------------------------------------------------------------------
