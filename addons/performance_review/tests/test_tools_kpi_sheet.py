import csv
import io
import math
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, asdict
from datetime import date, datetime
from unittest import TestCase
from unittest.mock import patch

import openpyxl
from openpyxl.chart import BarChart, Reference

from ..tools.kpi_sheet import (
    COLUMNS,
    REQUIRED_COLUMNS,
    KpiRow,
    RowError,
    SheetError,
    build_template,
    columns,
    parse_rows,
    read_table,
    reading,
    template,
)
from ..tools.kpi_sheet.cells import normal

KEYS = (
    *("employee", "kpi", "unit", "weight", "baseline", "target", "actual", "direction", "rating"),
)
HEADER = ("Employee", "KPI", "Target")
GOOD = {
    "employee": "anna@example.com",
    "kpi": "Orders on time",
    "unit": "%",
    "weight": 2,
    "baseline": 88,
    "target": 95,
    "actual": 96.5,
    "direction": "up",
    "rating": "B",
}


def xlsx(*sheets, hidden=()):
    """Return a workbook with the rows of each sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for index, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"Sheet {index}")
        for row in rows:
            sheet.append(row)
        if index in hidden:
            sheet.sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def repack(content, change):
    """Return the package with every part passed through `change(name, data)`."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return stream.getvalue()


def csv_text(*rows, delimiter=","):
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue()


class SheetCase(TestCase):
    maxDiff = None

    @contextmanager
    def assertSheetError(self, code, **params):
        with self.assertRaises(SheetError) as caught:
            yield caught
        self.assertEqual(caught.exception.code, code)
        for name, value in params.items():
            self.assertEqual(caught.exception.params.get(name), value, name)


class TestColumns(SheetCase):
    def test_keys_in_order(self):
        self.assertEqual(tuple(COLUMNS), KEYS)
        self.assertEqual(REQUIRED_COLUMNS, ("employee", "kpi", "target"))

    def test_english_comes_first_then_chinese(self):
        for headers in COLUMNS.values():
            self.assertTrue(headers[0].isascii())
            self.assertFalse(headers[1].isascii())

    def test_no_header_means_two_things(self):
        seen = {}
        for key, headers in COLUMNS.items():
            for header in headers:
                name = normal(header)
                self.assertTrue(name, header)
                self.assertEqual(seen.setdefault(name, key), key, header)

    def test_it_cannot_be_changed(self):
        with self.assertRaises(TypeError):
            COLUMNS["employee"] = ()

    def test_every_header_is_read(self):
        for key, headers in COLUMNS.items():
            others = [other for other in REQUIRED_COLUMNS if other != key]
            for header in headers:
                with self.subTest(header=header):
                    content = csv_text([header, *others], ["x", *others]).encode()
                    [(_row, cells)] = read_table(content, "a.csv")
                    self.assertEqual(cells, {**dict(zip(others, others, strict=True)), key: "x"})

    def test_spelling_of_headers(self):
        for header in (
            *("target", "TARGET", " Target ", "Target*", "* Target:", "target_value"),
            *("Target-Value", "TargetValue", "Target (required)", "Target [%]", "Ｔａｒｇｅｔ"),
            *(
                "目标值(必填)",
                "目标值（必填）",
                "目 标 值",
                "目标值＊",
                "目标值【必填】",
                "*目标值：",
                "目标",
            ),
            *("Target\n(required)", "Target (open", "\ufeffTarget", "目标值〔年〕", "\u200bTarget"),
        ):
            with self.subTest(header=header):
                content = xlsx([("Employee", "KPI", header), ("a", "b", 3)])
                self.assertEqual(read_table(content, "a.xlsx")[0][1]["target"], 3)

    def test_hint_that_is_the_whole_header(self):
        content = csv_text(["(Employee)", "[KPI]", "（目标值）"], ["a", "b", "3"]).encode()
        self.assertEqual(
            read_table(content, "a.csv"), [(2, {"employee": "a", "kpi": "b", "target": "3"})]
        )

    def test_employee_with_its_hint(self):
        header = "Employee (e-mail, badge or registration number)"
        content = csv_text([header, "KPI", "Target"], ["a", "b", "3"]).encode()
        self.assertEqual(read_table(content, "a.csv")[0][1]["employee"], "a")


