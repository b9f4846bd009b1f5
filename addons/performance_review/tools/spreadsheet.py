"""HR's spreadsheet of appraisal results and KPI lines (SPEC C6): read, check, template.

Two steps, so that a fault of the file and the faults of its rows are told apart:
`read_table` turns an xlsx or csv file into raw rows or raises one `SheetError`;
`parse_rows` turns raw rows into `KpiRow`, or into every `RowError` there is. Neither knows
the database: who an employee is and which ratings exist is the caller's question.
"""

import contextlib
import csv
import io
import math
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import openpyxl
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .achievement import DOWN, UP, same_number

# Canonical key -> (English header, Chinese header, synonyms …). How headers are compared
# is said at `_normal`; case, spaces, marks and hints in brackets play no part.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "employee": (
            "Employee",
            "员工",
            *("Employee ID", "Employee No", "Employee Number", "Employee Code", "Staff"),
            *("Staff ID", "Staff No", "Staff Number", "Personnel Number", "E-mail", "Mail"),
            *("E-mail Address", "Work E-mail", "Employee E-mail", "Badge", "Badge ID"),
            *("Badge No", "Badge Number", "Registration Number", "Registration No"),
            *(
                "员工号",
                "员工编号",
                "员工工号",
                "员工代码",
                "员工邮箱",
                "工号",
                "职工号",
                "人员编号",
            ),
            *("邮箱", "工作邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址", "企业邮箱", "胸牌号"),
            *("工牌号", "工牌", "工卡号", "登记号", "注册号", "被考核人", "职员", "人员"),
        ),
        "kpi": (
            "KPI",
            "指标",
            *("KPI Name", "Key Performance Indicator", "Performance Indicator", "Indicator"),
            *("Indicator Name", "Measure", "Metric", "Metric Name", "Goal", "Goal Name"),
            *("Objective", "KPI名称", "KPI指标", "指标名称", "指标项", "考核指标", "绩效指标"),
            *("关键绩效指标", "关键指标", "考核项", "考核项目", "考核内容", "目标名称"),
        ),
        "unit": (
            "Unit",
            "单位",
            *("Units", "UoM", "Unit of Measure", "Measurement Unit"),
            *("计量单位", "指标单位", "度量单位"),
        ),
        "weight": (
            "Weight",
            "权重",
            *("Weighting", "KPI Weight", "Weight Percent", "Share"),
            *("指标权重", "权重占比", "占比", "比重", "权重分"),
        ),
        "baseline": (
            "Baseline",
            "基线值",
            *("Base", "Base Value", "Baseline Value", "Start", "Start Value", "Starting Value"),
            *("Previous", "Previous Value", "Last Period", "基线", "基准", "基准值", "基数"),
            *("初始值", "起始值", "起点值", "上期值", "上期实际", "上期实际值", "历史值"),
        ),
        "target": (
            "Target",
            "目标值",
            *("Target Value", "Planned", "Plan", "Plan Value", "Planned Value", "Goal Value"),
            *("目标", "计划值", "指标值", "目标数", "目标数值", "考核目标值", "计划", "目标分值"),
        ),
        "actual": (
            "Actual",
            "实际值",
            *("Actual Value", "Achieved", "Result", "Current", "Current Value", "Realised"),
            *("Realized", "Actual Result", "实际", "实际完成", "实际完成值", "完成值", "实绩"),
            *("完成情况", "达成值", "实际达成", "实际达成值", "当前值", "实际结果", "结果"),
        ),
        "direction": (
            "Direction",
            "方向",
            *("Better", "Better When", "Polarity", "KPI Direction", "Target Direction"),
            *("指标方向", "目标方向", "考核方向", "极性", "指标极性", "指标性质", "正反向"),
            *("正向反向", "正负向"),
        ),
        "rating": (
            "Rating",
            "绩效等级",
            *("Appraisal Rating", "Performance Rating", "Overall Rating", "Final Rating", "Grade"),
            *("Rating Level", "等级", "评级", "绩效评级", "考核等级", "考核结果"),
            *("评定等级", "绩效结果", "综合评级", "综合等级", "最终评级", "评价等级"),
        ),
    }
)
REQUIRED_COLUMNS = ("employee", "kpi", "target")

