"""What the spreadsheet consists of: its columns, its rows and what may be wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from . import words_en, words_zh

LANGUAGES = {"en": words_en, "zh": words_zh}

# Canonical key -> (English header, Chinese header, synonyms …). How headers are compared
# is said at `cells.normal`; case, spaces, marks and hints in brackets play no part.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        key: (
            *(words.HEADERS[key][0] for words in LANGUAGES.values()),
            *(header for words in LANGUAGES.values() for header in words.HEADERS[key][1:]),
        )
        for key in words_en.HEADERS
    }
)
REQUIRED_COLUMNS = ("employee", "kpi", "target")

MAX_KPI_LENGTH = 200
MAX_UNIT_LENGTH = 40

# Signs are understood in every language.
UP_WORDS = (*words_en.UP, *words_zh.UP, *("↑", "⬆", "▲", "↗", "+"))
DOWN_WORDS = (*words_en.DOWN, *words_zh.DOWN, *("↓", "⬇", "▼", "↘", "-"))


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