class TestReadXlsx(SheetCase):
    def test_rows(self):
        rows = [
            ("Target", "Employee", "KPI", "Rating", "Note"),
            (95, "anna@example.com", "Orders", "B", "not read"),
            (6.5, 10023, "Complaints", None, None),
        ]
        self.assertEqual(
            read_table(xlsx(rows), "kpi.xlsx"),
            [
                (
                    2,
                    {"employee": "anna@example.com", "kpi": "Orders", "target": 95, "rating": "B"},
                ),
                (3, {"employee": 10023, "kpi": "Complaints", "target": 6.5, "rating": None}),
            ],
        )

    def test_raw_values_keep_their_type(self):
        rows = [HEADER, ("a", True, date(2026, 3, 1)), (" a ", "b", 0.1)]
        first, second = read_table(xlsx(rows), "kpi.xlsx")
        self.assertIs(first[1]["kpi"], True)
        self.assertEqual(first[1]["target"], datetime(2026, 3, 1))
        self.assertEqual(second[1], {"employee": " a ", "kpi": "b", "target": 0.1})

    def test_row_numbers_are_those_of_the_sheet(self):
        rows = [(), ("", None, " "), HEADER, (), ("a", "b", 3), (None, "\u3000"), (), ("c", "d", 4)]
        self.assertEqual([row for row, _cells in read_table(xlsx(rows), "k.xlsx")], [5, 8])

    def test_row_with_something_in_a_column_we_do_not_read_is_not_empty(self):
        rows = [(*HEADER, "Note"), (None, None, None, "total")]
        self.assertEqual(
            read_table(xlsx(rows), "k.xlsx"), [(2, {"employee": None, "kpi": None, "target": None})]
        )

    def test_zero_and_false_are_no_empty_cells(self):
        rows = [HEADER, (None, None, 0), (None, None, False)]
        self.assertEqual(len(read_table(xlsx(rows), "k.xlsx")), 2)

    def test_first_sheet(self):
        content = xlsx([HEADER, ("a", "b", 1)], [HEADER, ("c", "d", 2)])
        self.assertEqual(read_table(content, "k.xlsx")[0][1]["employee"], "a")

    def test_hidden_sheets_are_not_the_first(self):
        content = xlsx([("list", "of", "ratings")], [HEADER, ("c", "d", 2)], hidden=[0])
        self.assertEqual(read_table(content, "k.xlsx")[0][1]["employee"], "c")

    def test_formulas_by_their_last_result(self):
        content = xlsx([HEADER, ("a", "b", "=1+1")])
        self.assertIsNone(read_table(content, "k.xlsx")[0][1]["target"])
        cached = repack(
            content,
            lambda name, data: (
                data.replace(b"<v></v>", b"<v>2</v>")
                .replace(b"<v/>", b"<v>2</v>")
                .replace(b"<v />", b"<v>2</v>")
            ),
        )
        self.assertEqual(read_table(cached, "k.xlsx")[0][1]["target"], 2)

    def test_name_does_not_matter(self):
        content = xlsx([HEADER, ("a", "b", 1)])
        for name in ("k.csv", "k.XLSX", "k", "", None, "k.png"):
            with self.subTest(name=name):
                self.assertEqual(len(read_table(content, name)), 1)

    def test_size_written_down_is_not_believed(self):
        content = xlsx([HEADER, ("a", "b", 1), ("c", "d", 2)])
        for size in (b"A1", b"A1:XFD1048576", b"A1:B2"):
            with self.subTest(size=size):
                wrong = repack(
                    content,
                    lambda _name, data, size=size: data.replace(b'ref="A1:C3"', b'ref="%s"' % size),
                )
                self.assertNotEqual(wrong, content)
                self.assertEqual(
                    [cells["target"] for _row, cells in read_table(wrong, "k.xlsx")], [1, 2]
                )

    def test_cell_in_the_last_column_is_left_out(self):
        content = repack(
            xlsx([HEADER, ("a", "b", 1)]),
            lambda _name, data: data.replace(
                b"</row></sheetData>", b'<c r="XFD2"><v>1</v></c></row></sheetData>'
            ),
        )
        self.assertEqual(
            read_table(content, "k.xlsx"), [(2, {"employee": "a", "kpi": "b", "target": 1})]
        )

    def test_row_far_below_the_last_one(self):
        content = repack(
            xlsx([HEADER, ("a", "b", 1)]),
            lambda _name, data: data.replace(b'<row r="2"', b'<row r="99999999999"'),
        )
        with self.assertSheetError("unreadable", filename="k.xlsx"):
            read_table(content, "k.xlsx")

    def test_last_row_of_a_sheet_is_read(self):
        content = repack(
            xlsx([HEADER, ("a", "b", 1)]),
            lambda _name, data: data.replace(b'<row r="2"', b'<row r="1048576"'),
        )
        self.assertEqual(read_table(content, "k.xlsx")[0][0], 1048576)

    def test_too_many_rows(self):
        rows = [HEADER, ("a", "b", 1), (), ("c", "d", 2)]
        self.assertEqual(len(read_table(xlsx(rows), "k.xlsx", max_rows=2)), 2)
        with self.assertSheetError("too_many_rows", limit=2):
            read_table(xlsx([*rows, ("e", "f", 3)]), "k.xlsx", max_rows=2)

    def test_empty(self):
        for rows in ([], [()], [("", None)], [HEADER], [(), HEADER, (), (None, " ", "")]):
            with self.subTest(rows=rows), self.assertSheetError("empty"):
                read_table(xlsx(rows), "k.xlsx")

    def test_only_a_chart(self):
        workbook = openpyxl.Workbook()
        chart = BarChart()
        chart.add_data(Reference(workbook.active, min_col=1, min_row=1, max_row=2))
        workbook.create_chartsheet("Chart").add_chart(chart)
        stream = io.BytesIO()
        workbook.save(stream)
        only_chart = repack(
            stream.getvalue(),
            lambda name, data: None if name.startswith("xl/worksheets/") else data,
        )
        with self.assertSheetError("unreadable", filename="k.xlsx"):
            read_table(only_chart, "k.xlsx")

    def test_missing_columns(self):
        for header, missing in (
            (("Employee", "KPI", "Actual"), ["target"]),
            (("Rating", "Name"), ["employee", "kpi", "target"]),
            (("KPI results 2026",), ["employee", "kpi", "target"]),
        ):
            with (
                self.subTest(header=header),
                self.assertSheetError("missing_columns", columns=missing),
            ):
                read_table(xlsx([header, ("a", "b", 1)]), "k.xlsx")

    def test_duplicate_columns(self):
        header = ("员工", "工号", "KPI", "Target", "Plan", "Note", "Note")
        with self.assertSheetError(
            "duplicate_columns",
            columns=["employee", "target"],
            headers=["员工", "工号", "Target", "Plan"],
        ):
            read_table(xlsx([header, ("a", "b", 1)]), "k.xlsx")

    def test_damaged(self):
        good = xlsx([HEADER, ("a", "b", 1)])

        def without(part):
            return repack(good, lambda name, data: None if name == part else data)

        def spoilt(part):
            return repack(good, lambda name, data: data[:-20] if name == part else data)

        damaged = {
            "cut off": good[: len(good) // 2],
            "signature only": good[:4],
            "no types": without("[Content_Types].xml"),
            "no sheet": without("xl/worksheets/sheet1.xml"),
            "no relations": without("xl/_rels/workbook.xml.rels"),
            "sheet cut off": spoilt("xl/worksheets/sheet1.xml"),
            "workbook cut off": spoilt("xl/workbook.xml"),
        }
        for name, content in damaged.items():
            with self.subTest(name), self.assertSheetError("unreadable", filename="k.xlsx"):
                read_table(content, "k.xlsx")

    def test_flipped_bytes_never_raise_anything_else(self):
        good = xlsx([HEADER, *(("a", f"b{number}", number) for number in range(20))])
        for position in range(0, len(good), 7):
            content = bytearray(good)
            content[position] ^= 0xFF
            try:
                read_table(bytes(content), "k.xlsx")
            except SheetError:
                continue

    def test_entities_do_not_unfold(self):
        bomb = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % b"".join(
            b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 20) for level in range(1, 9)
        )
        content = repack(
            xlsx([HEADER, ("a", "b", 1)]),
            lambda name, data: (
                data.replace(b"<worksheet", bomb + b"<worksheet").replace(
                    b"<v>1</v>", b"<v>&a8;</v>"
                )
                if name.startswith("xl/worksheets/")
                else data
            ),
        )
        with self.assertSheetError("unreadable"):
            read_table(content, "k.xlsx")

    def test_zip_bomb(self):
        content = repack(
            xlsx([HEADER, ("a", "b", 1)]),
            lambda name, data: b" " * 2_000_000 if name.endswith("theme1.xml") else data,
        )
        with (
            patch.object(reading, "MAX_BYTES", 1024**2),
            self.assertSheetError("too_large", limit_mb=1),
        ):
            read_table(content, "k.xlsx")

    def test_size_is_the_sum_of_all_parts(self):
        content = xlsx([HEADER, ("a", "b", 1)])
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            total = sum(part.file_size for part in package.infolist())
        with patch.object(reading, "MAX_BYTES", total):
            self.assertEqual(len(read_table(content, "k.xlsx")), 1)
        with patch.object(reading, "MAX_BYTES", total - 1), self.assertSheetError("too_large"):
            read_table(content, "k.xlsx")

    def test_real_limit(self):
        self.assertEqual(reading.MAX_BYTES, 100 * 1024 * 1024)

    def test_files_are_closed(self):
        content = xlsx([HEADER, ("a", "b", 1), ("c", "d", 2)])
        with patch.object(openpyxl.Workbook, "close", autospec=True) as close:
            read_table(content, "k.xlsx")
            with self.assertSheetError("too_many_rows"):
                read_table(content, "k.xlsx", max_rows=1)
        self.assertEqual(close.call_count, 2)