MAX_KPI_LENGTH = 200
MAX_UNIT_LENGTH = 40

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

_UP_WORDS = (
    *("up", "higher", "high", "more", "bigger", "larger", "greater", "increase", "increasing"),
    *("rise", "positive", "maximize", "maximise", "max", "ascending"),
    *("more is better", "higher is better", "bigger is better", "larger is better"),
    *("greater is better", "up is better", "the more the better", "the higher the better"),
    *(
        "越高越好",
        "越大越好",
        "越多越好",
        "越快越好",
        "越长越好",
        "正向",
        "正",
        "正向指标",
        "正指标",
    ),
    *("高", "大", "多", "升", "上升", "向上", "提高", "提升", "增加", "增长", "望大", "极大型"),
    *("↑", "⬆", "▲", "↗", "+"),
)
_DOWN_WORDS = (
    *("down", "lower", "low", "less", "fewer", "smaller", "decrease", "decreasing", "reduce"),
    *("fall", "negative", "minimize", "minimise", "min", "descending"),
    *("less is better", "lower is better", "smaller is better", "fewer is better"),
    *("down is better", "the less the better", "the lower the better", "the fewer the better"),
    *(
        "越低越好",
        "越小越好",
        "越少越好",
        "越慢越好",
        "越短越好",
        "反向",
        "负向",
        "逆向",
        "反",
        "负",
    ),
    *(
        "反向指标",
        "负向指标",
        "逆向指标",
        "负指标",
        "逆指标",
        "低",
        "小",
        "少",
        "降",
        "下降",
        "向下",
    ),
    *("降低", "减少", "望小", "极小型", "↓", "⬇", "▼", "↘", "-"),
)


class SheetError(Exception):
    """The file as a whole cannot be read.

    :ivar code: ``type`` (neither xlsx nor csv), ``unreadable`` (damaged, or protected),
        ``too_large``, ``empty`` (no header, or no row below it), ``missing_columns``,
        ``duplicate_columns`` or ``too_many_rows``.
    :ivar params: the particulars. ``type``: filename, detected (xls, pdf, image, archive,
        rtf, markup, text or binary). ``unreadable``: filename, and row where one line of a
        csv file is at fault. ``too_large``: limit_mb. ``missing_columns``: columns, the
        canonical keys. ``duplicate_columns``: columns, and headers as they stand in the
        file. ``too_many_rows``: limit.
    """

    def __init__(self, code: str, params: dict[str, object] | None = None):
        self.code = code
        self.params = params or {}
        super().__init__(code, self.params)


@dataclass(frozen=True)
class KpiRow:
    """One good row. Figures are in the row's own unit, the weight is relative."""

    row: int
    employee: str
    kpi: str
    unit: str
    weight: float
    baseline: float
    target: float
    actual: float | None
    direction: str
    rating: str


@dataclass(frozen=True)
class RowError:
    """One fault of one row; a row may have several.

    ``params`` always names the `column` (canonical key), and the `value` as text where
    there is one. Codes: ``employee_missing``, ``kpi_missing``, ``target_missing``,
    ``not_a_number``, ``weight_negative``, ``target_is_baseline``, ``direction_unknown``,
    ``duplicate_kpi`` (also: employee, first_row) and ``too_long`` (also: limit, length).
    """

    row: int
    code: str
    params: dict[str, object]


# --- reading ------------------------------------------------------------------------------


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
    return cells.count(None) == len(cells) or not any(map(_text, cells))


