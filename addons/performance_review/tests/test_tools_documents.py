import unicodedata
from unittest import TestCase

from hypothesis import given
from hypothesis import strategies as st

from ..tools.documents import NAME_LIMIT, SIGNATURES, is_allowed, safe_name


class TestDocuments(TestCase):
    def test_kinds_are_known_by_ending_and_beginning(self):
        for ending, signatures in SIGNATURES.items():
            content = (signatures[0] if signatures else b"") + b"and so on"
            self.assertTrue(is_allowed(f"report.{ending}", content))
            self.assertTrue(is_allowed(f"REPORT.{ending.upper()}", content))
            self.assertFalse(is_allowed(f"report.{ending}", b""), "nothing in it")
            self.assertFalse(is_allowed(f"report.{ending}", b"\0\0 something else"))
            self.assertFalse(is_allowed(f"report.{ending}.html", content))

    def test_what_runs_by_itself_is_no_kind(self):
        page = b"<html><script>alert(1)</script></html>"
        drawing = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
        for name in ("a.html", "a.htm", "a.svg", "a.xml", "a.js", "a.exe", "a.docm", "a.xlsm", "a"):
            self.assertFalse(is_allowed(name, page), name)
            self.assertFalse(is_allowed(name, drawing), name)
        for name in ("a.pdf", "a.png", "a.jpg", "a.docx"):
            self.assertFalse(is_allowed(name, page), f"{name} that is a page")

    def test_names_stay_readable(self):
        for name, expected in (
            ("Jahresbericht 2026.pdf", "Jahresbericht_2026.pdf"),
            ("年度总结（终稿）.DOCX", "年度总结（终稿）.docx"),
            ("C:\\Users\\me\\bench.png", "bench.png"),
            ("../../etc/passwd.txt", "passwd.txt"),
            ("invoice.exe.pdf", "invoice_exe.pdf"),
            ("\u202efdp.exe.txt", "fdp_exe.txt"),
            ("-rf $(reboot).csv", "rf_(reboot).csv"),
            ("con.txt", "file_con.txt"),
            (".txt", "file.txt"),
            ("a\r\nSet-Cookie: x.txt", "a_Set-Cookie_x.txt"),
        ):
            self.assertEqual(safe_name(name), expected)

    @given(st.text(max_size=300))
    def test_any_name_becomes_a_safe_one(self, name):
        safe = safe_name(name)
        self.assertTrue(safe)
        self.assertLessEqual(len(safe), NAME_LIMIT)
        self.assertLessEqual(safe.count("."), 1)
        self.assertFalse(set(safe) & set("/\\<>:\"|?*'`$&; \t\r\n\0"))
        self.assertNotIn(safe[0], ".-@+")
        self.assertFalse(any(unicodedata.category(each).startswith("C") for each in safe))
        self.assertEqual(safe_name(safe), safe, "a safe name stays")