class TestReadCsv(SheetCase):
    expected = ((2, {"employee": "安娜@例.cn", "kpi": "准时率", "target": "95"}),)
    rows = (("员工", "指标", "目标值"), ("安娜@例.cn", "准时率", "95"))

    def test_encodings(self):
        text = csv_text(*self.rows)
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"):
            with self.subTest(encoding=encoding):
                self.assertEqual(read_table(text.encode(encoding), "k.csv"), list(self.expected))
        for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
            with self.subTest(encoding=encoding):
                self.assertEqual(
                    read_table(mark + text.encode(encoding), "k.csv"), list(self.expected)
                )

    def test_delimiters(self):
        for delimiter in ",;\t":
            with self.subTest(delimiter=delimiter):
                text = csv_text(*self.rows, delimiter=delimiter)
                self.assertEqual(read_table(text.encode(), "k.csv"), list(self.expected))

    def test_delimiter_by_the_header_not_by_counting(self):
        text = "Employee;KPI;Target\nanna;On time, in full, undamaged;1,5\n"
        self.assertEqual(
            read_table(text.encode(), "k.csv"),
            [(2, {"employee": "anna", "kpi": "On time, in full, undamaged", "target": "1,5"})],
        )

    def test_delimiter_named_in_the_first_line(self):
        for line in ("sep=;\r\n", "SEP=;\n"):
            with self.subTest(line=line):
                text = f"{line}Employee;KPI;Target\nanna;b;1\n"
                self.assertEqual([row for row, _cells in read_table(text.encode(), "k.csv")], [2])

    def test_line_ends(self):
        for end in ("\n", "\r\n", "\r"):
            with self.subTest(end=end):
                text = end.join(["Employee,KPI,Target", "a,b,1", "", "c,d,2"])
                self.assertEqual(
                    [row for row, _cells in read_table(text.encode(), "k.csv")], [2, 4]
                )

    def test_quotation_marks(self):
        text = 'Employee,KPI,Target\n"a","b ""c"", d\ne","1,234"\nf,5" pipe,2\n'
        self.assertEqual(
            read_table(text.encode(), "k.csv"),
            [
                (2, {"employee": "a", "kpi": 'b "c", d\ne', "target": "1,234"}),
                (3, {"employee": "f", "kpi": '5" pipe', "target": "2"}),
            ],
        )

    def test_open_quotation_mark_swallows_no_rows(self):
        text = 'Employee,KPI,Target\na,b,1\nc,"d,2\ne,f,3\n'
        with self.assertSheetError("unreadable", filename="k.csv", row=3):
            read_table(text.encode(), "k.csv")

    def test_open_quotation_mark_in_the_header(self):
        with self.assertSheetError("unreadable", row=1):
            read_table(b'Employee,"KPI,Target\na,b,1\n', "k.csv")

    def test_thousands_separator_that_shifts_the_cells(self):
        text = "Employee,KPI,Target,Actual\na,b,1,2\na,b,1,234,5\n"
        with self.assertSheetError("unreadable", filename="k.csv", row=3):
            read_table(text.encode(), "k.csv")

    def test_rows_shorter_or_longer_than_the_header(self):
        text = "\n,,\nEmployee,KPI,Target,Actual\na,b\nc,d,1,2,,\n"
        self.assertEqual(
            read_table(text.encode(), "k.csv"),
            [
                (4, {"employee": "a", "kpi": "b", "target": None, "actual": None}),
                (5, {"employee": "c", "kpi": "d", "target": "1", "actual": "2"}),
            ],
        )

    def test_title_above_the_header_is_taken_for_the_header(self):
        with self.assertSheetError("missing_columns"):
            read_table(b"KPI results\nEmployee,KPI,Target\na,b,1\n", "k.csv")

    def test_cell_beyond_the_limit_of_python(self):
        # Odoo raises that limit to 500 MB, plain Python has 128 KB.
        self.addCleanup(csv.field_size_limit, csv.field_size_limit(1000))
        text = f"Employee,KPI,Target\na,{'b' * 1001},1\n"
        with self.assertSheetError("unreadable", row=2):
            read_table(text.encode(), "k.csv")
        with self.assertSheetError("unreadable", row=1):
            read_table(b"Employee,KPI,Target" + b"x" * 1001, "k.csv")
        csv.field_size_limit(2000)
        self.assertEqual(len(read_table(text.encode(), "k.csv")[0][1]["kpi"]), 1001)

    def test_end_mark_of_dos(self):
        self.assertEqual(
            read_table(b"Employee,KPI,Target\na,b,1\n\x1a", "k.csv")[0][1]["target"], "1"
        )

    def test_names_for_text(self):
        for name in ("k.csv", "K.CSV", "k.txt", "k.tsv", "k", "", None, "my.dir.k.csv", "k."):
            with self.subTest(name=name):
                self.assertEqual(len(read_table(b"Employee,KPI,Target\na,b,1", name)), 1)
        for name in ("k.xlsx", "k.xls", "k.pdf", "k.png", "k.csv.exe"):
            with (
                self.subTest(name=name),
                self.assertSheetError("type", detected="text", filename=name),
            ):
                read_table(b"Employee,KPI,Target\na,b,1", name)

    def test_empty(self):
        for content in (
            *(b"", b"  \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,\n,\n", b";;\n", b"\t\t"),
            *(b'"","",""\n', b"\x1a", "\u3000\n".encode()),
        ):
            with self.subTest(content=content), self.assertSheetError("empty"):
                read_table(content, "k.csv")
        with self.assertSheetError("empty"):
            read_table(b"Employee,KPI,Target\n,,\n\n", "k.csv")
        for name in ("k.xlsx", "k.pdf"):
            with self.subTest(name=name), self.assertSheetError("empty"):
                read_table(b"\n", name)

    def test_too_many_rows(self):
        text = b"Employee,KPI,Target\na,b,1\n\nc,d,2\n\n"
        self.assertEqual(len(read_table(text, "k.csv", max_rows=2)), 2)
        with self.assertSheetError("too_many_rows", limit=1):
            read_table(text, "k.csv", max_rows=1)

    def test_default_limit(self):
        lines = ["Employee,KPI,Target", *(f"a,b{number},1" for number in range(20_000))]
        self.assertEqual(len(read_table("\n".join(lines).encode(), "k.csv")), 20_000)
        with self.assertSheetError("too_many_rows", limit=20_000):
            read_table("\n".join([*lines, "a,c,1"]).encode(), "k.csv")

    def test_too_large(self):
        content = b"Employee,KPI,Target\na,b,1"
        with patch.object(reading, "MAX_BYTES", len(content)):
            self.assertEqual(len(read_table(content, "k.csv")), 1)
        with (
            patch.object(reading, "MAX_BYTES", len(content) - 1),
            self.assertSheetError("too_large"),
        ):
            read_table(content, "k.csv")

        with (
            patch.object(reading, "MAX_BYTES", 2 * 1024**2),
            self.assertSheetError("too_large", limit_mb=2),
        ):
            read_table(b"x" * (2 * 1024**2 + 1), "k.csv")

    def test_bytes_that_are_no_text(self):
        for content in (b"Employee,KPI,Target\na,\xff\xff,1", b"\xff\xfeE"):
            with self.subTest(content=content), self.assertSheetError("unreadable"):
                read_table(content, "k.csv")