def _positions(header: Sequence[object]) -> dict[str, int]:
    """Return the index of each known column, in the order of `COLUMNS`."""
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(header):
        key = _KEY_OF_HEADER.get(_normal(cell))
        if key:
            found.setdefault(key, []).append(index)
    missing = [key for key in REQUIRED_COLUMNS if key not in found]
    if missing:
        raise SheetError("missing_columns", {"columns": missing})
    twice = [key for key in COLUMNS if len(found.get(key, ())) > 1]
    if twice:
        headers = [_text(header[index]) for key in twice for index in found[key]]
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
            width = width or (len(cells) if any(map(_text, cells)) else 0)
            # 1,234 without quotation marks is two cells and shifts all that follow.
            if any(map(_text, cells[width:])):
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
            header = next((cells for cells in reader if any(map(_text, cells))), [])
            return len({_KEY_OF_HEADER.get(_normal(cell)) for cell in header} - {None})
        return -1

    return max(_DELIMITERS, key=merit), text


# --- checking -----------------------------------------------------------------------------


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
        if not _text(value):
            return default
        try:
            return _number(value)
        except ValueError:
            fault("not_a_number", column, value=_shown(value))
            return math.nan  # neither missing nor equal to, or below, anything

    employee = identifier(cells.get("employee"))
    kpi = _text(cells.get("kpi"))
    unit = _text(cells.get("unit"))
    if not employee:
        fault("employee_missing", "employee")
    if not kpi:
        fault("kpi_missing", "kpi")
    for column, value, limit in (("kpi", kpi, MAX_KPI_LENGTH), ("unit", unit, MAX_UNIT_LENGTH)):
        if len(value) > limit:
            fault("too_long", column, value=_shown(value), limit=limit, length=len(value))
    weight = read_number("weight", 1.0)
    baseline = read_number("baseline", 0.0)
    target = read_number("target", None)
    actual = read_number("actual", None)
    if weight < 0:
        fault("weight_negative", "weight", value=_shown(cells["weight"]))
    if target is None:
        fault("target_missing", "target")
    elif same_number(target, baseline):
        fault("target_is_baseline", "target", value=_shown(cells["target"]))
    direction = _direction(cells.get("direction"))
    if not direction:
        fault("direction_unknown", "direction", value=_shown(cells["direction"]))
    if employee and kpi:
        key = (employee.casefold(), unicodedata.normalize("NFKC", kpi).casefold())
        first_row = first_rows.setdefault(key, number)
        if first_row != number:
            fault("duplicate_kpi", "kpi", value=kpi, employee=employee, first_row=first_row)
    if faults:
        return None, faults
    rating = _text(cells.get("rating"))
    row = KpiRow(number, employee, kpi, unit, weight, baseline, target, actual, direction, rating)
    return row, faults


# Characters without width, which `str.split` does not take for space.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))


def _text(value: object) -> str:
    """Return a cell as text without surplus space; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).translate(_INVISIBLE).split())


def identifier(value: object) -> str:
    """Return an e-mail address or number as it is stored.

    Undone: full-width characters, and what keeps or loses the zeros of a number on its way
    through a spreadsheet (10023.0, '0042, ="0042").
    """
    text = unicodedata.normalize("NFKC", _text(value))
    text = re.sub(r'^="(.*)"$', r"\1", text).removeprefix("'").strip()
    return re.sub(r"^(\d+)\.0+$", r"\1", text)


def _shown(value: object) -> str:
    """Return a cell as an error message quotes it."""
    text = _text(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


# 1,234,567 with one kind of separator throughout, none before a leading zero.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([,. '])\d{3})(?:\1\d{3})*")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.ASCII)


def _number(value: object) -> float:
    """Return a finite float.

    :raise ValueError: for anything else, also for a truth value, a date, and text that is
        not wholly a number.
    """
    if isinstance(value, bool):
        raise ValueError("a truth value is not a number")
    if isinstance(value, str):
        value = _plain_number(value)
    elif not isinstance(value, (int, float)):
        raise ValueError(f"{type(value).__name__} is not a number")
    try:
        number = float(value)
    except OverflowError as error:
        raise ValueError("too large") from error
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def _plain_number(text: str) -> str:
    """Return a number's text in Python's notation."""
    text = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    text = text.replace("\u2212", "-").replace("\u2019", "'")
    text = " ".join(text.split()).removesuffix("%").rstrip().lower()
    sign = text[:1] if text[:1] in ("+", "-") else ""
    digits = text[len(sign) :].lstrip()
    # The last point or comma is decimal if it stands alone; what is left of it may be
    # grouped, by another sign than the decimal one.
    mark = max(digits.rfind("."), digits.rfind(","))
    whole, fraction = (digits[:mark], digits[mark + 1 :]) if mark >= 0 else (digits, None)
    if fraction is not None and (
        digits.count(digits[mark]) > 1 or (digits[mark] == "," and _GROUPED.fullmatch(digits))
    ):
        whole, fraction = digits, None
    grouped = _GROUPED.fullmatch(whole)
    if grouped and (fraction is None or grouped[1] != digits[mark]):
        whole = whole.replace(grouped[1], "")
    plain = sign + whole + ("" if fraction is None else f".{fraction}")
    if not _PLAIN.fullmatch(plain):
        raise ValueError("not a number")
    return plain


def _direction(value: object) -> str | None:
    text = _text(value)
    return _DIRECTION_OF_WORD.get(_normal(text)) if text else UP


def _normal(value: object) -> str:
    """Return a header or keyword as it is compared.

    Full-width characters count as their narrow form; case, space, punctuation and hints in
    brackets do not count: "目标值 (必填) *" is "目标值".
    """
    text = unicodedata.normalize("NFKC", _text(value)).casefold()
    bare = re.sub(r"[(\[{\u3010\u3014].*?(?:[)\]}\u3011\u3015]|$)", "", text)
    for candidate in (bare, text):
        letters = "".join(filter(str.isalnum, candidate))
        if letters:
            return letters
    # Arrows and signs; some of them carry an invisible choice between text and picture.
    return text.replace("\ufe0e", "").replace("\ufe0f", "")


_KEY_OF_HEADER = {_normal(header): key for key, headers in COLUMNS.items() for header in headers}
_DIRECTION_OF_WORD = {
    **{_normal(word): UP for word in _UP_WORDS},
    **{_normal(word): DOWN for word in _DOWN_WORDS},
}


# --- template -----------------------------------------------------------------------------

# Validation and text format reach a little below the rows most companies need.
_TEMPLATE_ROWS = 5000
_REQUIRED_FILL = PatternFill("solid", start_color="714B67")
_OPTIONAL_FILL = PatternFill("solid", start_color="8F8F8F")
_WIDTHS = (30, 34, 10, 10, 12, 12, 12, 20, 14)


@dataclass(frozen=True)
class _TemplateTexts:
    """The words of the template in one language; `meanings` follow `COLUMNS`."""

    header: int  # index into the headers of a column
    sheet: str
    guide: str
    directions: tuple[str, str]
    direction_hint: str
    employee_hint: str
    guide_header: tuple[str, str, str]
    required: tuple[str, str]
    meanings: tuple[str, ...]
    notes: tuple[str, ...]
    example_title: str
    examples: tuple[tuple[object, ...], ...]


_ENGLISH = _TemplateTexts(
    header=0,
    sheet="KPIs",
    guide="How to",
    directions=("more is better", "less is better"),
    direction_hint="Choose one of the list; empty means: more is better.",
    employee_hint=" (e-mail, badge or registration number)",
    guide_header=("Column", "Needed", "Meaning"),
    required=("required", "optional"),
    meanings=(
        "Who it is about: work e-mail, badge number or registration number.",
        f"What is measured, at most {MAX_KPI_LENGTH} characters. Once per employee.",
        f"Unit of the figures (%, days, pieces), at most {MAX_UNIT_LENGTH} characters.",
        "How much it counts beside the employee's other KPIs; empty means 1.",
        "The value at the start of the period; empty means 0.",
        "The value agreed upon. It must differ from the baseline.",
        "The value reached; leave it empty as long as it is not known.",
        "more is better, or less is better; empty means: more is better.",
        "The overall rating, as it is called in the rating scale. One per employee.",
    ),
    notes=(
        "Fill in the first sheet, one row for each KPI. This sheet is not read.",
        "The order of the columns does not matter, and further columns do no harm.",
        "Nothing is stored before every row is right: wrong rows are named with the reason.",
    ),
    example_title="An example",
    examples=(
        ("anna@example.com", "Orders shipped on time", "%", 2, 88, 95, 96.5, 0, "B"),
        ("10023", "Complaints per month", "pieces", 1, 14, 6, 8, 1, "C"),
    ),
)
_CHINESE = _TemplateTexts(
    header=1,
    sheet="指标数据",
    guide="填写说明",
    directions=("越高越好", "越低越好"),
    direction_hint="请从列表中选择；留空表示越高越好。",
    employee_hint="（邮箱、工牌号或工号）",
    guide_header=("列", "是否必填", "含义"),
    required=("必填", "选填"),
    meanings=(
        "指标属于谁：工作邮箱、工牌号或工号。",
        f"衡量什么，不超过 {MAX_KPI_LENGTH} 个字。同一员工的指标不可重复。",
        f"数值的单位（%、天、件），不超过 {MAX_UNIT_LENGTH} 个字。",
        "与该员工其他指标相比的分量；留空表示 1。",
        "期初的数值；留空表示 0。",
        "约定达到的数值，不能与基线值相同。",
        "已经达到的数值；尚不清楚时请留空。",
        "越高越好，或越低越好；留空表示越高越好。",
        "总体绩效等级，名称或代码与系统中的绩效等级一致。每位员工一个。",
    ),
    notes=(
        "请填写第一张工作表，每个指标一行。本工作表不会被读取。",
        "列的先后顺序不限，多出的列不影响导入。",
        "所有行都正确之后才会保存；有误的行会逐行说明原因。",
    ),
    example_title="示例",
    examples=(
        ("anna@example.com", "订单准时发货率", "%", 2, 88, 95, 96.5, 0, "B"),
        ("10023", "每月客户投诉数", "件", 1, 14, 6, 8, 1, "C"),
    ),
)


def build_template(lang: str) -> bytes:
    """Return an xlsx file to fill in.

    Its first sheet has the headers and nothing else, so that no example is imported by
    mistake; a second one tells what the columns mean and shows two rows. `read_table` takes
    the untouched template for ``empty``.

    :param lang: language code; Chinese for ``zh…``, English for any other.
    :return: the file's content.
    """
    texts = _CHINESE if (lang or "").lower().startswith("zh") else _ENGLISH
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
    for headers, key, meaning in zip(COLUMNS.values(), COLUMNS, texts.meanings, strict=True):
        sheet.append((headers[texts.header], texts.required[key not in REQUIRED_COLUMNS], meaning))
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
    _add_header(sheet, sheet.max_row + 1, [headers[texts.header] for headers in COLUMNS.values()])
    place = list(COLUMNS).index("direction")
    for example in texts.examples:
        cells = list(example)
        cells[place] = texts.directions[cells[place]]
        sheet.append(cells)
    for column, width in enumerate((30, 34, 64, 10, 12, 12, 12, 20, 14), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def _template_headers(texts):
    for key, headers in COLUMNS.items():
        hint = texts.employee_hint if key == "employee" else ""
        yield f"{headers[texts.header]}{hint}{' *' if key in REQUIRED_COLUMNS else ''}"


def _add_header(sheet, row, headers):
    for column, (key, header) in enumerate(zip(COLUMNS, headers, strict=True), start=1):
        cell = sheet.cell(row, column, header)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _REQUIRED_FILL if key in REQUIRED_COLUMNS else _OPTIONAL_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center")