class TestOtherFiles(SheetCase):
    def test_other_types(self):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as package:
            package.writestr("word/document.xml", "<w/>")
        empty_archive = io.BytesIO()
        zipfile.ZipFile(empty_archive, "w").close()
        pixel = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
        files = (
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "xls"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + pixel + zlib.compress(b"\0\0"), "image"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image"),
            (b"GIF89a\1\0\1\0", "image"),
            (b"RIFF\x24\0\0\0WEBPVP8 ", "image"),
            (b"{\\rtf1 Employee,KPI,Target}", "rtf"),
            (b"Rar!\x1a\x07\x00", "archive"),
            (b"\x1f\x8b\x08\0\0\0", "archive"),
            (archive.getvalue(), "archive"),
            (empty_archive.getvalue(), "archive"),
            (b"<?xml version='1.0'?><Workbook/>", "markup"),
            (b"\n <!DOCTYPE html><table></table>", "markup"),
            (b"\xef\xbb\xbf<html><table><tr><td>Employee", "markup"),
            (b"Employee,KPI\0,Target", "binary"),
            (b"Employee,\xff\xff,\0", "binary"),
            (b"\x7fELF\x02\x01\x01", "binary"),
            (b"Employee,KPI,Target\n\x01,b,1", "binary"),
        )
        for content, detected in files:
            for name in ("k.csv", "k.xlsx"):
                with (
                    self.subTest(content=content, name=name),
                    self.assertSheetError("type", detected=detected, filename=name),
                ):
                    read_table(content, name)

    def test_error_says_its_code(self):
        error = SheetError("too_many_rows", {"limit": 3})
        self.assertIn("too_many_rows", str(error))
        self.assertEqual(SheetError("empty").params, {})


class TestParseRows(SheetCase):
    def parse(self, **changes):
        return parse_rows([(7, {**GOOD, **changes})])

    def good(self, **changes):
        rows, errors = self.parse(**changes)
        self.assertEqual(errors, [])
        self.assertEqual(len(rows), 1)
        return rows[0]

    def bad(self, **changes):
        rows, errors = self.parse(**changes)
        self.assertEqual(rows, [])
        self.assertTrue(all(error.row == 7 for error in errors))
        return [(error.code, error.params) for error in errors]

    def test_good_row(self):
        self.assertEqual(
            self.good(),
            KpiRow(
                row=7,
                employee="anna@example.com",
                kpi="Orders on time",
                unit="%",
                weight=2.0,
                baseline=88.0,
                target=95.0,
                actual=96.5,
                direction="up",
                rating="B",
            ),
        )

    def test_figures_are_floats(self):
        row = self.good(actual=3)
        for value in (row.weight, row.baseline, row.target, row.actual):
            self.assertIs(type(value), float)

    def test_defaults(self):
        for empty in (None, "", "  ", "\u3000"):
            row = self.good(
                **dict.fromkeys(
                    ("unit", "weight", "baseline", "actual", "direction", "rating"), empty
                )
            )
            self.assertEqual(
                (row.unit, row.weight, row.baseline, row.actual, row.direction, row.rating),
                ("", 1.0, 0.0, None, "up", ""),
            )

    def test_only_the_required_columns(self):
        rows, errors = parse_rows([(2, {"employee": "a", "kpi": "b", "target": 1})])
        self.assertEqual(errors, [])
        self.assertEqual(rows, [KpiRow(2, "a", "b", "", 1.0, 0.0, 1.0, None, "up", "")])

    def test_zero_is_not_empty(self):
        row = self.good(weight=0, actual=0)
        self.assertEqual((row.weight, row.actual), (0.0, 0.0))
        self.assertEqual(self.good(target="0").target, 0.0)
        self.assertEqual(self.good(weight="0").weight, 0.0)

    def test_results_are_frozen(self):
        with self.assertRaises(FrozenInstanceError):
            self.good().weight = 3
        with self.assertRaises(FrozenInstanceError):
            RowError(1, "kpi_missing", {}).row = 2
        self.assertEqual(asdict(self.good())["rating"], "B")

    def test_numbers(self):
        for value, expected in (
            (12, 12.0),
            (0.85, 0.85),
            (-3.5, -3.5),
            ("12", 12.0),
            (" 12 ", 12.0),
            ("-12.5", -12.5),
            ("+12.5", 12.5),
            ("\u221212", -12.0),
            ("- 12", -12.0),
            (".5", 0.5),
            ("1.2E+05", 120000.0),
            ("1e-3", 0.001),
            # thousands
            ("1,234", 1234.0),
            ("1,234.5", 1234.5),
            ("1,234,567.25", 1234567.25),
            ("-1,234,567", -1234567.0),
            ("1 234,5", 1234.5),
            ("1\u00a0234\u202f567", 1234567.0),
            ("1 234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1.234.567", 1234567.0),
            ("1'234.5", 1234.5),
            ("1\u2019234\u2019567", 1234567.0),
            # decimals
            ("12,5", 12.5),
            ("1,5", 1.5),
            ("0,125", 0.125),
            ("1234,567", 1234.567),
            ("12,3456", 12.3456),
            ("1.234", 1.234),
            (",5", 0.5),
            ("123,456", 123456.0),
            # percent stays a plain number
            ("85%", 85.0),
            ("85 %", 85.0),
            ("99,5%", 99.5),
            ("８５％", 85.0),
            ("１，２３４．５", 1234.5),
            ("－５", -5.0),
            ("\u200b7\ufeff", 7.0),
        ):
            for column in ("weight", "baseline", "target", "actual"):
                if column == "weight" and expected < 0:
                    continue
                changes = {"baseline": 88.0, "target": 95.25, column: value}
                with self.subTest(column=column, value=value):
                    found = getattr(self.good(**changes), column)
                    self.assertEqual(found, expected)
                    self.assertIs(type(found), float)

    def test_not_a_number(self):
        for value in (
            *("abc", "12a", "12 34", "1,23,456", "1,234,5", "1.2.3", "1,2,3", "--5", "+-5", "5-"),
            *(
                "nan",
                "NaN",
                "inf",
                "-Infinity",
                "1e400",
                "85%%",
                "%",
                "-",
                "—",
                "N/A",
                "1/2",
                "1_000",
            ),
            *("0x10", "#DIV/0!", "1 234 5", "1234 567", "1,234 567", "٣", "1.234.5", "0,123,456"),
            *(True, False, date(2026, 1, 1), datetime(2026, 1, 1), math.nan, math.inf, 10**400),
            *("12 万", "约 5", "e5", ".", ",", "1,2345,678", "1234,567,890", "01,234,567"),
        ):
            for column in ("weight", "baseline", "target", "actual"):
                with self.subTest(column=column, value=value):
                    [(code, params)] = self.bad(**{column: value})
                    self.assertEqual(code, "not_a_number")
                    self.assertEqual(params["column"], column)
                    self.assertEqual(set(params), {"column", "value"})
                    self.assertIsInstance(params["value"], str)
                    self.assertTrue(params["value"])

    def test_values_are_quoted_as_they_stand_but_not_at_full_length(self):
        [(_code, params)] = self.bad(target=" a  b ")
        self.assertEqual(params["value"], "a b")
        [(_code, params)] = self.bad(target="x" * 60)
        self.assertEqual(params["value"], "x" * 60)
        [(_code, params)] = self.bad(target="x" * 61)
        self.assertEqual(params["value"], "x" * 59 + "…")

    def test_employee(self):
        for value, expected in (
            ("anna@example.com", "anna@example.com"),
            ("  anna@example.com\n", "anna@example.com"),
            ("ａｎｎａ＠example.com", "anna@example.com"),
            (10023, "10023"),
            (10023.0, "10023"),
            ("10023.0", "10023"),
            ("10023.00", "10023"),
            ("10023.5", "10023.5"),
            ("A10.0", "A10.0"),
            ("１００２３", "10023"),
            ("0042", "0042"),
            ("'0042", "0042"),
            ('="0042"', "0042"),
            ('=" 42 "', "42"),
            ("O'Neil", "O'Neil"),
            (1.0023e15, "1002300000000000"),
            ("\u200b7", "7"),
        ):
            with self.subTest(value=value):
                self.assertEqual(self.good(employee=value).employee, expected)

    def test_texts(self):
        row = self.good(kpi="  Orders\n on  time ", unit=" m² ", rating=4.0)
        self.assertEqual((row.kpi, row.unit, row.rating), ("Orders on time", "m²", "4"))
        self.assertEqual(self.good(kpi=2026).kpi, "2026")
        self.assertEqual(self.good(rating=4.5).rating, "4.5")

    def test_missing(self):
        for empty in (None, "", " ", "\u3000"):
            with self.subTest(empty=empty):
                self.assertEqual(
                    self.bad(employee=empty), [("employee_missing", {"column": "employee"})]
                )
                self.assertEqual(self.bad(kpi=empty), [("kpi_missing", {"column": "kpi"})])
                self.assertEqual(self.bad(target=empty), [("target_missing", {"column": "target"})])
        self.assertEqual(self.bad(employee='=""'), [("employee_missing", {"column": "employee"})])

    def test_row_without_any_cell(self):
        rows, errors = parse_rows([(3, {})])
        self.assertEqual(rows, [])
        self.assertEqual(
            [error.code for error in errors], ["employee_missing", "kpi_missing", "target_missing"]
        )

    def test_weight(self):
        self.assertEqual(
            self.bad(weight="-0.5"), [("weight_negative", {"column": "weight", "value": "-0.5"})]
        )
        self.assertEqual(
            self.bad(weight=-1), [("weight_negative", {"column": "weight", "value": "-1"})]
        )

    def test_target_is_baseline(self):
        expected = [("target_is_baseline", {"column": "target", "value": "88.0%"})]
        self.assertEqual(self.bad(target="88.0%"), expected)
        self.assertEqual(
            self.bad(target=0, baseline=None),
            [("target_is_baseline", {"column": "target", "value": "0"})],
        )
        self.assertEqual(
            [code for code, _params in self.bad(target=0.1 + 0.2, baseline=0.3)],
            ["target_is_baseline"],
        )

    def test_target_may_be_on_either_side_of_the_baseline(self):
        self.assertEqual(self.good(baseline=95, target=88, direction="up").target, 88.0)
        self.assertEqual(self.good(baseline=88, target=95, direction="down").target, 95.0)

    def test_directions(self):
        for value in (
            *("up", "UP", " Up ", "higher", "more is better", "More_is_better", "MORE-IS-BETTER"),
            *("Higher is better (default)", "the more the better", "positive", "maximise", "+"),
            *(
                "越高越好",
                "越大越好",
                "越多越好",
                "正向",
                "正向指标",
                "提高",
                "↑",
                "⬆️",
                "▲",
                "↑ 越高越好",
            ),
            *("越高越好（默认）", " 越 高 越 好 "),
        ):
            with self.subTest(value=value):
                self.assertEqual(self.good(direction=value).direction, "up")
        for value in (
            *("down", "Down", "lower", "less is better", "Less is better.", "fewer is better"),
            *("the lower the better", "negative", "minimize", "-", "－"),
            *(
                "越低越好",
                "越小越好",
                "越少越好",
                "反向",
                "负向",
                "逆向",
                "降低",
                "↓",
                "⬇️",
                "▼",
                "负向↓",
            ),
        ):
            with self.subTest(value=value):
                self.assertEqual(self.good(direction=value).direction, "down")

    def test_no_word_means_both_directions(self):
        up = set(map(normal, columns.UP_WORDS))
        down = set(map(normal, columns.DOWN_WORDS))
        self.assertFalse(up & down)
        self.assertNotIn("", up | down)

    def test_unknown_direction(self):
        for value in ("sideways", "好", "0", 0, "more is worse", True, "?", "*"):
            with self.subTest(value=value):
                self.assertEqual(
                    self.bad(direction=value),
                    [("direction_unknown", {"column": "direction", "value": str(value)})],
                )

    def test_too_long(self):
        self.assertEqual(len(self.good(kpi="指" * 200).kpi), 200)
        self.assertEqual(len(self.good(unit="u" * 40).unit), 40)
        [(code, params)] = self.bad(kpi="指" * 201)
        self.assertEqual(code, "too_long")
        self.assertEqual(
            params, {"column": "kpi", "value": "指" * 59 + "…", "limit": 200, "length": 201}
        )
        [(code, params)] = self.bad(unit="u" * 41)
        self.assertEqual(
            (code, params),
            ("too_long", {"column": "unit", "value": "u" * 41, "limit": 40, "length": 41}),
        )

    def test_surplus_space_does_not_make_a_text_too_long(self):
        self.assertEqual(len(self.good(kpi=" " * 300 + "x" * 200 + "\n").kpi), 200)

    def test_duplicates(self):
        rows = [
            (2, {"employee": "anna@example.com", "kpi": "On time", "target": 1}),
            (3, {"employee": "anna@example.com", "kpi": "Complaints", "target": 1}),
            (4, {"employee": "ben@example.com", "kpi": "On time", "target": 1}),
            (6, {"employee": " ANNA@example.com", "kpi": "on  TIME ", "target": 2}),
            (9, {"employee": "anna@example.com", "kpi": "Ｏn time", "target": 3}),
        ]
        good, errors = parse_rows(rows)
        self.assertEqual([row.row for row in good], [2, 3, 4])
        self.assertEqual(
            errors,
            [
                RowError(
                    6,
                    "duplicate_kpi",
                    {
                        "column": "kpi",
                        "value": "on TIME",
                        "employee": "ANNA@example.com",
                        "first_row": 2,
                    },
                ),
                RowError(
                    9,
                    "duplicate_kpi",
                    {
                        "column": "kpi",
                        "value": "Ｏn time",
                        "employee": "anna@example.com",
                        "first_row": 2,
                    },
                ),
            ],
        )

    def test_badge_as_text_and_as_number_is_one_employee(self):
        _good, errors = parse_rows(
            [
                (2, {"employee": 10023.0, "kpi": "x", "target": 1}),
                (3, {"employee": "10023", "kpi": "x", "target": 1}),
            ]
        )
        self.assertEqual([(error.row, error.code) for error in errors], [(3, "duplicate_kpi")])

    def test_first_of_two_counts_even_when_it_has_another_fault(self):
        good, errors = parse_rows(
            [
                (2, {"employee": "a", "kpi": "x", "target": "?"}),
                (3, {"employee": "a", "kpi": "x", "target": 1}),
            ]
        )
        self.assertEqual(good, [])
        self.assertEqual(
            [(error.row, error.code) for error in errors],
            [(2, "not_a_number"), (3, "duplicate_kpi")],
        )

    def test_rows_without_employee_or_kpi_are_no_duplicates(self):
        for missing in ("employee", "kpi"):
            rows = [(row, {**GOOD, missing: None}) for row in (2, 3)]
            with self.subTest(missing=missing):
                self.assertEqual(
                    [error.code for error in parse_rows(rows)[1]], [f"{missing}_missing"] * 2
                )

    def test_all_faults_of_a_row_at_once(self):
        found = self.bad(
            employee="",
            unit="u" * 50,
            weight=-1,
            baseline="?",
            target=None,
            actual="??",
            direction="sideways",
        )
        self.assertEqual(
            [(code, params["column"]) for code, params in found],
            [
                ("employee_missing", "employee"),
                ("too_long", "unit"),
                ("not_a_number", "baseline"),
                ("not_a_number", "actual"),
                ("weight_negative", "weight"),
                ("target_missing", "target"),
                ("direction_unknown", "direction"),
            ],
        )

    def test_number_that_is_none_hides_no_other_fault(self):
        found = self.bad(target="?", baseline="?")
        self.assertEqual([code for code, _params in found], ["not_a_number", "not_a_number"])

    def test_a_row_is_in_one_list_only_and_order_is_kept(self):
        rows = [
            (row, {**GOOD, "kpi": f"k{row}", "target": row % 3 or None}) for row in range(2, 60)
        ]
        good, errors = parse_rows(rows)
        good_rows, bad_rows = [row.row for row in good], [error.row for error in errors]
        self.assertEqual(sorted(good_rows + bad_rows), list(range(2, 60)))
        self.assertEqual(good_rows, sorted(good_rows))
        self.assertEqual(bad_rows, [row for row in range(2, 60) if row % 3 == 0])

    def test_nothing(self):
        self.assertEqual(parse_rows([]), ([], []))
        self.assertEqual(parse_rows(iter(())), ([], []))

    def test_seven_bad_rows_of_two_thousand(self):
        header = ("Employee", "KPI", "Weight", "Target", "Actual")
        rows = [
            (10000 + employee, f"KPI {kpi}", 1, 100, 90)
            for employee in range(500)
            for kpi in range(4)
        ]
        faults = {
            3: (None, "KPI", 1, 100, 90),
            500: (10100, " ", 1, 100, 90),
            700: (10150, "KPI a", 1, None, 90),
            900: (10150, "KPI b", -1, 100, 90),
            1200: (10150, "KPI c", 1, "a lot", 90),
            1500: (10150, "KPI d", 1, 0, 90),
            1999: (10000, "KPI 0", 1, 100, 90),
        }
        for index, row in faults.items():
            rows[index] = row
        good, errors = parse_rows(read_table(xlsx([header, *rows]), "kpi.xlsx"))
        self.assertEqual([error.row for error in errors], [index + 2 for index in faults])
        self.assertEqual(len(good), 1993)


class TestTemplate(SheetCase):
    def load(self, lang):
        return openpyxl.load_workbook(io.BytesIO(build_template(lang)))

    def test_untouched_it_is_empty(self):
        for lang in ("zh_CN", "en_US"):
            with self.subTest(lang=lang), self.assertSheetError("empty"):
                read_table(build_template(lang), "template.xlsx")

    def test_language(self):
        for lang in ("zh_CN", "zh", "ZH_TW", "zh-Hans"):
            with self.subTest(lang=lang):
                self.assertEqual(self.load(lang).worksheets[0]["B1"].value, "指标 *")
        for lang in ("en_US", "fr_FR", "", None, False):
            with self.subTest(lang=lang):
                self.assertEqual(self.load(lang).worksheets[0]["B1"].value, "KPI *")

    def test_headers(self):
        for lang, index in (("en_US", 0), ("zh_CN", 1)):
            with self.subTest(lang=lang):
                sheet = self.load(lang).worksheets[0]
                headers = [cell.value for cell in sheet[1]]
                self.assertEqual(len(headers), len(COLUMNS))
                for header, (key, names) in zip(headers, COLUMNS.items(), strict=True):
                    self.assertTrue(header.startswith(names[index]), header)
                    self.assertEqual(header.endswith(" *"), key in REQUIRED_COLUMNS, header)
                hint = ("(e-mail, badge or registration number)", "（邮箱、工牌号或工号）")[index]
                self.assertIn(hint, headers[0])

    def test_only_the_header_is_filled_in(self):
        for lang in ("zh_CN", "en_US"):
            sheet = self.load(lang).worksheets[0]
            self.assertEqual(
                [cell.row for row in sheet.iter_rows() for cell in row if cell.value is not None],
                [1] * len(COLUMNS),
            )

    def test_filled_in_it_is_read(self):
        for lang, direction in (("zh_CN", "越低越好"), ("en_US", "less is better")):
            with self.subTest(lang=lang):
                workbook = self.load(lang)
                workbook.worksheets[0].append(["0042", "投诉", "件", 1, 14, 6, 8, direction, "B"])
                stream = io.BytesIO()
                workbook.save(stream)
                rows, errors = parse_rows(read_table(stream.getvalue(), "t.xlsx"))
                self.assertEqual(errors, [])
                self.assertEqual(
                    rows, [KpiRow(2, "0042", "投诉", "件", 1.0, 14.0, 6.0, 8.0, "down", "B")]
                )

    def test_directions_to_choose_from_are_understood(self):
        for lang in ("zh_CN", "en_US"):
            with self.subTest(lang=lang):
                sheet = self.load(lang).worksheets[0]
                [validation] = sheet.data_validations.dataValidation
                self.assertEqual(validation.type, "list")
                self.assertTrue(validation.allow_blank)
                self.assertEqual(str(validation.sqref), "H2:H5000")
                self.assertEqual(sheet["H1"].value, COLUMNS["direction"][lang == "zh_CN"])
                words = validation.formula1.strip('"').split(",")
                rows, errors = parse_rows(
                    [
                        (2 + i, {**GOOD, "kpi": word, "direction": word})
                        for i, word in enumerate(words)
                    ]
                )
                self.assertEqual(errors, [])
                self.assertEqual([row.direction for row in rows], ["up", "down"])

    def test_looks(self):
        for lang in ("zh_CN", "en_US"):
            sheet = self.load(lang).worksheets[0]
            self.assertEqual(sheet.freeze_panes, "A2")
            self.assertTrue(all(cell.font.bold for cell in sheet[1]))
            fills = {cell.column: cell.fill.start_color.rgb for cell in sheet[1]}
            self.assertEqual(fills[1], fills[2])
            self.assertEqual(fills[1], template.REQUIRED_FILL.start_color.rgb)
            self.assertEqual(fills[3], template.OPTIONAL_FILL.start_color.rgb)
            self.assertNotEqual(fills[1], fills[3])
            for cell in sheet[1]:
                self.assertGreaterEqual(sheet.column_dimensions[cell.column_letter].width, 10)
            self.assertEqual(sheet.column_dimensions["A"].number_format, "@")
            self.assertEqual(sheet.column_dimensions["B"].number_format, "General")

    def test_guide(self):
        for lang, title in (("zh_CN", "填写说明"), ("en_US", "How to")):
            with self.subTest(lang=lang):
                _entry, guide = self.load(lang).worksheets
                self.assertEqual(guide.title, title)
                index = lang == "zh_CN"
                table = [[cell.value for cell in row] for row in guide.iter_rows(max_col=9)]
                meanings = table[1 : 1 + len(COLUMNS)]
                self.assertEqual(
                    [row[0] for row in meanings], [names[index] for names in COLUMNS.values()]
                )
                needed = {key: row[1] for key, row in zip(COLUMNS, meanings, strict=True)}
                self.assertEqual(
                    {key for key in COLUMNS if needed[key] == needed["kpi"]}, set(REQUIRED_COLUMNS)
                )
                self.assertEqual(needed["kpi"], ("required", "必填")[index])
                self.assertEqual(needed["unit"], ("optional", "选填")[index])
                self.assertTrue(all(row[2] for row in meanings))
                self.assertEqual(table[1 + len(COLUMNS)], [None] * 9)
                self.assertEqual(table[-5], [None] * 9)
                self.assertEqual(table[-4][0], ("An example", "示例")[index])
                # The example is good as it stands.
                content = xlsx(table[-3:])
                rows, errors = parse_rows(read_table(content, "example.xlsx"))
                self.assertEqual(errors, [])
                self.assertEqual([row.direction for row in rows], ["up", "down"])
                self.assertEqual(rows[1].employee, "10023")
